//! Certificates as findings and reports speak of them, and what they are called in the table of a report.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::cert::{Certificate, short_name};
use crate::store::{DumpedEntry, Found, Place};
use crate::text::brief;
use crate::thumbprint::{Fingerprint, KeyId, Thumbprint, hex};
use crate::time::Time;

/// What there is to say about one certificate, or about a dumped entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CertificateRecord {
    /// SHA-256 of the DER; missing when only a dump exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Fingerprint>,
    /// SHA-1 of the DER: the alias in TRUSTED_ROOTS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha1: Option<Thumbprint>,
    /// The subject.
    pub subject: String,
    /// The issuer.
    pub issuer: String,
    /// The serial number, lowercase hex.
    pub serial_number: String,
    /// First second of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Time>,
    /// Last second of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_after: Option<Time>,
    /// The subject key identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_key_id: Option<KeyId>,
    /// Whether it is a CA.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_ca: Option<bool>,
    /// The name of an entry for which no subject was printed: its alias and store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

impl From<&Certificate> for CertificateRecord {
    fn from(certificate: &Certificate) -> Self {
        Self {
            sha256: Some(certificate.sha256()),
            sha1: Some(certificate.sha1()),
            subject: brief(certificate.subject()),
            issuer: brief(certificate.issuer()),
            serial_number: hex(certificate.serial_number()),
            not_before: Some(certificate.not_before()),
            not_after: Some(certificate.not_after()),
            subject_key_id: certificate.subject_key_id().cloned(),
            is_ca: Some(certificate.is_ca()),
            entry: None,
        }
    }
}

impl From<&Found<DumpedEntry>> for CertificateRecord {
    fn from(found: &Found<DumpedEntry>) -> Self {
        let entry = &found.value;
        let subject = entry.subject.as_ref().filter(|subject| !subject.is_empty());
        Self {
            entry: subject.is_none().then(|| called(&found.place)),
            sha256: None,
            sha1: entry.sha1,
            subject: entry.subject.as_ref().map(brief).unwrap_or_default(),
            issuer: entry.issuer.as_ref().map(brief).unwrap_or_default(),
            serial_number: entry.serial_number.as_ref().map(brief).unwrap_or_default(),
            not_before: entry.not_before,
            not_after: entry.not_after,
            subject_key_id: entry.subject_key_id.clone(),
            is_ca: entry.is_ca,
        }
    }
}

/// What an entry is called by its place: its alias, with the store where that says more.
fn called(place: &Place) -> String {
    match (&place.alias, &place.store) {
        (Some(alias), Some(store)) if alias != store => format!("{} in {}", brief(alias), brief(store)),
        (Some(alias), _) => brief(alias),
        (None, Some(store)) => format!("an entry of {}", brief(store)),
        (None, None) => "an entry".to_owned(),
    }
}

/// The id of a certificate in the table of a report: the SHA-256 of its DER. An entry known only from a printed
/// dump has none; its id is `dump-` and a digest of what is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct CertificateId(String);

impl std::fmt::Display for CertificateId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One row of the table of certificates.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TabledCertificate {
    /// What it is called.
    pub id: CertificateId,
    /// What people call it: the distinctive part of its subject.
    pub short_name: String,
    /// What there is to say about it.
    #[serde(flatten)]
    pub record: CertificateRecord,
}

impl CertificateRecord {
    /// What people call it: the distinctive part of its subject.
    #[must_use]
    pub fn short_name(&self) -> String {
        self.entry.clone().unwrap_or_else(|| short_name(&self.subject))
    }

    /// What a sentence calls it: its subject, or what an entry without one is called.
    #[must_use]
    pub(crate) fn called(&self) -> &str {
        self.entry.as_deref().unwrap_or(&self.subject)
    }

    /// What it is called in the table of a report.
    #[must_use]
    pub fn id(&self) -> CertificateId {
        CertificateId(self.sha256.map_or_else(
            || {
                let known = serde_json::to_vec(self).unwrap_or_default();
                format!("dump-{}", hex(Sha256::digest(known).get(..16).unwrap_or_default()))
            },
            |sha256| sha256.to_string(),
        ))
    }
}

/// Writes a certificate as its id.
pub(crate) fn id<S: Serializer>(record: &CertificateRecord, serializer: S) -> Result<S::Ok, S::Error> {
    record.id().serialize(serializer)
}

/// The same, where it may not be known.
#[expect(clippy::ref_option, reason = "the form in which serde hands it over")]
pub(crate) fn known_id<S: Serializer>(
    record: &Option<Arc<CertificateRecord>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    record.as_ref().map(|record| record.id()).serialize(serializer)
}

/// Writes certificates as their ids.
pub(crate) fn ids<S: Serializer>(records: &[CertificateRecord], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(records.iter().map(CertificateRecord::id))
}
