//! CRL distribution points and the scope of a CRL (RFC 5280 sections 4.2.1.13 and 5.2.5).
//!
//! Read here field by field: x509-parser 0.18 takes `nameRelativeToCRLIssuer` for explicitly tagged and then drops this
//! and every later field, and a scope without its name would match every certificate.

use x509_parser::asn1_rs::{Any, Class, Tag};
use x509_parser::extensions::GeneralName as ParsedGeneralName;
use x509_parser::prelude::FromDer;
use x509_parser::x509::{AttributeTypeAndValue, RelativeDistinguishedName};

use super::name::canonical_rdn;
use super::{DistinguishedName, GeneralName};

/// One CRL distribution point (RFC 5280 section 4.2.1.13).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DistributionPoint {
    /// Where the CRL is.
    pub name: Option<PointName>,
    /// The reasons this CRL covers; bit n is flag n of `ReasonFlags`. `None` is all.
    pub reasons: Option<u16>,
    /// Who signs the CRL, when it is not the certificate's issuer.
    pub crl_issuer: Vec<DistinguishedName>,
}

/// Issuing distribution point (RFC 5280 section 5.2.5): the scope of a CRL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssuingDistributionPoint {
    /// Where this CRL is published.
    pub name: Option<PointName>,
    /// Only end-entity certificates.
    pub only_user: bool,
    /// Only CA certificates.
    pub only_ca: bool,
    /// Only these reasons; bit n is flag n of `ReasonFlags`.
    pub only_reasons: Option<u16>,
    /// Entries may belong to other issuers.
    pub indirect: bool,
    /// Only attribute certificates.
    pub only_attribute: bool,
}

/// The name of a distribution point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointName {
    /// Complete names.
    Full(Vec<GeneralName>),
    /// One RDN to be added to the CRL issuer's name.
    Relative(RelativeName),
}

/// An RDN relative to the CRL issuer's name, in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelativeName(pub(crate) Box<[u8]>);

/// The extension of a certificate: a SEQUENCE of points. `None` when it is not one.
pub(super) fn distribution_points(der: &[u8]) -> Option<Vec<DistributionPoint>> {
    let (rest, points) = Any::from_der(der).ok()?;
    sequence(&points).filter(|_| rest.is_empty())?.iter().map(distribution_point).collect()
}

fn distribution_point(point: &Any<'_>) -> Option<DistributionPoint> {
    let mut out = DistributionPoint::default();
    for (number, field) in fields(point)? {
        match number {
            0 => out.name = Some(point_name(field.data)?),
            1 => out.reasons = Some(reason_flags(field.data)?),
            2 => {
                let directory = |name| match name {
                    GeneralName::Directory(name) => Some(name),
                    GeneralName::Dns(_)
                    | GeneralName::Ip(_)
                    | GeneralName::Email(_)
                    | GeneralName::Uri(_)
                    | GeneralName::Other(_) => None,
                };
                out.crl_issuer = general_names(field.data)?.into_iter().filter_map(directory).collect();
                // It must be a directory name (RFC 5280 4.2.1.13). Without one it would read as not given, and the
                // certificate issuer's own CRL would speak for this point.
                if out.crl_issuer.is_empty() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    Some(out)
}

/// The extension of a CRL. `None` when it is not one.
pub(super) fn issuing_distribution_point(der: &[u8]) -> Option<IssuingDistributionPoint> {
    let (rest, point) = Any::from_der(der).ok()?;
    let mut out = IssuingDistributionPoint::default();
    for (number, field) in fields(&point).filter(|_| rest.is_empty())? {
        match number {
            0 => out.name = Some(point_name(field.data)?),
            1 => out.only_user = boolean(field.data)?,
            2 => out.only_ca = boolean(field.data)?,
            3 => out.only_reasons = Some(reason_flags(field.data)?),
            4 => out.indirect = boolean(field.data)?,
            5 => out.only_attribute = boolean(field.data)?,
            _ => return None,
        }
    }
    Some(out)
}

fn point_name(der: &[u8]) -> Option<PointName> {
    let (rest, choice) = Any::from_der(der).ok()?;
    match context(&choice).filter(|_| rest.is_empty())? {
        0 => general_names(choice.data).map(PointName::Full),
        1 => {
            let attributes = all(choice.data, |bytes| AttributeTypeAndValue::from_der(bytes).ok())?;
            Some(PointName::Relative(RelativeName(canonical_rdn(&RelativeDistinguishedName::new(attributes)))))
        }
        _ => None,
    }
}

fn general_names(der: &[u8]) -> Option<Vec<GeneralName>> {
    let names = all(der, |bytes| ParsedGeneralName::from_der(bytes).ok())?;
    Some(names.iter().map(GeneralName::from_parsed).collect())
}

/// The content of a BOOLEAN, one octet. Taken for false, a damaged one would widen the scope of a CRL.
const fn boolean(content: &[u8]) -> Option<bool> {
    match content {
        [value] => Some(*value != 0),
        _ => None,
    }
}

/// The content of a BIT STRING: the count of unused bits, then flag 0 in the highest bit.
fn reason_flags(content: &[u8]) -> Option<u16> {
    let (_, bits) = content.split_first()?;
    let high = bits.first().copied().unwrap_or(0);
    let low = bits.get(1).copied().unwrap_or(0);
    Some(u16::from_be_bytes([low, high]).reverse_bits().rotate_left(8))
}

/// The fields of a SEQUENCE of tagged fields, each at most once and in the order of their numbers.
fn fields<'a>(any: &Any<'a>) -> Option<Vec<(u32, Any<'a>)>> {
    let fields: Option<Vec<_>> = sequence(any)?.into_iter().map(|field| Some((context(&field)?, field))).collect();
    fields.filter(|fields| fields.is_sorted_by(|one, next| one.0 < next.0))
}

fn sequence<'a>(any: &Any<'a>) -> Option<Vec<Any<'a>>> {
    (any.class() == Class::Universal && any.tag() == Tag::Sequence).then_some(())?;
    elements(any.data)
}

pub(super) fn context(any: &Any<'_>) -> Option<u32> {
    (any.class() == Class::ContextSpecific).then_some(any.tag().0)
}

pub(super) fn elements(content: &[u8]) -> Option<Vec<Any<'_>>> {
    all(content, |bytes| Any::from_der(bytes).ok())
}

/// Reads one value after the other to the end.
fn all<'a, T>(content: &'a [u8], read: impl Fn(&'a [u8]) -> Option<(&'a [u8], T)>) -> Option<Vec<T>> {
    let mut out = Vec::new();
    let mut rest = content;
    while !rest.is_empty() {
        let (after, value) = read(rest)?;
        out.push(value);
        rest = after;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{boolean, reason_flags};

    #[test]
    fn flag_n_becomes_bit_n() {
        // keyCompromise (1) and cACompromise (2)
        assert_eq!(reason_flags(&[5, 0b0110_0000]), Some(0b110));
        // aACompromise (8)
        assert_eq!(reason_flags(&[7, 0, 0b1000_0000]), Some(1 << 8));
        assert_eq!(reason_flags(&[]), None);
    }

    #[test]
    fn a_boolean_has_one_octet() {
        assert_eq!((boolean(&[0]), boolean(&[0xff])), (Some(false), Some(true)));
        assert_eq!((boolean(&[]), boolean(&[0, 0xff])), (None, None));
    }
}
