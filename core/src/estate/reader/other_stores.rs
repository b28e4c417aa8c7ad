//! Listings of several stores, and the stores by which nobody's trust is decided.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::entry_store::entries;
use super::{EstateReader, UNNAMED};
use crate::estate::PresentedChain;
#[cfg(feature = "net")]
use crate::estate::STS;
use crate::estate::headless::drop_headless;
use crate::estate::layout::Kind;
use crate::store::{Place, Reading, TRUSTED_ROOTS, Unreadable, WITHOUT_CERTIFICATES};

/// How many entries of one store may have one alias.
const SAME_ALIAS: usize = 100;

impl EstateReader {
    /// Takes in the STS signing chain of the top vCenter; `source` is what places call it.
    #[cfg(feature = "net")]
    pub(crate) fn add_sts(&mut self, source: &str, bytes: &[u8]) {
        let Some(reading) = self.read(bytes, source, None) else { return };
        let vcenter = self.vcenter(None);
        self.entry_store(vcenter, &STS.into(), reading, source);
    }

    pub(super) fn all_stores(&mut self, vcenter: usize, reading: Reading, path: &str) {
        let Reading { certificates, crls, dumped, without_certificate, unreadable, counts_none: _ } = reading;
        let mut parts: BTreeMap<Arc<str>, Reading> = BTreeMap::new();
        for found in certificates {
            parts.entry(store_of(&found.place)).or_default().certificates.push(found);
        }
        for found in dumped {
            parts.entry(store_of(&found.place)).or_default().dumped.push(found);
        }
        if !crls.is_empty() {
            parts.entry(TRUSTED_ROOTS.into()).or_default().crls = crls;
        }
        // A store of which nothing could be read is not an empty store, so its own blocks stay with it.
        for block in unreadable {
            match &block.place.store {
                Some(store) => parts.entry(Arc::clone(store)).or_default().unreadable.push(block),
                None => self.estate.unreadable.push(block),
            }
        }
        for entry in without_certificate {
            if let Some(store) = entry.place.store.clone() {
                self.estate.vcenters[vcenter].entry_store(&store, path).without_certificate.push(entry);
            }
        }
        for (store, part) in parts {
            match &*store {
                TRUSTED_ROOTS => self.certificates((vcenter, None, Kind::TrustedRoots), UNNAMED, part, path),
                "SMS" => self.sms(vcenter, part, None),
                "MACHINE_SSL_CERT" => self.machine_ssl(vcenter, part, path),
                _ => self.entry_store(vcenter, &store, part, path),
            }
        }
    }

    /// The store MACHINE_SSL_CERT. An entry that is only printed has an end, and is no chain.
    fn machine_ssl(&mut self, vcenter: usize, mut part: Reading, path: &str) {
        drop_headless(&mut part);
        let dumped = std::mem::take(&mut part.dumped);
        let unreadable = std::mem::take(&mut part.unreadable);
        if !(dumped.is_empty() && unreadable.is_empty()) {
            let rest = Reading { dumped, unreadable, ..Reading::default() };
            self.entry_store(vcenter, &"MACHINE_SSL_CERT".into(), rest, path);
        }
        if !(part.certificates.is_empty() && part.crls.is_empty()) {
            self.certificates((vcenter, None, Kind::MachineSsl), UNNAMED, part, path);
        }
    }

    /// A store whose certificates end and nobody trusts by.
    pub(super) fn entry_store(&mut self, vcenter: usize, name: &Arc<str>, mut reading: Reading, path: &str) {
        drop_headless(&mut reading);
        if WITHOUT_CERTIFICATES.contains(&&**name) {
            reading.unreadable.retain(|block| !block.is_of_nothing());
        }
        let digests: Vec<(Arc<str>, PresentedChain)> = entries(&reading)
            .into_iter()
            .map(|(alias, members)| {
                let place = members.first().map(|found| found.place.clone()).unwrap_or_default();
                let mut seen = BTreeSet::new();
                let digests = members.into_iter().map(|found| self.estate.add_certificate(&found.value));
                let certificates = digests.filter(|sha256| seen.insert(*sha256)).collect();
                (alias, PresentedChain { certificates, place })
            })
            .collect();
        self.unused_crls(reading.crls);
        let store = self.estate.vcenters[vcenter].entry_store(name, path);
        for (alias, chain) in digests {
            // Two files may number their entries alike.
            let names = (1..=SAME_ALIAS).map(|number| match number {
                1 => Arc::clone(&alias),
                _ => format!("{alias} ({number})").into(),
            });
            let is_free =
                |name: &Arc<str>| store.entries.get(name).is_none_or(|known| known.certificates == chain.certificates);
            match names.into_iter().find(is_free) {
                Some(own) => drop(store.entries.insert(own, chain)),
                None => {
                    let reason = format!("more than {SAME_ALIAS} entries have the alias {alias}");
                    store.unreadable.push(Unreadable { place: chain.place, reason });
                }
            }
        }
        store.dumped.extend(reading.dumped);
        store.unreadable.extend(reading.unreadable);
    }
}

/// The store of one entry of a listing; what no store is named for counts as a root, as in a file of its own.
fn store_of(place: &Place) -> Arc<str> {
    place.store.clone().unwrap_or_else(|| TRUSTED_ROOTS.into())
}
