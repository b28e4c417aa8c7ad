//! The entry to path building and verification.

use std::sync::Arc;

use hashbrown::HashMap;

use super::budget::{Budget, Exhausted};
use super::candidates::Presented;
use super::checks;
use super::constraints::KnownConstraints;
use super::explain::{self, Explanation, Origins};
use super::graph::Graph;
use super::memo::SignatureMemo;
use super::options::{Options, Purpose};
use super::profile::ExactMatch;
use super::rejection::{Reason, Rejection};
use super::revocation::Signers;
use super::search::Search;
use super::verdict::{PathCertificate, Verdict};
use super::whole_path::{self, Broken, Link};
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

/// A hostile peer may send many; beyond this the chain is not looked at.
const LONGEST_CHAIN: usize = 10_000;
/// A CRL's signer may itself be subject to a CRL whose signer needs a path, and so on.
const CRL_SIGNER_DEPTH: u32 = 3;
/// Longer chains are first followed by name alone.
const CHAIN_OF_FEW: usize = 4;

/// Judges presented chains against one store. Cheap to make; share the memo for many questions.
///
/// ```
/// # fn main() -> Result<(), vitrust::Error> {
/// use vitrust::{Certificate, Options, TrustStore, Verifier};
/// # let text = include_str!("../../../tests/data/vmca-root.pem");
/// let root = Certificate::from_pem(text.as_bytes())?;
/// let store = TrustStore::from_certificates([root.clone()]);
/// let verdict = Verifier::new(&store).explain(&[root], &Options::at("2027-01-01".parse()?))?;
/// assert!(verdict.trusted());
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Verifier<'s> {
    store: &'s TrustStore,
    memo: Arc<SignatureMemo>,
}

/// What the search came to, before it is put into words.
enum Outcome<'a> {
    Trusted(Vec<Link<'a>>),
    Refused(Explanation),
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
    /// error. Costs the chain's signatures the first time and about a microsecond afterwards.
    ///
    /// # Errors
    /// [`PathError`] when there is nothing to judge.
    pub fn explain(&self, chain: &[Certificate], options: &Options<'_>) -> Result<Verdict, PathError> {
        let end_entity = end_entity(chain)?;
        let presented = Presented::new(chain);
        let mut search = self.search(chain, &presented, options);
        let outcome = self.judge(&mut search, end_entity, CRL_SIGNER_DEPTH, true);
        let mut verdict = Verdict {
            profile: options.profile,
            purpose: options.purpose,
            at: options.at,
            path: Vec::new(),
            rejections: Vec::new(),
            change: None,
        };
        match outcome {
            Outcome::Trusted(path) => {
                let origins = Origins(&search);
                let element = |link: &Link<'_>| PathCertificate {
                    certificate: link.certificate.clone(),
                    origin: origins.origin(link.certificate),
                };
                verdict.path = path.iter().map(element).collect();
            }
            Outcome::Refused(explanation) => {
                verdict.rejections = explanation.rejections;
                verdict.change = explanation.change;
                if let Some(what) = search.budget.exhausted() {
                    let reason = Reason::BudgetExhausted { what: what.to_owned() };
                    verdict.rejections.push(Rejection::of_search(reason));
                    verdict.change = None;
                }
            }
        }
        Ok(verdict)
    }

    /// Whether `chain` is trusted, without the reasons: the cheap form for many questions.
    ///
    /// # Errors
    /// As [`explain`](Self::explain).
    pub fn trusts(&self, chain: &[Certificate], options: &Options<'_>) -> Result<bool, PathError> {
        let end_entity = end_entity(chain)?;
        let presented = Presented::new(chain);
        let mut search = self.search(chain, &presented, options);
        Ok(matches!(self.judge(&mut search, end_entity, CRL_SIGNER_DEPTH, false), Outcome::Trusted(_)))
    }

    /// All anchors of the store in which an accepted path of `chain` can end. The store may be the union of many: the
    /// chain is then trusted by each store that holds one of these, where the profile lets a path end in any anchor
    /// and takes no intermediates from the store.
    ///
    /// # Errors
    /// As [`explain`](Self::explain).
    pub fn accepting_anchors(
        &self,
        chain: &[Certificate],
        options: &Options<'_>,
    ) -> Result<Vec<Fingerprint>, PathError> {
        let end_entity = end_entity(chain)?;
        let presented = Presented::new(chain);
        let mut search = self.search(chain, &presented, options);
        search.union = true;
        let mut accepting = Vec::new();
        let own = checks::end_entity(end_entity, options);
        let sound = own.is_empty();
        if self.exact_match(&search, end_entity) && self.exact_match_faults(&search, own).is_empty() {
            accepting.push(end_entity.sha256());
        }
        if !sound {
            return Ok(accepting);
        }
        let graph = Graph::build(&mut search, end_entity);
        // Running out of budget here leaves anchors out; each one listed has been proved.
        let _ = graph.enumerate(&mut search, &mut |search, path| {
            let anchor = path[path.len() - 1].certificate.sha256();
            if !accepting.contains(&anchor) && self.whole_path(search, path, CRL_SIGNER_DEPTH)?.is_empty() {
                accepting.push(anchor);
            }
            Ok(false)
        });
        Ok(accepting)
    }

    fn search<'a>(
        &'a self,
        chain: &'a [Certificate],
        presented: &'a Presented<'a>,
        options: &'a Options<'a>,
    ) -> Search<'a> {
        Search {
            chain,
            presented,
            store: self.store,
            options,
            memo: &self.memo,
            budget: Budget::default(),
            signers: HashMap::new(),
            union: false,
            constraints: KnownConstraints::default(),
        }
    }

    fn judge<'a>(
        &self,
        search: &mut Search<'a>,
        end_entity: &'a Certificate,
        depth: u32,
        reasons: bool,
    ) -> Outcome<'a> {
        let own = checks::end_entity(end_entity, search.options);
        let refused = |explanation| Outcome::Refused(explanation);
        if self.exact_match(search, end_entity) {
            let own = self.exact_match_faults(search, own);
            let path = vec![Link { certificate: end_entity, anchor: true }];
            return if own.is_empty() {
                Outcome::Trusted(path)
            } else {
                refused(explain::end_entity(search, end_entity, &own))
            };
        }
        if !reasons && !own.is_empty() {
            return refused(Explanation::default());
        }
        let found = self.find(search, end_entity, depth);
        match found {
            Found::Path(path) if own.is_empty() => Outcome::Trusted(path),
            _ if !reasons => refused(Explanation::default()),
            Found::Path(_) => refused(explain::end_entity(search, end_entity, &own)),
            Found::Broken(path, broken) => refused(explain::whole_path(search, &path, &own, broken)),
            Found::Nothing => {
                let graph = Graph::build(search, end_entity);
                refused(explain::no_path(search, &graph, &own))
            }
        }
    }

    fn find<'a>(&self, search: &mut Search<'a>, end_entity: &'a Certificate, depth: u32) -> Found<'a> {
        if search.chain.len() > CHAIN_OF_FEW && !search.names_reach_anchor() {
            search.budget.limit_signatures();
            return Found::Nothing;
        }
        let first = match search.first_path(end_entity) {
            Ok(Some(path)) => path,
            Ok(None) | Err(Exhausted) => return Found::Nothing,
        };
        match self.whole_path(search, &first, depth) {
            Ok(broken) if broken.is_empty() => Found::Path(first),
            // The other paths differ in their rules of whole paths; keep the best of all as the nearest miss.
            Ok(broken) => self.other_paths(search, end_entity, depth, (first, broken)),
            Err(Exhausted) => Found::Nothing,
        }
    }

    fn other_paths<'a>(
        &self,
        search: &mut Search<'a>,
        end_entity: &'a Certificate,
        depth: u32,
        first: (Vec<Link<'a>>, Vec<Broken>),
    ) -> Found<'a> {
        let (mut best, mut fewest) = first;
        let graph = Graph::build(search, end_entity);
        let _ = graph.enumerate(search, &mut |search, path| {
            let broken = self.whole_path(search, path, depth)?;
            if broken.len() < fewest.len() {
                best = path.to_vec();
                fewest = broken;
            }
            Ok(fewest.is_empty())
        });
        if fewest.is_empty() { Found::Path(best) } else { Found::Broken(best, fewest) }
    }

    /// The faults that count for an end-entity certificate that is itself in the store.
    fn exact_match_faults(&self, search: &Search<'_>, own: Vec<Reason>) -> Vec<Reason> {
        let validity = search.options.profile.decisions().exact_match_validity;
        let of_validity = |reason: &Reason| matches!(reason, Reason::Expired { .. } | Reason::NotYetValid { .. });
        own.into_iter().filter(|reason| validity || !of_validity(reason)).collect()
    }

    fn exact_match(&self, search: &Search<'_>, end_entity: &Certificate) -> bool {
        self.store.contains(end_entity)
            && match search.options.profile.decisions().exact_match {
                ExactMatch::Trusted => true,
                ExactMatch::SelfSigned => search.is_self_signed(end_entity),
            }
    }

    fn whole_path<'a>(&self, search: &mut Search<'a>, path: &[Link<'a>], depth: u32) -> Result<Vec<Broken>, Exhausted> {
        let (chain, options) = (search.chain, search.options);
        let candidates = |name: &crate::cert::DistinguishedName| -> Vec<Certificate> {
            let presented = chain.iter().filter(|certificate| certificate.subject() == name).cloned();
            presented.chain(self.store.with_subject(name).map(|anchor| anchor.certificate.clone())).collect()
        };
        let trusted =
            |signer: &Certificate, budget: &mut Budget| self.trusted_signer(signer, chain, options, depth, budget);
        let signers = Signers { candidates: &candidates, trusted: &trusted, memo: &self.memo };
        whole_path::check(path, options, &signers, &mut search.constraints, &mut search.budget)
    }

    /// Whether a certificate that signed a CRL has a path of its own.
    fn trusted_signer(
        &self,
        signer: &Certificate,
        chain: &[Certificate],
        options: &Options<'_>,
        depth: u32,
        budget: &mut Budget,
    ) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let options = Options { purpose: Purpose::Any, name: None, ..options.clone() };
        let presented = Presented::new(chain);
        let mut search = self.search(chain, &presented, &options);
        std::mem::swap(&mut search.budget, budget);
        let trusted = matches!(self.judge(&mut search, signer, depth, false), Outcome::Trusted(_));
        std::mem::swap(&mut search.budget, budget);
        trusted
    }
}

enum Found<'a> {
    Path(Vec<Link<'a>>),
    /// The best path, which breaks rules of whole paths.
    Broken(Vec<Link<'a>>, Vec<Broken>),
    Nothing,
}

fn end_entity(chain: &[Certificate]) -> Result<&Certificate, PathError> {
    match chain {
        [] => Err(PathError::EmptyChain),
        [..] if chain.len() > LONGEST_CHAIN => {
            Err(PathError::ChainTooLong { count: chain.len(), limit: LONGEST_CHAIN })
        }
        [end_entity, ..] => Ok(end_entity),
    }
}
