//! Whose rules: one table of decisions per validator found on a vSphere link.
//!
//! Each row is calibrated by differential tests against the real validator; `docs/profiles.md` names the versions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::cert::Rules;

/// A consumer of certificates whose decisions are reproduced.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// RFC 5280 with anchors checked as certificates: the default for judging.
    #[default]
    Strict,
    /// OpenSSL 3: ESXi, vpxd.
    Openssl,
    /// The trust manager of Java's TLS: SPS, Cloud Director.
    Java,
    /// Go `crypto/x509`: govc, Terraform.
    Go,
    /// rustls-webpki.
    Webpki,
}

impl Profile {
    /// Every profile, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::Strict, Self::Openssl, Self::Java, Self::Go, Self::Webpki];

    /// The name used in options and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Openssl => "openssl",
            Self::Java => "java",
            Self::Go => "go",
            Self::Webpki => "webpki",
        }
    }

    /// The profile's table.
    #[must_use]
    pub const fn decisions(self) -> &'static Decisions {
        match self {
            Self::Strict => &STRICT,
            Self::Openssl => &OPENSSL,
            Self::Java => &JAVA,
            Self::Go => &GO,
            Self::Webpki => &WEBPKI,
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a profile: write strict, openssl, java, go or webpki")]
pub struct ProfileError {
    /// What was given.
    pub text: String,
}

impl FromStr for Profile {
    type Err = ProfileError;

    fn from_str(text: &str) -> Result<Self, ProfileError> {
        let known = Self::ALL.into_iter().find(|profile| profile.name() == text);
        known.ok_or_else(|| ProfileError { text: text.chars().take(100).collect() })
    }
}

/// The end-entity certificate itself is in the store: does that alone make it trusted?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExactMatch {
    /// Yes.
    Trusted,
    /// Only when it is self-signed, as any root is.
    SelfSigned,
}

/// Does a CRL count that does not say when the next one comes (RFC 5280 section 5.1.2.5)?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NextUpdate {
    /// Yes, for ever.
    Optional,
    /// What it lists counts; where revocation must be known it proves nothing, since it may be of any age.
    WhenRequired,
    /// No.
    Always,
}

/// What an entry `removeFromCRL` means (RFC 5280 section 5.3.1 allows it in delta CRLs only).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemovedEntry {
    /// Not revoked, wherever it stands.
    Lifts,
    /// Not revoked when it stands in a delta CRL; in a complete one it revokes like any other.
    LiftsInDelta,
    /// It revokes like any other.
    Revokes,
}

/// Whether an authority key identifier that differs from the issuer's own refuses that issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyIds {
    /// No: it only helps to find the likeliest issuer (RFC 5280 section 4.2.1.1).
    Help,
    /// Only an issuer that is the anchor, by its key identifier or serial number.
    BindAnchor,
    /// Any issuer, by its key identifier, serial number or issuer name.
    Bind,
}

/// What the key usage of an end-entity certificate must allow for TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsKeyUsage {
    /// Nothing: it is not looked at.
    Ignored,
    /// Signing, whatever the key exchange: all that TLS 1.3 does with the key (RFC 8446 section 4.4.2.2).
    Signature,
    /// Signing or key agreement, and for a server encryption of a key too: what TLS up to 1.2 may do with it.
    AnyExchange,
}

/// What one validator decides where validators differ. `true` in `anchor_*` means the rule applies to anchors too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Decisions {
    /// An expired or not yet valid anchor is refused.
    pub anchor_validity: bool,
    /// An anchor that is not a CA, or may not sign certificates, is refused.
    pub anchor_ca: bool,
    /// An anchor's path length counts.
    pub anchor_path_length: bool,
    /// An anchor's name constraints count.
    pub anchor_name_constraints: bool,
    /// Other rules for CA certificates (version, critical extensions, digest, key) apply to anchors.
    pub anchor_extensions: bool,
    /// An anchor whose two signature algorithm fields differ is refused, though its signature is not looked at.
    pub anchor_algorithms_agree: bool,
    /// An anchor that is not self-signed does not end a path.
    pub anchor_self_signed: bool,
    /// A version 1 root counts as a CA, though it cannot say so.
    pub anchor_version_1: bool,
    /// What an end-entity certificate in the store means.
    pub exact_match: ExactMatch,
    /// An end-entity certificate in the store keeps the rules of any other on dates, usages, critical extensions and
    /// algorithms. Otherwise only its name and its form count.
    pub exact_match_rules: bool,
    /// The last second of validity, `notAfter` itself, is still valid.
    pub last_second: bool,
    /// Names compare by RFC 5280 section 7.1; otherwise byte by byte.
    pub fold_names: bool,
    /// What an authority key identifier that differs from the issuer's does.
    pub key_ids: KeyIds,
    /// The store's certificates may also be in the middle of a path.
    pub store_intermediates: bool,
    /// A CA's extended key usage limits what is below it.
    pub nested_extended_key_usage: bool,
    /// `anyExtendedKeyUsage` counts for every purpose.
    pub any_extended_key_usage: bool,
    /// Server Gated Crypto, the export-era usages of Netscape and Microsoft, counts as server authentication.
    pub server_gated_crypto: bool,
    /// What the key usage of an end-entity certificate of a TLS server or client must allow.
    pub end_entity_key_usage: TlsKeyUsage,
    /// The size and kind of an end-entity certificate's own key are looked at.
    pub end_entity_key: bool,
    /// Key usage `keyCertSign` is required of a CA that has the extension.
    pub certificate_sign: bool,
    /// A self-issued certificate does not use up path length.
    pub self_issued_is_free: bool,
    /// Constraints on e-mail addresses and URIs are understood.
    pub mail_and_uri_constraints: bool,
    /// Constraints on directory names are understood.
    pub directory_constraints: bool,
    /// Constraints on addresses compare the first bytes of an address of either family, and a range with bits behind its
    /// mask holds nothing: OpenJDK's reading. RFC 5280 section 4.2.1.10 keeps IPv4 and IPv6 apart.
    pub address_prefixes: bool,
    /// Policies are processed (RFC 5280 section 6.1.3 (d) onwards).
    pub policies: bool,
    /// Where policies are not processed: critical policy extensions are refused rather than ignored.
    pub refuse_critical_policies: bool,
    /// The server name may be found in the subject's common name when there is no alternative name.
    pub common_name: bool,
    /// A wildcard may be directly below a top-level domain (`*.example`): RFC 9525 section 6.3 does not forbid it.
    pub top_level_wildcard: bool,
    /// A CA certificate is refused as end-entity for server and client.
    pub end_entity_not_ca: bool,
    /// Extensions need version 3, in anchors too: a certificate with both extensions and another version is unreadable.
    pub extensions_need_version_3: bool,
    /// Versions other than 3 are refused below the anchor.
    pub version_3_only: bool,
    /// Forms that are not DER and are taken all the same, because the validator was seen to take them.
    pub encodings: Rules,
    /// DER is what the profile itself asks for. Otherwise a form outside `encodings` is one that was not tried.
    pub strict_encoding: bool,
    /// The rules of RFC 5280 section 4.1 on unique identifiers and the length of serial numbers apply.
    pub structure: bool,
    /// An empty issuer, an empty subject of a CA, and an empty subject without a critical alternative name are refused
    /// (RFC 5280 sections 4.1.2.4 and 4.1.2.6).
    pub refuse_empty_names: bool,
    /// Whether a CRL must say when the next one comes.
    pub next_update: NextUpdate,
    /// A list of the certificate's issuer that is not read whole leaves it unknown whether the certificate is revoked,
    /// though another list does not have it. Otherwise such a list is ignored.
    pub unread_list_refuses: bool,
    /// What an entry `removeFromCRL` means.
    pub removed_entry: RemovedEntry,
    /// SHA-1 signatures are refused.
    pub refuse_sha1: bool,
    /// The shortest acceptable RSA modulus, in bits.
    pub minimum_rsa_bits: u32,
    /// The longest acceptable RSA modulus, in bits.
    pub maximum_rsa_bits: u32,
    /// ECDSA over P-521 is understood.
    pub p521: bool,
    /// ECDSA with SHA-512 is understood.
    pub ecdsa_sha512: bool,
    /// The most certificates between end-entity and anchor.
    pub max_depth: u32,
}

const STRICT: Decisions = Decisions {
    anchor_validity: true,
    anchor_ca: true,
    anchor_path_length: true,
    anchor_name_constraints: true,
    anchor_extensions: true,
    anchor_algorithms_agree: false,
    anchor_self_signed: false,
    anchor_version_1: false,
    exact_match: ExactMatch::Trusted,
    exact_match_rules: true,
    last_second: true,
    fold_names: true,
    key_ids: KeyIds::Help,
    store_intermediates: false,
    nested_extended_key_usage: true,
    any_extended_key_usage: true,
    server_gated_crypto: false,
    end_entity_key_usage: TlsKeyUsage::AnyExchange,
    end_entity_key: true,
    certificate_sign: true,
    self_issued_is_free: true,
    mail_and_uri_constraints: true,
    directory_constraints: true,
    address_prefixes: false,
    policies: true,
    refuse_critical_policies: false,
    common_name: false,
    top_level_wildcard: true,
    end_entity_not_ca: false,
    extensions_need_version_3: true,
    version_3_only: false,
    encodings: Rules::NONE,
    strict_encoding: true,
    structure: true,
    refuse_empty_names: true,
    next_update: NextUpdate::WhenRequired,
    unread_list_refuses: true,
    removed_entry: RemovedEntry::LiftsInDelta,
    refuse_sha1: true,
    minimum_rsa_bits: 2048,
    maximum_rsa_bits: 8192,
    p521: true,
    ecdsa_sha512: true,
    max_depth: 600,
};

const OPENSSL: Decisions = Decisions {
    anchor_self_signed: true,
    anchor_version_1: true,
    exact_match: ExactMatch::SelfSigned,
    last_second: false,
    key_ids: KeyIds::Bind,
    store_intermediates: true,
    any_extended_key_usage: false,
    server_gated_crypto: true,
    end_entity_key: false,
    policies: false,
    common_name: true,
    top_level_wildcard: false,
    extensions_need_version_3: false,
    strict_encoding: false,
    structure: false,
    refuse_empty_names: false,
    next_update: NextUpdate::Optional,
    unread_list_refuses: false,
    removed_entry: RemovedEntry::Lifts,
    // `openssl verify` without a security level; a TLS service at level 1 or 2 refuses SHA-1 and RSA-1024 as well.
    refuse_sha1: false,
    minimum_rsa_bits: 512,
    maximum_rsa_bits: 16384,
    max_depth: 100,
    ..STRICT
};

const JAVA: Decisions = Decisions {
    anchor_validity: false,
    anchor_version_1: true,
    anchor_path_length: false,
    anchor_name_constraints: false,
    anchor_extensions: false,
    anchor_algorithms_agree: true,
    exact_match_rules: false,
    key_ids: KeyIds::BindAnchor,
    nested_extended_key_usage: false,
    address_prefixes: true,
    server_gated_crypto: true,
    end_entity_key_usage: TlsKeyUsage::Signature,
    end_entity_key: false,
    common_name: true,
    strict_encoding: false,
    structure: false,
    next_update: NextUpdate::Always,
    removed_entry: RemovedEntry::Revokes,
    refuse_sha1: false,
    minimum_rsa_bits: 1024,
    maximum_rsa_bits: 16384,
    ..STRICT
};

const GO: Decisions = Decisions {
    anchor_algorithms_agree: true,
    anchor_version_1: true,
    fold_names: false,
    end_entity_key_usage: TlsKeyUsage::Ignored,
    end_entity_key: false,
    self_issued_is_free: false,
    directory_constraints: false,
    extensions_need_version_3: false,
    strict_encoding: false,
    structure: false,
    refuse_empty_names: false,
    minimum_rsa_bits: 1024,
    max_depth: 99,
    ..STRICT
};

const WEBPKI: Decisions = Decisions {
    anchor_validity: false,
    anchor_ca: false,
    anchor_path_length: false,
    anchor_extensions: false,
    anchor_algorithms_agree: true,
    exact_match: ExactMatch::SelfSigned,
    fold_names: false,
    any_extended_key_usage: false,
    end_entity_key_usage: TlsKeyUsage::Ignored,
    end_entity_key: false,
    certificate_sign: false,
    self_issued_is_free: false,
    mail_and_uri_constraints: false,
    directory_constraints: false,
    policies: false,
    refuse_critical_policies: true,
    top_level_wildcard: false,
    end_entity_not_ca: true,
    version_3_only: true,
    strict_encoding: false,
    structure: false,
    refuse_empty_names: false,
    next_update: NextUpdate::Always,
    removed_entry: RemovedEntry::Revokes,
    p521: false,
    ecdsa_sha512: false,
    max_depth: 6,
    ..STRICT
};
