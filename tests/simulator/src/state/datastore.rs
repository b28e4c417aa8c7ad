//! Datastores, and the storage array behind the one on Virtual Volumes.

use super::Provider;
use crate::pki::Identity;

/// Whether a storage array answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArrayState {
    /// Its storage provider answers, with a certificate of VMCA, and takes whoever connects.
    Answers,
    /// There is nobody at its address.
    Silent,
}

/// A storage array.
pub(crate) struct Array {
    /// `array01.vc01.lab.example`.
    pub(crate) name: String,
    pub(crate) state: ArrayState,
    pub(crate) identity: Identity,
}

/// A datastore.
pub(crate) struct Datastore {
    /// `datastore-9`.
    pub(crate) id: String,
    pub(crate) name: String,
    /// By whom it is served; VMFS by nobody.
    pub(crate) served: Option<Served>,
}

/// The storage provider of a datastore on Virtual Volumes, as it was when that was made.
pub(crate) struct Served {
    pub(crate) uid: String,
    pub(crate) name: String,
    pub(crate) url: String,
}

impl Datastore {
    pub(crate) fn vmfs() -> Self {
        Self { id: "datastore-9".to_owned(), name: "vmfs-01".to_owned(), served: None }
    }

    pub(crate) fn vvol(provider: &Provider) -> Self {
        let Provider { uid, name, url, .. } = provider.clone();
        Self { id: "datastore-11".to_owned(), name: "vvol-01".to_owned(), served: Some(Served { uid, name, url }) }
    }
}
