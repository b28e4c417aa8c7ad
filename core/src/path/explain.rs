//! Why a chain is refused: the broken rules, the nearest miss first, and the one change that would be enough.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::candidates::Likeness;
use super::graph::{Graph, Node, Refusal, Why};
use super::rejection::{Origin, Reason};
use super::search::{Faults, Search};
pub(super) use super::telling::Explanation;
use super::telling::Telling;
use super::whole_path::{Broken, Link};
use crate::cert::Certificate;
use crate::text::brief;

/// Where a certificate came from.
pub(super) fn origin(search: &Search<'_>, certificate: &Certificate) -> Origin {
    let presented = || search.chain.iter().position(|other| other == certificate).unwrap_or(0);
    let end_entity = search.chain.first() == Some(certificate);
    match search.store.anchor(certificate.sha256()).filter(|_| !end_entity) {
        Some(anchor) => Origin::Store(anchor.place.clone()),
        None => Origin::Presented(presented()),
    }
}

/// The end-entity certificate's own faults, in a chain that is otherwise good.
pub(super) fn end_entity(search: &Search<'_>, certificate: &Certificate, own: &[Reason]) -> Explanation {
    let mut telling = Telling::new(search);
    telling.own(certificate, own);
    telling.nearest_are_told();
    telling.finish()
}

/// The faults of the best whole path, after the end-entity certificate's own.
pub(super) fn whole_path(search: &Search<'_>, path: &[Link<'_>], own: &[Reason], broken: &[Broken]) -> Explanation {
    let mut telling = Telling::new(search);
    telling.own(path[0].certificate, own);
    for Broken { at, by, reason } in broken {
        let candidate = by.map(|by| path[by].certificate);
        telling.push(path[*at].certificate, candidate, || reason.clone());
    }
    telling.nearest_are_told();
    telling.finish()
}

/// No path of good certificates and signatures exists: the cheapest way up, and what was refused on the way.
pub(super) fn no_path(search: &Search<'_>, graph: &Graph<'_>, own: &[Reason]) -> Explanation {
    let mut telling = Telling::new(search);
    telling.own(graph.nodes[0].certificate, own);
    let way = nearest_way(graph);
    let mut on_way = vec![false; graph.nodes.len()];
    for step in way.windows(2) {
        on_way[step[0]] = true;
        if let Some(edge) = graph.nodes[step[0]].edges.iter().find(|edge| edge.to == step[1]) {
            broken_edge(&mut telling, graph, step[0], edge.to, edge.broken.as_deref());
        }
    }
    let top = way.last().copied().unwrap_or(0);
    on_way[top] = true;
    let complete = graph.nodes[top].ends_path;
    if !complete {
        dead_end(&mut telling, search, graph, top);
    }
    telling.nearest_are_told();
    for (index, node) in graph.nodes.iter().enumerate() {
        for edge in node.edges.iter().filter(|edge| !(on_way[index] && on_way[edge.to])) {
            broken_edge(&mut telling, graph, index, edge.to, edge.broken.as_deref());
        }
        if index != top && !node.ends_path && node.edges.is_empty() {
            dead_end(&mut telling, search, graph, index);
        }
    }
    // Lookalikes beside a real issuer explain nothing until that issuer is gone, so they come last.
    let beside = graph.refusals.iter().filter(|refusal| !graph.nodes[refusal.child].edges.is_empty());
    for refusal in sorted(beside) {
        refused(&mut telling, search, graph, refusal);
    }
    let silent = !complete && telling.count() == own.len() && graph.refusals.is_empty();
    if silent {
        // Good signatures all around and no end: CAs that certify each other.
        issuer_not_found(&mut telling, graph.nodes[top].certificate);
        telling.nearest_are_told();
    }
    telling.finish()
}

fn broken_edge(telling: &mut Telling<'_, '_>, graph: &Graph<'_>, from: usize, to: usize, broken: Option<&Faults>) {
    if let Some(broken) = broken {
        telling.faults(graph.nodes[from].certificate, graph.nodes[to].certificate, broken, &[]);
    }
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
        // A partial way ends where the issuer is missing, the longest at equal cost: that is what a person must fix.
        let Node { ends_path, edges, .. } = &graph.nodes[node];
        let rank = (*ends_path, edges.is_empty(), Reverse((here.0, usize::MAX - here.1)), node);
        if (rank.0, rank.1, rank.2) > (farthest.0, farthest.1, farthest.2) || node == 0 {
            farthest = rank;
        }
        if *ends_path {
            break;
        }
        for edge in &graph.nodes[node].edges {
            let there = (here.0 + edge.broken.as_ref().map_or(0, |broken| broken.count()), here.1 + 1);
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
fn dead_end(telling: &mut Telling<'_, '_>, search: &Search<'_>, graph: &Graph<'_>, index: usize) {
    let node = &graph.nodes[index];
    let certificate = node.certificate;
    let self_signed = node.anchor.is_none() && certificate.seems_self_signed();
    if node.anchor.is_some() {
        telling.push(certificate, None, || Reason::PartialChain);
    } else if self_signed {
        telling.push(certificate, None, || Reason::SelfSignedNotTrusted);
    }
    for refusal in sorted(graph.refusals_of(index).iter()) {
        refused(telling, search, graph, refusal);
    }
    if node.anchor.is_none() && !self_signed && node.candidates == 0 {
        issuer_not_found(telling, certificate);
    }
    if index == 0 && search.store.contains(certificate) {
        telling.push(certificate, None, || Reason::ExactMatchRefused);
    }
}

fn issuer_not_found(telling: &mut Telling<'_, '_>, certificate: &Certificate) {
    telling.push(certificate, None, || Reason::IssuerNotFound {
        issuer: brief(certificate.issuer()),
        key_id: certificate.authority_key_id().cloned(),
    });
}

fn sorted<'g, 'a>(refusals: impl Iterator<Item = &'g Refusal<'a>>) -> Vec<&'g Refusal<'a>> {
    let mut out: Vec<&Refusal<'a>> = refusals.collect();
    // `Equal` first: the right key identifier with a bad signature is the nearest miss of all.
    out.sort_by_key(|refusal| (refusal.child, refusal.likeness != Likeness::Equal));
    out
}

fn refused(telling: &mut Telling<'_, '_>, search: &Search<'_>, graph: &Graph<'_>, refusal: &Refusal<'_>) {
    let child = graph.nodes[refusal.child].certificate;
    let candidate = refusal.candidate.certificate;
    let first = if telling.is_full() { Vec::new() } else { refusal.why.reasons(search, child, refusal.candidate) };
    if telling.is_full() && refusal.why != Why::Unsupported {
        // Only counted; whose key is another one still decides whether all is one fault.
        telling.left_out(candidate, refusal.why.is_other_key());
    }
    for reason in &first {
        telling.push(child, Some(candidate), || reason.clone());
    }
    if let Some(faults) = search.rules(refusal.candidate) {
        telling.faults(child, candidate, &faults, &first);
    }
}
