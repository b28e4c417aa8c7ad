//! Who trusts which chain, asked once per distinct content.
//!
//! Where a profile lets a path end in any anchor and takes nothing else from the store, one search over the union of
//! all stores gives every anchor that accepts the chain, and a store trusts the chain when it holds one of them. For
//! the other profiles only the anchors whose names can occur in a path are looked at: stores that agree on those agree
//! in the verdict.

use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::bits::BitSet;
use super::contents::{ChainId, Contents, StoreId};
use crate::cert::Certificate;
use crate::path::{Options, PathError, Profile, Purpose, ServerName, SignatureMemo, Verdict, Verifier};
use crate::store::{Anchor, Found, Place, Reading, TrustStore};
use crate::thumbprint::Fingerprint;
use crate::time::Time;

/// By whose rules and for what a chain is judged.
///
/// Names are no part of it: trust between parties is a matter of paths, and a name that does not fit is told apart
/// from a missing anchor. CRLs are not either: no consumer on a vSphere link consults them by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Rules {
    pub(crate) profile: Profile,
    pub(crate) purpose: Purpose,
}

/// A question about one chain and one store.
pub(crate) type Ask = (ChainId, StoreId, Rules);

impl Rules {
    pub(crate) const fn server(profile: Profile) -> Self {
        Self { profile, purpose: Purpose::Server }
    }

    /// The same question as ESXi and vpxd decide it.
    pub(crate) const fn for_hosts(self) -> Self {
        Self { profile: Profile::Openssl, purpose: self.purpose }
    }

    /// Whether the set of accepting anchors decides: no store certificate stands in the middle of a path, and any
    /// anchor may end one.
    pub(crate) fn any_anchor_ends(self) -> bool {
        let decisions = self.profile.decisions();
        !decisions.anchor_self_signed && !decisions.store_intermediates
    }

    fn options(self, at: Time) -> Options<'static> {
        Options { profile: self.profile, purpose: self.purpose, ..Options::at(at) }
    }
}

/// Path verification with one memory of signatures for the whole estate.
#[derive(Debug)]
pub(crate) struct Engine {
    union: TrustStore,
    memo: Arc<SignatureMemo>,
}

impl Engine {
    pub(crate) fn new(contents: &Contents) -> Self {
        let union = contents.anchors().iter().map(|known| known.certificate.clone());
        Self { union: TrustStore::from_certificates(union), memo: Arc::default() }
    }

    /// The reasons behind an answer.
    pub(crate) fn explain(
        &self,
        chain: &[Certificate],
        store: &TrustStore,
        options: &Options<'_>,
    ) -> Result<Verdict, PathError> {
        Verifier::with_memo(store, Arc::clone(&self.memo)).explain(chain, options)
    }

    /// Whether a chain that has a path carries this name: asked of the union, so that the name alone decides.
    pub(crate) fn carries_name(&self, chain: &[Certificate], name: &ServerName, rules: Rules, at: Time) -> bool {
        let options = Options { name: Some(name.clone()), ..rules.options(at) };
        let verifier = Verifier::with_memo(&self.union, Arc::clone(&self.memo));
        verifier.trusts(chain, &options).unwrap_or(false)
    }

    /// What the union of all known anchors says.
    pub(crate) fn explain_union(&self, chain: &[Certificate], options: &Options<'_>) -> Result<Verdict, PathError> {
        self.explain(chain, &self.union, options)
    }

    /// The anchors of the union of all stores in which a path of `chain` may end.
    fn accepting(&self, chain: &[Certificate], rules: Rules, at: Time) -> Vec<Fingerprint> {
        // A chain that cannot be judged at all (longer than any server presents) is trusted by nobody.
        let verifier = Verifier::with_memo(&self.union, Arc::clone(&self.memo));
        let options = rules.options(at);
        match verifier.accepting_anchors(chain, &options) {
            Ok(accepting) if accepting.complete => accepting.anchors,
            // A crowd of lookalikes in one store must not sway the others: each anchor is asked alone.
            Ok(_) => {
                let alone = |anchor: &&Anchor| {
                    let store = TrustStore::from_certificates([anchor.certificate.clone()]);
                    self.trusts(chain, &store, rules, at)
                };
                self.union.anchors().iter().filter(alone).map(|anchor| anchor.certificate.sha256()).collect()
            }
            Err(_) => Vec::new(),
        }
    }

    /// Whether `store` trusts `chain`.
    fn trusts(&self, chain: &[Certificate], store: &TrustStore, rules: Rules, at: Time) -> bool {
        let verifier = Verifier::with_memo(store, Arc::clone(&self.memo));
        verifier.trusts(chain, &rules.options(at)).unwrap_or(false)
    }
}

/// Everything distinct, and the engine that judges it.
#[derive(Debug)]
pub(crate) struct Judge {
    pub(crate) contents: Contents,
    pub(crate) engine: Engine,
}

impl Judge {
    /// The anchors known anywhere in which a path of `chain` may end.
    pub(crate) fn accepting(&self, chain: ChainId, rules: Rules, at: Time) -> BitSet {
        let accepting = self.engine.accepting(self.contents.certificates(chain), rules, at);
        accepting.into_iter().filter_map(|sha256| self.contents.number(sha256)).collect()
    }

    /// Which of `stores` trust `chain`, as positions in `stores`.
    pub(crate) fn trusting(&self, chain: ChainId, stores: &[&BitSet], rules: Rules, at: Time) -> BitSet {
        if rules.any_anchor_ends() {
            let accepting = self.accepting(chain, rules, at);
            return self.holding(&accepting, stores);
        }
        let relevant = self.contents.relevant(chain, rules.profile);
        let mut answers: HashMap<BitSet, bool> = HashMap::new();
        let trusts = |store: &&BitSet| {
            let held = restricted(store, &relevant);
            *answers.entry(held).or_insert_with_key(|held| self.trusts_set(chain, held, rules, at))
        };
        let answers: Vec<bool> = stores.iter().map(trusts).collect();
        answers.iter().enumerate().filter(|(_, trusted)| **trusted).map(|(position, _)| position).collect()
    }

    /// Which of `stores` trust each of `chains`; one entry per chain, shared between chains of one answer.
    pub(crate) fn table(&self, chains: &[ChainId], stores: &[&BitSet], rules: Rules, at: Time) -> Vec<Arc<BitSet>> {
        if !rules.any_anchor_ends() {
            return chains.par_iter().map(|chain| Arc::new(self.trusting(*chain, stores, rules, at))).collect();
        }
        let accepting: Vec<BitSet> = chains.par_iter().map(|chain| self.accepting(*chain, rules, at)).collect();
        let mut distinct: Vec<&BitSet> = Vec::new();
        let mut rows: HashMap<&BitSet, usize> = HashMap::new();
        for set in &accepting {
            rows.entry(set).or_insert_with(|| {
                distinct.push(set);
                distinct.len() - 1
            });
        }
        let held: Vec<Arc<BitSet>> = distinct.par_iter().map(|set| Arc::new(self.holding(set, stores))).collect();
        accepting.iter().map(|set| Arc::clone(&held[rows[set]])).collect()
    }

    /// Whether a store of exactly these anchors trusts `chain`.
    pub(crate) fn trusts_set(&self, chain: ChainId, anchors: &BitSet, rules: Rules, at: Time) -> bool {
        let certificates = anchors.iter().map(|number| self.contents.anchors()[number].certificate.clone());
        let store = TrustStore::from_certificates(certificates);
        self.engine.trusts(self.contents.certificates(chain), &store, rules, at)
    }

    fn holding(&self, accepting: &BitSet, stores: &[&BitSet]) -> BitSet {
        stores
            .iter()
            .enumerate()
            .filter(|(_, store)| store.intersects(accepting))
            .map(|(position, _)| position)
            .collect()
    }

    /// Why `store` does not trust `chain`. `label` names the store in the sentences.
    pub(crate) fn explain(
        &self,
        chain: ChainId,
        held: &BitSet,
        label: &Arc<str>,
        rules: Rules,
        at: Time,
    ) -> Result<Verdict, PathError> {
        let place = Place { source: Some(Arc::clone(label)), ..Place::default() };
        let found =
            |number: usize| Found { value: self.contents.anchors()[number].certificate.clone(), place: place.clone() };
        let reading = Reading { certificates: held.iter().map(found).collect(), ..Reading::default() };
        let store = TrustStore::from_reading(reading);
        self.engine.explain(self.contents.certificates(chain), &store, &rules.options(at))
    }

    /// What is wrong with `chain` even when every known anchor is trusted.
    pub(crate) fn explain_union(&self, chain: ChainId, rules: Rules, at: Time) -> Result<Verdict, PathError> {
        self.engine.explain_union(self.contents.certificates(chain), &rules.options(at))
    }
}

/// The members of `store` that are in `relevant`.
pub(crate) fn restricted(store: &BitSet, relevant: &BitSet) -> BitSet {
    relevant.iter().filter(|number| store.contains(*number)).collect()
}
