//! CRL distribution points and the issuing distribution point that answers them.

use crate::asn1;
use crate::crl::Reason;
use crate::general_name::GeneralName;
use crate::name::Attribute;

/// One CRL distribution point of a certificate (RFC 5280 4.2.1.13).
#[derive(Clone, Debug, Default)]
pub struct DistributionPoint {
    /// Full names; empty leaves the name out.
    pub full_name: Vec<GeneralName>,
    /// Name relative to the CRL issuer; used when `full_name` is empty.
    pub relative_name: Vec<Attribute>,
    /// The reasons this point answers for; empty means all.
    pub reasons: Vec<Reason>,
    /// Who signs the CRL, when that is not the certificate's issuer.
    pub crl_issuer: Vec<GeneralName>,
}

impl DistributionPoint {
    /// A point with one address.
    pub fn url(url: &str) -> Self {
        Self { full_name: vec![GeneralName::uri(url)], ..Self::default() }
    }

    fn der(&self) -> Vec<u8> {
        let mut parts = Vec::new();
        parts.extend(point_name(&self.full_name, &self.relative_name));
        if !self.reasons.is_empty() {
            parts.push(asn1::context_primitive(1, &reason_flags(&self.reasons)));
        }
        if !self.crl_issuer.is_empty() {
            parts.push(asn1::context(2, &concat(&self.crl_issuer)));
        }
        asn1::sequence(&parts)
    }
}

/// The body of the extension CRLDistributionPoints.
pub fn crl_distribution_points(points: &[DistributionPoint]) -> Vec<u8> {
    asn1::sequence(&points.iter().map(DistributionPoint::der).collect::<Vec<_>>())
}

/// The issuing distribution point of a CRL (RFC 5280 5.2.5).
#[derive(Clone, Debug, Default)]
pub struct IssuingDistributionPoint {
    /// Full names; empty leaves the name out.
    pub full_name: Vec<GeneralName>,
    /// Name relative to the CRL issuer; used when `full_name` is empty.
    pub relative_name: Vec<Attribute>,
    /// Only certificates that are not CAs.
    pub only_user: bool,
    /// Only CA certificates.
    pub only_ca: bool,
    /// Only these reasons; empty means all.
    pub only_reasons: Vec<Reason>,
    /// Entries may name another issuer.
    pub indirect: bool,
    /// Only attribute certificates.
    pub only_attribute: bool,
}

impl IssuingDistributionPoint {
    /// The extension's body.
    pub fn der(&self) -> Vec<u8> {
        let flag = |number: u8, set: bool| set.then(|| asn1::context_primitive(number, &[0xff]));
        let mut parts = Vec::new();
        parts.extend(point_name(&self.full_name, &self.relative_name));
        parts.extend(flag(1, self.only_user));
        parts.extend(flag(2, self.only_ca));
        if !self.only_reasons.is_empty() {
            parts.push(asn1::context_primitive(3, &reason_flags(&self.only_reasons)));
        }
        parts.extend(flag(4, self.indirect));
        parts.extend(flag(5, self.only_attribute));
        asn1::sequence(&parts)
    }
}

/// DistributionPointName, or nothing when both lists are empty.
fn point_name(full: &[GeneralName], relative: &[Attribute]) -> Option<Vec<u8>> {
    if !full.is_empty() {
        return Some(asn1::context(0, &asn1::context(0, &concat(full))));
    }
    let mut attributes: Vec<Vec<u8>> = relative.iter().map(Attribute::der).collect();
    attributes.sort();
    (!relative.is_empty()).then(|| asn1::context(0, &asn1::context(1, &attributes.concat())))
}

fn concat(names: &[GeneralName]) -> Vec<u8> {
    names.iter().flat_map(GeneralName::der).collect()
}

/// ReasonFlags: bit positions differ from the reason codes of entries.
fn reason_flags(reasons: &[Reason]) -> Vec<u8> {
    let position = |reason: &Reason| match reason {
        Reason::Unspecified | Reason::RemoveFromCrl => 0,
        Reason::KeyCompromise => 1,
        Reason::CaCompromise => 2,
        Reason::AffiliationChanged => 3,
        Reason::Superseded => 4,
        Reason::CessationOfOperation => 5,
        Reason::CertificateHold => 6,
        Reason::PrivilegeWithdrawn => 7,
        Reason::AaCompromise => 8,
    };
    asn1::named_bits(&reasons.iter().map(position).collect::<Vec<_>>())
}
