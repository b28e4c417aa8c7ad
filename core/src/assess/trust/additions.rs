//! A set of additions that makes the matrix complete, and whether it is proved to be the smallest.
//!
//! For each party and each chain it refuses, every CA certificate known anywhere in the estate is a candidate: VMCA
//! roots, the content of other stores, CA certificates that are presented. A certificate that accepts many chains (an
//! enterprise CA) serves many targets at once, so each party's choice is a set cover. Expired certificates are never
//! proposed, nor certificates that are no CA: one in TRUSTED_ROOTS breaks services (KB 312677).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::super::engine::bits::BitSet;
use super::super::engine::contents::ChainId;
use super::super::engine::cover::smallest_cover;
use super::super::engine::judge::{Rules, restricted};
use super::cause::{CellName, LISTED};
use super::matrix::{Matrix, StoreSet, numbered};
use super::topology::Topology;
use crate::cert::Certificate;
use crate::finding::CertificateRecord;
use crate::finding::{CertificateId, record};
use crate::path::Trust;
use crate::path::{Origin, Rejection};
use crate::time::Time;

/// What to add where so that everyone trusts everyone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Additions {
    /// The additions, the one with most targets first.
    pub rows: Vec<Addition>,
    /// What no known certificate can fix.
    pub unfixable: Vec<Unfixable>,
    /// Whether it is proved that no smaller set of the certificates known in the estate does the same. Each store is
    /// searched exactly up to a budget; where that is spent, the greedy rule answers, whose answer is at most `ln(n) + 1`
    /// times the smallest. A store goes to the hosts as well, where a path must end in a self-signed certificate (profile
    /// `openssl`), so an intermediate alone is not proposed and several certificates may have to be added together. Such
    /// groups are not weighed against each other; where one could matter, the answer is proved only if every store needs
    /// at most two certificates, each of which works alone.
    pub is_minimal: bool,
}

/// One certificate and the stores it is to be added to.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Addition {
    /// The certificate to add.
    #[serde(rename = "add_id", serialize_with = "record::id")]
    #[schemars(with = "CertificateId")]
    pub add: CertificateRecord,
    /// The certificate itself, as PEM.
    pub pem: String,
    /// Where it was found, at most four places.
    pub sources: Vec<Arc<str>>,
    /// Whether it was seen only in what a server sends to anyone, or was collected from an unchecked server: it may be
    /// anyone's. Compare its digest with the owner's before it is published.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
    /// The parties whose TRUSTED_ROOTS gets it. One vCenter of an SSO domain is enough: VMDIR replicates it.
    pub to: Vec<Arc<str>>,
    /// The parties that are then trusted.
    pub because: Vec<Arc<str>>,
}

/// A presented certificate that no addition makes trusted.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Unfixable {
    /// The end-entity certificate.
    #[serde(rename = "certificate_id", serialize_with = "record::id")]
    #[schemars(with = "CertificateId")]
    pub certificate: CertificateRecord,
    /// What is wrong even when every certificate known in the estate is trusted.
    pub reason: String,
    /// What to do about it.
    pub hint: String,
    /// How many cells stay untrusted.
    pub count: usize,
    /// The first of them, at most 20.
    pub cells: Vec<CellName>,
}

/// What is known about the chains of the untrusted cells.
struct Candidates {
    /// The distinct chains.
    chains: Vec<ChainId>,
    /// For each chain the parties that present it.
    presenters: Vec<Vec<usize>>,
    /// Useful certificates, best first.
    ranked: Vec<usize>,
    /// For each of `ranked`: the positions of the chains that it can accept.
    accepts: Vec<BitSet>,
}

/// What one party needs.
#[derive(Default)]
struct Needs {
    party: usize,
    /// Anchor number to the positions of the chains that it makes trusted.
    add: BTreeMap<usize, BitSet>,
    /// Positions of chains that stay untrusted.
    unfixable: Vec<usize>,
    is_minimal: bool,
}

impl Topology {
    /// Additions to the parties' stores that make every cell of `matrix` trusted, at its time and by its profile: the
    /// smallest set where [`Additions::is_minimal`] says so, otherwise a small one.
    #[must_use]
    pub fn additions(&self, matrix: &Matrix) -> Additions {
        self.additions_in(matrix, &(0..matrix.len()).collect())
    }

    /// The same for these rows alone: additions to the stores of these parties.
    pub(crate) fn additions_in(&self, matrix: &Matrix, rows: &BitSet) -> Additions {
        let rules = Rules::server(matrix.profile);
        let candidates = self.candidates(matrix, rules);
        let stores = self.party_stores();
        let chains = &candidates.chains;
        let sets: Vec<&BitSet> = stores.iter().flatten().map(|store| &store.members).collect();
        let (distinct, position_of) = numbered(sets.into_iter());
        let table = self.judge.table(chains, &distinct, rules, matrix.at);
        let needs: Vec<Needs> = (0..matrix.len())
            .into_par_iter()
            .filter(|party| rows.contains(*party))
            .filter_map(|party| {
                let store = stores[party].as_ref()?;
                let position = *position_of.get(&store.members)?;
                let refused = |n: &usize| !table[*n].contains(position);
                let cell = |n: &usize| {
                    let mut to = candidates.presenters[*n].iter();
                    to.any(|to| matrix.cell(party, *to) == Some(Trust::Untrusted))
                };
                let wanted: BitSet = (0..chains.len()).filter(refused).filter(cell).collect();
                Some(self.needs(party, store, &wanted, &candidates, rules, matrix.at))
            })
            .collect();
        let additions = self.assemble(matrix, &candidates, &needs, rules);
        debug_assert_eq!(
            self.broken_promises(matrix, rows, &stores, &candidates, &needs),
            [],
            "cells that the additions miss"
        );
        additions
    }

    /// The chains of the untrusted cells and the certificates that accept them, best first: those that accept most
    /// chains of vCenters and hosts, then self-signed roots, then the longest valid.
    fn candidates(&self, matrix: &Matrix, rules: Rules) -> Candidates {
        let untrusted: BTreeSet<usize> = matrix.cells(Trust::Untrusted).map(|(_, to)| to).collect();
        let mut presenters: Vec<Vec<usize>> = Vec::new();
        let presented = untrusted.iter().flat_map(|to| self.machine_chains(*to).into_iter().flatten());
        let (chains, position_of) = numbered(presented);
        presenters.resize(chains.len(), Vec::new());
        for to in &untrusted {
            // Two vCenters of one party may present the same chain.
            let positions: BTreeSet<usize> =
                self.machine_chains(*to).into_iter().flatten().map(|chain| position_of[&chain]).collect();
            positions.into_iter().for_each(|position| presenters[position].push(*to));
        }
        let hosts = untrusted.iter().flat_map(|to| self.host_chains(*to).into_iter().flatten());
        let (all, _) = numbered(chains.iter().copied().chain(hosts));
        let accepting: Vec<BitSet> = all.par_iter().map(|chain| self.helpful(*chain, rules, matrix.at)).collect();
        let mut serves: BTreeMap<usize, usize> = BTreeMap::new();
        let mut accepts: BTreeMap<usize, BitSet> = BTreeMap::new();
        for (position, set) in accepting.iter().enumerate() {
            for anchor in set.iter().filter(|anchor| may_be_added(self.certificate(*anchor), matrix.at)) {
                *serves.entry(anchor).or_default() += 1;
                if position < chains.len() {
                    accepts.entry(anchor).or_default().insert(position);
                }
            }
        }
        let mut ranked: Vec<usize> = accepts.keys().copied().collect();
        ranked.sort_by_key(|anchor| {
            let certificate = self.certificate(*anchor);
            let served = serves.get(anchor).copied().unwrap_or(0);
            let known = self.judge.contents.anchors()[*anchor].is_known;
            let reversed = std::cmp::Reverse((served, known, certificate.is_self_issued(), certificate.not_after()));
            (reversed, certificate.sha256())
        });
        let accepts = ranked.iter().map(|anchor| accepts.get(anchor).cloned().unwrap_or_default()).collect();
        Candidates { chains, presenters, ranked, accepts }
    }

    /// The certificates that may make `chain` trusted when they are added alone: the anchors that end one of its paths,
    /// and, where the store's certificates may stand in the middle of a path, those too.
    fn helpful(&self, chain: ChainId, rules: Rules, at: Time) -> BitSet {
        let mut helpful = self.judge.accepting(chain, rules, at);
        if rules.profile.decisions().store_intermediates {
            let relevant = self.judge.contents.relevant(chain, rules.profile);
            let between = relevant.iter().filter(|anchor| may_stand_between(self.certificate(*anchor)));
            helpful.extend(&between.collect());
        }
        helpful
    }

    fn certificate(&self, anchor: usize) -> &Certificate {
        &self.judge.contents.anchors()[anchor].certificate
    }

    /// The fewest additions to one store.
    fn needs(
        &self,
        party: usize,
        store: &StoreSet,
        wanted: &BitSet,
        candidates: &Candidates,
        rules: Rules,
        at: Time,
    ) -> Needs {
        // Whatever is asked by: the store goes to the hosts, and there a path ends in a self-signed certificate.
        let hosts = rules.for_hosts();
        let is_root = |rank: usize| self.certificate(candidates.ranked[rank]).is_self_issued();
        let mut rootless = wanted.clone();
        (0..candidates.ranked.len())
            .filter(|rank| rules.any_anchor_ends() && is_root(*rank))
            .for_each(|rank| rootless.remove_all(&candidates.accepts[rank]));
        let works = |(rank, set): (usize, &BitSet)| -> BitSet {
            // Where any anchor ends a path, that a root accepts the chain is enough.
            if rules.any_anchor_ends() && is_root(rank) {
                return set.intersection(wanted);
            }
            // One chain that a root accepts is no reason to weigh an intermediate.
            let open = Some(set.intersection(wanted)).filter(|open| open.len() > 1);
            let open = open.unwrap_or_else(|| set.intersection(&rootless));
            let added = [candidates.ranked[rank]];
            open.iter().filter(|n| self.trusts_with(candidates.chains[*n], &store.members, &added, hosts, at)).collect()
        };
        let sets: Vec<BitSet> = candidates.accepts.iter().enumerate().map(works).collect();
        let cover = smallest_cover(&sets, wanted);
        // Certificates that work only together are at least two, and may do the work of three that work alone.
        // Such a group can only be better where an intermediate would do more with its root than it does alone.
        let more_together = |rank: usize| candidates.accepts[rank].common(wanted) > sets[rank].len().max(1);
        let all_alone = rules.any_anchor_ends() && !(0..sets.len()).any(more_together);
        let is_minimal = cover.is_minimal && (all_alone || cover.chosen.len() <= 2);
        let mut needs = Needs { party, is_minimal, ..Needs::default() };
        let mut open = wanted.clone();
        for rank in cover.chosen {
            needs.add.insert(candidates.ranked[rank], sets[rank].clone());
            open.remove_all(&sets[rank]);
        }
        for position in open.iter() {
            let chain = candidates.chains[position];
            let parts = self.path_parts(chain, &store.members, hosts, at);
            match parts.filter(|parts| self.trusts_with(chain, &store.members, parts, rules, at)) {
                Some(parts) => parts.into_iter().for_each(|anchor| {
                    // More than one certificate at once: the cover does not weigh such bundles against each other.
                    needs.is_minimal = false;
                    needs.add.entry(anchor).or_default().insert(position);
                }),
                None => needs.unfixable.push(position),
            }
        }
        needs
    }

    /// Whether a store with `added` trusts `chain`.
    fn trusts_with(&self, chain: ChainId, store: &BitSet, added: &[usize], rules: Rules, at: Time) -> bool {
        let mut held = restricted(store, &self.judge.contents.relevant(chain, rules.profile));
        held.extend(&added.iter().copied().collect());
        self.judge.trusts_set(chain, &held, rules, at)
    }

    /// The certificates of a whole path that `store` lacks, for rules that want more than one anchor added.
    fn path_parts(&self, chain: ChainId, store: &BitSet, rules: Rules, at: Time) -> Option<Vec<usize>> {
        let verdict = self.judge.explain_union(chain, rules, at).ok()?;
        let above = verdict.path.iter().filter(|part| matches!(part.origin, Origin::Store(_)));
        let numbers: Vec<usize> =
            above.filter_map(|part| self.judge.contents.number(part.certificate.sha256())).collect();
        let missing: Vec<usize> = numbers.into_iter().filter(|number| !store.contains(*number)).collect();
        let usable = missing.iter().all(|anchor| may_be_added(self.certificate(*anchor), at));
        (usable && !missing.is_empty() && self.trusts_with(chain, store, &missing, rules, at)).then_some(missing)
    }

    fn assemble(&self, matrix: &Matrix, candidates: &Candidates, needs: &[Needs], rules: Rules) -> Additions {
        let name = |party: usize| Arc::clone(&matrix.parties[party].name);
        let mut unfixable: BTreeMap<usize, Vec<CellName>> = BTreeMap::new();
        for need in needs {
            for position in &need.unfixable {
                let targets = candidates.presenters[*position].iter();
                let cells = targets.map(|to| CellName { from: name(need.party), to: name(*to) });
                unfixable.entry(*position).or_default().extend(cells);
            }
        }
        let unfixable = unfixable
            .into_iter()
            .filter_map(|(position, cells)| self.unfixable(candidates.chains[position], cells, rules, matrix.at));
        Additions {
            rows: self.rows(matrix, candidates, needs),
            unfixable: unfixable.collect(),
            is_minimal: needs.iter().all(|need| need.is_minimal),
        }
    }

    /// One row for each certificate, the one with most stores and targets first.
    fn rows(&self, matrix: &Matrix, candidates: &Candidates, needs: &[Needs]) -> Vec<Addition> {
        let mut by_anchor: BTreeMap<usize, (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
        for need in needs {
            for (anchor, positions) in &need.add {
                let (to, because) = by_anchor.entry(*anchor).or_default();
                to.insert(need.party);
                because.extend(positions.iter().flat_map(|position| &candidates.presenters[position]));
            }
        }
        let names = |parties: &BTreeSet<usize>| {
            parties.iter().map(|party| Arc::clone(&matrix.parties[*party].name)).collect::<Vec<_>>()
        };
        let row = |(anchor, (to, because)): (usize, (BTreeSet<usize>, BTreeSet<usize>))| {
            let known = &self.judge.contents.anchors()[anchor];
            Addition {
                add: (&known.certificate).into(),
                pem: known.certificate.to_pem(),
                sources: known.places.clone(),
                unverified: !known.is_known,
                to: names(&to),
                because: names(&because),
            }
        };
        let mut rows: Vec<Addition> = by_anchor.into_iter().map(row).collect();
        rows.sort_by_key(|row| {
            (std::cmp::Reverse(row.to.len() * row.because.len()), row.add.subject.clone(), row.add.sha256)
        });
        rows
    }

    fn unfixable(&self, chain: ChainId, cells: Vec<CellName>, rules: Rules, at: Time) -> Option<Unfixable> {
        let verdict = self.judge.explain_union(chain, rules, at).ok()?;
        let nearest = verdict.rejections.first();
        let end_entity = self.judge.contents.certificates(chain).first()?;
        Some(Unfixable {
            certificate: end_entity.into(),
            reason: nearest.map_or_else(
                || {
                    "what would make it trusted has expired, is not a CA, or is an intermediate whose root is not known"
                        .to_owned()
                },
                Rejection::message,
            ),
            hint: nearest.map_or_else(|| "add the root of its issuer, or renew the issuer".to_owned(), Rejection::hint),
            count: cells.len(),
            cells: cells.into_iter().take(LISTED).collect(),
        })
    }

    /// The cells, as (from, to), in which the additions do not do what they promise: every untrusted cell becomes
    /// trusted unless it is listed as unfixable, and no cell loses its trust.
    fn broken_promises(
        &self,
        matrix: &Matrix,
        rows: &BitSet,
        stores: &[Option<StoreSet>],
        candidates: &Candidates,
        needs: &[Needs],
    ) -> Vec<(usize, usize)> {
        let mut stores = stores.to_vec();
        let mut unfixable: BTreeSet<(usize, usize)> = BTreeSet::new();
        for need in needs {
            if let Some(store) = &mut stores[need.party] {
                store.extend(&need.add.keys().copied().collect());
            }
            let presenters = need.unfixable.iter().flat_map(|position| &candidates.presenters[*position]);
            unfixable.extend(presenters.map(|to| (need.party, *to)));
        }
        let after = self.matrix_of(&stores, matrix.profile, matrix.at);
        let kept = |(from, to): &(usize, usize)| match (matrix.cell(*from, *to), after.cell(*from, *to)) {
            (Some(Trust::Untrusted), Some(Trust::Untrusted)) => unfixable.contains(&(*from, *to)),
            (Some(Trust::Untrusted), Some(Trust::Trusted)) => !unfixable.contains(&(*from, *to)),
            // What another vCenter of the target presents is not known.
            (Some(Trust::Untrusted), Some(Trust::Unknown)) => !matrix.parties[*to].without_chain.is_empty(),
            (Some(Trust::Trusted), after) => after == Some(Trust::Trusted),
            (Some(Trust::Unknown), after) => after != Some(Trust::Untrusted),
            (Some(Trust::Untrusted) | None, None) | (None, Some(_)) => false,
        };
        let cells = rows.iter().flat_map(|from| (0..matrix.len()).map(move |to| (from, to)));
        cells.filter(|cell| !kept(cell)).collect()
    }

    /// The matrix as it would be with `additions` made.
    #[must_use]
    pub fn matrix_with(&self, matrix: &Matrix, additions: &Additions) -> Matrix {
        let mut stores = self.party_stores();
        for row in &additions.rows {
            let Some(anchor) = row.add.sha256.and_then(|sha256| self.judge.contents.number(sha256)) else { continue };
            for party in row.to.iter().filter_map(|name| self.party_of(name)) {
                if let Some(store) = &mut stores[party] {
                    store.extend(&std::iter::once(anchor).collect());
                }
            }
        }
        self.matrix_of(&stores, matrix.profile, matrix.at)
    }
}

/// Whether a certificate may be proposed: valid now, and a CA or a root from before extensions (version 1).
fn may_be_added(certificate: &Certificate, at: Time) -> bool {
    let authority = certificate.is_ca() || (certificate.version() == 1 && certificate.is_self_issued());
    authority && certificate.not_before() <= at && at <= certificate.not_after()
}

/// Whether a certificate may stand between end-entity and anchor.
fn may_stand_between(certificate: &Certificate) -> bool {
    !certificate.seems_self_signed()
}
