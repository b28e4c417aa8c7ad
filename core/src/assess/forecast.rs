//! The dates on which links break, what breaks, and the one cause.
//!
//! A verdict can only change when the validity of a certificate that has a part in it begins or ends. So nothing is
//! sampled: at each such moment the links that depend on the certificate are judged again. A link that has a second
//! path does not break; an expired root breaks only what the profile lets it break.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bits::BitSet;
use super::edges::EdgeKind;
use super::finding::CertificateRecord;
use super::judge::{Court, Rules};
use super::matrix::StoreSet;
use super::survey::Survey;
use super::universe::{ChainId, PLACES};
use crate::cert::Certificate;
use crate::path::{Profile, Purpose};
use crate::thumbprint::Fingerprint;
use crate::time::Time;

/// What breaks until when.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Forecast {
    /// The time all is judged from.
    pub at: Time,
    /// The last moment that is looked at.
    pub until: Time,
    /// Whose rules decide.
    pub profile: Profile,
    /// What happens, the earliest first.
    pub events: Vec<Event>,
}

/// One certificate ends, and this breaks.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Event {
    /// The last second of the certificate's validity; afterwards the links are broken.
    pub date: Time,
    /// Whole days until then.
    pub days_left: i64,
    /// What part the certificate plays.
    pub kind: EventKind,
    /// The certificate that ends.
    pub cause: CertificateRecord,
    /// Where it is, at most four places.
    pub places: Vec<Arc<str>>,
    /// How many links break. None, when the certificate is in no link that is trusted until then.
    pub count: usize,
    /// The first of them, at most [`BROKEN`], the matrix first.
    pub links: Vec<Link>,
}

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

/// One link that breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
pub struct Link {
    /// Which edge of a host; absent for a cell of the matrix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge: Option<EdgeKind>,
    /// Who trusts.
    pub from: Arc<str>,
    /// Who presents.
    pub to: Arc<str>,
}

/// How many broken links of one event are listed.
pub const BROKEN: usize = 50;

/// A link by numbers: an edge of a host, or two parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct LinkNumber {
    edge: Option<EdgeKind>,
    first: usize,
    second: usize,
}

/// All links of one chain, by the content of the store that decides.
struct Group {
    chain: ChainId,
    rules: Rules,
    stores: Vec<BitSet>,
    links: Vec<Vec<LinkNumber>>,
}

/// A certificate that ends, and in which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    after: Time,
    kind: EventKind,
    sha256: Fingerprint,
}

type Broken = BTreeMap<Cause, Vec<LinkNumber>>;

impl Survey {
    /// What breaks between `at` and `until`, by the rules of `profile`: cells of the matrix, edges of hosts, and the end
    /// of every presented certificate. Costs one search per distinct chain and boundary.
    #[must_use]
    pub fn forecast(&self, profile: Profile, at: Time, until: Time) -> Forecast {
        let groups = self.groups(profile);
        let mut broken: Broken =
            groups.par_iter().map(|group| group.breaks(&self.court, at, until)).reduce(BTreeMap::new, merged);
        for chain in self.court.universe.chains() {
            if let Some(certificate) = self.end_entity(chain).filter(|end| within(end.not_after(), at, until)) {
                let cause =
                    Cause { after: certificate.not_after(), kind: EventKind::EndEntity, sha256: certificate.sha256() };
                broken.entry(cause).or_default();
            }
        }
        let chains = self.chains_by_certificate();
        let events = broken.into_iter().filter_map(|(cause, links)| self.event(cause, links, at, &chains));
        Forecast { at, until, profile, events: events.collect() }
    }

    fn groups(&self, profile: Profile) -> Vec<Group> {
        let mut groups: HashMap<(ChainId, Purpose), HashMap<BitSet, Vec<LinkNumber>>> = HashMap::new();
        let mut add = |chain: ChainId, purpose: Purpose, store: &BitSet, link: LinkNumber| {
            groups.entry((chain, purpose)).or_default().entry_ref(store).or_default().push(link);
        };
        let stores: Vec<Option<StoreSet>> = self.party_stores();
        for to in 0..self.parties.len() {
            for chain in self.machine_chains(to).into_iter().flatten() {
                for (from, store) in stores.iter().enumerate() {
                    let Some(store) = store else { continue };
                    add(chain, Purpose::Server, &store.members, LinkNumber { edge: None, first: from, second: to });
                }
            }
        }
        for (kind, vcenter, host, chain, store) in self.edge_links() {
            let link = LinkNumber { edge: Some(kind), first: vcenter, second: host };
            add(chain, kind.purpose(), self.court.universe.members(store.id), link);
        }
        let group = |((chain, purpose), by_store): (_, HashMap<BitSet, Vec<LinkNumber>>)| {
            let (stores, links) = by_store.into_iter().unzip();
            Group { chain, rules: Rules { profile, purpose }, stores, links }
        };
        groups.into_iter().map(group).collect()
    }

    /// Where each presented certificate is.
    fn chains_by_certificate(&self) -> HashMap<Fingerprint, Vec<ChainId>> {
        let mut chains: HashMap<Fingerprint, Vec<ChainId>> = HashMap::new();
        for chain in self.court.universe.chains() {
            for certificate in self.court.universe.certificates(chain).iter() {
                chains.entry(certificate.sha256()).or_default().push(chain);
            }
        }
        chains
    }

    fn event(
        &self,
        cause: Cause,
        mut links: Vec<LinkNumber>,
        at: Time,
        chains: &HashMap<Fingerprint, Vec<ChainId>>,
    ) -> Option<Event> {
        let universe = &self.court.universe;
        // A cell counts once, however many chains of one party break it.
        links.sort_unstable();
        links.dedup();
        let known = universe.number(cause.sha256).map(|number| &universe.anchors()[number]);
        let presented = chains.get(&cause.sha256).map_or(&[][..], Vec::as_slice);
        let certificate = match (known, presented.first()) {
            (Some(known), _) => &known.certificate,
            (None, Some(chain)) => {
                universe.certificates(*chain).iter().find(|certificate| certificate.sha256() == cause.sha256)?
            }
            (None, None) => return None,
        };
        let mut places: Vec<Arc<str>> = match (cause.kind, known) {
            (EventKind::Anchor, Some(known)) => known.places.clone(),
            (EventKind::Anchor, None) | (EventKind::Intermediate | EventKind::EndEntity, _) => {
                presented.iter().flat_map(|chain| universe.chain_places(*chain)).take(PLACES).cloned().collect()
            }
        };
        places.dedup();
        Some(Event {
            date: cause.after,
            days_left: at.days_until(cause.after),
            kind: cause.kind,
            cause: certificate.into(),
            places,
            count: links.len(),
            links: links.into_iter().take(BROKEN).map(|link| self.link(link)).collect(),
        })
    }

    fn link(&self, number: LinkNumber) -> Link {
        let party = |party: usize| {
            let first = self.parties[party].members.first();
            first.map(|member| Arc::clone(&self.vcenters[*member].name)).unwrap_or_default()
        };
        match number.edge {
            None => Link { edge: None, from: party(number.first), to: party(number.second) },
            Some(kind) => {
                let vcenter = &self.vcenters[number.first];
                let (vcenter, host) = (Arc::clone(&vcenter.name), Arc::clone(&vcenter.hosts[number.second].name));
                let (from, to) = if kind.is_from_vcenter() { (vcenter, host) } else { (host, vcenter) };
                Link { edge: Some(kind), from, to }
            }
        }
    }
}

impl Group {
    /// Judges the links again at every moment at which a certificate they may depend on begins or ends.
    fn breaks(&self, court: &Court, at: Time, until: Time) -> Broken {
        let stores: Vec<&BitSet> = self.stores.iter().collect();
        let mut trusting = court.trusting(self.chain, &stores, self.rules, at);
        let mut broken = Broken::new();
        for (moment, ending) in self.moments(court, at, until) {
            let after = court.trusting(self.chain, &stores, self.rules, moment);
            let mut lost = trusting.clone();
            lost.remove_all(&after);
            for position in lost.iter() {
                let held = |cause: &&Cause| {
                    cause.kind != EventKind::Anchor
                        || court.universe.number(cause.sha256).is_some_and(|n| self.stores[position].contains(n))
                };
                // The end-entity certificate breaks everything by itself, so it is the cause when it ends.
                if let Some(cause) = ending.iter().filter(held).max_by_key(|cause| cause.kind) {
                    broken.entry(*cause).or_default().extend(&self.links[position]);
                }
            }
            trusting = after;
        }
        broken
    }

    /// The moments between `at` and `until` at which a certificate begins to be valid or has just ended, each with
    /// those that have ended.
    fn moments(&self, court: &Court, at: Time, until: Time) -> BTreeMap<Time, Vec<Cause>> {
        let mut moments: BTreeMap<Time, Vec<Cause>> = BTreeMap::new();
        let mut add = |certificate: &Certificate, kind: EventKind| {
            if within(certificate.not_before(), at, until) {
                moments.entry(certificate.not_before()).or_default();
            }
            let after = certificate.not_after();
            if within(after, at, until) {
                let cause = Cause { after, kind, sha256: certificate.sha256() };
                moments.entry(Time::from_unix(after.unix().saturating_add(1))).or_default().push(cause);
            }
        };
        for (position, certificate) in court.universe.certificates(self.chain).iter().enumerate() {
            add(certificate, if position == 0 { EventKind::EndEntity } else { EventKind::Intermediate });
        }
        for number in court.universe.relevant(self.chain, self.rules.profile).iter() {
            add(&court.universe.anchors()[number].certificate, EventKind::Anchor);
        }
        moments
    }
}

/// Whether something that happens at `moment` lies ahead and is still looked at.
fn within(moment: Time, at: Time, until: Time) -> bool {
    at <= moment && moment <= until
}

fn merged(mut one: Broken, other: Broken) -> Broken {
    for (cause, links) in other {
        one.entry(cause).or_default().extend(links);
    }
    one
}
