//! What of an estate could not be read.

use super::finding::{Evidence, Finding, Findings, Subject};
use crate::catalogue::FindingId;
use crate::estate::{Part, Resolved};
use crate::store::Unreadable;

/// Says everything that could not be read, and every file that is no part of an estate.
pub(super) fn judge(resolved: &Resolved<'_>, findings: &mut Findings) {
    let estate = resolved.estate;
    let mut add = |id, subject: Subject, unreadable: &Unreadable| {
        let evidence = Evidence { seen: Some(unreadable.reason.clone()), ..Evidence::default() };
        let subject = subject.at(unreadable.place.clone());
        findings.add(Finding::new(id, subject, unreadable.reason.clone()).with(evidence));
    };
    for unreadable in estate.unreadable.iter().chain(&resolved.unreadable) {
        add(FindingId::Unreadable, Subject::default(), unreadable);
    }
    for unknown in &estate.unknown {
        add(FindingId::UnknownInput, Subject::default(), unknown);
    }
    for vcenter in &estate.vcenters {
        let own = || Subject::vcenter(&vcenter.name);
        for unreadable in vcenter.trusted_roots.iter().flat_map(|store| &store.unreadable) {
            add(FindingId::Unreadable, own().part(Part::TrustedRoots), unreadable);
        }
        for unreadable in vcenter.sms.iter().flat_map(|sms| &sms.unreadable) {
            add(FindingId::Unreadable, own().part(Part::SmsOther), unreadable);
        }
        for host in &vcenter.hosts {
            let subject = || Subject::host(&vcenter.name, &host.name).part(Part::Castore);
            for unreadable in host.castore.iter().flat_map(|castore| &castore.unreadable) {
                add(FindingId::Unreadable, subject(), unreadable);
            }
        }
    }
}
