//! Registrations of storage providers: hosts without one, one provider in several vCenters, datastores whose provider is away.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::providers::is_offline;
use crate::catalogue::FindingId;
use crate::cert::Certificate;
use crate::estate::{Host, Resolved, StorageProvider, VCenter, comparable_host, url_host, url_port};
use crate::finding::words::listing;
use crate::finding::{Evidence, Finding, Findings, Subject};
use crate::path::has_signed;
use crate::thumbprint::Fingerprint;

/// How many names a sentence has.
const NAMED: usize = 5;

/// Judges what is registered where.
pub(crate) fn judge(resolved: &Resolved<'_>, findings: &mut Findings) {
    for vcenter in &resolved.estate.vcenters {
        hosts_without(vcenter, findings);
        datastores(vcenter, findings);
    }
    shared(resolved, findings);
}

/// vCenter registers a provider for every host of a cluster that uses IO filters, so where some hosts have one, a host without
/// is worth a look. Not where a provider is registered by an address that tells no host: it may be that host's.
fn hosts_without(vcenter: &VCenter, findings: &mut Findings) {
    let providers = || vcenter.storage_providers.iter().filter_map(StorageProvider::iofilter_host);
    let registered: HashSet<String> = providers().flat_map(spellings).collect();
    let hosts: HashSet<String> = vcenter.hosts.iter().flat_map(|host| spellings(comparable_host(&host.name))).collect();
    if registered.is_empty() || !providers().all(|provider| spellings(provider).any(|one| hosts.contains(&one))) {
        return;
    }
    // A host that vCenter has no connection to is told already.
    let is_connected = |state: &Option<String>| state.as_deref().is_none_or(|state| state == "connected");
    let connected = vcenter.hosts.iter().filter(|host| is_connected(&host.connection_state));
    let is_without = |host: &&Host| !spellings(comparable_host(&host.name)).any(|one| registered.contains(&one));
    let without: Vec<Subject> =
        connected.filter(is_without).map(|host| Subject::host(&vcenter.name, &host.name)).collect();
    if without.is_empty() {
        return;
    }
    let message = "vCenter has no IO filter provider registered for the host, but it does for other hosts".to_owned();
    let evidence = Evidence { count: Some(without.len()), ..Evidence::default() };
    findings.add(Finding::new(FindingId::ProviderMissing, Subject::default(), message).about(without).with(evidence));
}

/// A name, and its first label where it has several: one side may know the host by its short name. An address has no short form.
fn spellings(name: String) -> impl Iterator<Item = String> {
    let label = name.split_once('.').map(|(label, _)| label.to_owned());
    let label = label.filter(|_| name.parse::<std::net::IpAddr>().is_err());
    std::iter::once(name).chain(label)
}

/// A datastore on Virtual Volumes is reached through its providers alone. One that is not registered here, or of which no status is
/// known, may be online.
fn datastores(vcenter: &VCenter, findings: &mut Findings) {
    let mut by_address: HashMap<String, Vec<&StorageProvider>> = HashMap::new();
    for provider in &vcenter.storage_providers {
        if let Some(address) = provider.url.as_deref().and_then(address) {
            by_address.entry(address).or_default().push(provider);
        }
    }
    let is_away = |url: &String| {
        let registered = address(url).and_then(|address| by_address.get(&address));
        registered.is_some_and(|registered| registered.iter().all(|provider| is_offline(provider)))
    };
    for datastore in &vcenter.vvol_datastores {
        if datastore.providers.is_empty() || !datastore.providers.iter().all(is_away) {
            continue;
        }
        let message = format!(
            "the VVol datastore {} has no storage provider that is online ({})",
            datastore.name,
            listing(&datastore.providers, NAMED, ", ")
        );
        let evidence = Evidence { seen: Some(datastore.name.to_string()), ..Evidence::default() };
        let subject = Subject::vcenter(&vcenter.name);
        findings.add(Finding::new(FindingId::DatastoreProviderOffline, subject, message).with(evidence));
    }
}

/// What two spellings of one provider's URL have in common.
fn address(url: &str) -> Option<String> {
    Some(format!("{}:{}", comparable_host(url_host(url)?), url_port(url)?))
}

/// One provider that several vCenters know takes its certificate from the one that registered it last, so the others refuse it
/// unless they trust the CA that each registration takes it from.
fn shared(resolved: &Resolved<'_>, findings: &mut Findings) {
    let mut by_url: BTreeMap<String, Vec<(&VCenter, &StorageProvider)>> = BTreeMap::new();
    for vcenter in &resolved.estate.vcenters {
        for provider in &vcenter.storage_providers {
            let Some(address) = provider.url.as_deref().and_then(address) else { continue };
            by_url.entry(address).or_default().push((vcenter, provider));
        }
    }
    for (address, registered) in by_url {
        let vcenters: HashSet<&Arc<str>> = registered.iter().map(|(vcenter, _)| &vcenter.name).collect();
        // A store that is not known says nothing about its roots.
        let known = registered.iter().filter_map(|(vcenter, _)| vcenter.trusted_roots.as_ref());
        let roots: HashSet<Vec<Fingerprint>> =
            known.filter(|roots| roots.is_known()).map(|roots| roots.distinct()).collect();
        // All of them remember the same certificate: it was kept, and not replaced at each registration.
        let remembered: HashSet<Option<Fingerprint>> =
            registered.iter().map(|(_, provider)| provider.certificate.as_ref().map(|held| held.certificate)).collect();
        let is_kept = remembered.len() == 1 && !remembered.contains(&None);
        if vcenters.len() < 2 || roots.len() < 2 || is_kept || all_trust(resolved, &registered) {
            continue;
        }
        let mut names: Vec<&str> = vcenters.iter().map(|name| &***name).collect();
        names.sort_unstable();
        let message = format!(
            "the storage provider at {address} is registered in {}, whose TRUSTED_ROOTS differ: each registration gives it a certificate from that vCenter's VMCA, and the others then refuse it",
            listing(&names, NAMED, ", ")
        );
        let subject =
            |(vcenter, provider): &(&VCenter, &StorageProvider)| Subject::provider(&vcenter.name, &provider.name);
        let evidence = Evidence { count: Some(vcenters.len()), seen: Some(address), ..Evidence::default() };
        let finding = Finding::new(FindingId::ProviderShared, Subject::default(), message);
        findings.add(finding.about(registered.iter().map(subject).collect()).with(evidence));
    }
}

/// Whether each of these vCenters holds a CA that signed each certificate that the provider was ever seen with: then none refuses it.
/// A certificate or a store that is not known leaves that open.
fn all_trust(resolved: &Resolved<'_>, registered: &[(&VCenter, &StorageProvider)]) -> bool {
    let remembered: Option<Vec<&Certificate>> = registered
        .iter()
        .map(|(_, provider)| resolved.certificate(provider.certificate.as_ref()?.certificate))
        .collect();
    remembered.is_some_and(|remembered| {
        registered.iter().all(|(vcenter, _)| {
            vcenter.trusted_roots.as_ref().is_some_and(|roots| {
                let anchors: Vec<&Certificate> =
                    roots.certificates.iter().filter_map(|sha256| resolved.certificate(*sha256)).collect();
                remembered.iter().all(|held| anchors.iter().any(|anchor| has_signed(anchor, held)))
            })
        })
    })
}
