//! Datastores on Virtual Volumes, and the storage providers that serve them.

use vitrust::catalogue::FindingId;
use vitrust::estate::Estate;
use vitrust::net::Credentials;
use vitrust_simulator::{ArrayState, Fault, Mishap, PASSWORD, Simulation, Spec, Version};

use super::facts::has;
use super::{failures, gather, inventory, now, run, start};

const URL: &str = "https://array01.vc01.lab.example:8443/vasa/version.xml";

fn with_array(state: ArrayState, version: Version) -> Simulation {
    start(&Spec { array: Some(state), version, ..Spec::at(now()) })
}

/// The datastores of the first vCenter: names and URLs of providers.
fn datastores(estate: &Estate) -> Vec<(&str, Vec<&str>)> {
    let all = estate.vcenters[0].vvol_datastores.iter();
    all.map(|one| (&*one.name, one.providers.iter().map(String::as_str).collect())).collect()
}

/// How many calls of this name were answered so far.
fn calls(simulation: &Simulation, operation: &str) -> usize {
    simulation.log().iter().filter(|request| request.operation == operation && request.status == 200).count()
}

#[test]
fn a_datastore_is_collected_and_told_while_its_array_is_away() {
    for version in Version::ALL {
        for (state, status) in [(ArrayState::Answers, "online"), (ArrayState::Silent, "offline")] {
            let simulation = with_array(state, version);
            let collected = gather(&simulation);
            assert_eq!(collected.failures, [], "{version} {state:?}");
            assert_eq!(datastores(&collected.estate), [("vvol-01", vec![URL])], "{version}: that on VMFS is none");
            let providers = &collected.estate.vcenters[0].storage_providers;
            let array = providers.iter().find(|provider| provider.url.as_deref() == Some(URL)).expect("the array");
            assert_eq!(array.status.as_deref(), Some(status), "{version}");
            let is_away = state == ArrayState::Silent;
            assert_eq!(has(&collected.estate, FindingId::DatastoreProviderOffline), is_away, "{version} {state:?}");
            let views = ["CreateContainerView", "DestroyView"].map(|operation| calls(&simulation, operation));
            assert_eq!(views, [2, 2], "{version}: hosts and datastores, and no view is left");
            let read = Estate::from_json(collected.estate.to_json().as_bytes()).expect("what was written is read");
            assert_eq!(datastores(&read), datastores(&collected.estate));
        }
    }
}

#[test]
fn a_vcenter_without_virtual_volumes_has_none() {
    let collected = gather(&start(&Spec::at(now())));
    assert_eq!((datastores(&collected.estate), collected.failures), (Vec::new(), Vec::new()));
}

#[test]
fn datastores_that_may_not_be_read_are_told_once() {
    let simulation = with_array(ArrayState::Silent, Version::V8_0_3);
    let (mut inventory, _folder) = inventory(&simulation);
    inventory.vcenters[0].target.credentials =
        Credentials::Password { user: "nobody@vsphere.local".to_owned(), password: PASSWORD.to_owned().into() };
    let collected = run(&inventory);
    let told: Vec<_> = collected.failures.iter().filter(|failure| failure.object == "datastores").collect();
    let [failure] = &told[..] else { panic!("{:?}", collected.failures) };
    assert_eq!((failure.name, failure.privilege.as_deref()), ("forbidden", Some("System.Read")));
    assert!(failure.message.ends_with("`summary.type` needs System.Read on vmfs-01, and 1 more"), "{failure:?}");
    assert!(datastores(&collected.estate).is_empty() && !has(&collected.estate, FindingId::DatastoreProviderOffline));
    let unread = collected.estate.unreadable.iter().filter_map(|one| one.place.source.as_deref());
    assert_eq!(unread.filter(|source| *source == "vc01.lab.example: datastores").count(), 1);
}

#[test]
fn a_datastore_whose_provider_could_not_be_asked_for_is_kept_and_not_judged() {
    for (operation, object) in [("QueryProvider", "storage providers"), ("QueryProviderInfo", "storage provider ")] {
        let simulation = with_array(ArrayState::Answers, Version::V8_0_3);
        simulation.inject(Fault::new(Mishap::Html).on(operation));
        let collected = gather(&simulation);
        let told = failures(&collected);
        assert!(!told.is_empty() && told.iter().all(|(what, _)| what.starts_with(object)), "{operation}: {told:?}");
        assert_eq!(datastores(&collected.estate).len(), 1, "{operation}");
        assert!(!has(&collected.estate, FindingId::DatastoreProviderOffline), "{operation}");
    }
}

#[test]
fn a_listing_that_fails_costs_nothing_else() {
    let simulation = with_array(ArrayState::Answers, Version::V8_0_3);
    let (mut inventory, _folder) = inventory(&simulation);
    // Without hosts it is the only listing.
    inventory.vcenters[0].hosts = false;
    simulation.inject(Fault::new(Mishap::Html).on("RetrievePropertiesEx"));
    let collected = run(&inventory);
    assert_eq!(failures(&collected), [("datastores", "response")]);
    assert_eq!(collected.estate.vcenters[0].storage_providers.len(), 2);
    assert_eq!((calls(&simulation, "DestroyView"), simulation.sessions(0)), (1, 0));
}

#[test]
fn without_providers_nobody_asks_for_datastores() {
    let simulation = with_array(ArrayState::Silent, Version::V8_0_3);
    let (mut inventory, _folder) = inventory(&simulation);
    inventory.vcenters[0].providers = false;
    let collected = run(&inventory);
    assert_eq!((datastores(&collected.estate), collected.failures.len()), (Vec::new(), 0));
    assert_eq!(calls(&simulation, "CreateContainerView"), 1, "that of the hosts");
}
