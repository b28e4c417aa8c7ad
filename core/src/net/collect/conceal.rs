//! What a server told, without secrets and no longer than names are: the last step of a collection.
//!
//! Until then everything but the names of hosts is as it was told, since it decides what is asked next.

use std::sync::Arc;

use super::{CollectFailure, LONGEST_MESSAGE};
use crate::estate::{EntryStore, Estate, LONGEST_NAME, PresentedChain, StoreContent, VCenter};
use crate::net::hidden::Needles;
use crate::store::{Place, Unreadable};
use crate::text::{CUT, beginning_in_bytes};

/// The most failures that are told of one vCenter; a server may have one for each property of each host.
const MOST_FAILURES: usize = 10_000;

/// Conceals what must not be shown.
pub(super) struct Conceal<'n>(pub(super) &'n Needles);

impl Conceal<'_> {
    /// A name or value as it may be shown; nothing where it is that already.
    fn told(&self, text: &str) -> Option<String> {
        let mut told = self.0.fact(text);
        if told.len() > LONGEST_NAME {
            told.truncate(beginning_in_bytes(&told, LONGEST_NAME - CUT.len_utf8()).len());
            told.push(CUT);
        }
        (told != text).then_some(told)
    }

    /// A text as it may be shown. A host whose name is altered is reached by nobody, and not asked.
    pub(super) fn text(&self, text: &mut Option<String>) {
        if let Some(told) = text.as_deref().and_then(|text| self.told(text)) {
            *text = Some(told);
        }
    }

    fn name(&self, name: &mut Arc<str>) {
        if let Some(told) = self.told(name) {
            *name = told.into();
        }
    }

    fn names<'a>(&self, names: impl IntoIterator<Item = &'a mut Arc<str>>) {
        names.into_iter().for_each(|name| self.name(name));
    }

    fn place(&self, place: &mut Place) {
        self.names([&mut place.source, &mut place.store, &mut place.alias].into_iter().flatten());
    }

    fn unreadable(&self, unreadable: &mut Unreadable) {
        self.place(&mut unreadable.place);
        unreadable.reason = self.0.words(&unreadable.reason, LONGEST_MESSAGE);
    }

    fn chain(&self, chain: &mut Option<PresentedChain>) {
        chain.iter_mut().for_each(|chain| self.place(&mut chain.place));
    }

    fn store(&self, store: &mut StoreContent) {
        self.names(store.source.iter_mut().chain(&mut store.joined).chain(&mut store.store));
        self.names(store.aliases.values_mut().flatten());
        store.dumped.iter_mut().for_each(|dumped| self.place(&mut dumped.place));
        store.unreadable.iter_mut().for_each(|unreadable| self.unreadable(unreadable));
    }

    /// All that a vCenter told of itself and its hosts. Its own name is the inventory's.
    pub(super) fn vcenter(&self, vcenter: &mut VCenter) {
        self.text(&mut vcenter.version);
        self.chain(&mut vcenter.machine_ssl);
        vcenter.trusted_roots.iter_mut().for_each(|store| self.store(store));
        for host in &mut vcenter.hosts {
            self.name(&mut host.name);
            self.names(&mut host.source);
            self.text(&mut host.moref);
            self.text(&mut host.version);
            self.text(&mut host.connection_state);
            self.chain(&mut host.https);
            self.chain(&mut host.iofilter);
            host.castore.iter_mut().for_each(|store| self.store(store));
        }
        for provider in &mut vcenter.storage_providers {
            self.name(&mut provider.name);
            self.names(&mut provider.source);
            for text in [&mut provider.uid, &mut provider.url, &mut provider.status, &mut provider.status_fault] {
                self.text(text);
            }
            provider.certificate.iter_mut().for_each(|held| self.place(&mut held.place));
        }
        vcenter.stores =
            std::mem::take(&mut vcenter.stores).into_iter().map(|(name, store)| self.entries(name, store)).collect();
        for datastore in &mut vcenter.vvol_datastores {
            self.name(&mut datastore.name);
            for url in &mut datastore.providers {
                if let Some(told) = self.told(url) {
                    *url = told;
                }
            }
        }
    }

    /// A store of entries under its name.
    fn entries(&self, mut name: Arc<str>, mut store: EntryStore) -> (Arc<str>, EntryStore) {
        self.name(&mut name);
        self.names(&mut store.source);
        store.entries = std::mem::take(&mut store.entries)
            .into_iter()
            .map(|(mut alias, mut chain)| {
                self.name(&mut alias);
                self.place(&mut chain.place);
                (alias, chain)
            })
            .collect();
        store.dumped.iter_mut().for_each(|dumped| self.place(&mut dumped.place));
        store.without_certificate.iter_mut().for_each(|entry| self.place(&mut entry.place));
        store.unreadable.iter_mut().for_each(|unreadable| self.unreadable(unreadable));
        (name, store)
    }

    /// What could not be read anywhere.
    pub(super) fn estate(&self, estate: &mut Estate) {
        estate.unreadable.iter_mut().for_each(|unreadable| self.unreadable(unreadable));
    }

    /// Why something could not be had: the first of many, and how many more there are.
    pub(super) fn failures(&self, failures: &mut Vec<CollectFailure>) {
        let more = failures.len().saturating_sub(MOST_FAILURES);
        failures.truncate(MOST_FAILURES);
        if let (Some(last), true) = (failures.last().cloned(), more > 0) {
            let message = format!("{more} more failures of this vCenter are not listed");
            failures.push(CollectFailure { object: "everything else".to_owned(), message, ..last });
        }
        failures.iter_mut().for_each(|failure| failure.tell(self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::{Held, Host, StorageProvider, VvolDatastore};
    use crate::net::error::NetError;
    use crate::net::hidden::Hidden;
    use crate::store::{BareEntry, BareKind, DumpedEntry, Found};
    use crate::thumbprint::Fingerprint;

    const SECRET: &str = "correct-horse";

    #[test]
    fn no_text_of_an_estate_has_the_password() {
        let name: Arc<str> = format!("x-{SECRET}").into();
        let text = || Some(name.to_string());
        let place =
            || Place { source: Some(name.clone()), line: None, store: Some(name.clone()), alias: Some(name.clone()) };
        let unreadable = || vec![Unreadable { place: place(), reason: name.to_string() }];
        let digest = Fingerprint([7; 32]);
        let chain = || Some(PresentedChain { certificates: vec![digest], place: place() });
        let store = || StoreContent {
            source: Some(name.clone()),
            joined: vec![name.clone()],
            store: Some(name.clone()),
            certificates: vec![digest],
            aliases: [(digest, vec![name.clone()])].into(),
            dumped: vec![Found { value: DumpedEntry::default(), place: place() }],
            unreadable: unreadable(),
            ..StoreContent::default()
        };
        let mut vcenter = VCenter {
            name: "vc01".into(),
            version: text(),
            machine_ssl: chain(),
            trusted_roots: Some(store()),
            hosts: vec![Host {
                name: name.clone(),
                moref: text(),
                version: text(),
                https: chain(),
                iofilter: chain(),
                castore: Some(store()),
                connection_state: text(),
                source: Some(name.clone()),
                ..Host::default()
            }],
            storage_providers: vec![StorageProvider {
                uid: text(),
                name: name.clone(),
                url: text(),
                status: text(),
                status_fault: text(),
                certificate: Some(Held { certificate: digest, place: place() }),
                source: Some(name.clone()),
            }],
            stores: [(
                name.clone(),
                EntryStore {
                    source: Some(name.clone()),
                    entries: [(name.clone(), PresentedChain { certificates: vec![digest], place: place() })].into(),
                    dumped: vec![Found { value: DumpedEntry::default(), place: place() }],
                    without_certificate: vec![BareEntry { place: place(), kind: BareKind::SecretKey }],
                    unreadable: unreadable(),
                },
            )]
            .into(),
            vvol_datastores: vec![VvolDatastore { name: name.clone(), providers: vec![name.to_string()] }],
            ..VCenter::default()
        };
        let mut estate = Estate { unreadable: unreadable(), ..Estate::default() };
        let mut hidden = Hidden::default();
        hidden.add(&SECRET.to_owned().into());
        let needles = hidden.needles();
        let conceal = Conceal(&needles);
        conceal.vcenter(&mut vcenter);
        conceal.estate(&mut estate);
        let mut failures =
            vec![CollectFailure::new("vc01", SECRET, &NetError::Panic { what: SECRET.to_owned() }); 10_002];
        conceal.failures(&mut failures);
        estate.vcenters.push(vcenter);
        let shown = format!("{} {failures:?}", estate.to_json());
        assert!(!shown.contains(SECRET) && shown.contains("x-***"), "{shown:.2000}");
        let last = failures.pop().expect("a failure");
        assert_eq!((failures.len(), last.message.starts_with("2 more failures")), (MOST_FAILURES, true));
    }

    #[test]
    fn a_name_is_no_longer_than_an_estate_may_have() {
        let needles = Hidden::default().needles();
        let mut vcenter =
            VCenter { hosts: vec![Host { name: "é".repeat(1_000).into(), ..Host::default() }], ..VCenter::default() };
        Conceal(&needles).vcenter(&mut vcenter);
        let name = &vcenter.hosts[0].name;
        assert!(name.ends_with('…') && name.len() <= LONGEST_NAME && name.len() > LONGEST_NAME - 6, "{}", name.len());
    }
}
