//! The output of `keytool -list -v`: facts of each entry, without its bytes (`-rfc` prints those).

use super::collect::Collector;
use super::printed_date::printed_date;
use super::{DumpedEntry, StoreError};
use crate::text::{has_any, has_pem, lines, text_of, value_of};
use crate::time::Time;

pub(super) fn is(text: &[u8]) -> bool {
    !has_pem(text)
        && has_any(text, &["Owner:"])
        && has_any(text, &["Valid from:"])
        && lines(text, 1).any(|line| value_of(line.text, "Valid from").is_some())
}

/// Reads every certificate; those of one chain have one alias.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let mut open: Option<(u32, DumpedEntry)> = None;
    for line in lines(text, 1) {
        let value = |key: &str| value_of(line.text, key).map(text_of);
        if let Some(alias) = value("Alias name") {
            close(out, open.take());
            out.alias = Some(alias.into());
        } else if let Some(owner) = value("Owner") {
            close(out, open.take());
            open = Some((line.number, DumpedEntry { subject: Some(owner), ..DumpedEntry::default() }));
        }
        let Some((_, entry)) = &mut open else { continue };
        if let Some(issuer) = value("Issuer") {
            entry.issuer = Some(issuer);
        } else if let Some(number) = value("Serial number") {
            let digits = number.to_ascii_lowercase();
            let is_hex = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let even = if digits.len().is_multiple_of(2) { digits } else { format!("0{digits}") };
            entry.serial_number = Some(even).filter(|_| is_hex);
        } else if let Some(span) = value("Valid from") {
            let (from, until) = span.split_once("until:").unwrap_or((&span, ""));
            (entry.not_before, entry.not_after) = (date(from), date(until));
            if entry.not_after.is_none() {
                out.unreadable(
                    Some(line.number),
                    "the end date has a time zone or a language that is ambiguous: list with `keytool \
                     -J-Duser.language=en -J-Duser.timezone=UTC -list -v`",
                );
            }
        } else if let Some(sha1) = value("SHA1") {
            entry.sha1 = sha1.parse().ok();
        }
    }
    close(out, open);
    out.whole_input();
    Ok(())
}

fn close(out: &mut Collector<'_>, entry: Option<(u32, DumpedEntry)>) {
    if let Some((line, entry)) = entry {
        out.dumped(entry, Some(line));
    }
}

/// `Tue May 20 00:00:00 UTC 2025`; of all zones these alone mean the same everywhere.
fn date(text: &str) -> Option<Time> {
    let words: Vec<&str> = text.split_ascii_whitespace().take(7).collect();
    let [_, month, day, clock, "UTC" | "GMT" | "Z", year] = words.as_slice() else { return None };
    printed_date(format!("{month} {day} {clock} {year} GMT").as_bytes()).ok()
}
