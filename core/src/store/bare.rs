//! Certificates without armour: base64 of DER as lstool, LDIF, SAML and copies of attributes show it, and base64 of PEM, on one line
//! or many.

use std::sync::Arc;

use super::collect::Collector;
use super::reading::{IN_USE, PRIVATE_KEY};
use super::runs::{ARMOUR, Run, is_base64, outside, runs};
use super::{StoreError, foreign, key, pkcs7};
use crate::text::{Line, has_any, has_pem, lines, text_of, value_of};

/// No certificate is shorter, in characters of base64.
const SHORTEST: usize = 300;
/// The store that certificates of an STS entry of the directory belong to.
const STS: &str = "STS";
/// What begins the registration of another service in the list of lstool.
const REGISTRATION: [&str; 2] = ["Name", "Service ID"];
/// The first line of a key of PuTTY begins so.
const PUTTY: &[u8] = b"PuTTY-User-Key-File-";
/// What is said of a certificate that was read although the markers around it are missing.
const WITHOUT_MARKERS: &str =
    "no certificate is lost: base64 without its BEGIN and END lines, which was read as the certificate it is";

/// Whether a line has base64 as long as a certificate's, or that of a key.
pub(super) fn is(text: &[u8]) -> bool {
    !has_pem(text)
        && (memchr::memmem::find(text, ARMOUR).is_some() || memchr::memchr(b'M', text).is_some())
        && runs(lines(text, 1)).any(|run| run.text.len() >= SHORTEST || key::is_base64(&run.text))
}

/// Reads every run of base64.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let mut context = Context::default();
    let mut notes = lines(text, 1).peekable();
    for run in runs(lines(text, 1)) {
        // What a run is called stands before it.
        while let Some(line) = notes.next_if(|line| line.number <= run.line) {
            context.note(&line);
        }
        (out.store, out.alias) = (context.store(), context.alias.clone());
        one(out, &run.text, Some(run.line));
    }
    if out.count() == 0
        && let Some(told) = foreign::named(text)
    {
        out.whole_input();
        out.unreadable(None, told);
    }
    Ok(())
}

/// Reads the certificates that stand in a listing's entry without their markers, and says so.
pub(super) fn entry(out: &mut Collector<'_>, body: &[u8], first_line: u32) {
    for run in outside(body, first_line).filter(|run| run.text.len() >= SHORTEST && !key::is_base64(&run.text)) {
        without_markers(out, &run);
    }
}

/// Tells the keys that stand outside of PEM blocks, and reads certificates there if they are asked for.
pub(super) fn loose(out: &mut Collector<'_>, text: &[u8], certificates: bool) {
    for run in outside(text, 1) {
        if key::is_base64(&run.text) {
            out.unreadable(Some(run.line), PRIVATE_KEY);
        } else if certificates && run.text.len() >= SHORTEST {
            without_markers(out, &run);
        }
    }
}

/// Tells the keys in the form of PuTTY.
pub(super) fn putty(out: &mut Collector<'_>, text: &[u8]) {
    if memchr::memmem::find(text, PUTTY).is_some() {
        let begins = |line: &Line<'_>| line.text.starts_with(PUTTY);
        lines(text, 1).filter(begins).for_each(|line| out.unreadable(Some(line.number), PRIVATE_KEY));
    }
}

fn without_markers(out: &mut Collector<'_>, run: &Run) {
    let before = out.found();
    one(out, &run.text, Some(run.line));
    if out.found() > before {
        out.unreadable(Some(run.line), WITHOUT_MARKERS);
    }
}

/// Reads a text that is base64 and nothing else; false when it is something else.
pub(super) fn value(out: &mut Collector<'_>, text: &str) -> bool {
    let is_part = |byte: &u8| is_base64(byte) || matches!(byte, b'\r' | b'\n');
    let text = text.trim().as_bytes();
    let is_whole = (text.starts_with(b"M") || text.starts_with(ARMOUR)) && text.iter().all(is_part);
    let is_read = is_whole && (text.len() >= SHORTEST || key::is_base64(text));
    if is_read {
        one(out, text, None);
    }
    is_read
}

/// One run of base64, which may hold several certificates one behind the other.
fn one(out: &mut Collector<'_>, text: &[u8], line: Option<u32>) {
    if key::is_base64(text) {
        return out.unreadable(line, PRIVATE_KEY);
    }
    if text.len() < SHORTEST {
        return;
    }
    let Ok(der) = base64_simd::forgiving_decode_to_vec(text) else {
        return out.unreadable(line, "base64 that cannot be decoded: it is cut off or damaged");
    };
    // Kubernetes and others keep PEM so.
    if text.starts_with(ARMOUR) {
        return out.pem(&der, line.unwrap_or(1));
    }
    if pkcs7::is_signed_data(&der) {
        return pkcs7::read_der(out, &der, line);
    }
    let mut rest = der.as_slice();
    while !rest.is_empty() {
        let Some(length) = length_of(rest).filter(|length| *length <= rest.len()) else {
            return out.unreadable(line, "base64 that is not a whole certificate: it is cut off, or something else");
        };
        let (whole, behind) = rest.split_at(length);
        rest = behind;
        if key::is_der(whole) {
            out.unreadable(line, PRIVATE_KEY);
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

/// What the lines before a run say of it.
#[derive(Default)]
struct Context {
    alias: Option<Arc<str>>,
    is_sts: bool,
    /// Certificates that services are registered with: nobody's anchors, they are compared with what is presented.
    is_registered: bool,
}

impl Context {
    fn note(&mut self, line: &Line<'_>) {
        if let Some(name) = value_of(line.text, "dn") {
            let name = text_of(name);
            self.is_registered = false;
            self.is_sts = name.contains("TenantCredential") || name.contains("TrustedCertificateChain");
            let first = name.split(',').next().and_then(|rdn| rdn.split_once('='));
            self.alias = first.map(|(_, value)| value.into());
        } else if let Some(address) = value_of(line.text, "URL").filter(|address| !address.is_empty()) {
            self.alias = Some(text_of(address).into());
        } else if REGISTRATION.iter().any(|key| value_of(line.text, key).is_some()) {
            self.alias = None;
        } else if value_of(line.text, "objectClass").is_some_and(|class| class.starts_with(b"vmwSTS")) {
            self.is_sts = true;
        }
        self.is_registered |= has_any(line.text, &["sslTrust", "SslTrust", "SSL trust"]);
    }

    fn store(&self) -> Option<Arc<str>> {
        match (self.is_sts, self.is_registered) {
            (true, _) => Some(STS.into()),
            (false, true) => Some(IN_USE.into()),
            (false, false) => None,
        }
    }
}
