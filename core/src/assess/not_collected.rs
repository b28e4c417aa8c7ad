//! Stores of a vCenter that no API gives. A collection never has them, so they count as nothing: neither well nor unknown. They are
//! named once, with the command that exports them.

use std::sync::Arc;

use serde::Serialize;

use super::limit::Limit;
use crate::estate::{Estate, VCenter};

/// The VECS stores of a vCenter that a collection does not bring: those whose certificates end, and those of secret keys.
const STORES: [&str; 12] = [
    "SMS",
    "machine",
    "vpxd",
    "vpxd-extension",
    "vsphere-webclient",
    "hvc",
    "wcp",
    "data-encipherment",
    "BACKUP_STORE",
    "BACKUP_STORE_H5C",
    "APPLMGMT_PASSWORD",
    "KMS_ENCRYPTION",
];

/// Lists every store on the appliance, each with its heading.
const EXPORT: &str = "for s in $(/usr/lib/vmware-vmafd/bin/vecs-cli store list); do echo \"[*] Store : $s\"; \
                      /usr/lib/vmware-vmafd/bin/vecs-cli entry list --store \"$s\"; done > stores.txt";

/// The stores that a collection does not have. This changes no verdict, no count and no exit code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct NotCollected {
    /// The vCenters that lack one of the stores.
    pub vcenters: Vec<Arc<str>>,
    /// The VECS stores that at least one of them lacks. Not every version of vCenter has all of them.
    pub stores: Vec<Arc<str>>,
    /// The command that exports them, to be run as root on each appliance.
    pub export: Arc<str>,
}

impl NotCollected {
    /// What the collected vCenters of an estate lack; none where nothing was collected.
    pub(super) fn of(estate: &Estate, limit: Option<&Limit>) -> Option<Self> {
        let is_shown = |vcenter: &&VCenter| limit.is_none_or(|limit| limit.is_about(&vcenter.name));
        let collected: Vec<&VCenter> =
            estate.vcenters.iter().filter(|one| one.is_collected()).filter(is_shown).collect();
        let lacks = |vcenter: &VCenter, store: &str| match store {
            "SMS" => vcenter.sms.is_none(),
            _ => !vcenter.stores.contains_key(store),
        };
        let stores: Vec<Arc<str>> = STORES
            .iter()
            .filter(|store| collected.iter().any(|one| lacks(one, store)))
            .map(|store| Arc::from(*store))
            .collect();
        let vcenters = collected.iter().filter(|one| stores.iter().any(|store| lacks(one, store)));
        let vcenters: Vec<Arc<str>> = vcenters.map(|vcenter| Arc::clone(&vcenter.name)).collect();
        (!vcenters.is_empty()).then(|| Self { vcenters, stores, export: EXPORT.into() })
    }
}
