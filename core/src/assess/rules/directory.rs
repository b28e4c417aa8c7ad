//! The trusted certificates of the directory against TRUSTED_ROOTS, which vmafd fills from them.

use hashbrown::HashSet;

use super::faults::dated;
use crate::catalogue::FindingId;
use crate::cert::Certificate;
use crate::estate::{Part, Resolved, VCenter, VMDIR};
use crate::finding::{CertificateRecord, Evidence, Finding, Findings, Subject};
use crate::time::Time;

/// What is done about a printed entry of the directory that has ended.
const GET: &str = "Export it with dir-cli trustedcert get: whether something in use needs it cannot be told from a printed entry, so leave it where it is until then.";

/// Says which roots are in the directory and did not reach TRUSTED_ROOTS, and which have ended.
pub(crate) fn judge(resolved: &Resolved<'_>, at: Time, findings: &mut Findings) {
    for vcenter in &resolved.estate.vcenters {
        ended(resolved, vcenter, at, findings);
        compare(resolved, vcenter, findings);
    }
}

/// Roots of the directory that have ended. Of one that TRUSTED_ROOTS holds too, it is said there.
fn ended(resolved: &Resolved<'_>, vcenter: &VCenter, at: Time, findings: &mut Findings) {
    let directory = vcenter.stores.get(VMDIR).into_iter().flat_map(|store| &store.dumped);
    let roots = || vcenter.trusted_roots.iter();
    for entry in directory {
        let Some(end) = entry.value.not_after.filter(|end| *end < at) else { continue };
        let (id, subject) = (entry.place.alias.as_deref().map(plain), &entry.value.subject);
        // A printed subject may be in another order: the id tells then.
        let is_same = |certificate: &Certificate| {
            certificate.not_after() == end
                && (certificate.subject_key_id().is_some_and(|own| id == Some(plain(&own.to_string())))
                    || subject.as_ref().is_some_and(|name| certificate.subject().to_string() == *name))
        };
        let mut held = roots().flat_map(|store| &store.certificates).filter_map(|sha256| resolved.certificate(*sha256));
        let mut printed = roots().flat_map(|store| &store.dumped).map(|found| &found.value);
        if held.any(is_same) || printed.any(|other| other.not_after == Some(end) && other.subject == *subject) {
            continue;
        }
        let record = CertificateRecord::from(entry);
        let message = format!("{} expired on {end} and is in the directory", record.called());
        let subject = Subject::vcenter(&vcenter.name).part(Part::Vmdir).at(entry.place.clone());
        let finding = Finding::new(FindingId::AnchorExpired, subject, message).with(dated(record, end, at));
        findings.add(Finding { remedy: Some(GET.to_owned()), ..finding });
    }
}

/// An id as it is compared.
fn plain(id: &str) -> String {
    id.replace(':', "").to_ascii_lowercase()
}

fn compare(resolved: &Resolved<'_>, vcenter: &VCenter, findings: &mut Findings) {
    let Some(directory) = vcenter.stores.get(VMDIR) else { return };
    // What of the store is not known may be what it seems to lack.
    let Some(roots) = vcenter.trusted_roots.as_ref().filter(|roots| roots.is_known()) else { return };
    let held = roots.certificates.iter().filter_map(|sha256| resolved.certificate(*sha256));
    // The id is the subject key identifier; of a certificate without one it is a digest of the key, and the subject tells.
    let mut ids: HashSet<String> = HashSet::new();
    let mut subjects: HashSet<String> = HashSet::new();
    for certificate in held {
        ids.extend(certificate.subject_key_id().map(|id| plain(&id.to_string())));
        subjects.extend(certificate.subject_key_id().is_none().then(|| certificate.subject().to_string()));
    }
    for entry in &directory.dumped {
        let Some(id) = entry.place.alias.as_deref() else { continue };
        let subject = entry.value.subject.as_deref().unwrap_or_default();
        if ids.contains(&plain(id)) || subjects.contains(subject) {
            continue;
        }
        let record = CertificateRecord::from(entry);
        let message = format!("the directory holds {} (CN(id) {id}), and TRUSTED_ROOTS does not", record.called());
        let evidence = Evidence { certificates: vec![record], seen: Some(id.to_owned()), ..Evidence::default() };
        let subject = Subject::vcenter(&vcenter.name).part(Part::Vmdir).at(entry.place.clone());
        findings.add(Finding::new(FindingId::DirectoryOnly, subject, message).with(evidence));
    }
}
