//! Why one candidate path is not acceptable to one profile.

use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::cert::{Certificate, Oid, is_name_of_many, short_name};
use crate::store::Place;
use crate::text::brief;
use crate::thumbprint::{Fingerprint, KeyId, Thumbprint};
use crate::time::Time;

/// One broken rule: which, at which certificate and, where an issuer was tried, at which candidate.
///
/// Serialises as `{code, message, hint, certificate, candidate, details}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rejection {
    /// The rule, with the values that broke it.
    pub reason: Reason,
    /// The certificate that was being checked; `None` only for faults of the whole search.
    pub certificate: Option<CertificateFacts>,
    /// The certificate that was tried as its issuer.
    pub candidate: Option<CertificateFacts>,
    /// What helps instead of the usual, because of what else was found.
    pub(super) instead: Option<Arc<str>>,
}

/// Enough of a certificate to find it again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
pub struct CertificateFacts {
    /// The subject as text; the facts of one verdict share it.
    pub subject: Arc<str>,
    /// Its distinctive part: see [`short_name`].
    pub short_name: Arc<str>,
    /// The issuer as text.
    pub issuer: Arc<str>,
    /// SHA-256 of the DER.
    pub sha256: Fingerprint,
    /// SHA-1 of the DER: alias in TRUSTED_ROOTS, thumbprint in vSphere.
    pub sha1: Thumbprint,
    /// First second of validity.
    pub not_before: Time,
    /// Last second of validity.
    pub not_after: Time,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a certificate of a path came from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The presented chain; the position, 0 is the end-entity certificate.
    Presented(usize),
    /// The trust store; where it was read.
    Store(Place),
}

impl CertificateFacts {
    pub(crate) fn new(certificate: &Certificate, origin: Origin) -> Self {
        let subject = brief(certificate.subject());
        Self {
            short_name: short_name(&subject).into(),
            subject: subject.into(),
            issuer: brief(certificate.issuer()).into(),
            sha256: certificate.sha256(),
            sha1: certificate.sha1(),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            origin,
        }
    }
}

/// The broken rule and the values that broke it. Serialises as an object tagged by `code`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Reason {
    /// Validity has ended (RFC 5280 6.1.3 (a)(2)).
    Expired {
        /// Last second of validity.
        not_after: Time,
        /// The verification time.
        at: Time,
    },
    /// Validity has not begun (RFC 5280 6.1.3 (a)(2)).
    NotYetValid {
        /// First second of validity.
        not_before: Time,
        /// The verification time.
        at: Time,
    },
    /// The server name is not among the certificate's (RFC 9525).
    NameMismatch {
        /// The requested name.
        wanted: String,
        /// The names the certificate carries.
        present: Vec<String>,
    },
    /// Extended key usage does not allow the purpose (RFC 5280 4.2.1.12).
    Purpose {
        /// The requested purpose.
        wanted: String,
        /// The purposes the certificate allows.
        present: Vec<Oid>,
    },
    /// Key usage does not allow what is required (RFC 5280 4.2.1.3).
    KeyUsage {
        /// The bit that is missing.
        missing: String,
        /// The bits that are set.
        present: Vec<String>,
    },
    /// A CA certificate is used where an end-entity certificate is required.
    EndEntityIsCa {
        /// The subject of a certificate of the same chain that is not a CA: the chain is in the wrong order.
        end_entity: Option<String>,
    },
    /// A CRL lists the certificate (RFC 5280 6.3.3).
    Revoked {
        /// When it was revoked.
        revoked_at: Time,
        /// The RFC's name of the reason.
        reason: String,
        /// Who signed the CRL.
        crl_issuer: String,
    },
    /// Revocation status must be known but is not.
    RevocationUnknown {
        /// What is wrong with the available CRLs.
        why: String,
    },
    /// Neither the chain nor the store holds a certificate with the issuer's name.
    IssuerNotFound {
        /// The issuer's name.
        issuer: String,
        /// The issuer's key identifier, if the certificate names it.
        key_id: Option<KeyId>,
    },
    /// The chain ends in a self-signed certificate that is not in the store.
    SelfSignedNotTrusted,
    /// A certificate with the issuer's name has another key: the issuer was regenerated under its old name.
    KeyChanged {
        /// The key identifier of the key that signed.
        wanted: KeyId,
        /// The key identifier of the candidate.
        found: Option<KeyId>,
    },
    /// The candidate's key did not make the signature (RFC 5280 6.1.3 (a)(1)).
    Signature,
    /// The candidate's key identifier is not the one the certificate names, and the profile insists on it.
    KeyIdMismatch {
        /// The key identifier of the key that signed.
        wanted: Option<KeyId>,
        /// The key identifier of the candidate.
        found: Option<KeyId>,
    },
    /// The candidate is not a CA (RFC 5280 6.1.4 (k)).
    NotCa,
    /// More intermediates follow than the candidate allows (RFC 5280 6.1.4 (l), (m)).
    PathLength {
        /// How many it allows.
        limit: u32,
        /// How many follow.
        count: u32,
    },
    /// A name lies outside the candidate's name constraints (RFC 5280 6.1.3 (b), (c)).
    NameConstraint {
        /// The name.
        name: String,
        /// The subtree that excludes it; `None` when no permitted subtree holds it.
        excluded_by: Option<String>,
    },
    /// No acceptable policy remains (RFC 5280 6.1.5 (g)).
    Policy {
        /// What was required.
        why: String,
    },
    /// A critical extension this library does not process (RFC 5280 4.2).
    UnknownCriticalExtension {
        /// The extension.
        oid: Oid,
    },
    /// The certificate is not DER (RFC 5280 4.1, X.690): it can be read, but others may read it differently.
    NotDer {
        /// The field in which that shows.
        field: String,
        /// What is not DER there.
        why: String,
    },
    /// An extension occurs twice (RFC 5280 4.2).
    DuplicateExtension {
        /// The extension.
        oid: Oid,
    },
    /// An extension's value is not of its type.
    MalformedExtension {
        /// The extension.
        oid: Oid,
    },
    /// The version does not fit the contents (RFC 5280 4.1.2.1).
    Version {
        /// The version.
        version: u32,
        /// What does not fit.
        why: String,
    },
    /// The serial number is longer than 20 octets (RFC 5280 4.1.2.2).
    SerialNumber {
        /// Its length in octets.
        length: usize,
    },
    /// The issuer, or the subject of a CA, is empty (RFC 5280 4.1.2.4, 4.1.2.6).
    EmptyName {
        /// `issuer` or `subject`.
        field: String,
    },
    /// The signature algorithms inside and outside the signed part differ (RFC 5280 4.1.1.2).
    AlgorithmsDisagree {
        /// Inside the signed part.
        inner: Oid,
        /// Outside the signed part.
        outer: Oid,
    },
    /// A signature or key algorithm that cannot be checked.
    UnsupportedAlgorithm {
        /// The algorithm, or the curve.
        oid: Oid,
        /// The role in which it was found.
        what: String,
    },
    /// The digest of the signature is too weak.
    WeakDigest {
        /// Its name.
        digest: String,
    },
    /// The key is too short.
    WeakKey {
        /// Its size.
        bits: u32,
        /// The minimum accepted.
        minimum: u32,
    },
    /// The key is larger than any legitimate one.
    OversizedKey {
        /// Its size.
        bits: u32,
        /// The most that is accepted.
        maximum: u32,
    },
    /// The public exponent of an RSA key is larger than any legitimate one, which makes a check take seconds.
    OversizedExponent {
        /// Its size.
        bits: u32,
        /// The most that is accepted.
        maximum: u32,
    },
    /// The anchor is not self-signed, and the profile requires a path to a root.
    PartialChain,
    /// The certificate itself is in the store, but the profile does not count that as trust.
    ExactMatchRefused,
    /// A further certificate would make the path longer than allowed.
    Depth {
        /// The most certificates between end-entity and anchor.
        limit: u32,
    },
    /// The search was stopped; the verdict is a refusal because nothing was proved.
    BudgetExhausted {
        /// What ran out: `signatures`, `steps` or `name constraints`.
        what: String,
    },
    /// There are more rejections than are listed; those listed are the nearest misses.
    LeftOut {
        /// How many more.
        count: usize,
    },
}

impl Reason {
    /// The stable name, as in JSON: `expired`, `issuer-not-found`, ...
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::NameMismatch { .. } => "name-mismatch",
            Self::Purpose { .. } => "purpose",
            Self::KeyUsage { .. } => "key-usage",
            Self::EndEntityIsCa { .. } => "end-entity-is-ca",
            Self::Revoked { .. } => "revoked",
            Self::RevocationUnknown { .. } => "revocation-unknown",
            Self::IssuerNotFound { .. } => "issuer-not-found",
            Self::SelfSignedNotTrusted => "self-signed-not-trusted",
            Self::KeyChanged { .. } => "key-changed",
            Self::Signature => "signature",
            Self::KeyIdMismatch { .. } => "key-id-mismatch",
            Self::NotCa => "not-ca",
            Self::PathLength { .. } => "path-length",
            Self::NameConstraint { .. } => "name-constraint",
            Self::Policy { .. } => "policy",
            Self::UnknownCriticalExtension { .. } => "unknown-critical-extension",
            Self::NotDer { .. } => "not-der",
            Self::DuplicateExtension { .. } => "duplicate-extension",
            Self::MalformedExtension { .. } => "malformed-extension",
            Self::Version { .. } => "version",
            Self::SerialNumber { .. } => "serial-number",
            Self::EmptyName { .. } => "empty-name",
            Self::AlgorithmsDisagree { .. } => "algorithms-disagree",
            Self::UnsupportedAlgorithm { .. } => "unsupported-algorithm",
            Self::WeakDigest { .. } => "weak-digest",
            Self::WeakKey { .. } => "weak-key",
            Self::OversizedKey { .. } => "oversized-key",
            Self::OversizedExponent { .. } => "oversized-exponent",
            Self::PartialChain => "partial-chain",
            Self::ExactMatchRefused => "exact-match-refused",
            Self::Depth { .. } => "depth",
            Self::BudgetExhausted { .. } => "budget-exhausted",
            Self::LeftOut { .. } => "left-out",
        }
    }

    /// The bytes of what it quotes from certificates, which may be as long as these.
    pub(super) fn quoted(&self) -> usize {
        let key = |id: Option<&KeyId>| id.map_or(0, |id| id.0.len());
        let oids = |oids: &[Oid]| oids.iter().map(|oid| oid.as_str().len()).sum();
        match self {
            Self::NameMismatch { present, .. } => present.iter().map(String::len).sum(),
            Self::Purpose { present, .. } => oids(present),
            Self::IssuerNotFound { issuer, key_id } => issuer.len() + key(key_id.as_ref()),
            Self::KeyChanged { wanted, found } => wanted.0.len() + key(found.as_ref()),
            Self::KeyIdMismatch { wanted, found } => key(wanted.as_ref()) + key(found.as_ref()),
            Self::NameConstraint { name, excluded_by } => name.len() + excluded_by.as_ref().map_or(0, String::len),
            Self::EndEntityIsCa { end_entity } => end_entity.as_ref().map_or(0, String::len),
            Self::Revoked { crl_issuer, .. } => crl_issuer.len(),
            Self::UnknownCriticalExtension { oid }
            | Self::DuplicateExtension { oid }
            | Self::MalformedExtension { oid }
            | Self::UnsupportedAlgorithm { oid, .. } => oid.as_str().len(),
            Self::AlgorithmsDisagree { inner, outer } => inner.as_str().len() + outer.as_str().len(),
            _ => 0,
        }
    }
}

impl Rejection {
    /// Whether the candidate of another key began after the certificate was issued: it is the newer CA of the name, and an older
    /// one signed. Of a name that each installation gives a CA of its own, dates tell nothing.
    #[must_use]
    pub fn has_newer_namesake(&self) -> bool {
        let begins = |facts: &Option<CertificateFacts>| facts.as_ref().map(|facts| facts.not_before);
        let is_one = |facts: &CertificateFacts| !is_name_of_many(&facts.subject);
        matches!(self.reason, Reason::KeyChanged { .. })
            && self.candidate.as_ref().is_some_and(is_one)
            && begins(&self.candidate) > begins(&self.certificate)
    }

    /// One sentence: what is wrong with which certificate.
    #[must_use]
    pub fn message(&self) -> String {
        super::wording::message(self)
    }

    /// What to do about it, in one sentence.
    #[must_use]
    pub fn hint(&self) -> String {
        super::wording::hint(self)
    }

    pub(crate) const fn of_search(reason: Reason) -> Self {
        Self { reason, certificate: None, candidate: None, instead: None }
    }
}

impl Serialize for Rejection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Rejection", 6)?;
        out.serialize_field("code", self.reason.code())?;
        out.serialize_field("message", &self.message())?;
        out.serialize_field("hint", &self.hint())?;
        out.serialize_field("certificate", &self.certificate)?;
        out.serialize_field("candidate", &self.candidate)?;
        out.serialize_field("details", &self.reason)?;
        out.end()
    }
}
