//! The certificate builder: its defaults and its many ways to go wrong.

use crate::algorithm::SignatureAlgorithm;
use crate::asn1;
use crate::build::{Issuer, assemble};
use crate::cert::{AuthorityKeyId, Cert, SignatureValue, SubjectKeyId, Version};
use crate::distribution::{DistributionPoint, crl_distribution_points};
use crate::extension::{self, Extension, Usage};
use crate::general_name::GeneralName;
use crate::key::Key;
use crate::name::Name;
use crate::oid;
use crate::time::Time;

/// A certificate in the making.
///
/// Each setter replaces what was set before, except those whose text says *adds*.
#[derive(Clone)]
pub struct CertBuilder {
    pub(crate) subject: Name,
    pub(crate) issuer: Option<Name>,
    pub(crate) key: Key,
    pub(crate) version: Version,
    pub(crate) serial: Option<Vec<u8>>,
    pub(crate) not_before: Time,
    pub(crate) not_after: Time,
    pub(crate) algorithm: Option<SignatureAlgorithm>,
    pub(crate) inner_identifier: Option<Vec<u8>>,
    pub(crate) outer_identifier: Option<Vec<u8>>,
    pub(crate) subject_key_id: SubjectKeyId,
    pub(crate) authority_key_id: AuthorityKeyId,
    pub(crate) extensions: Vec<Extension>,
    pub(crate) alt_names: Vec<GeneralName>,
    pub(crate) permitted: Vec<GeneralName>,
    pub(crate) excluded: Vec<GeneralName>,
    pub(crate) extra: Vec<Extension>,
    pub(crate) criticality: Vec<(String, bool)>,
    pub(crate) unique_ids: [Option<Vec<u8>>; 2],
    pub(crate) signature: SignatureValue,
}

impl CertBuilder {
    /// Sets the subject's key pair. Without it every certificate shares `Key::p256(0)`.
    #[must_use]
    pub fn key(mut self, key: Key) -> Self {
        self.key = key;
        self
    }

    /// Sets the subject name.
    #[must_use]
    pub fn subject(mut self, name: impl Into<Name>) -> Self {
        self.subject = name.into();
        self
    }

    /// Writes another issuer name than the issuer's subject.
    #[must_use]
    pub fn issuer(mut self, name: impl Into<Name>) -> Self {
        self.issuer = Some(name.into());
        self
    }

    /// Sets the version field.
    #[must_use]
    pub fn version(mut self, version: Version) -> Self {
        self.version = version;
        self
    }

    /// Sets the serial number. Without it the number follows from subject, issuer, key and dates.
    #[must_use]
    pub fn serial(self, number: u64) -> Self {
        self.serial_bytes(&asn1::unsigned_content(&number.to_be_bytes()))
    }

    /// Sets the serial number's INTEGER content bytes as they are: negative, empty, too long, padded.
    #[must_use]
    pub fn serial_bytes(mut self, content: &[u8]) -> Self {
        self.serial = Some(content.to_vec());
        self
    }

    /// Sets the validity, each end as `"2025-01-01"`, as seconds since 1970 or as a [`Time`].
    #[must_use]
    pub fn validity(mut self, not_before: impl Into<Time>, not_after: impl Into<Time>) -> Self {
        self.not_before = not_before.into();
        self.not_after = not_after.into();
        self
    }

    /// Makes it expired at [`crate::AT`]: 2024-01-01 to 2026-01-01.
    #[must_use]
    pub fn expired(self) -> Self {
        self.validity("2024-01-01", "2026-01-01")
    }

    /// Makes it not yet valid at [`crate::AT`]: 2027-01-01 to 2035-01-01.
    #[must_use]
    pub fn not_yet_valid(self) -> Self {
        self.validity("2027-01-01", "2035-01-01")
    }

    /// Signs with another algorithm than the usual one of the issuer's key.
    #[must_use]
    pub fn algorithm(mut self, algorithm: SignatureAlgorithm) -> Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// Writes another AlgorithmIdentifier into the signed part.
    #[must_use]
    pub fn inner_identifier(mut self, der: Vec<u8>) -> Self {
        self.inner_identifier = Some(der);
        self
    }

    /// Writes another AlgorithmIdentifier beside the signature.
    #[must_use]
    pub fn outer_identifier(mut self, der: Vec<u8>) -> Self {
        self.outer_identifier = Some(der);
        self
    }

    /// Sets the subject key identifier.
    #[must_use]
    pub fn subject_key_id(mut self, id: SubjectKeyId) -> Self {
        self.subject_key_id = id;
        self
    }

    /// Sets the authority key identifier.
    #[must_use]
    pub fn authority_key_id(mut self, id: AuthorityKeyId) -> Self {
        self.authority_key_id = id;
        self
    }

    /// Leaves out both key identifiers.
    #[must_use]
    pub fn no_key_ids(self) -> Self {
        self.subject_key_id(SubjectKeyId::Absent).authority_key_id(AuthorityKeyId::Absent)
    }

    /// Sets basic constraints, critical.
    #[must_use]
    pub fn basic_constraints(self, ca: bool, path_length: Option<u64>) -> Self {
        self.set(oid::BASIC_CONSTRAINTS, true, extension::basic_constraints(ca, path_length))
    }

    /// Makes it a CA with a path length.
    #[must_use]
    pub fn path_length(self, length: u64) -> Self {
        self.basic_constraints(true, Some(length))
    }

    /// Sets key usage, critical.
    #[must_use]
    pub fn key_usage(self, usages: &[Usage]) -> Self {
        self.set(oid::KEY_USAGE, true, extension::key_usage(usages))
    }

    /// Sets extended key usage, not critical.
    #[must_use]
    pub fn extended_key_usage(self, purposes: &[&str]) -> Self {
        self.set(oid::EXTENDED_KEY_USAGE, false, extension::extended_key_usage(purposes))
    }

    /// Sets certificate policies, not critical.
    #[must_use]
    pub fn policies(self, policies: &[&str]) -> Self {
        self.set(oid::CERTIFICATE_POLICIES, false, extension::certificate_policies(policies))
    }

    /// Sets policy mappings (issuer domain, subject domain), critical.
    #[must_use]
    pub fn policy_mappings(self, pairs: &[(&str, &str)]) -> Self {
        self.set(oid::POLICY_MAPPINGS, true, extension::policy_mappings(pairs))
    }

    /// Sets policy constraints, critical.
    #[must_use]
    pub fn policy_constraints(self, require_explicit: Option<u64>, inhibit_mapping: Option<u64>) -> Self {
        self.set(oid::POLICY_CONSTRAINTS, true, extension::policy_constraints(require_explicit, inhibit_mapping))
    }

    /// Sets inhibit any policy, critical.
    #[must_use]
    pub fn inhibit_any_policy(self, skip: u64) -> Self {
        self.set(oid::INHIBIT_ANY_POLICY, true, extension::inhibit_any_policy(skip))
    }

    /// Sets the CRL distribution points, not critical.
    #[must_use]
    pub fn crl_distribution_points(self, points: &[DistributionPoint]) -> Self {
        self.set(oid::CRL_DISTRIBUTION_POINTS, false, crl_distribution_points(points))
    }

    /// Sets the address of the issuer's certificate.
    #[must_use]
    pub fn ca_issuers(self, url: &str) -> Self {
        self.set(oid::AUTHORITY_INFO_ACCESS, false, extension::authority_info_access(url))
    }

    /// Adds a DNS name.
    #[must_use]
    pub fn dns(self, name: &str) -> Self {
        self.alt_name(GeneralName::dns(name))
    }

    /// Adds an IP address such as `192.0.2.1` or `2001:db8::1`.
    #[must_use]
    pub fn ip(self, address: &str) -> Self {
        self.alt_name(GeneralName::ip(address))
    }

    /// Adds an e-mail address.
    #[must_use]
    pub fn email(self, address: &str) -> Self {
        self.alt_name(GeneralName::email(address))
    }

    /// Adds a URI.
    #[must_use]
    pub fn uri(self, uri: &str) -> Self {
        self.alt_name(GeneralName::uri(uri))
    }

    /// Adds any subject alternative name.
    #[must_use]
    pub fn alt_name(mut self, name: GeneralName) -> Self {
        self.alt_names.push(name);
        self
    }

    /// Adds a permitted subtree; the name constraints extension is critical.
    #[must_use]
    pub fn permit(mut self, name: GeneralName) -> Self {
        self.permitted.push(name);
        self
    }

    /// Adds an excluded subtree; the name constraints extension is critical.
    #[must_use]
    pub fn exclude(mut self, name: GeneralName) -> Self {
        self.excluded.push(name);
        self
    }

    /// Adds any extension after all others, even one that is there already.
    #[must_use]
    pub fn extension(mut self, oid: &str, critical: bool, value: Vec<u8>) -> Self {
        self.extra.push(Extension::new(oid, critical, value));
        self
    }

    /// Sets whether the extension `oid` is critical, wherever it comes from.
    #[must_use]
    pub fn critical(mut self, oid: &str, critical: bool) -> Self {
        self.criticality.push((oid.to_owned(), critical));
        self
    }

    /// Removes the extension `oid`, however it was set.
    #[must_use]
    pub fn without(mut self, oid: &str) -> Self {
        self.extensions.retain(|extension| extension.oid != oid);
        self.extra.retain(|extension| extension.oid != oid);
        match oid {
            oid::SUBJECT_KEY_ID => self.subject_key_id = SubjectKeyId::Absent,
            oid::AUTHORITY_KEY_ID => self.authority_key_id = AuthorityKeyId::Absent,
            oid::SUBJECT_ALT_NAME => self.alt_names.clear(),
            oid::NAME_CONSTRAINTS => {
                self.permitted.clear();
                self.excluded.clear();
            }
            _ => {}
        }
        self
    }

    /// Adds issuerUniqueID and subjectUniqueID (version 2 fields).
    #[must_use]
    pub fn unique_ids(mut self, issuer: Option<&[u8]>, subject: Option<&[u8]>) -> Self {
        self.unique_ids = [issuer.map(<[u8]>::to_vec), subject.map(<[u8]>::to_vec)];
        self
    }

    /// Flips the last bit of the signature.
    #[must_use]
    pub fn corrupt_signature(mut self) -> Self {
        self.signature = SignatureValue::Corrupt;
        self
    }

    /// Writes these bytes as the signature, without the cost of signing.
    #[must_use]
    pub fn signature(mut self, bytes: &[u8]) -> Self {
        self.signature = SignatureValue::Bytes(bytes.to_vec());
        self
    }

    /// Finishes it, signed by its own key.
    pub fn self_signed(self) -> Cert {
        assemble(self, None)
    }

    /// Finishes it, signed by `issuer`.
    pub fn issued_by(self, issuer: &Cert) -> Cert {
        let issuer = Issuer::from(issuer);
        assemble(self, Some(issuer))
    }

    /// Finishes it, signed by an issuer that needs no certificate.
    pub fn issued_by_key(self, name: impl Into<Name>, key: &Key) -> Cert {
        let issuer = Issuer { name: name.into(), key: key.clone(), key_id: Some(key.key_id()), own: None };
        assemble(self, Some(issuer))
    }

    fn set(mut self, oid: &str, critical: bool, value: Vec<u8>) -> Self {
        let extension = Extension::new(oid, critical, value);
        match self.extensions.iter_mut().find(|present| present.oid == oid) {
            Some(present) => *present = extension,
            None => self.extensions.push(extension),
        }
        self
    }
}
