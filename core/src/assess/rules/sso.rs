//! Whether the vCenters of one SSO domain hold the same TRUSTED_ROOTS, as VMDIR's replication should see to.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use crate::catalogue::FindingId;
use crate::estate::{Part, Resolved, SsoParty, VCenter};
use crate::finding::{CertificateRecord, Evidence, Finding, Findings, Subject};
use crate::thumbprint::Fingerprint;

/// How many certificates a finding lists; the count says how many there are.
const LISTED: usize = 10;

/// Compares the stores of each SSO domain. A store that is not wholly known is left out: it may hold what it seems to
/// lack.
pub(crate) fn judge(resolved: &Resolved<'_>, findings: &mut Findings) {
    let mut domains: Vec<Vec<&VCenter>> = Vec::new();
    let mut known: HashMap<SsoParty, usize> = HashMap::new();
    for vcenter in &resolved.estate.vcenters {
        let Some(party) = vcenter.sso_party() else { continue };
        let next = domains.len();
        let domain = *known.entry(party).or_insert(next);
        if domain == next {
            domains.push(Vec::new());
        }
        domains[domain].push(vcenter);
    }
    domains.iter().for_each(|members| compare(resolved, members, findings));
}

fn compare(resolved: &Resolved<'_>, members: &[&VCenter], findings: &mut Findings) {
    let stores = members.iter().filter_map(|vcenter| {
        let roots = vcenter.trusted_roots.as_ref().filter(|roots| roots.is_known())?;
        Some((*vcenter, roots.certificates.iter().copied().collect::<BTreeSet<Fingerprint>>()))
    });
    let stores: Vec<(&VCenter, BTreeSet<Fingerprint>)> = stores.collect();
    let mut holders: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    for sha256 in stores.iter().flat_map(|(_, store)| store) {
        *holders.entry(*sha256).or_default() += 1;
    }
    let partial: Vec<Fingerprint> =
        holders.into_iter().filter(|(_, count)| *count < stores.len()).map(|(sha256, _)| sha256).collect();
    if partial.is_empty() {
        return;
    }
    let domain = members[0].sso_domain.as_deref().unwrap_or_default();
    let count = partial.len();
    let message = format!(
        "the vCenters of the SSO domain {domain} do not hold the same TRUSTED_ROOTS: {count} {} not in all of them",
        if count == 1 { "certificate is" } else { "certificates are" }
    );
    let listed = partial.iter().filter_map(|sha256| resolved.certificate(*sha256)).take(LISTED);
    let certificates = listed.map(CertificateRecord::from).collect();
    let evidence = Evidence { certificates, count: Some(count), ..Evidence::default() };
    let subjects = stores.iter().map(|(vcenter, _)| Subject::vcenter(&vcenter.name).part(Part::TrustedRoots));
    let finding = Finding::new(FindingId::SsoDomainStoresDiffer, Subject::default(), message);
    findings.add(finding.about(subjects.collect()).with(evidence));
}
