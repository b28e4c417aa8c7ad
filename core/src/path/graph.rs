//! All certificates that can stand above the end-entity certificate, with every edge and why it is refused.
//!
//! Built when the first path did not hold: to enumerate the other paths, to list every anchor a chain leads to, and to
//! explain a refusal. A certificate is entered only by an edge whose signature is good, so the graph holds real
//! issuers; lookalikes are kept as refusals. Where no signature is good and one cannot be checked, the nearest such
//! candidate is entered too, so that what is wrong above it is told; no path leads over that edge.

use hashbrown::HashMap;

use super::budget::Exhausted;
use super::candidates::{Candidate, Likeness};
use super::rejection::Reason;
use super::search::Search;
use super::signature::{Outcome, Scheme};
use super::whole_path::{self, Link};
use crate::cert::{Certificate, Oid};
use crate::store::Anchor;
use crate::thumbprint::Fingerprint;

/// Looks at one whole path; `true` ends the enumeration.
type Visit<'v, 'a> = dyn FnMut(&mut Search<'a>, &[Link<'a>]) -> Result<bool, Exhausted> + 'v;

pub(super) struct Node<'a> {
    pub(super) certificate: &'a Certificate,
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
    pub(super) broken: Vec<Reason>,
    /// The signature was checked and is good; otherwise it cannot be checked.
    signed: bool,
}

impl Edge {
    /// A path may lead over it.
    fn holds(&self) -> bool {
        self.signed && self.broken.is_empty()
    }
}

/// A certificate of the issuer's name that is not the issuer: that first among `reasons`, then the rules it would break.
pub(super) struct Refusal<'a> {
    pub(super) child: usize,
    pub(super) candidate: Candidate<'a>,
    pub(super) likeness: Likeness,
    pub(super) reasons: Vec<Reason>,
}

/// INVARIANT: node 0 is the end-entity certificate.
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) refusals: Vec<Refusal<'a>>,
}

impl<'a> Graph<'a> {
    /// Explores everything above `end_entity`. When the budget ends, what was found so far is kept.
    pub(super) fn build(search: &mut Search<'a>, end_entity: &'a Certificate) -> Self {
        let mut graph = Self { nodes: Vec::new(), refusals: Vec::new() };
        let mut known: HashMap<(Fingerprint, bool), usize> = HashMap::new();
        graph.nodes.push(Node::new(end_entity, None, false));
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
            search.budget.step()?;
            if !search.eligible(certificate, candidate) {
                continue;
            }
            self.nodes[child].candidates += 1;
            if let Some(reason) = search.key_ids(certificate, candidate) {
                let reasons = with_all(vec![reason], search.rules(candidate));
                self.refusals.push(Refusal { child, candidate, likeness, reasons });
                continue;
            }
            match search.signed_by(certificate, candidate.certificate, likeness)? {
                Outcome::Valid => {
                    let broken = search.rules(candidate);
                    let to = self.enter(search, candidate, known);
                    self.nodes[child].edges.push(Edge { to, broken, signed: true });
                }
                Outcome::Unsupported if unchecked.is_none() => unchecked = Some((likeness, candidate)),
                outcome @ (Outcome::Invalid | Outcome::Unsupported) => {
                    let reasons = not_signed(search, certificate, candidate, likeness, outcome);
                    let reasons = with_all(reasons, search.rules(candidate));
                    self.refusals.push(Refusal { child, candidate, likeness, reasons });
                }
            }
        }
        if let Some((likeness, candidate)) = unchecked {
            let reasons = not_signed(search, certificate, candidate, likeness, Outcome::Unsupported);
            let reasons = with_all(reasons, search.rules(candidate));
            if self.nodes[child].edges.is_empty() {
                let broken = reasons;
                let to = self.enter(search, candidate, known);
                self.nodes[child].edges.push(Edge { to, broken, signed: false });
            } else {
                self.refusals.push(Refusal { child, candidate, likeness, reasons });
            }
        }
        if self.nodes[child].edges.is_empty() { self.tell_other_keys(search, child) } else { Ok(()) }
    }

    /// Where nothing issued a certificate: a key identifier that differs may belong to another key, as a regenerated
    /// root leaves behind, or be another name for the key that signed. Only the signature tells which.
    fn tell_other_keys(&mut self, search: &mut Search<'a>, child: usize) -> Result<(), Exhausted> {
        let certificate = self.nodes[child].certificate;
        for refusal in self.refusals.iter_mut().rev().take_while(|refusal| refusal.child == child) {
            let differs = |reason: &Reason| matches!(reason, Reason::KeyIdMismatch { .. });
            let Some(position) = refusal.reasons.iter().position(differs) else { continue };
            let (candidate, likeness) = (refusal.candidate, refusal.likeness);
            if search.signed_by(certificate, candidate.certificate, likeness)? == Outcome::Invalid {
                let told = not_signed(search, certificate, candidate, likeness, Outcome::Invalid);
                refusal.reasons.splice(position..=position, told);
            }
        }
        Ok(())
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
            self.nodes.push(Node::new(candidate.certificate, candidate.anchor, ends_path));
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
        let mut on_path = vec![0];
        let mut cursors = vec![0];
        // INVARIANT: `on_path` and `cursors` are equally long: one cursor for each node that has been entered.
        while let (Some(node), Some(cursor)) = (on_path.last().copied(), cursors.last_mut()) {
            let Some(edge) = self.nodes[node].edges.get(*cursor) else {
                cursors.pop();
                on_path.pop();
                links.pop();
                continue;
            };
            *cursor += 1;
            search.budget.step()?;
            let next = &self.nodes[edge.to];
            let link = Link { certificate: next.certificate, anchor: next.ends_path };
            let below = whole_path::counted_length(links.iter().map(|link| link.certificate), search.options);
            let too_long = whole_path::path_length(link, search.options).is_some_and(|limit| below > limit);
            if !edge.holds() || too_long || !alive[edge.to] || on_path.contains(&edge.to) {
                continue;
            }
            links.push(link);
            if next.ends_path {
                if visit(search, &links)? {
                    return Ok(());
                }
                links.pop();
            } else if links.len() > limit + 1 {
                links.pop();
            } else {
                on_path.push(edge.to);
                cursors.push(0);
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

impl<'a> Node<'a> {
    fn new(certificate: &'a Certificate, anchor: Option<&'a Anchor>, ends_path: bool) -> Self {
        Self { certificate, anchor, ends_path, edges: Vec::new(), candidates: 0 }
    }
}

/// `first`, then what of `all` is not in it.
fn with_all(first: Vec<Reason>, all: Vec<Reason>) -> Vec<Reason> {
    let rest: Vec<Reason> = all.into_iter().filter(|reason| !first.contains(reason)).collect();
    [first, rest].concat()
}

/// Why a certificate of the right name did not make the signature.
fn not_signed(
    search: &Search<'_>,
    child: &Certificate,
    candidate: Candidate<'_>,
    likeness: Likeness,
    outcome: Outcome,
) -> Vec<Reason> {
    let key = candidate.certificate.public_key();
    match (outcome, child.authority_key_id()) {
        (Outcome::Unsupported, _) => {
            let rules = search.rules(candidate);
            let about_key = |reason: &Reason| {
                matches!(
                    reason,
                    Reason::OversizedKey { .. }
                        | Reason::OversizedExponent { .. }
                        | Reason::WeakKey { .. }
                        | Reason::UnsupportedAlgorithm { .. }
                )
            };
            let unsupported =
                |oid: &Oid, what: &str| Reason::UnsupportedAlgorithm { oid: oid.clone(), what: what.to_owned() };
            let mut reasons: Vec<Reason> = rules.into_iter().filter(about_key).collect();
            if Scheme::of(child.signature_algorithm()).is_some() && reasons.is_empty() {
                reasons.push(unsupported(&key.algorithm.oid, "public key"));
            }
            reasons
        }
        (Outcome::Valid | Outcome::Invalid, Some(wanted)) if likeness == Likeness::Different => {
            vec![Reason::KeyChanged { wanted: wanted.clone(), found: candidate.certificate.subject_key_id().cloned() }]
        }
        (Outcome::Valid | Outcome::Invalid, _) => vec![Reason::Signature],
    }
}
