//! What a list speaks about: whose certificates, at which distribution point, for which reasons (RFC 5280 6.3.3 (b)).

use hashbrown::HashSet;

use super::ALL_REASONS;
use crate::cert::{Certificate, Crl, DistinguishedName, GeneralName};
use crate::cert::{DistributionPoint, IssuingDistributionPoint, PointName};
use crate::path::budget::{Budget, Exhausted};

/// Names that are hashed or compared for a step.
pub(super) const NAMES: usize = 64;

/// Bytes of names that are read for a step.
pub(super) const OCTETS: usize = 512;

/// The reasons `crl` speaks about for `certificate`; `None` when it does not speak about it.
pub(super) fn reasons(
    certificate: &Certificate,
    crl: &Crl,
    point: Option<&DistributionPoint>,
    budget: &mut Budget,
) -> Result<Option<u16>, Exhausted> {
    let issuer = certificate.issuer();
    let scope = crl.extensions().issuing_distribution_point.as_ref();
    // What a list that does not read speaks about cannot be told; it is consulted, and found unusable.
    let unclear = !crl.extensions().malformed.is_empty();
    let crl_issuers = point.map_or(&[][..], |point| point.crl_issuer.as_slice());
    budget.steps_for(crl_issuers.len(), NAMES)?;
    budget.steps_for(crl_issuers.iter().map(|name| name.der().len()).sum(), OCTETS)?;
    let issuer_fits = match crl_issuers {
        [] => crl.issuer() == issuer,
        named => named.contains(crl.issuer()) && (unclear || scope.is_some_and(|scope| scope.indirect)),
    };
    if !issuer_fits {
        return Ok(None);
    }
    let asked = point.and_then(|point| point.reasons).unwrap_or(ALL_REASONS) & ALL_REASONS;
    let Some(scope) = scope.filter(|_| !unclear) else { return Ok(Some(asked)) };
    let is_ca = certificate.is_ca();
    let wrong_kind = (scope.only_user && is_ca) || (scope.only_ca && !is_ca) || scope.only_attribute;
    if wrong_kind || !names_meet(scope, crl.issuer(), point, issuer, budget)? {
        return Ok(None);
    }
    Ok(Some(asked & scope.only_reasons.unwrap_or(ALL_REASONS)))
}

/// RFC 5280 6.3.3 (b)(2)(i): the CRL's own distribution point is the one the certificate names.
fn names_meet(
    scope: &IssuingDistributionPoint,
    crl_issuer: &DistinguishedName,
    point: Option<&DistributionPoint>,
    issuer: &DistinguishedName,
    budget: &mut Budget,
) -> Result<bool, Exhausted> {
    let Some(published) = &scope.name else { return Ok(true) };
    let asked = point.and_then(|point| point.name.as_ref());
    let named = point.map_or(&[][..], |point| point.crl_issuer.as_slice());
    budget.steps_for(count(published) + asked.map_or(0, count) + named.len(), NAMES)?;
    budget.steps_for(octets(published) + asked.map_or(0, octets), OCTETS)?;
    Ok(match (point, asked) {
        (_, Some(asked)) => meet(published, crl_issuer, asked, named.first().unwrap_or(issuer)),
        (Some(_), None) => hold(published, crl_issuer, named),
        (None, None) => hold(published, crl_issuer, std::slice::from_ref(issuer)),
    })
}

/// How many names a point has.
pub(super) fn count(point: &PointName) -> usize {
    match point {
        PointName::Full(names) => names.len(),
        PointName::Relative(_) => 1,
    }
}

/// How many bytes its names have.
pub(super) fn octets(point: &PointName) -> usize {
    match point {
        PointName::Full(names) => names.octets(),
        PointName::Relative(rdn) => rdn.0.len(),
    }
}

/// Whether two points have a name in common; each name is looked at once.
fn meet(one: &PointName, one_base: &DistinguishedName, other: &PointName, other_base: &DistinguishedName) -> bool {
    match (one, other) {
        (PointName::Full(one), PointName::Full(other)) => {
            // To look a name up is cheaper than to put it in.
            let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
            // A name of a form that is not compared equals no other.
            let comparable = |name: &GeneralName<'_>| !matches!(name, GeneralName::Other(_));
            let few: HashSet<_> = few.iter().filter(comparable).collect();
            many.iter().any(|name| few.contains(&name))
        }
        (PointName::Relative(one), PointName::Relative(other)) => one == other && one_base == other_base,
        (PointName::Full(_), PointName::Relative(_)) => meet(other, other_base, one, one_base),
        (PointName::Relative(rdn), PointName::Full(names)) => names.iter().any(|name| match name {
            GeneralName::Directory(name) => name.is_relative_to(one_base, &rdn.0),
            GeneralName::Dns(_)
            | GeneralName::Ip(_)
            | GeneralName::Email(_)
            | GeneralName::Uri(_)
            | GeneralName::Other(_) => false,
        }),
    }
}

/// Whether a point, whose relative name belongs to `base`, has one of `names`.
fn hold(point: &PointName, base: &DistinguishedName, names: &[DistinguishedName]) -> bool {
    match point {
        PointName::Full(published) => {
            let published: HashSet<DistinguishedName> = published.directories().collect();
            names.iter().any(|name| published.contains(name))
        }
        PointName::Relative(rdn) => names.iter().any(|name| name.is_relative_to(base, &rdn.0)),
    }
}
