//! A point in time as certificates mean it: whole seconds, UTC.
//!
//! Layer 0. Nothing here reads a clock: `at` is always an argument.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
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
        match jiff::Timestamp::from_second(self.0) {
            Ok(stamp) => write!(f, "{stamp}"),
            // Outside years -9999..9999; no certificate says so, but a number is still the truth.
            Err(_) => write!(f, "{}s", self.0),
        }
    }
}

impl FromStr for Time {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let text = text.trim();
        if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
            return Ok(Self(stamp.as_second()));
        }
        let whole_day = |date: Date| date.to_zoned(TimeZone::UTC).map(|zoned| Self(zoned.timestamp().as_second()));
        text.parse::<Date>()
            .ok()
            .filter(|_| text.len() == 10)
            .and_then(|date| whole_day(date).ok())
            .ok_or_else(|| TimeError { text: text.to_owned() })
    }
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
    fn days_round_down() {
        let at = Time::from_unix(0);
        assert_eq!(at.days_until(Time::from_unix(DAY - 1)), 0);
        assert_eq!(at.days_until(Time::from_unix(-1)), -1);
        assert_eq!(at.plus_days(-1), Time::from_unix(-DAY));
    }
}
