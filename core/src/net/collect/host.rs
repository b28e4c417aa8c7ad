//! One host: what it presents on 443 and 9080, and what its trust store holds.

use std::sync::{Arc, Mutex, PoisonError};

use super::{CollectFailure, apart, facts};
use crate::cert::Pool;
use crate::endpoint::Endpoint;
use crate::estate::{Estate, Host, IOFILTER_PORT, PresentedChain};
use crate::net::error::NetError;
use crate::net::probe::{Probe, ProbeOptions, probe};
use crate::net::vsphere::{HostRecord, Session};

const HTTPS: u16 = 443;

/// A host with its part of the table of certificates, and what could not be collected.
pub(super) struct HostFacts {
    pub(super) host: Host,
    pub(super) estate: Estate,
    pub(super) failures: Vec<CollectFailure>,
    /// What came and could not be read.
    pub(super) damaged: Vec<CollectFailure>,
    vcenter: Arc<str>,
}

/// The name of a host in the estate: its own, or the id of its managed object where that may not be read.
pub(super) fn name(record: &HostRecord) -> &str {
    record.name.as_deref().unwrap_or(&record.moref.id)
}

impl HostFacts {
    /// What the listing of hosts already tells.
    pub(super) fn new(vcenter: Arc<str>, record: &HostRecord) -> Self {
        let host = Host {
            name: name(record).into(),
            moref: Some(record.moref.id.clone()).filter(|id| !id.is_empty()),
            version: record.version.clone(),
            pinned_thumbprint: record.pinned_thumbprint,
            connection_state: record.connection_state.clone(),
            source: Some(format!("{vcenter} {}", record.moref).into()),
            ..Host::default()
        };
        let mut found = Self { host, estate: Estate::default(), failures: Vec::new(), damaged: Vec::new(), vcenter };
        for missing in &record.missing {
            let server = found.vcenter.to_string();
            let (what, object) = (missing.what.clone(), Some(found.host.name.to_string()));
            let error = match missing.fault.as_str() {
                "NoPermission" => NetError::Forbidden { server, what, privilege: missing.privilege.clone(), object },
                fault => NetError::Response { server, what, reason: fault.to_owned() },
            };
            found.fail(&missing.what, &error);
        }
        found
    }

    /// Keeps why something could not be had.
    pub(super) fn fail(&mut self, what: &str, error: &NetError) {
        let object = format!("host {}: {what}", self.host.name);
        self.failures.push(CollectFailure::new(&self.vcenter, object, error));
    }

    /// Certificates and CRLs of the host's trust store. CRLs that cannot be had cost nothing of the certificates.
    fn castore(&mut self, answer: Castore, pool: &Mutex<Pool>) {
        let (certificates, crls) = match answer {
            Castore::Given { certificates, crls } => (certificates, crls),
            Castore::Failed(error) => return self.fail("castore", &error),
            Castore::NoManager(error) => return self.fail("configManager.certificateManager", &error),
            Castore::Told => return,
        };
        let mut texts = certificates;
        match crls {
            Ok(more) => texts.extend(more),
            Err(error) => self.fail("CRLs of castore", &error),
        }
        let source = format!("{}: castore of {}", self.vcenter, self.host.name);
        let texts = texts.iter().map(|text| (None, text.as_str()));
        // Hosts of one vCenter hold the same roots: each is read once.
        let mut pool = pool.lock().unwrap_or_else(PoisonError::into_inner);
        let store = facts::store(&mut self.estate, &mut pool, &source, texts);
        drop(pool);
        let object = format!("host {}: castore", self.host.name);
        self.damaged.extend(facts::damaged(&self.vcenter, &object, &store.unreadable));
        self.host.castore = Some(store);
    }

    /// The chain a port presents, when it presents one and proves that it has the key.
    fn presented(&mut self, probe: &Probe) -> Option<PresentedChain> {
        let object = format!("host {}: port {}", self.host.name, probe.endpoint.port());
        facts::presented(&mut self.estate, (&mut self.failures, &mut self.damaged), &self.vcenter, object, probe)
    }
}

/// How the question for the trust store ended.
enum Castore {
    Given {
        certificates: Vec<String>,
        crls: Result<Vec<String>, NetError>,
    },
    Failed(NetError),
    /// The property is unset, and nothing said why.
    NoManager(NetError),
    /// It is among what the listing could not give.
    Told,
}

/// Asks for everything about one host. vCenter answers for its trust store and the host for itself, at once.
pub(super) async fn collect(
    vcenter: Arc<str>,
    session: Arc<Session>,
    record: Arc<HostRecord>,
    options: Arc<ProbeOptions>,
    probes: bool,
    pool: Arc<Mutex<Pool>>,
) -> HostFacts {
    let mut found = HostFacts::new(vcenter, &record);
    // An id of vCenter's is no name to connect to; that the name is missing has been told.
    let host = record.name.as_deref().filter(|_| probes);
    let asked = async {
        match host {
            Some(host) => Some(tokio::join!(ask(host, HTTPS, &options), ask(host, IOFILTER_PORT, &options))),
            None => None,
        }
    };
    let (answer, asked) = tokio::join!(castore(&session, &record, &found.vcenter), asked);
    found = apart(move || {
        found.castore(answer, &pool);
        found
    })
    .await;
    if let Some((https, iofilter)) = asked {
        match https {
            Ok(probe) => found.host.https = found.presented(&probe),
            Err(error) => found.fail("port 443", &error),
        }
        match iofilter {
            Ok(probe) => found.host.iofilter = found.presented(&probe),
            Err(error) => found.fail("port 9080", &error),
        }
    }
    found
}

async fn castore(session: &Session, record: &HostRecord, vcenter: &str) -> Castore {
    const MANAGER: &str = "configManager.certificateManager";
    let Some(manager) = &record.certificate_manager else {
        if record.missing.iter().any(|missing| missing.what == MANAGER) {
            return Castore::Told;
        }
        let state = record.connection_state.as_deref().unwrap_or("of unknown connection state");
        let reason = format!("it is not set; the host is {state}");
        return Castore::NoManager(NetError::Response { server: vcenter.to_owned(), what: MANAGER.to_owned(), reason });
    };
    match session.host_ca_certificates(manager).await {
        Ok(certificates) => Castore::Given { certificates, crls: session.host_ca_revocation_lists(manager).await },
        Err(error) => Castore::Failed(error),
    }
}

async fn ask(name: &str, port: u16, options: &ProbeOptions) -> Result<Probe, NetError> {
    let endpoint = Endpoint::new(name, port)
        .map_err(|error| NetError::Resolve { server: name.to_owned(), reason: error.to_string() })?;
    Ok(probe(&endpoint, options).await)
}
