//! Facts about one estate from several sources.

use std::collections::BTreeSet;

use super::{Estate, StoreContent};
use crate::cert::Certificate;
use crate::store::{DumpedEntry, Found};
use crate::thumbprint::{Fingerprint, Thumbprint};

/// Adds what a second file says about a store. Its lines would be of another file, so they are not kept.
pub(super) fn merge_store(part: &mut Option<StoreContent>, mut more: StoreContent) {
    let Some(known) = part else {
        *part = Some(more);
        return;
    };
    if let (Some(one), Some(other)) = (&known.source, &more.source) {
        known.source = Some(format!("{one} + {other}").into());
    }
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

impl Estate {
    /// Adds all that `other` says. A vCenter that both name is kept twice, since nothing tells which is right.
    pub fn merge(&mut self, other: Self) {
        self.certificates.extend(other.certificates);
        self.crls.extend(other.crls);
        self.vcenters.extend(other.vcenters);
        self.unreadable.extend(other.unreadable);
        self.unknown.extend(other.unknown);
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
        let sha1 = |sha256: &Fingerprint| {
            let der = certificates.get(sha256)?;
            Certificate::from_der(&der.0).ok().map(|certificate| certificate.sha1())
        };
        let prune = |dumped: &mut Vec<Found<DumpedEntry>>, held: &[Fingerprint]| {
            if dumped.is_empty() {
                return;
            }
            let held: BTreeSet<Thumbprint> = held.iter().filter_map(sha1).collect();
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
