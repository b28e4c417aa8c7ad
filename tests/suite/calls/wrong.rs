//! What is wrong about a call, found before anything is sent.

use serde_json::{Value, json};
use vitrust::net::vsphere::calls;
use vitrust::net::{Secret, vsphere::Session};

use super::{at_fault, names};
use crate::changes::{spec, start, with};

/// Makes a call that must be refused; the argument at fault and the words.
async fn refused(session: &Session, call: &calls::Call, writes: bool, given: &Value) -> (String, String) {
    let secret = Some(Secret::from("hunter2".to_owned())).filter(|_| !call.secret.is_empty());
    at_fault(match writes {
        true => calls::change(session, call.name, &given.to_string(), secret.as_ref()).await,
        false => calls::read(session, call.name, &given.to_string()).await,
    })
}

#[test]
fn every_wrong_argument_of_every_call_is_named_and_nothing_is_sent() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let before = simulation.log().len();
        let all = calls::reads().map(|call| (call, false)).chain(calls::changes().map(|call| (call, true)));
        for (call, writes) in all {
            let arguments = call.arguments();
            let (at, words) = refused(session, call, writes, &json!({ "bogus": "hunter2" })).await;
            assert_eq!(at, "arguments.bogus", "{}: {words}", call.name);
            assert!(words.starts_with(call.name) && !words.contains("hunter2"), "{words}");
            let (at, words) = refused(session, call, writes, &json!("hunter2")).await;
            assert_eq!(at, "arguments", "{}: {words}", call.name);
            for argument in &arguments {
                assert!(!argument.summary.is_empty() && !argument.kind.is_empty(), "{} {argument:?}", call.name);
                let key = format!("arguments.{}", argument.name);
                // No argument is a list of empty lists.
                let (at, words) = refused(session, call, writes, &json!({ argument.name.clone(): [[]] })).await;
                assert!(at.starts_with(&key), "{}: {at}: {words}", call.name);
            }
            if let Some(first) = arguments.iter().find(|argument| argument.required) {
                let (at, words) = refused(session, call, writes, &json!({})).await;
                let required = arguments.iter().any(|one| one.required && at == format!("arguments.{}", one.name));
                assert!(required, "{}: {} is missing: {at}: {words}", call.name, first.name);
            }
        }
        assert_eq!(simulation.log().len(), before, "nothing was sent");
    });
}

#[test]
fn values_that_mean_nothing_are_refused_and_not_repeated() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let before = simulation.log().len();
        for (call, given, at) in [
            ("disconnect_host", json!({ "host": "hunter2" }), "arguments.host"),
            ("disconnect_host", json!({ "host": "<a>:hunter2" }), "arguments.host"),
            ("disconnect_host", json!({ "host": "HostSystem:" }), "arguments.host"),
            ("disconnect_host", json!({ "host": "HostSystem:a\nb" }), "arguments.host"),
            ("disconnect_host", json!({ "host": "HostSystem:h", "wait_seconds": 0 }), "arguments.wait_seconds"),
            ("disconnect_host", json!({ "host": "HostSystem:h", "wait_seconds": 86401 }), "arguments.wait_seconds"),
            ("refresh_host_certificates", json!({ "hosts": ["HostSystem:h", "hunter2"] }), "arguments.hosts[1]"),
            ("create_trusted_root", json!({ "chain": "hunter2" }), "arguments.chain"),
            ("create_trusted_root", json!({ "chain": [] }), "arguments.chain"),
            ("tls_signing_request", json!({ "key_size": "hunter2" }), "arguments.key_size"),
            (
                "create_alarm",
                json!({ "alarm": { "name": "x", "description": "", "enabled": true,
                    "triggers": [{ "event": "user", "status": "hunter2" }] } }),
                "arguments.alarm.triggers[0].status",
            ),
        ] {
            let (fault, words) = at_fault(calls::change(session, call, &given.to_string(), None).await);
            assert_eq!(fault, at, "{given}: {words}");
            assert!(!words.contains("hunter2"), "{words}");
        }
        let (at, _) = at_fault(calls::read(session, "host_certificate", r#"{"manager": "a b:c"}"#).await);
        assert_eq!(at, "arguments.manager");
        assert_eq!(simulation.log().len(), before, "nothing was sent");
    });
}

#[test]
fn a_secret_is_given_where_one_is_taken_and_nowhere_else() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let before = simulation.log().len();
        let secret = Secret::from("hunter2".to_owned());
        for call in calls::changes().filter(|call| call.secret.is_empty()) {
            let (at, words) = at_fault(calls::change(session, call.name, "", Some(&secret)).await);
            assert_eq!((at.as_str(), words), ("secret", format!("{}: it takes no secret", call.name)));
        }
        let provider = json!({ "name": "x", "url": "https://x", "user": "root" });
        let host = |more: Value| {
            let mut given = json!({ "host": "HostSystem:host-1" });
            given.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            given
        };
        let pem = crate::changes::certificates(&simulation.ca_pem(0))[0].to_pem();
        let two = host(json!({ "thumbprint": "00".repeat(20), "certificate": pem }));
        for (call, given, secret, at) in [
            ("register_provider", provider, None, "secret"),
            ("set_signing_certificate", json!({ "chain": pem }), None, "secret"),
            ("reconnect_host", host(json!({ "user": "root" })), None, "secret"),
            ("reconnect_host", host(json!({ "force": true })), Some(&secret), "secret"),
            ("reconnect_host", two, None, "arguments.certificate"),
        ] {
            let (fault, words) = at_fault(calls::change(session, call, &given.to_string(), secret).await);
            assert_eq!(fault, at, "{call}: {words}");
            assert!(!words.contains("hunter2"), "{words}");
        }
        assert_eq!(simulation.log().len(), before, "nothing was sent");
    });
}

#[test]
fn a_name_is_looked_for_in_one_table_and_what_reads_does_not_have_a_change() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let (reads, changes) = (names(calls::reads()), names(calls::changes()));
        assert!(reads.iter().all(|name| !changes.contains(name)), "no name is in both");
        let before = simulation.log().len();
        for name in changes.iter().copied().chain(["reboot", "", "Hosts"]) {
            let (at, words) = at_fault(calls::read(session, name, "").await);
            assert!(at == "call" && words.contains("trusted_roots") && !words.contains("set_tls,"), "{words}");
        }
        for name in reads.iter().copied().chain(["reboot", &"x".repeat(5_000)]) {
            let (at, words) = at_fault(calls::change(session, name, "", None).await);
            assert!(at == "call" && words.contains("set_tls") && words.len() < 1_000, "{words}");
        }
        assert_eq!(simulation.log().len(), before, "nothing was sent");
    });
}
