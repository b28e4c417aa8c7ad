//! Layer 4: the facts of a vSphere estate as plain data.
//!
//! An [`Estate`] says what each vCenter, host and storage provider presents and which stores they hold, each part
//! optional and each with where it came from. It judges nothing. Every certificate is held once, in one table; the
//! parts refer to it by its SHA-256, so that an estate costs its distinct content plus 36 bytes for each copy.
//! [`Resolved`] turns references into certificates.

mod der;
mod entry_store;
mod headless;
mod inline;
mod json;
mod layout;
mod merge;
mod names;
mod origin;
mod reader;
mod records;
mod resolve;
mod spot;
mod strict;
mod unread;
mod url;
mod version;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::cert::{Certificate, Crl};
use crate::store::{DumpedEntry, Found, Place, Unreadable};
use crate::thumbprint::{Fingerprint, Thumbprint};

pub use der::{Der, Reference};
pub use entry_store::{EntryStore, STS, VMDIR};
pub use json::EstateError;
pub(crate) use json::is_estate;
#[cfg(feature = "net")]
pub(crate) use names::LONGEST_NAME;
pub use reader::EstateReader;
pub use resolve::Resolved;
pub use spot::{Part, Spot};
pub use unread::Unread;
pub(crate) use url::{comparable_host, url_host, url_port};
use version::major_version;

/// Everything known about an estate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["schema"] }, { "required": ["vcenters"] }]))]
pub struct Estate {
    /// The version of this format.
    #[serde(default)]
    pub schema: EstateSchema,
    /// Each distinct certificate once: SHA-256 of the DER to the DER.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub certificates: BTreeMap<Fingerprint, Der>,
    /// Each distinct CRL once: SHA-256 of the DER to the DER.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub crls: BTreeMap<Fingerprint, Der>,
    /// The vCenters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vcenters: Vec<VCenter>,
    /// What could not be read and belongs to no store.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<Unreadable>,
    /// Files that belong to no part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Unreadable>,
}

/// The version of the estate format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub enum EstateSchema {
    /// The first version.
    #[default]
    #[serde(rename = "vitrust-estate/1")]
    V1,
}

/// One vCenter with its hosts and storage providers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VCenter {
    /// Its name in the estate; for a server name check, this is the name that clients use.
    pub name: Arc<str>,
    /// Its version, for example `8.0.3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The SSO domain; see [`VCenter::shares_sso_domain`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sso_domain: Option<String>,
    /// `vpxd.certmgmt.mode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_mode: Option<CertificateMode>,
    /// The machine SSL certificate as presented on port 443.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_ssl: Option<PresentedChain>,
    /// The VECS store TRUSTED_ROOTS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trusted_roots: Option<StoreContent>,
    /// The root certificate of its VMCA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vmca_root: Option<Held>,
    /// The VECS store SMS: the certificates SPS shows to hosts and providers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms: Option<SmsStore>,
    /// Its other stores by name: what is in them expires, but is not used to trust anybody. Those of VECS have VECS's names; the STS
    /// signing chain is `STS`, and the trusted certificates of the directory are `VMDIR`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stores: BTreeMap<Arc<str>, EntryStore>,
    /// The datastores on Virtual Volumes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vvol_datastores: Vec<VvolDatastore>,
    /// The ESXi hosts it manages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<Host>,
    /// The storage providers registered with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub storage_providers: Vec<StorageProvider>,
    /// Whether these facts came over a connection whose certificate was not checked: anyone may have supplied them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub insecure: bool,
    /// Where this record came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
}

/// How a vCenter manages the certificates of its hosts: `vpxd.certmgmt.mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CertificateMode {
    /// VMCA issues them.
    Vmca,
    /// The administrator supplies them from another CA.
    Custom,
    /// Nothing is validated; thumbprints are pinned.
    Thumbprint,
}

/// One ESXi host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// The name it was added to vCenter by.
    pub name: Arc<str>,
    /// The id of its managed object, for example `host-42`: what a change to it is addressed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moref: Option<String>,
    /// Its version, for example `8.0.3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The chain presented on port 443 (`rui.crt`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub https: Option<PresentedChain>,
    /// The chain presented on port 9080 by the IO filter provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iofilter: Option<PresentedChain>,
    /// `castore.pem`: the CAs the host trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub castore: Option<StoreContent>,
    /// The SHA-1 thumbprint vCenter has pinned for port 443: `sslThumbprint` of the host's connection info.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned_thumbprint: Option<Thumbprint>,
    /// vim25 `HostSystemConnectionState`: `connected`, `disconnected` or `notResponding`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_state: Option<String>,
    /// Where this record came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
}

/// One VASA provider as registered with a vCenter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StorageProvider {
    /// Its name, for example `IOFilter Provider esx01.lab.example`.
    pub name: Arc<str>,
    /// The id by which SMS knows it: what a change to it is addressed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// Its URL, for example `https://esx01.lab.example:9080/version.xml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its status in vCenter: `online`, `offline`, `syncError`, `connected`, `disconnected`, `unknown`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The type of the SMS fault behind a status that is not `online`, for example `CertificateNotTrusted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_fault: Option<String>,
    /// The certificate vCenter remembers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Held>,
    /// Where this record came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
}

/// One datastore on Virtual Volumes, which is served by storage providers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VvolDatastore {
    /// Its name.
    pub name: Arc<str>,
    /// The URLs of the storage providers that serve it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<String>,
}

/// What a server sent: the end-entity certificate first, unverified.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PresentedChain {
    /// The certificates, by SHA-256 of their DER.
    #[schemars(with = "Vec<Reference>")]
    pub certificates: Vec<Fingerprint>,
    /// Where it was read.
    #[serde(default, skip_serializing_if = "is_nowhere")]
    pub place: Place,
}

/// A single certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The certificate, by SHA-256 of its DER.
    #[schemars(with = "Reference")]
    pub certificate: Fingerprint,
    /// Where it was read.
    #[serde(default, skip_serializing_if = "is_nowhere")]
    pub place: Place,
}

/// The content of one trust store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StoreContent {
    /// The file or server it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
    /// The files it was joined from, if they do not hold the same entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<Arc<str>>,
    /// The VECS store, if it was read from one: only there should an alias be a thumbprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<Arc<str>>,
    /// The certificates, by SHA-256 of their DER, in the order read, copies included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Reference>")]
    pub certificates: Vec<Fingerprint>,
    /// The line of each certificate, from 1, in the same order; 0 is unknown. Empty when no line is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<u32>,
    /// The aliases of those certificates that have any, in the order of the copies.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aliases: BTreeMap<Fingerprint, Vec<Arc<str>>>,
    /// Entries known only from a dump.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dumped: Vec<Found<DumpedEntry>>,
    /// The CRLs, by SHA-256 of their DER.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Reference>")]
    pub crls: Vec<Fingerprint>,
    /// The certificates that anyone may have supplied, by SHA-256 of their DER: what vCenter serves as `download.zip` comes
    /// over plain HTTP, and no other source of this store holds them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[schemars(with = "Vec<Reference>")]
    pub unverified: BTreeSet<Fingerprint>,
    /// What could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<Unreadable>,
}

/// The VECS store SMS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsStore {
    /// The file or server it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
    /// The entry `sms_self_signed`: SPS's client certificate for hosts below 9.0 (KB 440183).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_self_signed: Option<PresentedChain>,
    /// The entry `sps-extension`: SPS's client certificate for hosts from 9.0 and external providers (KB 440183).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sps_extension: Option<PresentedChain>,
    /// Every other entry by its alias, for example the pinned host certificates of thumbprint mode.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub others: BTreeMap<Arc<str>, PresentedChain>,
    /// Whether all entries of the store were listed: only then is an address without an entry here known to have none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_whole: bool,
    /// Entries known only from a dump.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dumped: Vec<Found<DumpedEntry>>,
    /// What could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<Unreadable>,
}

/// The domain every installation has unless somebody chose another.
const DEFAULT_SSO_DOMAIN: &str = "vsphere.local";

/// What tells one SSO domain from another: see [`VCenter::shares_sso_domain`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct SsoParty {
    /// The domain's name in lower case.
    domain: String,
    /// Of a domain with the default name: the digest of the digests of what TRUSTED_ROOTS holds.
    roots: Option<Fingerprint>,
}

fn is_nowhere(place: &Place) -> bool {
    *place == Place::default()
}

impl Estate {
    /// Whether nothing of any vCenter is known but its name: what is not known is not well.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let nothing = |vcenter: &VCenter| *vcenter == VCenter { name: Arc::clone(&vcenter.name), ..VCenter::default() };
        self.certificates.is_empty() && self.vcenters.iter().all(nothing)
    }

    /// Takes in a certificate and returns the reference to it.
    pub fn add_certificate(&mut self, certificate: &Certificate) -> Fingerprint {
        let sha256 = certificate.sha256();
        self.certificates.entry(sha256).or_insert_with(|| Der(certificate.der().into()));
        sha256
    }

    /// Takes in a CRL and returns the reference to it.
    pub fn add_crl(&mut self, crl: &Crl) -> Fingerprint {
        let sha256 = crl.sha256();
        self.crls.entry(sha256).or_insert_with(|| Der(crl.der().into()));
        sha256
    }

    /// The vCenter of this name, if there is one.
    #[must_use]
    pub fn vcenter(&self, name: &str) -> Option<&VCenter> {
        self.vcenters.iter().find(|vcenter| &*vcenter.name == name)
    }
}

impl VCenter {
    /// Whether its facts came over the vSphere APIs: the source is a server then, and no file.
    #[must_use]
    pub fn is_collected(&self) -> bool {
        self.source.as_deref().is_some_and(|source| source.starts_with("https://"))
    }

    /// Whether both belong to one SSO domain, so that VMDIR replicates one TRUSTED_ROOTS between them.
    ///
    /// The same text in `sso_domain` says so, with one exception: `vsphere.local` is the default name of every
    /// domain. There the two stores must also hold the same certificates.
    #[must_use]
    pub fn shares_sso_domain(&self, other: &Self) -> bool {
        self.sso_party().is_some_and(|ours| other.sso_party() == Some(ours))
    }

    /// What all vCenters of this one's SSO domain have in common; `None` for a vCenter that is known to share with none.
    /// The rule is that of [`shares_sso_domain`](Self::shares_sso_domain); this is its form for grouping many.
    pub(crate) fn sso_party(&self) -> Option<SsoParty> {
        let domain = self.sso_domain.as_ref()?.to_ascii_lowercase();
        if domain != DEFAULT_SSO_DOMAIN {
            return Some(SsoParty { domain, roots: None });
        }
        let roots = self.trusted_roots.as_ref().filter(|roots| !roots.certificates.is_empty())?;
        let digests: Vec<u8> = roots.distinct().into_iter().flat_map(|sha256| sha256.0).collect();
        Some(SsoParty { domain, roots: Some(Fingerprint::of(&digests)) })
    }

    /// The major version, for example 8.
    #[must_use]
    pub fn major_version(&self) -> Option<u32> {
        self.version.as_deref().and_then(major_version)
    }
}

impl Host {
    /// The major version, for example 8.
    #[must_use]
    pub fn major_version(&self) -> Option<u32> {
        self.version.as_deref().and_then(major_version)
    }
}

impl StorageProvider {
    /// The host name in the URL.
    #[must_use]
    pub fn url_host(&self) -> Option<&str> {
        url_host(self.url.as_deref()?)
    }

    /// The port in the URL; 443 when it names none.
    #[must_use]
    pub fn url_port(&self) -> Option<u16> {
        url_port(self.url.as_deref()?)
    }

    /// The host that an IO filter provider runs on, comparable: such a provider is on a port of its host.
    pub(crate) fn iofilter_host(&self) -> Option<String> {
        let by_url = self.url_host().filter(|_| self.url_port() == Some(IOFILTER_PORT));
        by_url.or(self.name.strip_prefix("IOFilter Provider ")).map(comparable_host)
    }
}

impl SmsStore {
    /// Whether every entry is known with its bytes.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.is_whole && self.dumped.is_empty() && self.unreadable.iter().all(Unreadable::hides_nothing)
    }
}

impl StoreContent {
    /// Whether every entry is known with its bytes: none is a dump only, and none is unreadable.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.dumped.is_empty() && self.hidden() == 0
    }

    /// How many unreadable blocks may hide an entry.
    pub(crate) fn hidden(&self) -> usize {
        self.unreadable.iter().filter(|block| !block.hides_nothing()).count()
    }

    /// The distinct certificates, sorted.
    #[must_use]
    pub fn distinct(&self) -> Vec<Fingerprint> {
        let mut distinct = self.certificates.clone();
        distinct.sort_unstable();
        distinct.dedup();
        distinct
    }

    /// Where the certificate at this position was read.
    #[must_use]
    pub fn place(&self, index: usize) -> Place {
        let line = self.lines.get(index).copied().filter(|line| *line > 0);
        let alias = self.certificates.get(index).and_then(|wanted| {
            let copy = self.certificates[..index].iter().filter(|earlier| *earlier == wanted);
            let aliases = self.aliases.get(wanted)?;
            aliases.get(copy.count()).cloned()
        });
        Place { source: self.source.clone(), line, store: self.store.clone(), alias }
    }
}

/// The port of a host's IO filter provider.
pub(crate) const IOFILTER_PORT: u16 = 9080;
