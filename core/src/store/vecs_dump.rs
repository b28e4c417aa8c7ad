//! The dump that `vecs-cli entry list --text` prints of a certificate: facts without bytes.
//!
//! The text is OpenSSL's `X509_print` of three generations (1.0.2, 1.1.1 and 3.x), which differ in indents, in `keyid:`
//! and in blank lines; so lines are known by their key and never by their indent.

use super::collect::Collector;
use super::printed_date::printed_date;
use super::vecs;
use super::{DumpedEntry, StoreError};
use crate::text::{Line, has_any, lines, text_of, value_of};
use crate::thumbprint::{KeyId, Thumbprint};

/// Whether the text holds dumps: dates as they are printed, under an alias or alone.
pub(super) fn is(text: &[u8]) -> bool {
    !crate::text::has_pem(text)
        && has_any(text, &["Certificate:", "Not After"])
        && lines(text, 1).any(|line| is_start(line.text) || value_of(line.text, "Not After").is_some())
}

/// Reads dumps under aliases, or bare ones as `openssl x509 -text` prints them.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    if vecs::is(text) {
        return vecs::read(out, text);
    }
    if lines(text, 1).any(|line| is_start(line.text)) {
        return heads(out, text);
    }
    let is_of_something = |key: &&str| lines(text, 1).any(|line| value_of(line.text, key).is_some());
    let is_named = ["Subject", "Serial Number", "Issuer"].iter().any(is_of_something);
    if !dates(out, text, 1) {
        entry(out, text, 1);
    }
    if !is_named {
        let first = lines(text, 1).find(|line| value_of(line.text, "Not After").is_some());
        out.unreadable(first.map(|line| line.number), DATES_ALONE);
    }
    Ok(())
}

/// What is said of dates without anything that says whose they are.
const DATES_ALONE: &str =
    "dates that do not say of what: list the store with `vecs-cli entry list --store NAME`, without a filter";

/// Whether a dump begins somewhere.
pub(super) fn has_heads(text: &[u8]) -> bool {
    has_any(text, &["Certificate:"]) && lines(text, 1).any(|line| is_start(line.text))
}

/// Reads every dump that has its first line.
pub(super) fn heads(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    // Never collected: a hostile text has more of them than bytes of memory are worth.
    let mut starts = lines(text, 1).filter(|line| is_start(line.text)).peekable();
    while let Some(start) = starts.next() {
        let end = starts.peek().map_or(text.len(), |next| next.start);
        entry(out, &text[start.start..end], start.number);
    }
    Ok(())
}

/// A dump's first line. `Certificate :` with a blank is the key of the form without `--text`.
fn is_start(line: &[u8]) -> bool {
    line == b"Certificate:"
}

/// Dates without anything that says whose they are: each end is an entry of its own. False where there is one end or none.
pub(super) fn dates(out: &mut Collector<'_>, text: &[u8], first_line: u32) -> bool {
    let ends = || lines(text, first_line).filter(|line| value_of(line.text, "Not After").is_some());
    if ends().nth(1).is_none() {
        return false;
    }
    let mut not_before = None;
    for line in lines(text, first_line) {
        if let Some(value) = value_of(line.text, "Not Before") {
            not_before = printed_date(value).ok();
        } else if let Some(value) = value_of(line.text, "Not After") {
            match printed_date(value) {
                Ok(end) => {
                    let facts = DumpedEntry { not_before, not_after: Some(end), ..DumpedEntry::default() };
                    out.dumped(facts, Some(line.number));
                }
                Err(problem) => out.unreadable(Some(line.number), problem),
            }
            not_before = None;
        }
    }
    true
}

/// Reads the dump of one entry, whose alias is the collector's. False when there is none. One without any fact is
/// unreadable and no entry.
pub(super) fn entry(out: &mut Collector<'_>, body: &[u8], first_line: u32) -> bool {
    let mut dump = Dump::default();
    for line in lines(body, first_line) {
        if let Err(problem) = dump.add(&line) {
            dump.has_problems = true;
            out.unreadable(Some(line.number), problem);
        }
    }
    if dump.facts == DumpedEntry::default() && !dump.complete_form {
        return dump.has_problems;
    }
    if let Some(missing) = dump.missing() {
        out.unreadable(Some(first_line), format!("the printed certificate is cut off or damaged: no {missing}"));
    }
    // The alias of TRUSTED_ROOTS is the SHA-1 of the DER; 40 hex digits are nothing else in VECS.
    let alias = out.alias.as_deref().filter(|alias| alias.len() == 40);
    dump.facts.sha1 = alias.and_then(|alias| alias.parse::<Thumbprint>().ok());
    if dump.facts != DumpedEntry::default() {
        out.dumped(dump.facts, Some(first_line));
    }
    true
}

/// A dump as far as it was read.
#[derive(Debug, Default)]
struct Dump {
    facts: DumpedEntry,
    /// What the next line is the value of.
    awaited: Option<Awaited>,
    /// The dump's own heads were seen, so it was not filtered and must be whole.
    complete_form: bool,
    signature_algorithms: u32,
    has_signature: bool,
    has_problems: bool,
}

#[derive(Debug, Clone, Copy)]
enum Awaited {
    SerialNumber,
    SubjectKeyId,
    AuthorityKeyId,
    BasicConstraints,
    KeyUsage,
}

/// What is wrong with a line.
type Problem = &'static str;

impl Dump {
    fn add(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let text = line.text;
        match self.awaited.take() {
            Some(awaited) if !text.is_empty() => return self.add_awaited(awaited, text),
            Some(awaited) => self.awaited = Some(awaited),
            None => (),
        }
        if is_start(text) || text == b"Data:" {
            self.complete_form = true;
        } else if let Some(value) = value_of(text, "Serial Number") {
            self.awaited = value.is_empty().then_some(Awaited::SerialNumber);
            if !value.is_empty() {
                self.serial_number(value)?;
            }
        } else if let Some(value) = value_of(text, "Signature Algorithm") {
            self.signature_algorithms = self.signature_algorithms.saturating_add(1);
            self.facts.signature_algorithm.get_or_insert_with(|| text_of(value));
        } else if let Some(value) = value_of(text, "Issuer") {
            self.facts.issuer.get_or_insert_with(|| text_of(value));
        } else if let Some(value) = value_of(text, "Subject") {
            self.facts.subject.get_or_insert_with(|| text_of(value));
        } else if let Some(value) = value_of(text, "Not Before") {
            self.facts.not_before = Some(printed_date(value)?);
        } else if let Some(value) = value_of(text, "Not After") {
            self.facts.not_after = Some(printed_date(value)?);
        } else if let Some(value) = ["Public-Key", "RSA Public-Key"].iter().find_map(|key| value_of(text, key)) {
            self.facts.key_bits = leading_number(value.strip_prefix(b"(").unwrap_or(value));
        } else if let Some(name) = text.strip_prefix(b"X509v3 ") {
            self.awaited = extension(name);
        } else if self.signature_algorithms >= 2 && is_hex_line(text) {
            self.has_signature = true;
        }
        Ok(())
    }

    fn add_awaited(&mut self, awaited: Awaited, value: &[u8]) -> Result<(), Problem> {
        let text = text_of(value);
        match awaited {
            Awaited::SerialNumber => self.serial_number(value)?,
            Awaited::SubjectKeyId => self.facts.subject_key_id = Some(key_id(&text)?),
            Awaited::AuthorityKeyId => {
                // OpenSSL before 3 marks the key identifier; all print issuer and serial number on lines of their own.
                let by_name = text.starts_with("DirName:") || text.starts_with("serial:");
                let id = text.strip_prefix("keyid:").unwrap_or(&text);
                self.facts.authority_key_id = if by_name { None } else { Some(key_id(id)?) };
            }
            Awaited::BasicConstraints => self.facts.is_ca = Some(text.contains("CA:TRUE")),
            Awaited::KeyUsage => self.facts.key_usage = key_usage(&text)?,
        }
        Ok(())
    }

    fn serial_number(&mut self, value: &[u8]) -> Result<(), Problem> {
        self.facts.serial_number = serial_number(&text_of(value));
        self.facts.serial_number.as_ref().map(|_| ()).ok_or("the printed serial number cannot be read")
    }

    /// What an unfiltered dump must have and this one has not.
    fn missing(&self) -> Option<&'static str> {
        let facts = &self.facts;
        let required = [
            (facts.not_before.is_some() || self.has_problems, "start date"),
            (facts.not_after.is_some() || self.has_problems, "end date"),
            (facts.issuer.is_some(), "issuer"),
            (facts.subject.is_some(), "subject"),
            (self.has_signature, "signature"),
        ];
        required.iter().find(|(there, _)| self.complete_form && !there).map(|(_, name)| *name)
    }
}

/// The extensions whose value a dumped entry keeps; the value is on the next line.
fn extension(name: &[u8]) -> Option<Awaited> {
    let known = [
        ("Subject Key Identifier", Awaited::SubjectKeyId),
        ("Authority Key Identifier", Awaited::AuthorityKeyId),
        ("Basic Constraints", Awaited::BasicConstraints),
        ("Key Usage", Awaited::KeyUsage),
    ];
    known.iter().find(|(key, _)| value_of(name, key).is_some()).map(|(_, awaited)| *awaited)
}

fn is_hex_line(text: &[u8]) -> bool {
    text.len() >= 2 && text.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b':')
}

fn leading_number(value: &[u8]) -> Option<u32> {
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&value[..digits]).ok()?.parse().ok()
}

/// `11:22:33`, `123 (0x7b)`, and either with a sign; as hex without sign, of whole bytes.
fn serial_number(text: &str) -> Option<String> {
    let in_hex = text.split_once("(0x").or_else(|| text.split_once("(-0x")).map(|(_, rest)| rest.trim_end_matches(')'));
    let digits: String = match in_hex {
        Some(hex) => hex.to_ascii_lowercase(),
        None => {
            text.trim_start_matches("(Negative)").chars().filter(|c| *c != ':').collect::<String>().to_ascii_lowercase()
        }
    };
    let readable = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    readable.then(|| if digits.len().is_multiple_of(2) { digits } else { format!("0{digits}") })
}

fn key_id(text: &str) -> Result<KeyId, Problem> {
    let id = text.parse().ok().filter(|id: &KeyId| !id.0.is_empty());
    id.ok_or("the printed key identifier cannot be read")
}

/// `Certificate Sign, CRL Sign`; RFC 5280 4.2.1.3 knows nine of them.
fn key_usage(text: &str) -> Result<Vec<String>, Problem> {
    let usages: Vec<String> = text.split(',').take(10).map(|usage| usage.trim().to_owned()).collect();
    if usages.len() < 10 { Ok(usages) } else { Err("the printed key usage cannot be read") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_have_a_short_and_a_long_form() {
        assert_eq!(serial_number("0b:57:B5"), Some("0b57b5".to_owned()));
        assert_eq!(serial_number("1650111735037 (0x1803252e4fd)"), Some("01803252e4fd".to_owned()));
        assert_eq!(serial_number("-5 (-0x5)"), Some("05".to_owned()));
        assert_eq!(serial_number("zz"), None);
    }
}
