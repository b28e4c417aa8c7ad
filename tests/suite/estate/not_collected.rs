//! Stores that no API gives are named once, and change nothing else.

use vitrust::assess::{AssessOptions, Report, assess};
use vitrust::estate::{EntryStore, SmsStore};
use vitrust::report::{Canvas, View, render};

use crate::lab::{Lab, at, root, server};

/// Two vCenters that trust each other.
fn pair() -> Lab {
    let (ours, theirs) = (root("VMCA a", 1), root("VMCA b", 2));
    let mut lab = Lab::default();
    lab.vcenter("a", &[&server("a", 3, &ours)], &[&ours, &theirs]);
    lab.vcenter("b", &[&server("b", 4, &theirs)], &[&theirs, &ours]);
    lab
}

fn judged(lab: &Lab, vcenters: &[&str]) -> Report {
    let vcenters = vcenters.iter().map(|name| (*name).into()).collect();
    assess(&lab.estate, &AssessOptions { vcenters, ..AssessOptions::at(at()) })
}

#[test]
fn what_a_collection_never_has_is_named_once_and_counts_as_nothing() {
    let mut lab = pair();
    let before = judged(&lab, &[]);
    assert_eq!(before.not_collected, None, "exports may have had them");
    lab.estate.vcenters[0].source = Some("https://a:443".into());
    let report = judged(&lab, &[]);
    let missing = report.not_collected.as_ref().expect("stores");
    assert_eq!(missing.vcenters.iter().map(|name| &**name).collect::<Vec<_>>(), ["a"]);
    assert!(["SMS", "vpxd", "BACKUP_STORE"].iter().all(|store| missing.stores.iter().any(|one| &**one == *store)));
    assert!(missing.export.contains("vecs-cli entry list"));
    assert_eq!((&report.judged, &report.findings), (&before.judged, &before.findings));
    let page = render(&report.to_json(), View::Audit, &Canvas::default()).expect("a page");
    assert_eq!(page.matches("NOT COLLECTED").count(), 1, "{page}");
    assert_eq!(judged(&lab, &["b"]).not_collected, None, "the report is not about a");
    let collected = &mut lab.estate.vcenters[0];
    collected.sms = Some(SmsStore::default());
    collected.stores.insert("vpxd".into(), EntryStore::default());
    let less = judged(&lab, &[]).not_collected.expect("stores");
    assert!(less.stores.iter().all(|store| !["SMS", "vpxd"].contains(&&**store)) && !less.stores.is_empty());
}
