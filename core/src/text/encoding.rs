//! How text is written in bytes: Windows writes UTF-16, and puts a mark before UTF-8.

use std::borrow::Cow;

/// The text without its byte order mark, as UTF-8 when the mark says UTF-16: what Windows PowerShell's `>` writes.
/// With it, what is damaged about the encoding.
pub(crate) fn as_text(bytes: &[u8]) -> (Cow<'_, [u8]>, Option<&'static str>) {
    let decode = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let mut damage = (!rest.len().is_multiple_of(2)).then_some("the UTF-16 text ends in the middle of a character");
        let text: String = char::decode_utf16(units)
            .map(|unit| {
                unit.unwrap_or_else(|_| {
                    damage = Some("the UTF-16 text has a character that does not read");
                    char::REPLACEMENT_CHARACTER
                })
            })
            .collect();
        (Cow::Owned(text.into_bytes()), damage)
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (Cow::Borrowed(rest), None),
        [0xff, 0xfe, rest @ ..] => decode(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => decode(rest, u16::from_be_bytes),
        _ => (Cow::Borrowed(bytes), None),
    }
}
