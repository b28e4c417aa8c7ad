//! What is wrong with the certificates and entries of trust stores.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::faults::{Fault, dated, dumped, faults};
use super::in_use::InUse;
use super::keeping::{Keeping, Renewed};
use super::structure::{SameContent, structure};
use crate::catalogue::FindingId;
use crate::cert::Certificate;
use crate::estate::{Host, Part, Resolved, StoreContent, VCenter};
use crate::finding::{CertificateRecord, Finding, Findings, Subject};
use crate::text::brief;
use crate::thumbprint::Fingerprint;
use crate::time::Time;

/// What to do about an entry that is only printed: no link can be tried without it.
const PRINTED: &str = "Export the store again with its certificates (vecs-cli entry list without --text): whether something in use needs this entry cannot be told from a printed one, so leave it where it is until then.";

/// A store, and who holds it.
#[derive(Clone, Copy)]
struct Holding<'e> {
    vcenter: &'e VCenter,
    host: Option<&'e Host>,
    content: &'e StoreContent,
}

/// Faults of each distinct certificate of the stores, found once.
pub(crate) struct Linter<'r, 'e> {
    resolved: &'r Resolved<'e>,
    at: Time,
    faults: HashMap<Fingerprint, Vec<Fault>>,
    /// Certificates that stand in stores to be matched exactly: SPS's own.
    exact: HashSet<Fingerprint>,
    /// What was said about a store's own structure, by content.
    structures: HashMap<SameContent<'e>, Vec<Finding>>,
}

impl<'r, 'e> Linter<'r, 'e> {
    pub(crate) fn new(resolved: &'r Resolved<'e>, at: Time) -> Self {
        let mut found: HashMap<Fingerprint, Vec<Fault>> = HashMap::new();
        for vcenter in &resolved.estate.vcenters {
            let castores = vcenter.hosts.iter().filter_map(|host| host.castore.as_ref());
            for sha256 in vcenter.trusted_roots.iter().chain(castores).flat_map(|store| &store.certificates) {
                if let Some(certificate) = resolved.certificate(*sha256) {
                    found.entry(*sha256).or_insert_with(|| faults(certificate, at));
                }
            }
        }
        let sms = resolved.estate.vcenters.iter().filter_map(|vcenter| vcenter.sms.as_ref());
        let exact = sms.filter_map(|sms| sms.sms_self_signed.as_ref()).flat_map(|chain| chain.certificates.clone());
        Self { resolved, at, faults: found, exact: exact.collect(), structures: HashMap::new() }
    }

    /// Judges every store of the estate.
    pub(crate) fn judge(mut self, keeping: Keeping<'_, '_>, findings: &mut Findings) {
        for vcenter in &self.resolved.estate.vcenters {
            let roots = vcenter.trusted_roots.as_ref();
            let holding = |content| Holding { vcenter, host: None, content };
            let held: HashSet<Fingerprint> =
                roots.iter().flat_map(|store| store.certificates.iter().copied()).collect();
            if let Some(holding) = roots.map(holding) {
                self.store(holding, None, keeping, findings);
            }
            for host in &vcenter.hosts {
                if let Some(content) = &host.castore {
                    let holding = Holding { vcenter, host: Some(host), content };
                    self.store(holding, roots.map(|_| &held), keeping, findings);
                }
            }
            self.expired(vcenter, keeping, findings);
        }
    }

    /// The anchors that some advice may take away: those with a fault, and those of castore.pem that TRUSTED_ROOTS lacks.
    pub(crate) fn suspects(&self) -> HashSet<Fingerprint> {
        let at_fault = |sha256: &Fingerprint| self.faults.get(sha256).is_some_and(|faults| !faults.is_empty());
        let mut suspects: HashSet<Fingerprint> = self.faults.keys().copied().filter(at_fault).collect();
        for vcenter in &self.resolved.estate.vcenters {
            let roots = vcenter.trusted_roots.iter().flat_map(|roots| &roots.certificates);
            let roots: HashSet<Fingerprint> = roots.copied().collect();
            let castores = vcenter.hosts.iter().filter_map(|host| host.castore.as_ref());
            let held = castores.flat_map(|castore| &castore.certificates);
            suspects.extend(held.copied().filter(|sha256| !roots.contains(sha256)));
        }
        suspects
    }

    /// Judges one store. What a castore.pem has from TRUSTED_ROOTS is said of TRUSTED_ROOTS alone: one cause.
    fn store(
        &mut self,
        holding: Holding<'e>,
        inherited: Option<&HashSet<Fingerprint>>,
        keeping: Keeping<'_, '_>,
        findings: &mut Findings,
    ) {
        let mut seen = HashSet::new();
        for (index, sha256) in holding.content.certificates.iter().enumerate() {
            let from_roots = inherited.is_some_and(|roots| roots.contains(sha256));
            let Some(certificate) = self.resolved.certificate(*sha256) else { continue };
            let faults = self.faults.get(sha256).map_or(&[][..], Vec::as_slice);
            if faults.is_empty() || from_roots || !seen.insert(*sha256) {
                continue;
            }
            let exact = self.exact.contains(sha256);
            for fault in faults.iter().filter(|fault| fault.id != FindingId::AnchorExpired) {
                if exact && matches!(fault.id, FindingId::AnchorNotCa | FindingId::AnchorWithoutKeyId) {
                    continue;
                }
                let subject = holding.subject().at(holding.content.place(index));
                let finding = fault.finding(certificate.into(), subject, self.at);
                findings.add(kept(finding, certificate, &holding.vcenter.name, keeping));
            }
        }
        for entry in &holding.content.dumped {
            for fault in dumped(entry, self.at) {
                let subject = holding.subject().at(entry.place.clone());
                let finding = fault.finding(CertificateRecord::from(entry), subject, self.at);
                findings.add(Finding { remedy: Some(PRINTED.to_owned()), ..finding });
            }
        }
        self.structure(holding, inherited, keeping.cas.in_use, findings);
    }

    /// Expired anchors of one vCenter. One that is in TRUSTED_ROOTS and in castore.pem of its hosts is the case of
    /// KB 402809, said once with all of them; any other is an expired anchor where it stands.
    fn expired(&self, vcenter: &'e VCenter, keeping: Keeping<'_, '_>, findings: &mut Findings) {
        let mut holders: BTreeMap<Fingerprint, Vec<Subject>> = BTreeMap::new();
        let roots = vcenter.trusted_roots.iter().map(|content| Holding { vcenter, host: None, content });
        let hosts = vcenter
            .hosts
            .iter()
            .filter_map(|host| host.castore.as_ref().map(|content| Holding { vcenter, host: Some(host), content }));
        for holding in roots.chain(hosts) {
            for (index, sha256) in holding.content.certificates.iter().enumerate() {
                if self.resolved.certificate(*sha256).is_some_and(|certificate| certificate.has_expired(self.at)) {
                    let subject = holding.subject().at(holding.content.place(index));
                    holders.entry(*sha256).or_default().push(subject);
                }
            }
        }
        for (sha256, subjects) in holders {
            let Some(certificate) = self.resolved.certificate(sha256) else { continue };
            let in_roots = subjects.iter().any(|subject| subject.part == Some(Part::TrustedRoots));
            let on_hosts = subjects.iter().any(|subject| subject.part == Some(Part::Castore));
            let (name, end) = (brief(certificate.subject()), certificate.not_after());
            let (id, message) = if in_roots && on_hosts {
                (
                    FindingId::ExpiredAnchorOnHosts,
                    format!("{name} expired on {end} and is in TRUSTED_ROOTS and castore.pem"),
                )
            } else {
                (FindingId::AnchorExpired, format!("{name} expired on {end}"))
            };
            let mut finding = Finding::new(id, Subject::default(), message).about(subjects);
            let renewed = keeping.renewed(certificate, vcenter.trusted_roots.as_ref());
            if let Some(usual) = &finding.remedy {
                let first = keeping.first(certificate, [&*vcenter.name], renewed, usual);
                finding.remedy = first.or_else(|| finding.remedy.clone());
            }
            findings.add(finding.with(dated(certificate.into(), end, self.at)));
        }
    }

    /// What is wrong with a store as a list: asked once for each distinct content.
    fn structure(
        &mut self,
        holding: Holding<'e>,
        inherited: Option<&HashSet<Fingerprint>>,
        in_use: &InUse<'_>,
        findings: &mut Findings,
    ) {
        let resolved = self.resolved;
        let known = self.structures.entry(SameContent(holding.content, holding.host.is_some()));
        let about = known.or_insert_with(|| structure(resolved, holding.content, holding.host.is_none(), in_use));
        for finding in about.iter() {
            // The same names are in TRUSTED_ROOTS, and it is said there.
            let certificates = finding.evidence.certificates.iter().filter_map(|record| record.sha256);
            let from_roots = inherited.is_some_and(|roots| certificates.clone().all(|sha256| roots.contains(&sha256)));
            if finding.id == FindingId::SameNameOtherKey && from_roots {
                continue;
            }
            findings.add(finding.clone().about(vec![holding.subject()]));
        }
    }
}

impl Holding<'_> {
    fn subject(&self) -> Subject {
        match self.host {
            Some(host) => Subject::host(&self.vcenter.name, &host.name).part(Part::Castore),
            None => Subject::vcenter(&self.vcenter.name).part(Part::TrustedRoots),
        }
    }
}

/// A finding whose remedy takes an anchor away, with what has to be done before where something in use needs it.
fn kept(finding: Finding, anchor: &Certificate, vcenter: &str, keeping: Keeping<'_, '_>) -> Finding {
    let takes_away = matches!(finding.id, FindingId::AnchorNotCa | FindingId::AnchorWeak | FindingId::DamagedAnchor);
    let Some(usual) = finding.remedy.as_ref().filter(|_| takes_away) else { return finding };
    let remedy = keeping.first(anchor, [vcenter], Renewed::No, usual).or_else(|| {
        keeping.cas.in_use.is_presented(anchor).then(|| {
            format!("Keep it as long as a server presents it: it is matched exactly. Once that server has a new one: {usual}")
        })
    });
    Finding { remedy: remedy.or_else(|| finding.remedy.clone()), ..finding }
}
