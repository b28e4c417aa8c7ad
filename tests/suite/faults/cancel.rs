//! Stopping a collection while any of its calls hangs.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use vitrust::net::Cancel;
use vitrust_simulator::{Fault, Mishap, Version};

use super::Lab;
use super::expected::{Role, role};

/// Far less than the deadline, and far more than what a busy machine needs.
const AT_ONCE: Duration = Duration::from_secs(30);

/// The deadline that nobody waits for.
const DEADLINE: Duration = Duration::from_secs(120);

#[test]
fn stopping_in_any_phase_ends_at_once_and_leaves_no_session() {
    let calm = Lab::start(Version::V8_0_1).collect(DEADLINE, &Cancel::default());
    let operations: BTreeSet<String> = calm.calls.into_iter().map(|call| call.operation).collect();
    let mishaps = [Mishap::Latency(DEADLINE), Mishap::SlowDrip(DEADLINE)];
    thread::scope(|scope| {
        for operation in &operations {
            scope.spawn(move || mishaps.into_iter().for_each(|mishap| stop(operation, mishap)));
        }
    });
}

fn stop(operation: &str, mishap: Mishap) {
    let lab = Lab::start(Version::V8_0_1);
    lab.simulation.inject(Fault::new(mishap).on(operation));
    let cancel = Cancel::default();
    let signal = cancel.clone();
    let stopper = thread::spawn(move || {
        // Enough for every collection to come to the call that hangs, on a busy machine too.
        thread::sleep(Duration::from_secs(8));
        signal.cancel();
        Instant::now()
    });
    let run = lab.collect(DEADLINE, &cancel);
    let stopped = stopper.join().expect("the stopper does not panic");
    let after = stopped.elapsed();
    assert!(after < AT_ONCE, "{operation} {mishap:?}: it went on for {after:?}");
    let (role, _) = role(operation);
    let told = run.collected.failures.iter().any(|failure| failure.name == "cancelled");
    assert_eq!(told, !matches!(role, Role::Logout), "{operation} {mishap:?}: {:?}", run.collected.failures);
    // A farewell that hangs was not heard, unless it is only its answer that drips; the key that /api gives drips too.
    let unheard = match (role, mishap) {
        (Role::Logout, Mishap::Latency(_)) => 1,
        (Role::RestLogin, Mishap::SlowDrip(_)) => 1,
        _ => 0,
    };
    assert_eq!(lab.sessions([unheard; 2]), [unheard; 2], "{operation} {mishap:?}: {:?}", run.calls);
}

#[test]
fn a_run_that_is_stopped_before_it_begins_asks_nothing() {
    let lab = Lab::start(Version::V8_0_3);
    let cancel = Cancel::default();
    cancel.cancel();
    let run = lab.collect(DEADLINE, &cancel);
    assert_eq!(run.calls, []);
    assert!(run.collected.failures.iter().all(|failure| failure.name == "cancelled"), "{:?}", run.collected.failures);
    assert_eq!(run.collected.estate.vcenters.len(), 2, "each is named as not reached");
}
