//! A store of which a part is not known: that no path was found in the rest is no refusal.

use super::{Origin, Reason, Rejection, Verdict};
use crate::store::TrustStore;

/// How many blocks that could not be read are named.
const NAMED: usize = 3;

/// Turns a refusal into "not known" if the store has entries that could not be examined, and one of them may be what
/// the chain needs. What is wrong with the end-entity certificate by itself is refused by any store.
pub(super) fn weigh(verdict: &mut Verdict, store: &TrustStore) {
    let missing = missing(store);
    if missing.is_empty() || verdict.rejections.iter().any(is_own_fault) {
        return;
    }
    verdict.missing = verdict.rejections.first().and_then(wanted).into_iter().chain(missing).collect();
    verdict.rejections.clear();
    verdict.change = None;
}

/// What of a store is not known, and how it would be.
fn missing(store: &TrustStore) -> Vec<String> {
    let (dumped, unreadable) = (store.dumped(), store.unreadable());
    let mut missing = Vec::new();
    if let Some(first) = dumped.first() {
        let entries = match dumped.len() {
            1 => "1 entry of the store is".to_owned(),
            count => format!("{count} entries of the store are"),
        };
        missing.push(format!(
            "{entries} only printed, without the certificate ({}): list the store again without --text",
            first.place
        ));
    }
    let mut hidden = unreadable.iter().filter(|block| !block.hides_nothing());
    for block in hidden.by_ref().take(NAMED) {
        missing.push(format!("a part of the store could not be read ({block}): export the store again"));
    }
    let more = hidden.count();
    if more > 0 {
        missing.push(format!("{more} more parts of the store could not be read"));
    }
    missing
}

/// What was looked for in vain.
fn wanted(nearest: &Rejection) -> Option<String> {
    let (issuer, key) = match &nearest.reason {
        Reason::IssuerNotFound { issuer, key_id } => (issuer.clone(), key_id.as_ref()),
        Reason::KeyChanged { wanted, .. } => (nearest.candidate.as_ref()?.subject.to_string(), Some(wanted)),
        _ => return None,
    };
    let key = key.map(|key| format!(" with key {key}")).unwrap_or_default();
    Some(format!("whether the store holds `{issuer}`{key}"))
}

/// Whether a rule is broken by the end-entity certificate alone, whatever a store holds.
fn is_own_fault(rejection: &Rejection) -> bool {
    let is_end_entity = rejection.certificate.as_ref().is_some_and(|facts| facts.origin == Origin::Presented(0));
    is_end_entity
        && rejection.candidate.is_none()
        && matches!(
            rejection.reason,
            Reason::Expired { .. }
                | Reason::NotYetValid { .. }
                | Reason::NameMismatch { .. }
                | Reason::Purpose { .. }
                | Reason::KeyUsage { .. }
                | Reason::WeakKey { .. }
                | Reason::WeakDigest { .. }
                | Reason::NotDer { .. }
                | Reason::UnknownCriticalExtension { .. }
                | Reason::DuplicateExtension { .. }
                | Reason::MalformedExtension { .. }
        )
}
