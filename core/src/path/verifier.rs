//! The entry to path building and verification.

use std::sync::Arc;

use super::rejection::{Reason, Rejection};
use super::{Options, Verdict};
use crate::cert::Certificate;
use crate::store::TrustStore;
use crate::thumbprint::Fingerprint;

/// The chain cannot be judged at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// No certificate was given.
    #[error("the presented chain is empty")]
    EmptyChain,
    /// More certificates than any server presents.
    #[error("the presented chain has {count} certificates; at most {limit} are read")]
    ChainTooLong {
        /// How many were given.
        count: usize,
        /// The limit.
        limit: usize,
    },
}

/// Signature checks already made, by issuer key and signed bytes. Shared between verifiers so that an estate pays for
/// its distinct content once.
#[derive(Debug, Default)]
pub struct SignatureMemo {}

/// Judges presented chains against one store.
#[derive(Debug, Clone)]
pub struct Verifier<'s> {
    store: &'s TrustStore,
    memo: Arc<SignatureMemo>,
}

impl<'s> Verifier<'s> {
    /// A verifier with a memory of its own.
    #[must_use]
    pub fn new(store: &'s TrustStore) -> Self {
        Self::with_memo(store, Arc::default())
    }

    /// A verifier that shares its memory of signature checks.
    #[must_use]
    pub fn with_memo(store: &'s TrustStore, memo: Arc<SignatureMemo>) -> Self {
        Self { store, memo }
    }

    /// Judges `chain`: the end-entity certificate first, the rest in any order. An untrusted chain is a verdict, not an
    /// error.
    ///
    /// # Errors
    /// [`PathError`] when there is nothing to judge.
    pub fn explain(&self, chain: &[Certificate], options: &Options<'_>) -> Result<Verdict, PathError> {
        let _ = (self.store, &self.memo);
        if chain.is_empty() {
            return Err(PathError::EmptyChain);
        }
        Ok(Verdict {
            profile: options.profile,
            purpose: options.purpose,
            at: options.at,
            path: Vec::new(),
            rejections: vec![Rejection::of_search(Reason::BudgetExhausted { what: "steps".to_owned() })],
            change: None,
        })
    }

    /// Whether `chain` is trusted, without the reasons: the cheap form for many questions.
    ///
    /// # Errors
    /// As [`explain`](Self::explain).
    pub fn trusts(&self, chain: &[Certificate], options: &Options<'_>) -> Result<bool, PathError> {
        self.explain(chain, options).map(|verdict| verdict.trusted())
    }

    /// All anchors of the store in which an accepted path of `chain` can end. The store may be the union of many: the
    /// chain is then trusted by each store that holds one of these (where the profile lets a path end in any anchor).
    ///
    /// # Errors
    /// As [`explain`](Self::explain).
    pub fn accepting_anchors(
        &self,
        chain: &[Certificate],
        options: &Options<'_>,
    ) -> Result<Vec<Fingerprint>, PathError> {
        self.explain(chain, options).map(|_| Vec::new())
    }
}
