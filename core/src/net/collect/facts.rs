//! Answers as parts of an estate.

use std::sync::Arc;

use super::CollectFailure;
use crate::cert::{Certificate, Pool};
use crate::estate::{Estate, Held, PresentedChain, StoreContent};
use crate::net::error::NetError;
use crate::net::probe::Probe;
use crate::store::{self, Place, Reading, Shape, Unreadable};

/// What could not be collected, and what came and could not be read.
pub(super) type Complaints<'f> = (&'f mut Vec<CollectFailure>, &'f mut Vec<CollectFailure>);

/// The chain a server presented, when it presented one and proved that it has the key of it.
///
/// A way the connection ended that costs nothing of the chain is no failure: a provider refuses whoever shows no
/// certificate, after it has presented its own.
pub(super) fn presented(
    estate: &mut Estate,
    (failures, broken): Complaints<'_>,
    vcenter: &str,
    object: String,
    probe: &Probe,
) -> Option<PresentedChain> {
    let place = at(&probe.endpoint.to_string());
    let unreadable = probe.unreadable.iter().map(|reason| Unreadable { place: place.clone(), reason: reason.clone() });
    let unreadable: Vec<Unreadable> = unreadable.collect();
    broken.extend(damaged(vcenter, &object, &unreadable));
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

/// A failure for what came and could not be read, one for all of it.
pub(super) fn damaged(vcenter: &str, object: &str, unreadable: &[Unreadable]) -> Option<CollectFailure> {
    let first = unreadable.first()?;
    let more = match unreadable.len() {
        1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    let reason = format!("{}{more}", first.reason);
    let error = NetError::Response { server: vcenter.to_owned(), what: object.to_owned(), reason };
    Some(CollectFailure::new(vcenter, object, &error))
}

/// PEM texts, each with its alias if it has one, as a store. A text that is no PEM is kept as unreadable.
pub(super) fn store<'t>(
    estate: &mut Estate,
    pool: &mut Pool,
    source: &str,
    texts: impl IntoIterator<Item = (Option<&'t str>, &'t str)>,
) -> StoreContent {
    let mut all = Reading::default();
    for (alias, text) in texts {
        let mut reading =
            store::read_shape(text.as_bytes(), source, pool, Shape::Pem).unwrap_or_else(|error| Reading {
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

/// One certificate that stands alone, from a PEM text; or why it cannot be read.
pub(super) fn held(estate: &mut Estate, source: &str, text: &str) -> Result<Held, Unreadable> {
    match Certificate::from_pem(text.as_bytes()) {
        Ok(certificate) => {
            let certificate = estate.add_certificate(&certificate);
            Ok(Held { certificate, place: at(source) })
        }
        Err(error) => {
            let unreadable = Unreadable { place: at(source), reason: error.to_string() };
            estate.unreadable.push(unreadable.clone());
            Err(unreadable)
        }
    }
}

/// A place that is a server's answer.
pub(super) fn at(source: &str) -> Place {
    Place { source: Some(source.into()), ..Place::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::hidden::Hidden;

    #[test]
    fn what_came_and_cannot_be_read_is_one_failure_for_each_store() {
        let mut estate = Estate::default();
        let store = store(
            &mut estate,
            &mut Pool::new(),
            "vc01: castore of esx01",
            [(None, "zzz"), (None, "-----BEGIN CERTIFICATE-----\n")],
        );
        let failure = damaged("vc01", "host esx01: castore", &store.unreadable).expect("a failure");
        assert_eq!((failure.name, failure.object.as_str()), ("response", "host esx01: castore"));
        assert!(!store.unreadable.is_empty() && damaged("vc01", "x", &[]).is_none());
    }

    #[test]
    fn a_server_that_repeats_a_secret_is_not_repeated() {
        let error = NetError::Unauthenticated { server: "vc01".to_owned(), reason: "no `hunter2`, no".to_owned() };
        let mut failure = CollectFailure::new("vc01", "session", &error);
        let mut hidden = Hidden::default();
        ["hunter2", "no"].into_iter().for_each(|secret| hidden.add(&secret.to_owned().into()));
        failure.tell(&hidden.needles());
        assert_eq!(failure.message, "vc01: not logged in: no `***`, no");
    }
}
