//! The lines of a text, each with its number and where it stands.

use memchr::{memchr, memmem};

/// One line, without its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// From 1.
    pub(crate) number: u32,
    /// Where it begins in the text.
    pub(crate) start: usize,
    /// Without blanks at the ends; lossless for what the listings print, which is ASCII apart from names.
    pub(crate) text: &'a [u8],
}

/// The lines of `text`, the first of which has number `first`.
pub(crate) fn lines(text: &[u8], first: u32) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    let mut number = first;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        let line = Line { number, start, text: rest[..end].trim_ascii() };
        start += end + 1;
        number = number.saturating_add(1);
        Some(line)
    })
}

/// Whether the text holds a PEM marker.
pub(crate) fn has_pem(text: &[u8]) -> bool {
    memmem::find(text, b"-----BEGIN ").is_some() || memmem::find(text, b"-----END ").is_some()
}

/// Whether one of the words stands anywhere: a search that costs far less than looking at every line.
pub(crate) fn has_any(text: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| memmem::find(text, word.as_bytes()).is_some())
}

/// The value of a `Key : value` line, when the line has this key. Blanks and TABs around the colon are free: copies in
/// articles and mails lose them.
pub(crate) fn value_of<'a>(line: &'a [u8], key: &str) -> Option<&'a [u8]> {
    let rest = line.strip_prefix(key.as_bytes())?.trim_ascii_start();
    rest.strip_prefix(b":").map(<[u8]>::trim_ascii)
}

/// Text as it stands, with what is not UTF-8 replaced.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_match_with_any_blanks_and_only_whole() {
        assert_eq!(value_of(b"Alias :\tabc", "Alias"), Some(&b"abc"[..]));
        assert_eq!(value_of(b"Alias: a b ", "Alias"), Some(&b"a b"[..]));
        assert_eq!(value_of(b"Alias name: abc", "Alias"), None);
    }

    #[test]
    fn numbers_and_starts_fit_crlf_text() {
        let all: Vec<_> = lines(b"a\r\n\r\nb", 5).map(|line| (line.number, line.start, line.text)).collect();
        assert_eq!(all, vec![(5, 0, &b"a"[..]), (6, 3, &b""[..]), (7, 5, &b"b"[..])]);
    }
}
