//! What the unknown cells of a matrix wait for: each fact once, with how many cells lack it.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashMap;

use super::super::engine::bits::BitSet;
use super::super::engine::contents::ChainId;
use super::super::engine::judge::Rules;
use super::matrix::{Matrix, PartyChains, StoreSet, numbered};
use super::missing::Missing;
use super::topology::Topology;
use crate::finding::words::count;
use crate::path::Trust;

/// A fact before it has words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fact {
    /// The store of a party.
    Store(usize),
    /// The chain of a vCenter, by its position in the estate.
    Chain(usize),
    /// What entries of a party's store hold.
    Entries(usize),
    /// Whether a publicly trusted CA, which the column presents a certificate of, is trusted without an entry.
    Public(usize),
    /// Which of the members' stores is the party's.
    Differing(usize),
}

/// The answers about machine certificates: which stores trust which chains.
struct Answers<'m> {
    positions: Vec<Vec<usize>>,
    rows: HashMap<ChainId, Arc<BitSet>>,
    public: &'m dyn Fn(ChainId) -> bool,
}

impl Topology {
    /// What the unknown cells of these rows wait for, the fact that most of them lack first.
    pub(crate) fn missing(&self, matrix: &Matrix, is_shown: impl Fn(usize, usize) -> bool) -> Vec<Missing> {
        let open: Vec<(usize, usize)> =
            matrix.cells(Trust::Unknown).filter(|(from, to)| is_shown(*from, *to)).collect();
        if open.is_empty() {
            return Vec::new();
        }
        // Only what stands on either side of an open cell is asked about again.
        let (rows, columns): (BitSet, BitSet) =
            (open.iter().map(|(from, _)| *from).collect(), open.iter().map(|(_, to)| *to).collect());
        let mut stores = self.party_stores();
        stores.iter_mut().enumerate().filter(|(party, _)| !rows.contains(*party)).for_each(|(_, store)| *store = None);
        let chains = |party| if columns.contains(party) { self.machine_chains(party) } else { PartyChains::default() };
        let chains: Vec<PartyChains> = (0..self.parties.len()).map(chains).collect();
        let public = self.public_roots(&chains, matrix.at);
        let is_public = |chain| public.contains_key(&chain);
        let answers = self.cell_answers(matrix, &stores, &chains, &is_public);
        let mut lacking: BTreeMap<Fact, usize> = BTreeMap::new();
        for (from, to) in open {
            let mut add = |fact| *lacking.entry(fact).or_default() += 1;
            for (member, chain) in self.parties[to].members.iter().zip(&chains[to]) {
                if chain.is_none() {
                    add(Fact::Chain(*member));
                }
            }
            match &stores[from] {
                None => add(Fact::Store(from)),
                Some(store) => answers.of(from, to, store, &chains[to]).into_iter().for_each(add),
            }
        }
        let mut missing: Vec<Missing> =
            lacking.into_iter().flat_map(|(fact, links)| self.told(matrix, fact, links)).collect();
        missing.sort_by_key(|one| std::cmp::Reverse(one.links));
        missing
    }

    fn cell_answers<'m>(
        &self,
        matrix: &Matrix,
        stores: &[Option<StoreSet>],
        chains: &[PartyChains],
        public: &'m dyn Fn(ChainId) -> bool,
    ) -> Answers<'m> {
        let (distinct, position_of) = numbered(stores.iter().flatten().flat_map(StoreSet::sets));
        let (known, _) = numbered(chains.iter().flatten().flatten().copied());
        let table = self.judge.table(&known, &distinct, Rules::server(matrix.profile), matrix.at);
        let of = |store: &Option<StoreSet>| store.iter().flat_map(StoreSet::sets).map(|set| position_of[set]).collect();
        Answers { positions: stores.iter().map(of).collect(), rows: known.into_iter().zip(table).collect(), public }
    }

    /// The words of a fact; a store may lack entries for two reasons.
    fn told(&self, matrix: &Matrix, fact: Fact, links: usize) -> Vec<Missing> {
        let name = |party: usize| &matrix.parties[party].name;
        let told = match fact {
            Fact::Store(party) => vec![format!("TRUSTED_ROOTS of {}", name(party))],
            Fact::Chain(vcenter) => vec![format!("the chain that {} presents", self.vcenters[vcenter].name)],
            Fact::Entries(party) => self.parties[party].store.map_or_else(Vec::new, |store| {
                let of = format!("of TRUSTED_ROOTS of {}", name(party));
                let entries = |number| count(number, "entry", "entries");
                let printed = format!("the bytes of {} {of}, known only from a dump", entries(store.dumped));
                let unread = format!("{} {of}, which could not be read", entries(store.unreadable));
                let parts = [(store.dumped, printed), (store.unreadable, unread)];
                parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, told)| told).collect()
            }),
            Fact::Public(party) => {
                let ca = matrix.parties[party].public_ca.as_deref().unwrap_or("a publicly trusted CA");
                vec![format!(
                    "proof that {ca}, a publicly trusted CA, is trusted: {} presents its certificate",
                    name(party)
                )]
            }
            Fact::Differing(party) => {
                vec![format!(
                    "one TRUSTED_ROOTS of the SSO domain of {}: the stores of its vCenters differ",
                    name(party)
                )]
            }
        };
        told.into_iter().map(|what| Missing { what, links }).collect()
    }
}

impl Answers<'_> {
    /// What leaves the answer of a known store about known chains open.
    fn of(&self, from: usize, to: usize, store: &StoreSet, chains: &PartyChains) -> Vec<Fact> {
        let refused = |position: usize| {
            let known = chains.iter().flatten().filter(move |chain| !self.rows[*chain].contains(position));
            known.copied()
        };
        let mut positions = self.positions[from].iter().copied();
        let Some(union) = positions.next() else { return Vec::new() };
        let mut facts = Vec::new();
        if refused(union).any(|chain| (self.public)(chain)) {
            facts.push(Fact::Public(to));
        }
        if store.unknown > 0 && refused(union).any(|chain| !(self.public)(chain)) {
            facts.push(Fact::Entries(from));
        }
        if facts.is_empty() && positions.any(|position| refused(position).next().is_some()) {
            facts.push(Fact::Differing(from));
        }
        facts
    }
}
