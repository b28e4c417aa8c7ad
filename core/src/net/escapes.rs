//! Escapes of XML, HTML, JSON, programs and URLs undone, byte by byte, with the place of each.

/// One byte of a text, and where it stands in the text as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) byte: u8,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The longest escape: `&#x0010ffff;` with some zeros more.
const LONGEST: usize = 24;

/// The bytes of a text, each at its own place.
///
/// A character of several bytes is one place, so that nothing is cut within it.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let character = |(start, character): (usize, char)| {
        let end = start + character.len_utf8();
        text.as_bytes()[start..end].iter().map(move |byte| Unit { byte: *byte, start, end })
    };
    text.char_indices().flat_map(character).collect()
}

/// The same with every escape undone once; `None` if there is none.
pub(super) fn undone(units: &[Unit]) -> Option<Vec<Unit>> {
    let mut out = Vec::with_capacity(units.len());
    let (mut at, mut any) = (0, false);
    while let Some(unit) = units.get(at) {
        // On the stack: what is undone may be the secret itself.
        let mut window = [0; LONGEST];
        let ahead = &units[at..units.len().min(at + LONGEST)];
        let length = if matches!(unit.byte, b'%' | b'&' | b'\\' | 0 | b'=') { ahead.len() } else { 0 };
        window.iter_mut().zip(&ahead[..length]).for_each(|(byte, unit)| *byte = unit.byte);
        match escape(&window[..length]) {
            Some((bytes, length)) => {
                let (start, end) = (unit.start, units[at + length - 1].end);
                out.extend(bytes.into_iter().map(|byte| Unit { byte, start, end }));
                (at, any) = (at + length, true);
            }
            None => {
                out.push(*unit);
                at += 1;
            }
        }
    }
    any.then_some(out)
}

/// What the escape at the beginning stands for, and its length.
fn escape(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    match text {
        // UTF-16 that is read as something else.
        [0, ..] => Some((Vec::new(), 1)),
        [b'%' | b'=', high, low, ..] => Some((vec![number(&[*high, *low], 16).and_then(|n| u8::try_from(n).ok())?], 3)),
        [b'&', rest @ ..] => entity(rest),
        [b'\\', b'x', high, low, ..] => Some((vec![number(&[*high, *low], 16).and_then(|n| u8::try_from(n).ok())?], 4)),
        [b'\\', b'u', b'{', rest @ ..] => {
            let end = rest.iter().position(|byte| *byte == b'}')?;
            Some((utf8(number(&rest[..end], 16)?)?, end + 4))
        }
        [b'\\', b'u' | b'U', rest @ ..] => wide(rest),
        [b'\\', b'n', ..] => Some((b"\n".to_vec(), 2)),
        [b'\\', b'r', ..] => Some((b"\r".to_vec(), 2)),
        [b'\\', b't', ..] => Some((b"\t".to_vec(), 2)),
        [b'\\', plain @ (b'"' | b'\'' | b'\\' | b'/'), ..] => Some((vec![*plain], 2)),
        _ => None,
    }
}

/// `\u0041`, and two of them for what is beyond sixteen bits.
fn wide(rest: &[u8]) -> Option<(Vec<u8>, usize)> {
    let first = number(rest.get(..4)?, 16)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some((utf8(first)?, 6));
    }
    let second = rest.get(4..10).filter(|text| text.starts_with(b"\\u")).and_then(|text| number(&text[2..], 16))?;
    let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    Some((utf8(0x10000 + ((first - 0xd800) << 10) + low)?, 12))
}

/// What stands between `&` and `;`.
fn entity(rest: &[u8]) -> Option<(Vec<u8>, usize)> {
    let end = rest.iter().position(|byte| *byte == b';')?;
    let code = match &rest[..end] {
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16)?,
        [b'#', digits @ ..] => number(digits, 10)?,
        name => NAMED.iter().find(|(known, _)| name.eq_ignore_ascii_case(known.as_bytes())).map(|(_, code)| *code)?,
    };
    Some((utf8(code)?, end + 2))
}

/// What passwords have and HTML may name.
const NAMED: [(&str, u32); 43] = [
    ("amp", 0x26),
    ("lt", 0x3c),
    ("gt", 0x3e),
    ("quot", 0x22),
    ("apos", 0x27),
    ("nbsp", 0x20),
    ("excl", 0x21),
    ("num", 0x23),
    ("dollar", 0x24),
    ("percnt", 0x25),
    ("lpar", 0x28),
    ("rpar", 0x29),
    ("ast", 0x2a),
    ("plus", 0x2b),
    ("comma", 0x2c),
    ("period", 0x2e),
    ("sol", 0x2f),
    ("colon", 0x3a),
    ("semi", 0x3b),
    ("equals", 0x3d),
    ("quest", 0x3f),
    ("commat", 0x40),
    ("lsqb", 0x5b),
    ("bsol", 0x5c),
    ("rsqb", 0x5d),
    ("Hat", 0x5e),
    ("lowbar", 0x5f),
    ("grave", 0x60),
    ("lcub", 0x7b),
    ("verbar", 0x7c),
    ("rcub", 0x7d),
    ("lbrack", 0x5b),
    ("rbrack", 0x5d),
    ("lbrace", 0x7b),
    ("rbrace", 0x7d),
    ("vert", 0x7c),
    ("VerticalLine", 0x7c),
    ("UnderBar", 0x5f),
    ("DiacriticalGrave", 0x60),
    ("midast", 0x2a),
    ("NonBreakingSpace", 0x20),
    ("Tab", 0x09),
    ("NewLine", 0x0a),
];

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let text = std::str::from_utf8(digits).ok().filter(|text| !text.is_empty() && !text.starts_with('+'))?;
    u32::from_str_radix(text, radix).ok()
}

fn utf8(code: u32) -> Option<Vec<u8>> {
    char::from_u32(code).map(|character| character.to_string().into_bytes())
}
