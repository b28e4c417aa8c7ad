//! Stores of a vCenter whose certificates end, and by which nobody's trust is decided.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Part, PresentedChain, VCenter};
use crate::cert::Certificate;
use crate::store::{BareEntry, DumpedEntry, Found, Reading, Unreadable};

/// What the STS signing chain is called among the stores of a vCenter: it is kept in the directory and not in VECS.
pub const STS: &str = "STS";
/// What the trusted certificates of the directory (`dir-cli trustedcert list`) are called among them.
pub const VMDIR: &str = "VMDIR";

/// One such store: solution users, data-encipherment, BACKUP_STORE, the STS signing chain and the like. Keys are never kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryStore {
    /// The file or server it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
    /// Each entry by its alias: the certificate, and what is stored after it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entries: BTreeMap<Arc<str>, PresentedChain>,
    /// Entries known only from a dump.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dumped: Vec<Found<DumpedEntry>>,
    /// Entries without a certificate: secret keys and pending requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_certificate: Vec<BareEntry>,
    /// What could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<Unreadable>,
}

impl VCenter {
    /// The store of this name, made if there is none.
    pub(super) fn entry_store(&mut self, name: &Arc<str>, source: &str) -> &mut EntryStore {
        let store = self.stores.entry(Arc::clone(name)).or_default();
        store.source.get_or_insert_with(|| source.into());
        store
    }
}

/// The entries that a reading holds. What has no alias begins a new entry with each end-entity certificate; CAs behind one
/// belong to it.
pub(super) fn entries(reading: &Reading) -> Vec<(Arc<str>, Vec<&Found<Certificate>>)> {
    let mut entries: Vec<(Arc<str>, Vec<&Found<Certificate>>)> = Vec::new();
    for found in &reading.certificates {
        let alias = found.place.alias.clone();
        let belongs = match (&alias, entries.last()) {
            (Some(alias), Some((last, _))) => alias == last,
            (None, Some((_, members))) => {
                found.value.is_ca() && members.iter().all(|member| member.place.alias.is_none())
            }
            (_, None) => false,
        };
        match entries.last_mut().filter(|_| belongs) {
            Some((_, members)) => members.push(found),
            None => {
                let number = entries.len() + 1;
                entries.push((alias.unwrap_or_else(|| number.to_string().into()), vec![found]));
            }
        }
    }
    entries
}

impl Part {
    /// The part that a store of this name is.
    #[must_use]
    pub fn of_store(name: &str) -> Self {
        match name {
            "MACHINE_SSL_CERT" => Self::MachineSsl,
            "machine"
            | "vpxd"
            | "vpxd-extension"
            | "vsphere-webclient"
            | "hvc"
            | "wcp"
            | "wcpsvc"
            | "VMDIR service principals" => Self::SolutionUser,
            "data-encipherment" => Self::DataEncipherment,
            "BACKUP_STORE" | "BACKUP_STORE_H5C" => Self::BackupStore,
            STS => Self::Sts,
            VMDIR => Self::Vmdir,
            _ => Self::OtherStore,
        }
    }
}
