//! Every call that changes something, against the simulated estate: what it brings about, and what becomes of it when its
//! answer is lost.

mod connection;
mod hosts;
mod lost;
mod providers;
mod reading;
mod roots;
mod service;
mod tasks;

use std::time::Duration;

use vitrust::Certificate;
use vitrust::net::vsphere::changes::{Changes, Task};
use vitrust::net::vsphere::{HostRecord, Moref, Session, Target};
use vitrust::net::{Cancel, ConnectTo, Credentials, NetError, Secret, ServerTrust, blocking};
use vitrust_simulator::{Simulation, Spec, now};

/// Who may do everything.
pub(crate) const ADMINISTRATOR: &str = "administrator@vsphere.local";

/// How long a task may take.
const LONG: Duration = Duration::from_secs(60);

/// The estate at the present, since clients judge by their own clocks.
pub(crate) fn spec() -> Spec {
    Spec::at(now())
}

pub(crate) fn start(spec: &Spec) -> Simulation {
    Simulation::start(spec).expect("the estate starts")
}

pub(crate) fn target(simulation: &Simulation, user: &str) -> Target {
    let vcenter = &simulation.vcenters[0];
    let mut connect_to = ConnectTo::default();
    for (from, to) in simulation.connect() {
        connect_to.insert(&from, &to).expect("a rule");
    }
    Target {
        endpoint: vcenter.url.parse().expect("an endpoint"),
        credentials: Credentials::Password { user: user.to_owned(), password: Secret::from(vcenter.password.clone()) },
        trust: ServerTrust::only(certificates(&vcenter.ca_pem)),
        connect_to,
        timeout: Duration::from_secs(30),
    }
}

/// Every certificate of a PEM text.
pub(crate) fn certificates(pem: &str) -> Vec<Certificate> {
    let blocks = pem.split_inclusive("-----END CERTIFICATE-----").filter(|block| block.contains("BEGIN"));
    blocks.map(|block| Certificate::from_pem(block.as_bytes()).expect("PEM")).collect()
}

/// Does `work` in a session of the administrator, after which none is left open.
pub(crate) fn with<T>(simulation: &Simulation, work: impl AsyncFnOnce(&Session) -> T) -> T {
    with_target(simulation, &target(simulation, ADMINISTRATOR), work)
}

fn with_target<T>(simulation: &Simulation, target: &Target, work: impl AsyncFnOnce(&Session) -> T) -> T {
    let done = blocking::run(async {
        let session = Session::open(target, &Cancel::default()).await.expect("a session");
        let done = work(&session).await;
        simulation.clear_faults();
        session.close().await;
        done
    });
    assert_eq!(simulation.sessions(0), 0, "every session is closed");
    done.expect("a runtime")
}

/// Waits for a task that must finish.
async fn done(changes: Changes<'_>, task: Result<Task, NetError>) -> Option<Moref> {
    let task = task.expect("a task");
    changes.wait(&task, LONG, |_| ()).await.unwrap_or_else(|error| panic!("{task}: {error}"))
}

/// The first host.
async fn host(session: &Session) -> HostRecord {
    session.hosts().await.expect("hosts").remove(0)
}

/// How many calls of this name the server has seen.
pub(crate) fn seen(simulation: &Simulation, operation: &str) -> usize {
    simulation.log().iter().filter(|request| request.operation.contains(operation)).count()
}

/// The type of a fault.
fn kind<T: std::fmt::Debug>(outcome: Result<T, NetError>) -> String {
    match outcome {
        Err(NetError::Fault(fault)) => fault.kind,
        other => panic!("no fault: {other:?}"),
    }
}
