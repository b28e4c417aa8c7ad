//! What a host's castore.pem and its vCenter's TRUSTED_ROOTS disagree about.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::super::trust::sps::SpsClient;
use super::namesakes::InUse;
use super::stores::names;
use crate::catalogue::FindingId;
use crate::cert::Certificate;
use crate::estate::{Host, Part, Resolved, StoreContent, VCenter};
use crate::finding::{CertificateRecord, Evidence, Finding, Findings, Subject};
use crate::store::{DumpedEntry, Found};
use crate::text::brief;
use crate::thumbprint::{Fingerprint, Thumbprint};

/// How many certificates a finding lists; the count says how many there are.
const LISTED: usize = 10;

/// Compares every castore.pem with TRUSTED_ROOTS and SPS's certificate. Hosts that differ in the same way are one
/// finding.
pub(crate) fn judge(resolved: &Resolved<'_>, in_use: &InUse<'_>, findings: &mut Findings) {
    for vcenter in &resolved.estate.vcenters {
        if let Some(roots) = &vcenter.trusted_roots {
            roots_and_castores(resolved, vcenter, roots, in_use, findings);
        }
        sms(resolved, vcenter, findings);
    }
}

/// What differs, and on which hosts.
#[derive(Default)]
struct Differences {
    /// CAs of TRUSTED_ROOTS that castore.pem lacks.
    missing: BTreeMap<Vec<Fingerprint>, Vec<Subject>>,
    /// The same of entries known from a dump.
    missing_dumped: BTreeMap<Vec<Thumbprint>, Vec<Subject>>,
    /// CAs of castore.pem that TRUSTED_ROOTS lacks.
    extra: BTreeMap<Vec<Fingerprint>, Vec<Subject>>,
}

fn roots_and_castores(
    resolved: &Resolved<'_>,
    vcenter: &VCenter,
    roots: &StoreContent,
    in_use: &InUse<'_>,
    findings: &mut Findings,
) {
    // A castore.pem is made of the CAs of TRUSTED_ROOTS; what is no CA there is not pushed.
    let is_ca = |sha256: &Fingerprint| resolved.certificate(*sha256).is_some_and(|certificate| certificate.is_ca());
    let in_roots: HashSet<Fingerprint> = roots.certificates.iter().copied().collect();
    let mut wanted: Vec<Fingerprint> = roots.distinct();
    wanted.retain(is_ca);
    let dumped: HashMap<Thumbprint, &Found<DumpedEntry>> = by_thumbprint(roots);
    let sms: HashSet<Fingerprint> = own_of_sps(vcenter);
    let mut differences = Differences::default();
    for host in &vcenter.hosts {
        let Some(castore) = &host.castore else { continue };
        let held: HashSet<Fingerprint> = castore.certificates.iter().copied().collect();
        let printed: HashMap<Thumbprint, &Found<DumpedEntry>> = by_thumbprint(castore);
        let sha1 = |sha256: &Fingerprint| resolved.certificate(*sha256).map(|certificate| certificate.sha1());
        let is_printed =
            |sha256: &Fingerprint| !printed.is_empty() && sha1(sha256).is_some_and(|sha1| printed.contains_key(&sha1));
        // What could not be read may be what seems to be missing.
        let (whole, whole_roots) = (castore.hidden() == 0, roots.hidden() == 0);
        let missing = wanted.iter().filter(|sha256| whole && !held.contains(*sha256) && !is_printed(sha256));
        let subject = || subject(vcenter, host);
        push(&mut differences.missing, missing.copied().collect(), subject);
        let in_dump =
            |sha256: &Fingerprint| !dumped.is_empty() && sha1(sha256).is_some_and(|sha1| dumped.contains_key(&sha1));
        let mut extra = castore.distinct();
        extra.retain(|sha256| whole_roots && !in_roots.contains(sha256) && !sms.contains(sha256) && !in_dump(sha256));
        push(&mut differences.extra, extra, subject);
        if whole && !dumped.is_empty() {
            let held: HashSet<Thumbprint> = castore.certificates.iter().filter_map(sha1).collect();
            let lacks = dumped.iter().filter(|(_, entry)| entry.value.is_ca != Some(false)).map(|(sha1, _)| *sha1);
            let mut lacks: Vec<_> = lacks.filter(|sha1| !held.contains(sha1) && !printed.contains_key(sha1)).collect();
            lacks.sort_unstable();
            push(&mut differences.missing_dumped, lacks, subject);
        }
    }
    differences.report(resolved, &dumped, in_use, findings);
}

fn push<K: Ord>(groups: &mut BTreeMap<Vec<K>, Vec<Subject>>, what: Vec<K>, subject: impl Fn() -> Subject) {
    if !what.is_empty() {
        groups.entry(what).or_default().push(subject());
    }
}

impl Differences {
    fn report(
        self,
        resolved: &Resolved<'_>,
        dumped: &HashMap<Thumbprint, &Found<DumpedEntry>>,
        in_use: &InUse<'_>,
        findings: &mut Findings,
    ) {
        let records = |digests: &[Fingerprint]| -> Vec<CertificateRecord> {
            let listed = digests.iter().filter_map(|sha256| resolved.certificate(*sha256)).take(LISTED);
            listed.map(CertificateRecord::from).collect()
        };
        for (digests, subjects) in self.missing {
            let message = format!("castore.pem lacks {} that TRUSTED_ROOTS holds", cas(digests.len()));
            findings.add_complete(finding(
                FindingId::CastoreLacksRoot,
                message,
                subjects,
                records(&digests),
                digests.len(),
            ));
        }
        for (digests, subjects) in self.missing_dumped {
            let listed = digests.iter().filter_map(|sha1| dumped.get(sha1)).take(LISTED);
            let records = listed.map(|entry| CertificateRecord::from(*entry)).collect();
            let message = format!("castore.pem lacks {} that TRUSTED_ROOTS holds", cas(digests.len()));
            findings.add_complete(finding(FindingId::CastoreLacksRoot, message, subjects, records, digests.len()));
        }
        for (digests, subjects) in self.extra {
            let message = format!("castore.pem holds {} that TRUSTED_ROOTS does not", cas(digests.len()));
            let extra = digests.iter().filter_map(|sha256| resolved.certificate(*sha256));
            let signed: Vec<&Certificate> = extra.flat_map(|ca| in_use.signed_by(ca)).collect();
            let count = digests.len();
            let found = finding(FindingId::CastoreHasExtra, message, subjects, records(&digests), count);
            // What is needed must not go with the next refresh.
            let remedy = (!signed.is_empty()).then(|| {
                let what = names(&signed);
                format!("Publish it in TRUSTED_ROOTS before anyone runs Refresh CA Certificates, which removes it from the host: it signed certificates in use ({what}).")
            });
            findings.add_complete(Finding { remedy: remedy.or_else(|| found.remedy.clone()), ..found });
        }
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
