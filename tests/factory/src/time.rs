//! Times in certificates: which form they take, and the fixed dates of the factory.

use core::time::Duration;

use der::DateTime;

use crate::asn1::{self, GENERALIZED_TIME, UTC_TIME};

/// The time tests judge at, in seconds since 1970: 2026-06-01T00:00:00Z.
pub const AT: i64 = 1_780_272_000;
/// The time tests judge at, as RFC 3339 text.
pub const AT_TEXT: &str = "2026-06-01T00:00:00Z";
/// The start of validity when a test does not say otherwise: 2025-01-01T00:00:00Z.
pub const NOT_BEFORE: i64 = 1_735_689_600;
/// The end of validity when a test does not say otherwise: 2035-01-01T00:00:00Z.
pub const NOT_AFTER: i64 = 2_051_222_400;

/// A time as it is written into a certificate or CRL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Time {
    /// Seconds since 1970; UTCTime before 2050 and GeneralizedTime after (RFC 5280 4.1.2.5).
    Unix(i64),
    /// Seconds since 1970, as UTCTime whatever the year.
    Utc(i64),
    /// Seconds since 1970, as GeneralizedTime whatever the year.
    Generalized(i64),
    /// Any tag with any text, for times that are wrong.
    Raw(u8, String),
}

impl Time {
    /// Seconds since 1970 of `text`: `2026-06-01` or `2026-06-01T00:00:00Z`.
    ///
    /// # Panics
    /// When the text has another form.
    pub fn seconds(text: &str) -> i64 {
        let full = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
        let date: DateTime = full.parse().unwrap_or_else(|error| panic!("{text} is not a date: {error}"));
        i64::try_from(date.unix_duration().as_secs()).expect("a date before year 10000 fits")
    }

    /// The DER element.
    ///
    /// # Panics
    /// When the seconds lie before 1970 or after 9999; use [`Time::Raw`] for those.
    pub fn der(&self) -> Vec<u8> {
        match self {
            Self::Unix(seconds) if calendar(*seconds).year() < 2050 => Self::Utc(*seconds).der(),
            Self::Unix(seconds) | Self::Generalized(seconds) => {
                let date = calendar(*seconds);
                let text = format!("{:04}{}", date.year(), month_to_second(&date));
                asn1::tlv(GENERALIZED_TIME, text.as_bytes())
            }
            Self::Utc(seconds) => {
                let date = calendar(*seconds);
                let text = format!("{:02}{}", date.year() % 100, month_to_second(&date));
                asn1::tlv(UTC_TIME, text.as_bytes())
            }
            Self::Raw(tag, text) => asn1::tlv(*tag, text.as_bytes()),
        }
    }
}

impl From<i64> for Time {
    fn from(seconds: i64) -> Self {
        Self::Unix(seconds)
    }
}

impl From<&str> for Time {
    fn from(text: &str) -> Self {
        Self::Unix(Self::seconds(text))
    }
}

fn calendar(seconds: i64) -> DateTime {
    let seconds = u64::try_from(seconds).expect("times before 1970 need Time::Raw");
    DateTime::from_unix_duration(Duration::from_secs(seconds)).expect("times after 9999 need Time::Raw")
}

fn month_to_second(date: &DateTime) -> String {
    format!("{:02}{:02}{:02}{:02}{:02}Z", date.month(), date.day(), date.hour(), date.minutes(), date.seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_agree_with_their_text() {
        assert_eq!(Time::seconds(AT_TEXT), AT);
        assert_eq!(Time::seconds("2025-01-01"), NOT_BEFORE);
        assert_eq!(Time::seconds("2035-01-01"), NOT_AFTER);
    }

    #[test]
    fn the_form_changes_in_2050() {
        assert_eq!(Time::from("2049-12-31T23:59:59Z").der(), b"\x17\x0d491231235959Z");
        assert_eq!(Time::from("2050-01-01").der(), b"\x18\x0f20500101000000Z");
    }
}
