//! Words that others chose, as text that no terminal takes for a command and no eye for another text.
//!
//! Layer 0. A server's answer or a certificate's name may hold the escape character, its C1 kin, or marks that turn the
//! direction of writing. They are shown by their numbers.

mod decorated;
mod discreet;
mod encoding;
mod lines;
mod pasted;
mod printable;

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

pub(crate) use decorated::{Undecorated, undecorated};
pub(crate) use discreet::discreet;
pub(crate) use encoding::as_text;
pub(crate) use lines::{Line, has_any, has_pem, lines, text_of, value_of};
pub(crate) use pasted::{Tidy, tidy};
pub(crate) use printable::{escape, printable};

/// Whether a character does something else than show itself: a control (C0, DEL, C1), a mark of writing direction, or a
/// separator of lines.
#[must_use]
pub const fn is_active(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text as one line that a terminal shows as it is. What is escaped already stays so.
///
/// ```
/// assert_eq!(vitrust::text::shown("a\u{1b}[2J\u{202e}b\n"), "a\\u{1b}[2J\\u{202e}b\\n");
/// assert_eq!(vitrust::text::shown("für alle"), "für alle");
/// ```
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, is_active)
}

/// The same for a text of several lines, whose line ends stay.
#[must_use]
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |character| is_active(character) && !matches!(character, '\n' | '\r'))
}

fn escaped(text: &str, is: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is(character) {
            // Writing to a string cannot fail.
            let _ = write!(out, "{}", character.escape_default());
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// The beginning of a text, at most so many characters.
#[must_use]
pub fn beginning(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

/// The beginning of a text, at most so many bytes.
pub(crate) fn beginning_in_bytes(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    &text[..end]
}

/// The longest name that is shown whole, in bytes: no name of a real certificate is longer.
pub(crate) const LONGEST_NAME: usize = 256;

/// What stands where something was cut off.
pub(crate) const CUT: char = '…';

/// A text that takes no more than it is to show.
struct Limited(String);

impl Write for Limited {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = LONGEST_NAME.saturating_sub(self.0.len());
        if text.len() <= room {
            self.0.push_str(text);
            return Ok(());
        }
        self.0.push_str(beginning_in_bytes(text, room));
        Err(fmt::Error)
    }
}

/// A name as messages and reports show it: of one that is longer than 256 bytes the beginning and `…`. No more of it is
/// put into words than is shown.
///
/// ```
/// assert_eq!(vitrust::text::brief("CN=vc01"), "CN=vc01");
/// assert_eq!(vitrust::text::brief(&"x".repeat(1_000)), format!("{}…", "x".repeat(256)));
/// ```
#[must_use]
pub fn brief(name: &(impl Display + ?Sized)) -> String {
    let mut out = Limited(String::new());
    if write!(out, "{name}").is_err() {
        out.0.push(CUT);
    }
    out.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_shown_by_its_number_and_once() {
        let active =
            "\0\u{1b}\u{7f}\u{85}\u{9b}\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2028}\u{2029}\u{2066}\u{2069}";
        let text = shown(active).into_owned();
        assert!(text.is_ascii() && text.bytes().all(|byte| byte >= 0x20), "{text}");
        assert_eq!(shown(&text), text);
        assert_eq!(shown_lines("a\r\nb\u{1b}"), "a\r\nb\\u{1b}");
        assert_eq!(shown("Zürich \u{5d0}\u{627}"), "Zürich \u{5d0}\u{627}");
    }

    #[test]
    fn a_name_is_cut_between_characters_and_says_so() {
        let exact = "x".repeat(LONGEST_NAME);
        assert_eq!(brief(&exact), exact);
        for long in ["x".repeat(LONGEST_NAME + 1), "ä".repeat(LONGEST_NAME), format!("x{}", "ä".repeat(LONGEST_NAME))]
        {
            let shown = brief(&long);
            assert!(shown.len() <= LONGEST_NAME + CUT.len_utf8(), "{}", shown.len());
            assert!(shown.strip_suffix(CUT).is_some_and(|begun| begun.len() > 250 && long.starts_with(begun)));
        }
    }

    #[test]
    fn a_beginning_ends_between_characters() {
        assert_eq!((beginning("äöü", 2), beginning("äöü", 3), beginning("", 1)), ("äö", "äöü", ""));
    }
}
