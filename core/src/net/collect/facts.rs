//! Answers as parts of an estate.

use std::sync::Arc;

use super::CollectFailure;
use crate::cert::Pool;
use crate::estate::{Estate, Held, PresentedChain, StoreContent};
use crate::net::error::NetError;
use crate::net::probe::Probe;
use crate::store::{self, Place, Reading, Unreadable};

/// The chain a server presented, when it presented one and proved that it has the key of it.
///
/// A way the connection ended that costs nothing of the chain is no failure: a provider refuses whoever shows no
/// certificate, after it has presented its own.
pub(super) fn presented(
    estate: &mut Estate,
    vcenter: &str,
    object: String,
    probe: &Probe,
    failures: &mut Vec<CollectFailure>,
) -> Option<PresentedChain> {
    let place = at(&probe.endpoint.to_string());
    let unreadable = probe.unreadable.iter().map(|reason| Unreadable { place: place.clone(), reason: reason.clone() });
    estate.unreadable.extend(unreadable);
    if probe.chain.is_empty() {
        failures.extend(probe.failure.as_ref().map(|failure| CollectFailure::of_probe(vcenter, object, failure)));
        return None;
    }
    if probe.possession == Some(false) {
        let reason = "the server did not prove that it has the private key of the certificate it presented".to_owned();
        let error = NetError::Response { server: probe.endpoint.to_string(), what: "the TLS handshake".into(), reason };
        failures.push(CollectFailure::new(vcenter, object, &error));
        return None;
    }
    let certificates = probe.chain.iter().map(|one| estate.add_certificate(&one.certificate)).collect();
    Some(PresentedChain { certificates, place })
}

/// PEM texts, each with its alias if it has one, as a store. A text that is no PEM is kept as unreadable.
pub(super) fn store<'t>(
    estate: &mut Estate,
    source: &str,
    texts: impl IntoIterator<Item = (Option<&'t str>, &'t str)>,
) -> StoreContent {
    let mut pool = Pool::new();
    let mut all = Reading::default();
    for (alias, text) in texts {
        let mut reading = store::read(text.as_bytes(), source, &mut pool).unwrap_or_else(|error| Reading {
            unreadable: vec![Unreadable { place: at(source), reason: error.to_string() }],
            ..Reading::default()
        });
        // A line of one answer says nothing about the store.
        for found in &mut reading.certificates {
            found.place.line = None;
            found.place.alias = alias.map(Arc::from);
        }
        all.append(reading);
    }
    estate.store_content(all, source)
}

/// One certificate that stands alone, from a PEM text.
pub(super) fn held(estate: &mut Estate, source: &str, text: &str) -> Option<Held> {
    match crate::Certificate::from_pem(text.as_bytes()) {
        Ok(certificate) => {
            let certificate = estate.add_certificate(&certificate);
            Some(Held { certificate, place: at(source) })
        }
        Err(error) => {
            estate.unreadable.push(Unreadable { place: at(source), reason: error.to_string() });
            None
        }
    }
}

/// A place that is a server's answer.
pub(super) fn at(source: &str) -> Place {
    Place { source: Some(source.into()), ..Place::default() }
}
