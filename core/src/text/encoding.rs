//! How text is written in bytes: Windows writes UTF-16, puts a mark before UTF-8, and appends in another encoding than the
//! file has.

use std::borrow::Cow;

/// The text without its byte order mark, as UTF-8: what Windows PowerShell's `>` writes, also where the encoding changes inside,
/// as when its `>>` appends. With it, what is damaged about the encoding.
pub(crate) fn as_text(bytes: &[u8]) -> (Cow<'_, [u8]>, Option<&'static str>) {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] if memchr::memchr(0, rest).is_none() => (Cow::Borrowed(rest), None),
        _ if is_wide_somewhere(bytes) => {
            let mut decoder = Decoder { out: Vec::with_capacity(bytes.len()), damage: None };
            decoder.read(bytes);
            (Cow::Owned(decoder.out), decoder.damage)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => (Cow::Borrowed(rest), None),
        _ => (Cow::Borrowed(bytes), None),
    }
}

/// How a part of a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A byte for each character, or UTF-8.
    Narrow,
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

const WIDE: [Form; 4] = [Form::Utf32Le, Form::Utf32Be, Form::Utf16Le, Form::Utf16Be];

/// How many bytes in a row tell that characters are wide, and how many that they are not: two bytes of an Asian character may
/// look like two letters.
const TELLING: usize = 8;
const TELLING_NARROW: usize = 16;

impl Form {
    /// What a byte order mark says, and its length. That of UTF-16 may be followed by a zero only as part of a longer one.
    const fn of_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        match bytes {
            [0xff, 0xfe, 0, 0, ..] => Some((Self::Utf32Le, 4)),
            [0, 0, 0xfe, 0xff, ..] => Some((Self::Utf32Be, 4)),
            [0xff, 0xfe, ..] => Some((Self::Utf16Le, 2)),
            [0xfe, 0xff, ..] => Some((Self::Utf16Be, 2)),
            [0xef, 0xbb, 0xbf, ..] => Some((Self::Narrow, 3)),
            _ => None,
        }
    }

    const fn width(self) -> usize {
        match self {
            Self::Narrow => 1,
            Self::Utf16Le | Self::Utf16Be => 2,
            Self::Utf32Le | Self::Utf32Be => 4,
        }
    }

    /// The ASCII character that these bytes are in this form.
    fn ascii(self, unit: &[u8]) -> Option<u8> {
        let byte = match (self, unit) {
            (Self::Narrow, [byte])
            | (Self::Utf16Le, [byte, 0])
            | (Self::Utf16Be, [0, byte])
            | (Self::Utf32Le, [byte, 0, 0, 0])
            | (Self::Utf32Be, [0, 0, 0, byte]) => *byte,
            _ => return None,
        };
        is_text(byte).then_some(byte)
    }

    /// Whether text in this form begins here, as far as the next few bytes tell.
    fn begins(self, bytes: &[u8]) -> bool {
        let telling = if self == Self::Narrow { TELLING_NARROW } else { TELLING };
        let head = &bytes[..bytes.len().min(telling)];
        let units = head.chunks_exact(self.width());
        // A sign of Latin-1, as a quote has, tells as much in a wide form.
        let is_sign = |unit: &[u8]| {
            let byte = match (self, unit) {
                (Self::Utf16Le, [byte, 0]) | (Self::Utf16Be, [0, byte]) => *byte,
                (Self::Utf32Le, [byte, 0, 0, 0]) | (Self::Utf32Be, [0, 0, 0, byte]) => *byte,
                _ => 0,
            };
            byte >= 0xa0
        };
        let is_one = |unit: &[u8]| self.ascii(unit).is_some() || is_sign(unit);
        head.len() >= 2
            && units.remainder().is_empty()
            && units.clone().all(is_one)
            && units.clone().any(|unit| !is_sign(unit))
    }
}

const fn is_text(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace()
}

/// Whether a text, or a part of it behind text in bytes, has more than one byte for each character. What is neither is binary, and
/// stays as it is.
fn is_wide_somewhere(bytes: &[u8]) -> bool {
    if matches!(Form::of_mark(bytes), Some((form, _)) if form != Form::Narrow) {
        return true;
    }
    if bytes.len() < TELLING {
        return false;
    }
    let (head, marked) = (&bytes[..TELLING], bytes.starts_with(&[0xef, 0xbb, 0xbf]));
    if WIDE.iter().any(|form| form.begins(head)) {
        return true;
    }
    let Some(zero) = memchr::memchr(0, bytes) else { return false };
    let around = &bytes[zero.saturating_sub(1)..];
    let is_wide = WIDE.iter().any(|form| form.begins(around) || form.begins(&bytes[zero..]));
    let begins = if marked { &bytes[3..bytes.len().min(TELLING + 3)] } else { head };
    is_readable(begins) && (is_wide || has_mark_before(bytes, zero))
}

/// Whether bytes are the beginning of a text in UTF-8.
fn is_readable(begin: &[u8]) -> bool {
    let text = match std::str::from_utf8(begin) {
        Ok(text) => text,
        // The beginning may end inside of a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&begin[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && !text.contains(|character: char| character.is_control() && !character.is_whitespace())
}

/// Whether a byte order mark stands right before a character that has a zero.
fn has_mark_before(bytes: &[u8], zero: usize) -> bool {
    (zero.saturating_sub(4)..=zero)
        .any(|at| matches!(Form::of_mark(&bytes[at..]), Some((form, _)) if form != Form::Narrow))
}

/// What was decoded so far.
struct Decoder {
    out: Vec<u8>,
    damage: Option<&'static str>,
}

const CUT: &str = "the text ends in the middle of a UTF-16 or UTF-32 character";
const UNDECODED: &str = "the UTF-16 or UTF-32 text has a character that cannot be decoded";

impl Decoder {
    fn read(&mut self, bytes: &[u8]) {
        let (mut rest, mut form) = (bytes, Form::Narrow);
        while !rest.is_empty() {
            let (unit, behind) = rest.split_at(rest.len().min(form.width()));
            let is_plain = match form {
                // A zero behind a character may belong to it.
                Form::Narrow => is_text(rest[0]) && rest.get(1) != Some(&0),
                // Two zeros behind a character may belong to it as well.
                Form::Utf16Le => form.ascii(unit).is_some() && !behind.starts_with(&[0, 0]),
                Form::Utf16Be | Form::Utf32Le | Form::Utf32Be => form.ascii(unit).is_some(),
            };
            if is_plain {
                self.out.push(form.ascii(unit).unwrap_or(rest[0]));
                rest = behind;
                continue;
            }
            if let Some((marked, length)) = Form::of_mark(rest) {
                (form, rest) = (marked, &rest[length..]);
                continue;
            }
            // A line end may be the last of what is narrow or the first of what is wide; the former is what programs write.
            if let (Form::Narrow, [b'\n', behind @ ..]) = (form, rest)
                && Form::Utf16Be.begins(behind)
            {
                self.out.push(b'\n');
                (form, rest) = (Form::Utf16Be, behind);
                continue;
            }
            if let Some(other) = change(form, rest) {
                form = other;
                continue;
            }
            rest = self.other(form, rest);
        }
    }

    /// A character that is not ASCII; what follows it.
    fn other<'b>(&mut self, form: Form, rest: &'b [u8]) -> &'b [u8] {
        let unit16 = |pair: [u8; 2]| match form {
            Form::Utf16Be => u16::from_be_bytes(pair),
            Form::Narrow | Form::Utf16Le | Form::Utf32Le | Form::Utf32Be => u16::from_le_bytes(pair),
        };
        let (character, behind) = match (form, rest) {
            (Form::Narrow, [byte, behind @ ..]) => {
                if *byte == 0 {
                    self.damage = Some(UNDECODED);
                } else {
                    self.out.push(*byte);
                }
                return behind;
            }
            (Form::Utf16Le | Form::Utf16Be, [a, b, behind @ ..]) => {
                let first = unit16([*a, *b]);
                let pair = match behind {
                    [c, d, ..] if (0xd800..0xdc00).contains(&first) => [first, unit16([*c, *d])],
                    _ => [first, 0],
                };
                let decoded = char::decode_utf16(pair).next().and_then(Result::ok);
                let used = decoded.map_or(0, |character| (character.len_utf16() - 1) * 2);
                (decoded, &behind[used..])
            }
            (Form::Utf32Le | Form::Utf32Be, [a, b, c, d, behind @ ..]) => {
                let number = match form {
                    Form::Utf32Be => u32::from_be_bytes([*a, *b, *c, *d]),
                    Form::Narrow | Form::Utf16Le | Form::Utf16Be | Form::Utf32Le => {
                        u32::from_le_bytes([*a, *b, *c, *d])
                    }
                };
                (char::from_u32(number), behind)
            }
            _ => {
                self.damage = Some(CUT);
                return &[];
            }
        };
        if character.is_none() {
            self.damage = Some(UNDECODED);
        }
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        self.out.extend(character.encode_utf8(&mut [0; 4]).as_bytes());
        behind
    }
}

/// The other form in which the text goes on here.
fn change(form: Form, rest: &[u8]) -> Option<Form> {
    let wide = WIDE.into_iter().filter(|other| *other != form).find(|other| other.begins(rest));
    wide.or_else(|| (form != Form::Narrow && Form::Narrow.begins(rest)).then_some(Form::Narrow))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn big(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    fn long(text: &str) -> Vec<u8> {
        text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()
    }

    #[test]
    fn asian_characters_stay_and_what_is_cut_is_told() {
        let text = "\u{4e2d}\u{6587}-\u{4e2d}\u{4e2d}\u{4e2d}\u{1f512}\n";
        let whole = [b"\xff\xfe".as_slice(), &wide(text)].concat();
        assert_eq!(as_text(&whole), (Cow::Owned(text.as_bytes().to_vec()), None));
        let cut = [b"\xff\xfe".as_slice(), &wide("ab"), b"\xe4"].concat();
        assert_eq!(as_text(&cut).1, Some(CUT));
    }

    #[test]
    fn an_encoding_that_changes_inside_is_read() {
        let text = "Alias :\tone\r\nAlias :\ttwo\r\n";
        for mixed in [
            [text.as_bytes(), &wide(text)].concat(),
            [text.as_bytes(), b"\xff\xfe", &wide(text), text.as_bytes()].concat(),
            [b"\xff\xfe", wide(text).as_slice(), text.as_bytes()].concat(),
            [text.as_bytes(), &big(text)].concat(),
            [text.as_bytes(), b"\xfe\xff", &big(text)].concat(),
            [b"\xff\xfe", wide(text).as_slice(), &big(text)].concat(),
            [b"\xfe\xff", big(text).as_slice(), &wide(text), text.as_bytes()].concat(),
            [wide(text).as_slice(), &big(text)].concat(),
            [text.as_bytes(), b"\xff\xfe\0\0", &long(text)].concat(),
            [text.as_bytes(), &long(text)].concat(),
            [b"\xef\xbb\xbf", text.as_bytes(), &wide(text)].concat(),
            [b"\xff\xfe", wide(text).as_slice(), b"\xff\xfe", &wide(text)].concat(),
        ] {
            let read = as_text(&mixed).0.into_owned();
            assert!(String::from_utf8_lossy(&read).starts_with(&format!("{text}{text}")), "{read:?}");
        }
        let whole = [b"\xff\xfe".as_slice(), &wide("Z\u{fc}rich und K\u{f6}ln")].concat();
        assert_eq!(as_text(&whole).0.into_owned(), "Z\u{fc}rich und K\u{f6}ln".as_bytes());
        assert!(matches!(as_text(b"\x30\x82\x01\x00\x00\x00").0, Cow::Borrowed(_)));
    }
}
