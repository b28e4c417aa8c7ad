//! One host: what it presents on 443 and 9080, and what its trust store holds.

use std::sync::Arc;

use super::CollectFailure;
use super::facts;
use crate::endpoint::Endpoint;
use crate::estate::{Estate, Host};
use crate::net::error::NetError;
use crate::net::probe::{ProbeOptions, probe};
use crate::net::vsphere::{HostRecord, Session};

const HTTPS: u16 = 443;

/// A host with its part of the table of certificates, and what could not be had.
pub(super) struct Found {
    pub(super) host: Host,
    pub(super) estate: Estate,
    pub(super) failures: Vec<CollectFailure>,
}

/// Asks for everything about one host.
pub(super) async fn collect(
    vcenter: Arc<str>,
    session: Arc<Session>,
    record: HostRecord,
    options: Arc<ProbeOptions>,
    probes: bool,
) -> Found {
    let name = record.name.clone().unwrap_or_else(|| record.moref.id.clone());
    let mut found = Found { host: Host::default(), estate: Estate::default(), failures: Vec::new() };
    let mut fail = |what: &str, error: &NetError| {
        found.failures.push(CollectFailure::new(&vcenter, format!("host {name}: {what}"), error));
    };
    for missing in &record.missing {
        let server = vcenter.to_string();
        let (what, object) = (missing.what.clone(), Some(name.clone()));
        let error = match missing.fault.as_str() {
            "NoPermission" => NetError::Forbidden { server, what, privilege: missing.privilege.clone(), object },
            fault => NetError::Response { server, what, reason: fault.to_owned() },
        };
        fail(&missing.what, &error);
    }
    let castore = match &record.certificate_manager {
        Some(manager) => match store(&session, manager).await {
            Ok(store) => Some(store),
            Err(error) => {
                fail("castore", &error);
                None
            }
        },
        None => None,
    };
    let mut presented = [None, None];
    if probes {
        let ports = [HTTPS, crate::estate::IOFILTER_PORT];
        let (https, iofilter) = tokio::join!(ask(&name, ports[0], &options), ask(&name, ports[1], &options));
        for (slot, outcome) in presented.iter_mut().zip([https, iofilter]) {
            match outcome {
                Ok(probe) => *slot = Some(probe),
                Err(error) => fail("probe", &error),
            }
        }
    }
    for probe in presented.iter().flatten() {
        // An alert after the chain, as a provider without our client certificate sends it, costs nothing of the chain.
        if let Some(failure) = probe.failure.as_ref().filter(|_| probe.chain.is_empty()) {
            let object = format!("host {name}: port {}", probe.endpoint.port());
            found.failures.push(CollectFailure::of_probe(&vcenter, object, failure));
        }
    }
    let [https, iofilter] = presented;
    let estate = &mut found.estate;
    found.host = Host {
        name: name.as_str().into(),
        version: record.version,
        https: https.and_then(|probe| facts::presented(estate, &probe)),
        iofilter: iofilter.and_then(|probe| facts::presented(estate, &probe)),
        castore: castore.map(|texts| {
            let source = format!("{vcenter}: castore of {name}");
            facts::store(estate, &source, texts.iter().map(|text| (None, text.as_str())))
        }),
        pinned_thumbprint: record.pinned_thumbprint,
        source: Some(format!("{vcenter} {}", record.moref).into()),
    };
    found
}

/// Certificates and CRLs of the host's trust store.
async fn store(session: &Session, manager: &crate::net::vsphere::Moref) -> Result<Vec<String>, NetError> {
    let mut texts = session.host_ca_certificates(manager).await?;
    texts.extend(session.host_ca_revocation_lists(manager).await?);
    Ok(texts)
}

async fn ask(name: &str, port: u16, options: &ProbeOptions) -> Result<crate::net::Probe, NetError> {
    let endpoint = Endpoint::new(name, port)
        .map_err(|error| NetError::Resolve { server: name.to_owned(), reason: error.to_string() })?;
    Ok(probe(&endpoint, options).await)
}
