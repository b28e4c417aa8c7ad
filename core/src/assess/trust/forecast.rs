//! The dates on which links break, what breaks, and the one cause.
//!
//! Every link is judged at every moment that may change it, by the same rules and in the same place as edges and
//! matrix judge it today: a cell of the matrix by the profile that was asked for, an edge of a host by the rules of the
//! side that decides there. A link that has a second path does not break; an expired root breaks only what the profile
//! lets it break. What the requested profile says of an edge besides is told apart: that breaks nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;
use serde::Serialize;

use super::super::engine::contents::{ChainId, PLACES};
use super::super::engine::judge::Rules;
use super::super::engine::timeline::{Cause, EventKind, Span, Timeline, Timelines};
use super::edge_kind::EdgeKind;
use super::matrix::{PartyChains, cell, of_party};
use super::open_edge::OpenEdge;
use super::topology::{Asked, PartyLinks, StoreLink, Topology};
use crate::finding::CertificateRecord;
use crate::finding::{CertificateId, record};
use crate::path::Profile;
use crate::path::Trust;
use crate::thumbprint::Fingerprint;
use crate::time::Time;

/// What breaks until when.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Forecast {
    /// The time from which everything is judged.
    pub at: Time,
    /// The last moment that is considered.
    pub until: Time,
    /// The requested profile: it decides between vCenters, and is a second opinion about edges of hosts.
    pub profile: Profile,
    /// What happens, earliest first.
    pub events: Vec<Event>,
}

/// What breaks when one certificate expires.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Event {
    /// The end of the certificate's validity: its last second by RFC 5280. Since when a link is broken by whose rules is
    /// in [`Link::by`]: most profiles take this second for valid, `openssl` does not.
    pub date: Time,
    /// Whole days until then.
    pub days_left: i64,
    /// What part the certificate plays.
    pub kind: EventKind,
    /// The certificate that ends.
    #[serde(rename = "cause_id", serialize_with = "record::id")]
    #[schemars(with = "CertificateId")]
    pub cause: CertificateRecord,
    /// Where it is, at most four places.
    pub places: Vec<Arc<str>>,
    /// How many links break. None, when the certificate is in no link that is trusted until then.
    pub count: usize,
    /// How many edges of hosts keep working, but are no longer trusted by the requested profile.
    pub disputed: usize,
    /// The first of both, at most 50: what breaks first, with the matrix first.
    pub links: Vec<Link>,
}

/// A link that breaks, or would by the requested profile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
pub struct Link {
    /// Which edge of a host; absent for a cell of the matrix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge: Option<EdgeKind>,
    /// Who trusts.
    pub from: Arc<str>,
    /// Who presents.
    pub to: Arc<str>,
    /// Whether it keeps working: only the requested profile ends it here, not the side that decides.
    pub disputed: bool,
    /// The rules by which it ends, those of the side that decides first.
    pub by: Vec<Break>,
}

/// A link that was trusted by the rules of one profile and no longer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
pub struct Break {
    /// Whose rules.
    pub profile: Profile,
    /// The first second at which it is not trusted.
    pub since: Time,
    /// The verdict from then on: untrusted, or unknown if a part that is not known may still hold a path.
    pub verdict: Trust,
}

/// How many broken links of one event are listed.
pub(super) const BROKEN: usize = 50;

/// A link by numbers: an edge of a host, or two parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct LinkNumber {
    edge: Option<EdgeKind>,
    first: usize,
    second: usize,
}

impl LinkNumber {
    /// Whose rules decide about it, when `profile` was asked for.
    fn decides(self, profile: Profile) -> Profile {
        self.edge.map_or(profile, EdgeKind::consumer)
    }
}

/// What breaks, by the certificate that ends.
type Broken = BTreeMap<Cause, Vec<(LinkNumber, Break)>>;

impl Topology {
    /// What breaks between `at` and `until`: cells of the matrix by the rules of `profile`, edges of hosts by those of
    /// their consumer and, separately, by `profile`, and the end of every presented certificate. Costs one search for each distinct chain, set of
    /// rules and moment at which a certificate begins or ends.
    #[must_use]
    pub fn forecast(&self, profile: Profile, at: Time, until: Time) -> Forecast {
        self.forecast_of(profile, at, until, None)
    }

    /// The same of what these vCenters and their hosts trust, where the report is limited to some.
    pub(crate) fn forecast_of(&self, profile: Profile, at: Time, until: Time, asked: Option<&Asked>) -> Forecast {
        let span = Span { at, until };
        let presented: Vec<PartyChains> = (0..self.parties.len()).map(|party| self.machine_chains(party)).collect();
        let open = self.open_edges();
        let stores = || self.parties.iter().flat_map(PartyLinks::stores);
        let rules = Rules::server(profile);
        let of_cells = presented.iter().flatten().flatten();
        let of_cells = of_cells.flat_map(|chain| stores().map(move |store| (*chain, store.id, rules)));
        let of_edges = open.iter().flat_map(|open| open.asks(profile).chain(open.asks(open.kind.consumer())));
        let timelines = Timelines::of(&self.judge, of_cells.chain(of_edges), span);
        let columns = presented.par_iter().enumerate();
        let cells = columns.map(|(to, presented)| self.cell_breaks(to, presented, rules, &timelines));
        let edges = open.par_iter().map(|open| self.edge_breaks(open, profile, &timelines));
        let mut broken = cells.chain(edges).reduce(BTreeMap::new, merged);
        if let Some(asked) = asked {
            let of = |link: &LinkNumber| match link.edge {
                None => asked.rows.contains(link.first),
                Some(_) => asked.vcenters.contains(link.first),
            };
            broken.values_mut().for_each(|links| links.retain(|(link, _)| of(link)));
            broken.retain(|_, links| !links.is_empty());
        }
        for chain in self.judge.contents.chains() {
            if let Some(certificate) = self.end_entity(chain).filter(|end| span.contains(end.not_after())) {
                let (not_after, sha256) = (certificate.not_after(), certificate.sha256());
                broken.entry(Cause { not_after, kind: EventKind::EndEntity, sha256 }).or_default();
            }
        }
        let chains = self.chains_by_certificate();
        let event = |(cause, links)| self.event(cause, links, (profile, at), &chains);
        let events = broken.into_iter().filter_map(event);
        Forecast { at, until, profile, events: events.collect() }
    }

    /// What breaks in one column of the matrix.
    fn cell_breaks(&self, to: usize, presented: &PartyChains, rules: Rules, timelines: &Timelines) -> Broken {
        let mut broken = Broken::new();
        let chains: Vec<Option<&Timeline>> =
            presented.iter().map(|chain| chain.and_then(|chain| timelines.chain(chain, rules))).collect();
        for (from, party) in self.parties.iter().enumerate() {
            let asked = party.stores().flat_map(|store| chains.iter().flatten().map(move |chain| (store, chain)));
            let losses = asked.flat_map(|(store, chain)| chain.losses(&self.judge, store.id));
            let by_store = |store: StoreLink, at| {
                let answer = |chain: &Option<&Timeline>| chain.and_then(|chain| chain.answer(store.id, at));
                cell(Some(store.unknown()), chains.iter().map(answer))
            };
            let verdict = |at| of_party(party.stores().map(|store| by_store(store, at)));
            let link = LinkNumber { edge: None, first: from, second: to };
            breaks(link, rules.profile, losses, verdict, &mut broken);
        }
        broken
    }

    /// What ends on one edge, by the consumer's rules and by the requested profile.
    fn edge_breaks(&self, open: &OpenEdge, profile: Profile, timelines: &Timelines) -> Broken {
        let mut broken = Broken::new();
        let link = LinkNumber { edge: Some(open.kind), first: open.vcenter, second: open.host };
        for profile in BTreeSet::from([profile, open.kind.consumer()]) {
            let asks = open.asks(profile);
            let asked = asks.filter_map(|(chain, store, rules)| Some((timelines.chain(chain, rules)?, store)));
            let losses = asked.flat_map(|(chain, store)| chain.losses(&self.judge, store));
            let verdict = |at| open.verdict(profile, |ask| timelines.answer(ask, at));
            breaks(link, profile, losses, verdict, &mut broken);
        }
        broken
    }

    /// Where each presented certificate is.
    fn chains_by_certificate(&self) -> HashMap<Fingerprint, Vec<ChainId>> {
        let mut chains: HashMap<Fingerprint, Vec<ChainId>> = HashMap::new();
        for chain in self.judge.contents.chains() {
            for certificate in self.judge.contents.certificates(chain).iter() {
                chains.entry(certificate.sha256()).or_default().push(chain);
            }
        }
        chains
    }

    fn event(
        &self,
        cause: Cause,
        mut broken: Vec<(LinkNumber, Break)>,
        (profile, at): (Profile, Time),
        chains: &HashMap<Fingerprint, Vec<ChainId>>,
    ) -> Option<Event> {
        let contents = &self.judge.contents;
        broken.sort_unstable_by_key(|(link, by)| (*link, by.profile != link.decides(profile), *by));
        // A link counts once, by however many rules it ends; who decides stands first.
        let is_disputed = |(link, by): &(LinkNumber, Break)| by.profile != link.decides(profile);
        let links = broken.chunk_by(|(one, _), (other, _)| one == other);
        let (disputed, breaking): (Vec<_>, Vec<_>) = links.partition(|breaks| breaks.first().is_some_and(is_disputed));
        let listed =
            breaking.iter().map(|breaks| (false, *breaks)).chain(disputed.iter().map(|breaks| (true, *breaks)));
        let known = contents.number(cause.sha256).map(|number| &contents.anchors()[number]);
        let presented = chains.get(&cause.sha256).map_or(&[][..], Vec::as_slice);
        let certificate = match (known, presented.first()) {
            (Some(known), _) => &known.certificate,
            (None, Some(chain)) => {
                contents.certificates(*chain).iter().find(|certificate| certificate.sha256() == cause.sha256)?
            }
            (None, None) => return None,
        };
        let mut places: Vec<Arc<str>> = match (cause.kind, known) {
            (EventKind::Anchor, Some(known)) => known.places.clone(),
            (EventKind::Anchor, None) | (EventKind::Intermediate | EventKind::EndEntity, _) => {
                presented.iter().flat_map(|chain| contents.chain_places(*chain)).take(PLACES).cloned().collect()
            }
        };
        places.dedup();
        Some(Event {
            date: cause.not_after,
            days_left: at.days_until(cause.not_after),
            kind: cause.kind,
            cause: certificate.into(),
            places,
            count: breaking.len(),
            disputed: disputed.len(),
            links: listed.take(BROKEN).filter_map(|(disputed, breaks)| self.link(breaks, disputed)).collect(),
        })
    }

    /// One link with all its breaks of one event.
    fn link(&self, breaks: &[(LinkNumber, Break)], disputed: bool) -> Option<Link> {
        let (number, _) = breaks.first()?;
        let by = breaks.iter().map(|(_, by)| *by).collect();
        let party = |party: usize| {
            let first = self.parties[party].members.first();
            first.map(|member| Arc::clone(&self.vcenters[*member].name)).unwrap_or_default()
        };
        let (from, to) = match number.edge {
            None => (party(number.first), party(number.second)),
            Some(kind) => {
                let vcenter = &self.vcenters[number.first];
                let (vcenter, host) = (Arc::clone(&vcenter.name), Arc::clone(&vcenter.hosts[number.second].name));
                if kind.is_from_vcenter() { (vcenter, host) } else { (host, vcenter) }
            }
        };
        Some(Link { edge: number.edge, from, to, disputed, by })
    }
}

/// Adds the moments at which a link stops being trusted. `losses` are those at which one of its chains loses its path.
fn breaks(
    link: LinkNumber,
    profile: Profile,
    losses: impl Iterator<Item = (Time, Cause)>,
    verdict: impl Fn(Time) -> Trust,
    broken: &mut Broken,
) {
    // Several chains may lose their path at one moment; one cause is enough, the end-entity certificate first.
    let mut causes: BTreeMap<Time, Cause> = BTreeMap::new();
    for (since, cause) in losses {
        let known = causes.entry(since).or_insert(cause);
        if cause.kind > known.kind {
            *known = cause;
        }
    }
    for (since, cause) in causes {
        let before = verdict(Time::from_unix(since.unix().saturating_sub(1)));
        let after = verdict(since);
        if before == Trust::Trusted && after != Trust::Trusted {
            broken.entry(cause).or_default().push((link, Break { profile, since, verdict: after }));
        }
    }
}

fn merged(mut one: Broken, other: Broken) -> Broken {
    for (cause, links) in other {
        one.entry(cause).or_default().extend(links);
    }
    one
}
