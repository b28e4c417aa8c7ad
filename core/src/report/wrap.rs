//! Where the rows of a paragraph begin and end.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The rows of a text: as many words as fit into so many columns, and a longer word cut.
pub(super) fn rows(text: &str, width: usize) -> Vec<(usize, usize)> {
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, word) in words(text) {
        let columns = word.trim_end_matches(' ').width();
        if used + columns <= width {
            used += word.width();
            continue;
        }
        if at > start {
            rows.push((start, at));
            start = at;
        }
        used = 0;
        if columns <= width {
            used = word.width();
            continue;
        }
        for (offset, character) in word.char_indices() {
            let columns = character.width().unwrap_or(0);
            if used + columns > width && at + offset > start {
                rows.push((start, at + offset));
                start = at + offset;
                used = 0;
            }
            used += columns;
        }
    }
    rows.push((start, text.len()));
    rows
}

/// The words of a text, each with the blanks behind it; the first also with those before it.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        if rest.is_empty() {
            return None;
        }
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let letters = rest[blanks..].find(' ').map_or(rest.len(), |end| blanks + end);
        let end = letters + rest[letters..].len() - rest[letters..].trim_start_matches(' ').len();
        let word = (at, &rest[..end]);
        at += end;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> Vec<&str> {
        rows(text, width).into_iter().map(|(start, end)| text[start..end].trim_end()).collect()
    }

    #[test]
    fn lines_break_at_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("one two three", 13), ["one two three"]);
        assert_eq!(wrapped("  a b", 3), ["  a", "b"]);
        assert_eq!(wrapped("", 9), [""]);
    }

    #[test]
    fn a_longer_word_is_cut_and_nothing_is_lost() {
        assert_eq!(wrapped("a bcdefgh i", 3), ["a", "bcd", "efg", "h i"]);
        assert_eq!(wrapped("東京都庁", 4), ["東京", "都庁"]);
        for width in 1..30 {
            let text = "ein langes Wort: Donaudampfschiffahrt und 東京 dazu ";
            let whole: String = rows(text, width).into_iter().map(|(start, end)| &text[start..end]).collect();
            assert_eq!(whole, text, "{width}");
        }
    }
}
