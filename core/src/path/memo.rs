//! Signature checks already made.

use std::sync::{PoisonError, RwLock};

use hashbrown::HashMap;

use super::signature::Outcome;
use crate::thumbprint::Fingerprint;

/// Signature checks already made, by issuer key and signed certificate.
///
/// Share one between verifiers, and an estate pays for its distinct content once. Holds at most a million results
/// (about 150 MB); what comes after is checked again each time.
#[derive(Debug, Default)]
pub struct SignatureMemo {
    outcomes: RwLock<HashMap<(Fingerprint, Fingerprint), Outcome>>,
}

const LIMIT: usize = 1 << 20;

impl SignatureMemo {
    /// What is known of `certificate` having been signed by `key` (the SHA-256 of its SubjectPublicKeyInfo).
    pub(super) fn outcome(&self, key: Fingerprint, certificate: Fingerprint) -> Option<Outcome> {
        self.outcomes.read().unwrap_or_else(PoisonError::into_inner).get(&(key, certificate)).copied()
    }

    pub(super) fn remember(&self, key: Fingerprint, certificate: Fingerprint, outcome: Outcome) {
        let mut outcomes = self.outcomes.write().unwrap_or_else(PoisonError::into_inner);
        if outcomes.len() < LIMIT {
            outcomes.insert((key, certificate), outcome);
        }
    }
}
