//! The datastores on Virtual Volumes that a vCenter has.

use super::CollectFailure;
use crate::estate::{VCenter, VvolDatastore};
use crate::net::vsphere::DatastoreRecord;

/// What datastores are called in a failure.
pub(super) const DATASTORES: &str = "datastores";

/// Keeps them in the order of their names.
pub(super) fn hold(vcenter: &mut VCenter, failures: &mut Vec<CollectFailure>, records: Vec<DatastoreRecord>) {
    let (failed, mut told): (Vec<_>, Vec<_>) = records.into_iter().partition(|record| record.failure.is_some());
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
    fn held(records: Vec<DatastoreRecord>) -> (Vec<String>, Vec<CollectFailure>) {
        let (mut vcenter, mut failures) = (VCenter::default(), Vec::new());
        hold(&mut vcenter, &mut failures, records);
        (vcenter.vvol_datastores.iter().map(|datastore| datastore.name.to_string()).collect(), failures)
    }

    #[test]
    fn every_datastore_is_kept_whoever_its_provider_is() {
        let records = vec![record("b", &["https://other"]), record("c", &[]), record("a", &["https://array"])];
        assert_eq!(held(records), (vec!["a".to_owned(), "b".to_owned(), "c".to_owned()], Vec::new()));
    }

    #[test]
    fn datastores_that_may_not_be_read_are_one_failure() {
        let (names, failures) = held(vec![refused("b"), record("c", &[]), refused("a")]);
        let [failure] = &failures[..] else { panic!("{failures:?}") };
        assert_eq!((names, failure.object.as_str()), (vec!["c".to_owned()], DATASTORES));
        assert!(failure.message.ends_with("`info` needs System.Read on b, and 1 more"), "{failure:?}");
        assert_eq!(failure.privilege.as_deref(), Some("System.Read"));
    }
}
