//! Faults on demand, as the project's own clients see them: the right error, in time, and no session left.

use std::time::{Duration, Instant};

use crate::support::{now, open, start, target};
use vitrust::net::vsphere::Session;
use vitrust::net::{Cancel, NetError, blocking};
use vitrust_simulator::{Fault, Mishap, Simulation, Spec, Version};

const ADMINISTRATOR: &str = "administrator@vsphere.local";

/// Whether an error is the right one.
type Expected = fn(&NetError) -> bool;

/// What a session makes of its reads while a fault is in force; the session is closed without it.
fn reading(simulation: &Simulation, fault: Fault) -> [Result<usize, NetError>; 3] {
    let outcome = blocking::run(async {
        let mut target = target(simulation, 0, ADMINISTRATOR);
        target.timeout = Duration::from_secs(1);
        let session = Session::open(&target, &Cancel::default()).await.expect("a session");
        simulation.inject(fault);
        let outcome = [
            session.trusted_roots().await.map(|roots| roots.len()),
            session.hosts().await.map(|hosts| hosts.len()),
            session.storage_providers().await.map(|providers| providers.len()),
        ];
        simulation.clear_faults();
        session.close().await;
        outcome
    });
    outcome.expect("a runtime")
}

#[test]
fn an_answer_that_is_broken_is_an_error_of_the_right_kind() {
    for version in [Version::V8_0_1, Version::V8_0_3] {
        let simulation = start(&Spec { version, ..Spec::at(now()) });
        let cases: [(Mishap, Expected); 5] = [
            (Mishap::Unavailable, |error| matches!(error, NetError::Unavailable { status: 503, .. })),
            (Mishap::Html, |error| matches!(error, NetError::Response { .. })),
            (Mishap::Truncated, |error| matches!(error, NetError::Response { .. } | NetError::Connect { .. })),
            (Mishap::Oversized(100 << 20), |error| matches!(error, NetError::TooLarge { .. })),
            (Mishap::SlowDrip(Duration::from_millis(100)), |error| matches!(error, NetError::Timeout { .. })),
        ];
        for (mishap, expected) in cases {
            let began = Instant::now();
            for outcome in reading(&simulation, Fault::new(mishap)) {
                let error = outcome.expect_err("the answer is broken");
                assert!(expected(&error), "{version} {mishap:?}: {error:?}");
                assert!(!format!("{error} {error:?}").contains(vitrust_simulator::PASSWORD), "{mishap:?}");
            }
            assert!(began.elapsed() < Duration::from_secs(30), "{mishap:?}: {:?}", began.elapsed());
            assert_eq!(simulation.sessions(0), 0, "{version} {mishap:?}");
        }
    }
}

#[test]
fn what_only_looks_odd_is_read() {
    let simulation = start(&Spec::at(now()));
    for mishap in [Mishap::Latency(Duration::from_millis(50)), Mishap::WrongContentType] {
        for outcome in reading(&simulation, Fault::new(mishap)) {
            assert_eq!(outcome, Ok(1), "{mishap:?}");
        }
    }
    assert_eq!(simulation.sessions(0), 0);
}

#[test]
fn a_window_of_503_is_waited_out() {
    let simulation = start(&Spec::at(now()));
    let fault = Fault::new(Mishap::Unavailable).on("GET /api/vcenter").times(2);
    assert_eq!(reading(&simulation, fault)[0], Ok(1));
    let statuses: Vec<u16> = simulation.log().iter().map(|request| request.status).filter(|s| *s == 503).collect();
    assert_eq!(statuses, [503, 503]);
}

#[test]
fn a_session_that_ended_is_renewed_once() {
    let simulation = start(&Spec { version: Version::V8_0_1, ..Spec::at(now()) });
    for (operation, read) in [("trusted-root-chains", 0), ("CreateContainerView", 1), ("QueryStorageManager", 2)] {
        for mishap in [Mishap::SessionExpired, Mishap::Unauthorized] {
            let outcome = reading(&simulation, Fault::new(mishap).on(operation).times(1));
            assert_eq!(outcome[read], Ok(1), "{operation} {mishap:?}: {outcome:?}");
        }
    }
    let always = reading(&simulation, Fault::new(Mishap::Unauthorized).on("CreateContainerView"));
    assert!(matches!(always[1], Err(NetError::Unauthenticated { .. })), "{always:?}");
}

#[test]
fn a_fault_strikes_where_and_when_it_is_told_to() {
    let simulation = start(&Spec { vcenters: 2, ..Spec::at(now()) });
    simulation.inject(Fault::new(Mishap::Html).at(1));
    let opened = |vcenter| blocking::run(open(&simulation, vcenter, ADMINISTRATOR)).expect("a runtime");
    let Ok(first) = opened(0) else { panic!("the first vCenter is well") };
    assert!(matches!(opened(1).map(drop), Err(NetError::Response { .. })));
    blocking::run(first.close()).expect("a runtime");
    simulation.clear_faults();
    // The first host is read, the second is not.
    simulation.inject(Fault::new(Mishap::Unavailable).on("Login").after(1));
    let Ok(second) = opened(1) else { panic!("the first login is spared") };
    assert!(matches!(opened(1).map(drop), Err(NetError::Unavailable { .. })));
    blocking::run(second.close()).expect("a runtime");
}

#[test]
fn a_task_fails_when_it_is_told_to_and_changes_nothing() {
    let simulation = start(&Spec::at(now()));
    let client = crate::support::soap::Client::new(&simulation, 0).login();
    simulation.inject(Fault::new(Mishap::TaskError).times(2));
    let before = simulation.castore(0, 0);
    let info = client.refresh(&["host-10"]);
    assert!(info.contains(">error<") && info.contains("xsi:type=\"SystemError\""), "{info}");
    assert_eq!(simulation.castore(0, 0), before);
}
