//! The datastores on Virtual Volumes that a vCenter has, and which of them can be judged.

use super::CollectFailure;
use crate::estate::{VCenter, VvolDatastore};
use crate::net::vsphere::DatastoreRecord;

/// What datastores are called in a failure.
pub(super) const DATASTORES: &str = "datastores";

/// Keeps them in the order of their names; `has_all` says whether every storage provider of the vCenter is known by now.
///
/// A datastore whose provider is not registered has none that is online. So where providers could not be had, which is
/// told already, a datastore that names one which is not among the others is left out.
pub(super) fn hold(
    vcenter: &mut VCenter,
    failures: &mut Vec<CollectFailure>,
    records: Vec<DatastoreRecord>,
    has_all: bool,
) {
    let (failed, mut told): (Vec<_>, Vec<_>) = records.into_iter().partition(|record| record.failure.is_some());
    let known: hashbrown::HashSet<&str> =
        vcenter.storage_providers.iter().filter_map(|provider| provider.url.as_deref()).collect();
    told.retain(|record| has_all || record.providers.iter().all(|url| known.contains(url.as_str())));
    told.sort_by(|one, other| one.name.cmp(&other.name));
    let datastore = |record: DatastoreRecord| VvolDatastore { name: record.name.into(), providers: record.providers };
    vcenter.vvol_datastores = told.into_iter().map(datastore).collect();
    // A privilege that is missing at a folder is missing for every datastore in it: one failure for all of them.
    let more = failed.len().saturating_sub(1);
    let Some(error) = failed.into_iter().find_map(|record| record.failure) else { return };
    let mut failure = CollectFailure::new(&vcenter.name, DATASTORES, &error);
    if more > 0 {
        failure.message.push_str(&format!(", and {more} more"));
    }
    failures.push(failure);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::StorageProvider;
    use crate::net::error::NetError;

    fn record(name: &str, providers: &[&str]) -> DatastoreRecord {
        let providers = providers.iter().map(|url| (*url).to_owned()).collect();
        DatastoreRecord { name: name.to_owned(), providers, failure: None }
    }

    fn refused(name: &str) -> DatastoreRecord {
        let (server, what) = ("vc01".to_owned(), "`info`".to_owned());
        let (privilege, object) = (Some("System.Read".to_owned()), Some(name.to_owned()));
        DatastoreRecord { failure: Some(NetError::Forbidden { server, what, privilege, object }), ..record(name, &[]) }
    }

    /// What is held, by name, and the words of the failures.
    fn held(records: Vec<DatastoreRecord>, has_all: bool) -> (Vec<String>, Vec<CollectFailure>) {
        let url = Some("https://array".to_owned());
        let storage_providers = vec![StorageProvider { url, ..StorageProvider::default() }];
        let (mut vcenter, mut failures) = (VCenter { storage_providers, ..VCenter::default() }, Vec::new());
        hold(&mut vcenter, &mut failures, records, has_all);
        (vcenter.vvol_datastores.iter().map(|datastore| datastore.name.to_string()).collect(), failures)
    }

    #[test]
    fn a_datastore_is_left_out_only_where_its_provider_may_be_one_that_was_not_told() {
        let records = || vec![record("b", &["https://other"]), record("c", &[]), record("a", &["https://array"])];
        assert_eq!(held(records(), true).0, ["a", "b", "c"]);
        let (names, failures) = held(records(), false);
        assert_eq!((names, failures), (vec!["a".to_owned(), "c".to_owned()], Vec::new()));
    }

    #[test]
    fn datastores_that_may_not_be_read_are_one_failure() {
        let (names, failures) = held(vec![refused("b"), record("c", &[]), refused("a")], true);
        let [failure] = &failures[..] else { panic!("{failures:?}") };
        assert_eq!((names, failure.object.as_str()), (vec!["c".to_owned()], DATASTORES));
        assert!(failure.message.ends_with("`info` needs System.Read on b, and 1 more"), "{failure:?}");
        assert_eq!(failure.privilege.as_deref(), Some("System.Read"));
    }
}
