//! The property collector as other clients use it: traversals, whole objects, filters that wait.

use std::thread;
use std::time::{Duration, Instant};

use vitrust_simulator::{ArrayState, Spec, Version};

use crate::support::soap::{Client, text_of};
use crate::support::{now, start};

const COLLECTOR: (&str, &str) = ("PropertyCollector", "propertyCollector");

/// A TraversalSpec by name, type and path, that goes on to others by their names.
fn traversal(name: &str, kind: &str, path: &str, next: &[&str]) -> String {
    let next: String = next.iter().map(|name| format!("<selectSet><name>{name}</name></selectSet>")).collect();
    format!(
        "<selectSet xmlns:x=\"http://www.w3.org/2001/XMLSchema-instance\" x:type=\"TraversalSpec\"><name>{name}</name>\
         <type>{kind}</type><path>{path}</path><skip>false</skip>{next}</selectSet>"
    )
}

/// The way from the root folder to the hosts that every client takes.
fn to_hosts(wanted: &str) -> String {
    let folders = ["folders", "datacenters", "clusters"];
    format!(
        "<specSet>{wanted}<objectSet><obj type=\"Folder\">group-d1</obj><skip>false</skip>{}{}{}</objectSet></specSet>",
        traversal("folders", "Folder", "childEntity", &folders),
        traversal("datacenters", "Datacenter", "hostFolder", &folders),
        traversal("clusters", "ComputeResource", "host", &[]),
    )
}

#[test]
fn hosts_are_found_from_the_root_folder_in_both_forms() {
    let simulation = start(&Spec { hosts_per_vcenter: 3, ..Spec::at(now()) });
    let client = Client::new(&simulation, 0).login();
    let wanted = "<propSet><type>HostSystem</type><pathSet>name</pathSet></propSet>";
    let old = client.vim("RetrieveProperties", COLLECTOR, &to_hosts(wanted));
    let new = client.vim("RetrievePropertiesEx", COLLECTOR, &(to_hosts(wanted) + "<options></options>"));
    for answer in [&old, &new] {
        for host in &simulation.vcenters[0].hosts {
            assert_eq!(answer.matches(host.as_str()).count(), 1, "{answer}");
        }
    }
    assert_eq!(old.matches("<returnval>").count(), 3, "each object is a value of its own");
    let wanted = "<propSet><type>ManagedEntity</type><pathSet>name</pathSet></propSet>";
    let all = client.vim("RetrieveProperties", COLLECTOR, &to_hosts(wanted));
    assert_eq!(all.matches("<returnval>").count(), 7, "folders, datacenter, cluster and hosts: {all}");
    let lost = to_hosts(wanted).replace("<selectSet><name>clusters<", "<selectSet><name>nowhere<");
    assert!(client.vim("RetrieveProperties", COLLECTOR, &lost).contains("InvalidArgument"));
}

#[test]
fn whole_objects_hold_what_their_paths_give() {
    let simulation = start(&Spec { version: Version::V9_0, ..Spec::at(now()) });
    let client = Client::new(&simulation, 0).login();
    let fetch = |path: &str| client.vim("Fetch", ("HostSystem", "host-10"), &format!("<prop>{path}</prop>"));
    let summary = fetch("summary");
    assert!(summary.contains("xsi:type=\"HostListSummary\""), "{summary}");
    let thumbprint = text_of(&summary, "sslThumbprint").expect("a thumbprint");
    assert!(fetch("summary.config.sslThumbprint").contains(thumbprint));
    let config = fetch("config");
    let bytes = config.matches("<certificate>").count();
    assert_eq!(bytes, fetch("config.certificate").matches("<byte>").count());
    assert!(bytes > 500 && config.contains("<certificate>45</certificate>"), "PEM begins with a hyphen");
    assert!(fetch("runtime").contains("<connectionState>connected</connectionState>"));
    assert!(fetch("summary.config").contains("BEGIN CERTIFICATE"));
    assert!(fetch("configManager").contains("<certificateManager type=\"HostCertificateManager\">"));
    for wrong in ["runtime.nothing", "nothing", "name.nothing", "config.certificate.nothing"] {
        assert!(fetch(wrong).contains("InvalidProperty"), "{wrong}");
    }
}

#[test]
fn datastores_are_listed_by_a_view_in_pages_and_found_by_their_path() {
    let simulation = start(&Spec { array: Some(ArrayState::Answers), ..Spec::at(now()) });
    let client = Client::new(&simulation, 0).login();
    let below = "<container type=\"Folder\">group-d1</container><type>Datastore</type><recursive>true</recursive>";
    let made = client.vim("CreateContainerView", ("ViewManager", "ViewManager"), below);
    let (_, rest) = made.split_once("type=\"ContainerView\">").unwrap_or_else(|| panic!("no view: {made}"));
    let view = rest.split('<').next().expect("an id");
    let wanted: String = ["name", "summary.type", "info"].map(|path| format!("<pathSet>{path}</pathSet>")).concat();
    let listing = format!(
        "<specSet><propSet><type>Datastore</type>{wanted}</propSet><objectSet><obj type=\"ContainerView\">{view}</obj>\
         <skip>true</skip>{}</objectSet></specSet><options><maxObjects>1</maxObjects></options>",
        traversal("view", "ContainerView", "view", &[])
    );
    let first = client.vim("RetrievePropertiesEx", COLLECTOR, &listing);
    assert!(first.contains(">VMFS<") && first.contains("xsi:type=\"VmfsDatastoreInfo\""), "{first}");
    let token = format!("<token>{}</token>", text_of(&first, "token").expect("another page"));
    let second = client.vim("ContinueRetrievePropertiesEx", COLLECTOR, &token);
    assert!(second.contains(">VVOL<") && second.contains("xsi:type=\"VvolDatastoreInfo\""), "{second}");
    let provider = "<url>https://array01.vc01.lab.example:8443/vasa/version.xml</url>";
    assert!(second.contains(provider) && !second.contains("<token>"), "{second}");
    let destroy = || client.vim("DestroyView", ("ContainerView", view), "");
    assert!(destroy().starts_with("HTTP/1.1 200") && destroy().contains("ManagedObjectNotFound"));
    let path = "<inventoryPath>Datacenter/datastore/vvol-01</inventoryPath>";
    let found = client.vim("FindByInventoryPath", ("SearchIndex", "SearchIndex"), path);
    assert!(found.contains("type=\"Datastore\""), "{found}");
}

fn filter(client: &Client<'_>, collector: &str, paths: &str) -> String {
    let spec = format!(
        "<spec><propSet><type>HostSystem</type>{paths}</propSet><objectSet><obj type=\"HostSystem\">host-10</obj>\
         </objectSet></spec><partialUpdates>false</partialUpdates>"
    );
    let answer = client.vim("CreateFilter", ("PropertyCollector", collector), &spec);
    let (_, rest) = answer.split_once("type=\"PropertyFilter\">").unwrap_or_else(|| panic!("no filter: {answer}"));
    rest.split('<').next().expect("an id").to_owned()
}

#[test]
fn a_filter_tells_all_at_first_and_then_what_changed() {
    let simulation = start(&Spec::at(now()));
    let client = Client::new(&simulation, 0).login();
    let id = filter(&client, COLLECTOR.1, "<pathSet>name</pathSet><pathSet>runtime.connectionState</pathSet>");
    let first = client.vim("WaitForUpdatesEx", COLLECTOR, "<version></version>");
    assert!(first.contains("<kind>enter</kind>") && first.matches("<changeSet>").count() == 2, "{first}");
    let version = format!("<version>{}</version>", text_of(&first, "version").expect("a version"));
    let nothing = client.vim("CheckForUpdates", COLLECTOR, &version);
    assert!(!nothing.contains("<returnval>"), "{nothing}");
    let began = Instant::now();
    let soon = format!("{version}<options><maxWaitSeconds>1</maxWaitSeconds></options>");
    assert!(!client.vim("WaitForUpdatesEx", COLLECTOR, &soon).contains("<returnval>"));
    assert!(began.elapsed() >= Duration::from_secs(1));
    let changed = thread::scope(|scope| {
        let waiting = scope.spawn(|| client.vim("WaitForUpdatesEx", COLLECTOR, &version));
        thread::sleep(Duration::from_millis(100));
        client.vim_task("DisconnectHost_Task", ("HostSystem", "host-10"), "");
        waiting.join().expect("an answer")
    });
    assert!(changed.contains("<kind>modify</kind>") && changed.matches("<changeSet>").count() == 1, "{changed}");
    assert!(changed.contains(">disconnected<"), "{changed}");
    let stale = client.vim("WaitForUpdatesEx", COLLECTOR, &version);
    assert!(stale.contains("InvalidCollectorVersion"), "{stale}");
    assert!(client.vim("DestroyPropertyFilter", ("PropertyFilter", &id), "").starts_with("HTTP/1.1 200"));
    let again = client.vim("DestroyPropertyFilter", ("PropertyFilter", &id), "");
    assert!(again.contains("ManagedObjectNotFound"), "{again}");
}

#[test]
fn a_wait_is_cancelled_by_another_call() {
    let simulation = start(&Spec::at(now()));
    let client = Client::new(&simulation, 0).login();
    let made = client.vim("CreatePropertyCollector", COLLECTOR, "");
    let (_, rest) = made.split_once("type=\"PropertyCollector\">").expect("a collector");
    let own = rest.split('<').next().expect("an id").to_owned();
    let collector = ("PropertyCollector", own.as_str());
    filter(&client, &own, "<pathSet>name</pathSet>");
    let first = client.vim("WaitForUpdatesEx", collector, "<version></version>");
    let version = format!("<version>{}</version>", text_of(&first, "version").expect("a version"));
    let ended = thread::scope(|scope| {
        let waiting = scope.spawn(|| client.vim("WaitForUpdatesEx", collector, &version));
        thread::sleep(Duration::from_millis(200));
        client.vim("CancelWaitForUpdates", collector, "");
        waiting.join().expect("an answer")
    });
    assert!(ended.contains("RequestCanceled"), "{ended}");
    assert!(client.vim("DestroyPropertyCollector", collector, "").starts_with("HTTP/1.1 200"));
    assert!(client.vim("DestroyPropertyCollector", COLLECTOR, "").starts_with("HTTP/1.1 500"));
}

#[test]
fn a_filter_that_asks_for_nonsense_is_not_made() {
    let simulation = start(&Spec::at(now()));
    let client = Client::new(&simulation, 0).login();
    let spec = "<spec><propSet><type>HostSystem</type><pathSet>nonsense</pathSet></propSet><objectSet>\
                <obj type=\"HostSystem\">host-10</obj></objectSet></spec>";
    assert!(client.vim("CreateFilter", COLLECTOR, spec).contains("InvalidProperty"));
    let gone = spec.replace("host-10", "host-99").replace("nonsense", "name");
    assert!(client.vim("CreateFilter", COLLECTOR, &gone).contains("ManagedObjectNotFound"));
}
