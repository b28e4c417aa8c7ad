//! Each distinct certificate once.
//!
//! An estate holds millions of copies of a few thousand certificates. The pool knows a certificate by the SHA-256 of
//! its DER and parses it once, at first use. A PEM block whose text was seen before is recognised by comparing the
//! text, so that a copy costs neither base64 nor a digest.

use std::hash::BuildHasher;
use std::sync::OnceLock;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use super::certificate::fingerprint;
use super::{Certificate, CertificateError};
use crate::pem::{PemError, Section};
use crate::thumbprint::Fingerprint;

/// A certificate's place in its [`Pool`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateId(u32);

/// A set of distinct certificates. Reading is lazy: bytes that are no certificate show at first use.
#[derive(Debug, Default)]
pub struct Pool {
    entries: Vec<Entry>,
    by_digest: HashMap<Fingerprint, CertificateId>,
    /// Texts seen, by their hash; equality is decided by the text itself, so a collision costs time and never an error.
    texts: HashTable<(Box<[u8]>, CertificateId)>,
    hasher: DefaultHashBuilder,
}

#[derive(Debug)]
struct Entry {
    der: Box<[u8]>,
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
    pub fn intern(&mut self, der: Box<[u8]>) -> CertificateId {
        let sha256 = fingerprint(&der);
        *self.by_digest.entry(sha256).or_insert_with(|| {
            // INVARIANT: fewer than 2^32 distinct certificates; each takes hundreds of bytes, so memory ends first.
            let id = CertificateId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
            self.entries.push(Entry { der, sha256, parsed: OnceLock::new() });
            id
        })
    }

    /// Takes in a certificate that was read elsewhere.
    pub fn insert(&mut self, certificate: &Certificate) -> CertificateId {
        if let Some(id) = self.by_digest.get(&certificate.sha256()) {
            return *id;
        }
        let id = self.intern(certificate.der().into());
        if let Some(entry) = self.entry(id) {
            entry.parsed.get_or_init(|| Ok(certificate.clone()));
        }
        id
    }

    /// Takes in one PEM block. A text seen before costs one hash and one comparison of the text.
    ///
    /// # Errors
    /// [`PemError::Base64`] when the body does not decode.
    pub fn intern_pem(&mut self, section: &Section<'_>) -> Result<CertificateId, PemError> {
        let hash = self.hasher.hash_one(section.body);
        if let Some((_, id)) = self.texts.find(hash, |(text, _)| **text == *section.body) {
            return Ok(*id);
        }
        let id = self.intern(section.decode()?.into());
        let hasher = &self.hasher;
        self.texts.insert_unique(hash, (section.body.into(), id), |(text, _)| hasher.hash_one(&**text));
        Ok(id)
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
    /// The reason why the bytes are no certificate.
    pub fn certificate(&self, id: CertificateId) -> Result<&Certificate, CertificateError> {
        let entry = self.entry(id).ok_or_else(|| CertificateError::Malformed {
            what: "certificate",
            reason: "the identifier belongs to another pool".to_owned(),
        })?;
        let parse = || Certificate::from_owned(entry.der.clone(), Some(entry.sha256));
        entry.parsed.get_or_init(parse).as_ref().map_err(Clone::clone)
    }
}
