//! References turned into certificates, each parsed once.

use hashbrown::HashMap;

use super::{Estate, PresentedChain, StoreContent};
use crate::cert::{Certificate, Crl};
use crate::store::{Found, Place, Reading, TrustStore, Unreadable};
use crate::thumbprint::Fingerprint;

/// An estate with its certificates parsed, each distinct one once.
#[derive(Debug)]
pub struct Resolved<'e> {
    /// The estate.
    pub estate: &'e Estate,
    certificates: HashMap<Fingerprint, Certificate>,
    crls: HashMap<Fingerprint, Crl>,
    /// Entries of the tables that are not a certificate or CRL; what refers to them is left out.
    pub unreadable: Vec<Unreadable>,
}

impl Estate {
    /// Parses the tables. Costs a few microseconds for each distinct certificate.
    #[must_use]
    pub fn resolve(&self) -> Resolved<'_> {
        let mut resolved =
            Resolved { estate: self, certificates: HashMap::new(), crls: HashMap::new(), unreadable: Vec::new() };
        for (sha256, der) in &self.certificates {
            match Certificate::from_der(&der.0) {
                Ok(certificate) => drop(resolved.certificates.insert(*sha256, certificate)),
                Err(error) => resolved.refuse("certificates", *sha256, &error),
            }
        }
        for (sha256, der) in &self.crls {
            match Crl::from_der(&der.0) {
                Ok(crl) => drop(resolved.crls.insert(*sha256, crl)),
                Err(error) => resolved.refuse("crls", *sha256, &error),
            }
        }
        resolved
    }
}

impl Resolved<'_> {
    fn refuse(&mut self, table: &str, sha256: Fingerprint, error: &dyn std::error::Error) {
        let place = Place { source: Some(format!("{table}.{sha256}").into()), ..Place::default() };
        self.unreadable.push(Unreadable { place, reason: error.to_string() });
    }

    /// The certificate behind a reference; `None` when the table does not hold it or it is not readable.
    #[must_use]
    pub fn certificate(&self, sha256: Fingerprint) -> Option<&Certificate> {
        self.certificates.get(&sha256)
    }

    /// Every certificate, in no order.
    pub(crate) fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.certificates.values()
    }

    /// The CRL behind a reference.
    #[must_use]
    pub fn crl(&self, sha256: Fingerprint) -> Option<&Crl> {
        self.crls.get(&sha256)
    }

    /// The certificates of a chain, end-entity first. Empty if the end-entity certificate itself is not available, so
    /// that an intermediate never takes its place.
    #[must_use]
    pub fn chain(&self, chain: &PresentedChain) -> Vec<Certificate> {
        let mut certificates = chain.certificates.iter().map(|sha256| self.certificate(*sha256).cloned());
        let Some(Some(end_entity)) = certificates.next() else { return Vec::new() };
        std::iter::once(end_entity).chain(certificates.flatten()).collect()
    }

    /// The trust store of a store's content, places, dumped entries and CRLs included.
    #[must_use]
    pub fn store(&self, content: &StoreContent) -> TrustStore {
        match content.store.as_deref() {
            // The estate says that this store is the one that decides, whatever its name.
            Some(name) => TrustStore::of_store(self.reading(content), name),
            None => TrustStore::from_reading(self.reading(content)),
        }
    }

    /// A store's content as a reader would return it, copies included.
    #[must_use]
    pub fn reading(&self, content: &StoreContent) -> Reading {
        let found = content.certificates.iter().enumerate();
        let place = || Place { source: content.source.clone(), ..Place::default() };
        Reading {
            certificates: found
                .filter_map(|(index, sha256)| {
                    let value = self.certificate(*sha256)?.clone();
                    Some(Found { value, place: content.place(index) })
                })
                .collect(),
            crls: content
                .crls
                .iter()
                .filter_map(|sha256| Some(Found { value: self.crl(*sha256)?.clone(), place: place() }))
                .collect(),
            dumped: content.dumped.clone(),
            unreadable: content.unreadable.clone(),
            ..Reading::default()
        }
    }
}
