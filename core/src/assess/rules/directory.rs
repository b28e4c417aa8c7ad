//! The trusted certificates of the directory against TRUSTED_ROOTS, which vmafd fills from them.

use hashbrown::HashSet;

use crate::catalogue::FindingId;
use crate::estate::{Part, Resolved, VCenter, VMDIR};
use crate::finding::{CertificateRecord, Evidence, Finding, Findings, Subject};

/// Says which roots are in the directory and did not reach TRUSTED_ROOTS.
pub(crate) fn judge(resolved: &Resolved<'_>, findings: &mut Findings) {
    resolved.estate.vcenters.iter().for_each(|vcenter| compare(resolved, vcenter, findings));
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
        ids.extend(certificate.subject_key_id().map(|id| id.to_string().replace(':', "").to_ascii_lowercase()));
        subjects.extend(certificate.subject_key_id().is_none().then(|| certificate.subject().to_string()));
    }
    for entry in &directory.dumped {
        let Some(id) = entry.place.alias.as_deref() else { continue };
        let subject = entry.value.subject.as_deref().unwrap_or_default();
        if ids.contains(&id.replace(':', "").to_ascii_lowercase()) || subjects.contains(subject) {
            continue;
        }
        let record = CertificateRecord::from(entry);
        let message = format!("the directory holds {} (CN(id) {id}), and TRUSTED_ROOTS does not", record.called());
        let evidence = Evidence { certificates: vec![record], seen: Some(id.to_owned()), ..Evidence::default() };
        let subject = Subject::vcenter(&vcenter.name).part(Part::Vmdir).at(entry.place.clone());
        findings.add(Finding::new(FindingId::DirectoryOnly, subject, message).with(evidence));
    }
}
