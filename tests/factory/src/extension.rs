//! Extension bodies: each function writes the content of one extension.

use crate::asn1;
use crate::general_name::{GeneralName, general_names};
use crate::oid;

/// One extension of a certificate, CRL or CRL entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub(crate) oid: String,
    pub(crate) critical: bool,
    pub(crate) value: Vec<u8>,
}

impl Extension {
    /// An extension with any OID and any body.
    pub fn new(oid: &str, critical: bool, value: Vec<u8>) -> Self {
        Self { oid: oid.to_owned(), critical, value }
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        let mut parts = vec![asn1::oid(&self.oid)];
        if self.critical {
            parts.push(asn1::yes());
        }
        parts.push(asn1::octet_string(&self.value));
        asn1::sequence(&parts)
    }
}

/// A bit of the key usage extension (RFC 5280 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Usage {
    /// digitalSignature.
    DigitalSignature,
    /// nonRepudiation, also named contentCommitment.
    NonRepudiation,
    /// keyEncipherment.
    KeyEncipherment,
    /// dataEncipherment.
    DataEncipherment,
    /// keyAgreement.
    KeyAgreement,
    /// keyCertSign.
    KeyCertSign,
    /// cRLSign.
    CrlSign,
    /// encipherOnly.
    EncipherOnly,
    /// decipherOnly.
    DecipherOnly,
}

impl Usage {
    const ALL: [Self; 9] = [
        Self::DigitalSignature,
        Self::NonRepudiation,
        Self::KeyEncipherment,
        Self::DataEncipherment,
        Self::KeyAgreement,
        Self::KeyCertSign,
        Self::CrlSign,
        Self::EncipherOnly,
        Self::DecipherOnly,
    ];

    fn position(self) -> u8 {
        (0..).zip(Self::ALL).find(|(_, usage)| *usage == self).map(|(position, _)| position).expect("ALL has all")
    }
}

/// BasicConstraints. FALSE is left out, as DER asks of a default.
pub fn basic_constraints(ca: bool, path_length: Option<u64>) -> Vec<u8> {
    let mut parts = Vec::new();
    parts.extend(ca.then(asn1::yes));
    parts.extend(path_length.map(asn1::integer));
    asn1::sequence(&parts)
}

/// KeyUsage.
pub fn key_usage(usages: &[Usage]) -> Vec<u8> {
    asn1::tlv(asn1::BIT_STRING, &asn1::named_bits(&usages.iter().map(|usage| usage.position()).collect::<Vec<_>>()))
}

/// ExtKeyUsageSyntax.
pub fn extended_key_usage(purposes: &[&str]) -> Vec<u8> {
    oid_sequence(purposes)
}

/// SubjectKeyIdentifier.
pub fn subject_key_id(id: &[u8]) -> Vec<u8> {
    asn1::octet_string(id)
}

/// AuthorityKeyIdentifier from its three optional fields; the serial number is the INTEGER's content bytes.
pub fn authority_key_id(key_id: Option<&[u8]>, issuer: Option<&[GeneralName]>, serial: Option<&[u8]>) -> Vec<u8> {
    let mut parts = Vec::new();
    parts.extend(key_id.map(|id| asn1::context_primitive(0, id)));
    parts.extend(issuer.map(|names| asn1::context(1, &names.iter().flat_map(GeneralName::der).collect::<Vec<_>>())));
    parts.extend(serial.map(|serial| asn1::context_primitive(2, serial)));
    asn1::sequence(&parts)
}

/// SubjectAltName and IssuerAltName.
pub fn alt_name(names: &[GeneralName]) -> Vec<u8> {
    general_names(names)
}

/// NameConstraints; an empty list leaves its field out.
pub fn name_constraints(permitted: &[GeneralName], excluded: &[GeneralName]) -> Vec<u8> {
    let subtrees =
        |names: &[GeneralName]| names.iter().flat_map(|name| asn1::sequence(&[name.der()])).collect::<Vec<_>>();
    let mut parts = Vec::new();
    if !permitted.is_empty() {
        parts.push(asn1::context(0, &subtrees(permitted)));
    }
    if !excluded.is_empty() {
        parts.push(asn1::context(1, &subtrees(excluded)));
    }
    asn1::sequence(&parts)
}

/// CertificatePolicies without qualifiers.
pub fn certificate_policies(policies: &[&str]) -> Vec<u8> {
    asn1::sequence(&policies.iter().map(|policy| asn1::sequence(&[asn1::oid(policy)])).collect::<Vec<_>>())
}

/// PolicyMappings: pairs of issuer domain policy and subject domain policy.
pub fn policy_mappings(pairs: &[(&str, &str)]) -> Vec<u8> {
    let pair = |(issuer, subject): &(&str, &str)| asn1::sequence(&[asn1::oid(issuer), asn1::oid(subject)]);
    asn1::sequence(&pairs.iter().map(pair).collect::<Vec<_>>())
}

/// PolicyConstraints.
pub fn policy_constraints(require_explicit: Option<u64>, inhibit_mapping: Option<u64>) -> Vec<u8> {
    let field = |tag: u8, skip: u64| asn1::context_primitive(tag, &asn1::unsigned_content(&skip.to_be_bytes()));
    let mut parts = Vec::new();
    parts.extend(require_explicit.map(|skip| field(0, skip)));
    parts.extend(inhibit_mapping.map(|skip| field(1, skip)));
    asn1::sequence(&parts)
}

/// InhibitAnyPolicy.
pub fn inhibit_any_policy(skip: u64) -> Vec<u8> {
    asn1::integer(skip)
}

/// AuthorityInfoAccess with one address of the issuer's certificate.
pub fn authority_info_access(ca_issuers: &str) -> Vec<u8> {
    asn1::sequence(&[asn1::sequence(&[asn1::oid(oid::CA_ISSUERS), GeneralName::uri(ca_issuers).der()])])
}

fn oid_sequence(oids: &[&str]) -> Vec<u8> {
    asn1::sequence(&oids.iter().map(|oid| asn1::oid(oid)).collect::<Vec<_>>())
}
