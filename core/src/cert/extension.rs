//! The extensions of RFC 5280 section 4.2 that path verification decides by.

use hashbrown::HashMap;

use super::der::{Log, Reader, Rule, Unreadable, tag};
use super::distribution_point::DistributionPoints;
use super::extension_value::{self, Value};
use super::general_name::GeneralNames;
use super::{DistinguishedName, Oid};
use crate::thumbprint::KeyId;

/// The extensions of one certificate; what is absent is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions {
    /// Basic constraints (4.2.1.9).
    pub basic_constraints: Option<BasicConstraints>,
    /// Key usage (4.2.1.3).
    pub key_usage: Option<KeyUsage>,
    /// Extended key usage (4.2.1.12): the purposes' object identifiers.
    pub extended_key_usage: Option<Vec<Oid>>,
    /// Subject alternative names (4.2.1.6).
    pub subject_alternative_names: Option<GeneralNames>,
    /// Name constraints (4.2.1.10).
    pub name_constraints: Option<NameConstraints>,
    /// Certificate policies (4.2.1.4): the policies' object identifiers.
    pub certificate_policies: Option<Vec<Oid>>,
    /// Policy mappings (4.2.1.5): issuer domain policy, subject domain policy.
    pub policy_mappings: Vec<(Oid, Oid)>,
    /// Policy constraints (4.2.1.11).
    pub policy_constraints: Option<PolicyConstraints>,
    /// Inhibit anyPolicy (4.2.1.14): how many more certificates may use it.
    pub inhibit_any_policy: Option<u32>,
    /// Subject key identifier (4.2.1.2).
    pub subject_key_id: Option<KeyId>,
    /// Authority key identifier (4.2.1.1).
    pub authority_key_id: Option<AuthorityKeyId>,
    /// CRL distribution points (4.2.1.13).
    pub crl_distribution_points: DistributionPoints,
    /// Critical extensions this library does not process.
    pub unknown_critical: Vec<Oid>,
    /// Extensions that occur more than once; RFC 5280 section 4.2 forbids it.
    pub duplicates: Vec<Oid>,
    /// Extensions whose value is not of their type.
    pub malformed: Vec<Oid>,
    /// The recognised extensions that are marked critical.
    pub critical: Vec<Oid>,
}

/// Basic constraints (RFC 5280 section 4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    /// The subject is a CA.
    pub ca: bool,
    /// How many non-self-issued intermediates may follow; a number beyond 32 bits is the largest that fits.
    pub path_length: Option<u32>,
}

/// Key usage bits (RFC 5280 section 4.2.1.3); bit 0 is `digitalSignature`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage(pub u16);

impl KeyUsage {
    /// `keyCertSign`, bit 5.
    #[must_use]
    pub const fn certificate_sign(self) -> bool {
        self.0 >> 5 & 1 == 1
    }

    /// `cRLSign`, bit 6.
    #[must_use]
    pub const fn crl_sign(self) -> bool {
        self.0 >> 6 & 1 == 1
    }

    /// `keyEncipherment`, bit 2.
    #[must_use]
    pub const fn key_encipherment(self) -> bool {
        self.0 >> 2 & 1 == 1
    }

    /// `keyAgreement`, bit 4.
    #[must_use]
    pub const fn key_agreement(self) -> bool {
        self.0 >> 4 & 1 == 1
    }

    /// `digitalSignature`, bit 0.
    #[must_use]
    pub const fn digital_signature(self) -> bool {
        self.0 & 1 == 1
    }

    /// The RFC's names of the bits that are set.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        const NAMES: [&str; 9] = [
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly",
        ];
        NAMES.iter().enumerate().filter(|(bit, _)| self.0 >> bit & 1 == 1).map(|(_, name)| *name).collect()
    }
}

/// Name constraints (RFC 5280 section 4.2.1.10).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameConstraints {
    /// A name of a form listed here must lie in one of these subtrees.
    pub permitted: GeneralNames,
    /// No name may lie in one of these subtrees.
    pub excluded: GeneralNames,
}

/// Policy constraints (RFC 5280 section 4.2.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyConstraints {
    /// After how many certificates an acceptable policy is required.
    pub require_explicit_policy: Option<u32>,
    /// After how many certificates policies are no longer mapped.
    pub inhibit_policy_mapping: Option<u32>,
}

/// Authority key identifier (RFC 5280 section 4.2.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityKeyId {
    /// The issuer's key identifier.
    pub key_id: Option<KeyId>,
    /// The name of the issuer's issuer.
    pub issuer: Option<DistinguishedName>,
    /// The serial number of the issuer's certificate, as in [`Certificate::serial_number`](super::Certificate).
    pub serial_number: Option<Box<[u8]>>,
}

const BASIC_CONSTRAINTS: &str = "2.5.29.19";
/// No certificate has so many extensions. What follows is not read, and told.
pub(super) const MOST_EXTENSIONS: usize = 65_536;

/// One extension as it stands in a list.
pub(super) struct Raw<'a> {
    /// The content octets of its identifier.
    pub(super) oid_octets: &'a [u8],
    pub(super) oid: Oid,
    pub(super) critical: bool,
    /// The content of the OCTET STRING.
    pub(super) value: &'a [u8],
    /// Where that content begins.
    pub(super) offset: usize,
}

/// Reads `SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`.
pub(super) fn raw<'a>(list: &mut Reader<'a>) -> Result<Result<Raw<'a>, Unreadable>, Unreadable> {
    let mut fields = list.expect(tag::SEQUENCE)?.inside();
    Ok(fields_of(&mut fields))
}

fn fields_of<'a>(fields: &mut Reader<'a>) -> Result<Raw<'a>, Unreadable> {
    let identifier = fields.expect(tag::OBJECT_IDENTIFIER)?;
    let oid = identifier.oid();
    let critical = fields.optional(tag::BOOLEAN)?.is_some_and(|flag| flag.flag());
    let value = fields.expect(tag::OCTET_STRING)?;
    fields.finish();
    let offset = value.inside().offset();
    Ok(Raw { oid_octets: identifier.content, oid, critical, value: value.content, offset })
}

impl Extensions {
    /// Reads the list to its end, or to [`MOST_EXTENSIONS`]. An extension without a readable identifier is told; one
    /// whose value does not read is kept by name in [`malformed`](Self::malformed).
    pub(super) fn read(mut list: Reader<'_>) -> Result<Self, Unreadable> {
        let mut out = Self::default();
        // Each identifier, and whether it was met twice.
        let mut seen: HashMap<&[u8], bool> = HashMap::new();
        if list.is_at_end() {
            list.tell(Rule::Empty);
        }
        while !list.is_at_end() {
            if seen.len() == MOST_EXTENSIONS {
                list.tell(Rule::Limit);
                break;
            }
            let place = list;
            match raw(&mut list)? {
                Ok(extension) => match seen.get_mut(extension.oid_octets) {
                    Some(told) if *told => (),
                    Some(told) => {
                        *told = true;
                        out.duplicates.push(extension.oid);
                    }
                    None => {
                        seen.insert(extension.oid_octets, false);
                        out.add(extension, place.log());
                    }
                },
                Err(_) => place.tell(Rule::Tag),
            }
        }
        Ok(out)
    }

    fn add(&mut self, extension: Raw<'_>, log: &Log) {
        let own = Log::default();
        let value = Reader::new(extension.value, extension.offset, "extensions", &own);
        let read = extension_value::read(extension.oid_octets, value);
        log.take_notes(&own);
        let value = match read {
            Ok(value) if own.is_clean() => value,
            Ok(_) | Err(_) => return self.malformed.push(extension.oid),
        };
        let processed = self.set(value);
        match (processed, extension.critical) {
            (false, true) => self.unknown_critical.push(extension.oid),
            (true, true) => self.critical.push(extension.oid),
            (_, false) => (),
        }
    }

    /// Keeps a value; says whether a critical extension of its kind is processed.
    fn set(&mut self, value: Value) -> bool {
        match value {
            Value::BasicConstraints(value) => self.basic_constraints = Some(value),
            Value::KeyUsage(value) => self.key_usage = Some(value),
            Value::ExtendedKeyUsage(value) => self.extended_key_usage = Some(value),
            Value::SubjectAlternativeName(value) => self.subject_alternative_names = Some(value),
            Value::NameConstraints(value) => self.name_constraints = Some(value),
            Value::CertificatePolicies(value) => self.certificate_policies = Some(value),
            Value::PolicyMappings(value) => self.policy_mappings = value,
            Value::PolicyConstraints(value) => self.policy_constraints = Some(value),
            Value::InhibitAnyPolicy(value) => self.inhibit_any_policy = Some(value),
            Value::CrlDistributionPoints(value) => self.crl_distribution_points = value,
            // RFC 5280 4.2.1.1, 4.2.1.2, 4.2.1.7 and 4.2.2 forbid or discourage to mark these critical, and every
            // validator takes a critical one for unknown.
            Value::SubjectKeyId(value) => {
                self.subject_key_id = Some(value);
                return false;
            }
            Value::AuthorityKeyId(value) => {
                self.authority_key_id = Some(value);
                return false;
            }
            Value::Informational | Value::Unknown => return false,
        }
        true
    }

    /// Whether the basic constraints extension is marked critical.
    #[must_use]
    pub fn basic_constraints_critical(&self) -> bool {
        self.critical.iter().any(|oid| *oid == *BASIC_CONSTRAINTS)
    }
}
