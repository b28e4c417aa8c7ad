//! What is pickled of a trust store, and a store made of it again.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use vitrust::store::{Found, Place, Reading};
use vitrust::{Certificate, Crl, TrustStore};

use crate::boundary::Failure;

/// DER and the JSON of its place.
type Item<'py> = (Bound<'py, PyBytes>, String);

/// All that a store was made of: the name of the VECS store whose certificates are its anchors, the certificates and
/// CRLs, and the JSON of what was dumped, of what has no certificate and of what could not be read.
pub(crate) type State<'py> = (String, Vec<Item<'py>>, Vec<Item<'py>>, String, String, String);

/// Takes a store apart.
pub(crate) fn state<'py>(py: Python<'py>, store: &TrustStore, name: &str) -> Result<State<'py>, Failure> {
    let item = |der: &[u8], place: &Place| Ok::<_, Failure>((PyBytes::new(py, der), text(place)?));
    let anchors = store.anchors().iter().map(|anchor| (&anchor.certificate, &anchor.place));
    let copies = store.copies().map(|(anchor, place)| (&anchor.certificate, place));
    let aside = store.set_aside().iter().map(|found| (&found.value, &found.place));
    let certificates = anchors.chain(copies).chain(aside).map(|(certificate, place)| item(certificate.der(), place));
    let crls = store.crls().iter().map(|found| item(found.value.der(), &found.place));
    Ok((
        name.to_owned(),
        certificates.collect::<Result<_, _>>()?,
        crls.collect::<Result<_, _>>()?,
        text(store.dumped())?,
        text(store.without_certificate())?,
        text(store.unreadable())?,
    ))
}

/// Puts a store together again.
pub(crate) fn restored(state: &State<'_>) -> Result<TrustStore, Failure> {
    let (name, certificates, crls, dumped, bare, unreadable) = state;
    let (dumped, without_certificate, unreadable) = (value(dumped)?, value(bare)?, value(unreadable)?);
    let mut reading = Reading { dumped, without_certificate, unreadable, ..Reading::default() };
    for (der, place) in certificates {
        reading.certificates.push(Found { value: Certificate::from_der(der.as_bytes())?, place: value(place)? });
    }
    for (der, place) in crls {
        reading.crls.push(Found { value: Crl::from_der(der.as_bytes())?, place: value(place)? });
    }
    Ok(TrustStore::of_store(reading, name))
}

fn text(value: &(impl serde::Serialize + ?Sized)) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::defect(&error))
}

fn value<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Failure> {
    serde_json::from_str(json).map_err(|error| Failure::argument(format!("not the state of a TrustStore: {error}")))
}
