//! Dates as OpenSSL prints them: `Nov  1 23:34:41 2026 GMT`.

use crate::time::Time;

/// The date, or what is wrong with it.
pub(super) fn printed_date(value: &[u8]) -> Result<Time, &'static str> {
    date(value).ok_or("the printed date cannot be read")
}

/// `Nov  1 23:34:41 2026 GMT`.
fn date(value: &[u8]) -> Option<Time> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = std::str::from_utf8(value).ok()?;
    let mut words = text.split_ascii_whitespace();
    let (month, day, clock, year) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let zone = words.next();
    (zone == Some("GMT") && words.next().is_none() && clock.len() == 8)
        .then(|| format!("{year:0>4}-{month:02}-{day:0>2}T{clock}Z"))
        .and_then(|text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_padded_with_blanks() {
        assert_eq!(date(b"Nov  1 23:34:41 2026 GMT"), "2026-11-01T23:34:41Z".parse().ok());
        assert_eq!(date(b"Nov 31 23:34:41 2026 GMT"), None);
        assert_eq!(date(b"Bad time value"), None);
    }
}
