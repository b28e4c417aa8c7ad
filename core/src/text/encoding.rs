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
                    damage = Some("the UTF-16 text has a character that cannot be decoded");
                    char::REPLACEMENT_CHARACTER
                })
            })
            .collect();
        (Cow::Owned(text.into_bytes()), damage)
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (Cow::Borrowed(rest), None),
        _ if is_mixed(bytes) => (Cow::Owned(unmixed(bytes)), None),
        [0xff, 0xfe, rest @ ..] => decode(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => decode(rest, u16::from_be_bytes),
        _ => (Cow::Borrowed(bytes), None),
    }
}

/// How many bytes in a row tell one encoding from the other.
const TELLING: usize = 8;

/// Whether bytes and UTF-16 (little endian) follow each other in one text, as when Windows PowerShell 5.1 appends with `>>`.
fn is_mixed(bytes: &[u8]) -> bool {
    let is_text = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let head = &bytes[..bytes.len().min(TELLING)];
    let narrow = || bytes.windows(TELLING).any(|part| part.iter().all(is_text));
    match bytes {
        [0xff, 0xfe, ..] => narrow(),
        _ => head.len() == TELLING && head.iter().all(is_text) && memchr::memchr(0, bytes).is_some() && has_wide(bytes),
    }
}

/// Whether a run of characters stands there with a zero behind each.
fn has_wide(bytes: &[u8]) -> bool {
    let first = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    bytes[first.saturating_sub(1)..].chunks_exact(2).take(TELLING / 2).all(|pair| pair[0].is_ascii() && pair[1] == 0)
}

/// The text with every part as bytes.
fn unmixed(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut is_wide = false;
    while let Some((&first, behind)) = rest.split_first() {
        match rest {
            [0xff, 0xfe, after @ ..] => {
                is_wide = true;
                rest = after;
                continue;
            }
            [0xef, 0xbb, 0xbf, after @ ..] => {
                is_wide = false;
                rest = after;
                continue;
            }
            [a, 0, b, 0, ..] if *a != 0 && *b != 0 => is_wide = true,
            [a, b, c, d, ..] if [a, b, c, d].into_iter().all(|byte| *byte != 0 && byte.is_ascii()) => is_wide = false,
            _ => (),
        }
        match (is_wide, behind) {
            (true, [second, after @ ..]) => {
                let unit = char::decode_utf16([u16::from_le_bytes([first, *second])]).next();
                let character = unit.and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER);
                out.extend(character.encode_utf8(&mut [0; 4]).as_bytes());
                rest = after;
            }
            _ => {
                if first != 0 {
                    out.push(first);
                }
                rest = behind;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn an_encoding_that_changes_inside_is_read() {
        let text = "Alias :\tone\r\nAlias :\ttwo\r\n";
        for mixed in [
            [text.as_bytes(), &wide(text)].concat(),
            [text.as_bytes(), b"\xff\xfe", &wide(text), text.as_bytes()].concat(),
            [b"\xff\xfe", wide(text).as_slice(), text.as_bytes()].concat(),
        ] {
            let read = as_text(&mixed).0.into_owned();
            assert!(String::from_utf8_lossy(&read).starts_with(&format!("{text}{text}")), "{read:?}");
        }
        let whole = [b"\xff\xfe".as_slice(), &wide("Z\u{fc}rich und K\u{f6}ln")].concat();
        assert_eq!(as_text(&whole).0.into_owned(), "Z\u{fc}rich und K\u{f6}ln".as_bytes());
        assert!(matches!(as_text(b"\x30\x82\x01\x00\x00\x00").0, Cow::Borrowed(_)));
    }
}
