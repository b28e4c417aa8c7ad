//! Each distinct certificate once.
//!
//! An estate holds millions of copies of a few thousand certificates. The pool knows a certificate by the SHA-256 of
//! its DER and parses it once, at first use. A PEM block whose text was seen before is recognised by the hash of the text,
//! so that a copy costs no digest.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::OnceLock;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::certificate::fingerprint;
use super::{Certificate, CertificateError};
use crate::pem::{PemError, Section};
use crate::thumbprint::Fingerprint;

/// A certificate's place in its [`Pool`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateId(u32);

/// A set of distinct certificates. Reading is lazy: bytes that are not a certificate are noticed at first use.
#[derive(Debug, Default)]
pub struct Pool {
    entries: Vec<Entry>,
    /// The DER of all entries, one after the other: one large allocation in place of thousands of small ones.
    ders: Vec<u8>,
    by_digest: HashTable<CertificateId>,
    /// Texts seen, by their hash: a hint which certificate a text is. The decoded bytes decide, so a collision costs
    /// time and never an error, and the texts need not be kept.
    texts: HashTable<Text>,
    hasher: DefaultHashBuilder,
    /// Where blocks are decoded, so that a copy costs no allocation.
    buffer: Vec<u8>,
}

/// The hash of the text of one PEM block, and the certificate it is.
#[derive(Debug)]
struct Text {
    hash: u64,
    id: CertificateId,
}

#[derive(Debug)]
struct Entry {
    /// Its place in [`Pool::ders`].
    der: Range<usize>,
    sha256: Fingerprint,
    parsed: OnceLock<Result<Certificate, CertificateError>>,
}

impl Pool {
    /// An empty pool.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many distinct byte strings were interned.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was interned.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes in one certificate's DER. Costs one SHA-256; nothing is parsed.
    pub fn intern(&mut self, der: &[u8]) -> CertificateId {
        let sha256 = fingerprint(der);
        self.known(sha256).unwrap_or_else(|| self.add(der, sha256))
    }

    fn known(&self, sha256: Fingerprint) -> Option<CertificateId> {
        let same = |id: &CertificateId| self.entry(*id).is_some_and(|entry| entry.sha256 == sha256);
        self.by_digest.find(self.hasher.hash_one(sha256), same).copied()
    }

    fn add(&mut self, der: &[u8], sha256: Fingerprint) -> CertificateId {
        // INVARIANT: fewer than 2^32 distinct certificates; each takes hundreds of bytes, so memory ends first.
        let id = CertificateId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        let start = self.ders.len();
        self.ders.extend_from_slice(der);
        self.entries.push(Entry { der: start..self.ders.len(), sha256, parsed: OnceLock::new() });
        let Self { entries, hasher, by_digest, .. } = self;
        let digest = |id: &CertificateId| usize::try_from(id.0).ok().and_then(|id| entries.get(id)).map(|e| e.sha256);
        by_digest.insert_unique(hasher.hash_one(sha256), id, |id| hasher.hash_one(digest(id).unwrap_or(sha256)));
        id
    }

    /// Takes in a certificate that was read elsewhere.
    pub fn insert(&mut self, certificate: &Certificate) -> CertificateId {
        if let Some(id) = self.known(certificate.sha256()) {
            return id;
        }
        let id = self.add(certificate.der(), certificate.sha256());
        if let Some(entry) = self.entry(id) {
            entry.parsed.get_or_init(|| Ok(certificate.clone()));
        }
        id
    }

    /// Takes in one PEM block. A text seen before costs a fast hash, base64 and one comparison, but no SHA-256.
    ///
    /// # Errors
    /// [`PemError::Base64`] when the body does not decode.
    pub fn intern_pem(&mut self, section: &Section<'_>) -> Result<CertificateId, PemError> {
        let hash = self.hasher.hash_one(section.body);
        let known = self.texts.find(hash, |text| text.hash == hash).map(|text| text.id);
        let mut der = std::mem::take(&mut self.buffer);
        let decoded = section.decode_into(&mut der);
        let interned = decoded.map(|()| match known.filter(|id| self.der(*id) == Some(&*der)) {
            Some(id) => id,
            None => self.intern(&der),
        });
        self.buffer = der;
        let id = interned?;
        if known.is_none() {
            self.texts.insert_unique(hash, Text { hash, id }, |text| text.hash);
        }
        Ok(id)
    }

    fn der(&self, id: CertificateId) -> Option<&[u8]> {
        self.entry(id).map(|entry| &self.ders[entry.der.clone()])
    }

    fn entry(&self, id: CertificateId) -> Option<&Entry> {
        usize::try_from(id.0).ok().and_then(|index| self.entries.get(index))
    }

    /// The digest of an interned certificate; `None` for an id of another pool.
    #[must_use]
    pub fn fingerprint(&self, id: CertificateId) -> Option<Fingerprint> {
        self.entry(id).map(|entry| entry.sha256)
    }

    /// The certificate, parsed at the first call.
    ///
    /// # Errors
    /// The reason why the bytes are not a certificate.
    pub fn certificate(&self, id: CertificateId) -> Result<&Certificate, CertificateError> {
        let entry = self.entry(id).ok_or_else(|| CertificateError::Malformed {
            what: "certificate",
            reason: "the identifier belongs to another pool".to_owned(),
        })?;
        let parse = || Certificate::from_owned(self.ders[entry.der.clone()].into(), Some(entry.sha256));
        entry.parsed.get_or_init(parse).as_ref().map_err(Clone::clone)
    }
}
