//! Revocation by CRL (RFC 5280 section 6.3): scope, validity, signature, reasons, deltas and indirect CRLs.

use super::budget::{Budget, Exhausted};
use super::memo::SignatureMemo;
use super::options::{Options, Revocation};
use super::profile::{NextUpdate, RemovedEntry};
use super::rejection::Reason;
use super::signature::{self, Outcome, Scheme};
use crate::cert::crl::RevokedEntry;
use crate::cert::extension::{DistributionPoint, IssuingDistributionPoint, PointName};
use crate::cert::{AlgorithmIdentifier, Certificate, Crl, DistinguishedName, GeneralName};

/// Who may have signed a CRL, besides the certificates of the path itself.
pub(super) struct Signers<'a> {
    /// The presented certificates of a name. Other anchors are none: RFC 5280 6.3.3 (f) wants the signer's path to end
    /// in the anchor of the certificate's own path.
    pub(super) candidates: &'a dyn Fn(&DistinguishedName) -> Vec<Certificate>,
    /// Whether a certificate that is not in the path has a path of its own to the anchor that ends this path.
    pub(super) trusted: &'a dyn Fn(&Certificate, &Certificate, &mut Budget) -> bool,
    pub(super) memo: &'a SignatureMemo,
}

/// All reasons but `unspecified`, which no distribution point can leave out (RFC 5280 4.2.1.13).
const ALL_REASONS: u16 = 0x1fe;
const REMOVE_FROM_CRL: u8 = 8;

/// Checks `certificate`, whose issuers up to the anchor are `issuers`. `None` is not revoked, as far as asked.
pub(super) fn check(
    certificate: &Certificate,
    issuers: &[&Certificate],
    options: &Options<'_>,
    signers: &Signers<'_>,
    budget: &mut Budget,
) -> Result<Option<Reason>, Exhausted> {
    let mut status = Status { certificate, issuers, options, signers, covered: 0, faults: Vec::new() };
    for point in certificate.extensions().crl_distribution_points.iter() {
        if let Some(reason) = status.consult(Some(&point), budget)? {
            return Ok(Some(reason));
        }
    }
    // RFC 5280 6.3.3: for reasons not yet covered, any CRL of the certificate's issuer will do.
    if status.covered != ALL_REASONS
        && let Some(reason) = status.consult(None, budget)?
    {
        return Ok(Some(reason));
    }
    status.lonely_delta();
    let unknown =
        status.covered != ALL_REASONS && (options.revocation == Revocation::Required || !status.faults.is_empty());
    Ok(unknown.then(|| Reason::RevocationUnknown { why: status.why() }))
}

struct Status<'a, 'o> {
    certificate: &'a Certificate,
    issuers: &'a [&'a Certificate],
    options: &'a Options<'o>,
    signers: &'a Signers<'a>,
    /// The reasons for which the certificate is known not to be revoked.
    covered: u16,
    /// Why CRLs of the right issuer could not be used.
    faults: Vec<String>,
}

impl<'a> Status<'a, '_> {
    fn why(&self) -> String {
        let none = || if self.covered == 0 { "no CRL covers it" } else { "no CRL covers all reasons" }.to_owned();
        self.faults.first().cloned().unwrap_or_else(none)
    }

    /// A delta CRL says nothing without the complete one it adds to (RFC 5280 5.2.4).
    fn lonely_delta(&mut self) {
        let issuer = self.certificate.issuer();
        let of_issuer = |crl: &&Crl| crl.issuer() == issuer && crl.extensions().delta_base.is_some();
        if self.covered == 0 && self.options.crls.iter().any(|crl| of_issuer(&crl)) {
            self.faults.push("there is a delta CRL of the issuer without its base".to_owned());
        }
    }

    /// Consults every CRL of one distribution point; `None` as point is the certificate's issuer itself.
    fn consult(&mut self, point: Option<&DistributionPoint>, budget: &mut Budget) -> Result<Option<Reason>, Exhausted> {
        let mut complete: Vec<&Crl> =
            self.options.crls.iter().filter(|crl| crl.extensions().delta_base.is_none()).collect();
        // The newest of one signer and scope speaks: an older one may still list what was lifted since.
        complete.sort_by(|one, other| age(other).cmp(&age(one)));
        let mut heard: Vec<&Crl> = Vec::new();
        for crl in complete {
            budget.step()?;
            let Some(reasons) = self.scope(crl, point) else { continue };
            if heard.iter().any(|newer| replaces(newer, crl)) {
                continue;
            }
            if let Some(fault) = self.fault(crl, budget)? {
                self.faults.push(fault);
                continue;
            }
            heard.push(crl);
            if let Some(entry) = self.revoking_entry(crl, budget)? {
                return Ok(Some(revoked(&entry, crl)));
            }
            self.covered |= reasons;
        }
        Ok(None)
    }

    /// The entry of `crl`, or of its newest delta, that revokes the certificate.
    fn revoking_entry(&self, crl: &Crl, budget: &mut Budget) -> Result<Option<RevokedEntry>, Exhausted> {
        let entry_of = |crl: &Crl| crl.entry(self.certificate.serial_number(), self.certificate.issuer());
        let rule = self.options.profile.decisions().removed_entry;
        let lifts = |entry: &RevokedEntry, in_delta: bool| {
            entry.reason == REMOVE_FROM_CRL
                && match rule {
                    RemovedEntry::Lifts => true,
                    RemovedEntry::LiftsInDelta => in_delta,
                    RemovedEntry::Revokes => false,
                }
        };
        if let Some(entry) = self.delta(crl, budget)?.and_then(entry_of) {
            return Ok(Some(entry).filter(|entry| !lifts(entry, true)));
        }
        Ok(entry_of(crl).filter(|entry| !lifts(entry, false)))
    }

    /// The newest usable delta CRL for a complete one (RFC 5280 5.2.4, 6.3.3 (c)).
    fn delta(&self, base: &Crl, budget: &mut Budget) -> Result<Option<&'a Crl>, Exhausted> {
        let mut newest: Option<&'a Crl> = None;
        for delta in self.options.crls {
            let (own, other) = (base.extensions(), delta.extensions());
            let Some(delta_base) = &other.delta_base else { continue };
            let fits = delta.issuer() == base.issuer()
                && own.issuing_distribution_point == other.issuing_distribution_point
                && own.authority_key_id == other.authority_key_id
                && number(&own.number) >= number(&Some(delta_base.clone()))
                && number(&own.number) < number(&other.number)
                && newest.is_none_or(|newest| number(&newest.extensions().number) < number(&other.number));
            if fits && self.fault(delta, budget)?.is_none() {
                newest = Some(delta);
            }
        }
        Ok(newest)
    }

    /// The reasons `crl` speaks about for this certificate; `None` when it does not speak about it (6.3.3 (b)).
    fn scope(&self, crl: &Crl, point: Option<&DistributionPoint>) -> Option<u16> {
        let issuer = self.certificate.issuer();
        let scope = crl.extensions().issuing_distribution_point.as_ref();
        // What a list that does not read speaks about cannot be told; it is consulted, and found unusable.
        let unclear = !crl.extensions().malformed.is_empty();
        let crl_issuers = point.map_or(&[][..], |point| point.crl_issuer.as_slice());
        let issuer_fits = match crl_issuers {
            [] => crl.issuer() == issuer,
            named => named.contains(crl.issuer()) && (unclear || scope.is_some_and(|scope| scope.indirect)),
        };
        if !issuer_fits {
            return None;
        }
        let asked = point.and_then(|point| point.reasons).unwrap_or(ALL_REASONS) & ALL_REASONS;
        let Some(scope) = scope.filter(|_| !unclear) else { return Some(asked) };
        let is_ca = self.certificate.is_ca();
        let wrong_kind = (scope.only_user && is_ca) || (scope.only_ca && !is_ca) || scope.only_attribute;
        if wrong_kind || !names_meet(scope, crl.issuer(), point, issuer) {
            return None;
        }
        Some(asked & scope.only_reasons.unwrap_or(ALL_REASONS))
    }

    /// Why `crl` cannot be used, if it cannot (6.3.3 (a), (f), (g)).
    fn fault(&self, crl: &Crl, budget: &mut Budget) -> Result<Option<String>, Exhausted> {
        let at = self.options.at;
        let extensions = crl.extensions();
        if let Some(fault) = self.algorithm_fault(crl.signed_parts().algorithm) {
            return Ok(Some(fault));
        }
        let fault = if crl.this_update() > at {
            Some("the issuer's CRL is not valid yet")
        } else if crl.next_update().is_none() && self.wants_next_update() {
            Some("the issuer's CRL does not say when the next one comes")
        } else if crl.next_update().is_some_and(|next| next < at) {
            Some("the issuer's CRL is out of date")
        } else if !extensions.unknown_critical.is_empty() {
            Some("the issuer's CRL has a critical extension that is not understood")
        } else if !self.options.profile.decisions().encodings.has_all(crl.broken_rules()) {
            Some("the issuer's CRL is not DER")
        } else if !extensions.malformed.is_empty() || !crl.algorithms_agree() {
            Some("the issuer's CRL is malformed")
        } else if !self.signed(crl, budget)? {
            Some("the issuer's CRL is not signed by a key that may sign it")
        } else {
            None
        };
        Ok(fault.map(str::to_owned))
    }

    fn algorithm_fault(&self, algorithm: &AlgorithmIdentifier) -> Option<String> {
        let scheme = Scheme::of(algorithm);
        let sha1 = scheme.map_or_else(|| signature::is_pss_with_sha1(algorithm), Scheme::uses_sha1);
        let why = match scheme {
            Some(_) | None if sha1 && self.options.profile.decisions().refuse_sha1 => "is too weak",
            Some(_) => return None,
            None => "cannot be checked",
        };
        Some(format!("the issuer's CRL is signed with algorithm {}, which {why}", algorithm.oid))
    }

    fn wants_next_update(&self) -> bool {
        match self.options.profile.decisions().next_update {
            NextUpdate::Optional => false,
            NextUpdate::WhenRequired => self.options.revocation == Revocation::Required,
            NextUpdate::Always => true,
        }
    }

    fn signed(&self, crl: &Crl, budget: &mut Budget) -> Result<bool, Exhausted> {
        let named = crl.extensions().authority_key_id.as_ref();
        let may_sign = |signer: &Certificate| {
            signer.subject() == crl.issuer()
                && signer.extensions().key_usage.is_none_or(|usage| usage.crl_sign())
                && named.zip(signer.subject_key_id()).is_none_or(|(named, own)| named == own)
        };
        let Some(anchor) = self.issuers.last() else { return Ok(false) };
        for signer in self.issuers.iter().filter(|signer| may_sign(signer)) {
            if self.made_by(crl, signer, budget)? {
                return Ok(true);
            }
        }
        for signer in (self.signers.candidates)(crl.issuer()).iter().filter(|signer| may_sign(signer)) {
            // A CRL issuer may be listed in its own CRL; its path is the one being checked, so it is not asked again.
            let trusted =
                |budget: &mut Budget| signer == self.certificate || (self.signers.trusted)(signer, anchor, budget);
            if self.made_by(crl, signer, budget)? && trusted(budget) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn made_by(&self, crl: &Crl, signer: &Certificate, budget: &mut Budget) -> Result<bool, Exhausted> {
        let key = signer.public_key();
        let parts = crl.signed_parts();
        let Some(scheme) = Scheme::of(parts.algorithm) else { return Ok(false) };
        if let Some(known) = self.signers.memo.outcome(key.sha256, crl.sha256()) {
            return Ok(known == Outcome::Valid);
        }
        budget.signature(signature::cost(key.kind))?;
        let outcome = signature::check(key, scheme, parts);
        self.signers.memo.remember(key.sha256, crl.sha256(), outcome);
        Ok(outcome == Outcome::Valid)
    }
}

/// How new a CRL is: by number, then by date.
fn age(crl: &Crl) -> ((usize, &[u8]), crate::time::Time) {
    (number(&crl.extensions().number), crl.this_update())
}

/// Whether `newer` replaces `older`: both complete, of one signer and for one scope (RFC 5280 5.2.3).
fn replaces(newer: &Crl, older: &Crl) -> bool {
    let (own, others) = (newer.extensions(), older.extensions());
    age(newer) > age(older)
        && newer.issuer() == older.issuer()
        && own.issuing_distribution_point == others.issuing_distribution_point
        && own.authority_key_id == others.authority_key_id
}

/// CRL numbers compare as numbers; they carry no leading zeros, so longer is larger.
fn number(value: &Option<Box<[u8]>>) -> (usize, &[u8]) {
    value.as_deref().map_or((0, &[]), |bytes| (bytes.len(), bytes))
}

/// RFC 5280 6.3.3 (b)(2)(i): the CRL's own distribution point is the one the certificate names.
fn names_meet(
    scope: &IssuingDistributionPoint,
    crl_issuer: &DistinguishedName,
    point: Option<&DistributionPoint>,
    issuer: &DistinguishedName,
) -> bool {
    let Some(published) = &scope.name else { return true };
    match point {
        Some(DistributionPoint { name: Some(asked), crl_issuer: named, .. }) => {
            let relative_to = named.first().unwrap_or(issuer);
            meet(published, crl_issuer, asked, relative_to)
        }
        Some(DistributionPoint { name: None, crl_issuer: named, .. }) => {
            named.iter().any(|name| holds(published, crl_issuer, name))
        }
        None => holds(published, crl_issuer, issuer),
    }
}

fn meet(one: &PointName, one_base: &DistinguishedName, other: &PointName, other_base: &DistinguishedName) -> bool {
    match (one, other) {
        (PointName::Full(one), PointName::Full(other)) => one.iter().any(|name| other.iter().any(|other| other == name)),
        (PointName::Relative(one), PointName::Relative(other)) => one == other && one_base == other_base,
        (PointName::Full(_), PointName::Relative(_)) => meet(other, other_base, one, one_base),
        (PointName::Relative(rdn), PointName::Full(names)) => names.iter().any(|name| match name {
            GeneralName::Directory(name) => name.is_relative_to(one_base, &rdn.0),
            GeneralName::Dns(_)
            | GeneralName::Ip(_)
            | GeneralName::Email(_)
            | GeneralName::Uri(_)
            | GeneralName::Other(_) => false,
        }),
    }
}

fn holds(point: &PointName, base: &DistinguishedName, name: &DistinguishedName) -> bool {
    match point {
        PointName::Full(names) => names.iter().any(|other| other == GeneralName::Directory(name.clone())),
        PointName::Relative(rdn) => name.is_relative_to(base, &rdn.0),
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
    Reason::Revoked { revoked_at: entry.revoked_at, reason, crl_issuer: crl.issuer().to_string() }
}
