//! All certificates that can stand above the end-entity certificate, with every edge and why it is refused.
//!
//! Built when the first path did not hold: to enumerate the other paths, to list every anchor a chain leads to, and to
//! explain a refusal. A certificate is entered only by an edge whose signature is good, so the graph holds real
//! issuers; lookalikes are kept as refusals. Where no signature is good and one cannot be checked, the nearest such
//! candidate is entered too, so that what is wrong above it is told; no path leads over that edge.

use std::rc::Rc;

use hashbrown::HashMap;

use super::budget::Exhausted;
use super::candidates::{Candidate, Likeness};
use super::rejection::Reason;
use super::search::{self, Faults, Search};
use super::signature::{Outcome, Scheme};
use super::whole_path::{self, Link};
use crate::cert::{Certificate, Oid};
use crate::store::Anchor;
use crate::thumbprint::Fingerprint;

/// Looks at one whole path; `true` ends the enumeration.
type Visit<'v, 'a> = dyn FnMut(&mut Search<'a>, &[Link<'a>]) -> Result<bool, Exhausted> + 'v;

pub(super) struct Node<'a> {
    pub(super) certificate: &'a Certificate,
    /// It uses up path length.
    counts: bool,
    pub(super) anchor: Option<&'a Anchor>,
    /// A path may end here.
    pub(super) ends_path: bool,
    pub(super) edges: Vec<Edge>,
    /// How many candidates of the issuer's name there were.
    pub(super) candidates: usize,
}

/// The node `to` made the signature; `broken` are the rules it breaks as an issuer.
pub(super) struct Edge {
    pub(super) to: usize,
    pub(super) broken: Option<Rc<Faults>>,
    /// The signature was checked and is good; otherwise it cannot be checked.
    signed: bool,
}

impl Edge {
    /// A path may lead over it.
    fn holds(&self) -> bool {
        self.signed && self.broken.is_none()
    }
}

/// A certificate of the issuer's name that is not the issuer. Put into words only when it is told: there may be as many
/// as pairs of certificates.
pub(super) struct Refusal<'a> {
    pub(super) child: usize,
    pub(super) candidate: Candidate<'a>,
    pub(super) likeness: Likeness,
    pub(super) why: Why,
}

/// Why a certificate of the right name is not the issuer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The key identifiers differ, and the profile insists on them.
    KeyIds,
    /// It has another key.
    OtherKey,
    /// Its key did not make the signature.
    Signature,
    /// The signature cannot be checked with its key.
    Unsupported,
}

/// INVARIANT: node 0 is the end-entity certificate; `refusals` are in the order of their children.
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) refusals: Vec<Refusal<'a>>,
}

impl<'a> Graph<'a> {
    /// Explores everything above `end_entity`. When the budget ends, what was found so far is kept.
    pub(super) fn build(search: &mut Search<'a>, end_entity: &'a Certificate) -> Self {
        let mut graph = Self { nodes: Vec::new(), refusals: Vec::new() };
        let mut known: HashMap<(Fingerprint, bool), usize> = HashMap::new();
        graph.nodes.push(Node::new(search, end_entity, None, false));
        let mut next = 0;
        while next < graph.nodes.len() {
            if !graph.nodes[next].ends_path && graph.expand(search, next, &mut known).is_err() {
                break;
            }
            next += 1;
        }
        graph
    }

    fn expand(
        &mut self,
        search: &mut Search<'a>,
        child: usize,
        known: &mut HashMap<(Fingerprint, bool), usize>,
    ) -> Result<(), Exhausted> {
        let certificate = self.nodes[child].certificate;
        let mut unchecked = None;
        for (likeness, candidate) in search.candidates(certificate) {
            search.work.budget.steps(search::compared(certificate))?;
            if !search.eligible(certificate, candidate) {
                continue;
            }
            self.nodes[child].candidates += 1;
            if search.key_ids_differ(certificate, candidate) {
                self.refusals.push(Refusal { child, candidate, likeness, why: Why::KeyIds });
                continue;
            }
            match search.signed_by(certificate, candidate.certificate, likeness)? {
                Outcome::Valid => {
                    let broken = search.rules(candidate);
                    let to = self.enter(search, candidate, known);
                    self.nodes[child].edges.push(Edge { to, broken, signed: true });
                }
                Outcome::Unsupported if unchecked.is_none() => unchecked = Some((likeness, candidate)),
                Outcome::Unsupported => {
                    self.refusals.push(Refusal { child, candidate, likeness, why: Why::Unsupported });
                }
                Outcome::Invalid => {
                    let why = not_signed(certificate, likeness);
                    self.refusals.push(Refusal { child, candidate, likeness, why });
                }
            }
        }
        if let Some((likeness, candidate)) = unchecked {
            if self.nodes[child].edges.is_empty() {
                let first = Why::Unsupported.reasons(search, certificate, candidate);
                let broken = Some(Rc::new(Faults::with(first, search.rules(candidate).as_deref())));
                let to = self.enter(search, candidate, known);
                self.nodes[child].edges.push(Edge { to, broken, signed: false });
            } else {
                self.refusals.push(Refusal { child, candidate, likeness, why: Why::Unsupported });
            }
        }
        if self.nodes[child].edges.iter().any(Edge::holds) { Ok(()) } else { self.tell_other_keys(search, child) }
    }

    /// Where nothing good issued a certificate: a key identifier that differs may belong to another key, as a regenerated
    /// root leaves behind, or be another name for the key that signed. Only the signature tells which.
    fn tell_other_keys(&mut self, search: &mut Search<'a>, child: usize) -> Result<(), Exhausted> {
        let certificate = self.nodes[child].certificate;
        let own = self.refusals.iter_mut().rev().take_while(|refusal| refusal.child == child);
        for refusal in own.filter(|refusal| refusal.why == Why::KeyIds) {
            let likeness = refusal.likeness;
            if search.signed_by(certificate, refusal.candidate.certificate, likeness)? == Outcome::Invalid {
                refusal.why = not_signed(certificate, likeness);
            }
        }
        Ok(())
    }

    /// The refusals of one child.
    pub(super) fn refusals_of(&self, child: usize) -> &[Refusal<'a>] {
        let start = self.refusals.partition_point(|refusal| refusal.child < child);
        let end = self.refusals.partition_point(|refusal| refusal.child <= child);
        &self.refusals[start..end]
    }

    /// The node of a candidate, made on its first use.
    fn enter(
        &mut self,
        search: &Search<'a>,
        candidate: Candidate<'a>,
        known: &mut HashMap<(Fingerprint, bool), usize>,
    ) -> usize {
        let key = (candidate.certificate.sha256(), candidate.anchor.is_some());
        *known.entry(key).or_insert_with(|| {
            let ends_path = candidate.anchor.is_some() && search.ends_path(candidate.certificate);
            self.nodes.push(Node::new(search, candidate.certificate, candidate.anchor, ends_path));
            self.nodes.len() - 1
        })
    }

    /// Every path to an anchor over edges without a broken rule, handed to `visit` until it returns `true`.
    ///
    /// Path length and depth are applied while descending, so that whole families of paths are cut at once.
    pub(super) fn enumerate(&self, search: &mut Search<'a>, visit: &mut Visit<'_, 'a>) -> Result<(), Exhausted> {
        let alive = self.alive();
        let limit = usize::try_from(whole_path::max_depth(search.options)).unwrap_or(usize::MAX);
        let mut links = vec![Link { certificate: self.nodes[0].certificate, anchor: false }];
        let mut path = vec![Step { node: 0, cursor: 0, length: 0 }];
        let mut on_path = vec![false; self.nodes.len()];
        on_path[0] = true;
        // INVARIANT: `links` and `path` are equally long, and `on_path` holds for the nodes of `path`.
        while let Some(Step { node, cursor, length }) = path.last_mut() {
            let Some(edge) = self.nodes[*node].edges.get(*cursor) else {
                on_path[*node] = false;
                path.pop();
                links.pop();
                continue;
            };
            *cursor += 1;
            let below = *length;
            search.work.budget.step()?;
            let next = &self.nodes[edge.to];
            let link = Link { certificate: next.certificate, anchor: next.ends_path };
            let too_long = whole_path::path_length(link, search.options).is_some_and(|limit| below > limit);
            if !edge.holds() || too_long || !alive[edge.to] || on_path[edge.to] {
                continue;
            }
            if next.ends_path {
                links.push(link);
                if visit(search, &links)? {
                    return Ok(());
                }
                links.pop();
            } else if links.len() <= limit {
                links.push(link);
                on_path[edge.to] = true;
                path.push(Step { node: edge.to, cursor: 0, length: below.saturating_add(u32::from(next.counts)) });
            }
        }
        Ok(())
    }

    /// The nodes from which an anchor is reached over edges without a broken rule.
    fn alive(&self) -> Vec<bool> {
        let mut reverse: Vec<Vec<usize>> = self.nodes.iter().map(|_| Vec::new()).collect();
        for (from, node) in self.nodes.iter().enumerate() {
            node.edges.iter().filter(|edge| edge.holds()).for_each(|edge| reverse[edge.to].push(from));
        }
        let mut alive: Vec<bool> = self.nodes.iter().map(|node| node.ends_path).collect();
        let mut waiting: Vec<usize> = (0..alive.len()).filter(|node| alive[*node]).collect();
        while let Some(node) = waiting.pop() {
            for from in &reverse[node] {
                if !alive[*from] {
                    alive[*from] = true;
                    waiting.push(*from);
                }
            }
        }
        alive
    }
}

/// A node of a path in the making, the edge to follow next, and how much path length is used up to here.
struct Step {
    node: usize,
    cursor: usize,
    length: u32,
}

impl<'a> Node<'a> {
    fn new(search: &Search<'a>, certificate: &'a Certificate, anchor: Option<&'a Anchor>, ends_path: bool) -> Self {
        let counts = whole_path::counts(certificate, search.options);
        Self { certificate, counts, anchor, ends_path, edges: Vec::new(), candidates: 0 }
    }
}

/// Why a certificate of the right name, whose key can be checked with, did not make the signature of `child`.
fn not_signed(child: &Certificate, likeness: Likeness) -> Why {
    let other_key = likeness == Likeness::Different && child.authority_key_id().is_some();
    if other_key { Why::OtherKey } else { Why::Signature }
}

impl Why {
    pub(super) fn is_other_key(self) -> bool {
        self == Self::OtherKey
    }

    /// In words of rejections.
    pub(super) fn reasons(self, search: &Search<'_>, child: &Certificate, candidate: Candidate<'_>) -> Vec<Reason> {
        let wanted = child.authority_key_id().cloned();
        let found = candidate.certificate.subject_key_id().cloned();
        match (self, wanted) {
            (Self::KeyIds, wanted) => vec![Reason::KeyIdMismatch { wanted, found }],
            (Self::OtherKey, Some(wanted)) => vec![Reason::KeyChanged { wanted, found }],
            (Self::OtherKey, None) | (Self::Signature, _) => vec![Reason::Signature],
            (Self::Unsupported, _) => unsupported(search, child, candidate),
        }
    }
}

/// What makes it impossible to check the signature of `child` with the key of `candidate`.
fn unsupported(search: &Search<'_>, child: &Certificate, candidate: Candidate<'_>) -> Vec<Reason> {
    let about_key = |reason: &&Reason| {
        matches!(
            reason,
            Reason::OversizedKey { .. }
                | Reason::OversizedExponent { .. }
                | Reason::WeakKey { .. }
                | Reason::UnsupportedAlgorithm { .. }
        )
    };
    let faults = search.rules(candidate);
    let kept = faults.iter().flat_map(|faults| &faults.kept);
    let mut reasons: Vec<Reason> = kept.filter(about_key).cloned().collect();
    if Scheme::of(child.signature_algorithm()).is_some() && reasons.is_empty() {
        let oid: Oid = candidate.certificate.public_key().algorithm.oid.clone();
        reasons.push(Reason::UnsupportedAlgorithm { oid, what: "public key".to_owned() });
    }
    reasons
}
