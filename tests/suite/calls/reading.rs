//! Every reading call by its name: the same facts as by its method.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vitrust::net::vsphere::calls;
use vitrust::{Error, TrustStore};
use vitrust_simulator::{Fault, Mishap};

use super::{names, parsed, read, text};
use crate::changes::{ADMINISTRATOR, certificates, spec, start, target, with};

#[test]
fn every_reading_call_answers_what_its_method_does() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let host = session.hosts().await.expect("hosts").remove(0);
        let manager = json!({ "manager": host.certificate_manager.expect("a manager").to_string() });
        let mut answers = BTreeMap::new();
        for name in names(calls::reads()) {
            let arguments = match name {
                name if name.starts_with("host_") => manager.clone(),
                "settings" => json!({ "name": "vpxd.certmgmt." }),
                _ => json!({}),
            };
            answers.insert(name, read(session, name, &arguments).await);
        }
        let about = session.about();
        assert_eq!(answers["about"]["version"], about.version.as_str());
        assert_eq!(answers["root_folder"], session.root_folder().to_string());
        let roots = session.trusted_roots().await.expect("roots");
        assert_eq!(answers["trusted_roots"], json!([{ "id": roots[0].id, "pem": roots[0].pem, "unreadable": null }]));
        let tls = session.tls().await.expect("tls");
        assert_eq!(answers["tls"]["not_after"], tls.not_after.expect("a time").to_string());
        assert_eq!(answers["tls"]["thumbprint"], tls.thumbprint.expect("a thumbprint").to_string());
        let signing = session.signing_certificates().await.expect("an answer");
        assert_eq!(answers["signing_certificates"], json!({ "active": signing.active, "accepted": signing.accepted }));
        let archive = base64_simd::STANDARD.decode_to_vec(answers["certificate_archive"].as_str().expect("a text"));
        let archive = TrustStore::from_zip(&archive.expect("base64"), "download.zip").expect("an archive");
        assert_eq!(archive.len(), simulation.trusted_roots(0).len());
        assert_eq!(answers["certificate_mode"], "vmca");
        let mode = json!({ "name": "vpxd.certmgmt.mode", "value": "vmca" });
        assert!(answers["settings"].as_array().is_some_and(|settings| settings.contains(&mode)));
        let castore = answers["host_ca_certificates"].as_array().expect("a list");
        assert!(castore.iter().all(|one| certificates(one.as_str().expect("PEM")).len() == 1) && castore.len() > 1);
        assert_eq!(answers["host_ca_revocation_lists"].as_array().map(Vec::len), Some(1));
        assert_eq!(answers["host_certificate"]["status"], "good");
        assert!(answers["hosts"].is_array() && answers["storage_providers"].is_array());
    });
}

#[test]
fn a_host_and_a_provider_are_rows_of_plain_values() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let host = read(session, "hosts", &json!({})).await[0].take();
        let keys = |row: &Value| row.as_object().expect("a row").keys().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(
            keys(&host),
            "certificate certificate_manager connection_state in_maintenance_mode missing moref name \
             pinned_thumbprint version"
        );
        let known = session.hosts().await.expect("hosts").remove(0);
        assert_eq!(text(&host, "moref"), format!("HostSystem:{}", known.moref.id));
        let certificate = certificates(&text(&host, "certificate")).remove(0);
        assert_eq!(text(&host, "pinned_thumbprint"), certificate.sha1().to_string());
        assert_eq!((&host["in_maintenance_mode"], &host["missing"]), (&json!(false), &json!([])));
        let provider = read(session, "storage_providers", &json!({})).await[0].take();
        assert_eq!(keys(&provider), "certificate certificate_status failure moref name status status_fault uid url");
        assert_eq!((&provider["status"], &provider["failure"]), (&json!("online"), &Value::Null));
        simulation.inject(Fault::new(Mishap::Html).on("QueryProviderInfo"));
        let failure = read(session, "storage_providers", &json!({})).await[0]["failure"].take();
        assert_eq!((&failure["code"], &failure["name"]), (&json!(606), &json!("response")));
        assert!(!text(&failure, "message").is_empty());
    });
}

#[test]
fn a_failure_of_the_session_is_that_of_its_method() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        simulation.inject(Fault::new(Mishap::Garbage).on("QueryOptions"));
        let by_name = calls::read(session, "certificate_mode", "").await;
        let by_method = session.certificate_mode().await.expect_err("garbage");
        assert_eq!(by_name, Err(Error::Net(by_method)));
    });
}

#[test]
fn a_client_waits_for_its_calls_and_may_be_shared_by_threads() {
    let simulation = start(&spec());
    let cancel = vitrust::net::Cancel::default();
    let client = calls::Client::open(&target(&simulation, ADMINISTRATOR), &cancel).expect("a session");
    std::thread::scope(|scope| {
        let hosts: Vec<_> = (0..4).map(|_| scope.spawn(|| client.read("hosts", "{}"))).collect();
        for answer in hosts {
            let hosts = parsed(answer.join().expect("no panic").expect("hosts"));
            assert_eq!(hosts.as_array().map(Vec::len), Some(1));
        }
    });
    let logged = client.change("log_user_event", r#"{"message": "seen"}"#, None);
    assert_eq!((logged.as_deref(), simulation.events(0)), (Ok("null"), vec!["seen".to_owned()]));
    assert_eq!(simulation.sessions(0), 1);
    cancel.cancel();
    let stopped = client.read("hosts", "").expect_err("cancelled");
    assert_eq!(stopped.code(), vitrust::ErrorCode::Cancelled);
    client.close().expect("the server ends it");
    assert_eq!(simulation.sessions(0), 0);
    let refused = calls::Client::open(&target(&simulation, ADMINISTRATOR), &cancel);
    assert!(refused.is_err_and(|error| error.code() == vitrust::ErrorCode::Cancelled));
    assert_eq!(simulation.sessions(0), 0);
}
