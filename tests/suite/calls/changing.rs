//! Every changing call by its name, with what it brings about.

use serde_json::{Value, json};
use vitrust::net::vsphere::{Session, calls};
use vitrust::net::{NetError, Secret};
use vitrust::{Certificate, Error, ErrorCode};
use vitrust_factory::{Cert, Key};
use vitrust_simulator::{Fault, HostState, Mishap, PASSWORD, Simulation};

use super::{names, parsed, read, text};
use crate::changes::{seen, spec, start, with};

/// A root and a server certificate below it, as PEM, with the key of the latter.
struct Issued {
    root: String,
    server: String,
    key: String,
}

fn issued() -> Issued {
    let at = spec().at.unix();
    let (begin, end) = (at - 86_400, at + 365 * 86_400);
    let root = Cert::ca("CN=Company Root").validity(begin, end).key(Key::p256(931)).self_signed();
    let server = Cert::end_entity("CN=vc01").dns("vc01.lab.example").validity(begin, end).key(Key::p256(932));
    let server = server.issued_by(&root);
    let pem = |cert: &Cert| Certificate::from_der(cert.der()).expect("DER").to_pem();
    Issued { root: pem(&root), server: pem(&server), key: server.key().pkcs8_pem() }
}

async fn change(session: &Session, call: &str, arguments: &Value, secret: Option<&str>) -> Result<String, Error> {
    let secret = secret.map(|text| Secret::from(text.to_owned()));
    calls::change(session, call, &arguments.to_string(), secret.as_ref()).await
}

async fn done(session: &Session, call: &str, arguments: &Value, secret: Option<&str>) -> Value {
    let answer = change(session, call, arguments, secret).await;
    parsed(answer.unwrap_or_else(|error| panic!("{call} {arguments}: {error}")))
}

/// Makes one of the changes with success, and looks at what it answers.
async fn make(simulation: &Simulation, session: &Session, call: &str) {
    let host = read(session, "hosts", &json!({})).await[0].take();
    let provider = read(session, "storage_providers", &json!({})).await[0].take();
    let (moref, issued) = (text(&host, "moref"), issued());
    let on_host = json!({ "host": moref });
    let on_provider = json!({ "provider": provider["moref"], "wait_seconds": 60 });
    let hosts = json!({ "hosts": [moref] });
    match call {
        "create_trusted_root" => {
            let id = done(session, call, &json!({ "chain": issued.root }), None).await;
            let listed = read(session, "trusted_roots", &json!({})).await;
            assert!(listed.as_array().expect("a list").iter().any(|root| root["id"] == id), "{listed}");
        }
        "delete_trusted_root" => {
            let made = json!({ "chain": [issued.root], "id": "company" });
            assert_eq!(done(session, "create_trusted_root", &made, None).await, "company");
            assert_eq!(done(session, call, &json!({ "id": "company" }), None).await, Value::Null);
        }
        "set_tls" => {
            let given = json!({ "certificate": issued.server, "root": issued.root });
            assert_eq!(done(session, call, &given, Some(&issued.key)).await, Value::Null);
        }
        "tls_signing_request" => {
            let request = json!({ "common_name": "vc01.lab.example", "subject_alternative_names": ["vc.lab.example"] });
            let made = done(session, call, &request, None).await;
            assert!(made.as_str().is_some_and(|text| text.starts_with("-----BEGIN CERTIFICATE REQUEST-----")));
        }
        "renew_tls" => assert_eq!(done(session, call, &json!({ "days": 90 }), None).await, Value::Null),
        "replace_tls_by_vmca" => {
            let request = json!({ "organization": "New", "country": "DE", "key_size": 3072 });
            assert_eq!(done(session, call, &request, None).await, Value::Null);
        }
        "replace_vmca_root" => {
            let before = simulation.trusted_roots(0).len();
            assert_eq!(done(session, call, &json!({ "organization": "New" }), None).await, Value::Null);
            assert_eq!(simulation.trusted_roots(0).len(), before + 1);
        }
        "set_signing_certificate" => {
            let given = json!({ "chain": format!("{}{}", issued.server, issued.root) });
            assert_eq!(done(session, call, &given, Some(&issued.key)).await, Value::Null);
            let set = read(session, "signing_certificates", &json!({})).await;
            assert_eq!(set["active"].as_array().map(Vec::len), Some(2));
        }
        "refresh_signing_certificate" => {
            let made = done(session, call, &json!({ "force": true }), None).await;
            assert_eq!(made, read(session, "signing_certificates", &json!({})).await["active"]);
        }
        "replace_host_ca_certificates" => {
            let given = json!({ "manager": host["certificate_manager"], "certificates": [issued.root],
                "revocation_lists": [] });
            assert_eq!(done(session, call, &given, None).await, Value::Null);
            assert!(simulation.castore(0, 0).contains(issued.root.trim()));
        }
        "refresh_host_ca_certificates" | "refresh_host_certificates" => {
            assert_eq!(done(session, call, &hosts, None).await, Value::Null);
        }
        "disconnect_host" | "reconnect_host" => {
            assert_eq!(done(session, "disconnect_host", &on_host, None).await, Value::Null);
            if call == "reconnect_host" {
                let login = json!({ "host": moref, "user": "root", "port": 443, "wait_seconds": 60 });
                assert_eq!(done(session, call, &login, Some(PASSWORD)).await, Value::Null);
            }
            let wanted = if call == "reconnect_host" { "connected" } else { "disconnected" };
            assert_eq!(read(session, "hosts", &json!({})).await[0]["connection_state"], wanted);
        }
        "register_provider" | "unregister_provider" => {
            let uid = json!({ "uid": provider["uid"] });
            assert_eq!(done(session, "unregister_provider", &uid, None).await, Value::Null);
            if call == "register_provider" {
                let new = json!({ "name": "again", "url": provider["url"], "user": "root", "description": "x" });
                let made = done(session, call, &new, Some("hunter2")).await;
                assert_eq!(read(session, "storage_providers", &json!({})).await[0]["moref"], made);
            }
        }
        "synchronize_provider" => assert_eq!(done(session, call, &on_provider, None).await, Value::Null),
        "reconnect_provider" => {
            simulation.give_up(0, 0);
            assert_eq!(done(session, call, &on_provider, None).await, Value::Null);
            assert_eq!(read(session, "storage_providers", &json!({})).await[0]["status"], "online");
        }
        "refresh_provider_certificate" => {
            simulation.age_host_certificate(0, 0, 20);
            done(session, "synchronize_provider", &on_provider, None).await;
            assert_eq!(done(session, call, &on_provider, None).await, Value::Null);
            let now = read(session, "storage_providers", &json!({})).await[0]["certificate"].take();
            assert_ne!(now, provider["certificate"]);
        }
        "refresh_provider_ca_certificates" => {
            assert_eq!(done(session, call, &json!({ "uids": [provider["uid"]] }), None).await, Value::Null);
        }
        "log_user_event" => {
            done(session, call, &json!({ "message": "root" }), None).await;
            done(session, call, &json!({ "message": "host", "entity": moref }), None).await;
            assert_eq!(simulation.events(0), ["root", "host"]);
        }
        "create_alarm" => {
            let trigger = json!({ "event": "user", "status": "red", "object_type": "HostSystem",
                "comparisons": [{ "attribute": "message", "operator": "startsWith", "value": "bad" }] });
            let other = json!({ "event": { "extended": "com.example.good" }, "status": "green" });
            let alarm = json!({ "name": "Trust", "description": "", "enabled": true, "triggers": [trigger, other] });
            let made = done(session, call, &json!({ "alarm": alarm }), None).await;
            assert!(made.as_str().is_some_and(|text| text.starts_with("Alarm:")), "{made}");
        }
        other => panic!("{other} is tried by nobody"),
    }
}

#[test]
fn every_changing_call_brings_about_what_its_method_does() {
    let all = names(calls::changes());
    assert!(all.len() > 20, "{all:?}");
    for call in all {
        let simulation = start(&spec());
        with(&simulation, async |session| make(&simulation, session, call).await);
    }
}

#[test]
fn a_change_whose_answer_is_lost_stays_unknown_and_is_sent_once() {
    for (call, operation) in [("log_user_event", "LogUserEvent"), ("disconnect_host", "DisconnectHost_Task")] {
        let simulation = start(&spec());
        with(&simulation, async |session| {
            let host = text(&read(session, "hosts", &json!({})).await[0], "moref");
            let given = if call == "log_user_event" { json!({ "message": "x" }) } else { json!({ "host": host }) };
            simulation.inject(Fault::new(Mishap::Truncated).on(operation).times(1));
            let error = change(session, call, &given, None).await.expect_err("the answer is lost");
            assert!(matches!(error, Error::Net(NetError::OutcomeUnknown { .. })), "{call}: {error:?}");
            assert_eq!((error.code(), seen(&simulation, operation)), (ErrorCode::OutcomeUnknown, 1), "{call}");
        });
    }
}

#[test]
fn a_task_that_fails_is_its_fault_and_one_that_takes_too_long_is_unknown() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let host = json!({ "host": read(session, "hosts", &json!({})).await[0]["moref"], "wait_seconds": 1 });
        let hosts = json!({ "hosts": [host["host"]], "wait_seconds": 1 });
        simulation.inject(Fault::new(Mishap::Latency(std::time::Duration::from_secs(600))).on("RetrievePropertiesEx"));
        let late = change(session, "refresh_host_ca_certificates", &hosts, None).await;
        assert!(matches!(late, Err(Error::Net(NetError::OutcomeUnknown { .. }))), "{late:?}");
        simulation.clear_faults();
        simulation.set_host(0, 0, HostState::Maintenance);
        let refused = change(session, "refresh_host_ca_certificates", &hosts, None).await;
        let Err(Error::Net(NetError::Fault(fault))) = refused else { panic!("{refused:?}") };
        assert_eq!(fault.kind, "InvalidState");
    });
}
