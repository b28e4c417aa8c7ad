//! CRL distribution points and the scope of a CRL (RFC 5280 sections 4.2.1.13 and 5.2.5).

use super::DistinguishedName;
use super::der::{Element, Log, Reader, Rule, Unreadable, parts, tag};
use super::general_name::GeneralNames;
use super::name::canonical_rdn;

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

/// The distribution points of one certificate, kept as the bytes they were read from; see [`GeneralNames`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DistributionPoints {
    /// INVARIANT: whole elements, each of which `distribution_point` has read.
    elements: Box<[u8]>,
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
    Full(GeneralNames),
    /// One RDN to be added to the CRL issuer's name.
    Relative(RelativeName),
}

/// An RDN relative to the CRL issuer's name, in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelativeName(pub(crate) Box<[u8]>);

impl DistributionPoints {
    /// Reads the value of the extension: a SEQUENCE of points.
    pub(super) fn read(mut value: Reader<'_>) -> Result<Self, Unreadable> {
        let mut list = value.sequence()?;
        value.finish();
        let elements = list.rest().into();
        list.tell_if_empty();
        while !list.is_at_end() {
            distribution_point(&list.element()?)?;
        }
        Ok(Self { elements })
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// How many bytes they have.
    pub(crate) fn octets(&self) -> usize {
        self.elements.len()
    }

    /// The points in their order. Each costs what reading it costs.
    pub fn iter(&self) -> impl Iterator<Item = DistributionPoint> {
        let mut rest = &*self.elements;
        std::iter::from_fn(move || {
            let (.., after) = parts(rest)?;
            let whole = &rest[..rest.len() - after.len()];
            rest = after;
            let log = Log::default();
            distribution_point(&Reader::new(whole, 0, "distribution point", &log).element().ok()?).ok()
        })
    }
}

impl std::fmt::Debug for DistributionPoints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

fn distribution_point(point: &Element<'_>) -> Result<DistributionPoint, Unreadable> {
    let mut out = DistributionPoint::default();
    if point.tag != tag::SEQUENCE {
        return Err(point.unreadable("a distribution point is not a SEQUENCE"));
    }
    let mut fields = point.inside();
    if let Some(name) = fields.optional(tag::context_constructed(0))? {
        out.name = Some(point_name(&name)?);
    }
    if let Some(reasons) = fields.optional(tag::context(1))? {
        out.reasons = Some(reasons.flags());
    }
    if let Some(issuers) = fields.optional(tag::context_constructed(2))? {
        // It must be a directory name (RFC 5280 4.2.1.13). Without one it would read as not given, and the certificate
        // issuer's own CRL would speak for this point.
        out.crl_issuer = GeneralNames::read(issuers.inside())?.directories().collect();
        if out.crl_issuer.is_empty() {
            return Err(issuers.unreadable("the CRL issuer has no directory name"));
        }
    }
    fields.finish();
    // RFC 5280 4.2.1.13: one of the two is there.
    if out.name.is_none() && out.crl_issuer.is_empty() {
        return Err(point.unreadable("a distribution point names neither a place nor an issuer"));
    }
    Ok(out)
}

impl IssuingDistributionPoint {
    /// Reads the value of the extension.
    pub(super) fn read(mut value: Reader<'_>) -> Result<Self, Unreadable> {
        let mut fields = value.sequence()?;
        value.finish();
        let mut out = Self::default();
        if let Some(name) = fields.optional(tag::context_constructed(0))? {
            out.name = Some(point_name(&name)?);
        }
        out.only_user = flag(&mut fields, 1)?;
        out.only_ca = flag(&mut fields, 2)?;
        if let Some(reasons) = fields.optional(tag::context(3))? {
            out.only_reasons = Some(reasons.flags());
        }
        out.indirect = flag(&mut fields, 4)?;
        out.only_attribute = flag(&mut fields, 5)?;
        fields.finish();
        // RFC 5280 5.2.5: at most one of them. With two the list would speak about no certificate at all.
        let kinds = [out.only_user, out.only_ca, out.only_attribute].into_iter().filter(|kind| *kind).count();
        if kinds > 1 {
            return Err(fields.unreadable("it has two scopes"));
        }
        Ok(out)
    }
}

/// `[number] BOOLEAN DEFAULT FALSE`.
fn flag(fields: &mut Reader<'_>, number: u8) -> Result<bool, Unreadable> {
    Ok(fields.optional(tag::context(number))?.is_some_and(|flag| flag.flag()))
}

fn point_name(field: &Element<'_>) -> Result<PointName, Unreadable> {
    let mut inside = field.inside();
    let choice = inside.element()?;
    inside.finish();
    // SIZE (1..MAX): a scope without a name would speak about nothing.
    if choice.content.is_empty() {
        choice.tell(Rule::Empty);
    }
    match choice.tag {
        0xa0 => GeneralNames::read(choice.inside()).map(PointName::Full),
        0xa1 => canonical_rdn(choice.inside()).map(|rdn| PointName::Relative(RelativeName(rdn))),
        _ => Err(choice.unreadable("the name of a distribution point has no known form")),
    }
}
