//! Chains that a server presents: what of a file is one, and what is said of the rest.

use super::EstateReader;
use crate::cert::{Certificate, Crl};
use crate::estate::headless::is_headless;
use crate::estate::{Held, PresentedChain};
use crate::store::{DumpedEntry, Found, NO_CERTIFICATE, Place, Reading, Unreadable};

impl EstateReader {
    /// A presented chain, each certificate once. A chain whose first certificate is a CA, while exactly one other is
    /// not, comes from a bag without order: the end-entity certificate is put first.
    pub(super) fn presented(&mut self, reading: Reading, path: &str) -> Option<PresentedChain> {
        let headless = reading.certificates.first().filter(|first| is_headless(&reading.unreadable, first));
        let headless = headless.map(|first| first.place.clone());
        self.estate.unreadable.extend(reading.unreadable);
        self.estate.unreadable.extend(reading.dumped.into_iter().map(unused_dump));
        self.unused_crls(reading.crls);
        if let Some(place) = headless {
            self.estate.unreadable.push(Unreadable { place, reason: HEADLESS.to_owned() });
            return None;
        }
        let first = reading.certificates.first()?;
        let place = Place { source: first.place.source.clone(), line: first.place.line, ..Place::default() };
        let mut chain: Vec<&Certificate> = Vec::new();
        for found in &reading.certificates {
            if !chain.contains(&&found.value) {
                chain.push(&found.value);
            }
        }
        let unordered = !path.to_lowercase().ends_with(".pem") && first.place.line.is_none() && chain[0].is_ca();
        let end_entities = chain.iter().filter(|certificate| !certificate.is_ca()).count();
        if unordered && end_entities == 1 {
            chain.sort_by_key(|certificate| certificate.is_ca());
        }
        let certificates = chain.into_iter().map(|certificate| self.estate.add_certificate(certificate)).collect();
        Some(PresentedChain { certificates, place })
    }

    /// Says that CRLs have no place among presented certificates.
    pub(super) fn unused_crls(&mut self, crls: Vec<Found<Crl>>) {
        let reason = "a CRL, which does not belong among presented certificates";
        let unused = crls.into_iter().map(|found| Unreadable { place: found.place, reason: reason.to_owned() });
        self.estate.unreadable.extend(unused);
    }

    /// The one certificate of a file. More than one is reported.
    pub(super) fn held(&mut self, reading: Reading, path: &str) -> Option<Held> {
        let chain = self.presented(reading, path)?;
        let more = chain.certificates.len() - 1;
        if more > 0 {
            let are = if more == 1 { "is" } else { "are" };
            self.refuse(path, format!("{NO_CERTIFICATE}one belongs here; {more} more after the first {are} not used"));
        }
        Some(Held { certificate: *chain.certificates.first()?, place: chain.place })
    }
}

/// What is said of a chain of which the beginning is damaged: what comes next is not what the server presents as its own.
const HEADLESS: &str =
    "not used: the block before it could not be read, and it may be the end-entity certificate of this chain";

/// What is said of an entry that is known by its dump only, where a chain is wanted.
fn unused_dump(entry: Found<DumpedEntry>) -> Unreadable {
    let until = entry.value.not_after.map(|not_after| format!(", valid until {not_after}")).unwrap_or_default();
    let reason = format!("a printed dump{until}, which cannot be part of a chain; list the store without --text");
    Unreadable { place: entry.place, reason }
}
