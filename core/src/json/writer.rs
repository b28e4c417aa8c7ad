//! JSON text that holds no character a terminal acts on.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};
use sha2::{Digest, Sha256};

use crate::text::{beginning_in_bytes, is_active};

/// The value as JSON. C1 controls and marks of writing direction are written as `\u009b`, which says the same to every
/// reader and nothing to a terminal; JSON itself asks that only of C0.
///
/// ```
/// assert_eq!(vitrust::json::text("a\u{9b}\u{202e}b\n")?, r#""a\u009b\u202eb\n""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// As serde's own writer: for a map whose keys are no texts.
pub fn text<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    written(value, Quiet)
}

/// The same, with every text longer than a report shows cut: its beginning, `…` and the SHA-256 of the whole.
pub(crate) fn shortened<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    written(value, Short::default())
}

/// The same, with what `told` makes of every text; names of members are ours.
#[cfg(feature = "net")]
pub(crate) fn told<T: Serialize + ?Sized>(value: &T, told: impl FnMut(&str) -> String) -> serde_json::Result<String> {
    written(value, Told { told, text: String::new(), is_name: false })
}

fn written<T: Serialize + ?Sized>(value: &T, formatter: impl Formatter) -> serde_json::Result<String> {
    let mut out = Vec::with_capacity(128);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, formatter))?;
    String::from_utf8(out).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// The compact form, with more characters written by their numbers.
struct Quiet;

impl Formatter for Quiet {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.is_ascii() && !fragment.contains('\u{7f}') {
            return writer.write_all(fragment.as_bytes());
        }
        let mut plain = 0;
        for (at, character) in fragment.char_indices().filter(|(_, character)| is_active(*character)) {
            CompactFormatter.write_string_fragment(writer, &fragment[plain..at])?;
            write!(writer, "\\u{:04x}", u32::from(character))?;
            plain = at + character.len_utf8();
        }
        CompactFormatter.write_string_fragment(writer, &fragment[plain..])
    }
}

/// The form of what a server told.
#[cfg(feature = "net")]
struct Told<F> {
    told: F,
    /// The present text.
    text: String,
    is_name: bool,
}

#[cfg(feature = "net")]
impl<F: FnMut(&str) -> String> Formatter for Told<F> {
    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.is_name = true;
        CompactFormatter.begin_object_key(writer, first)
    }

    fn end_object_key<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.is_name = false;
        CompactFormatter.end_object_key(writer)
    }

    fn begin_string<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.text.clear();
        Ok(())
    }

    fn write_string_fragment<W: Write + ?Sized>(&mut self, _: &mut W, fragment: &str) -> io::Result<()> {
        self.text.push_str(fragment);
        Ok(())
    }

    fn write_char_escape<W: Write + ?Sized>(&mut self, _: &mut W, escape: CharEscape) -> io::Result<()> {
        self.text.push(char::from(byte(&escape)));
        Ok(())
    }

    fn end_string<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        let shown = if self.is_name { std::mem::take(&mut self.text) } else { (self.told)(&self.text) };
        shown.serialize(&mut serde_json::Serializer::with_formatter(writer, Quiet)).map_err(io::Error::other)
    }
}

/// The longest text of a report, in bytes: a message with two names of a kilobyte each.
const LONGEST: usize = 4 << 10;

/// What an escape stands for: one byte, and no two for the same.
const fn byte(escape: &CharEscape) -> u8 {
    match escape {
        CharEscape::Quote => b'"',
        CharEscape::ReverseSolidus => b'\\',
        CharEscape::Solidus => b'/',
        CharEscape::Backspace => 8,
        CharEscape::FormFeed => 12,
        CharEscape::LineFeed => b'\n',
        CharEscape::CarriageReturn => b'\r',
        CharEscape::Tab => b'\t',
        CharEscape::AsciiControl(byte) => *byte,
    }
}

/// What begins a text that is not cut.
const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The form of reports.
#[derive(Default)]
struct Short {
    /// What the present text is, as far as it is shown.
    shown: Vec<u8>,
    /// The digest of all of it, once it is longer.
    whole: Option<Sha256>,
}

impl Short {
    /// Takes a part of a text; how much of it is shown.
    fn take(&mut self, part: &[u8]) -> usize {
        if let Some(whole) = &mut self.whole {
            whole.update(part);
            return 0;
        }
        // A certificate is there to be taken, and is of use only whole.
        if self.shown.starts_with(PEM) || (self.shown.is_empty() && part.starts_with(PEM)) {
            self.shown = PEM.to_vec();
            return part.len();
        }
        let room = LONGEST - self.shown.len();
        if part.len() <= room {
            self.shown.extend_from_slice(part);
            return part.len();
        }
        let mut whole = Sha256::new();
        whole.update(&self.shown);
        whole.update(part);
        self.whole = Some(whole);
        room
    }
}

impl Formatter for Short {
    fn begin_string<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.shown.clear();
        self.whole = None;
        CompactFormatter.begin_string(writer)
    }

    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let room = self.take(fragment.as_bytes());
        Quiet.write_string_fragment(writer, beginning_in_bytes(fragment, room))
    }

    fn write_char_escape<W: Write + ?Sized>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        if self.take(&[byte(&escape)]) == 1 { CompactFormatter.write_char_escape(writer, escape) } else { Ok(()) }
    }

    fn end_string<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        if let Some(whole) = self.whole.take() {
            write!(writer, "… sha256:")?;
            for byte in whole.finalize() {
                write!(writer, "{byte:02x}")?;
            }
        }
        CompactFormatter.end_string(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_it_was_and_holds_nothing_active() {
        let every: String = ('\0'..='\u{2100}').chain(['\u{1f600}']).collect();
        let value = std::collections::BTreeMap::from([(every.clone(), vec![every])]);
        let written = text(&value).expect("text");
        assert!(!written.contains(is_active));
        assert_eq!(serde_json::from_str::<std::collections::BTreeMap<String, Vec<String>>>(&written).ok(), Some(value));
    }

    #[test]
    fn every_text_is_told_and_no_name_of_a_member() {
        let value = std::collections::BTreeMap::from([("name", vec!["name", "a\"\u{1}\u{9b}b", ""])]);
        let written = told(&value, |text| text.replace("name", "*\n*").to_uppercase()).expect("text");
        assert_eq!(written, r#"{"name":["*\n*","A\"\u0001\u009bB",""]}"#);
    }

    #[test]
    fn a_long_text_is_its_beginning_and_its_digest() {
        let pem = format!("-----BEGIN CERTIFICATE-----\n{}-----END CERTIFICATE-----\n", "QUJD\n".repeat(2_000));
        let whole = shortened(&[&pem, "x"]).expect("text");
        assert_eq!(serde_json::from_str::<Vec<String>>(&whole).expect("JSON"), [pem.as_str(), "x"]);
        for text in ["x".repeat(LONGEST), "\n".repeat(LONGEST)] {
            assert_eq!(shortened(&text).ok(), super::text(&text).ok());
        }
        for text in ["x".repeat(LONGEST + 1), "é\n\"".repeat(LONGEST), "x".repeat(1 << 20)] {
            let written = shortened(&[&text, "next"]).expect("JSON");
            let [cut, next]: [String; 2] = serde_json::from_str(&written).expect("two texts");
            let digest: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
            let (beginning, rest) = cut.split_once('…').expect("a cut");
            assert!(text.starts_with(beginning) && beginning.len() > LONGEST - 4 && cut.len() < LONGEST + 100);
            assert_eq!((rest, next.as_str()), (format!(" sha256:{digest}").as_str(), "next"));
        }
    }
}
