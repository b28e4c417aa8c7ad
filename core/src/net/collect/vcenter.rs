//! One vCenter: what it presents and holds, its storage providers, and each of its hosts.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::inventory::Entry;
use super::run::Watch;
use super::{CollectFailure, facts, host};
use crate::estate::{CertificateMode, Estate, EstateReader, StorageProvider, VCenter};
use crate::files;
use crate::net::error::NetError;
use crate::net::probe::{ProbeOptions, probe};
use crate::net::vsphere::{HostRecord, ProviderRecord, Session};

/// What one vCenter brought.
pub(super) struct Found {
    pub(super) estate: Estate,
    pub(super) failures: Vec<CollectFailure>,
}

/// Asks for everything about one vCenter. Its session is closed on every way out.
pub(super) async fn collect(entry: Entry, hosts_in_flight: Arc<Semaphore>, watch: Arc<Watch>) -> Found {
    let mut found = Found { estate: Estate::default(), failures: Vec::new() };
    let mut vcenter =
        VCenter { name: entry.name.as_str().into(), sso_domain: entry.sso_domain.clone(), ..VCenter::default() };
    let options = Arc::new(ProbeOptions {
        timeout: entry.target.timeout,
        connect_to: entry.target.connect_to.clone(),
        ..ProbeOptions::default()
    });
    let endpoint = entry.target.endpoint.clone();
    vcenter.source = Some(format!("https://{endpoint}").into());
    match watch.cancel.or(probe(&endpoint, &options)).await {
        Ok(presented) => {
            if let Some(failure) = &presented.failure {
                let object = format!("port {}", endpoint.port());
                found.failures.push(CollectFailure::of_probe(&entry.name, object, failure));
            }
            vcenter.machine_ssl = facts::presented(&mut found.estate, &presented);
        }
        Err(cancelled) => found.failures.push(CollectFailure::new(&entry.name, "probe", &cancelled.into())),
    }
    match Session::open(&entry.target, &watch.cancel).await {
        Err(error) => found.failures.push(CollectFailure::new(&entry.name, "session", &error)),
        Ok(session) => {
            let session = Arc::new(session);
            let mut asked = Asked { entry: &entry, session: &session, found: &mut found, vcenter: &mut vcenter };
            asked.own_facts().await;
            let hosts = if entry.hosts { asked.hosts().await } else { Vec::new() };
            gather_hosts(&entry, &session, hosts, &options, &hosts_in_flight, &watch, &mut found, &mut vcenter).await;
            session.close().await;
        }
    }
    sms(&entry, &mut found, &mut vcenter);
    found.estate.vcenters.push(vcenter);
    watch.done(&entry.name);
    found
}

/// The questions to vCenter itself.
struct Asked<'a> {
    entry: &'a Entry,
    session: &'a Session,
    found: &'a mut Found,
    vcenter: &'a mut VCenter,
}

impl Asked<'_> {
    fn fail(&mut self, object: &str, error: &NetError) {
        self.found.failures.push(CollectFailure::new(&self.entry.name, object, error));
    }

    async fn own_facts(&mut self) {
        self.vcenter.version = Some(self.session.about().version.clone()).filter(|version| !version.is_empty());
        match self.session.certificate_mode().await {
            Ok(mode) => self.vcenter.certificate_mode = mode.as_deref().and_then(mode_of),
            Err(error) => self.fail("certificate mode", &error),
        }
        self.trusted_roots().await;
        if self.entry.providers {
            match self.session.storage_providers().await {
                Ok(providers) => {
                    for record in providers {
                        match &record.failure {
                            Some(error) => self.fail(&format!("storage provider {}", record.uid), error),
                            None => {
                                let made = provider(&mut self.found.estate, &self.entry.name, record);
                                self.vcenter.storage_providers.push(made);
                            }
                        }
                    }
                }
                Err(error) => self.fail("storage providers", &error),
            }
        }
    }

    /// By REST, or before 7.0 from the archive that is there without a login.
    async fn trusted_roots(&mut self) {
        let name = self.entry.name.clone();
        match self.session.trusted_roots().await {
            Ok(roots) => {
                let source = format!("{name}: trusted-root-chains");
                let texts =
                    roots.iter().flat_map(|root| root.pem.iter().map(|text| (Some(root.id.as_str()), text.as_str())));
                self.vcenter.trusted_roots = Some(facts::store(&mut self.found.estate, &source, texts));
            }
            Err(NetError::Unsupported { .. } | NetError::NotFound { .. }) => {
                let source = format!("{name}: certs/download.zip");
                match self.session.certificate_archive().await {
                    Ok(archive) => match crate::store::read(&archive, &source, &mut crate::Pool::new()) {
                        Ok(reading) => {
                            self.vcenter.trusted_roots = Some(self.found.estate.store_content(reading, &source));
                        }
                        Err(error) => self.fail(
                            "trusted roots",
                            &NetError::Response { server: name, what: source, reason: error.to_string() },
                        ),
                    },
                    Err(error) => self.fail("trusted roots", &error),
                }
            }
            Err(error) => self.fail("trusted roots", &error),
        }
    }

    async fn hosts(&mut self) -> Vec<HostRecord> {
        match self.session.hosts().await {
            Ok(hosts) => hosts,
            Err(error) => {
                self.fail("hosts", &error);
                Vec::new()
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "everything one vCenter's hosts share, used once")]
async fn gather_hosts(
    entry: &Entry,
    session: &Arc<Session>,
    records: Vec<HostRecord>,
    options: &Arc<ProbeOptions>,
    in_flight: &Arc<Semaphore>,
    watch: &Arc<Watch>,
    found: &mut Found,
    vcenter: &mut VCenter,
) {
    watch.more(records.len());
    let name: Arc<str> = entry.name.as_str().into();
    let mut running = JoinSet::new();
    for record in records {
        let (name, session, options) = (Arc::clone(&name), Arc::clone(session), Arc::clone(options));
        let (in_flight, watch, probes) = (Arc::clone(in_flight), Arc::clone(watch), entry.probe_hosts);
        running.spawn(async move {
            // The semaphore is never closed, so a permit always comes.
            let _permit = in_flight.acquire_owned().await;
            let asked = record.name.clone().unwrap_or_else(|| record.moref.id.clone());
            let outcome = watch.cancel.or(host::collect(name, session, record, options, probes)).await;
            watch.done(&asked);
            (asked, outcome)
        });
    }
    let mut outcomes = Vec::new();
    while let Some(joined) = running.join_next().await {
        // A task only fails by a panic, which belongs to whoever asked.
        outcomes.push(joined.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic())));
    }
    // In the order of names, whoever answered first.
    outcomes.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (asked, outcome) in outcomes {
        match outcome {
            Ok(host) => {
                found.estate.merge(host.estate);
                found.failures.extend(host.failures);
                vcenter.hosts.push(host.host);
            }
            Err(cancelled) => {
                let error = NetError::from(cancelled);
                found.failures.push(CollectFailure::new(&entry.name, format!("host {asked}"), &error));
            }
        }
    }
}

/// The exported SMS certificates: no API has them.
fn sms(entry: &Entry, found: &mut Found, vcenter: &mut VCenter) {
    let Some(path) = &entry.sms_file else { return };
    match files::contents(path) {
        Ok(bytes) => {
            // Read as the file `sms` of a folder of exports is read.
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("txt");
            let mut reader = EstateReader::new(&entry.name);
            reader.add(&format!("sms.{ending}"), &bytes);
            let mut part = reader.finish();
            vcenter.sms = part.vcenters.first_mut().and_then(|read| read.sms.take());
            part.vcenters.clear();
            found.estate.merge(part);
        }
        Err(reason) => {
            let error = NetError::Inventory { file: path.display().to_string(), line: None, reason };
            found.failures.push(CollectFailure::new(&entry.name, "SMS certificates", &error));
        }
    }
}

fn provider(estate: &mut Estate, vcenter: &str, record: ProviderRecord) -> StorageProvider {
    let source = format!("{vcenter}: storage provider {}", record.name);
    StorageProvider {
        name: record.name.as_str().into(),
        url: Some(record.url).filter(|url| !url.is_empty()),
        status: record.status,
        certificate: record.certificate.as_deref().and_then(|text| facts::held(estate, &source, text)),
        source: Some(source.into()),
    }
}

fn mode_of(text: &str) -> Option<CertificateMode> {
    match text {
        "vmca" => Some(CertificateMode::Vmca),
        "custom" => Some(CertificateMode::Custom),
        "thumbprint" => Some(CertificateMode::Thumbprint),
        _ => None,
    }
}
