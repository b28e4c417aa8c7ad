//! UTCTime and GeneralizedTime in the one form of RFC 5280 sections 4.1.2.5.1 and 4.1.2.5.2, and, told, in others.

use jiff::civil::DateTime;

use super::element::{Element, Reader, Unreadable, tag};
use super::fault::Rule;
use crate::time::Time;

impl Reader<'_> {
    /// A `Time`, which has to come next.
    pub(crate) fn time(&mut self) -> Result<Time, Unreadable> {
        let number = self.rest().first().map(|tag| tag & tag::NUMBER);
        let wanted = if number == Some(tag::GENERALIZED_TIME) { tag::GENERALIZED_TIME } else { tag::UTC_TIME };
        let element = self.expect(wanted)?;
        element.time(wanted).ok_or_else(|| element.unreadable("it is not a time"))
    }

    /// A `Time`, if one comes next.
    pub(crate) fn optional_time(&mut self) -> Result<Option<Time>, Unreadable> {
        match self.rest().first() {
            Some(&(tag::UTC_TIME | tag::GENERALIZED_TIME)) => self.time().map(Some),
            Some(_) | None => Ok(None),
        }
    }
}

impl Element<'_> {
    fn time(&self, kind: u8) -> Option<Time> {
        let text = std::str::from_utf8(self.content).ok()?;
        let (year, rest) = match kind {
            tag::GENERALIZED_TIME => (digits(text.get(..4)?)?, text.get(4..)?),
            // RFC 5280 4.1.2.5.1: from 50 on it is the last century.
            _ => match digits(text.get(..2)?)? {
                year @ ..50 => (2000 + year, text.get(2..)?),
                year => (1900 + year, text.get(2..)?),
            },
        };
        if !is_plain(rest) {
            self.tell(Rule::Time);
        }
        read(year, rest)
    }
}

const EPOCH: DateTime = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);

/// Month, day, hour, minute and second, and Z.
fn is_plain(rest: &str) -> bool {
    rest.len() == 11 && rest.ends_with('Z') && rest.bytes().take(10).all(|byte| byte.is_ascii_digit())
}

/// What follows the year: seconds may be missing, a fraction is cut off, an offset is added.
fn read(year: i16, rest: &str) -> Option<Time> {
    let pair = |at: usize| digits(rest.get(at..at + 2)?).and_then(|value| i8::try_from(value).ok());
    let (month, day, hour, minute) = (pair(0)?, pair(2)?, pair(4)?, pair(6)?);
    let (second, rest) = match pair(8) {
        Some(second) => (second, rest.get(10..)?),
        None => (0, rest.get(8..)?),
    };
    let zone = rest.trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit());
    let offset = match zone.as_bytes() {
        [] | [b'Z'] => 0,
        [sign @ (b'+' | b'-'), clock @ ..] if clock.len() == 4 => {
            let of = |at: usize| digits(zone.get(at..at + 2)?).map(i64::from);
            let seconds = of(1)? * 3600 + of(3)? * 60;
            if *sign == b'+' { seconds } else { -seconds }
        }
        [..] => return None,
    };
    let civil = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    Some(Time::from_unix(civil.duration_since(EPOCH).as_secs() - offset))
}

fn digits(text: &str) -> Option<i16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::fault::{Log, Rule};
    use super::super::{Reader, tag};

    fn read(kind: u8, text: &str) -> (Option<String>, Option<Rule>) {
        let log = Log::default();
        let bytes = [&[kind, u8::try_from(text.len()).expect("short")], text.as_bytes()].concat();
        let time = Reader::new(&bytes, 0, "test", &log).time().ok().map(|time| time.to_string());
        (time, log.into_parts().0.first().map(|fault| fault.rule))
    }

    #[test]
    fn the_one_form_of_each_type_reads() {
        let plain = |text: &str| (Some(text.to_owned()), None);
        assert_eq!(read(tag::UTC_TIME, "260601120000Z"), plain("2026-06-01T12:00:00Z"));
        assert_eq!(read(tag::UTC_TIME, "491231235959Z"), plain("2049-12-31T23:59:59Z"));
        assert_eq!(read(tag::UTC_TIME, "500101000000Z"), plain("1950-01-01T00:00:00Z"));
        assert_eq!(read(tag::GENERALIZED_TIME, "99991231235959Z"), plain("9999-12-31T23:59:59Z"));
        assert_eq!(read(tag::GENERALIZED_TIME, "20260601120000Z"), plain("2026-06-01T12:00:00Z"));
    }

    #[test]
    fn other_forms_read_and_are_told() {
        let told = |text: &str| (Some(text.to_owned()), Some(Rule::Time));
        assert_eq!(read(tag::UTC_TIME, "2606011200Z"), told("2026-06-01T12:00:00Z"));
        assert_eq!(read(tag::UTC_TIME, "260601120000+0200"), told("2026-06-01T10:00:00Z"));
        assert_eq!(read(tag::UTC_TIME, "2606011200-0030"), told("2026-06-01T12:30:00Z"));
        assert_eq!(read(tag::GENERALIZED_TIME, "20260601120000.5Z"), told("2026-06-01T12:00:00Z"));
        assert_eq!(read(tag::GENERALIZED_TIME, "20260601120000"), told("2026-06-01T12:00:00Z"));
        assert_eq!(read(tag::GENERALIZED_TIME, "202606011200Z"), told("2026-06-01T12:00:00Z"));
        assert_eq!(read(tag::UTC_TIME, "2606011200.5Z"), told("2026-06-01T12:00:00Z"));
        let log = Log::default();
        let constructed = [&[0x37, 13], "260601120000Z".as_bytes()].concat();
        assert!(Reader::new(&constructed, 0, "test", &log).time().is_ok());
        assert!(!log.is_clean());
    }

    #[test]
    fn what_is_no_time_does_not_read() {
        for text in [
            "",
            "Z",
            "260230120000Z",
            "261301120000Z",
            "260601240000Z",
            "260601126000Z",
            "26060112000aZ",
            "ab0601120000Z",
        ] {
            assert_eq!(read(tag::UTC_TIME, text).0, None, "{text}");
        }
        assert_eq!(read(tag::UTC_TIME, "260601120000+2").0, None);
    }
}
