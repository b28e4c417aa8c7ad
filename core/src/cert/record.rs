//! Certificates and CRLs as the fields that every language hands out.

use serde::Serialize;

use super::extension::KeyUsage;
use super::{Certificate, Crl, GeneralNames, Oid, short_name};
use crate::thumbprint::{Fingerprint, KeyId, Thumbprint, hex};
use crate::time::Time;

/// The fields of a [`Certificate`] in a form for JSON (RFC 5280 section 4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct CertificateFields {
    /// The subject, as `vecs-cli` and OpenSSL print it.
    pub subject: String,
    /// Its distinctive part: see [`short_name`](super::short_name).
    pub short_name: String,
    /// The issuer in the same spelling.
    pub issuer: String,
    /// The serial number as lowercase hex.
    pub serial_number: String,
    /// 1, 2 or 3.
    pub version: u32,
    /// First second of validity.
    pub not_before: Time,
    /// Last second of validity.
    pub not_after: Time,
    /// SHA-1 of the DER: alias in TRUSTED_ROOTS, thumbprint in vSphere.
    pub sha1: Thumbprint,
    /// SHA-256 of the DER: the identity of the certificate.
    pub sha256: Fingerprint,
    /// Subject key identifier.
    pub subject_key_id: Option<KeyId>,
    /// Key identifier of the issuer.
    pub authority_key_id: Option<KeyId>,
    /// Whether basic constraints say that the subject is a CA.
    pub is_ca: bool,
    /// How many intermediates may follow below this CA.
    pub path_length: Option<u32>,
    /// The key usage by the names of RFC 5280; `null` when the extension is absent.
    pub key_usage: Option<Vec<&'static str>>,
    /// The extended key usages as dotted identifiers; `null` when the extension is absent.
    pub extended_key_usage: Option<Vec<String>>,
    /// The alternative names: `DNS:vc01.example`, `IP:192.0.2.1`.
    pub subject_alternative_names: Vec<String>,
    /// The kind of key: `RSA`, `EC P-256`, `Ed25519`.
    pub key_algorithm: String,
    /// The size of the key in bits.
    pub key_bits: Option<u32>,
    /// The signature algorithm as OpenSSL names it.
    pub signature_algorithm: String,
    /// The critical extensions as dotted identifiers.
    pub critical_extensions: Vec<Oid>,
}

/// The fields of a [`Crl`] in a form for JSON (RFC 5280 section 5.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct CrlFields {
    /// The issuer.
    pub issuer: String,
    /// SHA-256 of the DER.
    pub sha256: Fingerprint,
    /// When it was issued.
    pub this_update: Time,
    /// When the next one is due.
    pub next_update: Option<Time>,
    /// How many certificates it lists.
    pub entries: usize,
}

impl Certificate {
    /// The fields in a form for JSON.
    #[must_use]
    pub fn fields(&self) -> CertificateFields {
        let extensions = self.extensions();
        let names = extensions.subject_alternative_names.iter().flat_map(GeneralNames::iter);
        let usages = extensions.extended_key_usage.as_ref();
        let subject = self.subject().to_string();
        CertificateFields {
            short_name: short_name(&subject),
            subject,
            issuer: self.issuer().to_string(),
            serial_number: hex(self.serial_number()),
            version: self.version(),
            not_before: self.not_before(),
            not_after: self.not_after(),
            sha1: self.sha1(),
            sha256: self.sha256(),
            subject_key_id: self.subject_key_id().cloned(),
            authority_key_id: self.authority_key_id().cloned(),
            is_ca: self.is_ca(),
            path_length: extensions.basic_constraints.and_then(|constraints| constraints.path_length),
            key_usage: extensions.key_usage.map(KeyUsage::names),
            extended_key_usage: usages.map(|usages| usages.iter().map(Oid::to_string).collect()),
            subject_alternative_names: names.map(|name| name.to_string()).collect(),
            key_algorithm: self.public_key().name().to_owned(),
            key_bits: self.public_key().kind.bits(),
            signature_algorithm: self.signature_algorithm().name().to_owned(),
            critical_extensions: extensions.critical.iter().chain(&extensions.unknown_critical).cloned().collect(),
        }
    }
}

impl Crl {
    /// The fields in a form for JSON.
    #[must_use]
    pub fn fields(&self) -> CrlFields {
        CrlFields {
            issuer: self.issuer().to_string(),
            sha256: self.sha256(),
            this_update: self.this_update(),
            next_update: self.next_update(),
            entries: self.len(),
        }
    }
}
