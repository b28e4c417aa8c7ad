//! Who trusts which chain over a span of time.
//!
//! A verdict can only change when the validity of a certificate that has a part in it begins or ends. So nothing is
//! sampled: each question is asked again at each such moment.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bits::BitSet;
use super::contents::{ChainId, StoreId};
use super::judge::{Ask, Judge, Rules};
use crate::cert::Certificate;
use crate::path::Profile;
use crate::thumbprint::Fingerprint;
use crate::time::Time;

/// The part of a certificate that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A trust anchor.
    Anchor,
    /// A CA certificate that is presented with the chain.
    Intermediate,
    /// The end-entity certificate itself.
    EndEntity,
}

/// A certificate that ends, and in which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cause {
    /// Its last second by RFC 5280.
    pub(crate) not_after: Time,
    pub(crate) kind: EventKind,
    pub(crate) sha256: Fingerprint,
}

/// The span that is looked at, both ends included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) at: Time,
    pub(crate) until: Time,
}

/// The answers about one chain by one set of rules.
#[derive(Debug)]
pub(crate) struct Timeline {
    stores: Vec<StoreId>,
    /// INVARIANT: never empty, ascending; the first is at the beginning of the span.
    changes: Vec<Change>,
}

/// From this moment on these stores trust the chain.
#[derive(Debug)]
struct Change {
    since: Time,
    /// Positions in [`Timeline::stores`].
    trusting: BitSet,
    /// What has ended just before.
    ended: Vec<Cause>,
}

/// The answers to all questions of an estate's links.
#[derive(Debug)]
pub(crate) struct Timelines(HashMap<(ChainId, Rules), Timeline>);

impl Span {
    /// Whether something that happens at `moment` lies in it.
    pub(crate) fn contains(self, moment: Time) -> bool {
        self.at <= moment && moment <= self.until
    }
}

impl Timelines {
    /// Asks every question at every moment that may change its answer. Costs one search for each distinct chain, set
    /// of rules and moment.
    pub(crate) fn of(judge: &Judge, asks: impl Iterator<Item = Ask>, span: Span) -> Self {
        let mut stores_of: HashMap<(ChainId, Rules), BTreeSet<StoreId>> = HashMap::new();
        for (chain, store, rules) in asks {
            stores_of.entry((chain, rules)).or_default().insert(store);
        }
        let timeline = |((chain, rules), stores): ((ChainId, Rules), BTreeSet<StoreId>)| {
            ((chain, rules), Timeline::of(judge, chain, rules, stores, span))
        };
        let groups: Vec<((ChainId, Rules), BTreeSet<StoreId>)> = stores_of.into_iter().collect();
        let timelines: Vec<((ChainId, Rules), Timeline)> = groups.into_par_iter().map(timeline).collect();
        Self(timelines.into_iter().collect())
    }

    /// The timeline of one chain.
    pub(crate) fn chain(&self, chain: ChainId, rules: Rules) -> Option<&Timeline> {
        self.0.get(&(chain, rules))
    }

    /// Whether the store trusts the chain at this time; `None` when that was not asked.
    pub(crate) fn answer(&self, (chain, store, rules): Ask, at: Time) -> Option<bool> {
        self.chain(chain, rules)?.answer(store, at)
    }
}

impl Timeline {
    fn of(judge: &Judge, chain: ChainId, rules: Rules, stores: BTreeSet<StoreId>, span: Span) -> Self {
        let stores: Vec<StoreId> = stores.into_iter().collect();
        let sets: Vec<&BitSet> = stores.iter().map(|id| judge.contents.members(*id)).collect();
        let trusting = |at: Time| judge.trusting(chain, &sets, rules, at);
        let mut changes = vec![Change { since: span.at, trusting: trusting(span.at), ended: Vec::new() }];
        for (since, ended) in moments(judge, chain, rules.profile, span) {
            let trusting = trusting(since);
            if changes.last().is_some_and(|last| last.trusting != trusting) {
                changes.push(Change { since, trusting, ended });
            }
        }
        Self { stores, changes }
    }

    /// Whether the store trusts the chain at this time; `None` when that was not asked.
    pub(crate) fn answer(&self, store: StoreId, at: Time) -> Option<bool> {
        let position = self.stores.binary_search(&store).ok()?;
        let change = self.changes.iter().rev().find(|change| change.since <= at)?;
        Some(change.trusting.contains(position))
    }

    /// The moments after the beginning at which an answer about this store changes from yes to no, each with the
    /// certificate that has ended.
    pub(crate) fn losses<'t>(&'t self, judge: &'t Judge, store: StoreId) -> impl Iterator<Item = (Time, Cause)> + 't {
        let position = self.stores.binary_search(&store).ok();
        let steps = self.changes.windows(2).filter_map(move |step| match step {
            [before, after] => {
                position.filter(|n| before.trusting.contains(*n) && !after.trusting.contains(*n)).map(|_| after)
            }
            _ => None,
        });
        steps.filter_map(move |change| {
            let held = |cause: &&Cause| {
                cause.kind != EventKind::Anchor
                    || judge.contents.number(cause.sha256).is_some_and(|n| judge.contents.members(store).contains(n))
            };
            // The end-entity certificate breaks everything by itself, so it is the cause when it ends.
            let cause = change.ended.iter().filter(held).max_by_key(|cause| cause.kind)?;
            Some((change.since, *cause))
        })
    }
}

/// The moments in `span` at which a certificate that may have a part in a path of the chain begins to be valid or has
/// just ended, each with those that have ended.
fn moments(judge: &Judge, chain: ChainId, profile: Profile, span: Span) -> BTreeMap<Time, Vec<Cause>> {
    let mut moments: BTreeMap<Time, Vec<Cause>> = BTreeMap::new();
    let mut add = |certificate: &Certificate, kind: EventKind| {
        if span.contains(certificate.not_before()) {
            moments.entry(certificate.not_before()).or_default();
        }
        let not_after = certificate.not_after();
        if span.contains(not_after) {
            let cause = Cause { not_after, kind, sha256: certificate.sha256() };
            moments.entry(ended(profile, not_after)).or_default().push(cause);
        }
    };
    for (position, certificate) in judge.contents.certificates(chain).iter().enumerate() {
        add(certificate, if position == 0 { EventKind::EndEntity } else { EventKind::Intermediate });
    }
    for number in judge.contents.relevant(chain, profile).iter() {
        add(&judge.contents.anchors()[number].certificate, EventKind::Anchor);
    }
    moments
}

/// The first second at which `profile` takes a certificate for ended.
fn ended(profile: Profile, not_after: Time) -> Time {
    if profile.decisions().last_second { Time::from_unix(not_after.unix().saturating_add(1)) } else { not_after }
}
