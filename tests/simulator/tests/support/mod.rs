//! What the tests share: an estate at the present time, and clients of it.

pub(crate) mod openssl;
pub(crate) mod rest;
pub(crate) mod soap;

use std::time::Duration;

use vitrust::Certificate;
use vitrust::net::vsphere::{Session, Target};
use vitrust::net::{Cancel, ConnectTo, Credentials, NetError, Secret, ServerTrust};
pub(crate) use vitrust_simulator::now;
use vitrust_simulator::{Simulation, Spec};

/// A running estate.
pub(crate) fn start(spec: &Spec) -> Simulation {
    Simulation::start(spec).expect("the estate starts")
}

/// Every certificate of a PEM text.
pub(crate) fn certificates(pem: &str) -> Vec<Certificate> {
    let blocks = pem.split_inclusive("-----END CERTIFICATE-----").filter(|block| block.contains("BEGIN"));
    blocks.map(|block| Certificate::from_pem(block.as_bytes()).expect("PEM")).collect()
}

/// One vCenter as the clients take it.
pub(crate) fn target(simulation: &Simulation, index: usize, user: &str) -> Target {
    let vcenter = &simulation.vcenters[index];
    let mut connect_to = ConnectTo::default();
    for (from, to) in simulation.connect() {
        connect_to.insert(&from, &to).expect("a rule");
    }
    Target {
        endpoint: vcenter.url.parse().expect("an endpoint"),
        credentials: Credentials::Password { user: user.to_owned(), password: Secret::from(vcenter.password.clone()) },
        trust: ServerTrust::only(certificates(&vcenter.ca_pem)),
        connect_to,
        timeout: Duration::from_secs(10),
    }
}

/// A session with one vCenter.
pub(crate) async fn open(simulation: &Simulation, index: usize, user: &str) -> Result<Session, NetError> {
    Session::open(&target(simulation, index, user), &Cancel::default()).await
}
