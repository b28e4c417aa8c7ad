//! A point in time as certificates mean it: whole seconds, UTC.
//!
//! Layer 0. Nothing here reads a clock: `at` is always an argument.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Seconds since 1970-01-01T00:00:00Z; written and read as RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// The text is neither a date nor an RFC 3339 time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a time: write 2026-06-01 or 2026-06-01T12:00:00Z")]
pub struct TimeError {
    /// What was given.
    pub text: String,
}

const DAY: i64 = 86_400;
const EPOCH: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);
/// 0001-01-01T00:00:00Z in seconds since the Unix epoch. Year 0 and those before it are no years of a calendar that
/// people or Python know.
const FIRST: i64 = -62_135_596_800;

impl Time {
    /// From seconds since the Unix epoch.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the Unix epoch.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// This time moved by a number of days; negative goes back. Saturates at the ends.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY)))
    }

    /// Whole days from `self` to `later`, rounded down; negative when `later` lies before.
    #[must_use]
    pub const fn days_until(self, later: Self) -> i64 {
        later.0.saturating_sub(self.0).div_euclid(DAY)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A civil time reaches the last second of 9999, which means "no end" (RFC 5280 section 4.1.2.5); a jiff
        // timestamp ends a day earlier.
        match EPOCH.checked_add(SignedDuration::from_secs(self.0)) {
            Ok(civil) => write!(f, "{civil}Z"),
            // Outside years -9999..9999; no certificate says so, but a number is still the truth.
            Err(_) => write!(f, "{}s", self.0),
        }
    }
}

impl FromStr for Time {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let text = text.trim();
        seconds(text)
            .filter(|seconds| *seconds >= FIRST && is_offset_of_a_day(text))
            .map(Self)
            .ok_or_else(|| TimeError { text: text.to_owned() })
    }
}

/// The seconds since the Unix epoch that a text means.
fn seconds(text: &str) -> Option<i64> {
    if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
        return Some(stamp.as_second());
    }
    let civil = match (text.len(), text.strip_suffix('Z')) {
        (10, _) => text.parse::<Date>().ok()?.at(0, 0, 0, 0),
        (20, Some(civil)) => civil.parse::<DateTime>().ok()?,
        _ => return None,
    };
    Some(civil.duration_since(EPOCH).as_secs())
}

/// Whether the offset from UTC, where there is one, is at most 23:59 (RFC 3339 section 5.6); jiff reads up to 25:59.
fn is_offset_of_a_day(text: &str) -> bool {
    let clock = text.split_once(['T', 't', ' ']).map_or("", |(_, clock)| clock);
    let offset = clock.rsplit_once(['+', '-']).map(|(_, offset)| offset.get(..2).unwrap_or(offset));
    offset.is_none_or(|hours| hours < "24")
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Time {
    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time", "description": "RFC 3339, UTC" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_read_and_write() {
        let at: Time = "2026-06-01".parse().expect("a date");
        assert_eq!(at.to_string(), "2026-06-01T00:00:00Z");
        assert_eq!("2026-06-01T02:00:00+02:00".parse(), Ok(at));
        assert!("2026-13-01".parse::<Time>().is_err());
    }

    #[test]
    fn the_last_second_of_the_calendar_reads_and_writes() {
        let last = "9999-12-31T23:59:59Z";
        assert_eq!(last.parse().map(Time::unix), Ok(253_402_300_799));
        assert_eq!(Time::from_unix(253_402_300_799).to_string(), last);
        assert_eq!("9999-12-31".parse::<Time>().map(|time| time.to_string()), Ok("9999-12-31T00:00:00Z".to_owned()));
        assert_eq!(Time::from_unix(-1).to_string(), "1969-12-31T23:59:59Z");
        assert!("9999-12-31T23:59:60+02:00Z".parse::<Time>().is_err());
    }

    #[test]
    fn an_offset_is_less_than_a_day() {
        let noon: Time = "2026-06-01T12:00:00Z".parse().expect("a time");
        for (text, hours) in [("+23:59", 24), ("-23:59", -24)] {
            let at: Time = format!("2026-06-01T12:00:00{text}").parse().expect("an offset of RFC 3339");
            assert!((noon.unix() - at.unix() - hours * 3600).abs() == 60, "{text}");
        }
        for offset in ["+24:00", "+25:00", "-25:59", "+99:00", "+2500", "+24"] {
            let text = format!("2026-06-01T12:00:00{offset}");
            assert_eq!(text.parse::<Time>(), Err(TimeError { text: text.clone() }));
        }
    }

    #[test]
    fn the_calendar_begins_with_year_1() {
        assert_eq!("0001-01-01".parse().map(Time::unix), Ok(FIRST));
        assert_eq!(Time::from_unix(FIRST).to_string(), "0001-01-01T00:00:00Z");
        for text in [
            "0000-01-01",
            "0000-12-31T23:59:59Z",
            "0001-01-01T00:00:00+00:01",
            "-000001-01-01T00:00:00Z",
            "-0001-01-01",
        ] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
        assert!("0000-12-31T23:59:00-00:01".parse::<Time>().is_ok(), "the same as the first second of year 1");
    }

    #[test]
    fn days_round_down() {
        let at = Time::from_unix(0);
        assert_eq!(at.days_until(Time::from_unix(DAY - 1)), 0);
        assert_eq!(at.days_until(Time::from_unix(-1)), -1);
        assert_eq!(at.plus_days(-1), Time::from_unix(-DAY));
    }
}
