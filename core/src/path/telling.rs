//! Puts broken rules into rejections, as many as a person may read, and counts the rest.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::explain::origin;
use super::rejection::{CertificateFacts, Reason, Rejection};
use super::search::{Faults, Search};
use crate::cert::{Certificate, DistinguishedName};
use crate::text::LONGEST_NAME;
use crate::thumbprint::Fingerprint;

/// The most rejections of a verdict. One certificate may break a rule with each of its extensions.
pub(super) const MOST_TOLD: usize = 100;
/// The most bytes of names and values that rejections quote, beyond those of the first.
pub(super) const MOST_TEXT: usize = 1 << 20;

/// What was found out about a refused chain.
#[derive(Default)]
pub(super) struct Explanation {
    pub(super) rejections: Vec<Rejection>,
    pub(super) change: Option<String>,
}

/// Rejections in the making: first the nearest misses, then the others.
pub(super) struct Telling<'s, 'a> {
    search: &'s Search<'a>,
    /// Each certificate is put into words once.
    facts: HashMap<Fingerprint, CertificateFacts>,
    rejections: Vec<Rejection>,
    left_out: usize,
    text: usize,
    full: bool,
    nearest: Nearest,
}

/// What decides whether the nearest misses are one fault.
#[derive(Default)]
struct Nearest {
    told: bool,
    /// One change is enough.
    one_fault: bool,
    first_is_other_key: bool,
    /// Certificates with another key.
    other_keys: HashSet<Fingerprint>,
    /// Candidates with other faults.
    faulty: HashSet<Fingerprint>,
    /// There is a fault of no candidate.
    own: bool,
}

impl<'s, 'a> Telling<'s, 'a> {
    pub(super) fn new(search: &'s Search<'a>) -> Self {
        Self {
            search,
            facts: HashMap::new(),
            rejections: Vec::new(),
            left_out: 0,
            text: 0,
            full: false,
            nearest: Nearest::default(),
        }
    }

    /// How many there are, told or not.
    pub(super) fn count(&self) -> usize {
        self.rejections.len() + self.left_out
    }

    /// Nothing more will be told, only counted.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// The faults of a certificate itself.
    pub(super) fn own(&mut self, certificate: &Certificate, reasons: &[Reason]) {
        for (index, reason) in reasons.iter().enumerate() {
            if self.full {
                self.nearest.own = true;
                self.left_out += reasons.len() - index;
                return;
            }
            self.push(certificate, None, || reason.clone());
        }
    }

    /// The rules that a candidate breaks, without those already `said`.
    pub(super) fn faults(&mut self, child: &Certificate, candidate: &Certificate, faults: &Faults, said: &[Reason]) {
        for (index, reason) in faults.kept.iter().enumerate() {
            if self.full {
                self.left_out += faults.kept.len() - index;
                self.nearest.count(Some(candidate), false);
                break;
            }
            if !said.contains(reason) {
                self.push(child, Some(candidate), || reason.clone());
            }
        }
        self.left_out += faults.more;
        self.full |= faults.more > 0;
    }

    /// One reason of a candidate that is not told any more.
    pub(super) fn left_out(&mut self, candidate: &Certificate, other_key: bool) {
        self.left_out += 1;
        self.nearest.count(Some(candidate), other_key);
    }

    pub(super) fn push(
        &mut self,
        certificate: &Certificate,
        candidate: Option<&Certificate>,
        reason: impl FnOnce() -> Reason,
    ) {
        let reason = reason();
        let other_key = matches!(reason, Reason::KeyChanged { .. });
        if self.count() == 0 {
            self.nearest.first_is_other_key = other_key;
        }
        self.nearest.count(candidate, other_key);
        let name = |name: &DistinguishedName| name.der().len().min(LONGEST_NAME);
        let names = |certificate: &Certificate| name(certificate.subject()) + name(certificate.issuer());
        let text = reason.quoted() + names(certificate) + candidate.map_or(0, names);
        let first = self.rejections.is_empty();
        self.full |= !first && (self.rejections.len() >= MOST_TOLD || self.text + text > MOST_TEXT);
        if self.full {
            self.left_out += 1;
            return;
        }
        self.text += if first { 0 } else { text };
        let certificate = Some(self.facts_of(certificate));
        let candidate = candidate.map(|candidate| self.facts_of(candidate));
        self.rejections.push(Rejection { reason, certificate, candidate, instead: None });
    }

    fn facts_of(&mut self, certificate: &Certificate) -> CertificateFacts {
        let search = self.search;
        let new = || CertificateFacts::new(certificate, origin(search, certificate));
        self.facts.entry(certificate.sha256()).or_insert_with(new).clone()
    }

    /// What follows is farther away. A single one of those may still be the one fault, if nothing was nearer.
    pub(super) fn nearest_are_told(&mut self) {
        if self.count() > 0 {
            self.nearest.one_fault = self.nearest.is_one_fault(self.count());
            self.nearest.told = true;
        }
    }

    /// Where a CA has ended and a newer one of its name has another key, neither the ended one is renewed nor added: what it signed
    /// is reissued; and nothing is reissued from a newer one that is not valid itself. Where the renewed one is there and is not a root, what
    /// lacks is the root above it.
    fn replace_ended(&mut self) {
        for ended in 0..self.rejections.len() {
            if let Some((newer, instead)) = self.successor(&self.rejections[ended]) {
                for index in [ended, newer] {
                    self.rejections[index].instead = Some(Arc::clone(&instead));
                }
            } else if let Some(instead) = self.not_from(&self.rejections[ended]) {
                self.rejections[ended].instead = Some(instead);
            } else if let Some(renewed) = self.renewed(&self.rejections[ended]) {
                self.rejections[ended].instead = Some(renewed.hint().into());
            }
        }
    }

    /// The rejection of the renewed certificate of a CA that has ended, where that is there and is not a root.
    fn renewed(&self, ended: &Rejection) -> Option<&Rejection> {
        let ca = ended.candidate.as_ref().or(ended.certificate.as_ref())?;
        let is_renewed = |other: &&Rejection| {
            matches!(other.reason, Reason::PartialChain)
                && other.certificate.as_ref().is_some_and(|renewed| renewed.subject == ca.subject)
        };
        matches!(ended.reason, Reason::Expired { .. }).then(|| self.rejections.iter().find(is_renewed))?
    }

    /// The rejection that has the newer CA of the name of one that has ended, and what to do then.
    fn successor(&self, ended: &Rejection) -> Option<(usize, Arc<str>)> {
        if !matches!(ended.reason, Reason::Expired { .. }) {
            return None;
        }
        let ca = ended.candidate.as_ref().or(ended.certificate.as_ref())?;
        let is_newer = |other: &Rejection| {
            let is_of_it = |newer: &CertificateFacts| newer.subject == ca.subject && self.is_valid(newer);
            other.has_newer_namesake() && other.candidate.as_ref().is_some_and(is_of_it)
        };
        // One with another key did not sign it either, whatever its dates are.
        let is_other_key = |other: &Rejection| {
            matches!(other.reason, Reason::KeyChanged { .. })
                && other.candidate.as_ref().is_some_and(|other| other.sha256 == ca.sha256)
        };
        if self.rejections.iter().any(is_other_key) {
            return None;
        }
        let index = self.rejections.iter().position(is_newer)?;
        Some((index, super::wording::reissue(&self.rejections[index]).into()))
    }

    /// What to do where the newer CA of a name is not valid itself: nothing can be reissued from it.
    fn not_from(&self, other_key: &Rejection) -> Option<Arc<str>> {
        let newer = other_key.candidate.as_ref().filter(|newer| !self.is_valid(newer))?;
        let is_ended = newer.not_after < self.search.options.at;
        other_key.has_newer_namesake().then(|| super::wording::not_from(other_key, is_ended).into())
    }

    fn is_valid(&self, ca: &CertificateFacts) -> bool {
        (ca.not_before..=ca.not_after).contains(&self.search.options.at)
    }

    pub(super) fn finish(mut self) -> Explanation {
        let one_fault = if self.nearest.told { self.nearest.one_fault } else { self.count() == 1 };
        self.replace_ended();
        let change = self.rejections.first().filter(|_| one_fault).map(Rejection::hint);
        if self.left_out > 0 {
            self.rejections.push(Rejection::of_search(Reason::LeftOut { count: self.left_out }));
        }
        Explanation { rejections: self.rejections, change }
    }
}

impl Nearest {
    fn count(&mut self, candidate: Option<&Certificate>, other_key: bool) {
        if self.told {
            return;
        }
        match candidate.map(Certificate::sha256) {
            Some(candidate) => {
                let kind = if other_key { &mut self.other_keys } else { &mut self.faulty };
                kind.insert(candidate);
            }
            None => self.own = true,
        }
    }

    /// One change is enough when one rule is broken; several certificates with another key of one name are one fault.
    ///
    /// What else is wrong with a certificate of another key does not matter once the right one is there.
    fn is_one_fault(&self, count: usize) -> bool {
        count == 1 || (self.first_is_other_key && !self.own && self.faulty.is_subset(&self.other_keys))
    }
}
