//! What every reader collects into: certificates through the pool, each with its place, and every failure with a reason.

use std::sync::Arc;

use super::StoreError;
use super::reading::NO_CERTIFICATE;
use super::{DumpedEntry, Found, Place, Reading, Unreadable, pkcs7};
use crate::cert::{Certificate, CertificateError, Crl, MAXIMUM_CERTIFICATE, Pool};
use crate::pem::{Label, PemError, Section, sections};

/// The place and pool a reader works with, and what it has found so far.
#[derive(Debug)]
pub(super) struct Collector<'p> {
    pool: &'p mut Pool,
    source: Arc<str>,
    /// The VECS store that what follows belongs to.
    pub(super) store: Option<Arc<str>>,
    /// The alias, id or member name that what follows belongs to.
    pub(super) alias: Option<Arc<str>>,
    /// The input says that it holds nothing, so that finding nothing is right.
    pub(super) says_empty: bool,
    reading: Reading,
    /// How many unreadable blocks came after the first [`LISTED`].
    unlisted: usize,
    /// How many printed entries came after the first [`LISTED`].
    unlisted_dumps: usize,
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
            says_empty: false,
            reading: Reading::default(),
            unlisted: 0,
            unlisted_dumps: 0,
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

    /// The place of something on `line` of the input.
    pub(super) fn place(&self, line: Option<u32>) -> Place {
        Place { source: Some(Arc::clone(&self.source)), line, store: self.store.clone(), alias: self.alias.clone() }
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

    pub(super) fn dumped(&mut self, value: DumpedEntry, line: Option<u32>) {
        if self.reading.dumped.len() < LISTED {
            let place = self.place(line);
            self.reading.dumped.push(Found { value, place });
        } else {
            self.unlisted_dumps += 1;
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
        for section in sections(text) {
            match section {
                Ok(section) => self.section(&section, Some(section.line.saturating_add(offset))),
                Err(error) => self.unreadable(Some(error.line().saturating_add(offset)), pem_reason(&error)),
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

    /// All that was found. When more was unreadable or printed than is listed, the last ones say how many more.
    pub(super) fn finish(mut self) -> Reading {
        let more = [
            (self.unlisted, "more blocks could not be read"),
            (self.unlisted_dumps, "more printed entries are not listed"),
        ];
        for (count, what) in more.into_iter().filter(|(count, _)| *count > 0) {
            let place = Place { source: Some(Arc::clone(&self.source)), ..Place::default() };
            self.reading.unreadable.push(Unreadable { place, reason: format!("{count} {what}") });
        }
        self.reading
    }
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

/// What is said of a private key.
pub(super) const PRIVATE_KEY: &str =
    "no certificate is lost: a private key, which was not kept; it does not belong in a file you share";

/// Why a block of another kind is not read. The content is never repeated: it may be a secret.
fn other_reason(label: &str) -> String {
    let known = label.len() <= 40 && label.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b' '));
    match (label.contains("PRIVATE KEY"), known) {
        (true, _) => PRIVATE_KEY.to_owned(),
        (false, true) => format!("{NO_CERTIFICATE}a `{label}` block, which holds none"),
        (false, false) => "a block of an unknown kind".to_owned(),
    }
}
