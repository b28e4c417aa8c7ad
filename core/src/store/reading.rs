//! What a reader returns: the things found, where each stood, and what could not be read.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::cert::{Certificate, Crl};
use crate::thumbprint::{KeyId, Thumbprint};
use crate::time::Time;

/// Where something was read: file or server, line, and the VECS alias or chain id if it had one.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The file, archive member or server, as the caller named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
    /// The line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The VECS store, as printed or as its entries show it: of the built-in stores only TRUSTED_ROOTS holds plain
    /// trusted certificates under an alias that is not an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<Arc<str>>,
    /// The alias in VECS, the id of a trusted root chain or the name of an archive member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<Arc<str>>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.source.as_deref().unwrap_or("input"))?;
        if let Some(line) = self.line {
            write!(f, " line {line}")?;
        }
        match (&self.store, &self.alias) {
            (Some(store), Some(alias)) => write!(f, " (store {store}, alias {alias})"),
            (Some(store), None) => write!(f, " (store {store})"),
            (None, Some(alias)) => write!(f, " (alias {alias})"),
            (None, None) => Ok(()),
        }
    }
}

/// One item and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Found<T> {
    /// The thing.
    pub value: T,
    /// Where it was found.
    pub place: Place,
}

/// One block that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unreadable {
    /// Where it is.
    pub place: Place,
    /// Why it could not be read.
    pub reason: String,
}

/// How a reason begins that is told of a block which holds no certificate: nothing that a store seems to lack can be in it.
pub(crate) const NO_CERTIFICATE: &str = "no certificate is lost: ";

/// What is said of a key.
pub(super) const PRIVATE_KEY: &str =
    "no certificate is lost: a private key, which was not kept; it does not belong in a file you share";

/// What certificates that are nobody's anchors are called among the stores of a vCenter, where no store of VECS is named: those that
/// servers use, and those that services are registered with.
pub(crate) const IN_USE: &str = "certificates in use";
/// The store of the certificate that vCenter presents.
pub(super) const MACHINE_SSL: &str = "MACHINE_SSL_CERT";

/// Stores that by design hold no certificate, so an entry without one is complete.
pub(crate) const WITHOUT_CERTIFICATES: [&str; 3] = ["APPLMGMT_PASSWORD", "KMS_ENCRYPTION", "TRUSTED_ROOT_CRLS"];
/// How a reason begins that is told of an input which was understood, and holds no certificate. What a store holds is not known from it.
pub(super) const NOTHING_HERE: &str = "no certificate here: ";

impl Unreadable {
    /// Whether it says that an input was understood and holds no certificate.
    pub(crate) fn is_of_nothing(&self) -> bool {
        self.reason.starts_with(NOTHING_HERE)
    }

    /// Whether it tells a private key.
    pub(crate) fn is_private_key(&self) -> bool {
        self.reason == PRIVATE_KEY
    }

    /// Whether nothing that could be looked for is hidden by it: a private key, or what was read although it is damaged.
    #[must_use]
    pub(crate) fn hides_nothing(&self) -> bool {
        self.reason.starts_with(NO_CERTIFICATE)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// An entry of VECS that has no certificate, by its place. What it holds is never kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BareEntry {
    /// Where it is listed, with its alias.
    pub place: Place,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: BareKind,
}

/// What an entry without a certificate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BareKind {
    /// A secret key, as those of APPLMGMT_PASSWORD and KMS_ENCRYPTION.
    SecretKey,
    /// A pending certificate request (`__MACHINE_CSR`): a key that waits for its certificate.
    CertificateRequest,
}

impl fmt::Display for BareKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SecretKey => "a secret key, which was not kept",
            Self::CertificateRequest => "a pending certificate request, which has a key and no certificate yet",
        })
    }
}

impl fmt::Display for BareEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.kind)
    }
}

/// An entry known only from a printed dump: facts without the certificate's bytes.
///
/// `vecs-cli entry list --text` gives such entries. They count for expiry, lint and identity (the alias of
/// TRUSTED_ROOTS is the SHA-1 of the DER), and never in a signature check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DumpedEntry {
    /// SHA-1 of the certificate, when the alias is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha1: Option<Thumbprint>,
    /// The subject as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The issuer as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The serial number as lowercase hex without colons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial_number: Option<String>,
    /// First second of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Time>,
    /// Last second of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<Time>,
    /// Subject key identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_key_id: Option<KeyId>,
    /// Authority key identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority_key_id: Option<KeyId>,
    /// Whether basic constraints say CA; `None` when they were not printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_ca: Option<bool>,
    /// Key usage as printed, for example `Certificate Sign`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_usage: Vec<String>,
    /// The signature algorithm as printed, for example `sha256WithRSAEncryption`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature_algorithm: Option<String>,
    /// Size of the public key in bits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_bits: Option<u32>,
}

/// All that a reader found in one input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Certificates, in the input's order, copies included.
    pub certificates: Vec<Found<Certificate>>,
    /// CRLs.
    pub crls: Vec<Found<Crl>>,
    /// Entries known only from a dump.
    pub dumped: Vec<Found<DumpedEntry>>,
    /// Entries of VECS without a certificate.
    pub without_certificate: Vec<BareEntry>,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Whether the input states that its VECS store has no entries: `Number of entries in store : 0`.
    pub counts_none: bool,
}

impl Reading {
    /// Whether nothing was found and nothing was unreadable either.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.crls.is_empty() && self.dumped.is_empty() && self.unreadable.is_empty()
    }

    /// Adds what `other` found behind what `self` found.
    pub fn append(&mut self, other: Self) {
        self.certificates.extend(other.certificates);
        self.crls.extend(other.crls);
        self.dumped.extend(other.dumped);
        self.without_certificate.extend(other.without_certificate);
        self.unreadable.extend(other.unreadable);
        self.counts_none |= other.counts_none;
    }
}
