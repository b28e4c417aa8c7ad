//! Revocation by CRL (RFC 5280 section 6.3): every list that is current, in scope and properly signed is looked at, and
//! a revocation in any of them counts.

mod current;
mod scope;
mod signer;

use std::rc::Rc;

use hashbrown::HashMap;

use super::budget::Exhausted;
use super::candidates::PresentedBySubject;
use super::memo::SignatureMemo;
use super::options::{Options, Revocation};
use super::profile::RemovedEntry;
use super::rejection::Reason;
use super::search::Work;
use crate::cert::DistributionPoint;
use crate::cert::RevokedEntry;
use crate::cert::{Certificate, Crl};
use crate::text::brief;
use current::{List, Standing, Superseded};

/// Who may have signed a CRL, besides the certificates of the path itself.
pub(super) struct Signers<'a> {
    /// The presented certificates. Other anchors are none: RFC 5280 6.3.3 (f) wants the signer's path to end in the
    /// anchor of the certificate's own path.
    pub(super) presented: &'a PresentedBySubject<'a>,
    /// Whether a certificate that is not in the path has a path of its own to the anchor that ends this path.
    pub(super) trusted: &'a dyn Fn(&Certificate, &Certificate, &mut Work) -> Result<bool, Exhausted>,
    pub(super) memo: &'a SignatureMemo,
}

/// All reasons but `unspecified`, which no distribution point can leave out (RFC 5280 4.2.1.13).
const ALL_REASONS: u16 = 0x1fe;
const REMOVE_FROM_CRL: u8 = 8;

/// Entries of one serial number whose issuers are read for a step.
const ENTRIES: usize = 4;

/// Is `certificate`, whose issuers up to the anchor are `issuers`, revoked?
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) certificate: &'a Certificate,
    pub(super) issuers: &'a [&'a Certificate],
    pub(super) options: &'a Options<'a>,
    pub(super) signers: &'a Signers<'a>,
}

/// Answers `question`. `None` is not revoked, as far as asked.
pub(super) fn check(question: Question<'_>, work: &mut Work) -> Result<Option<Reason>, Exhausted> {
    let mut status = Status {
        question,
        covered: 0,
        faults: Vec::new(),
        unread: None,
        standings: HashMap::new(),
        entries: HashMap::new(),
    };
    let points = &question.certificate.extensions().crl_distribution_points;
    work.budget.steps_for(points.octets(), scope::OCTETS)?;
    for point in points.iter() {
        if let Some(reason) = status.consult(Some(&point), work)? {
            return Ok(Some(reason));
        }
    }
    // RFC 5280 6.3.3: for reasons not yet covered, any CRL of the certificate's issuer will do; and what one revokes counts,
    // whatever those of the points say.
    if let Some(reason) = status.consult(None, work)? {
        return Ok(Some(reason));
    }
    status.lonely_delta(work)?;
    let required = question.options.revocation == Revocation::Required;
    let open = status.covered != ALL_REASONS && (required || !status.faults.is_empty());
    let unknown = open || status.unread.is_some();
    Ok(unknown.then(|| Reason::RevocationUnknown { why: status.why() }))
}

struct Status<'a> {
    question: Question<'a>,
    /// The reasons for which the certificate is known not to be revoked.
    covered: u16,
    /// Why CRLs of the right issuer could not be used.
    faults: Vec<String>,
    /// What is wrong with a list that is the issuer's and not read: it may revoke, whatever the others say.
    unread: Option<String>,
    /// What was found out about each list, by its place.
    standings: HashMap<usize, Rc<Standing>>,
    /// What each list says of the certificate, by its place: a list may be asked for many points.
    entries: HashMap<usize, Option<RevokedEntry>>,
}

impl<'a> Status<'a> {
    fn why(&self) -> String {
        let none = || if self.covered == 0 { "no CRL covers it" } else { "no CRL covers all reasons" }.to_owned();
        self.unread.as_ref().or(self.faults.first()).cloned().unwrap_or_else(none)
    }

    /// A delta CRL says nothing without the complete one it adds to (RFC 5280 5.2.4).
    fn lonely_delta(&mut self, work: &mut Work) -> Result<(), Exhausted> {
        if self.covered != 0 {
            return Ok(());
        }
        for (place, crl) in self.question.options.crls.iter().enumerate() {
            work.budget.step()?;
            let speaks = crl.extensions().delta_base.is_some()
                && scope::reasons(self.question.certificate, crl, None, &mut work.budget)?.is_some();
            if speaks && self.standing(place, crl, work)?.is_the_issuers() {
                self.faults.push("there is a delta CRL of the issuer without its base".to_owned());
                break;
            }
        }
        Ok(())
    }

    /// Consults every CRL of one distribution point; `None` as point is the certificate's issuer itself.
    fn consult(&mut self, point: Option<&DistributionPoint>, work: &mut Work) -> Result<Option<Reason>, Exhausted> {
        let mut lists: Vec<List<'a>> = Vec::new();
        for (place, crl) in self.question.options.crls.iter().enumerate() {
            work.budget.step()?;
            if crl.extensions().delta_base.is_none()
                && let Some(reasons) = scope::reasons(self.question.certificate, crl, point, &mut work.budget)?
            {
                lists.push(self.list(place, crl, reasons, work)?);
            }
        }
        current::newest_first(&mut lists);
        for place in 0..lists.len() {
            let (list, newer) = (&lists[place], &lists[..place]);
            // A list that is superseded may still hold what was lifted since.
            let superseded = current::superseded(list, newer, &mut work.budget)?;
            if superseded == Superseded::ByCurrent {
                continue;
            }
            if let Some(fault) = &list.standing.fault {
                self.faults.push(fault.clone());
                self.note_unread(&list.standing);
                if !list.standing.ageless {
                    continue;
                }
            }
            if let Some(entry) = self.revoking_entry(list, work)? {
                return Ok(Some(revoked(&entry, list.crl)));
            }
            if superseded == Superseded::No && list.standing.fault.is_none() {
                self.covered |= list.reasons;
            }
        }
        Ok(None)
    }

    fn note_unread(&mut self, standing: &Standing) {
        if standing.unread && self.unread.is_none() {
            self.unread.clone_from(&standing.fault);
        }
    }

    fn list(&mut self, place: usize, crl: &'a Crl, reasons: u16, work: &mut Work) -> Result<List<'a>, Exhausted> {
        Ok(List { place, crl, standing: self.standing(place, crl, work)?, reasons })
    }

    fn standing(&mut self, place: usize, crl: &Crl, work: &mut Work) -> Result<Rc<Standing>, Exhausted> {
        if let Some(known) = self.standings.get(&place) {
            return Ok(Rc::clone(known));
        }
        let new = Rc::new(Standing::of(&self.question, crl, work)?);
        Ok(Rc::clone(self.standings.entry(place).insert(new).get()))
    }

    /// The entry of `list`, or of a delta to it, that revokes the certificate.
    fn revoking_entry(&mut self, list: &List<'a>, work: &mut Work) -> Result<Option<RevokedEntry>, Exhausted> {
        let certificate = self.question.certificate;
        let rule = self.question.options.profile.decisions().removed_entry;
        let lifts = |entry: &RevokedEntry, in_delta: bool| {
            entry.reason == REMOVE_FROM_CRL
                && match rule {
                    RemovedEntry::Lifts => true,
                    RemovedEntry::LiftsInDelta => in_delta,
                    RemovedEntry::Revokes => false,
                }
        };
        let deltas = self.deltas(list, work)?;
        for crl in deltas.iter().map(|(_, crl)| *crl).chain([list.crl]) {
            work.budget.steps_for(crl.entries_of(certificate.serial_number()), ENTRIES)?;
        }
        let mut entry_of = |place: usize, crl: &Crl| -> Option<RevokedEntry> {
            let look = || crl.entry(certificate.serial_number(), certificate.issuer());
            self.entries.entry(place).or_insert_with(look).clone()
        };
        let entries: Vec<RevokedEntry> = deltas.into_iter().filter_map(|(place, crl)| entry_of(place, crl)).collect();
        if !entries.is_empty() {
            return Ok(entries.into_iter().find(|entry| !lifts(entry, true)));
        }
        Ok(entry_of(list.place, list.crl).filter(|entry| !lifts(entry, false)))
    }

    /// The current delta CRLs of a complete one (RFC 5280 5.2.4, 6.3.3 (c)). One that cannot be used is passed over, as a
    /// delta adds to what is known, unless it is the issuer's and was not read.
    fn deltas(&mut self, base: &List<'a>, work: &mut Work) -> Result<Vec<(usize, &'a Crl)>, Exhausted> {
        let (mut deltas, mut unread): (Vec<List<'a>>, Vec<List<'a>>) = (Vec::new(), Vec::new());
        for (place, crl) in self.question.options.crls.iter().enumerate() {
            if crl.extensions().delta_base.is_none() {
                continue;
            }
            work.budget.step()?;
            if crl.issuer() != base.crl.issuer() {
                continue;
            }
            let delta = self.list(place, crl, base.reasons, work)?;
            // What it adds to may be among what was not read.
            let told = crl.faults().is_empty() && crl.extensions().malformed.is_empty();
            let adds = !told || current::adds_to(crl, base.crl, &mut work.budget)?;
            if adds && delta.standing.unread {
                unread.push(delta);
            } else if adds
                && (delta.standing.fault.is_none() || delta.standing.ageless)
                && delta.standing.key == base.standing.key
            {
                deltas.push(delta);
            }
        }
        current::newest_first(&mut deltas);
        for delta in &unread {
            if current::superseded(delta, &deltas, &mut work.budget)? == Superseded::No {
                self.note_unread(&delta.standing);
            }
        }
        let mut out = Vec::with_capacity(deltas.len());
        for place in 0..deltas.len() {
            if current::superseded(&deltas[place], &deltas[..place], &mut work.budget)? == Superseded::No {
                out.push((deltas[place].place, deltas[place].crl));
            }
        }
        Ok(out)
    }
}

fn revoked(entry: &RevokedEntry, crl: &Crl) -> Reason {
    /// RFC 5280 section 5.3.1.
    const REASONS: [&str; 11] = [
        "unspecified",
        "keyCompromise",
        "cACompromise",
        "affiliationChanged",
        "superseded",
        "cessationOfOperation",
        "certificateHold",
        "(7)",
        "removeFromCRL",
        "privilegeWithdrawn",
        "aACompromise",
    ];
    let reason = REASONS.get(usize::from(entry.reason)).copied().unwrap_or("(unknown)").to_owned();
    Reason::Revoked { revoked_at: entry.revoked_at, reason, crl_issuer: brief(crl.issuer()) }
}
