//! Facts about one estate from several sources.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hashbrown::HashSet;

use super::{Der, Estate, StoreContent, VCenter};
use crate::cert::Certificate;
use crate::store::{DumpedEntry, Found, Reading, Unreadable};
use crate::thumbprint::{Fingerprint, Thumbprint};

/// Adds what a second file says about a store. Its lines would be of another file, so they are not kept. Files that do
/// not hold the same entries are noted: one of them may be out of date.
pub(super) fn merge_store(part: &mut Option<StoreContent>, mut more: StoreContent, table: &BTreeMap<Fingerprint, Der>) {
    let Some(known) = part else {
        *part = Some(more);
        return;
    };
    if !known.joined.is_empty() || identities(known, table) != identities(&more, table) {
        if known.joined.is_empty() {
            known.joined.extend(known.source.clone());
        }
        known.joined.extend(more.source.clone());
    }
    if let (Some(one), Some(other)) = (&known.source, &more.source) {
        known.source = Some(format!("{one} + {other}").into());
    }
    // What one source vouches for is known, whatever the others are.
    let vouched = |store: &StoreContent| -> BTreeSet<Fingerprint> {
        store.certificates.iter().filter(|sha256| !store.unverified.contains(*sha256)).copied().collect()
    };
    let vouched = &vouched(known) | &vouched(&more);
    known.unverified.append(&mut more.unverified);
    known.unverified.retain(|sha256| !vouched.contains(sha256));
    known.lines.clear();
    // The same store in a second shape repeats most of the first.
    let seen: BTreeSet<_> = known.certificates.iter().copied().collect();
    known.certificates.extend(more.certificates.into_iter().filter(|sha256| !seen.contains(sha256)));
    for (sha256, aliases) in more.aliases {
        known.aliases.entry(sha256).or_insert(aliases);
    }
    known.dumped.append(&mut more.dumped);
    known.crls.append(&mut more.crls);
    known.crls.sort_unstable();
    known.crls.dedup();
    known.unreadable.append(&mut more.unreadable);
}

/// What a store holds, by SHA-1: dumps know no other digest.
fn identities(store: &StoreContent, table: &BTreeMap<Fingerprint, Der>) -> BTreeSet<Thumbprint> {
    let held = store.certificates.iter().filter_map(|sha256| sha1(table, sha256));
    held.chain(store.dumped.iter().filter_map(|entry| entry.value.sha1)).collect()
}

fn sha1(table: &BTreeMap<Fingerprint, Der>, sha256: &Fingerprint) -> Option<Thumbprint> {
    let certificate = Certificate::from_der(&table.get(sha256)?.0);
    certificate.ok().map(|certificate| certificate.sha1())
}

/// Adds what was not there before.
fn add_new(known: &mut Vec<Unreadable>, mut more: Vec<Unreadable>) {
    let before: HashSet<&Unreadable> = known.iter().collect();
    more.retain(|one| !before.contains(one));
    drop(before);
    known.extend(more);
}

/// The name of a file from its folder on.
fn below<'f>(file: &'f str, folder: &str) -> &'f str {
    let rest = file.strip_prefix(folder).and_then(|rest| rest.strip_prefix(['/', '\\']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(file)
}

impl Estate {
    /// A store's content. Copies the digests; the certificates go into the estate's table.
    pub(crate) fn store_content(&mut self, reading: Reading, path: &str) -> StoreContent {
        let source: Arc<str> = path.into();
        let stores =
            reading.certificates.iter().map(|found| &found.place).chain(reading.dumped.iter().map(|d| &d.place));
        let store = stores.clone().find_map(|place| place.store.clone());
        // The members of an archive have lines of their own, which say nothing about the archive.
        let one_source = stores.clone().all(|place| place.source.as_deref() == Some(path));
        let mut content =
            StoreContent { source: Some(source), store, dumped: reading.dumped, ..StoreContent::default() };
        for Found { value, place } in &reading.certificates {
            let sha256 = self.add_certificate(value);
            content.certificates.push(sha256);
            content.lines.push(place.line.filter(|_| one_source).unwrap_or_default());
            // What lies in a folder is found again by the name of its file.
            let file = place.source.as_deref().filter(|source| !one_source && *source != path);
            if let Some(alias) = place.alias.clone().or_else(|| Some(below(file?, path).into())) {
                content.aliases.entry(sha256).or_default().push(alias);
            }
        }
        if content.lines.iter().all(|line| *line == 0) {
            content.lines.clear();
        }
        content.crls = reading.crls.iter().map(|found| self.add_crl(&found.value)).collect();
        content.unreadable = reading.unreadable;
        content
    }

    /// Adds everything that `other` says. What both say in the same words counts once. A vCenter about which they
    /// differ is kept twice, since nothing shows which is right.
    pub fn merge(&mut self, other: Self) {
        self.certificates.extend(other.certificates);
        self.crls.extend(other.crls);
        let new: Vec<VCenter> = other.vcenters.into_iter().filter(|one| !self.vcenters.contains(one)).collect();
        self.vcenters.extend(new);
        add_new(&mut self.unreadable, other.unreadable);
        add_new(&mut self.unknown, other.unknown);
    }

    /// Puts vCenters, hosts and providers in the order of their names.
    pub fn sort(&mut self) {
        self.vcenters.sort_by(|one, other| one.name.cmp(&other.name));
        for vcenter in &mut self.vcenters {
            vcenter.hosts.sort_by(|one, other| one.name.cmp(&other.name));
            vcenter.storage_providers.sort_by(|one, other| one.name.cmp(&other.name));
        }
    }

    /// Drops dumped entries whose certificate the same store also holds with its bytes: they say nothing more.
    pub(super) fn drop_known_dumps(&mut self) {
        let Self { certificates, vcenters, .. } = self;
        let prune = |dumped: &mut Vec<Found<DumpedEntry>>, held: &[Fingerprint]| {
            if dumped.is_empty() {
                return;
            }
            let held: BTreeSet<Thumbprint> = held.iter().filter_map(|sha256| sha1(certificates, sha256)).collect();
            dumped.retain(|entry| entry.value.sha1.is_none_or(|sha1| !held.contains(&sha1)));
        };
        for vcenter in vcenters {
            let roots = vcenter.trusted_roots.iter_mut();
            for store in roots.chain(vcenter.hosts.iter_mut().filter_map(|host| host.castore.as_mut())) {
                prune(&mut store.dumped, &store.certificates);
            }
        }
    }
}
