//! What every reader collects into: certificates through the pool, each with its place, and every failure with a reason.

use std::borrow::Cow;
use std::sync::Arc;

use super::StoreError;
use super::reading::{NO_CERTIFICATE, NOTHING_HERE, PRIVATE_KEY};
use super::{BareEntry, BareKind, DumpedEntry, Found, Place, Reading, Unreadable, foreign, pkcs7};
use crate::cert::{Certificate, CertificateError, Crl, MAXIMUM_CERTIFICATE, Pool};
use crate::pem::{Label, PemError, Section, sections};
use crate::text::{discreet, has_any, lines};

/// Why an input may give nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Emptiness {
    /// VECS counts the entries of a store, and there are none; or the store never holds a certificate.
    Counted,
    /// The input was understood, and there is no certificate in it, for this reason. What the store holds is not known.
    NothingHere(&'static str),
}

/// The place and pool a reader works with, and what it has found so far.
#[derive(Debug)]
pub(super) struct Collector<'p> {
    pool: &'p mut Pool,
    source: Arc<str>,
    /// The VECS store that what follows belongs to.
    pub(super) store: Option<Arc<str>>,
    /// The alias, id or member name that what follows belongs to.
    pub(super) alias: Option<Arc<str>>,
    /// What the input says, or shows, of holding nothing.
    emptiness: Option<Emptiness>,
    /// Messages of commands among the entries were told with their store.
    pub(super) told_failures: bool,
    reading: Reading,
    /// How many unreadable blocks came after the first [`LISTED`].
    unlisted: usize,
    /// How many printed entries came after the first [`LISTED`].
    unlisted_dumps: usize,
    /// How many entries without a certificate came after the first [`LISTED`].
    unlisted_bare: usize,
}

/// How many unreadable blocks and printed entries are listed one by one; a file with more is no store, and listing them
/// would only cost memory.
const LISTED: usize = 10_000;

impl<'p> Collector<'p> {
    pub(super) fn new(source: &str, pool: &'p mut Pool) -> Self {
        let source = source.into();
        Self {
            pool,
            source,
            store: None,
            alias: None,
            emptiness: None,
            told_failures: false,
            reading: Reading::default(),
            unlisted: 0,
            unlisted_dumps: 0,
            unlisted_bare: 0,
        }
    }

    /// The input's name.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// What `read` finds, kept apart from the rest.
    pub(super) fn aside(&mut self, read: impl FnOnce(&mut Self)) -> Reading {
        let own = std::mem::take(&mut self.reading);
        read(self);
        std::mem::replace(&mut self.reading, own)
    }

    /// Adds what was read aside.
    pub(super) fn append(&mut self, reading: Reading) {
        self.reading.append(reading);
    }

    /// What follows concerns the input as a whole.
    pub(super) fn whole_input(&mut self) {
        (self.store, self.alias) = (None, None);
    }

    /// Says why nothing may be found.
    pub(super) fn is_empty_because(&mut self, why: Emptiness) {
        self.emptiness = self.emptiness.max(Some(why));
    }

    /// The certificates that were found.
    pub(super) fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.reading.certificates.iter().map(|found| &found.value)
    }

    /// How many certificates, CRLs and printed entries were found.
    pub(super) fn understood(&self) -> usize {
        self.found() + self.reading.dumped.len() + self.unlisted_dumps
    }

    /// Tells the messages of commands that stand in a part of the input. Where a count shows that every entry was read they hide
    /// nothing.
    pub(super) fn failures(&mut self, text: &[u8], first_line: u32, is_whole: bool) {
        /// More of them are no news.
        const TOLD: usize = 20;
        self.told_failures = true;
        let begin = if is_whole { NO_CERTIFICATE } else { "" };
        for (line, told) in foreign::failures(text, first_line).take(TOLD) {
            self.unreadable(Some(line), format!("{begin}a message among the entries: {told}"));
        }
    }

    /// The place of something on `line` of the input.
    pub(super) fn place(&self, line: Option<u32>) -> Place {
        // Whatever stands where a name belongs may be a part of a key.
        let safe = |name: &Arc<str>| match discreet(name) {
            Cow::Borrowed(_) => Arc::clone(name),
            Cow::Owned(other) => other.into(),
        };
        let (store, alias) = (self.store.as_ref().map(safe), self.alias.as_ref().map(safe));
        Place { source: Some(Arc::clone(&self.source)), line, store, alias }
    }

    /// How many certificates and CRLs were found, and how many blocks were unreadable.
    pub(super) fn count(&self) -> usize {
        self.reading.certificates.len() + self.reading.crls.len() + self.reading.unreadable.len() + self.unlisted
    }

    /// How many certificates and CRLs were found.
    pub(super) fn found(&self) -> usize {
        self.reading.certificates.len() + self.reading.crls.len()
    }

    pub(super) fn certificate(&mut self, value: Certificate, line: Option<u32>) {
        let place = self.place(line);
        self.reading.certificates.push(Found { value, place });
    }

    pub(super) fn crl(&mut self, value: Crl, line: Option<u32>) {
        let place = self.place(line);
        self.reading.crls.push(Found { value, place });
    }

    pub(super) fn dumped(&mut self, mut value: DumpedEntry, line: Option<u32>) {
        for name in [&mut value.subject, &mut value.issuer].into_iter().flatten() {
            if let Cow::Owned(other) = discreet(name) {
                *name = other;
            }
        }
        if self.reading.dumped.len() < LISTED {
            let place = self.place(line);
            self.reading.dumped.push(Found { value, place });
        } else {
            self.unlisted_dumps += 1;
        }
    }

    /// Lists an entry that has no certificate.
    pub(super) fn without_certificate(&mut self, kind: BareKind, line: u32) {
        if self.reading.without_certificate.len() < LISTED {
            let place = self.place(Some(line));
            self.reading.without_certificate.push(BareEntry { place, kind });
        } else {
            self.unlisted_bare += 1;
        }
    }

    /// The error of an input that lists more than any appliance has.
    pub(super) fn too_many(&self, what: &'static str, limit: usize) -> StoreError {
        StoreError::TooMany { input: self.source.to_string(), what, limit }
    }

    pub(super) fn unreadable(&mut self, line: Option<u32>, reason: impl Into<String>) {
        if self.reading.unreadable.len() < LISTED {
            let place = self.place(line);
            self.reading.unreadable.push(Unreadable { place, reason: reason.into() });
        } else {
            self.unlisted += 1;
        }
    }

    /// Reads every PEM block of `text`, whose first line is line `first_line` of the input.
    pub(super) fn pem(&mut self, text: &[u8], first_line: u32) {
        let offset = first_line.saturating_sub(1);
        let mut errors = 0;
        for section in sections(text) {
            match section {
                Ok(section) => self.section(&section, Some(section.line.saturating_add(offset))),
                Err(error) => {
                    errors += 1;
                    let is_key = errors <= LOOKED_AT && is_marker_of_key(text, error.line());
                    let reason = if is_key { PRIVATE_KEY } else { pem_reason(&error) };
                    self.unreadable(Some(error.line().saturating_add(offset)), reason);
                }
            }
        }
    }

    fn section(&mut self, section: &Section<'_>, line: Option<u32>) {
        match section.label {
            Label::Certificate => self.pem_certificate(section, line),
            Label::TrustedCertificate => self.decoded(section, line, Self::trusted_certificate),
            Label::Crl => self.decoded(section, line, Self::crl_der),
            Label::Pkcs7 => self.decoded(section, line, pkcs7::read_der),
            Label::Other(label) => self.unreadable(line, other_reason(label)),
        }
    }

    /// One certificate block. A copy of one seen before costs a hash and a comparison of its text.
    fn pem_certificate(&mut self, section: &Section<'_>, line: Option<u32>) {
        let id = match self.pool.intern_pem(section) {
            Ok(id) => id,
            Err(error) => return self.unreadable(line, pem_reason(&error)),
        };
        match self.pool.certificate(id) {
            Ok(certificate) => {
                let value = certificate.clone();
                self.certificate(value, line);
            }
            // `certutil -encode` labels a PKCS#7 chain CERTIFICATE too.
            Err(error) => match section.decode().ok().filter(|der| pkcs7::is_signed_data(der)) {
                Some(der) => pkcs7::read_der(self, &der, line),
                None => self.unreadable(line, error.to_string()),
            },
        }
    }

    fn decoded(&mut self, section: &Section<'_>, line: Option<u32>, read: impl Fn(&mut Self, &[u8], Option<u32>)) {
        match section.decode() {
            Ok(der) => read(self, &der, line),
            Err(error) => self.unreadable(line, pem_reason(&error)),
        }
    }

    /// A certificate followed by OpenSSL's trust settings. When they speak against it, somebody meant them to: it is left
    /// out, and that is said.
    fn trusted_certificate(&mut self, der: &[u8], line: Option<u32>) {
        match Certificate::from_trusted_der(der) {
            Ok(certificate) => {
                self.pool.insert(&certificate);
                self.certificate(certificate, line);
            }
            Err(error @ CertificateError::TrustSettings { .. }) => self.unreadable(line, format!("left out: {error}")),
            Err(error) => self.unreadable(line, error.to_string()),
        }
    }

    /// The DER of a certificate or a CRL.
    pub(super) fn certificate_or_crl(&mut self, der: &[u8], line: Option<u32>) {
        match Crl::from_der(der) {
            Ok(crl) => self.crl(crl, line),
            Err(_) => self.certificate_der(der, line),
        }
    }

    /// One certificate's DER.
    pub(super) fn certificate_der(&mut self, der: &[u8], line: Option<u32>) {
        // What is too long is not copied into the pool to be told so.
        let certificate = if der.len() > MAXIMUM_CERTIFICATE {
            Certificate::from_der(der)
        } else {
            let id = self.pool.intern(der);
            self.pool.certificate(id).cloned()
        };
        match certificate {
            Ok(certificate) => self.certificate(certificate, line),
            Err(error) => self.unreadable(line, error.to_string()),
        }
    }

    /// One CRL's DER.
    pub(super) fn crl_der(&mut self, der: &[u8], line: Option<u32>) {
        match Crl::from_der(der) {
            Ok(crl) => self.crl(crl, line),
            Err(error) => self.unreadable(line, error.to_string()),
        }
    }

    /// Whether no certificate is in what could not be read.
    pub(super) fn hides_nothing(&self) -> bool {
        self.reading.unreadable.iter().all(Unreadable::hides_nothing)
    }

    /// As [`finish`](Self::finish), with what is said of an input that gave nothing. `None` for one that nobody understood.
    pub(super) fn finish_understood(mut self) -> Option<Reading> {
        if self.understood() > 0 || !self.hides_nothing() {
            return Some(self.finish());
        }
        match (self.emptiness, self.reading.unreadable.is_empty()) {
            (Some(Emptiness::Counted), _) => self.reading.counts_none = true,
            (Some(Emptiness::NothingHere(reason)), _) => self.unreadable(None, format!("{NOTHING_HERE}{reason}")),
            (None, false) => self.unreadable(None, format!("{NOTHING_HERE}{OTHER_BLOCKS}")),
            (None, true) => return None,
        }
        Some(self.finish())
    }

    /// All that was found. When more was unreadable or printed than is listed, the last ones say how many more.
    pub(super) fn finish(mut self) -> Reading {
        let more = [
            (self.unlisted, "more blocks could not be read"),
            (self.unlisted_dumps, "more printed entries are not listed"),
            (self.unlisted_bare, "more entries without a certificate are not listed"),
        ];
        for (count, what) in more.into_iter().filter(|(count, _)| *count > 0) {
            let place = Place { source: Some(Arc::clone(&self.source)), ..Place::default() };
            self.reading.unreadable.push(Unreadable { place, reason: format!("{count} {what}") });
        }
        self.reading
    }
}

/// What is said of keys, requests and the like that stand alone.
const OTHER_BLOCKS: &str = "only blocks of other kinds, as keys or requests; export the certificates themselves";

/// How many damaged blocks are looked at for being that of a key: each costs a walk to its line.
const LOOKED_AT: usize = 20;

/// Whether the marker on a line is that of a key.
fn is_marker_of_key(text: &[u8], number: u32) -> bool {
    lines(text, 1).find(|line| line.number == number).is_some_and(|line| has_any(line.text, &["PRIVATE KEY"]))
}

/// What is wrong, without the line: the place says it.
fn pem_reason(error: &PemError) -> &'static str {
    match error {
        PemError::NoEnd { .. } => "the block has no end marker",
        PemError::WrongEnd { .. } => "the end marker does not match the begin marker",
        PemError::NoBegin { .. } => "the end marker has no begin marker before it",
        PemError::Base64 { .. } => "the block is not valid base64",
        PemError::TooLong { .. } => "the block is longer than any valid one of its kind",
    }
}

/// The labels of blocks that hold no certificate of a server or an authority, whatever is in them.
const WITHOUT_CERTIFICATE: [&str; 10] = [
    "CERTIFICATE REQUEST",
    "NEW CERTIFICATE REQUEST",
    "PUBLIC KEY",
    "RSA PUBLIC KEY",
    "DH PARAMETERS",
    "X9.42 DH PARAMETERS",
    "DSA PARAMETERS",
    "EC PARAMETERS",
    "ATTRIBUTE CERTIFICATE",
    "SSH2 PUBLIC KEY",
];

/// Why a block of another kind is not read. The content is never repeated: it may be a secret.
fn other_reason(label: &str) -> String {
    let is_short =
        label.len() <= 40 && label.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b' ' | b'.' | b'#'));
    if label.contains("PRIVATE KEY") {
        PRIVATE_KEY.to_owned()
    } else if WITHOUT_CERTIFICATE.contains(&label) {
        format!("{NO_CERTIFICATE}a `{label}` block, which holds none")
    } else if is_short {
        format!("a `{label}` block, which may hold a certificate: blocks that are read are labelled `CERTIFICATE`")
    } else {
        "a block of an unknown kind".to_owned()
    }
}
