//! What a page is drawn on: how wide it is, whether it has colours, and which characters it takes.

use std::borrow::Cow;

use crate::text::{escape, printable};

/// The width of output that goes to a file or a pipe.
pub const WIDTH: usize = 120;

/// The narrowest canvas; a narrower one is drawn on as if it had this width.
const NARROWEST: usize = 20;

/// What stands for a sign that ASCII lacks.
const PLAIN: [(char, &str); 9] =
    [('→', "->"), ('·', "-"), ('…', "..."), ('─', "-"), ('×', "x"), ('≤', "<="), ('•', "*"), ('✓', "+"), ('✗', "x")];

/// What a page is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Canvas {
    width: usize,
    /// Whether colours are written, as ANSI escapes.
    pub has_colour: bool,
    /// Whether characters beyond ASCII are written; without, they are replaced or shown by their numbers.
    pub is_unicode: bool,
    /// Whether lists are shown in full, however long they are.
    pub is_full: bool,
}

impl Default for Canvas {
    fn default() -> Self {
        Self { width: WIDTH, has_colour: false, is_unicode: true, is_full: false }
    }
}

impl Canvas {
    /// A canvas so many columns wide, at least 20.
    #[must_use]
    pub const fn new(width: usize, has_colour: bool, is_unicode: bool) -> Self {
        Self { width: if width < NARROWEST { NARROWEST } else { width }, has_colour, is_unicode, is_full: false }
    }

    /// How many columns it has.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// The text as this canvas shows it: what a terminal acts on stands there by its number, as does what ASCII lacks where
    /// there is nothing else.
    pub(super) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_unicode || text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return printable(text);
        }
        let mut out = String::with_capacity(text.len());
        for character in text.chars() {
            match PLAIN.iter().find(|(sign, _)| *sign == character) {
                Some((_, plain)) => out.push_str(plain),
                None if (' '..='~').contains(&character) => out.push(character),
                None => escape(character, &mut out),
            }
        }
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_acts_on_is_drawn() {
        let hostile = "a\u{1b}[2J\u{9b}\u{202e}\u{200b}\u{feff}\u{ad}\u{e000}\u{2028}\t\n\u{e0001}";
        let shown = Canvas::default().clean(hostile).into_owned();
        assert_eq!(shown, "a\\x1b[2J\\x9b\\u202e\\u200b\\ufeff\\xad\\ue000\\u2028\\t\\n\\U000e0001");
        assert_eq!(Canvas::default().clean("Zürich u\u{308} 東京 \u{5d0}"), "Zürich u\u{308} 東京 \u{5d0}");
    }

    #[test]
    fn ascii_has_signs_of_its_own() {
        let ascii = Canvas { is_unicode: false, ..Canvas::default() };
        assert_eq!(ascii.clean("a → b • Zürich 東"), "a -> b * Z\\xfcrich \\u6771");
    }
}
