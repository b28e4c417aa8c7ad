//! The output of `keytool -list -v`: facts of each entry, without its bytes (`-rfc` prints those).

use super::collect::Collector;
use super::printed_date::printed_date;
use super::reading::{IN_USE, MACHINE_SSL};
use super::{BareKind, DumpedEntry, StoreError};
use crate::text::{has_any, has_pem, lines, text_of, value_of};
use crate::time::Time;

pub(super) fn is(text: &[u8]) -> bool {
    !has_pem(text) && has_entries(text)
}

/// Whether entries are printed in the text, with their owners and dates.
pub(super) fn has_entries(text: &[u8]) -> bool {
    has_any(text, OWNER) && lines(text, 1).any(|line| span(line.text).is_some())
}

/// What keytool calls a thing, in English and German.
const ALIAS: &[&str] = &["Alias name", "Aliasname"];
const TYPE: &[&str] = &["Entry type", "Eintragstyp"];
const OWNER: &[&str] = &["Owner", "Eigent\u{fc}mer"];
const ISSUER: &[&str] = &["Issuer", "Aussteller"];
const SERIAL_NUMBER: &[&str] = &["Serial number", "Seriennummer"];

/// The value of a line that has one of these keys.
fn named<'l>(line: &'l [u8], keys: &[&str]) -> Option<&'l [u8]> {
    keys.iter().find_map(|key| value_of(line, key))
}

/// Both ends of a certificate's time.
fn span(line: &[u8]) -> Option<(String, String)> {
    let forms = [("Valid from", "until:"), ("G\u{fc}ltig von", "bis:")];
    let (value, until) = forms.iter().find_map(|(key, until)| Some((value_of(line, key)?, until)))?;
    let text = text_of(value);
    let (from, to) = text.split_once(until).unwrap_or((&text, ""));
    Some((from.to_owned(), to.to_owned()))
}

/// Compares the number of entries that the listing states with those it has.
pub(super) fn check_count(out: &mut Collector<'_>, text: &[u8]) {
    let Some((line, stated)) = lines(text, 1).find_map(|line| Some((line.number, stated(line.text)?))) else { return };
    let found = lines(text, 1).filter(|line| named(line.text, ALIAS).is_some()).count();
    if stated != found {
        let entries = if stated == 1 { "entry" } else { "entries" };
        let reason = format!("the key store has {stated} {entries} and the listing {found}: it is cut off or damaged");
        out.unreadable(Some(line), reason);
    }
}

/// The number in `Your keystore contains 3 entries`.
fn stated(line: &[u8]) -> Option<usize> {
    let rest = line
        .strip_prefix(b"Your keystore contains ")
        .or_else(|| line.strip_prefix("Keystore enth\u{e4}lt ".as_bytes()))?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()
}

/// Reads every certificate; those of one chain have one alias.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let mut open: Option<(u32, DumpedEntry)> = None;
    let mut dated = false;
    for line in lines(text, 1) {
        let value = |keys: &[&str]| named(line.text, keys).map(text_of);
        if let Some(alias) = value(ALIAS) {
            close(out, open.take(), std::mem::take(&mut dated));
            (out.store, out.alias) = (None, Some(alias.into()));
        } else if let Some(kind) = value(TYPE) {
            entry_type(out, &kind, line.number);
        } else if let Some(owner) = value(OWNER) {
            close(out, open.take(), std::mem::take(&mut dated));
            open = Some((line.number, DumpedEntry { subject: Some(owner), ..DumpedEntry::default() }));
        }
        let Some((_, entry)) = &mut open else { continue };
        if let Some(issuer) = value(ISSUER) {
            entry.issuer = Some(issuer);
        } else if let Some(number) = value(SERIAL_NUMBER) {
            let digits = number.to_ascii_lowercase();
            let is_hex = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let even = if digits.len().is_multiple_of(2) { digits } else { format!("0{digits}") };
            entry.serial_number = Some(even).filter(|_| is_hex);
        } else if let Some((from, until)) = span(line.text) {
            dated = true;
            (entry.not_before, entry.not_after) = (date(&from), date(&until));
            if entry.not_after.is_none() {
                out.unreadable(
                    Some(line.number),
                    "the end date has a time zone or a language that is ambiguous: list with `keytool \
                     -J-Duser.language=en -J-Duser.timezone=UTC -list -v`",
                );
            }
        } else if let Some(sha1) = value(&["SHA1"]) {
            entry.sha1 = sha1.parse().ok();
        }
    }
    close(out, open, dated);
    out.whole_input();
    Ok(())
}

/// What has a private key is presented, and is no anchor; a secret key has no certificate.
fn entry_type(out: &mut Collector<'_>, kind: &str, line: u32) {
    let is_machine = || out.alias.as_ref().is_some_and(|alias| alias.eq_ignore_ascii_case("__MACHINE_CERT"));
    match kind {
        "PrivateKeyEntry" => out.store = Some(if is_machine() { MACHINE_SSL } else { IN_USE }.into()),
        "SecretKeyEntry" => {
            out.store = Some(IN_USE.into());
            out.without_certificate(BareKind::SecretKey, line);
        }
        _ => (),
    }
}

fn close(out: &mut Collector<'_>, entry: Option<(u32, DumpedEntry)>, dated: bool) {
    if let Some((line, entry)) = entry {
        if !dated {
            out.unreadable(Some(line), "the entry does not show when it ends: the listing is cut off or damaged");
        }
        out.dumped(entry, Some(line));
    }
}

/// `Tue May 20 00:00:00 UTC 2025`; of all zones these alone mean the same everywhere.
fn date(text: &str) -> Option<Time> {
    let words: Vec<&str> = text.split_ascii_whitespace().take(7).collect();
    let [_, month, day, clock, "UTC" | "GMT" | "Z", year] = words.as_slice() else { return None };
    printed_date(format!("{month} {day} {clock} {year} GMT").as_bytes()).ok()
}
