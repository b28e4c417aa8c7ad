//! PEM text (RFC 7468, and what admins make of it) cut into sections.
//!
//! Layer 0. Every reader of this crate finds its certificates through [`sections`]. Text before, between and after
//! blocks is passed over, as in the output of `vecs-cli` and `openssl`; a block that cannot be read is an error value
//! with its line, never a silent gap. The scan is linear in the input, whatever the input.

use memchr::{memchr, memchr2, memmem};

/// What a block says it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label<'a> {
    /// `CERTIFICATE`, or the older `X509 CERTIFICATE`.
    Certificate,
    /// `TRUSTED CERTIFICATE`: OpenSSL's form, a certificate followed by trust settings.
    TrustedCertificate,
    /// `X509 CRL`.
    Crl,
    /// `PKCS7` or `CMS`.
    Pkcs7,
    /// Anything else, for example a private key. Its text as written.
    Other(&'a str),
}

impl<'a> Label<'a> {
    fn from_text(text: &'a [u8]) -> Self {
        match text {
            b"CERTIFICATE" | b"X509 CERTIFICATE" => Self::Certificate,
            b"TRUSTED CERTIFICATE" => Self::TrustedCertificate,
            b"X509 CRL" => Self::Crl,
            b"PKCS7" | b"CMS" => Self::Pkcs7,
            other => Self::Other(std::str::from_utf8(other).unwrap_or("(not text)")),
        }
    }

    /// The longest text between the markers that is decoded, in bytes: well above what is read of each kind.
    const fn longest_body(self) -> usize {
        match self {
            Self::Certificate | Self::TrustedCertificate | Self::Other(_) => 8 << 20,
            Self::Crl | Self::Pkcs7 => 96 << 20,
        }
    }
}

/// One block: its label, the line it begins on (from 1) and the base64 text between the markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'a> {
    /// What the block says it holds.
    pub label: Label<'a>,
    /// The line of the `-----BEGIN` marker, from 1.
    pub line: u32,
    /// The text between the markers, line ends included.
    pub body: &'a [u8],
}

impl Section<'_> {
    /// Decodes the body. One that is far longer than any certificate, CRL or bag is refused unread.
    ///
    /// # Errors
    /// [`PemError::Base64`] or [`PemError::TooLong`] with the section's line when the body is not base64 or too long.
    pub fn decode(&self) -> Result<Vec<u8>, PemError> {
        let mut der = Vec::new();
        self.decode_into(&mut der)?;
        Ok(der)
    }

    /// As [`decode`](Self::decode), into a buffer whose old content is dropped.
    ///
    /// Lines are joined whole and decoded by the strict decoder; base64-simd's forgiving one looks at every byte alone
    /// to leave out blanks, which costs three times as much. It still has the last word on what is base64.
    pub(crate) fn decode_into(&self, buffer: &mut Vec<u8>) -> Result<(), PemError> {
        if self.body.len() > self.label.longest_body() {
            return Err(PemError::TooLong { line: self.line });
        }
        buffer.clear();
        buffer.reserve(self.body.len());
        let mut rest = self.body;
        while let Some(end) = memchr(b'\n', rest) {
            let (line, after) = rest.split_at(end);
            buffer.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
            rest = &after[1..];
        }
        buffer.extend_from_slice(rest);
        if let Ok(der) = base64_simd::STANDARD.decode_inplace(buffer) {
            let length = der.len();
            buffer.truncate(length);
            return Ok(());
        }
        *buffer = base64_simd::forgiving_decode_to_vec(self.body).map_err(|_| PemError::Base64 { line: self.line })?;
        Ok(())
    }
}

/// Why a block of PEM text could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PemError {
    /// The text ended, or another block began, before the block's end marker.
    #[error("line {line}: the block has no end marker")]
    NoEnd {
        /// The line of the begin marker.
        line: u32,
    },
    /// The end marker names something else than the begin marker.
    #[error("line {line}: the end marker does not match the begin marker")]
    WrongEnd {
        /// The line of the begin marker.
        line: u32,
    },
    /// An end marker stands alone: the begin marker before it is missing or damaged.
    #[error("line {line}: the end marker has no begin marker before it")]
    NoBegin {
        /// The line of the end marker.
        line: u32,
    },
    /// The body is not base64.
    #[error("line {line}: the block is not valid base64")]
    Base64 {
        /// The line of the begin marker.
        line: u32,
    },
    /// The body is far longer than any certificate, CRL or bag.
    #[error("line {line}: the block is longer than any valid one of its kind")]
    TooLong {
        /// The line of the begin marker.
        line: u32,
    },
}

impl PemError {
    /// The line of the begin marker, or of the end marker where there is no other, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        match self {
            Self::NoEnd { line }
            | Self::WrongEnd { line }
            | Self::NoBegin { line }
            | Self::Base64 { line }
            | Self::TooLong { line } => *line,
        }
    }
}

/// Iterates over the blocks of `text`, in order. Costs one pass.
///
/// ```
/// let text = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
/// let section = vitrust::pem::sections(text).next().unwrap().unwrap();
/// assert_eq!((section.line, section.decode().unwrap()), (1, vec![0, 0, 0]));
/// ```
#[must_use]
pub fn sections(text: &[u8]) -> Sections<'_> {
    let marker = |needle| Marker { needle, finder: None };
    let (begin, end) = (marker(BEGIN), marker(END));
    Sections { text, begin, end, position: 0, next_begin: None, inside: false, counted: 0, line: 1 }
}

/// The iterator that [`sections`] returns.
#[derive(Debug, Clone)]
pub struct Sections<'a> {
    text: &'a [u8],
    begin: Marker,
    end: Marker,
    position: usize,
    /// Where the next begin marker is, or the text's length; known once it was searched for.
    next_begin: Option<usize>,
    /// The block reported last has no end yet, so the next end marker may be its own.
    inside: bool,
    /// Up to where `line` has been counted.
    counted: usize,
    line: u32,
}

/// A marker to search for. What makes a search fast takes as long as reading a short block, so it is made once, and
/// only for texts that are not short.
#[derive(Debug, Clone)]
struct Marker {
    needle: &'static [u8],
    finder: Option<memmem::Finder<'static>>,
}

impl Marker {
    fn find(&mut self, text: &[u8]) -> Option<usize> {
        /// Below this memchr's own search goes byte by byte, without preparation.
        const SHORT: usize = 64;
        if text.len() < SHORT {
            return memmem::find(text, self.needle);
        }
        self.finder.get_or_insert_with(|| memmem::Finder::new(self.needle)).find(text)
    }
}

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

impl<'a> Sections<'a> {
    fn line_at(&mut self, offset: usize) -> u32 {
        let newlines = memchr::memchr_iter(b'\n', &self.text[self.counted..offset]).count();
        self.line = self.line.saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
        self.counted = offset;
        self.line
    }

    /// Where the next begin marker is, or the text's length. Searched once for each, so that the scan stays linear.
    fn next_begin(&mut self) -> usize {
        let known = self.next_begin.filter(|begin| *begin >= self.position);
        let begin = known.unwrap_or_else(|| {
            let Self { text, begin, position, .. } = self;
            let rest = &text[*position..];
            // Blocks mostly follow each other, so the next line is looked at before the search.
            let found = rest.iter().take(3).position(|byte| *byte == b'-').filter(|at| rest[*at..].starts_with(BEGIN));
            found.or_else(|| begin.find(rest)).map_or(text.len(), |found| *position + found)
        });
        self.next_begin = Some(begin);
        begin
    }

    /// An end marker between here and `begin` that no block owns.
    fn stray_end(&mut self, begin: usize) -> Option<PemError> {
        while begin - self.position >= END.len() {
            let found = self.end.find(&self.text[self.position..begin])?;
            let end = self.position + found;
            self.position = end + END.len();
            if !std::mem::take(&mut self.inside) {
                return Some(PemError::NoBegin { line: self.line_at(end) });
            }
        }
        None
    }

    /// The label between a marker's opening and closing dashes, and where the text after them begins.
    fn marker_label(&self, from: usize) -> Option<(&'a [u8], usize)> {
        // RFC 7468 labels are short; the bound keeps a file of half-made markers linear.
        let window = &self.text[from..self.text.len().min(from + 80)];
        // A label has no dash and no line end.
        let end = memchr2(b'-', b'\n', window)?;
        window[end..].starts_with(DASHES).then_some((&window[..end], from + end + DASHES.len()))
    }
}

impl<'a> Iterator for Sections<'a> {
    type Item = Result<Section<'a>, PemError>;

    fn next(&mut self) -> Option<Self::Item> {
        let begin = self.next_begin();
        if let Some(error) = self.stray_end(begin) {
            return Some(Err(error));
        }
        if begin == self.text.len() {
            self.position = begin;
            return None;
        }
        self.inside = false;
        let line = self.line_at(begin);
        let Some((label, body_start)) = self.marker_label(begin + BEGIN.len()) else {
            self.position = begin + BEGIN.len();
            self.inside = true;
            return Some(Err(PemError::NoEnd { line }));
        };
        // Base64 has no dash, so the first one after the marker either ends the block or shows it has no end.
        let Some(dash) = memchr(b'-', &self.text[body_start..]).map(|found| body_start + found) else {
            self.position = self.text.len();
            return Some(Err(PemError::NoEnd { line }));
        };
        self.position = dash;
        if !self.text[dash..].starts_with(END) {
            // Armour headers and stray text may hold single dashes; only a marker resets the reader.
            self.position = dash + 1 - usize::from(self.text[dash..].starts_with(BEGIN));
            self.inside = true;
            return Some(Err(PemError::NoEnd { line }));
        }
        let end_label = self.marker_label(dash + END.len());
        // Not beyond the marker itself: its closing dashes may be missing and another block's stand next.
        self.position = dash + END.len();
        if end_label.map(|(text, _)| text) != Some(label) {
            return Some(Err(PemError::WrongEnd { line }));
        }
        Some(Ok(Section { label: Label::from_text(label), line, body: &self.text[body_start..dash] }))
    }
}

/// Writes `der` as one PEM block with 64-character lines, ending in a newline.
#[must_use]
pub fn encode(label: &str, der: &[u8]) -> String {
    let body = base64_simd::STANDARD.encode_to_string(der);
    let mut text = String::with_capacity(body.len() + body.len() / 64 + 2 * label.len() + 40);
    text.push_str(&format!("-----BEGIN {label}-----\n"));
    let mut rest = body.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<Result<u32, PemError>> {
        sections(text.as_bytes()).map(|item| item.map(|section| section.line)).collect()
    }

    #[test]
    fn text_and_blank_lines_between_blocks_are_passed_over() {
        let text = "subject=CN\r\n\r\n-----BEGIN CERTIFICATE-----\r\nAAAA\r\n-----END CERTIFICATE-----\r\nx\r\n\
                    Certificate :\t-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----";
        assert_eq!(labels(text), vec![Ok(3), Ok(7)]);
    }

    #[test]
    fn a_truncated_block_does_not_hide_the_next_one() {
        let text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(labels(text), vec![Err(PemError::NoEnd { line: 1 }), Ok(3)]);
    }

    #[test]
    fn a_wrong_end_and_bad_base64_name_their_line() {
        let text = "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END X509 CRL-----\n";
        assert_eq!(labels(text), vec![Err(PemError::WrongEnd { line: 2 })]);
        let bad = b"-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----\n";
        let section = sections(bad).next().expect("one block").expect("markers are fine");
        assert_eq!(section.decode(), Err(PemError::Base64 { line: 1 }));
    }

    #[test]
    fn an_end_without_a_begin_is_reported_once() {
        let text = "----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(labels(text), vec![Err(PemError::NoBegin { line: 3 })]);
        let headed = "-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES-1\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
        assert_eq!(labels(headed), vec![Err(PemError::NoEnd { line: 1 })]);
    }

    #[test]
    fn a_cut_begin_marker_is_reported() {
        assert_eq!(labels("x\n-----BEGIN CERTIF"), vec![Err(PemError::NoEnd { line: 2 })]);
    }

    #[test]
    fn encoded_text_reads_back() {
        let der: Vec<u8> = (0..=255).collect();
        let text = encode("CERTIFICATE", &der);
        let section = sections(text.as_bytes()).next().expect("one block").expect("well formed");
        assert_eq!(section.decode().expect("base64"), der);
        assert!(text.lines().all(|line| line.len() <= 64));
    }
}
