//! Ids as segments of paths: the one way from a text to a part of a URL.

use std::fmt;

/// How often an id is undone that looks percent-encoded: some proxies do so before they look at the path.
const ENCODED: usize = 4;

/// The longest id, in bytes.
const LONGEST: usize = 1_024;

/// An id that names one thing below a collection, and can be nothing else in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::net::vsphere) struct Segment {
    id: String,
    /// As it stands in a path.
    written: String,
}

/// The id is none that a path can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id in a path must not be empty, `.` or `..`, and must not contain a slash, backslash or control character")]
pub(in crate::net::vsphere) struct SegmentError;

impl Segment {
    /// The segment of an id, whoever gave it. Ids are opaque, and older ones are not hexadecimal.
    ///
    /// `.` and `..` stand for another place, whichever way they are written, and so may what parts a path: a call on
    /// one root would become one on the collection.
    pub(in crate::net::vsphere) fn new(id: &str) -> Result<Self, SegmentError> {
        let mut bytes = id.as_bytes().to_vec();
        for _ in 0..=ENCODED {
            let text = String::from_utf8_lossy(&bytes);
            let apart = |character: char| matches!(character, '/' | '\\') || character.is_control();
            // A semicolon begins what Java's servers cut off before they look at the path.
            let name = text.split(';').next().unwrap_or_default();
            if matches!(name.trim(), "" | "." | "..") || text.contains(apart) || id.len() > LONGEST {
                return Err(SegmentError);
            }
            bytes = decoded(&bytes);
        }
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        let write = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        Ok(Self { id: id.to_owned(), written: id.bytes().map(write).collect() })
    }

    /// The id itself.
    pub(in crate::net::vsphere) fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// The bytes with percent escapes undone once.
fn decoded(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_elsewhere_is_no_segment() {
        let bad = [
            "",
            " ",
            ".",
            "..",
            " .. ",
            "a/b",
            "/",
            "a\\b",
            "..\\",
            "a\0b",
            "a\nb",
            "a\u{85}b",
            "%2e",
            "%2E%2e",
            ".%2E",
            "%252e%252E",
            "%25252e.",
            "a%2fb",
            "a%2Fb",
            "a%5cb",
            "%00",
            "a%0d%0ab",
            "%252f",
            "..;x=1",
            ".;",
            "%2e%2e%3bx",
        ];
        for id in bad {
            assert_eq!(Segment::new(id), Err(SegmentError), "{id:?}");
        }
        assert!(Segment::new(&"x".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn an_id_is_written_so_that_it_is_one_segment() {
        let good = [
            ("A1B2", "A1B2"),
            ("...", "..."),
            (".a", ".a"),
            ("a b?c#d", "a%20b%3Fc%23d"),
            ("CN=ä", "CN%3D%C3%A4"),
            ("100%", "100%25"),
            ("%41", "%2541"),
        ];
        for (id, written) in good {
            let segment = Segment::new(id).expect(id);
            assert_eq!((segment.to_string().as_str(), segment.id()), (written, id));
            let url = format!("https://vc01/api/x/{segment}");
            assert_eq!(reqwest::Url::parse(&url).map(|url| url.to_string()), Ok(url));
        }
    }
}
