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
    known: RwLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    outcomes: HashMap<(Fingerprint, Fingerprint), Outcome>,
    /// The key that made a certificate's signature. A signature has one maker, so no other key needs trying.
    signers: HashMap<Fingerprint, Fingerprint>,
}

const LIMIT: usize = 1 << 20;

impl SignatureMemo {
    /// What is known of `certificate` having been signed by `key` (the SHA-256 of its SubjectPublicKeyInfo).
    pub(super) fn outcome(&self, key: Fingerprint, certificate: Fingerprint) -> Option<Outcome> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        match known.signers.get(&certificate) {
            Some(signer) if *signer == key => Some(Outcome::Valid),
            Some(_) => Some(Outcome::Invalid),
            None => known.outcomes.get(&(key, certificate)).copied(),
        }
    }

    pub(super) fn remember(&self, key: Fingerprint, certificate: Fingerprint, outcome: Outcome) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.outcomes.len() + known.signers.len() >= LIMIT {
            return;
        }
        if outcome == Outcome::Valid {
            known.signers.insert(certificate, key);
        } else {
            known.outcomes.insert((key, certificate), outcome);
        }
    }
}
