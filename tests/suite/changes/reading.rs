//! What a collection asks: nothing that changes anything.

use std::collections::BTreeSet;
use std::path::PathBuf;

use vitrust::net::{Cancel, Inventory, Secret, Secrets, blocking, collect};
use vitrust_simulator::{ArrayState, Spec, Story, Version};

use super::{spec, start};

/// The reading calls, the sessions' own, and views, which live and end with the session.
const READING: [&str; 14] = [
    "GET /sdk/vimServiceVersions.xml",
    "RetrieveServiceContent",
    "Login",
    "Logout",
    "QueryOptions",
    "CreateContainerView",
    "DestroyView",
    "RetrievePropertiesEx",
    "ContinueRetrievePropertiesEx",
    "ListCACertificates",
    "ListCACertificateRevocationLists",
    "QueryStorageManager",
    "QueryProvider",
    "QueryProviderInfo",
];

/// Whether a request only reads.
fn reads(operation: &str) -> bool {
    let session = ["/api/session", "/rest/com/vmware/cis/session"];
    match operation.split_once(' ') {
        Some(("POST" | "DELETE", path)) => session.contains(&path),
        Some(("GET", _)) => true,
        Some(_) => false,
        None => READING.contains(&operation),
    }
}

struct Nobody;

impl Secrets for Nobody {
    fn variable(&mut self, _: &str) -> Option<String> {
        None
    }

    fn prompt(&mut self, _: &str) -> Option<Secret> {
        None
    }
}

#[test]
fn a_collection_makes_reading_calls_alone() {
    for version in Version::ALL {
        let (story, array) = (Story::StaleProvider, Some(ArrayState::Silent));
        let simulation = start(&Spec { vcenters: 2, hosts_per_vcenter: 120, version, story, array, ..spec() });
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("reading-{}", std::process::id()));
        let fleet = simulation.write_fleet(&folder).expect("a writable folder");
        let inventory = Inventory::load(&fleet, &mut Nobody).expect("an inventory");
        std::fs::remove_dir_all(&folder).expect("the folder was ours");
        let before: Vec<String> = (0..120).map(|host| simulation.castore(0, host)).collect();
        let collected = blocking::run(collect(&inventory, &Cancel::default(), |_| ())).expect("a runtime");
        assert_eq!(collected.estate.vcenters.len(), 2, "{version}");
        assert_eq!(collected.estate.vcenters[0].vvol_datastores.len(), 1, "{version}: they are asked for");
        let asked: BTreeSet<String> = simulation.log().into_iter().map(|request| request.operation).collect();
        assert!(asked.len() > 10, "{asked:?}");
        let writing: Vec<&String> = asked.iter().filter(|operation| !reads(operation)).collect();
        assert!(writing.is_empty(), "{version}: {writing:?}");
        let after: Vec<String> = (0..120).map(|host| simulation.castore(0, host)).collect();
        assert!(before == after && simulation.events(0).is_empty(), "{version}");
    }
}
