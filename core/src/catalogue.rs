//! The catalogues: every finding and every error, with its stable number, name and remedy.
//!
//! One line of a table is all there is to a finding's identity; `docs/findings.md` is written from here, and
//! `docs/errors.md` from the table of errors in `code`. Families of findings: VT1xx input, VT2xx stores and anchors,
//! VT3xx expiry, VT4xx edges, VT5xx matrix, VT6xx storage providers, VT7xx drift. Append only; retired numbers stay
//! listed.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::code::{ERRORS, ErrorEntry};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is broken now.
    Critical,
    /// Something breaks soon, or is broken for some.
    High,
    /// Something is wrong and can wait for the next change window.
    Medium,
    /// Untidy, or far away.
    Low,
    /// Good to know.
    Info,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// The name used in options and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Info => "info",
        }
    }
}

impl FromStr for Severity {
    type Err = SeverityError;

    fn from_str(text: &str) -> Result<Self, SeverityError> {
        let known = Self::ALL.into_iter().find(|severity| severity.name() == text);
        known.ok_or_else(|| SeverityError { text: text.chars().take(100).collect() })
    }
}

/// The text names no severity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a severity: write critical, high, medium, low or info")]
pub struct SeverityError {
    /// What was given.
    text: String,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What the catalogue says about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingEntry {
    /// Which finding.
    pub id: FindingId,
    /// The stable name, for example `anchor-expired`.
    pub name: &'static str,
    /// The version it appeared in.
    pub since: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it says, in one sentence.
    pub summary: &'static str,
    /// What to do; empty when there is nothing to do.
    pub remedy: &'static str,
    /// Where the rule comes from: an RFC section or a KB article.
    pub source: &'static str,
}

macro_rules! findings {
    ($($variant:ident = $number:literal, $name:literal, $since:literal, $severity:ident, $summary:literal, $remedy:literal, $source:literal;)*) => {
        /// The stable identity of a finding; written `VT201`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum FindingId {
            $(#[doc = $summary] $variant,)*
        }

        /// Every finding, by number.
        pub const FINDINGS: &[FindingEntry] = &[$(FindingEntry {
            id: FindingId::$variant,
            name: $name,
            since: $since,
            severity: Severity::$severity,
            summary: $summary,
            remedy: $remedy,
            source: $source,
        },)*];

        impl FindingId {
            /// The number after `VT`.
            #[must_use]
            pub const fn number(self) -> u16 {
                match self {
                    $(Self::$variant => $number,)*
                }
            }

            /// What the catalogue says about it.
            #[must_use]
            pub const fn entry(self) -> FindingEntry {
                match self {
                    $(Self::$variant => FindingEntry {
                        id: Self::$variant,
                        name: $name,
                        since: $since,
                        severity: Severity::$severity,
                        summary: $summary,
                        remedy: $remedy,
                        source: $source,
                    },)*
                }
            }
        }
    };
}

findings! {
    Unreadable = 101, "unreadable", "0.1.0", Medium,
        "A block, file or entry could not be read.",
        "Fix what the reason describes, then read it again.", "KB 403980";
    UnknownInput = 102, "unknown-input", "0.1.0", Info,
        "A file in the folder does not belong to any part of an estate.",
        "Give it a name from the documented layout, or remove it from the folder.", "";
    JoinedFiles = 103, "joined-files", "0.1.0", Medium,
        "A store was joined from files that do not hold the same entries: an old export may hide what the store now lacks.",
        "Keep the newest export of the store and remove the others from the folder.", "";
    CollectedUnverified = 104, "collected-unverified", "0.1.0", High,
        "The facts of a vCenter were collected without checking its certificate: anyone in between may have supplied them, and now has the password.",
        "Trust its CA (`ca_file`) or pin its certificate (`pins`) in the inventory, collect again, and change the password.", "RFC 8446 C.2";
    HostNotConnected = 105, "host-not-connected", "0.1.0", Medium,
        "vCenter has no connection to a host: what the host holds could not be read, and what vCenter says about it may be out of date.",
        "Reconnect the host in vCenter, then collect again.", "vim25 HostSystemConnectionState";
    AnchorExpired = 201, "anchor-expired", "0.1.0", High,
        "A trust anchor has expired.",
        "Make sure that its successor is in the store and that nothing in use chains to it, then remove it.", "KB 326288";
    ExpiredAnchorOnHosts = 202, "expired-anchor-on-hosts", "0.1.0", Critical,
        "An expired root in TRUSTED_ROOTS is also in the castore.pem of hosts: SPS then fails with certificate_unknown(46).",
        "Once its successor is in TRUSTED_ROOTS and nothing in use chains to it, remove it from TRUSTED_ROOTS and VMDIR, run Refresh CA Certificates on every named host, then synchronise storage providers.", "KB 402809";
    AnchorNotYetValid = 203, "anchor-not-yet-valid", "0.1.0", Medium,
        "A trust anchor is not valid yet.",
        "Check the clocks. Wait, or publish an anchor that is already valid.", "RFC 5280 6.1.3";
    AnchorNotCa = 204, "anchor-not-ca", "0.1.0", Medium,
        "A certificate in a trust store is not a CA.",
        "Replace it with the CA that issued it. If it signed itself, have a CA issue a new one. Leave a certificate that is there to be matched exactly.", "RFC 5280 4.2.1.9";
    AnchorWeak = 205, "anchor-weak", "0.1.0", Medium,
        "A trust anchor has a short key, or a SHA-1 or MD5 signature.",
        "Replace it with a CA that has an RSA key of 2048 bits or more, or an elliptic curve key, and uses SHA-256.", "NIST SP 800-131A";
    AnchorWithoutKeyId = 206, "anchor-without-key-id", "0.1.0", Low,
        "A CA in a trust store has no subject key identifier: vCenter then files it under a digest of its key.",
        "Nothing for now; the next CA should have the extension.", "RFC 5280 4.2.1.2";
    AliasNotThumbprint = 207, "alias-not-thumbprint", "0.1.0", Low,
        "An alias in TRUSTED_ROOTS is not the certificate's SHA-1 thumbprint: it was added by hand and is not replicated.",
        "Publish the certificate with dir-cli, then delete the entry with the other alias.", "KB 385107";
    DuplicateEntry = 208, "duplicate-entry", "0.1.0", Low,
        "A store holds the same certificate several times.",
        "Delete the copies whose alias is not the thumbprint.", "KB 385107";
    SameNameOtherKey = 209, "same-name-other-key", "0.1.0", Low,
        "A store holds CAs with the same name and different keys, as a regenerated VMCA leaves behind.",
        "Keep every CA that signed something in use, however old it is; find out which ones did before you remove any.", "KB 326288";
    ManyCrls = 210, "many-crls", "0.1.0", Medium,
        "A store holds 30 or more CRLs; with 100 or more, services may fail to start.",
        "Remove the CRLs of CAs that are no longer in TRUSTED_ROOTS.", "KB 385107";
    DamagedAnchor = 211, "damaged-anchor", "0.1.0", Medium,
        "A trust anchor breaks a rule of its format: a version, serial number, name or extension.",
        "Replace it with a CA that follows RFC 5280; some consumers accept this one and others do not.", "RFC 5280 4.1, 4.2";
    CertificateExpired = 301, "certificate-expired", "0.1.0", Critical,
        "A certificate in use has expired.",
        "Renew it.", "RFC 5280 6.1.3";
    CertificateExpiresHard = 302, "certificate-expires-now", "0.1.0", High,
        "A certificate expires within the hard threshold.",
        "Renew it now.", "KB 323232, vpxd.certmgmt.certs.hardThreshold";
    CertificateExpiresSoft = 303, "certificate-expires-soon", "0.1.0", Medium,
        "A certificate expires within the soft threshold.",
        "Plan its renewal.", "KB 323232, vpxd.certmgmt.certs.softThreshold";
    CertificateNotYetValid = 304, "certificate-not-yet-valid", "0.1.0", High,
        "A certificate in use is not valid yet.",
        "Check the clocks of the issuer and of the machines that read it.", "RFC 5280 6.1.3";
    BackupExpires = 305, "backup-expires", "0.1.0", Medium,
        "An entry in BACKUP_STORE has expired or soon will: nothing uses it, but vCenter raises its certificate alarm for it.",
        "Make sure that the certificate in use is good, then delete the entry (vecs-cli entry delete --store BACKUP_STORE --alias ALIAS).", "KB 326268";
    VcenterRefusesHost = 401, "vcenter-refuses-host", "0.1.0", Critical,
        "A vCenter does not trust what a host presents on port 443.",
        "Add the host's issuer to TRUSTED_ROOTS, or renew the host certificate from a CA that is already there.", "KB 385107";
    VcenterRefusesProvider = 402, "vcenter-refuses-provider", "0.1.0", Critical,
        "SPS does not trust what a host presents on port 9080; its IO filter provider is offline.",
        "Add the host's issuer to TRUSTED_ROOTS, or renew the host certificate; then synchronise storage providers.", "KB 402809, KB 318194";
    HostRefusesVcenter = 403, "host-refuses-vcenter", "0.1.0", Critical,
        "A host does not trust the machine SSL certificate of its vCenter.",
        "Make sure that TRUSTED_ROOTS holds the issuer of the machine certificate, then run Refresh CA Certificates on the host.", "KB 385107";
    HostRefusesSps = 404, "host-refuses-sps", "0.1.0", Critical,
        "A host does not trust the client certificate of SPS; its IO filter provider is offline.",
        "Below 9.0, append sms_self_signed to castore.pem and keep what is already in it; from 9.0 on, run Refresh CA Certificates, which adds the issuer of sps-extension. Then synchronise storage providers.", "KB 440183";
    EdgeDisputed = 405, "edge-disputed", "0.1.0", Low,
        "The requested profile contradicts the side that decides about an edge; that side's own verdict says what breaks.",
        "Fix what the stricter of the two refuses; an update of the side that decides may bring in the stricter rules.", "docs/profiles.md";
    EdgeOtherName = 406, "edge-other-name", "0.1.0", Medium,
        "A trusted certificate does not carry the name used to reach its server.",
        "Reissue it with that name as a subject alternative name, or connect by a name it carries.", "RFC 9525";
    RefreshDropsSms = 407, "refresh-drops-sms", "0.1.0", Medium,
        "A host is due for Refresh CA Certificates, which may drop sms_self_signed: castore.pem holds it and TRUSTED_ROOTS does not.",
        "After the refresh, check that castore.pem still holds it; if not, append it, then synchronise storage providers.", "KB 440183";
    ChainBeginsWithCa = 408, "chain-begins-with-ca", "0.1.0", High,
        "A presented chain begins with a CA certificate, and the server's own certificate comes after it.",
        "Put the server's own certificate first in the file, or in what the server sends, followed by its issuers; nothing has to be reissued.", "RFC 8446 4.4.2";
    PartyNotTrusted = 501, "party-not-trusted", "0.1.0", High,
        "A vCenter does not trust what another presents: vMotion, clones and template deployment between resource vCenters fail with SSLVerifyFault.",
        "Make the additions that the report lists.", "vim.fault.SSLVerifyFault";
    MatrixNotMutual = 502, "matrix-not-mutual", "0.1.0", Medium,
        "Not every vCenter trusts every other.",
        "Make the additions that the report lists.", "vim.fault.SSLVerifyFault";
    RegeneratedRoot = 503, "regenerated-root", "0.1.0", Critical,
        "A CA was regenerated under its old name, and a store holds one of the two CAs while certificates in use are signed by the other.",
        "Add the missing certificate, or reissue what the older key signed; keep each CA as long as anything it signed is in use.", "KB 326288";
    PartyHostsNotTrusted = 504, "party-hosts-not-trusted", "0.1.0", Medium,
        "A vCenter trusts another vCenter, but not that vCenter's hosts.",
        "Add the issuer of those hosts' certificates to TRUSTED_ROOTS.", "vim.fault.SSLVerifyFault";
    LinksBreak = 505, "links-break", "0.1.0", Low,
        "Trust links break on a known date, when a CA certificate expires.",
        "Before that date, publish its successor and reissue what it signed.", "RFC 5280 6.1.3";
    PubliclyTrusted = 506, "publicly-trusted", "0.1.0", Info,
        "A vCenter presents a certificate of a publicly trusted CA (Mozilla's list) that is in no TRUSTED_ROOTS; whether the others trust it is not verified.",
        "The article on trust between vCenters says that publicly signed certificates need no action; if a move still fails with SSLVerifyFault, publish that CA.", "Cloud Director and mutual vCenter trust";
    RenewHostFirst = 601, "renew-host-first", "0.1.0", High,
        "A host's certificate expires no later than its storage provider's: the provider cannot be renewed by re-registration alone.",
        "Renew the host certificate, disconnect and reconnect the host, then unregister the provider so that it registers again.", "KB 320568, KB 318887";
    ReRegisterProvider = 602, "re-register-provider", "0.1.0", Medium,
        "A storage provider's certificate has expired or soon will, while its host's is good for much longer.",
        "Unregister the provider and let it register again; the host needs no change.", "KB 320568, KB 318887";
    StaleProviderCertificate = 603, "stale-provider-certificate", "0.1.0", Medium,
        "The certificate that vCenter remembers for a storage provider is not the one its host presents on port 9080.",
        "Unregister the provider and let it register again.", "KB 320568";
    ProviderOffline = 604, "provider-offline", "0.1.0", High,
        "A storage provider is not online in vCenter.",
        "Look at the other findings on its host first; then synchronise or reconnect the provider.", "KB 402809, KB 320568";
    ProviderMissing = 605, "provider-missing", "0.1.0", Medium,
        "A host has no IO filter provider registered, but other hosts of its vCenter do: providers are registered for every host of a cluster.",
        "If other hosts of its cluster have one, synchronise storage providers; if it still does not appear, restart SPS (vmware-sps).", "KB 402809, KB 318887";
    ProviderShared = 606, "provider-shared", "0.1.0", High,
        "One storage provider is registered in vCenters whose roots differ: each registration replaces its certificate, and the other vCenters then refuse it.",
        "Give the provider a certificate from a CA that all of them trust and set it to keep that certificate (retainVasaProviderCertificate), or register it in only one of them.", "VASA with several vCenters, retainVasaProviderCertificate";
    DatastoreProviderOffline = 607, "datastore-provider-offline", "0.1.0", Critical,
        "No storage provider of a Virtual Volumes datastore is online: the datastore is inaccessible, and its virtual machines cannot be managed.",
        "Look at the findings on that provider first; then reconnect or synchronise it.", "KB 412434";
    CastoreLacksRoot = 701, "castore-lacks-root", "0.1.0", High,
        "A host's castore.pem lacks a CA that is in its vCenter's TRUSTED_ROOTS.",
        "Run Refresh CA Certificates on the host; below 9.0, check afterwards that castore.pem still holds sms_self_signed.", "KB 402809";
    CastoreHasExtra = 702, "castore-has-extra", "0.1.0", Low,
        "A host's castore.pem holds a CA that is not in its vCenter's TRUSTED_ROOTS.",
        "Find out who put it there; Refresh CA Certificates removes it, so publish it in TRUSTED_ROOTS first if anything needs it.", "KB 402809";
    CastoreLacksSms = 703, "castore-lacks-sms", "0.1.0", High,
        "The castore.pem of a host below 9.0 lacks sms_self_signed, so the host refuses SPS.",
        "Append the certificate (vecs-cli entry getcert --store SMS --alias sms_self_signed) to castore.pem, keep what is already in it, then synchronise storage providers. Refresh CA Certificates does not add it.", "KB 440183, KB 318194";
    SsoDomainStoresDiffer = 704, "sso-domain-stores-differ", "0.1.0", Medium,
        "vCenters of one SSO domain hold different certificates in TRUSTED_ROOTS, although VMDIR should replicate them.",
        "Publish what is missing with dir-cli and check replication; if they do not belong to one SSO domain, say so in `sso_domain`.", "KB 385107";
    DirectoryOnly = 705, "directory-only", "0.1.0", Medium,
        "The directory holds a root that TRUSTED_ROOTS does not: vmafd did not copy it, or the listings were made on different days.",
        "List both again on the same day; if the difference remains, run vecs-cli force-refresh on that vCenter.", "KB 326288";
}

impl FindingId {
    /// The stable name, for example `anchor-expired`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.entry().name
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VT{}", self.number())
    }
}

/// The text names no finding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a finding: write VT201 or anchor-expired")]
pub struct FindingIdError {
    /// What was given.
    pub text: String,
}

impl FromStr for FindingId {
    type Err = FindingIdError;

    fn from_str(text: &str) -> Result<Self, FindingIdError> {
        let known = FINDINGS.iter().find(|entry| entry.name == text || entry.id.to_string() == text);
        known.map(|entry| entry.id).ok_or_else(|| FindingIdError { text: text.chars().take(100).collect() })
    }
}

impl Serialize for FindingId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FindingId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for FindingId {
    fn schema_name() -> Cow<'static, str> {
        "FindingId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let ids: Vec<String> = FINDINGS.iter().map(|entry| entry.id.to_string()).collect();
        schemars::json_schema!({ "type": "string", "enum": ids, "description": "see docs/findings.md" })
    }
}
