//! What of an estate could not be read.

use std::sync::Arc;

use hashbrown::HashSet;

use super::finding::{Evidence, Finding, Findings, Subject};
use crate::catalogue::FindingId;
use crate::estate::{Estate, Part, Resolved};
use crate::store::{Place, Unreadable};

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
    for (place, reason) in unclear_names(estate) {
        let place = Place { source: place, ..Place::default() };
        add(FindingId::Unreadable, Subject::default(), &Unreadable { place, reason });
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

/// Names that tell nothing apart: empty ones, and those that several vCenters, or several hosts of one vCenter, have.
fn unclear_names(estate: &Estate) -> Vec<(Option<Arc<str>>, String)> {
    let mut unclear = Vec::new();
    let mut seen = HashSet::new();
    for vcenter in &estate.vcenters {
        let name = &vcenter.name;
        if name.is_empty() {
            unclear.push((vcenter.source.clone(), "a vCenter has an empty name".to_owned()));
        } else if !seen.insert(name.to_ascii_lowercase()) {
            unclear.push((vcenter.source.clone(), format!("another vCenter is named {name} too")));
        }
        let mut hosts = HashSet::new();
        for host in &vcenter.hosts {
            if host.name.is_empty() {
                unclear.push((host.source.clone(), format!("a host of {name} has an empty name")));
            } else if !hosts.insert(host.name.to_ascii_lowercase()) {
                unclear.push((host.source.clone(), format!("another host of {name} is named {} too", host.name)));
            }
        }
    }
    unclear
}
