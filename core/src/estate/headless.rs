//! Chains whose beginning is damaged: what comes behind it must not stand for the certificate that nobody could read.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cert::Certificate;
use crate::store::{Found, Place, Reading, Unreadable};

/// Whether something that could not be read stands before the first certificate of a chain, so that this may not be its first.
pub(super) fn is_headless(unreadable: &[Unreadable], first: &Found<Certificate>) -> bool {
    let mut hiding = unreadable.iter().filter(|block| !block.hides_nothing() && is_of_one(&block.place, &first.place));
    hiding.any(|block| match (block.place.line, first.place.line) {
        (Some(block), Some(first)) => block < first,
        // A bag has no order that counts.
        (None, None) => first.value.is_ca(),
        (None, Some(_)) | (Some(_), None) => false,
    })
}

/// Whether both are of one entry, as far as they say.
fn is_of_one(block: &Place, first: &Place) -> bool {
    block.alias.is_none() || first.alias.is_none() || block.alias == first.alias
}

/// Leaves out the CAs of entries whose first block is damaged: they would stand for the certificate that nobody could read.
pub(super) fn drop_headless(reading: &mut Reading) {
    if reading.unreadable.iter().all(Unreadable::hides_nothing) {
        return;
    }
    let mut firsts: BTreeMap<Option<Arc<str>>, bool> = BTreeMap::new();
    for found in &reading.certificates {
        let headless = || found.value.is_ca() && is_headless(&reading.unreadable, found);
        firsts.entry(found.place.alias.clone()).or_insert_with(headless);
    }
    reading.certificates.retain(|found| !(found.value.is_ca() && firsts.get(&found.place.alias) == Some(&true)));
}
