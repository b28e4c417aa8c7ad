//! Why a chain is refused: every broken rule, the nearest miss first, and the one change that would be enough.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use hashbrown::HashSet;

use super::candidates::Likeness;
use super::graph::{Graph, Node, Refusal};
use super::rejection::{CertificateFacts, Origin, Reason, Rejection};
use super::search::Search;
use super::whole_path::{Broken, Link};
use crate::cert::Certificate;
use crate::thumbprint::Fingerprint;

/// What was found out about a refused chain.
#[derive(Default)]
pub(super) struct Explanation {
    pub(super) rejections: Vec<Rejection>,
    pub(super) change: Option<String>,
}

/// Turns certificates into facts with their origin.
pub(super) struct Origins<'s, 'a>(pub(super) &'s Search<'a>);

impl Origins<'_, '_> {
    pub(super) fn origin(&self, certificate: &Certificate) -> Origin {
        let presented = || self.0.chain.iter().position(|other| other == certificate).unwrap_or(0);
        let end_entity = self.0.chain.first() == Some(certificate);
        match self.0.store.anchor(certificate.sha256()).filter(|_| !end_entity) {
            Some(anchor) => Origin::Store(anchor.place.clone()),
            None => Origin::Presented(presented()),
        }
    }

    fn facts(&self, certificate: &Certificate) -> CertificateFacts {
        CertificateFacts::new(certificate, self.origin(certificate))
    }

    fn own(&self, certificate: &Certificate, reason: Reason) -> Rejection {
        Rejection { reason, certificate: Some(self.facts(certificate)), candidate: None }
    }

    fn issuer(&self, child: &Certificate, candidate: &Certificate, reason: Reason) -> Rejection {
        Rejection { reason, certificate: Some(self.facts(child)), candidate: Some(self.facts(candidate)) }
    }
}

/// The end-entity certificate's own faults, in a chain that is otherwise good.
pub(super) fn end_entity(search: &Search<'_>, certificate: &Certificate, own: &[Reason]) -> Explanation {
    let origins = Origins(search);
    finish(own.iter().map(|reason| origins.own(certificate, reason.clone())).collect(), Vec::new())
}

/// The faults of the best whole path, after the end-entity certificate's own.
pub(super) fn whole_path(search: &Search<'_>, path: &[Link<'_>], own: &[Reason], broken: Vec<Broken>) -> Explanation {
    let origins = Origins(search);
    let end_entity = path[0].certificate;
    let mut nearest: Vec<Rejection> = own.iter().map(|reason| origins.own(end_entity, reason.clone())).collect();
    nearest.extend(broken.into_iter().map(|Broken { at, by, reason }| match by {
        Some(by) => origins.issuer(path[at].certificate, path[by].certificate, reason),
        None => origins.own(path[at].certificate, reason),
    }));
    finish(nearest, Vec::new())
}

/// No path of good certificates and signatures exists: the cheapest way up, and all that was refused on the way.
pub(super) fn no_path(search: &Search<'_>, graph: &Graph<'_>, own: &[Reason]) -> Explanation {
    let origins = Origins(search);
    let end_entity = graph.nodes[0].certificate;
    let mut nearest: Vec<Rejection> = own.iter().map(|reason| origins.own(end_entity, reason.clone())).collect();
    let way = nearest_way(graph);
    let mut on_way = vec![false; graph.nodes.len()];
    for step in way.windows(2) {
        on_way[step[0]] = true;
        let child = &graph.nodes[step[0]];
        if let Some(edge) = child.edges.iter().find(|edge| edge.to == step[1]) {
            let issuer = graph.nodes[step[1]].certificate;
            nearest.extend(edge.broken.iter().map(|r| origins.issuer(child.certificate, issuer, r.clone())));
        }
    }
    let top = way.last().copied().unwrap_or(0);
    on_way[top] = true;
    let complete = graph.nodes[top].ends_path;
    let mut others = Vec::new();
    if !complete {
        nearest.extend(dead_end(search, graph, top));
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        for edge in node.edges.iter().filter(|edge| !(on_way[index] && on_way[edge.to])) {
            let issuer = graph.nodes[edge.to].certificate;
            others.extend(edge.broken.iter().map(|r| origins.issuer(node.certificate, issuer, r.clone())));
        }
        if index != top && !node.ends_path && node.edges.is_empty() {
            others.extend(dead_end(search, graph, index));
        }
    }
    // Lookalikes beside a real issuer explain nothing until that issuer is gone, so they come last.
    let beside = graph.refusals.iter().filter(|refusal| !graph.nodes[refusal.child].edges.is_empty());
    others.extend(sorted(beside).into_iter().flat_map(|refusal| refused(search, graph, refusal)));
    if nearest.is_empty() && others.len() == 1 {
        nearest.append(&mut others);
    }
    let silent = !complete && nearest.len() == own.len() && others.is_empty() && graph.refusals.is_empty();
    if silent {
        // Good signatures all around and no end: CAs that certify each other.
        nearest.push(issuer_not_found(&origins, graph.nodes[top].certificate));
    }
    finish(nearest, others)
}

/// The way up with the fewest broken rules: to an anchor if there is any, otherwise to where signatures lead no further.
fn nearest_way(graph: &Graph<'_>) -> Vec<usize> {
    let mut cost: Vec<Option<(usize, usize)>> = vec![None; graph.nodes.len()];
    let mut below: Vec<Option<usize>> = vec![None; graph.nodes.len()];
    let mut heap = BinaryHeap::from([Reverse(((0, 0), 0))]);
    cost[0] = Some((0, 0));
    let mut farthest = (false, false, Reverse((0, 0)), 0);
    while let Some(Reverse((here, node))) = heap.pop() {
        if cost[node] != Some(here) {
            continue;
        }
        // A partial way ends where the issuer is missing, the longest at equal cost: that is what a person must mend.
        let Node { ends_path, edges, .. } = &graph.nodes[node];
        let rank = (*ends_path, edges.is_empty(), Reverse((here.0, usize::MAX - here.1)), node);
        if (rank.0, rank.1, rank.2) > (farthest.0, farthest.1, farthest.2) || node == 0 {
            farthest = rank;
        }
        if *ends_path {
            break;
        }
        for edge in &graph.nodes[node].edges {
            let there = (here.0 + edge.broken.len(), here.1 + 1);
            if cost[edge.to].is_none_or(|known| there < known) {
                cost[edge.to] = Some(there);
                below[edge.to] = Some(node);
                heap.push(Reverse((there, edge.to)));
            }
        }
    }
    let mut way: Vec<usize> = std::iter::successors(Some(farthest.3), |node| below[*node]).collect();
    way.reverse();
    way
}

/// Why nothing stands above a node.
fn dead_end(search: &Search<'_>, graph: &Graph<'_>, index: usize) -> Vec<Rejection> {
    let origins = Origins(search);
    let node = &graph.nodes[index];
    let certificate = node.certificate;
    let refusals = sorted(graph.refusals.iter().filter(|refusal| refusal.child == index));
    let mut out: Vec<Rejection> = refusals.into_iter().flat_map(|refusal| refused(search, graph, refusal)).collect();
    if node.anchor.is_some() {
        out.insert(0, origins.own(certificate, Reason::PartialChain));
    } else if search.is_self_signed(certificate) {
        out.insert(0, origins.own(certificate, Reason::SelfSignedNotTrusted));
    } else if node.candidates == 0 {
        out.push(issuer_not_found(&origins, certificate));
    }
    if index == 0 && search.store.contains(certificate) {
        out.push(origins.own(certificate, Reason::ExactMatchRefused));
    }
    out
}

fn issuer_not_found(origins: &Origins<'_, '_>, certificate: &Certificate) -> Rejection {
    let key_id = certificate.authority_key_id().cloned();
    origins.own(certificate, Reason::IssuerNotFound { issuer: certificate.issuer().to_string(), key_id })
}

fn sorted<'g, 'a>(refusals: impl Iterator<Item = &'g Refusal<'a>>) -> Vec<&'g Refusal<'a>> {
    let mut out: Vec<&Refusal<'a>> = refusals.collect();
    // `Equal` first: the right key identifier with a bad signature is the nearest miss of all.
    out.sort_by_key(|refusal| (refusal.child, refusal.likeness != Likeness::Equal));
    out
}

fn refused(search: &Search<'_>, graph: &Graph<'_>, refusal: &Refusal<'_>) -> Vec<Rejection> {
    let child = graph.nodes[refusal.child].certificate;
    let candidate = refusal.candidate.certificate;
    refusal.reasons.iter().map(|reason| Origins(search).issuer(child, candidate, reason.clone())).collect()
}

fn candidate_of(rejection: &Rejection) -> Option<Fingerprint> {
    rejection.candidate.as_ref().map(|facts| facts.sha256)
}

/// One change is enough when one rule is broken; several certificates with another key of one name are one fault.
///
/// What else is wrong with a certificate of another key does not matter once the right one is there.
fn finish(nearest: Vec<Rejection>, others: Vec<Rejection>) -> Explanation {
    let is_other_key = |rejection: &Rejection| matches!(rejection.reason, Reason::KeyChanged { .. });
    let lookalikes: HashSet<Fingerprint> =
        nearest.iter().filter(|rejection| is_other_key(rejection)).filter_map(candidate_of).collect();
    let about_lookalike = |rejection: &Rejection| candidate_of(rejection).is_some_and(|id| lookalikes.contains(&id));
    let one_fault = match nearest.as_slice() {
        [] => false,
        [_] => true,
        [first, rest @ ..] => is_other_key(first) && rest.iter().all(about_lookalike),
    };
    let change = nearest.first().filter(|_| one_fault).map(Rejection::hint);
    let mut rejections = nearest;
    rejections.extend(others);
    Explanation { rejections, change }
}
