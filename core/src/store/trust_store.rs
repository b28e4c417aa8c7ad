//! A set of trust anchors, indexed for path building.

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};

use hashbrown::HashMap;

use super::{
    BareEntry, DumpedEntry, EMPTY_ROOTS, Found, LintIssue, Place, Reading, Shape, StoreError, Unreadable, read,
    read_shape, read_vecs,
};
use crate::cert::{Certificate, Crl, DistinguishedName, Pool};
use crate::thumbprint::{Fingerprint, KeyId};
use crate::time::Time;

/// One trust anchor. It keeps its whole certificate: whether its validity and CA flag count is the profile's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The certificate.
    pub certificate: Certificate,
    /// Where it was read.
    pub place: Place,
}

/// The VECS store whose certificates are anchors unless the caller names another.
pub const TRUSTED_ROOTS: &str = "TRUSTED_ROOTS";

/// A set of trust anchors: each distinct certificate once, with CRLs, dumped entries and unreadable blocks kept separately.
///
/// A listing of VECS may hold several stores, most of which hold what a machine presents and not what it trusts. Of
/// such an input only the certificates of [`TRUSTED_ROOTS`] are anchors; those of every other store are
/// [`set_aside`](Self::set_aside).
///
/// Building costs one index entry per anchor; looking up candidates by subject and key identifier is constant time.
#[derive(Debug, Clone, Default)]
pub struct TrustStore {
    anchors: Vec<Anchor>,
    by_digest: HashMap<Fingerprint, usize>,
    by_subject: HashMap<BySubject, Vec<usize>>,
    /// For each further copy of an anchor, the anchor's index and the copy's place.
    copies: Vec<(usize, Place)>,
    /// Certificates of VECS stores that this store was not asked for.
    set_aside: Vec<Found<Certificate>>,
    crls: Vec<Found<Crl>>,
    dumped: Vec<Found<DumpedEntry>>,
    without_certificate: Vec<BareEntry>,
    unreadable: Vec<Unreadable>,
}

/// A certificate as a map key by its canonical subject.
#[derive(Debug, Clone)]
struct BySubject(Certificate);

impl Borrow<[u8]> for BySubject {
    fn borrow(&self) -> &[u8] {
        self.0.subject().canonical()
    }
}

impl Hash for BySubject {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.subject().canonical().hash(state);
    }
}

impl PartialEq for BySubject {
    fn eq(&self, other: &Self) -> bool {
        self.0.subject() == other.0.subject()
    }
}

impl Eq for BySubject {}

impl TrustStore {
    /// A store of these certificates; copies count once.
    #[must_use]
    pub fn from_certificates(certificates: impl IntoIterator<Item = Certificate>) -> Self {
        let found = certificates.into_iter().map(|value| Found { value, place: Place::default() });
        Self::from_reading(Reading { certificates: found.collect(), ..Reading::default() })
    }

    /// A store of all that a reader found. A certificate that occurs twice keeps its first place.
    ///
    /// Certificates whose place names a VECS store other than [`TRUSTED_ROOTS`] are not anchors: they are [`set_aside`](Self::set_aside). [`of_store`](Self::of_store) takes another store.
    #[must_use]
    pub fn from_reading(reading: Reading) -> Self {
        Self::of_store(reading, TRUSTED_ROOTS)
    }

    /// As [`from_reading`](Self::from_reading), with the certificates of the VECS store `name` as anchors. Those whose
    /// place names no store are anchors too.
    #[must_use]
    pub fn of_store(reading: Reading, name: &str) -> Self {
        let is_asked_for = |found: &Found<Certificate>| found.place.store.as_deref().is_none_or(|store| store == name);
        // vCenter's own root is always among them, so a count of 0 is one of a store that could not be opened.
        let mut unreadable = reading.unreadable;
        if name == TRUSTED_ROOTS && reading.counts_none && reading.certificates.is_empty() && reading.dumped.is_empty()
        {
            unreadable.push(Unreadable { place: Place::default(), reason: EMPTY_ROOTS.to_owned() });
        }
        let (certificates, set_aside) = reading.certificates.into_iter().partition(is_asked_for);
        let mut store = Self {
            set_aside,
            crls: reading.crls,
            dumped: reading.dumped,
            without_certificate: reading.without_certificate,
            unreadable,
            ..Self::default()
        };
        store.index(certificates);
        store
    }

    fn index(&mut self, certificates: Vec<Found<Certificate>>) {
        for Found { value: certificate, place } in certificates {
            let next = self.anchors.len();
            let index = *self.by_digest.entry(certificate.sha256()).or_insert(next);
            if index == next {
                self.by_subject.entry(BySubject(certificate.clone())).or_default().push(next);
                self.anchors.push(Anchor { certificate, place });
            } else {
                self.copies.push((index, place));
            }
        }
        let Self { anchors, by_subject, .. } = self;
        for members in by_subject.values_mut() {
            members.sort_by_key(|index| anchors[*index].certificate.subject_key_id());
        }
    }

    /// A store of all that PEM text holds.
    ///
    /// # Errors
    /// [`StoreError`] when the text holds no block at all; a bad block among others is in
    /// [`unreadable`](Self::unreadable). `source` names the input in every place.
    pub fn from_pem(bytes: &[u8], source: &str) -> Result<Self, StoreError> {
        read_shape(bytes, source, &mut Pool::new(), Shape::Pem).map(Self::from_reading)
    }

    /// A store of a host's `castore.pem`: PEM text with CRLs allowed.
    ///
    /// # Errors
    /// As [`from_pem`](Self::from_pem).
    pub fn from_castore(bytes: &[u8], source: &str) -> Result<Self, StoreError> {
        Self::from_pem(bytes, source)
    }

    /// A store of what `vecs-cli entry list` printed, with or without `--text`, of one store or of all in a loop. Of a
    /// `--text` listing only [`dumped`](Self::dumped) entries exist; of several stores only
    /// [`TRUSTED_ROOTS`] has anchors.
    ///
    /// # Errors
    /// As [`from_pem`](Self::from_pem), when the text lists no entries.
    pub fn from_vecs(bytes: &[u8], source: &str) -> Result<Self, StoreError> {
        read_vecs(bytes, source, &mut Pool::new()).map(Self::from_reading)
    }

    /// A store of vCenter's `certs/download.zip`.
    ///
    /// # Errors
    /// As [`from_pem`](Self::from_pem), and when the archive is broken or too large.
    pub fn from_zip(bytes: &[u8], source: &str) -> Result<Self, StoreError> {
        read_shape(bytes, source, &mut Pool::new(), Shape::DownloadZip).map(Self::from_reading)
    }

    /// A store of an input of any supported shape, which is determined by its content.
    ///
    /// # Errors
    /// As [`read`].
    pub fn from_bytes(bytes: &[u8], source: &str) -> Result<Self, StoreError> {
        read(bytes, source, &mut Pool::new()).map(Self::from_reading)
    }

    /// The anchors, in the order they were read.
    #[must_use]
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// How many distinct anchors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.anchors.len()
    }

    /// Whether there is no anchor.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Whether this very certificate is an anchor.
    #[must_use]
    pub fn contains(&self, certificate: &Certificate) -> bool {
        self.by_digest.contains_key(&certificate.sha256())
    }

    /// The anchor that is this very certificate.
    #[must_use]
    pub fn anchor(&self, sha256: Fingerprint) -> Option<&Anchor> {
        self.by_digest.get(&sha256).map(|index| &self.anchors[*index])
    }

    /// The anchors with this subject (RFC 5280 section 7.1), those without a key identifier first, then by it.
    pub fn with_subject<'s>(
        &'s self,
        subject: &DistinguishedName,
    ) -> impl ExactSizeIterator<Item = &'s Anchor> + use<'s> {
        self.members(subject).iter().map(|index| &self.anchors[*index])
    }

    /// The anchors with this subject that may have issued a certificate with this authority key identifier: first those
    /// whose SKI is equal, then those that have none, then the others.
    pub(crate) fn candidates<'s>(
        &'s self,
        subject: &DistinguishedName,
        authority_key_id: Option<&KeyId>,
    ) -> impl Iterator<Item = &'s Anchor> + use<'s> {
        let members = self.members(subject);
        let key_of = |index: &usize| self.anchors[*index].certificate.subject_key_id();
        let (start, end) = match authority_key_id {
            Some(wanted) => (
                members.partition_point(|index| key_of(index) < Some(wanted)),
                members.partition_point(|index| key_of(index) <= Some(wanted)),
            ),
            None => (0, 0),
        };
        // `None` sorts before every identifier, so the anchors without one lead, then the rest in order.
        members[start..end].iter().chain(&members[..start]).chain(&members[end..]).map(|index| &self.anchors[*index])
    }

    fn members(&self, subject: &DistinguishedName) -> &[usize] {
        self.by_subject.get(subject.canonical()).map_or(&[], Vec::as_slice)
    }

    /// Certificates that were in the input more than once: each further copy with its place.
    pub fn copies(&self) -> impl ExactSizeIterator<Item = (&Anchor, &Place)> {
        self.copies.iter().map(|(index, place)| (&self.anchors[*index], place))
    }

    /// What is wrong with the store at the time `at`, whatever is presented to it.
    #[must_use]
    pub fn lint(&self, at: Time) -> Vec<LintIssue> {
        super::lint(self, at)
    }

    /// The CRLs read with the anchors.
    #[must_use]
    pub fn crls(&self) -> &[Found<Crl>] {
        &self.crls
    }

    /// The entries known only from a dump: they are in the store, and no path can end in them.
    #[must_use]
    pub fn dumped(&self) -> &[Found<DumpedEntry>] {
        &self.dumped
    }

    /// The certificates of other VECS stores than this store was made for, with their places: read, but not anchors.
    #[must_use]
    pub fn set_aside(&self) -> &[Found<Certificate>] {
        &self.set_aside
    }

    /// The entries of VECS stores without a certificate, of whatever store: secret keys and pending requests.
    #[must_use]
    pub fn without_certificate(&self) -> &[BareEntry] {
        &self.without_certificate
    }

    /// What could not be read.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }
}
