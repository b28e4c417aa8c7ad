//! Collections that do not come to their end: cancelled, dropped, or stopped by a defect.

use std::time::{Duration, Instant};

use vitrust::net::{Cancel, blocking, collect};
use vitrust_simulator::{Fault, Mishap, Simulation, Spec};

use super::{failures, inventory, now, start};

/// So late that it is not answered while a test runs.
const NEVER: Mishap = Mishap::Latency(Duration::from_secs(600));

/// Whether this comes true in a time that no machine needs.
fn soon(holds: impl Fn() -> bool) -> bool {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(60) {
        if holds() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

fn all_closed(simulation: &Simulation) -> bool {
    (0..simulation.vcenters.len()).all(|index| simulation.sessions(index) == 0)
}

#[test]
fn a_run_that_is_dropped_closes_its_sessions() {
    let simulation = start(&Spec { vcenters: 2, ..Spec::at(now()) });
    simulation.inject(Fault::new(NEVER).on("QueryOptions"));
    let (inventory, _folder) = inventory(&simulation);
    let runtime = blocking::runtime().expect("a runtime");
    let running = runtime.spawn(async move { collect(&inventory, &Cancel::default(), |_| ()).await.failures.len() });
    // Whoever asks for something has read the answer to its login: one that is on its way may leave a session.
    let asks = |vcenter| {
        let log = simulation.log();
        log.iter().any(|call| call.vcenter == vcenter && call.operation == "CreateContainerView")
    };
    assert!(soon(|| (0..2).all(asks)), "it logs in, and asks");
    running.abort();
    assert!(soon(|| all_closed(&simulation)), "the sessions are closed");
}

#[test]
fn a_defect_costs_the_vcenter_it_met_and_no_other() {
    let simulation = start(&Spec { vcenters: 2, ..Spec::at(now()) });
    let (inventory, _folder) = inventory(&simulation);
    let defect = |progress: vitrust::net::CollectProgress| {
        assert!(progress.server != "vc01.lab.example", "a callback that does not work");
    };
    let collected = blocking::run(collect(&inventory, &Cancel::default(), defect)).expect("a runtime");
    assert_eq!(failures(&collected), [("everything", "panic")]);
    let hosts: Vec<usize> = collected.estate.vcenters.iter().map(|vcenter| vcenter.hosts.len()).collect();
    assert_eq!(hosts, [0, 1]);
    assert!(soon(|| all_closed(&simulation)));
}

#[test]
fn a_defect_costs_the_host_it_met_and_no_other() {
    let simulation = start(&Spec { hosts_per_vcenter: 3, ..Spec::at(now()) });
    let (inventory, _folder) = inventory(&simulation);
    let defect = |progress: vitrust::net::CollectProgress| {
        assert!(progress.server != "esx02.vc01.lab.example", "a callback that does not work");
    };
    let collected = blocking::run(collect(&inventory, &Cancel::default(), defect)).expect("a runtime");
    assert_eq!(failures(&collected), [("host esx02.vc01.lab.example: everything else", "panic")]);
    let known: Vec<bool> = collected.estate.vcenters[0].hosts.iter().map(|host| host.castore.is_some()).collect();
    assert_eq!(known, [true, false, true], "the host is there by its name");
    assert!(all_closed(&simulation));
}

#[test]
fn hosts_that_were_not_reached_are_there_by_their_names() {
    let simulation = start(&Spec { hosts_per_vcenter: 3, ..Spec::at(now()) });
    simulation.inject(Fault::new(NEVER).on("ListCACertificates"));
    let (inventory, _folder) = inventory(&simulation);
    let cancel = Cancel::default();
    let stop = cancel.clone();
    let asked = || simulation.log().iter().any(|request| request.operation.contains("RetrieveProperties"));
    let collected = std::thread::scope(|scope| {
        scope.spawn(|| {
            assert!(soon(asked), "it lists the hosts");
            // Time to read the list, and to ask the hosts.
            std::thread::sleep(Duration::from_millis(500));
            stop.cancel();
        });
        blocking::run(collect(&inventory, &cancel, |_| ())).expect("a runtime")
    });
    let names: Vec<&str> = collected.estate.vcenters[0].hosts.iter().map(|host| &*host.name).collect();
    assert_eq!(names, ["esx01.vc01.lab.example", "esx02.vc01.lab.example", "esx03.vc01.lab.example"]);
    assert!(failures(&collected).iter().all(|(_, name)| *name == "cancelled"), "{:?}", collected.failures);
    assert!(all_closed(&simulation));
}
