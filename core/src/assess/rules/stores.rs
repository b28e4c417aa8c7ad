//! What is wrong with the certificates and entries of trust stores.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use hashbrown::{HashMap, HashSet};

use super::namesakes::InUse;
use crate::catalogue::{FindingId, Severity};
use crate::cert::{Certificate, Oid, short_name};
use crate::estate::{Host, Part, Resolved, StoreContent, VCenter};
use crate::finding::words::listing;
use crate::finding::{CertificateRecord, Evidence, Finding, Findings, Subject};
use crate::store::{self, DumpedEntry, Found, LintIssue, LintKind, LintSeverity, Reading, TrustStore};
use crate::text::brief;
use crate::thumbprint::Fingerprint;
use crate::time::Time;

/// A store, and who holds it.
#[derive(Clone, Copy)]
struct Holding<'e> {
    vcenter: &'e VCenter,
    host: Option<&'e Host>,
    content: &'e StoreContent,
}

/// What is wrong with one certificate, wherever it is held.
struct Fault {
    id: FindingId,
    severity: Severity,
    message: String,
    /// The date that decides.
    date: Option<Time>,
    /// The text that decides.
    seen: Option<String>,
    /// Whether it is about the digest of the certificate's signature.
    digest: bool,
}

/// Faults of each distinct certificate of the stores, found once.
struct Linter<'r, 'e> {
    resolved: &'r Resolved<'e>,
    at: Time,
    faults: HashMap<Fingerprint, Vec<Fault>>,
    /// Certificates that stand in stores to be matched exactly: SPS's own.
    exact: HashSet<Fingerprint>,
    /// What was said about a store's own structure, by content.
    structures: HashMap<SameContent<'e>, Vec<Finding>>,
}

/// Judges every store of the estate.
pub(crate) fn judge(resolved: &Resolved<'_>, in_use: &InUse<'_>, at: Time, findings: &mut Findings) {
    let mut linter = Linter::new(resolved, at);
    for vcenter in &resolved.estate.vcenters {
        let roots = vcenter.trusted_roots.as_ref();
        let holding = |content| Holding { vcenter, host: None, content };
        let held: HashSet<Fingerprint> = roots.iter().flat_map(|store| store.certificates.iter().copied()).collect();
        if let Some(holding) = roots.map(holding) {
            linter.store(holding, None, in_use, findings);
        }
        for host in &vcenter.hosts {
            if let Some(content) = &host.castore {
                let holding = Holding { vcenter, host: Some(host), content };
                linter.store(holding, roots.map(|_| &held), in_use, findings);
            }
        }
        linter.expired(vcenter, in_use, findings);
    }
}

impl<'r, 'e> Linter<'r, 'e> {
    fn new(resolved: &'r Resolved<'e>, at: Time) -> Self {
        let sms = resolved.estate.vcenters.iter().filter_map(|vcenter| vcenter.sms.as_ref());
        let exact = sms.filter_map(|sms| sms.sms_self_signed.as_ref()).flat_map(|chain| chain.certificates.clone());
        Self { resolved, at, faults: HashMap::new(), exact: exact.collect(), structures: HashMap::new() }
    }

    /// Judges one store. What a castore.pem has from TRUSTED_ROOTS is said of TRUSTED_ROOTS alone: one cause.
    fn store(
        &mut self,
        holding: Holding<'e>,
        inherited: Option<&HashSet<Fingerprint>>,
        in_use: &InUse<'_>,
        findings: &mut Findings,
    ) {
        let mut seen = HashSet::new();
        for (index, sha256) in holding.content.certificates.iter().enumerate() {
            let from_roots = inherited.is_some_and(|roots| roots.contains(sha256));
            let Some(certificate) = self.resolved.certificate(*sha256) else { continue };
            let faults = self.faults.entry(*sha256).or_insert_with(|| faults(certificate, self.at));
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
                findings.add(kept(finding, certificate, in_use));
            }
        }
        for entry in &holding.content.dumped {
            dumped(&holding, entry, self.at, findings);
        }
        self.structure(holding, inherited, findings);
    }

    /// Expired anchors of one vCenter. One that is in TRUSTED_ROOTS and in castore.pem of its hosts is the case of
    /// KB 402809, said once with all of them; any other is an expired anchor where it stands.
    fn expired(&self, vcenter: &'e VCenter, in_use: &InUse<'_>, findings: &mut Findings) {
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
            let signed = if self.is_renewed(certificate, vcenter) { Vec::new() } else { in_use.signed_by(certificate) };
            if let (false, Some(usual)) = (signed.is_empty(), &finding.remedy) {
                finding.remedy = Some(keep_until_reissued(&signed, usual));
            }
            findings.add(finding.with(dated(certificate.into(), end, self.at)));
        }
    }

    /// Whether TRUSTED_ROOTS has another certificate of the same name and key that has not ended.
    fn is_renewed(&self, ended: &Certificate, vcenter: &VCenter) -> bool {
        let held = vcenter.trusted_roots.iter().flat_map(|store| &store.certificates);
        held.filter_map(|sha256| self.resolved.certificate(*sha256)).any(|other| {
            other.subject() == ended.subject()
                && other.public_key().sha256 == ended.public_key().sha256
                && !other.has_expired(self.at)
        })
    }

    /// What is wrong with a store as a list: asked once for each distinct content.
    fn structure(&mut self, holding: Holding<'e>, inherited: Option<&HashSet<Fingerprint>>, findings: &mut Findings) {
        let resolved = self.resolved;
        let known = self.structures.entry(SameContent(holding.content, holding.host.is_some()));
        let about = known.or_insert_with(|| structure(resolved, holding.content, holding.host.is_none()));
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

impl Fault {
    fn new(id: FindingId, message: String) -> Self {
        Self { id, severity: id.entry().severity, message, date: None, seen: None, digest: false }
    }

    fn dated(self, date: Time) -> Self {
        Self { date: Some(date), ..self }
    }

    fn finding(&self, record: CertificateRecord, subject: Subject, at: Time) -> Finding {
        let evidence = match self.date {
            Some(date) => dated(record, date, at),
            None => Evidence { certificates: vec![record], seen: self.seen.clone(), ..Evidence::default() },
        };
        Finding::new(self.id, subject, self.message.clone()).severity(self.severity).with(evidence)
    }
}

fn dated(record: CertificateRecord, date: Time, at: Time) -> Evidence {
    Evidence {
        certificates: vec![record],
        date: Some(date),
        days_left: Some(at.days_until(date)),
        ..Evidence::default()
    }
}

/// A finding whose remedy takes an anchor away, with what has to be done before where something in use needs it.
fn kept(finding: Finding, anchor: &Certificate, in_use: &InUse<'_>) -> Finding {
    let takes_away = matches!(finding.id, FindingId::AnchorNotCa | FindingId::AnchorWeak | FindingId::DamagedAnchor);
    let signed = if takes_away { in_use.signed_by(anchor) } else { Vec::new() };
    let remedy = match &finding.remedy {
        Some(usual) if !signed.is_empty() => Some(keep_until_reissued(&signed, usual)),
        Some(usual) if takes_away && in_use.is_presented(anchor) => Some(format!(
            "Keep it as long as a server presents it: it is matched exactly. Once that server has a new one: {usual}"
        )),
        _ => return finding,
    };
    Finding { remedy, ..finding }
}

/// What certificates are called, the first of them.
pub(super) fn names(signed: &[&Certificate]) -> String {
    const NAMED: usize = 5;
    let mut names: Vec<String> = signed.iter().map(|one| short_name(&brief(one.subject()))).collect();
    names.sort();
    names.dedup();
    listing(&names, NAMED, ", ")
}

/// What to do about an anchor that has ended and carries links that hold today: some validators do not look at its date.
fn keep_until_reissued(signed: &[&Certificate], usual: &str) -> String {
    format!(
        "Keep it until what it signed has been reissued ({}): removing it before then breaks links that hold today. Afterwards: {usual}",
        names(signed)
    )
}

/// What is wrong with a certificate as a trust anchor, wherever it is held.
fn faults(certificate: &Certificate, at: Time) -> Vec<Fault> {
    let store = TrustStore::from_certificates([certificate.clone()]);
    let name = brief(certificate.subject());
    let mut faults: Vec<Fault> = store::lint(&store, at).into_iter().filter_map(|issue| fault(issue, &name)).collect();
    for fault in &mut faults {
        // Nobody checks the signature a root makes on itself; and what cannot issue needs no key identifier.
        if fault.digest && certificate.is_self_issued() {
            fault.severity = Severity::Low;
        }
    }
    let is_ca = !faults.iter().any(|fault| fault.id == FindingId::AnchorNotCa);
    faults.retain(|fault| is_ca || fault.id != FindingId::AnchorWithoutKeyId);
    if let Some(damage) = damage(certificate) {
        faults.push(Fault::new(FindingId::DamagedAnchor, format!("{name}: {damage}")));
    }
    faults
}

/// The finding behind an issue with one entry; `None` for what is said of the store as a list.
fn fault(issue: LintIssue, name: &str) -> Option<Fault> {
    let first = |oids: &[Oid]| oids.first().map(ToString::to_string).unwrap_or_default();
    let fault = match issue.kind {
        LintKind::Expired { not_after } => {
            Fault::new(FindingId::AnchorExpired, format!("{name} expired on {not_after}")).dated(not_after)
        }
        LintKind::NotYetValid { not_before } => {
            Fault::new(FindingId::AnchorNotYetValid, format!("{name} is not valid before {not_before}"))
                .dated(not_before)
        }
        LintKind::NotCa { ca, certificate_sign } => {
            let rule = match (ca, certificate_sign) {
                (None, _) => "it has no basic constraints",
                (Some(false), _) => "its basic constraints say so",
                (Some(true), _) => "its key usage lacks keyCertSign",
            };
            let message = format!("{name} is not a CA: {rule}; vCenter does not import it as a trusted root");
            Fault::new(FindingId::AnchorNotCa, message)
        }
        LintKind::WeakDigest { algorithm } => {
            let fault = Fault::new(FindingId::AnchorWeak, format!("{name} is signed with {algorithm}"));
            Fault { digest: true, ..fault }
        }
        LintKind::WeakKey { bits } => Fault::new(FindingId::AnchorWeak, format!("{name} has a key of {bits} bits")),
        LintKind::NoSubjectKeyId => {
            Fault::new(FindingId::AnchorWithoutKeyId, format!("{name} has no subject key identifier"))
        }
        LintKind::AliasMismatch { alias } => {
            let message = format!("{name} has the alias {alias}, not its thumbprint");
            Fault { seen: Some(alias.to_string()), ..Fault::new(FindingId::AliasNotThumbprint, message) }
        }
        LintKind::NotDer { reason } => Fault::new(
            FindingId::DamagedAnchor,
            format!("{name} is not DER: {reason}; OpenSSL may read it, but no path through it is verified"),
        ),
        LintKind::MalformedExtension { extensions } => {
            let message = format!("{name}: the extension {} cannot be read", first(&extensions));
            Fault::new(FindingId::DamagedAnchor, message)
        }
        LintKind::UnknownCriticalExtension { extensions } => {
            let message = format!("{name}: the critical extension {} is unknown", first(&extensions));
            Fault::new(FindingId::DamagedAnchor, message)
        }
        LintKind::DuplicateExtension { extensions } => {
            Fault::new(FindingId::DamagedAnchor, format!("{name}: the extension {} occurs twice", first(&extensions)))
        }
        LintKind::Duplicate { .. }
        | LintKind::SameNameDifferentKey { .. }
        | LintKind::SameKeyDifferentCertificate { .. }
        | LintKind::ManyCrls { .. }
        | LintKind::Unreadable { .. } => return None,
    };
    Some(fault)
}

/// What a list of anchors does not show, and path verification refuses.
fn damage(certificate: &Certificate) -> Option<String> {
    if certificate.signature_algorithm() != certificate.inner_signature_algorithm() {
        return Some("the signature algorithms inside and outside differ".to_owned());
    }
    if certificate.version() != 3 && certificate.is_ca() {
        return Some(format!("it has extensions and version {}", certificate.version()));
    }
    if certificate.serial_number_length() > 20 {
        return Some(format!("its serial number has {} octets, more than 20", certificate.serial_number().len()));
    }
    None
}

/// What is wrong with an entry known only from a dump.
fn dumped(holding: &Holding<'_>, entry: &Found<DumpedEntry>, at: Time, findings: &mut Findings) {
    let store = TrustStore::from_reading(Reading { dumped: vec![entry.clone()], ..Reading::default() });
    let name = entry.value.subject.as_deref().or(entry.place.alias.as_deref()).unwrap_or("an entry");
    for fault in store::lint(&store, at).into_iter().filter_map(|issue| fault(issue, name)) {
        let subject = holding.subject().at(entry.place.clone());
        findings.add(fault.finding(CertificateRecord::from(entry), subject, at));
    }
}

/// What is wrong with a store as a list.
fn structure(resolved: &Resolved<'_>, content: &StoreContent, is_vecs: bool) -> Vec<Finding> {
    let mut found = Vec::new();
    duplicates(resolved, content, &mut found);
    same_names(resolved, content, &mut found);
    if is_vecs && content.store.is_some() {
        aliases(resolved, content, &mut found);
    }
    let count = content.crls.len();
    if let Some(severity) = store::crl_severity(count) {
        let severity = match severity {
            LintSeverity::Error => Severity::High,
            LintSeverity::Warning | LintSeverity::Notice => Severity::Medium,
        };
        let finding = Finding::new(FindingId::ManyCrls, Subject::default(), format!("{count} CRLs"));
        found.push(finding.severity(severity).with(Evidence { count: Some(count), ..Evidence::default() }));
    }
    found
}

fn duplicates(resolved: &Resolved<'_>, content: &StoreContent, found: &mut Vec<Finding>) {
    let mut counts: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    for sha256 in &content.certificates {
        *counts.entry(*sha256).or_default() += 1;
    }
    for (sha256, count) in counts.into_iter().filter(|(_, count)| *count > 1) {
        let Some(certificate) = resolved.certificate(sha256) else { continue };
        let message = format!("{} is in the store {count} times", brief(certificate.subject()));
        let evidence = Evidence { certificates: vec![certificate.into()], count: Some(count), ..Evidence::default() };
        found.push(Finding::new(FindingId::DuplicateEntry, Subject::default(), message).with(evidence));
    }
}

fn same_names(resolved: &Resolved<'_>, content: &StoreContent, found: &mut Vec<Finding>) {
    let mut names: HashMap<&[u8], Vec<&Certificate>> = HashMap::new();
    for certificate in content.certificates.iter().filter_map(|sha256| resolved.certificate(*sha256)) {
        if store::has_lasting_name(certificate) {
            names.entry(certificate.subject().canonical()).or_default().push(certificate);
        }
    }
    let mut shared: Vec<Vec<&Certificate>> = names.into_values().filter(|named| named.len() > 1).collect();
    shared.sort_by_key(|named| named[0].sha256());
    for mut named in shared {
        let keys: HashSet<Fingerprint> = named.iter().map(|certificate| certificate.public_key().sha256).collect();
        if keys.len() < 2 {
            continue;
        }
        named.sort_by_key(|certificate| certificate.sha256());
        named.dedup();
        let message = format!("{} CAs with different keys are named {}", keys.len(), brief(named[0].subject()));
        let certificates = named.into_iter().map(CertificateRecord::from).collect();
        let evidence = Evidence { certificates, count: Some(keys.len()), ..Evidence::default() };
        found.push(Finding::new(FindingId::SameNameOtherKey, Subject::default(), message).with(evidence));
    }
}

fn aliases(resolved: &Resolved<'_>, content: &StoreContent, found: &mut Vec<Finding>) {
    for (sha256, aliases) in &content.aliases {
        let Some(certificate) = resolved.certificate(*sha256) else { continue };
        for alias in aliases.iter().filter(|alias| !store::is_own_alias(alias, certificate)) {
            let message = format!("{} has the alias {alias}, not its thumbprint", brief(certificate.subject()));
            let certificates = vec![certificate.into()];
            let evidence = Evidence { certificates, seen: Some(alias.to_string()), ..Evidence::default() };
            found.push(Finding::new(FindingId::AliasNotThumbprint, Subject::default(), message).with(evidence));
        }
    }
}

/// A store's content as a map key: equal when all that [`structure`] looks at is equal.
struct SameContent<'e>(&'e StoreContent, bool);

impl Hash for SameContent<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.0.certificates, &self.0.aliases, &self.0.crls, self.1).hash(state);
    }
}

impl PartialEq for SameContent<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0) && self.1 == other.1
            || (self.1 == other.1
                && self.0.certificates == other.0.certificates
                && self.0.aliases == other.0.aliases
                && self.0.store == other.0.store
                && self.0.crls == other.0.crls)
    }
}

impl Eq for SameContent<'_> {}
