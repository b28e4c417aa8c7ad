//! What a host's castore.pem and its vCenter's TRUSTED_ROOTS disagree about.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::super::trust::sps::SpsClient;
use super::in_use::names;
use super::keeping::{Keeping, Renewed};
use crate::catalogue::FindingId;
use crate::cert::{Certificate, short_name};
use crate::estate::{Host, Part, Resolved, StoreContent, VCenter};
use crate::finding::words::listing;
use crate::finding::{CertificateRecord, Evidence, Finding, Findings, Subject};
use crate::store::{DumpedEntry, Found};
use crate::text::brief;
use crate::thumbprint::{Fingerprint, Thumbprint};
use crate::time::Time;

/// How many certificates a finding lists; the count says how many there are.
const LISTED: usize = 10;
/// How many certificates an advice names.
const NAMED: usize = 3;

/// Compares every castore.pem with TRUSTED_ROOTS and SPS's certificate. Hosts that differ in the same way are one
/// finding.
pub(crate) fn judge(resolved: &Resolved<'_>, keeping: Keeping<'_, '_>, at: Time, findings: &mut Findings) {
    for vcenter in &resolved.estate.vcenters {
        if let Some(roots) = &vcenter.trusted_roots {
            let compared = Compared { resolved, vcenter, roots, keeping, at };
            compared.report(compared.differences(), findings);
        }
        sms(resolved, vcenter, findings);
    }
}

/// What differs, and on which hosts.
#[derive(Default)]
struct Differences {
    /// CAs of TRUSTED_ROOTS that castore.pem lacks, and what a refresh does besides adding them.
    missing: BTreeMap<(Vec<Fingerprint>, Refresh), Vec<Subject>>,
    /// The same of entries known from a dump.
    missing_dumped: BTreeMap<(Vec<Thumbprint>, Refresh), Vec<Subject>>,
    /// CAs of castore.pem that TRUSTED_ROOTS lacks.
    extra: BTreeMap<Vec<Fingerprint>, Vec<Subject>>,
}

/// What Refresh CA Certificates, which makes castore.pem anew from TRUSTED_ROOTS, does to a host besides adding what it lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Refresh {
    /// What it takes away and something in use needs.
    drops: Vec<Fingerprint>,
    /// The expired CAs it brings.
    spreads: Vec<Fingerprint>,
}

/// One vCenter whose TRUSTED_ROOTS the castore.pem of its hosts are compared with.
struct Compared<'c, 'r, 'e> {
    resolved: &'r Resolved<'e>,
    vcenter: &'e VCenter,
    roots: &'e StoreContent,
    keeping: Keeping<'c, 'r>,
    at: Time,
}

impl<'e> Compared<'_, '_, 'e> {
    fn differences(&self) -> Differences {
        let Self { resolved, vcenter, roots, .. } = *self;
        // A castore.pem is made of the CAs of TRUSTED_ROOTS; what is no CA there is not pushed. An expired one nobody misses.
        let is_ca = |sha256: &Fingerprint| resolved.certificate(*sha256).is_some_and(Certificate::is_ca);
        let in_roots: HashSet<Fingerprint> = roots.certificates.iter().copied().collect();
        let cas = roots.distinct().into_iter().filter(is_ca);
        let (expired, wanted): (Vec<Fingerprint>, Vec<Fingerprint>) = cas.partition(|sha256| self.has_expired(*sha256));
        let dumped: HashMap<Thumbprint, &Found<DumpedEntry>> = by_thumbprint(roots);
        let sms: HashSet<Fingerprint> = own_of_sps(vcenter);
        let mut differences = Differences::default();
        // Hosts hold the same anchors: each is asked about once.
        let mut needed: HashMap<Fingerprint, bool> = HashMap::new();
        let mut is_needed =
            |sha256: &Fingerprint| *needed.entry(*sha256).or_insert_with(|| !self.needs(*sha256).is_empty());
        for host in &vcenter.hosts {
            let Some(castore) = &host.castore else { continue };
            let held: HashSet<Fingerprint> = castore.certificates.iter().copied().collect();
            let printed: HashMap<Thumbprint, &Found<DumpedEntry>> = by_thumbprint(castore);
            let sha1 = |sha256: &Fingerprint| resolved.certificate(*sha256).map(|certificate| certificate.sha1());
            let is_printed = |sha256: &Fingerprint| {
                !printed.is_empty() && sha1(sha256).is_some_and(|sha1| printed.contains_key(&sha1))
            };
            // What could not be read may be what seems to be missing.
            let (whole, whole_roots) = (castore.hidden() == 0, roots.hidden() == 0);
            let lacks = |sha256: &&Fingerprint| whole && !held.contains(*sha256) && !is_printed(sha256);
            let subject = || subject(vcenter, host);
            let in_dump = |sha256: &Fingerprint| {
                !dumped.is_empty() && sha1(sha256).is_some_and(|sha1| dumped.contains_key(&sha1))
            };
            let mut extra = castore.distinct();
            extra.retain(|sha256| {
                whole_roots && !in_roots.contains(sha256) && !sms.contains(sha256) && !in_dump(sha256)
            });
            let refresh = Refresh {
                drops: extra.iter().copied().filter(&mut is_needed).collect(),
                spreads: expired.iter().filter(lacks).copied().collect(),
            };
            let missing = wanted.iter().filter(lacks).copied().collect();
            push(&mut differences.missing, missing, &refresh, subject);
            if !extra.is_empty() {
                differences.extra.entry(extra).or_default().push(subject());
            }
            if whole && !dumped.is_empty() {
                let held: HashSet<Thumbprint> = castore.certificates.iter().filter_map(sha1).collect();
                let is_wanted = |entry: &DumpedEntry| {
                    entry.is_ca != Some(false) && entry.not_after.is_none_or(|not_after| not_after >= self.at)
                };
                let lacks = dumped.iter().filter(|(_, entry)| is_wanted(&entry.value)).map(|(sha1, _)| *sha1);
                let mut lacks: Vec<_> =
                    lacks.filter(|sha1| !held.contains(sha1) && !printed.contains_key(sha1)).collect();
                lacks.sort_unstable();
                push(&mut differences.missing_dumped, lacks, &refresh, subject);
            }
        }
        differences
    }

    fn has_expired(&self, sha256: Fingerprint) -> bool {
        self.resolved.certificate(sha256).is_some_and(|certificate| certificate.has_expired(self.at))
    }

    /// What needs an anchor that only castore.pem holds: links tried without it, and what it signed and is in use.
    fn needs(&self, sha256: Fingerprint) -> Vec<&Certificate> {
        let Some(anchor) = self.resolved.certificate(sha256) else { return Vec::new() };
        let mut needs = self.keeping.links(anchor, [&*self.vcenter.name]);
        // What it signed needs it no more where TRUSTED_ROOTS has its renewed certificate with the same key.
        if self.keeping.renewed(anchor, Some(self.roots)) != Renewed::Here {
            needs.extend(self.keeping.cas.in_use.signed_by(anchor));
        }
        needs
    }

    fn called(&self, digests: &[Fingerprint]) -> String {
        // By their digests: a host may hold one CA of a name and lack another.
        let named = |certificate: &Certificate| {
            format!("{} (SHA-1 {})", short_name(&brief(certificate.subject())), certificate.sha1().with_colons())
        };
        let held = digests.iter().filter_map(|sha256| self.resolved.certificate(*sha256));
        listing(&held.map(named).collect::<Vec<_>>(), NAMED, ", ")
    }

    /// What has to come before a refresh, or after it; `None` where it only adds what is missing.
    fn before(&self, refresh: &Refresh, usual: Option<&String>) -> Option<String> {
        let mut steps = Vec::new();
        let (ended, valid): (Vec<_>, Vec<_>) = refresh.drops.iter().partition(|sha256| self.has_expired(**sha256));
        if !valid.is_empty() {
            let called = self.called(&valid);
            steps.push(format!("First publish {called} in TRUSTED_ROOTS: only castore.pem holds it, a refresh removes it, and something in use needs it."));
        }
        if !ended.is_empty() {
            let called = self.called(&ended);
            steps.push(format!("First have reissued what {called} signed: it has expired, only castore.pem holds it, and a refresh removes it."));
        }
        if !refresh.spreads.is_empty() {
            let called = self.called(&refresh.spreads);
            steps.push(format!("A refresh also brings {called} to the host, which has expired: deal with its finding for TRUSTED_ROOTS first."));
        }
        (!steps.is_empty()).then(|| {
            steps.extend(usual.cloned());
            steps.join(" ")
        })
    }

    fn report(&self, differences: Differences, findings: &mut Findings) {
        let resolved = self.resolved;
        let dumped = by_thumbprint(self.roots);
        let records = |digests: &[Fingerprint]| -> Vec<CertificateRecord> {
            let listed = digests.iter().filter_map(|sha256| resolved.certificate(*sha256)).take(LISTED);
            listed.map(CertificateRecord::from).collect()
        };
        let lacks = |subjects, records, count, refresh: &Refresh| {
            let message = format!("castore.pem lacks {} that TRUSTED_ROOTS holds", cas(count));
            let found = finding(FindingId::CastoreLacksRoot, message, subjects, records, count);
            let remedy = self.before(refresh, found.remedy.as_ref()).or_else(|| found.remedy.clone());
            Finding { remedy, ..found }
        };
        for ((digests, refresh), subjects) in differences.missing {
            findings.add_complete(lacks(subjects, records(&digests), digests.len(), &refresh));
        }
        for ((digests, refresh), subjects) in differences.missing_dumped {
            let listed = digests.iter().filter_map(|sha1| dumped.get(sha1)).take(LISTED);
            let records = listed.map(|entry| CertificateRecord::from(*entry)).collect();
            findings.add_complete(lacks(subjects, records, digests.len(), &refresh));
        }
        for (digests, subjects) in differences.extra {
            let message = format!("castore.pem holds {} that TRUSTED_ROOTS does not", cas(digests.len()));
            let count = digests.len();
            let found = finding(FindingId::CastoreHasExtra, message, subjects, records(&digests), count);
            let remedy = self.before_drop(&digests).or_else(|| found.remedy.clone());
            findings.add_complete(Finding { remedy, ..found });
        }
    }

    /// What is needed must not go with the next refresh.
    fn before_drop(&self, extra: &[Fingerprint]) -> Option<String> {
        let needed: Vec<Fingerprint> = extra.iter().copied().filter(|one| !self.needs(*one).is_empty()).collect();
        let needs: Vec<&Certificate> = needed.iter().flat_map(|one| self.needs(*one)).collect();
        let (ended, valid): (Vec<Fingerprint>, Vec<Fingerprint>) =
            needed.iter().partition(|sha256| self.has_expired(**sha256));
        let (what, in_use) =
            (names(&needs), "before anyone runs Refresh CA Certificates, which removes it from the host");
        match (valid.is_empty(), ended.is_empty()) {
            (true, true) => None,
            (false, _) => Some(format!(
                "Publish {} in TRUSTED_ROOTS {in_use}: certificates in use need it ({what}).",
                self.called(&valid)
            )),
            (true, false) => Some(format!(
                "It has expired and certificates in use still need it ({what}): have those reissued {in_use}."
            )),
        }
    }
}

fn push<K: Ord>(
    groups: &mut BTreeMap<(Vec<K>, Refresh), Vec<Subject>>,
    what: Vec<K>,
    refresh: &Refresh,
    subject: impl Fn() -> Subject,
) {
    if !what.is_empty() {
        groups.entry((what, refresh.clone())).or_default().push(subject());
    }
}

fn finding(
    id: FindingId,
    message: String,
    subjects: Vec<Subject>,
    certificates: Vec<CertificateRecord>,
    count: usize,
) -> Finding {
    // One certificate is named in the sentence; more are in the evidence.
    let message = match certificates.as_slice() {
        [only] if count == 1 => format!("{message}: {}", only.called()),
        _ => message,
    };
    let evidence = Evidence { certificates, count: Some(count), ..Evidence::default() };
    Finding::new(id, Subject::default(), message).about(subjects).with(evidence)
}

fn cas(count: usize) -> String {
    if count == 1 { "a certificate".to_owned() } else { format!("{count} certificates") }
}

fn by_thumbprint(store: &StoreContent) -> HashMap<Thumbprint, &Found<DumpedEntry>> {
    store.dumped.iter().filter_map(|entry| Some((entry.value.sha1?, entry))).collect()
}

fn own_of_sps(vcenter: &VCenter) -> HashSet<Fingerprint> {
    let chains = vcenter.sms.iter().flat_map(|sms| [&sms.sms_self_signed, &sms.sps_extension]);
    chains.flatten().flat_map(|chain| chain.certificates.iter().copied()).collect()
}

fn subject(vcenter: &VCenter, host: &Host) -> Subject {
    Subject::host(&vcenter.name, &host.name).part(Part::Castore)
}

/// Hosts below 9.0 must hold `sms_self_signed` itself (KB 440183): it has no issuer they could trust instead. One that
/// was reissued by a CA is judged by its path alone.
fn sms(resolved: &Resolved<'_>, vcenter: &VCenter, findings: &mut Findings) {
    let own = vcenter.sms.as_ref().and_then(|sms| sms.sms_self_signed.as_ref());
    let Some(sha256) = own.and_then(|chain| chain.certificates.first()) else { return };
    let Some(certificate) = resolved.certificate(*sha256).filter(|one| one.is_self_issued()) else { return };
    let lacks = |host: &&Host| {
        host.castore.as_ref().is_some_and(|castore| {
            let printed = castore.dumped.iter().any(|entry| entry.value.sha1 == Some(certificate.sha1()));
            castore.hidden() == 0 && !castore.certificates.contains(sha256) && !printed
        })
    };
    let shown = |host: &&Host| SpsClient::of(vcenter, host) == SpsClient::SelfSigned;
    let hosts = vcenter.hosts.iter().filter(shown).filter(lacks);
    let subjects: Vec<Subject> = hosts.map(|host| subject(vcenter, host)).collect();
    if !subjects.is_empty() {
        let message = format!("castore.pem lacks sms_self_signed ({})", brief(certificate.subject()));
        findings.add(finding(FindingId::CastoreLacksSms, message, subjects, vec![certificate.into()], 2));
    }
}
