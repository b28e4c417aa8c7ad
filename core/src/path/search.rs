//! Path building: the first path that holds, found with as few signature checks as possible.
//!
//! The search is over certificates, not over paths: each is entered once and each pair of child and issuer key is
//! checked once, so that a mesh of cross-signed CAs costs its edges. Only when the path found breaks a rule of whole
//! paths are others enumerated, in [`graph`](super::graph).

use std::cell::RefCell;
use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use super::budget::{Budget, Exhausted};
use super::candidates::{Candidate, Candidates, Likeness, PresentedBySubject};
use super::checks;
use super::constraints::KnownConstraints;
use super::memo::SignatureMemo;
use super::options::Options;
use super::profile::KeyIds;
use super::rejection::Reason;
use super::signature::{self, Outcome, Scheme};
use super::telling::MOST_TOLD;
use super::whole_path::Link;
use crate::cert::Certificate;
use crate::store::TrustStore;
use crate::thumbprint::Fingerprint;

/// What one question may still cost, and what its searches found out. Searches for the signers of revocation lists take
/// it over from the one they are made for.
#[derive(Default)]
pub(super) struct Work {
    pub(super) budget: Budget,
    pub(super) constraints: KnownConstraints,
    /// Whether a signer of revocation lists has a path to an anchor, at a depth of such searches.
    pub(super) signers: HashMap<(Fingerprint, Fingerprint, u32), bool>,
}

/// The rules that a certificate breaks, as many as may be told.
#[derive(Default)]
pub(super) struct Faults {
    pub(super) kept: Vec<Reason>,
    /// How many more there are.
    pub(super) more: usize,
}

/// One question: a presented chain, a store and the options, with the work still allowed.
pub(super) struct Search<'a> {
    pub(super) chain: &'a [Certificate],
    pub(super) presented: &'a PresentedBySubject<'a>,
    pub(super) store: &'a TrustStore,
    pub(super) options: &'a Options<'a>,
    pub(super) memo: &'a SignatureMemo,
    pub(super) work: Work,
    /// The key that made a certificate's signature, as far as found out. Belongs to one question only: a key can be
    /// made up to fit a signature, and what one server presents must not sway the verdict on another.
    pub(super) signers: HashMap<Fingerprint, Fingerprint>,
    /// The store is the union of many, so that a presented certificate that is an anchor of one may be an intermediate
    /// below the anchor of another.
    pub(super) union: bool,
    /// What candidates break as issuers, by whether they come from the store; those that break nothing cost nothing to
    /// ask again and are not in it.
    pub(super) faults: RefCell<HashMap<(Fingerprint, bool), Rc<Faults>>>,
}

struct Frame<'a> {
    certificate: &'a Certificate,
    candidates: Candidates<'a>,
}

impl<'a> Search<'a> {
    /// The first path from `end_entity` to an anchor in which every certificate and every signature is good; rules of
    /// whole paths are not looked at.
    pub(super) fn first_path(&mut self, end_entity: &'a Certificate) -> Result<Option<Vec<Link<'a>>>, Exhausted> {
        let mut entered: HashSet<Fingerprint> = HashSet::new();
        let mut frames = vec![self.frame(end_entity)];
        while let Some(frame) = frames.last_mut() {
            let child = frame.certificate;
            let Some((likeness, candidate)) = frame.candidates.next() else {
                frames.pop();
                continue;
            };
            self.work.budget.steps(compared(child))?;
            let ends_path = candidate.anchor.is_some() && self.ends_path(candidate.certificate);
            // What stands above it was looked at when it was entered, so its signature decides nothing. Where the key
            // identifiers are equal it does: it says who is not the signer.
            let looked_at = likeness != Likeness::Equal && entered.contains(&candidate.certificate.sha256());
            if (looked_at && !ends_path) || !self.issues(child, candidate, likeness)? {
                continue;
            }
            if ends_path {
                let below = frames.iter().map(|frame| Link { certificate: frame.certificate, anchor: false });
                let anchor = Link { certificate: candidate.certificate, anchor: true };
                return Ok(Some(below.chain([anchor]).collect()));
            }
            if entered.insert(candidate.certificate.sha256()) {
                frames.push(self.frame(candidate.certificate));
            }
        }
        Ok(None)
    }

    fn frame(&self, certificate: &'a Certificate) -> Frame<'a> {
        Frame { certificate, candidates: self.candidates(certificate) }
    }

    pub(super) fn candidates(&self, certificate: &'a Certificate) -> Candidates<'a> {
        Candidates::new(certificate, self.store, self.presented)
    }

    /// Whether an anchor ends a path, or a path must go on above it.
    pub(super) fn ends_path(&self, anchor: &Certificate) -> bool {
        !self.options.profile.decisions().anchor_self_signed || anchor.seems_self_signed()
    }

    /// Whether `candidate` can be looked at as the issuer of `child` at all.
    pub(super) fn eligible(&self, child: &Certificate, candidate: Candidate<'_>) -> bool {
        let certificate = candidate.certificate;
        let names = self.options.profile.decisions().fold_names || certificate.subject().der() == child.issuer().der();
        // A presented copy of an anchor is the anchor; no certificate is its own issuer in a path.
        let copy = !self.union && candidate.anchor.is_none() && self.store.contains(certificate);
        names && !copy && certificate != child
    }

    fn issues(&mut self, child: &Certificate, candidate: Candidate<'_>, likeness: Likeness) -> Result<bool, Exhausted> {
        Ok(self.eligible(child, candidate)
            && !self.key_ids_differ(child, candidate)
            && self.rules(candidate).is_none()
            && self.signed_by(child, candidate.certificate, likeness)? == Outcome::Valid)
    }

    /// The rules a candidate breaks as an issuer, whoever the child is; `None` when it breaks none.
    pub(super) fn rules(&self, candidate: Candidate<'_>) -> Option<Rc<Faults>> {
        let certificate = candidate.certificate;
        let key = || (certificate.sha256(), candidate.anchor.is_some());
        let known = self.faults.borrow();
        if let Some(known) = (!known.is_empty()).then(|| known.get(&key())).flatten() {
            return Some(Rc::clone(known));
        }
        drop(known);
        // A store certificate in the middle of a path is checked as any intermediate.
        let broken = match candidate.anchor {
            Some(_) if self.ends_path(certificate) => checks::anchor(certificate, self.options),
            Some(_) | None => checks::intermediate(certificate, self.options),
        };
        if broken.is_empty() {
            return None;
        }
        let faults = Rc::new(Faults::new(broken));
        self.faults.borrow_mut().insert(key(), Rc::clone(&faults));
        Some(faults)
    }

    /// For profiles that insist on it: the authority key identifier must be the issuer's.
    pub(super) fn key_ids_differ(&self, child: &Certificate, candidate: Candidate<'_>) -> bool {
        let (issuer, binding) = (candidate.certificate, self.options.profile.decisions().key_ids);
        if binding == KeyIds::Help || (binding == KeyIds::BindAnchor && candidate.anchor.is_none()) {
            return false;
        }
        let Some(authority) = &child.extensions().authority_key_id else { return false };
        let key_differs = authority.key_id.as_ref().zip(issuer.subject_key_id()).is_some_and(|(a, b)| a != b);
        let serial_differs = authority.serial_number.as_deref().is_some_and(|serial| serial != issuer.serial_number());
        let issuer_differs =
            binding == KeyIds::Bind && authority.issuer.as_ref().is_some_and(|name| name != issuer.issuer());
        key_differs || serial_differs || issuer_differs
    }

    /// Whether `issuer`'s key made the signature on `child`; asked of the memo first. Once a key was found that did, a
    /// candidate whose key identifier differs from the one `child` names is not tried any more.
    pub(super) fn signed_by(
        &mut self,
        child: &Certificate,
        issuer: &Certificate,
        likeness: Likeness,
    ) -> Result<Outcome, Exhausted> {
        let key = issuer.public_key();
        let other_signer = || self.signers.get(&child.sha256()).is_some_and(|signer| *signer != key.sha256);
        if likeness == Likeness::Different && other_signer() {
            return Ok(Outcome::Invalid);
        }
        let outcome = match self.memo.outcome(key.sha256, child.sha256()) {
            Some(known) => known,
            None => self.check_signature(child, issuer)?,
        };
        if outcome == Outcome::Valid {
            self.signers.insert(child.sha256(), key.sha256);
        }
        Ok(outcome)
    }

    fn check_signature(&mut self, child: &Certificate, issuer: &Certificate) -> Result<Outcome, Exhausted> {
        let key = issuer.public_key();
        let Some(scheme) = Scheme::of(child.signature_algorithm()) else { return Ok(Outcome::Unsupported) };
        if !scheme.fits(key.kind) {
            // Costs nothing: no cryptography is reached.
            return Ok(signature::check(key, scheme, child.signed_parts()));
        }
        let parts = child.signed_parts();
        self.work.budget.signature(signature::cost(key, scheme, parts.message.len()))?;
        let outcome = signature::check(key, scheme, parts);
        self.memo.remember(key.sha256, child.sha256(), outcome);
        Ok(outcome)
    }

    /// Whether names alone lead from `end_entity` to an anchor. A mesh of CAs without a root is refused here at the cost
    /// of its names, before any signature.
    pub(super) fn names_reach_anchor(&self, end_entity: &Certificate) -> bool {
        let mut seen: HashSet<&[u8]> = HashSet::new();
        let mut waiting = vec![end_entity.issuer()];
        let mut by_subject: HashMap<&[u8], Vec<&Certificate>> = HashMap::new();
        for certificate in self.chain {
            by_subject.entry(certificate.subject().canonical()).or_default().push(certificate);
        }
        while let Some(name) = waiting.pop() {
            if !seen.insert(name.canonical()) {
                continue;
            }
            if self.store.with_subject(name).len() > 0 {
                return true;
            }
            waiting.extend(by_subject.get(name.canonical()).into_iter().flatten().map(|issuer| issuer.issuer()));
        }
        false
    }
}

/// What comparing the names of one candidate costs, in steps: names are as long as who makes them likes.
pub(super) fn compared(child: &Certificate) -> u32 {
    u32::try_from(1 + child.issuer().der().len() / 1024).unwrap_or(u32::MAX)
}

impl Faults {
    fn new(mut reasons: Vec<Reason>) -> Self {
        let more = reasons.len().saturating_sub(MOST_TOLD);
        reasons.truncate(MOST_TOLD);
        reasons.shrink_to_fit();
        Self { kept: reasons, more }
    }

    /// `first`, then what of `others` is not in it.
    pub(super) fn with(first: Vec<Reason>, others: Option<&Self>) -> Self {
        let mut out = Self { kept: first, more: others.map_or(0, |others| others.more) };
        for reason in others.iter().flat_map(|others| &others.kept) {
            if !out.kept.contains(reason) {
                out.kept.push(reason.clone());
            }
        }
        out
    }

    /// How many, kept or not.
    pub(super) fn count(&self) -> usize {
        self.kept.len() + self.more
    }
}
