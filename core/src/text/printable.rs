//! Text for a page or a table: every character shows itself, and what does not is written by its number.

use std::borrow::Cow;
use std::fmt::Write;

/// The text as a line that can be shown anywhere, in words that people read. Idempotent.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_printable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_printable(character) {
            out.push(character);
        } else {
            escape(character, &mut out);
        }
    }
    Cow::Owned(out)
}

/// Whether a character shows itself: no control, no format or private character, no separator but the blank. The standard
/// library keeps the table for its own `Debug`; behind another character it lets combining marks be.
fn is_printable(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    let mut pair = String::from("x");
    pair.push(character);
    pair.escape_debug().nth(1) == Some(character)
}

/// A character by its number, as Python and C write it.
pub(crate) fn escape(character: char, out: &mut String) {
    let number = u32::from(character);
    // Writing to a string cannot fail.
    let _ = match (character, number) {
        ('\t', _) => out.write_str("\\t"),
        ('\n', _) => out.write_str("\\n"),
        ('\r', _) => out.write_str("\\r"),
        (_, ..0x100) => write!(out, "\\x{number:02x}"),
        (_, ..0x1_0000) => write!(out, "\\u{number:04x}"),
        _ => write!(out, "\\U{number:08x}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_itself_stays() {
        assert_eq!(printable("Z\u{fc}rich u\u{308} \u{5d0}"), "Z\u{fc}rich u\u{308} \u{5d0}");
        let shown = printable("a\u{1b}b\u{200b}\n").into_owned();
        assert_eq!(shown, "a\\x1bb\\u200b\\n");
        assert_eq!(printable(&shown), shown);
    }
}
