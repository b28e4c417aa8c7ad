//! The rules that concern a whole path: its length, name constraints, policies and revocation.

use super::budget::{Budget, Exhausted};
use super::constraints::KnownConstraints;
use super::options::{Options, Revocation};
use super::policy;
use super::rejection::Reason;
use super::revocation::{self, Question, Signers};
use super::search::Work;
use super::telling::MOST_TOLD;
use crate::cert::Certificate;

/// One certificate of a path and whether it is the anchor that ends it.
#[derive(Clone, Copy)]
pub(super) struct Link<'a> {
    pub(super) certificate: &'a Certificate,
    pub(super) anchor: bool,
}

/// A broken rule: at which place of the path, and which issuing place sets the rule if it is another one.
pub(super) struct Broken {
    pub(super) at: usize,
    pub(super) by: Option<usize>,
    pub(super) reason: Reason,
}

const NAME_CONSTRAINTS: &str = "2.5.29.30";

/// The rules that `path` (end-entity first, anchor last) breaks as a whole: every one, but of names outside constraints as
/// many as may be told.
pub(super) fn check(
    path: &[Link<'_>],
    options: &Options<'_>,
    signers: &Signers<'_>,
    work: &mut Work,
) -> Result<Vec<Broken>, Exhausted> {
    let mut broken = Vec::new();
    lengths(path, options, &mut broken);
    name_constraints(path, options, &mut work.constraints, &mut work.budget, &mut broken)?;
    if options.profile.decisions().policies {
        policies(path, options, &mut work.budget, &mut broken)?;
    }
    if !options.crls.is_empty() || options.revocation == Revocation::Required {
        revoked(path, options, signers, work, &mut broken)?;
    }
    Ok(broken)
}

/// Whether a CA certificate below another uses up its path length: RFC 5280 6.1.4 (l), a self-issued one does not.
pub(super) fn counts(certificate: &Certificate, options: &Options<'_>) -> bool {
    !options.profile.decisions().self_issued_is_free || !certificate.is_self_issued()
}

/// The limit a CA certificate sets, if it stands where its limit counts.
pub(super) fn path_length(link: Link<'_>, options: &Options<'_>) -> Option<u32> {
    let counts = !link.anchor || options.profile.decisions().anchor_path_length;
    let constraints = link.certificate.extensions().basic_constraints.filter(|_| counts)?;
    constraints.path_length.filter(|_| constraints.ca)
}

fn lengths(path: &[Link<'_>], options: &Options<'_>, broken: &mut Vec<Broken>) {
    let mut count = 0_u32;
    for (place, link) in path.iter().enumerate().skip(1) {
        if let Some(limit) = path_length(*link, options).filter(|limit| count > *limit) {
            broken.push(Broken { at: place, by: None, reason: Reason::PathLength { limit, count } });
        }
        count = count.saturating_add(u32::from(counts(link.certificate, options)));
    }
    let limit = max_depth(options);
    if path.len().saturating_sub(2) > usize::try_from(limit).unwrap_or(usize::MAX) {
        broken.push(Broken { at: 0, by: None, reason: Reason::Depth { limit } });
    }
}

/// The most certificates between end-entity and anchor.
pub(super) fn max_depth(options: &Options<'_>) -> u32 {
    let own = options.profile.decisions().max_depth;
    options.max_depth.map_or(own, |asked| asked.min(own))
}

fn name_constraints(
    path: &[Link<'_>],
    options: &Options<'_>,
    known: &mut KnownConstraints,
    budget: &mut Budget,
    broken: &mut Vec<Broken>,
) -> Result<(), Exhausted> {
    let decisions = options.profile.decisions();
    for (by, link) in path.iter().enumerate().skip(1) {
        let counts = !link.anchor || decisions.anchor_name_constraints;
        let Some(constraints) = link.certificate.extensions().name_constraints.as_ref().filter(|_| counts) else {
            continue;
        };
        if !known.understood(link.certificate, constraints, decisions, budget)? {
            let reason = Reason::UnknownCriticalExtension { oid: NAME_CONSTRAINTS.into() };
            broken.push(Broken { at: by, by: None, reason });
            continue;
        }
        for (at, below) in path[..by].iter().enumerate() {
            // RFC 5280 6.1.3 (b): a self-issued certificate is exempt unless it is the final one.
            if at > 0 && below.certificate.is_self_issued() {
                continue;
            }
            // Only the end-entity certificate is asked for a host name, so only its common name can pass for one.
            let common_name = at == 0 && decisions.common_name;
            let outcome =
                known.check(link.certificate, constraints, below.certificate, common_name, decisions, budget)?;
            if let Some(reason) = outcome {
                broken.push(Broken { at, by: Some(by), reason });
                if broken.len() >= MOST_TOLD {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

fn policies(
    path: &[Link<'_>],
    options: &Options<'_>,
    budget: &mut Budget,
    broken: &mut Vec<Broken>,
) -> Result<(), Exhausted> {
    // The anchor's own policies are not processed (RFC 5280 6.1); a path of one has nothing to process.
    let below: Vec<&Certificate> = path[..path.len() - 1].iter().rev().map(|link| link.certificate).collect();
    if below.is_empty() {
        return Ok(());
    }
    if let Err((index, reason)) = policy::process(&below, &options.policies, budget)? {
        broken.push(Broken { at: below.len() - 1 - index, by: None, reason });
    }
    Ok(())
}

fn revoked(
    path: &[Link<'_>],
    options: &Options<'_>,
    signers: &Signers<'_>,
    work: &mut Work,
    broken: &mut Vec<Broken>,
) -> Result<(), Exhausted> {
    let certificates: Vec<&Certificate> = path.iter().map(|link| link.certificate).collect();
    for (at, certificate) in certificates[..certificates.len() - 1].iter().enumerate() {
        let question = Question { certificate, issuers: &certificates[at + 1..], options, signers };
        if let Some(reason) = revocation::check(question, work)? {
            broken.push(Broken { at, by: None, reason });
        }
    }
    Ok(())
}
