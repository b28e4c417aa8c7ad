//! Finished certificates and where each kind starts.

use der::pem::LineEnding;

use crate::algorithm::{Hash, SignatureAlgorithm};
use crate::builder::CertBuilder;
use crate::extension::Usage;
use crate::general_name::GeneralName;
use crate::key::Key;
use crate::name::Name;
use crate::oid;
use crate::time::{NOT_AFTER, NOT_BEFORE};

/// A finished certificate together with its key and what it was made from.
#[derive(Clone)]
pub struct Cert {
    pub(crate) der: Vec<u8>,
    pub(crate) serial: Vec<u8>,
    pub(crate) issuer: Name,
    pub(crate) subject_key_id: Option<Vec<u8>>,
    pub(crate) builder: CertBuilder,
}

impl Cert {
    /// Starts a CA certificate: basic constraints and key usage critical, key identifiers.
    pub fn ca(subject: impl Into<Name>) -> CertBuilder {
        Self::bare(subject)
            .subject_key_id(SubjectKeyId::Auto)
            .authority_key_id(AuthorityKeyId::Auto)
            .basic_constraints(true, None)
            .key_usage(&[Usage::KeyCertSign, Usage::CrlSign])
    }

    /// Starts an end-entity certificate: key usage, extended key usage for servers and clients, key identifiers.
    pub fn end_entity(subject: impl Into<Name>) -> CertBuilder {
        Self::bare(subject)
            .subject_key_id(SubjectKeyId::Auto)
            .authority_key_id(AuthorityKeyId::Auto)
            .key_usage(&[Usage::DigitalSignature, Usage::KeyEncipherment])
            .extended_key_usage(&[oid::SERVER_AUTH, oid::CLIENT_AUTH])
    }

    /// Starts a version 3 certificate without any extension.
    pub fn bare(subject: impl Into<Name>) -> CertBuilder {
        CertBuilder {
            subject: subject.into(),
            issuer: None,
            key: Key::p256(0),
            version: Version::V3,
            serial: None,
            not_before: NOT_BEFORE.into(),
            not_after: NOT_AFTER.into(),
            algorithm: None,
            inner_identifier: None,
            outer_identifier: None,
            subject_key_id: SubjectKeyId::Absent,
            authority_key_id: AuthorityKeyId::Absent,
            extensions: Vec::new(),
            alt_names: Vec::new(),
            permitted: Vec::new(),
            excluded: Vec::new(),
            extra: Vec::new(),
            criticality: Vec::new(),
            unique_ids: [None, None],
            signature: SignatureValue::Good,
        }
    }

    /// The DER bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The PEM block `CERTIFICATE`.
    pub fn pem(&self) -> String {
        pem("CERTIFICATE", &self.der)
    }

    /// The key pair of the subject.
    pub fn key(&self) -> &Key {
        &self.builder.key
    }

    /// The subject name.
    pub fn subject(&self) -> &Name {
        &self.builder.subject
    }

    /// The issuer name.
    pub fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// The content bytes of the serial number.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// The subject key identifier, when the certificate has one.
    pub fn subject_key_id(&self) -> Option<&[u8]> {
        self.subject_key_id.as_deref()
    }

    /// The vSphere thumbprint and TRUSTED_ROOTS alias: SHA-1 of the DER as lower-case hexadecimal digits.
    pub fn sha1(&self) -> String {
        hex(&Hash::Sha1.digest(&self.der))
    }

    /// SHA-256 of the DER as lower-case hexadecimal digits.
    pub fn sha256(&self) -> String {
        hex(&Hash::Sha256.digest(&self.der))
    }

    /// The builder this certificate came from, to make a renewed, cross-signed or broken variant.
    pub fn rebuild(&self) -> CertBuilder {
        self.builder.clone()
    }

    /// The same certificate after `patch` has changed its DER; the signature is not made anew.
    #[must_use]
    pub fn patched(mut self, patch: impl FnOnce(&mut Vec<u8>)) -> Self {
        patch(&mut self.der);
        self
    }
}

/// The version field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Version 1: the field is absent, as DER asks for a default.
    V1,
    /// Version 2.
    V2,
    /// Version 3.
    V3,
    /// The field is present with this value: 0 is version 1 spelled out, 4 is version 5.
    Encoded(u8),
}

/// The subject key identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectKeyId {
    /// SHA-1 of the public key.
    Auto,
    /// No extension.
    Absent,
    /// These bytes.
    Bytes(Vec<u8>),
}

/// The authority key identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorityKeyId {
    /// The issuer's subject key identifier; absent when the issuer has none or is the certificate itself.
    Auto,
    /// As `Auto`, but also in self-signed certificates.
    Always,
    /// No extension.
    Absent,
    /// These bytes as key identifier.
    KeyId(Vec<u8>),
    /// Issuer and serial number of the issuer's certificate, without a key identifier.
    IssuerAndSerial,
    /// Key identifier, issuer and serial number of the issuer's certificate.
    All,
    /// Any of the three fields; the serial number is the INTEGER's content bytes.
    Fields(Option<Vec<u8>>, Option<Vec<GeneralName>>, Option<Vec<u8>>),
}

/// What goes into the signature field.
#[derive(Clone, Debug)]
pub(crate) enum SignatureValue {
    Good,
    Corrupt,
    Bytes(Vec<u8>),
}

impl SignatureValue {
    pub(crate) fn of(&self, algorithm: SignatureAlgorithm, key: &Key, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Good => algorithm.sign(key, message),
            Self::Corrupt => {
                let mut signature = algorithm.sign(key, message);
                signature.last_mut().into_iter().for_each(|byte| *byte ^= 1);
                signature
            }
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

/// `der` in PEM armour, 64 characters a line.
pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    der::pem::encode_string(label, LineEnding::LF, der).expect("the label is a PEM label")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
