//! What is kept when a part cannot be had.

use std::time::{Duration, Instant};

use vitrust_simulator::{Fault, Mishap, Spec, Version};

use super::{failures, gather, inventory, now, run, start};

#[test]
fn crls_that_cannot_be_had_cost_nothing_of_the_certificates() {
    let simulation = start(&Spec::at(now()));
    simulation.inject(Fault::new(Mishap::Html).on("ListCACertificateRevocationLists"));
    let collected = gather(&simulation);
    assert_eq!(failures(&collected), [("host esx01.vc01.lab.example: CRLs of castore", "response")]);
    let castore = collected.estate.vcenters[0].hosts[0].castore.as_ref().expect("a castore");
    assert!(!castore.certificates.is_empty());
}

#[test]
fn roots_come_from_the_archive_where_rest_is_down() {
    let simulation = start(&Spec { version: Version::V8_0_1, ..Spec::at(now()) });
    simulation.inject(Fault::new(Mishap::Unavailable).on("POST /api/session"));
    let collected = gather(&simulation);
    let told = failures(&collected);
    assert_eq!(told, [("trusted roots", "unavailable"), ("STS signing chain", "unavailable")]);
    let vcenter = &collected.estate.vcenters[0];
    assert_eq!(vcenter.trusted_roots.as_ref().map(|roots| roots.certificates.len()), Some(1));
    assert_eq!((vcenter.hosts.len(), vcenter.storage_providers.len()), (1, 1), "vim25 and SMS answer on");
    assert_eq!(simulation.sessions(0), 0);
}

#[test]
fn a_vcenter_that_is_not_there_is_told_once_and_delays_nobody() {
    let simulation = start(&Spec { vcenters: 2, ..Spec::at(now()) });
    let (mut inventory, _folder) = inventory(&simulation);
    // Nothing listens there: the port was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    inventory.vcenters[0].target.endpoint = free.to_string().parse().expect("an endpoint");
    inventory.vcenters[0].sms_file = None;
    let began = Instant::now();
    let collected = run(&inventory);
    assert_eq!(failures(&collected), [("session", "connect")]);
    assert!(began.elapsed() < Duration::from_secs(60), "it does not hang");
    assert_eq!(collected.estate.vcenters.len(), 2, "it is in the estate, with nothing known");
    assert_eq!(collected.estate.vcenters[1].hosts.len(), 1);
}

#[test]
fn what_is_missing_stands_in_the_estate_too() {
    let simulation = start(&Spec::at(now()));
    simulation.inject(Fault::new(Mishap::Html).on("QueryProvider"));
    let collected = gather(&simulation);
    assert_eq!(failures(&collected), [("storage providers", "response")]);
    let unreadable = &collected.estate.unreadable;
    assert_eq!(unreadable.len(), 1);
    assert_eq!(unreadable[0].place.source.as_deref(), Some("vc01.lab.example: storage providers"));
}
