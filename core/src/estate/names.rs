//! Names of an estate are no longer than names are: every finding about something repeats what it is called.

use std::sync::Arc;

use super::json::EstateError;
use super::{Estate, Held, PresentedChain, StoreContent};
use crate::store::{Place, Unreadable};

/// The longest name of a vCenter, host or provider, and the longest alias, in bytes.
pub(crate) const LONGEST_NAME: usize = 1 << 10;

/// The longest source, in bytes: no path of a file is longer.
const LONGEST_SOURCE: usize = 4 << 10;

/// The first name that is too long.
struct Names(Option<EstateError>);

impl Estate {
    /// Checks every name.
    ///
    /// # Errors
    /// [`EstateError::Name`] for the first that is too long.
    pub fn check_names(&self) -> Result<(), EstateError> {
        let mut names = Names(None);
        for (number, vcenter) in self.vcenters.iter().enumerate() {
            let at = |part: &str| format!("vcenters[{number}].{part}");
            names.look(&vcenter.name, || at("name"));
            names.each(&vcenter.sso_domain, || at("sso_domain"));
            names.sources(&vcenter.source, || at("source"));
            names.each(&vcenter.version, || at("version"));
            names.chain(vcenter.machine_ssl.as_ref(), || at("machine_ssl"));
            names.store(vcenter.trusted_roots.as_ref(), || at("trusted_roots"));
            names.held(vcenter.vmca_root.as_ref(), || at("vmca_root"));
            if let Some(sms) = &vcenter.sms {
                names.sources(&sms.source, || at("sms.source"));
                names.chain(sms.sms_self_signed.as_ref(), || at("sms.sms_self_signed"));
                names.chain(sms.sps_extension.as_ref(), || at("sms.sps_extension"));
                for (alias, chain) in &sms.others {
                    names.look(alias, || at("sms.others"));
                    names.chain(Some(chain), || at("sms.others"));
                }
                names.unreadable(&sms.unreadable, || at("sms.unreadable"));
                sms.dumped.iter().for_each(|dumped| names.place(&dumped.place, || at("sms.dumped")));
            }
            for (name, store) in &vcenter.stores {
                names.look(name, || at("stores"));
                names.sources(&store.source, || at("stores.source"));
                for (alias, chain) in &store.entries {
                    names.look(alias, || at("stores.entries"));
                    names.chain(Some(chain), || at("stores.entries"));
                }
                names.unreadable(&store.unreadable, || at("stores.unreadable"));
                store.dumped.iter().for_each(|dumped| names.place(&dumped.place, || at("stores.dumped")));
            }
            for datastore in &vcenter.vvol_datastores {
                names.look(&datastore.name, || at("vvol_datastores"));
                names.sources(&datastore.providers, || at("vvol_datastores"));
            }
            for (index, host) in vcenter.hosts.iter().enumerate() {
                let at = |part: &str| format!("vcenters[{number}].hosts[{index}].{part}");
                names.look(&host.name, || at("name"));
                names.sources(&host.source, || at("source"));
                names.each(&host.version, || at("version"));
                names.each(&host.moref, || at("moref"));
                names.each(&host.connection_state, || at("connection_state"));
                names.chain(host.https.as_ref(), || at("https"));
                names.chain(host.iofilter.as_ref(), || at("iofilter"));
                names.store(host.castore.as_ref(), || at("castore"));
            }
            for (index, provider) in vcenter.storage_providers.iter().enumerate() {
                let at = |part: &str| format!("vcenters[{number}].storage_providers[{index}].{part}");
                names.look(&provider.name, || at("name"));
                names.sources(&provider.source, || at("source"));
                names.sources(&provider.url, || at("url"));
                names.each(&provider.uid, || at("uid"));
                names.each(&provider.status, || at("status"));
                names.each(&provider.status_fault, || at("status_fault"));
                names.held(provider.certificate.as_ref(), || at("certificate"));
            }
        }
        names.unreadable(&self.unreadable, || "unreadable".to_owned());
        names.unreadable(&self.unknown, || "unknown".to_owned());
        names.0.map_or(Ok(()), Err)
    }
}

impl Names {
    fn look(&mut self, name: &str, path: impl Fn() -> String) {
        self.within(LONGEST_NAME, name, path);
    }

    fn within(&mut self, limit: usize, name: &str, path: impl Fn() -> String) {
        if self.0.is_none() && name.len() > limit {
            self.0 = Some(EstateError::Name { path: path(), length: name.len(), limit });
        }
    }

    fn sources<N: AsRef<str>>(&mut self, sources: impl IntoIterator<Item = N>, path: impl Fn() -> String) {
        sources.into_iter().for_each(|source| self.within(LONGEST_SOURCE, source.as_ref(), &path));
    }

    fn each<N: AsRef<str>>(&mut self, names: impl IntoIterator<Item = N>, path: impl Fn() -> String) {
        names.into_iter().for_each(|name| self.look(name.as_ref(), &path));
    }

    fn place(&mut self, place: &Place, path: impl Fn() -> String) {
        self.sources(&place.source, || format!("{}.place", path()));
        let names: [&Option<Arc<str>>; 2] = [&place.store, &place.alias];
        names.into_iter().flatten().for_each(|name| self.look(name, || format!("{}.place", path())));
    }

    fn chain(&mut self, chain: Option<&PresentedChain>, path: impl Fn() -> String) {
        chain.into_iter().for_each(|chain| self.place(&chain.place, &path));
    }

    fn held(&mut self, held: Option<&Held>, path: impl Fn() -> String) {
        held.into_iter().for_each(|held| self.place(&held.place, &path));
    }

    fn unreadable(&mut self, unreadable: &[Unreadable], path: impl Fn() -> String) {
        unreadable.iter().for_each(|one| self.place(&one.place, &path));
    }

    fn store(&mut self, store: Option<&StoreContent>, path: impl Fn() -> String) {
        let Some(store) = store else { return };
        self.sources(&store.source, || format!("{}.source", path()));
        self.sources(&store.joined, || format!("{}.joined", path()));
        self.each(&store.store, || format!("{}.store", path()));
        self.each(store.aliases.values().flatten(), || format!("{}.aliases", path()));
        store.dumped.iter().for_each(|dumped| self.place(&dumped.place, || format!("{}.dumped", path())));
        self.unreadable(&store.unreadable, || format!("{}.unreadable", path()));
    }
}
