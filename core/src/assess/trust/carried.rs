//! Which links hang on an anchor that is to go: tried on a model, by the rules of the side that decides, before anybody is told to
//! remove it.

use std::collections::BTreeSet;

use hashbrown::{HashMap, HashSet};

use super::super::engine::bits::BitSet;
use super::super::engine::contents::{ChainId, StoreId};
use super::super::engine::judge::{Rules, restricted};
use super::topology::{PartyLinks, Topology};
use crate::cert::Certificate;
use crate::path::Profile;
use crate::thumbprint::Fingerprint;
use crate::time::Time;

/// The links that end when an anchor goes, by the vCenter in whose estate that is.
pub(crate) struct Carried<'t> {
    topology: &'t Topology,
    chains: HashMap<(usize, Fingerprint), BTreeSet<ChainId>>,
    numbers: HashMap<&'t str, usize>,
}

/// Who is asked about what.
type Question = (ChainId, Rules);

/// Of so many suspects of one name in one store each is tried alone; of more all are taken for needed.
const TRIED: usize = 32;

impl Topology {
    /// Tries every link that these anchors may carry without them: edges of hosts by the rules of their consumer, cells of the matrix
    /// by `profile`. Costs one search for each distinct chain and store that know one of them by name.
    pub(crate) fn carried(&self, suspects: &HashSet<Fingerprint>, profile: Profile, at: Time) -> Carried<'_> {
        let contents = &self.judge.contents;
        let suspects: BitSet = suspects.iter().filter_map(|sha256| contents.number(*sha256)).collect();
        let numbers = self.vcenters.iter().enumerate().map(|(number, vcenter)| (&*vcenter.name, number)).collect();
        let mut carried = Carried { topology: self, chains: HashMap::new(), numbers };
        if suspects.is_empty() {
            return carried;
        }
        let mut links: HashMap<Question, HashMap<StoreId, BTreeSet<usize>>> = HashMap::new();
        for edge in self.open_edges() {
            for (chain, store, rules) in edge.asks(edge.kind.consumer()) {
                links.entry((chain, rules)).or_default().entry(store).or_default().insert(edge.vcenter);
            }
        }
        let rules = Rules::server(profile);
        let presented = |party| self.machine_chains(party).into_iter().chain(self.host_chains(party)).flatten();
        let presented: BTreeSet<ChainId> = (0..self.parties.len()).flat_map(presented).collect();
        let mut relevant: HashMap<Question, BitSet> = HashMap::new();
        let all = presented.iter().map(|chain| (*chain, rules));
        for question in links.keys().copied().chain(all).collect::<HashSet<_>>() {
            let named = contents.relevant(question.0, question.1.profile);
            if named.intersects(&suspects) {
                relevant.insert(question, named);
            }
        }
        for chain in presented.iter().filter(|chain| relevant.contains_key(&(**chain, rules))) {
            let stores = links.entry((*chain, rules)).or_default();
            for PartyLinks { members, store, .. } in &self.parties {
                if let Some(store) = store {
                    stores.entry(store.id).or_default().extend(members);
                }
            }
        }
        for (question, named) in &relevant {
            self.try_without(*question, named, &suspects, links.get(question), at, &mut carried);
        }
        carried
    }

    fn try_without(
        &self,
        (chain, rules): Question,
        named: &BitSet,
        suspects: &BitSet,
        stores: Option<&HashMap<StoreId, BTreeSet<usize>>>,
        at: Time,
        carried: &mut Carried<'_>,
    ) {
        let contents = &self.judge.contents;
        let mut answers: HashMap<BitSet, Vec<usize>> = HashMap::new();
        for (store, vcenters) in stores.into_iter().flatten() {
            let held = restricted(contents.members(*store), named);
            let needed = answers.entry_ref(&held).or_insert_with(|| self.needed(chain, &held, suspects, rules, at));
            for anchor in needed.iter() {
                let sha256 = contents.anchors()[*anchor].certificate.sha256();
                for vcenter in vcenters {
                    carried.chains.entry((*vcenter, sha256)).or_default().insert(chain);
                }
            }
        }
    }

    /// The suspects of a store without which it does not trust a chain. Where any one of several is enough, each of them is needed:
    /// all of them may be taken away.
    fn needed(&self, chain: ChainId, held: &BitSet, suspects: &BitSet, rules: Rules, at: Time) -> Vec<usize> {
        let trusts = |anchors: &BitSet| self.judge.trusts_set(chain, anchors, rules, at);
        let going = held.intersection(suspects);
        let mut rest = held.clone();
        rest.remove_all(&going);
        if going.is_empty() || trusts(&rest) || !trusts(held) {
            return Vec::new();
        }
        if going.len() > TRIED {
            return going.iter().collect();
        }
        let is_needed = |anchor: &usize| {
            let only: BitSet = std::iter::once(*anchor).collect();
            let (mut without, mut with) = (held.clone(), rest.clone());
            without.remove_all(&only);
            with.extend(&only);
            !trusts(&without) || trusts(&with)
        };
        let needed: Vec<usize> = going.iter().filter(is_needed).collect();
        // Where only several of them together carry it, all are needed.
        if needed.is_empty() { going.iter().collect() } else { needed }
    }
}

impl Carried<'_> {
    /// What is presented over links of this vCenter, its hosts and its SSO domain that end without this anchor.
    pub(crate) fn by(&self, vcenter: &str, anchor: Fingerprint) -> Vec<&Certificate> {
        let number = self.numbers.get(vcenter);
        let chains = number.and_then(|number| self.chains.get(&(*number, anchor)));
        chains.into_iter().flatten().filter_map(|chain| self.topology.end_entity(*chain)).collect()
    }
}
