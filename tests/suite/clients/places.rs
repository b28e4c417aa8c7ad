//! Where a session connects to: where a probe does, whatever the endpoint looks like.

use std::net::TcpListener;
use std::time::Duration;

use vitrust::net::vsphere::{Session, Target};
use vitrust::net::{Cancel, ConnectTo, Credentials, NetError, ProbeOptions, Secret, ServerTrust, blocking, probe};
use vitrust_simulator::{Simulation, Spec, now};

const ADMINISTRATOR: &str = "administrator@vsphere.local";

fn start() -> Simulation {
    Simulation::start(&Spec::at(now())).expect("the estate starts")
}

/// Where the first vCenter really listens.
fn address(simulation: &Simulation) -> String {
    let rules = simulation.connect();
    let rule = rules.into_iter().find(|(from, _)| from.starts_with("vc01.") && from.ends_with(":443"));
    rule.expect("a rule for the vCenter").1
}

fn target(endpoint: &str, rule: (&str, &str), password: &str, trust: ServerTrust) -> Target {
    let mut connect_to = ConnectTo::default();
    connect_to.insert(rule.0, rule.1).expect("a rule");
    Target {
        endpoint: endpoint.parse().expect("an endpoint"),
        credentials: Credentials::Password {
            user: ADMINISTRATOR.to_owned(),
            password: Secret::from(password.to_owned()),
        },
        trust,
        connect_to,
        timeout: Duration::from_secs(30),
    }
}

async fn open(target: &Target) -> Result<String, NetError> {
    let session = Session::open(target, &Cancel::default()).await?;
    let version = session.about().version.clone();
    let roots = session.trusted_roots().await;
    session.close().await;
    roots.map(|_| version)
}

#[test]
fn a_session_and_a_probe_go_to_the_same_place() {
    let simulation = start();
    let (place, password) = (address(&simulation), simulation.vcenters[0].password.clone());
    // Addresses of documentation: nobody answers there.
    let cases = [
        ("192.0.2.7", "192.0.2.7:443"),
        ("192.0.2.7:8443", "*:8443"),
        ("[2001:db8::7]:443", "[2001:db8::7]:443"),
        ("2001:db8::7", "*:443"),
        ("vc01.lab.example", "vc01.lab.example:443"),
        ("vc01.lab.example:8443", "*.example:8443"),
    ];
    for (endpoint, from) in cases {
        let target = target(endpoint, (from, &place), &password, ServerTrust::Insecure);
        let options = ProbeOptions { connect_to: target.connect_to.clone(), ..ProbeOptions::default() };
        let (probed, opened) = blocking::run(async {
            let probed = probe(&target.endpoint, &options).await;
            let pin = probed.chain.first().map(|one| one.sha256).expect("a chain");
            (probed, open(&Target { trust: ServerTrust::Pinned(vec![pin]), ..target }).await)
        })
        .expect("a runtime");
        assert_eq!(probed.address.map(|address| address.to_string()).as_deref(), Some(place.as_str()), "{endpoint}");
        assert!(opened.is_ok(), "{endpoint}: {opened:?}");
        assert_eq!(simulation.sessions(0), 0, "{endpoint}");
    }
}

#[test]
fn the_certificate_must_be_of_the_address_that_was_asked_for() {
    let simulation = start();
    let vcenter = &simulation.vcenters[0];
    let blocks = vcenter.ca_pem.split_inclusive("-----END CERTIFICATE-----").filter(|block| block.contains("BEGIN"));
    let roots: Vec<_> = blocks.map(|block| vitrust::Certificate::from_pem(block.as_bytes()).expect("PEM")).collect();
    let trust = || ServerTrust::only(roots.clone());
    let place = address(&simulation);
    let opened = |endpoint: &str, from: &str| {
        let target = target(endpoint, (from, &place), &vcenter.password, trust());
        blocking::run(open(&target)).expect("a runtime")
    };
    assert!(opened("vc01.lab.example", "vc01.lab.example:443").is_ok());
    let refused = opened("192.0.2.7", "192.0.2.7:443").expect_err("it has no such address");
    let NetError::Untrusted(refused) = refused else { panic!("{refused}") };
    assert_eq!(refused.server, "192.0.2.7:443");
    assert!(refused.reason.contains("192.0.2.7"), "{refused}");
    assert_eq!(simulation.sessions(0), 0);
}

#[test]
fn a_refused_connection_has_the_same_words_in_both() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").to_string();
    for endpoint in ["vc01.lab.example", "192.0.2.7", closed.as_str()] {
        let from = if endpoint.contains(':') { endpoint.to_owned() } else { format!("{endpoint}:443") };
        let target = target(endpoint, (&from, &closed), "x", ServerTrust::Insecure);
        let options = ProbeOptions { connect_to: target.connect_to.clone(), ..ProbeOptions::default() };
        let (probed, opened) =
            blocking::run(async { (probe(&target.endpoint, &options).await, open(&target).await) }).expect("a runtime");
        let told = probed.failure.expect("a failure").message;
        assert!(told.contains("connection refused"), "{told}");
        assert_eq!(opened.expect_err("nobody listens").to_string(), told);
    }
}
