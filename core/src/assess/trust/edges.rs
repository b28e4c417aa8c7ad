//! The four trust edges of a host.
//!
//! | edge | who decides | against | presented |
//! |---|---|---|---|
//! | vCenter to host, port 443 | vpxd (`openssl`) | TRUSTED_ROOTS, or the pinned certificate in thumbprint mode | the chain on 443 |
//! | vCenter to host, port 9080 | SPS (`java`) | TRUSTED_ROOTS, or the SMS entry of the host's URL in thumbprint mode | the chain on 9080 |
//! | host to vCenter | ESXi (`openssl`) | castore.pem | the machine SSL chain |
//! | host to SPS | ESXi (`openssl`) | castore.pem | `sms_self_signed` below 9.0, `sps-extension` from 9.0 (KB 440183) |
//!
//! Where neither the host's version nor its vCenter's says which of SPS's certificates is shown, both are judged: what
//! holds for both is the answer, anything else is unknown.
//!
//! The verdict is that of whoever decides on that end. The requested profile is a second opinion, for those
//! who want their estate to hold by stricter rules than its validators have today. Names are checked apart, by the
//! rules of who decides: vCenter reaches a host by the name it was added by, a host reaches vCenter by vCenter's name.
//! A name is checked only when it can be one (a dotted DNS name or an address), and only where there is a path; it is
//! a detail of the edge and does not make it untrusted.

use std::collections::BTreeSet;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;
use serde::Serialize;

use super::super::engine::bits::BitSet;
use super::super::engine::contents::{ChainId, StoreId};
use super::super::engine::judge::{Ask, Rules, restricted};
use super::cause::REJECTIONS;
use super::edge_kind::EdgeKind;
use super::matrix::numbered;
use super::open_edge::OpenEdge;
use super::topology::Topology;
use crate::finding::CertificateRecord;
use crate::finding::words::shortened;
use crate::finding::{CertificateId, Rejections, record};
use crate::path::Trust;
use crate::path::{Profile, ServerName};
use crate::time::Time;

/// One edge of one host.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Edge {
    /// Which edge.
    pub kind: EdgeKind,
    /// The vCenter.
    pub vcenter: Arc<str>,
    /// The host.
    pub host: Arc<str>,
    /// The answer of the side that decides, by the rules in `consumer`.
    pub verdict: Trust,
    /// Whose rules the side that decides follows, whatever profile was requested.
    pub consumer: Profile,
    /// The second opinion: the answer by the requested profile (the report's `profile`).
    pub profile_verdict: Trust,
    /// Whether a pinned certificate decided, not a path (thumbprint mode).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// What must be known for an answer; empty unless `verdict` is unknown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The end-entity certificate that is presented; absent if it is not known, or not known which of two it is.
    #[serde(rename = "certificate_id", serialize_with = "record::known_id", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<CertificateId>")]
    pub certificate: Option<Arc<CertificateRecord>>,
    /// What the side that decides finds wrong; if it finds nothing, what the requested profile finds. Nearest miss
    /// first.
    #[serde(rename = "rejection_ids", skip_serializing_if = "Rejections::is_empty")]
    pub rejections: Rejections,
    /// The one change after which nothing is wrong any more, if one is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Arc<str>>,
    /// The name used to reach it, if a path exists but the certificate does not carry that name by the rules of the
    /// side that decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_name: Option<String>,
}

impl Edge {
    /// Who decides.
    #[must_use]
    pub const fn from(&self) -> &Arc<str> {
        if self.kind.is_from_vcenter() { &self.vcenter } else { &self.host }
    }

    /// Who presents.
    #[must_use]
    pub const fn to(&self) -> &Arc<str> {
        if self.kind.is_from_vcenter() { &self.host } else { &self.vcenter }
    }

    /// Whether the side that decides and the requested profile contradict each other.
    #[must_use]
    pub const fn is_disputed(&self) -> bool {
        matches!(
            (self.verdict, self.profile_verdict),
            (Trust::Trusted, Trust::Untrusted) | (Trust::Untrusted, Trust::Trusted)
        )
    }
}

/// How many distinct causes are explained; edges beyond have their verdict and no rejections.
pub(super) const EXPLAINED_EDGES: usize = 5000;

impl Topology {
    /// The edges of every host, in the estate's order. Costs one search for each distinct chain and relevant part of a
    /// store, twice where `profile` is not the consumer's.
    #[must_use]
    pub fn edges(&self, profile: Profile, at: Time) -> Vec<Edge> {
        let open = self.open_edges();
        let answers = self.answers(&open, profile, at);
        let verdicts: Vec<Verdicts> = open
            .iter()
            .map(|open| {
                let by = |profile| open.verdict(profile, |ask| answers.get(&ask).copied());
                Verdicts { consumer: by(open.kind.consumer()), asked: by(profile) }
            })
            .collect();
        let explained = self.explained(&open, &verdicts, profile, at);
        let records = self.records(&open);
        let edge = |(open, verdicts): (&OpenEdge, &Verdicts)| {
            let questions = self.edge_questions(open, *verdicts, profile);
            let found = Explained::all(questions.iter().filter_map(|question| explained.get(question)));
            let certificate = open.only_chain().and_then(|chain| records.get(&chain)).cloned();
            self.edge(open, *verdicts, found, certificate, at)
        };
        open.par_iter().zip(&verdicts).map(edge).collect()
    }

    /// Every distinct question answered once, by both profiles.
    fn answers(&self, open: &[OpenEdge], profile: Profile, at: Time) -> HashMap<Ask, bool> {
        let mut stores_of: HashMap<(ChainId, Rules), BTreeSet<StoreId>> = HashMap::new();
        for open in open {
            for (chain, store, rules) in open.asks(profile).chain(open.asks(open.kind.consumer())) {
                stores_of.entry((chain, rules)).or_default().insert(store);
            }
        }
        let groups: Vec<((ChainId, Rules), BTreeSet<StoreId>)> = stores_of.into_iter().collect();
        let answer = |((chain, rules), ids): &((ChainId, Rules), BTreeSet<StoreId>)| {
            let stores: Vec<&BitSet> = ids.iter().map(|id| self.judge.contents.members(*id)).collect();
            let trusting = self.judge.trusting(*chain, &stores, *rules, at);
            let answered = |(position, id): (usize, &StoreId)| ((*chain, *id, *rules), trusting.contains(position));
            ids.iter().enumerate().map(answered).collect::<Vec<_>>()
        };
        let answers: Vec<(Ask, bool)> = groups.par_iter().flat_map_iter(answer).collect();
        answers.into_iter().collect()
    }

    /// The reasons of untrusted edges, one list for each chain and relevant part of a store.
    fn explained(
        &self,
        open: &[OpenEdge],
        verdicts: &[Verdicts],
        profile: Profile,
        at: Time,
    ) -> HashMap<EdgeQuestion, Explained> {
        let mut questions: HashSet<EdgeQuestion> = HashSet::new();
        for (open, verdicts) in open.iter().zip(verdicts) {
            if questions.len() >= EXPLAINED_EDGES {
                break;
            }
            questions.extend(self.edge_questions(open, *verdicts, profile));
        }
        let questions: Vec<EdgeQuestion> = questions.into_iter().collect();
        let explain = |question: EdgeQuestion| self.explain(&question, at).map(|explained| (question, explained));
        let explained: Vec<(EdgeQuestion, Explained)> = questions.into_par_iter().filter_map(explain).collect();
        explained.into_iter().collect()
    }

    /// What is to be explained about an edge: the refusal of who decides, else that of the requested profile. Two
    /// questions where one of two chains is presented and both are refused.
    fn edge_questions(&self, open: &OpenEdge, verdicts: Verdicts, profile: Profile) -> Vec<EdgeQuestion> {
        let profile = match (verdicts.consumer, verdicts.asked) {
            (Trust::Untrusted, _) => open.kind.consumer(),
            (Trust::Trusted | Trust::Unknown, Trust::Untrusted) => profile,
            (Trust::Trusted | Trust::Unknown, Trust::Trusted | Trust::Unknown) => return Vec::new(),
        };
        let question = |(chain, store, rules): Ask| {
            let relevant = self.judge.contents.relevant(chain, profile);
            let held = restricted(self.judge.contents.members(store), &relevant);
            EdgeQuestion { chain, held, rules, store: open.kind.store() }
        };
        open.asks(profile).map(question).collect()
    }

    fn explain(&self, question: &EdgeQuestion, at: Time) -> Option<Explained> {
        let label: Arc<str> = question.store.into();
        let verdict = self.judge.explain(question.chain, &question.held, &label, question.rules, at).ok()?;
        Some(Explained {
            rejections: verdict.rejections.into_iter().take(REJECTIONS).map(shortened).collect(),
            change: verdict.change.map(Arc::from),
        })
    }

    /// What is presented, put into words once for each distinct chain.
    fn records(&self, open: &[OpenEdge]) -> HashMap<ChainId, Arc<CertificateRecord>> {
        let (chains, _) = numbered(open.iter().filter_map(OpenEdge::only_chain));
        let record = |chain: ChainId| Some((chain, Arc::new(self.end_entity(chain)?.into())));
        chains.into_iter().filter_map(record).collect()
    }

    fn edge(
        &self,
        open: &OpenEdge,
        Verdicts { consumer: verdict, asked: profile_verdict }: Verdicts,
        found: Option<Explained>,
        certificate: Option<Arc<CertificateRecord>>,
        at: Time,
    ) -> Edge {
        let vcenter = &self.vcenters[open.vcenter];
        let by_path = verdict == Trust::Trusted && open.pinned.is_none();
        Edge {
            kind: open.kind,
            vcenter: Arc::clone(&vcenter.name),
            host: Arc::clone(&vcenter.hosts[open.host].name),
            verdict,
            consumer: open.kind.consumer(),
            profile_verdict,
            pinned: open.pinned.is_some(),
            missing: if verdict == Trust::Unknown { open.missing.clone() } else { Vec::new() },
            certificate,
            change: found.as_ref().and_then(|found| found.change.clone()),
            rejections: found.map(|found| found.rejections).unwrap_or_default(),
            other_name: if by_path { self.other_name(open, at) } else { None },
        }
    }

    /// The name the presenter is reached by, when it is a name and who decides does not find it in the certificate.
    fn other_name(&self, open: &OpenEdge, at: Time) -> Option<String> {
        let vcenter = &self.vcenters[open.vcenter];
        let name = match open.kind {
            EdgeKind::VcenterToHost | EdgeKind::VcenterToProvider => &vcenter.hosts[open.host].name,
            EdgeKind::HostToVcenter => &vcenter.name,
            EdgeKind::HostToSps => return None,
        };
        let wanted = reachable_name(name)?;
        let chain = open.only_chain()?;
        let rules = open.rules(open.kind.consumer());
        let carried = self.judge.engine.carries_name(self.judge.contents.certificates(chain), &wanted, rules, at);
        (!carried).then(|| wanted.to_string())
    }
}

/// The two answers about one edge.
#[derive(Debug, Clone, Copy)]
struct Verdicts {
    /// By the rules of who decides.
    consumer: Trust,
    /// By the profile that was asked for.
    asked: Trust,
}

/// What decides an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct EdgeQuestion {
    chain: ChainId,
    held: BitSet,
    rules: Rules,
    store: &'static str,
}

#[derive(Clone)]
struct Explained {
    rejections: Rejections,
    change: Option<Arc<str>>,
}

impl Explained {
    /// What was found about every chain that may be presented. No single change is enough where there are two.
    fn all<'x>(mut found: impl Iterator<Item = &'x Self>) -> Option<Self> {
        let first = found.next()?.clone();
        let rest: Vec<&Self> = found.collect();
        if rest.is_empty() {
            return Some(first);
        }
        let both = std::iter::once(&first).chain(rest).flat_map(|found| found.rejections.iter().cloned());
        Some(Self { rejections: both.collect(), change: None })
    }
}

/// The name as a server name, when it can be one: an address, or a DNS name of more than one label. A bare label may
/// be an inventory name that nobody connects to.
fn reachable_name(name: &str) -> Option<ServerName> {
    let parsed: ServerName = name.parse().ok()?;
    match &parsed {
        ServerName::Dns(dns) if !dns.contains('.') => None,
        ServerName::Dns(_) | ServerName::Ip(_) => Some(parsed),
    }
}
