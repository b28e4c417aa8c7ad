//! What the APIs tell, as plain values.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::net::error::NetError;
use crate::net::probe::ProbeFailure;
use crate::thumbprint::Thumbprint;
use crate::time::Time;

/// A managed object reference of vim25 or SMS.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moref {
    /// The type, for example `HostSystem`.
    pub kind: String,
    /// The id, for example `host-12`.
    pub id: String,
}

impl std::fmt::Display for Moref {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

/// The product that answers: vim25 `AboutInfo`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct About {
    /// For example `8.0.3`.
    pub version: String,
    /// The build number.
    pub build: String,
    /// For example `8.0.3.0`.
    pub api_version: String,
    /// `VirtualCenter` or `HostAgent`.
    pub api_type: String,
    /// vCenter's own id; a host has none.
    pub instance_uuid: Option<String>,
}

/// One entry of the trusted root chains.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TrustedRoot {
    /// Its id; opaque.
    pub id: String,
    /// PEM texts as listed; each may hold certificates and CRLs.
    pub pem: Vec<String>,
    /// Why this entry of the list could not be requested or read; it then has no texts.
    pub unreadable: Option<String>,
}

impl TrustedRoot {
    pub(super) fn odd(id: impl Into<String>, reason: &str) -> Self {
        Self { id: id.into(), pem: Vec::new(), unreadable: Some(reason.to_owned()) }
    }
}

/// A property or call that the server did not give, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Missing {
    /// The property path, for example `config.certificate`.
    pub what: String,
    /// The fault's type, for example `NoPermission`.
    pub fault: String,
    /// The privilege it names.
    pub privilege: Option<String>,
}

/// One ESXi host as vCenter lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HostRecord {
    /// The host.
    pub moref: Moref,
    /// The name it was added by.
    pub name: Option<String>,
    /// `connected`, `disconnected` or `notResponding`.
    pub connection_state: Option<String>,
    /// Whether it is in maintenance mode.
    pub in_maintenance_mode: Option<bool>,
    /// For example `8.0.3`.
    pub version: Option<String>,
    /// The certificate vCenter has cached, as PEM text: stale for a host that is not connected.
    #[serde(serialize_with = "words")]
    #[schemars(with = "Option<String>")]
    pub certificate: Option<Vec<u8>>,
    /// The thumbprint vCenter expects.
    pub pinned_thumbprint: Option<Thumbprint>,
    /// Where its certificates are managed.
    pub certificate_manager: Option<Moref>,
    /// What was not given.
    pub missing: Vec<Missing>,
}

/// One datastore on Virtual Volumes: vim25 `VvolDatastoreInfo`. For the collection only, so no program is told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::net) struct DatastoreRecord {
    /// The name it has in the inventory.
    pub(in crate::net) name: String,
    /// The URLs of the providers that serve it, each once.
    pub(in crate::net) providers: Vec<String>,
    /// Why it is not known who serves it, where that is so; whether it is on Virtual Volumes may not be known either.
    pub(in crate::net) failure: Option<NetError>,
}

/// One storage provider: SMS `VasaProviderInfo`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProviderRecord {
    /// The provider's object, for calls on it.
    pub moref: Moref,
    /// The id for later calls.
    pub uid: String,
    /// For example `IOFILTER Provider esx01.lab.example`.
    pub name: String,
    /// For example `https://esx01.lab.example:9080/version.xml`.
    pub url: String,
    /// The certificate SMS remembers, as PEM.
    pub certificate: Option<String>,
    /// `online`, `offline`, `syncError`, `unknown`, `connected` or `disconnected`.
    pub status: Option<String>,
    /// The type of the fault behind `offline` or `syncError`.
    pub status_fault: Option<String>,
    /// `valid`, `expirySoftLimitReached`, `expiryHardLimitReached`, `expired` or `invalid`.
    pub certificate_status: Option<String>,
    /// Why nothing but `moref` is known, if that is so; `uid` is then its id.
    #[serde(serialize_with = "failure")]
    #[schemars(with = "Option<ProbeFailure>")]
    pub failure: Option<NetError>,
}

/// The Machine SSL certificate as `GET tls` describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TlsCertificate {
    /// The certificate, PEM. What it issues from is not part of the answer.
    pub pem: String,
    /// The SHA-1 that the server names.
    pub thumbprint: Option<Thumbprint>,
    /// The subject in the server's spelling.
    pub subject: String,
    /// The issuer in the server's spelling.
    pub issuer: String,
    /// When its validity begins.
    pub not_before: Option<Time>,
    /// When its validity ends.
    pub not_after: Option<Time>,
}

/// The certificates that sign the tokens of single sign-on: `GET signing-certificate`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SigningCertificates {
    /// The chain in use, PEM texts, the signing certificate first.
    pub active: Vec<String>,
    /// Every chain whose signatures are accepted.
    pub accepted: Vec<Vec<String>>,
}

/// What vCenter says about one host's certificate: vim25 `HostCertificateManagerCertificateInfo`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HostCertificate {
    /// `Machine` or `VASAClient`; unset before 8.0.1.
    pub kind: Option<String>,
    /// The subject in the server's spelling.
    pub subject: Option<String>,
    /// The issuer in the server's spelling.
    pub issuer: Option<String>,
    /// When its validity begins.
    pub not_before: Option<Time>,
    /// When its validity ends.
    pub not_after: Option<Time>,
    /// `good`, `expiring`, `expiringShortly`, `expirationImminent`, `expired`, or `unknown`, which a host always says
    /// about itself.
    pub status: String,
}

/// A host's trust store, each text as the host lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HostStore {
    /// Certificates, PEM.
    pub certificates: Vec<String>,
    /// CRLs, PEM.
    pub revocation_lists: Vec<String>,
}

/// PEM bytes as the text they are.
#[expect(clippy::ref_option, reason = "the form in which serde passes a field")]
fn words<S: Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    bytes.as_deref().map(String::from_utf8_lossy).serialize(serializer)
}

/// An error as its code, name and message.
#[expect(clippy::ref_option, reason = "the form in which serde passes a field")]
fn failure<S: Serializer>(error: &Option<NetError>, serializer: S) -> Result<S::Ok, S::Error> {
    let told = |error: &NetError| ProbeFailure {
        code: error.code().number(),
        name: error.code().name(),
        message: error.to_string(),
    };
    error.as_ref().map(told).serialize(serializer)
}
