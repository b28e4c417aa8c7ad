//! The values of the extensions of RFC 5280 section 4.2, each read to its last octet.

use super::der::{Reader, Unreadable, tag};
use super::distribution_point::DistributionPoints;
use super::extension::{AuthorityKeyId, BasicConstraints, KeyUsage, NameConstraints, PolicyConstraints};
use super::general_name::{GeneralName, GeneralNames};
use super::name_constraints::name_constraints;
use super::{Oid, certificate};
use crate::thumbprint::KeyId;

/// What one extension says.
pub(super) enum Value {
    BasicConstraints(BasicConstraints),
    KeyUsage(KeyUsage),
    ExtendedKeyUsage(Vec<Oid>),
    SubjectAlternativeName(GeneralNames),
    NameConstraints(NameConstraints),
    CertificatePolicies(Vec<Oid>),
    PolicyMappings(Vec<(Oid, Oid)>),
    PolicyConstraints(PolicyConstraints),
    InhibitAnyPolicy(u32),
    SubjectKeyId(KeyId),
    AuthorityKeyId(AuthorityKeyId),
    CrlDistributionPoints(DistributionPoints),
    /// Read, but nothing is decided by it.
    Informational,
    /// Not read: another kind of extension.
    Unknown,
}

/// No certificate has so many extended key usages; a list of more is not read.
const MOST_USAGES: usize = 1_024;
/// No certificate has so many policies or mappings; a list of more is not read.
const MOST_POLICIES: usize = 65_536;

/// Reads a value by the identifier of its extension.
pub(super) fn read(identifier: &[u8], mut value: Reader<'_>) -> Result<Value, Unreadable> {
    let read = match identifier {
        [0x55, 0x1d, 14] => Value::SubjectKeyId(KeyId(value.expect(tag::OCTET_STRING)?.content.into())),
        [0x55, 0x1d, 15] => Value::KeyUsage(KeyUsage(value.expect(tag::BIT_STRING)?.flags())),
        [0x55, 0x1d, 17] => Value::SubjectAlternativeName(alternative_names(value.sequence()?)?),
        [0x55, 0x1d, 18] => GeneralNames::read(value.sequence()?).map(|_| Value::Informational)?,
        [0x55, 0x1d, 19] => Value::BasicConstraints(basic_constraints(value.sequence()?)?),
        [0x55, 0x1d, 30] => return name_constraints(value).map(Value::NameConstraints),
        [0x55, 0x1d, 31] => return DistributionPoints::read(value).map(Value::CrlDistributionPoints),
        [0x55, 0x1d, 32] => Value::CertificatePolicies(policies(value.sequence()?)?),
        [0x55, 0x1d, 33] => Value::PolicyMappings(policy_mappings(value.sequence()?)?),
        [0x55, 0x1d, 35] => Value::AuthorityKeyId(authority_key_id(value.sequence()?)?),
        [0x55, 0x1d, 36] => Value::PolicyConstraints(policy_constraints(value.sequence()?)?),
        [0x55, 0x1d, 37] => Value::ExtendedKeyUsage(usages(value.sequence()?)?),
        // Freshest CRL (4.2.1.15).
        [0x55, 0x1d, 46] => return DistributionPoints::read(value).map(|_| Value::Informational),
        [0x55, 0x1d, 54] => Value::InhibitAnyPolicy(value.expect(tag::INTEGER)?.count()),
        // Authority and subject information access (4.2.2.1, 4.2.2.2).
        [0x2b, 6, 1, 5, 5, 7, 1, 1 | 11] => information_access(value.sequence()?)?,
        _ => return Ok(Value::Unknown),
    };
    value.finish();
    Ok(read)
}

/// An address has 4 or 16 octets (RFC 5280 4.2.1.6); of another length nobody can say which it is.
fn alternative_names(list: Reader<'_>) -> Result<GeneralNames, Unreadable> {
    let names = GeneralNames::read(list)?;
    let odd = |name: GeneralName<'_>| matches!(name, GeneralName::Ip(octets) if !matches!(octets.len(), 4 | 16));
    if names.iter().any(odd) { Err(list.unreadable("an address is neither IPv4 nor IPv6")) } else { Ok(names) }
}

fn basic_constraints(mut fields: Reader<'_>) -> Result<BasicConstraints, Unreadable> {
    let ca = fields.optional(tag::BOOLEAN)?.is_some_and(|flag| flag.flag());
    let path_length = fields.optional(tag::INTEGER)?.map(|length| length.count());
    fields.finish();
    Ok(BasicConstraints { ca, path_length })
}

fn usages(mut list: Reader<'_>) -> Result<Vec<Oid>, Unreadable> {
    list.tell_if_empty();
    let mut out = Vec::new();
    while !list.is_at_end() {
        bounded(&list, out.len(), MOST_USAGES)?;
        out.push(list.expect(tag::OBJECT_IDENTIFIER)?.oid());
    }
    Ok(out)
}

fn policies(mut list: Reader<'_>) -> Result<Vec<Oid>, Unreadable> {
    list.tell_if_empty();
    let mut out = Vec::new();
    while !list.is_at_end() {
        bounded(&list, out.len(), MOST_POLICIES)?;
        let mut fields = list.expect(tag::SEQUENCE)?.inside();
        out.push(fields.expect(tag::OBJECT_IDENTIFIER)?.oid());
        // Policy qualifiers inform people; only their form counts.
        if let Some(qualifiers) = fields.optional(tag::SEQUENCE)? {
            qualifiers.check_all()?;
        }
        fields.finish();
    }
    Ok(out)
}

fn policy_mappings(mut list: Reader<'_>) -> Result<Vec<(Oid, Oid)>, Unreadable> {
    list.tell_if_empty();
    let mut out = Vec::new();
    while !list.is_at_end() {
        bounded(&list, out.len(), MOST_POLICIES)?;
        let mut fields = list.expect(tag::SEQUENCE)?.inside();
        let from = fields.expect(tag::OBJECT_IDENTIFIER)?.oid();
        let to = fields.expect(tag::OBJECT_IDENTIFIER)?.oid();
        fields.finish();
        out.push((from, to));
    }
    Ok(out)
}

const fn bounded(list: &Reader<'_>, count: usize, most: usize) -> Result<(), Unreadable> {
    if count < most { Ok(()) } else { Err(list.unreadable("the list is longer than any list that is accepted")) }
}

fn policy_constraints(mut fields: Reader<'_>) -> Result<PolicyConstraints, Unreadable> {
    fields.tell_if_empty();
    let mut count = |number| Ok(fields.optional(tag::context(number))?.map(|value| value.count()));
    let (require_explicit_policy, inhibit_policy_mapping) = (count(0)?, count(1)?);
    fields.finish();
    Ok(PolicyConstraints { require_explicit_policy, inhibit_policy_mapping })
}

fn authority_key_id(mut fields: Reader<'_>) -> Result<AuthorityKeyId, Unreadable> {
    let key_id = fields.optional(tag::context(0))?.map(|id| KeyId(id.content.into()));
    let names = match fields.optional(tag::context_constructed(1))? {
        Some(names) => GeneralNames::read(names.inside())?,
        None => GeneralNames::default(),
    };
    let serial_number = fields.optional(tag::context(2))?.map(|serial| certificate::minimal(serial.integer()).into());
    fields.finish();
    Ok(AuthorityKeyId { key_id, issuer: names.directories().next(), serial_number })
}

fn information_access(mut list: Reader<'_>) -> Result<Value, Unreadable> {
    list.tell_if_empty();
    while !list.is_at_end() {
        let mut fields = list.expect(tag::SEQUENCE)?.inside();
        fields.expect(tag::OBJECT_IDENTIFIER)?.oid();
        GeneralName::check(&fields.element()?)?;
        fields.finish();
    }
    Ok(Value::Informational)
}
