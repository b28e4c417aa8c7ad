//! What of an estate could not be read, or was read from files that contradict each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashSet;

use crate::catalogue::{FindingId, Severity};
use crate::estate::{Estate, Part, Resolved, StoreContent};
use crate::finding::{Evidence, Finding, Findings, Subject};
use crate::store::{Place, Unreadable};

/// Says everything that could not be read, and every file that is no part of an estate.
pub(crate) fn judge(resolved: &Resolved<'_>, findings: &mut Findings) {
    let estate = resolved.estate;
    // The same reason in two kinds of place wants two remedies, so it is two findings.
    let mut said: BTreeMap<(FindingId, Severity, Option<&str>, String), Vec<Subject>> = BTreeMap::new();
    let mut add = |id: FindingId, subject: Subject, unreadable: &Unreadable, remedy| {
        // An entry of TRUSTED_ROOTS that does not read keeps vpxd from starting (KB 403980).
        let is_entry = unreadable.place.alias.is_some() || unreadable.place.line.is_some();
        let is_damaged = is_entry && !unreadable.hides_nothing() && !unreadable.is_of_nothing();
        let severity = match subject.part {
            Some(Part::TrustedRoots) if is_damaged => Severity::High,
            _ => id.entry().severity,
        };
        let subject = subject.at(unreadable.place.clone());
        said.entry((id, severity, remedy, unreadable.reason.clone())).or_default().push(subject);
    };
    for unread in resolved.unread() {
        let own = unread.vcenter.map(|vcenter| Subject::vcenter(&vcenter.name)).unwrap_or_default();
        let subject = Subject { host: unread.host.map(|host| Arc::clone(&host.name)), part: unread.part, ..own };
        let remedy = if unread.what.hides_nothing() {
            Some(if unread.what.is_private_key() { KEY } else { NOTHING_LOST })
        } else {
            unread.part.map(|part| remedy(part, unread.what))
        };
        add(FindingId::Unreadable, subject, unread.what, remedy);
    }
    for unknown in &estate.unknown {
        add(FindingId::UnknownInput, Subject::default(), unknown, None);
    }
    for (place, reason) in unclear_names(estate) {
        let place = Place { source: place, ..Place::default() };
        add(FindingId::Unreadable, Subject::default(), &Unreadable { place, reason }, Some(RENAME));
    }
    for ((id, severity, remedy, reason), subjects) in said {
        let evidence = Evidence { seen: Some(reason.clone()), ..Evidence::default() };
        let finding = Finding::new(id, Subject::default(), reason).severity(severity).about(subjects).with(evidence);
        let remedy = remedy.map(str::to_owned).or_else(|| finding.remedy.clone());
        findings.add_complete(Finding { remedy, ..finding });
    }
    joined(estate, findings);
    collected(estate, findings);
}

/// How the facts were collected, where that says how far they can be believed.
fn collected(estate: &Estate, findings: &mut Findings) {
    for vcenter in &estate.vcenters {
        if vcenter.insecure {
            let message = format!("the certificate of {} was not checked when its facts were collected", vcenter.name);
            findings.add(Finding::new(FindingId::CollectedUnverified, Subject::vcenter(&vcenter.name), message));
        }
        for host in &vcenter.hosts {
            let Some(state) = host.connection_state.as_deref().filter(|state| *state != "connected") else { continue };
            let evidence = Evidence { seen: Some(state.to_owned()), ..Evidence::default() };
            let message = format!("vCenter shows the host as {state}");
            let subject = Subject::host(&vcenter.name, &host.name);
            findings.add(Finding::new(FindingId::HostNotConnected, subject, message).with(evidence));
        }
    }
}

/// What to do about a block of a store.
fn remedy(part: Part, what: &Unreadable) -> &'static str {
    match part {
        // What was understood and holds no certificate is no damaged entry.
        _ if what.is_of_nothing() => OTHER_EXPORT,
        Part::TrustedRoots if what.place.alias.is_some() => {
            "Export it again. If the entry is damaged in TRUSTED_ROOTS itself and not only in this file, it keeps vpxd from starting: remove it by its alias (KB 403980)."
        }
        Part::TrustedRoots if what.place.line.is_some() => {
            "Export it again. If the entry is damaged in TRUSTED_ROOTS itself and not only in this file, it keeps vpxd from starting (KB 403980)."
        }
        Part::TrustedRoots
        | Part::MachineSsl
        | Part::VmcaRoot
        | Part::SmsSelfSigned
        | Part::SpsExtension
        | Part::SmsOther
        | Part::Https
        | Part::Iofilter
        | Part::Castore
        | Part::Provider
        | Part::SolutionUser
        | Part::DataEncipherment
        | Part::BackupStore
        | Part::Sts
        | Part::Vmdir
        | Part::OtherStore => OTHER_EXPORT,
    }
}

const OTHER_EXPORT: &str = "Export it again. What the store seems to lack may be in the part that could not be read.";
const NOTHING_LOST: &str = "Nothing is missing from what is judged. Export it again before you give the file to another program, which may read it differently.";
const KEY: &str = "Take the key out of the file, and replace the key if others had access to it. Nothing is missing from what is judged.";
const RENAME: &str = "Give every vCenter, and every host of a vCenter, a name of its own, or remove the second copy.";

/// Stores that were put together from files that do not hold the same.
fn joined(estate: &Estate, findings: &mut Findings) {
    let mut add = |subject: Subject, store: &StoreContent| {
        if store.joined.is_empty() {
            return;
        }
        let files = store.joined.join(", ");
        let message = format!("joined from files that do not hold the same entries: {files}");
        let evidence = Evidence { count: Some(store.joined.len()), seen: Some(files), ..Evidence::default() };
        findings.add(Finding::new(FindingId::JoinedFiles, subject, message).with(evidence));
    };
    for vcenter in &estate.vcenters {
        if let Some(store) = &vcenter.trusted_roots {
            add(Subject::vcenter(&vcenter.name).part(Part::TrustedRoots), store);
        }
        for host in &vcenter.hosts {
            if let Some(store) = &host.castore {
                add(Subject::host(&vcenter.name, &host.name).part(Part::Castore), store);
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
            unclear.push((vcenter.source.clone(), format!("another vCenter is also named {name}")));
        }
        let mut hosts = HashSet::new();
        for host in &vcenter.hosts {
            if host.name.is_empty() {
                unclear.push((host.source.clone(), format!("a host of {name} has an empty name")));
            } else if !hosts.insert(host.name.to_ascii_lowercase()) {
                unclear.push((host.source.clone(), format!("another host of {name} is also named {}", host.name)));
            }
        }
    }
    unclear
}
