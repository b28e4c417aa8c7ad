//! A store or a chain of which a part is not known: that no path was found in the rest is no refusal.

use super::{Origin, Reason, Rejection, Verdict};
use crate::store::{TrustStore, Unreadable};

/// How many blocks that could not be read are named.
const NAMED: usize = 3;

/// Turns a refusal into "not known" if store or chain have parts that could not be examined, and one of them may be what the path
/// needs. What is wrong with the end-entity certificate by itself is refused whatever they hold.
pub(super) fn weigh(verdict: &mut Verdict, store: &TrustStore) {
    let mut missing = missing(store);
    hidden(&mut missing, &verdict.unread, "the chain", "save the whole chain again");
    if missing.is_empty() || verdict.rejections.iter().any(is_own_fault) {
        return;
    }
    verdict.missing = verdict.rejections.first().and_then(wanted).into_iter().chain(missing).collect();
    verdict.rejections.clear();
    verdict.change = None;
}

/// What of a store is not known, and how it would be.
fn missing(store: &TrustStore) -> Vec<String> {
    let dumped = store.dumped();
    let mut missing = Vec::new();
    if let Some(other) = other_store(store) {
        missing
            .push(format!("what the store holds: the input lists only others, such as {other}; list the store itself"));
    }
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
    hidden(&mut missing, store.unreadable(), "the store", "export the store again");
    missing
}

/// A store that the input has instead of the one that was asked for.
fn other_store(store: &TrustStore) -> Option<&str> {
    let has_none = store.anchors().is_empty() && store.dumped().is_empty();
    let aside = store.set_aside().iter().map(|found| &found.place);
    let places = aside.chain(store.unreadable().iter().map(|block| &block.place));
    let mut named = places.filter_map(|place| place.store.as_deref());
    named.next().filter(|_| has_none)
}

/// The parts of `whole` that may be what is looked for.
fn hidden(missing: &mut Vec<String>, unreadable: &[Unreadable], whole: &str, remedy: &str) {
    let mut hidden = unreadable.iter().filter(|block| !block.hides_nothing());
    for block in hidden.by_ref().take(NAMED) {
        missing.push(format!("a part of {whole} could not be read ({block}): {remedy}"));
    }
    match hidden.count() {
        0 => {}
        1 => missing.push(format!("1 more part of {whole} could not be read")),
        more => missing.push(format!("{more} more parts of {whole} could not be read")),
    }
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
