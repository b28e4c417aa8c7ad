//! The ways to another Machine SSL certificate, and what each of them does to the estate.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use vitrust::Certificate;
use vitrust_factory::{Key, vsphere};
use vitrust_simulator::{Simulation, Spec, USER, Version};

use crate::support::openssl::run;
use crate::support::rest::{send, session};
use crate::support::{now, start};

const BASE: &str = "/api/vcenter/certificate-management/vcenter";

/// The certificate a vCenter presents.
fn presented(simulation: &Simulation) -> Certificate {
    let options = vitrust::net::ProbeOptions {
        connect_to: crate::support::target(simulation, 0, USER).connect_to,
        ..vitrust::net::ProbeOptions::default()
    };
    let endpoint = "vc01.lab.example".parse().expect("an endpoint");
    let probe = vitrust::net::blocking::run(vitrust::net::probe(&endpoint, &options)).expect("a runtime");
    Certificate::from_pem(probe.chain[0].pem.as_bytes()).expect("a certificate")
}

/// A session as soon as the services are back.
fn session_again(simulation: &Simulation) -> String {
    let began = Instant::now();
    while send(simulation, "GET", "/api/session", "", "").0 == 503 {
        assert!(began.elapsed() < Duration::from_secs(10), "the services do not come back");
        sleep(Duration::from_millis(20));
    }
    session(simulation, "/api/session", USER)
}

fn put(simulation: &Simulation, header: &str, body: &Value) -> (u16, String) {
    send(simulation, "PUT", &format!("{BASE}/tls"), header, &body.to_string())
}

#[test]
fn a_certificate_for_a_request_is_taken_and_the_services_start_again() {
    let simulation = start(&Spec::at(now()));
    let header = session(&simulation, "/api/session", USER);
    let wanted = json!({ "organization": "Example, Inc.", "subject_alt_name": ["vc01.lab.example", "10.0.0.1"] });
    let (status, body) = send(&simulation, "POST", &format!("{BASE}/tls-csr"), &header, &wanted.to_string());
    assert_eq!(status, 201, "{body}");
    let answer: Value = serde_json::from_str(&body).expect("JSON");
    let csr = answer["csr"].as_str().expect("PEM");
    let text = run(&["req", "-noout", "-verify", "-text"], csr);
    assert!(text.contains("Example, Inc.") && text.contains("IP Address:10.0.0.1"), "{text}");
    // A CA of another house signs the request.
    let root = vsphere::vmca_root_builder("ca.example", 0).key(Key::p256(77)).validity("2020-01-01", "2045-01-01");
    let root = root.self_signed();
    let public = run(&["req", "-noout", "-pubkey"], csr);
    let spki = vitrust::pem::sections(public.as_bytes()).next().expect("a block").expect("PEM").decode().expect("DER");
    let builder = vsphere::machine_ssl_builder("vc01.lab.example", 0).key(Key::p256(78).with_spki(&spki));
    let issued = builder.validity(now().plus_days(-1).unix(), now().plus_days(300).unix()).issued_by(&root);
    let (status, body) = put(&simulation, &header, &json!({ "cert": issued.pem() }));
    assert!(status == 500 && body.contains("trusted root"), "{status} {body}");
    let (status, body) = put(&simulation, &header, &json!({ "cert": issued.pem(), "root_cert": root.pem() }));
    assert_eq!((status, body.as_str()), (204, ""));
    assert_eq!(simulation.sessions(0), 0, "nobody stays logged in");
    assert_eq!(send(&simulation, "GET", &format!("{BASE}/tls"), &header, "").0, 503);
    assert_eq!(presented(&simulation).der(), issued.der());
    assert_eq!(simulation.trusted_roots(0).len(), 2);
    let header = session_again(&simulation);
    let (status, body) = put(&simulation, &header, &json!({ "cert": issued.pem() }));
    assert!(status == 400 && body.contains("ALREADY_EXISTS"), "{status} {body}");
}

#[test]
fn a_certificate_comes_with_its_own_key_or_not_at_all() {
    let simulation = start(&Spec::at(now()));
    let header = session(&simulation, "/api/session", USER);
    let root = vsphere::vmca_root_builder("ca.example", 0).key(Key::p256(77)).validity("2020-01-01", "2045-01-01");
    let root = root.self_signed();
    let builder = vsphere::machine_ssl_builder("vc01.lab.example", 0).key(Key::p256(79));
    let issued = builder.validity(now().plus_days(-1).unix(), now().plus_days(300).unix()).issued_by(&root);
    assert_eq!(put(&simulation, &header, &json!({ "cert": issued.pem() })).0, 404, "no key of it is here");
    let other = Key::p256(80).pkcs8_pem();
    let wrong = json!({ "cert": issued.pem(), "key": other, "root_cert": root.pem() });
    assert_eq!(put(&simulation, &header, &wrong).0, 400);
    assert_eq!(put(&simulation, &header, &json!({ "key": other })).0, 400);
    assert_eq!(put(&simulation, &header, &json!({ "spec": { "cert": issued.pem() } })).0, 400);
    assert_eq!(simulation.trusted_roots(0).len(), 1, "what was refused left nothing behind");
    let key = issued.key().pkcs8_pem();
    let whole = json!({ "cert": issued.pem(), "key": key, "root_cert": root.pem() });
    assert_eq!(put(&simulation, &header, &whole).0, 204);
    assert_eq!(presented(&simulation).der(), issued.der());
}

#[test]
fn vmca_issues_again_for_the_days_that_are_asked_for() {
    for (version, base, login) in [
        (Version::V8_0_3, BASE, "/api/session"),
        (Version::V7_0, "/rest/vcenter/certificate-management/vcenter", "/rest/com/vmware/cis/session"),
    ] {
        let simulation = start(&Spec { version, restart: Duration::ZERO, ..Spec::at(now()) });
        let header = session(&simulation, login, USER);
        let before = presented(&simulation);
        let (query, done) = if base == BASE { ("?action=renew", 204) } else { ("?~action=renew", 200) };
        let renew = |days: i64, header: &str| {
            let body = json!({ "duration": days }).to_string();
            send(&simulation, "POST", &format!("{base}/tls{query}"), header, &body).0
        };
        assert_eq!(renew(731, &header), 400);
        assert_eq!(renew(90, &header), done, "{version}");
        let after = presented(&simulation);
        assert_ne!(before, after);
        assert!((89..=90).contains(&now().days_until(after.not_after())), "{}", after.not_after());
        let header = session(&simulation, login, USER);
        let replaced = send(&simulation, "POST", &format!("{base}/tls?action=replace-vmca-signed"), &header, "{}").0;
        assert_eq!(replaced, done);
        assert_ne!(presented(&simulation), after);
    }
}

#[test]
fn another_vmca_root_stands_beside_the_first_and_hosts_keep_theirs() {
    let simulation = start(&Spec { restart: Duration::ZERO, ..Spec::at(now()) });
    let header = session(&simulation, "/api/session", USER);
    let before = presented(&simulation);
    assert_eq!(send(&simulation, "POST", &format!("{BASE}/vmca-root"), &header, "").0, 204);
    let after = presented(&simulation);
    assert_eq!(before.issuer(), after.issuer(), "the same name");
    let roots = simulation.trusted_roots(0);
    assert_eq!(roots.len(), 2);
    let issued_by = |root: &&Certificate| root.subject_key_id() == after.authority_key_id();
    let new = roots.iter().find(issued_by).expect("the new root is published");
    assert!(!simulation.castore(0, 0).contains(&new.to_pem()), "no host was told");
    assert!(simulation.ca_pem(0).contains(&new.to_pem()) && !simulation.vcenters[0].ca_pem.contains(&new.to_pem()));
}

#[test]
fn the_token_signing_certificate_is_refreshed_and_replaced() {
    let simulation = start(&Spec::at(now()));
    let header = session(&simulation, "/api/session", USER);
    let path = format!("{BASE}/signing-certificate");
    let read = || -> Value { serde_json::from_str(&send(&simulation, "GET", &path, &header, "").1).expect("JSON") };
    let first = read();
    let (status, body) = send(&simulation, "POST", &format!("{path}?action=refresh"), &header, r#"{"force":true}"#);
    assert_eq!(status, 200, "{body}");
    let second = read();
    assert_ne!(first["active_cert_chain"], second["active_cert_chain"]);
    assert_eq!(second["signing_cert_chains"].as_array().map(Vec::len), Some(2));
    let own = vsphere::machine_ssl_builder("sts.example", 0).key(Key::p256(81)).self_signed();
    let given = json!({ "signing_cert_chain": { "cert_chain": [own.pem()] }, "private_key": own.key().pkcs8_pem() });
    assert_eq!(send(&simulation, "PUT", &path, &header, &given.to_string()).0, 204);
    assert_eq!(read()["active_cert_chain"]["cert_chain"][0], own.pem());
}
