//! Certificates without armour: base64 of DER as lstool, LDIF and copies of attributes show it, on one line or many.

use std::sync::Arc;

use super::collect::Collector;
use super::{StoreError, foreign};
use crate::text::{Line, has_pem, lines, text_of, value_of};

/// How base64 of a certificate begins: a SEQUENCE with a length of two octets.
const BEGIN: &[u8] = b"MI";
/// No certificate is shorter, in characters of base64.
const SHORTEST: usize = 300;
/// The store that certificates of an STS entry of the directory belong to.
const STS: &str = "STS";

/// Whether a line has base64 as long as a certificate's, or begins such.
pub(super) fn is(text: &[u8]) -> bool {
    !has_pem(text) && memchr::memmem::find(text, BEGIN).is_some() && {
        let mut runs = Runs { lines: lines(text, 1), open: None };
        runs.any(|run| run.text.len() >= SHORTEST)
    }
}

/// Reads every run of base64.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let mut context = Context::default();
    let mut notes = lines(text, 1).peekable();
    for run in (Runs { lines: lines(text, 1), open: None }) {
        // What a run is called stands before it.
        while let Some(line) = notes.next_if(|line| line.number <= run.line) {
            context.note(&line);
        }
        (out.store, out.alias) = (context.store(), context.alias.clone());
        one(out, &run);
    }
    if out.count() == 0
        && let Some(told) = foreign::named(text)
    {
        out.whole_input();
        out.unreadable(None, told);
    }
    Ok(())
}

/// One run of base64, which may hold several certificates one behind the other.
fn one(out: &mut Collector<'_>, run: &Run) {
    if run.text.len() < SHORTEST {
        return;
    }
    let line = Some(run.line);
    let Ok(der) = base64_simd::forgiving_decode_to_vec(&run.text) else {
        return out.unreadable(line, "base64 that cannot be decoded: it is cut off or damaged");
    };
    let mut rest = der.as_slice();
    while !rest.is_empty() {
        let Some(length) = length_of(rest).filter(|length| *length <= rest.len()) else {
            return out.unreadable(line, "base64 that is not a whole certificate: it is cut off, or something else");
        };
        let (whole, behind) = rest.split_at(length);
        rest = behind;
        if is_key(whole) {
            out.unreadable(line, super::collect::PRIVATE_KEY);
        } else {
            out.certificate_or_crl(whole, line);
        }
    }
}

/// The length of the element that begins here, its head included.
fn length_of(der: &[u8]) -> Option<usize> {
    match der {
        [0x30, 0x82, high, low, ..] => Some(4 + usize::from(*high) * 256 + usize::from(*low)),
        [0x30, 0x83, a, b, c, ..] => Some(5 + usize::from(*a) * 65_536 + usize::from(*b) * 256 + usize::from(*c)),
        [0x30, 0x81, length, ..] => Some(3 + usize::from(*length)),
        _ => None,
    }
}

/// A private key begins with its version, a certificate with what is signed.
fn is_key(der: &[u8]) -> bool {
    matches!(der, [0x30, 0x82, _, _, 0x02, ..])
}

/// What the lines before a run say of it.
#[derive(Default)]
struct Context {
    alias: Option<Arc<str>>,
    is_sts: bool,
}

impl Context {
    fn note(&mut self, line: &Line<'_>) {
        if let Some(name) = value_of(line.text, "dn") {
            let name = text_of(name);
            self.is_sts = name.contains("TenantCredential") || name.contains("TrustedCertificateChain");
            let first = name.split(',').next().and_then(|rdn| rdn.split_once('='));
            self.alias = first.map(|(_, value)| value.into());
        } else if let Some(address) = value_of(line.text, "URL").filter(|address| !address.is_empty()) {
            self.alias = Some(text_of(address).into());
        } else if value_of(line.text, "objectClass").is_some_and(|class| class.starts_with(b"vmwSTS")) {
            self.is_sts = true;
        }
    }

    fn store(&self) -> Option<Arc<str>> {
        self.is_sts.then(|| STS.into())
    }
}

/// A run of base64 and the line it begins on.
struct Run {
    line: u32,
    text: Vec<u8>,
}

/// The runs of a text: from `MI` to the end of the base64, over lines that hold nothing else.
struct Runs<'t, L: Iterator<Item = Line<'t>>> {
    lines: L,
    open: Option<Run>,
}

impl<'t, L: Iterator<Item = Line<'t>>> Iterator for Runs<'t, L> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        loop {
            let Some(line) = self.lines.next() else { return self.open.take() };
            let goes_on = !line.text.is_empty() && line.text.iter().all(is_base64);
            if let Some(run) = &mut self.open
                && goes_on
                && !run.text.ends_with(b"=")
            {
                run.text.extend(line.text);
                continue;
            }
            let begins = begin(line.text).map(|text| Run { line: line.number, text: text.to_vec() });
            if let Some(ended) = std::mem::replace(&mut self.open, begins) {
                return Some(ended);
            }
        }
    }
}

/// The base64 that ends a line, where it begins as a certificate's does.
fn begin(line: &[u8]) -> Option<&[u8]> {
    let line = line.strip_suffix(b"\"").or(line.strip_suffix(b",")).unwrap_or(line);
    let start = line.iter().rposition(|byte| !is_base64(byte)).map_or(0, |last| last + 1);
    // A padding in the middle belongs to something else.
    Some(&line[start..]).filter(|run| run.starts_with(BEGIN) && run.len() >= 32)
}

const fn is_base64(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}
