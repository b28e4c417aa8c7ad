//! Every mishap on every call of a collection, once and always.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use vitrust::net::Cancel;
use vitrust_simulator::{Fault, Mishap, Version};

use super::expected::{MISHAPS, code, role, stranded};
use super::secrets::Wanted;
use super::{Lab, Run, facts};

/// Collections at a time: nearly all of them wait for something.
const AT_ONCE: usize = 40;

/// One fault to try.
#[derive(Debug, Clone)]
struct Case {
    version: Version,
    operation: String,
    mishap: Mishap,
    always: bool,
}

impl Case {
    /// Only where the deadline is what is tried is it short: anything else may take its time on a busy machine.
    fn deadline(&self) -> Duration {
        let slow = matches!(self.mishap, Mishap::Latency(_) | Mishap::SlowDrip(_));
        Duration::from_secs(if slow { 5 } else { 60 })
    }

    fn fault(&self) -> Fault {
        let fault = Fault::new(self.mishap).at(0).on(&self.operation);
        if self.always { fault } else { fault.times(1) }
    }
}

/// A run without any fault.
struct Calm {
    lab: Lab,
    run: Run,
    wanted: Wanted,
}

impl Calm {
    fn start(version: Version) -> Self {
        let lab = Lab::start(version);
        let wanted = Wanted::of(&lab);
        let run = lab.collect(Duration::from_secs(60), &Cancel::default());
        assert_eq!(run.collected.failures, [], "{version}");
        assert_eq!(lab.sessions([0, 0]), [0, 0], "{version}");
        wanted.assert_absent(&run.shown, &version);
        Self { lab, run, wanted }
    }

    /// The calls to the first vCenter, each once, in the order made.
    fn operations(&self) -> Vec<String> {
        let calls = self.run.calls.iter().filter(|call| call.vcenter == 0);
        let mut seen = BTreeSet::new();
        calls.filter(|call| seen.insert(call.operation.clone())).map(|call| call.operation.clone()).collect()
    }
}

#[test]
fn every_mishap_on_every_call_is_cured_or_told_and_costs_nothing_else() {
    let mut cases = Vec::new();
    let mut known = BTreeSet::new();
    // Calls that an older version shares with a newer are tried in the newer.
    for version in [Version::V8_0_3, Version::V8_0_1, Version::V7_0, Version::V6_7] {
        for operation in Calm::start(version).operations() {
            if !known.insert(operation.clone()) {
                continue;
            }
            for (mishap, always) in MISHAPS.into_iter().flat_map(|mishap| [(mishap, false), (mishap, true)]) {
                cases.push(Case { version, operation: operation.clone(), mishap, always });
            }
        }
    }
    assert!(known.len() > 15, "{known:?}");
    // Those that wait longest begin first.
    cases.sort_by_key(|case| std::cmp::Reverse(matches!(case.mishap, Mishap::Latency(_) | Mishap::SlowDrip(_))));
    let cases = Mutex::new(cases.into_iter());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                let mut labs = BTreeMap::new();
                while let Some(case) = { cases.lock().expect("no panic").next() } {
                    let calm = labs.entry(case.version.to_string()).or_insert_with(|| Calm::start(case.version));
                    attempt(calm, &case);
                }
            });
        }
    });
}

/// Collects once with the fault in force and once more without, so that nothing of it is left.
fn attempt(calm: &mut Calm, case: &Case) {
    calm.lab.simulation.inject(case.fault());
    let run = calm.lab.collect(case.deadline(), &Cancel::default());
    calm.lab.clear();
    assert!(run.calls.iter().any(|call| call.operation.contains(&case.operation)) || run.took >= case.deadline());
    check_failures(case, &run);
    check_rest(case, &calm.run, &run);
    calm.wanted.assert_absent(&run.shown, case);
    // At most three calls in a row wait for their deadline: the call, another of its kind, and a farewell.
    assert!(run.took < case.deadline() * 3 + Duration::from_secs(90), "{case:?} took {:?}", run.took);
    let left = stranded(&case.operation, case.mishap, case.always);
    assert_eq!(calm.lab.sessions([left, 0]), [left, 0], "{case:?}: {:?}", run.calls);
    if left > 0 {
        // The server ends it by itself, some time; here there is a new one.
        *calm = Calm::start(case.version);
    }
}

/// The failures name the right thing with the right code, and nothing else.
fn check_failures(case: &Case, run: &Run) {
    let failures = &run.collected.failures;
    let (role, object) = role(&case.operation);
    let Some(code) = code(role, case.mishap, case.always) else {
        // Two views are destroyed. Where the session ends with each, what is asked meanwhile may meet both ends.
        let ends_twice = case.operation == "DestroyView" && case.always && case.mishap == Mishap::SessionExpired;
        let cured = failures.is_empty() || ends_twice && failures.iter().all(|one| one.name == "unauthenticated");
        assert!(cured, "{case:?}: {failures:?}: {:?}", run.calls);
        return;
    };
    assert!(!failures.is_empty(), "{case:?} was not told: {:?}", run.calls);
    for failure in failures {
        assert_eq!(
            (failure.vcenter.as_str(), failure.name),
            ("vc01.lab.example", code.name()),
            "{case:?}: {failure:?}"
        );
        let right = object.split('|').any(|object| match object.strip_suffix('*') {
            Some(start) => failure.object.starts_with(start),
            None => failure.object == object,
        });
        // A session that ends again and again takes with it what is asked at the same time.
        let besides = case.always && case.mishap == Mishap::SessionExpired;
        assert!(right || besides, "{case:?}: {failure:?}");
        let place = format!("vc01.lab.example: {}", failure.object);
        let kept =
            run.collected.estate.unreadable.iter().any(|one| one.place.source.as_deref() == Some(place.as_str()));
        assert!(kept, "{case:?}: the estate does not say so");
    }
}

/// Everything that is not said to be missing is there, as without the fault.
fn check_rest(case: &Case, calm: &Run, run: &Run) {
    let of = |run: &Run, vcenter: usize| facts(&run.collected.estate.vcenters[vcenter]);
    assert_eq!(of(run, 1), of(calm, 1), "{case:?}: the other vCenter");
    let there = of(run, 0);
    for (what, value) in of(calm, 0) {
        let lost = |object: &str| match object {
            // Everything but what a probe without a login shows.
            "session" => what != "port 443",
            // A datastore cannot be judged without the providers that serve it.
            "storage providers" => what.starts_with("storage provider ") || what == "datastores",
            "hosts" => what.starts_with("host "),
            provider if provider.starts_with("storage provider ") => {
                what.starts_with("storage provider ") || what == "datastores"
            }
            // Without the one nobody asks for the other.
            store if store.ends_with(": castore") => {
                what == store || what == store.replace(": castore", ": CRLs of castore")
            }
            object => what == object,
        };
        match there.get(&what) {
            Some(found) => assert_eq!(found, &value, "{case:?}: {what}"),
            None => assert!(
                run.collected.failures.iter().any(|failure| lost(&failure.object)),
                "{case:?}: {what} is missing, and nothing says so"
            ),
        }
    }
}
