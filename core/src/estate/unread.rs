//! All that could not be read of an estate, and whose it is.

use super::{Host, Part, Resolved, VCenter};
use crate::store::Unreadable;

/// One thing that could not be read.
#[derive(Debug, Clone, Copy)]
pub struct Unread<'e> {
    /// The vCenter, if it is a part of one or lies in its folder.
    pub vcenter: Option<&'e VCenter>,
    /// The host, if it is a part of one.
    pub host: Option<&'e Host>,
    /// The store it is in.
    pub part: Option<Part>,
    /// Where it is, and why it could not be read.
    pub what: &'e Unreadable,
}

impl<'e> Resolved<'e> {
    /// Everything that could not be read: what belongs to no store first, then that of each store, in the estate's
    /// order. Files that belong to no part are not among it.
    pub fn unread<'r>(&'r self) -> impl Iterator<Item = Unread<'r>> + 'r {
        let loose = self.estate.unreadable.iter().chain(&self.unreadable);
        let loose = loose.map(|what| Unread { vcenter: self.owner(what), host: None, part: None, what });
        loose.chain(self.estate.vcenters.iter().flat_map(of_vcenter))
    }

    /// The vCenter in whose folder a file lies.
    fn owner(&self, what: &Unreadable) -> Option<&'e VCenter> {
        let folder = |vcenter: &VCenter| {
            let rest = what.place.source.as_deref()?.strip_prefix(vcenter.source.as_deref()?)?;
            rest.starts_with(['/', '\\']).then_some(())
        };
        self.estate.vcenters.iter().find(|vcenter| folder(vcenter).is_some())
    }

    /// Everything that was left out: what could not be read, then the files that belong to no part.
    pub fn left_out(&self) -> impl Iterator<Item = &Unreadable> {
        self.unread().map(|unread| unread.what).chain(&self.estate.unknown)
    }
}

fn of_vcenter(vcenter: &VCenter) -> impl Iterator<Item = Unread<'_>> {
    let unread = move |host, part, what| Unread { vcenter: Some(vcenter), host, part: Some(part), what };
    let roots = vcenter.trusted_roots.iter().flat_map(|store| &store.unreadable);
    let sms = vcenter.sms.iter().flat_map(|sms| &sms.unreadable);
    let castores = vcenter.hosts.iter().flat_map(move |host| {
        let blocks = host.castore.iter().flat_map(|castore| &castore.unreadable);
        blocks.map(move |what| unread(Some(host), Part::Castore, what))
    });
    let own = roots.map(move |what| unread(None, Part::TrustedRoots, what));
    let stores = vcenter.stores.iter().flat_map(move |(name, store)| {
        store.unreadable.iter().map(move |what| unread(None, Part::of_store(name), what))
    });
    own.chain(stores).chain(sms.map(move |what| unread(None, Part::SmsOther, what))).chain(castores)
}
