//! What one store has and another has not.
//!
//! Certificates are the same by SHA-256. A dumped entry is known by its SHA-1 alone, and is the same as a certificate
//! with that SHA-1.

use hashbrown::HashSet;
use serde::{Deserialize, Serialize};

use super::{Place, TrustStore};
use crate::thumbprint::{Fingerprint, Thumbprint};

/// The difference between two stores, each list in its store's order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct StoreDiff {
    /// Only in the second store.
    pub added: Vec<DiffEntry>,
    /// Only in the first store.
    pub removed: Vec<DiffEntry>,
    /// In both, as the first store has it.
    pub same: Vec<DiffEntry>,
    /// Dumped entries of either store without a SHA-1: nothing can be said about them.
    pub unknown: Vec<DiffEntry>,
}

/// One entry of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct DiffEntry {
    /// SHA-256 of the certificate; a dumped entry has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Fingerprint>,
    /// SHA-1 of the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha1: Option<Thumbprint>,
    /// The subject as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Where it was read.
    pub place: Place,
}

/// Compares the store `before` with the store `after`. Costs one set of digests for each.
#[must_use]
pub fn diff(before: &TrustStore, after: &TrustStore) -> StoreDiff {
    let (old, new) = (entries(before), entries(after));
    let (known_old, known_new) = (Digests::of(&old), Digests::of(&new));
    let mut out = StoreDiff::default();
    for entry in old {
        match known_new.has(&entry) {
            Some(true) => out.same.push(entry),
            Some(false) => out.removed.push(entry),
            None => out.unknown.push(entry),
        }
    }
    for entry in new {
        match known_old.has(&entry) {
            Some(true) => (),
            Some(false) => out.added.push(entry),
            None => out.unknown.push(entry),
        }
    }
    out
}

struct Digests {
    sha256: HashSet<Fingerprint>,
    sha1: HashSet<Thumbprint>,
    /// The SHA-1 of dumped entries, the only identity they have.
    dumped: HashSet<Thumbprint>,
}

impl Digests {
    fn of(entries: &[DiffEntry]) -> Self {
        Self {
            sha256: entries.iter().filter_map(|entry| entry.sha256).collect(),
            sha1: entries.iter().filter_map(|entry| entry.sha1).collect(),
            dumped: entries.iter().filter(|entry| entry.sha256.is_none()).filter_map(|entry| entry.sha1).collect(),
        }
    }

    fn has(&self, entry: &DiffEntry) -> Option<bool> {
        match (entry.sha256, entry.sha1) {
            (Some(sha256), sha1) => {
                Some(self.sha256.contains(&sha256) || sha1.is_some_and(|sha1| self.dumped.contains(&sha1)))
            }
            (None, Some(sha1)) => Some(self.sha1.contains(&sha1)),
            (None, None) => None,
        }
    }
}

fn entries(store: &TrustStore) -> Vec<DiffEntry> {
    let anchors = store.anchors().iter().map(|anchor| DiffEntry {
        sha256: Some(anchor.certificate.sha256()),
        sha1: Some(anchor.certificate.sha1()),
        subject: Some(anchor.certificate.subject().to_string()),
        place: anchor.place.clone(),
    });
    let dumped = store.dumped().iter().map(|found| DiffEntry {
        sha256: None,
        sha1: found.value.sha1,
        subject: found.value.subject.clone(),
        place: found.place.clone(),
    });
    anchors.chain(dumped).collect()
}
