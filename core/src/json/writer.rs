//! JSON text that holds no character a terminal acts on.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::text::is_active;

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
    let mut out = Vec::with_capacity(128);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Quiet))?;
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
}
