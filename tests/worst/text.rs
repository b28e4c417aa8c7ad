//! A hundred megabytes of what is not PEM.

use super::{Expected, Input, Row};

pub(super) const CASES: &[Row] = &[
    ("text: a block without an end", Expected::Unread(1), |size| {
        let mut text = BEGIN.to_vec();
        text.resize(size, b'A');
        Input::Text(text)
    }),
    ("text: only begin lines", Expected::Unread(10_001), |size| repeated(BEGIN, size)),
    ("text: only begin markers cut short", Expected::Unread(10_001), |size| repeated(b"-----BEGIN ", size)),
    ("text: only dashes", Expected::Unreadable, |size| repeated(b"-", size)),
    ("text: prose", Expected::Unreadable, |size| repeated(b"The quick brown fox jumps over the lazy dog.\n", size)),
    ("text: random bytes", Expected::Unreadable, |size| Input::Text(random(size))),
    ("text: only end markers", Expected::Unread(10_001), |size| repeated(b"-----END CERTIFICATE-----\n", size)),
    ("text: braces", Expected::Unreadable, |size| repeated(b"{\"a\":[", size)),
    ("text: headings of entries", Expected::Unreadable, |size| repeated(b"Alias :\tx\n", size)),
    ("text: headings of stores", Expected::Unreadable, |size| repeated(b"[*] Store : SMS\n", size)),
    ("text: labels on one line", Expected::Unreadable, |size| repeated(b"CERTIFICATE ", size)),
    ("text: labels and dashes on one line", Expected::Unreadable, |size| repeated(b"-CERTIFICATE BEGIN", size)),
    ("text: returns behind a pager's prompt", Expected::Unreadable, |size| {
        let half = size / 2;
        Input::Text([b"--More--".to_vec(), vec![b'('; half], b"x".to_vec(), vec![b'\r'; half]].concat())
    }),
    ("text: beginnings of base64", Expected::Unreadable, |size| repeated(b"MII=", size)),
    ("text: lines of base64", Expected::Unread(10_001), |size| {
        repeated(format!("MII{}\n\n", "a".repeat(300)).as_bytes(), size.max(4_000_000))
    }),
    ("text: messages of commands", Expected::Unreadable, |size| repeated(b"Error: x\n\n\n\n\n\n", size)),
    ("text: zeros between letters", Expected::Unreadable, |size| repeated(b"A\0B\0C\0D\0abcdefgh", size)),
    ("text: newlines", Expected::Unreadable, |size| repeated(b"\r\n", size)),
];

const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----\n";

fn repeated(pattern: &[u8], size: usize) -> Input {
    Input::Text(pattern.iter().copied().cycle().take(size).collect())
}

/// Bytes without a pattern, the same every time (xorshift, Marsaglia 2003).
fn random(size: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    std::iter::repeat_with(&mut next).flatten().take(size).collect()
}
