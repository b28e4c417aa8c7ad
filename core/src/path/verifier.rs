//! The entry to path building and verification.

use std::cell::RefCell;
use std::sync::Arc;

use hashbrown::HashMap;

use super::budget::Exhausted;
use super::candidates::{Likeness, PresentedBySubject};
use super::checks;
use super::explain::{self, Explanation};
use super::graph::Graph;
use super::incomplete;
use super::memo::SignatureMemo;
use super::options::{Options, Purpose, Revocation};
use super::profile::ExactMatch;
use super::public;
use super::rejection::{Reason, Rejection};
use super::revocation::{self, Question, Signers};
use super::search::{Search, Work};
use super::signature;
use super::verdict::{PathCertificate, Verdict};
use super::whole_path::{self, Broken, Link};
use crate::cert::Certificate;
use crate::store::{Presented, TrustStore, Unreadable};
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

/// The most certificates of a presented chain: a hostile peer may send many; beyond this the chain is not looked at.
pub const LONGEST_CHAIN: usize = 10_000;
/// A CRL's signer may itself be subject to a CRL whose signer needs a path, and so on.
const CRL_SIGNER_DEPTH: u32 = 3;
/// Certificates that are followed by name alone for a step.
const NAMESAKES: usize = 16;
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
/// let options = Options { purpose: vitrust::Purpose::Ca, ..Options::at("2027-01-01".parse()?) };
/// let verdict = Verifier::new(&store).explain(&[root], &options)?;
/// assert!(verdict.trusted());
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Verifier<'s> {
    store: &'s TrustStore,
    memo: Arc<SignatureMemo>,
}

/// What [`Verifier::accepting_anchors`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepting {
    /// The anchors, each proved by a path.
    pub anchors: Vec<Fingerprint>,
    /// Whether all of the store was looked at; if not, the budget ended and there may be more.
    pub complete: bool,
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
        self.judged(chain, &[], options)
    }

    /// As [`explain`](Self::explain), for a chain of which a part may be unreadable: what is not trusted without it is not known, and
    /// the verdict says what was not read.
    ///
    /// # Errors
    /// As [`explain`](Self::explain).
    pub fn explain_presented(&self, presented: &Presented, options: &Options<'_>) -> Result<Verdict, PathError> {
        self.judged(&presented.certificates, &presented.unread, options)
    }

    fn judged(
        &self,
        chain: &[Certificate],
        unread: &[Unreadable],
        options: &Options<'_>,
    ) -> Result<Verdict, PathError> {
        let end_entity = end_entity(chain)?;
        let presented = PresentedBySubject::new(chain);
        let mut search = self.search(chain, &presented, options);
        let outcome = self.judge(&mut search, end_entity, CRL_SIGNER_DEPTH, true);
        let mut verdict = Verdict {
            certificate: end_entity.clone(),
            profile: options.profile,
            purpose: options.purpose,
            at: options.at,
            path: Vec::new(),
            rejections: Vec::new(),
            change: None,
            public_ca: None,
            missing: Vec::new(),
            unread: unread.to_vec(),
        };
        match outcome {
            Outcome::Trusted(path) => {
                let element = |link: &Link<'_>| PathCertificate {
                    certificate: link.certificate.clone(),
                    origin: explain::origin(&search, link.certificate),
                };
                verdict.path = path.iter().map(element).collect();
            }
            Outcome::Refused(explanation) => {
                verdict.rejections = explanation.rejections;
                verdict.change = explanation.change;
                if let Some(what) = search.work.budget.exhausted() {
                    let reason = Reason::BudgetExhausted { what: what.to_owned() };
                    verdict.rejections.push(Rejection::of_search(reason));
                    verdict.change = None;
                }
                incomplete::weigh(&mut verdict, search.store);
                public::note(&mut verdict, chain);
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
        let presented = PresentedBySubject::new(chain);
        let mut search = self.search(chain, &presented, options);
        Ok(matches!(self.judge(&mut search, end_entity, CRL_SIGNER_DEPTH, false), Outcome::Trusted(_)))
    }

    /// All anchors of the store in which an accepted path of `chain` can end. The store may be the union of many: the
    /// chain is then trusted by each store that holds one of these, where the profile lets a path end in any anchor
    /// and takes no intermediates from the store.
    ///
    /// # Errors
    /// As [`explain`](Self::explain).
    pub fn accepting_anchors(&self, chain: &[Certificate], options: &Options<'_>) -> Result<Accepting, PathError> {
        let end_entity = end_entity(chain)?;
        let presented = PresentedBySubject::new(chain);
        let mut search = self.search(chain, &presented, options);
        search.union = true;
        let mut accepting = Accepting { anchors: Vec::new(), complete: true };
        let own = checks::end_entity(end_entity, chain, options);
        let sound = own.is_empty();
        if self.exact_match(&search, end_entity)
            && self.exact_match_faults(&mut search, end_entity, own, CRL_SIGNER_DEPTH).is_empty()
        {
            accepting.anchors.push(end_entity.sha256());
        }
        if !sound {
            return Ok(accepting);
        }
        let graph = Graph::build(&mut search, end_entity);
        let enumerated = graph.enumerate(&mut search, &mut |search, path| {
            let anchor = path[path.len() - 1].certificate.sha256();
            let known = accepting.anchors.contains(&anchor);
            if !known && self.whole_path(search, path, CRL_SIGNER_DEPTH)?.is_empty() {
                accepting.anchors.push(anchor);
            }
            Ok(false)
        });
        accepting.complete = enumerated.is_ok() && search.work.budget.exhausted().is_none();
        Ok(accepting)
    }

    fn search<'a>(
        &'a self,
        chain: &'a [Certificate],
        presented: &'a PresentedBySubject<'a>,
        options: &'a Options<'a>,
    ) -> Search<'a> {
        Search {
            chain,
            presented,
            store: self.store,
            options,
            memo: &self.memo,
            work: Work::default(),
            signers: HashMap::new(),
            union: false,
            faults: RefCell::default(),
        }
    }

    fn judge<'a>(
        &self,
        search: &mut Search<'a>,
        end_entity: &'a Certificate,
        depth: u32,
        reasons: bool,
    ) -> Outcome<'a> {
        let own = checks::end_entity(end_entity, search.chain, search.options);
        let refused = |explanation| Outcome::Refused(explanation);
        if self.exact_match(search, end_entity) {
            let own = self.exact_match_faults(search, end_entity, own, depth);
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
            Found::Broken(path, broken) => refused(explain::whole_path(search, &path, &own, &broken)),
            Found::Nothing => {
                let graph = Graph::build(search, end_entity);
                refused(explain::no_path(search, &graph, &own))
            }
        }
    }

    fn find<'a>(&self, search: &mut Search<'a>, end_entity: &'a Certificate, depth: u32) -> Found<'a> {
        if search.chain.len() > CHAIN_OF_FEW && !search.names_reach_anchor(end_entity) {
            search.work.budget.limit_signatures();
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
            // Issuers and signatures are good; what is left to say is that the budget ended.
            Err(Exhausted) => Found::Broken(first, Vec::new()),
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

    /// The faults that count for an end-entity certificate that is itself in the store. It needs no path, but a CRL of
    /// its issuer, when that is an anchor too, still speaks about it.
    fn exact_match_faults<'a>(
        &self,
        search: &mut Search<'a>,
        end_entity: &'a Certificate,
        own: Vec<Reason>,
        depth: u32,
    ) -> Vec<Reason> {
        let rules = search.options.profile.decisions().exact_match_rules;
        let mut faults: Vec<Reason> = own.into_iter().filter(|reason| rules || !of_use(reason)).collect();
        let asked = !search.options.crls.is_empty() || search.options.revocation == Revocation::Required;
        if asked && !end_entity.is_self_issued() {
            faults.extend(self.revoked_exact_match(search, end_entity, depth));
        }
        faults
    }

    fn revoked_exact_match<'a>(
        &self,
        search: &mut Search<'a>,
        end_entity: &'a Certificate,
        depth: u32,
    ) -> Option<Reason> {
        let mut unknown = None;
        for anchor in self.store.with_subject(end_entity.issuer()) {
            match search.signed_by(end_entity, &anchor.certificate, Likeness::Equal) {
                Ok(signature::Outcome::Valid) => (),
                Ok(signature::Outcome::Invalid | signature::Outcome::Unsupported) => continue,
                Err(Exhausted) => return Some(out_of_budget()),
            }
            let path = [
                Link { certificate: end_entity, anchor: false },
                Link { certificate: &anchor.certificate, anchor: true },
            ];
            let broken = self.revocation_only(search, &path, depth);
            match broken {
                Some(reason @ Reason::Revoked { .. }) => return Some(reason),
                Some(reason) => unknown = Some(reason),
                None => return None,
            }
        }
        let required = search.options.revocation == Revocation::Required;
        unknown.or_else(|| {
            let why = "its issuer is not in the store".to_owned();
            required.then_some(Reason::RevocationUnknown { why })
        })
    }

    fn exact_match(&self, search: &Search<'_>, end_entity: &Certificate) -> bool {
        self.store.contains(end_entity)
            && match search.options.profile.decisions().exact_match {
                ExactMatch::Trusted => true,
                ExactMatch::SelfSigned => end_entity.seems_self_signed(),
            }
    }

    fn whole_path<'a>(&self, search: &mut Search<'a>, path: &[Link<'a>], depth: u32) -> Result<Vec<Broken>, Exhausted> {
        let options = search.options;
        self.with_signers(search, depth, |signers, work| whole_path::check(path, options, signers, work))
    }

    /// What CRLs say about the first certificate of `path`; running out of budget is not knowing.
    fn revocation_only(&self, search: &mut Search<'_>, path: &[Link<'_>; 2], depth: u32) -> Option<Reason> {
        let options = search.options;
        let (certificate, issuers) = (path[0].certificate, [path[1].certificate]);
        let outcome = self.with_signers(search, depth, |signers, work| {
            revocation::check(Question { certificate, issuers: &issuers, options, signers }, work)
        });
        outcome.unwrap_or_else(|Exhausted| Some(out_of_budget()))
    }

    fn with_signers<T>(
        &self,
        search: &mut Search<'_>,
        depth: u32,
        run: impl FnOnce(&Signers<'_>, &mut Work) -> T,
    ) -> T {
        let Search { chain, presented, options, .. } = *search;
        let trusted = |signer: &Certificate, anchor: &Certificate, work: &mut Work| {
            let Some(depth) = depth.checked_sub(1) else { return Ok(false) };
            let key = (signer.sha256(), anchor.sha256(), depth);
            if let Some(known) = work.signers.get(&key) {
                return Ok(*known);
            }
            work.budget.steps_for(chain.len(), NAMESAKES)?;
            let trusted = self.trusted_signer(signer, anchor, (chain, presented, options), depth, work)?;
            work.signers.insert(key, trusted);
            Ok(trusted)
        };
        run(&Signers { presented, trusted: &trusted, memo: &self.memo }, &mut search.work)
    }

    /// Whether a certificate that signed a CRL has a path of its own to `anchor`. Where the budget ends nothing is known.
    fn trusted_signer(
        &self,
        signer: &Certificate,
        anchor: &Certificate,
        (chain, presented, options): (&[Certificate], &PresentedBySubject<'_>, &Options<'_>),
        depth: u32,
        work: &mut Work,
    ) -> Result<bool, Exhausted> {
        let options = Options { purpose: Purpose::Any, name: None, ..options.clone() };
        let store = TrustStore::from_certificates([anchor.clone()]);
        let verifier = Verifier::with_memo(&store, Arc::clone(&self.memo));
        let mut search = verifier.search(chain, presented, &options);
        std::mem::swap(&mut search.work, work);
        let trusted = matches!(verifier.judge(&mut search, signer, depth, false), Outcome::Trusted(_));
        std::mem::swap(&mut search.work, work);
        if !trusted && work.budget.exhausted().is_some() { Err(Exhausted) } else { Ok(trusted) }
    }
}

fn out_of_budget() -> Reason {
    Reason::RevocationUnknown { why: "the budget ran out".to_owned() }
}

/// Whether a reason concerns the use of a certificate: not its form, without which it cannot be read, nor its name.
fn of_use(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Expired { .. }
            | Reason::NotYetValid { .. }
            | Reason::KeyUsage { .. }
            | Reason::EndEntityIsCa { .. }
            | Reason::Purpose { .. }
            | Reason::UnknownCriticalExtension { .. }
            | Reason::UnsupportedAlgorithm { .. }
            | Reason::WeakDigest { .. }
    )
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
