//! REST as clients that change things see it: both forms, their statuses and their errors.

use vitrust_simulator::{PASSWORD, Spec, USER, Version};

use crate::support::rest::{basic, send, session};
use crate::support::{now, start};

const ROOTS: &str = "vcenter/certificate-management/vcenter/trusted-root-chains";

fn chain(pem: &str) -> serde_json::Value {
    serde_json::json!({ "cert_chain": { "cert_chain": [pem] } })
}

#[test]
fn a_root_is_created_once_listed_and_deleted_in_both_forms() {
    let other = start(&Spec { seed: 7, ..Spec::at(now()) });
    let root = &other.vcenters[0].ca_pem;
    for (version, base, login) in
        [(Version::V9_0, "/api/", "/api/session"), (Version::V7_0, "/rest/", "/rest/com/vmware/cis/session")]
    {
        let simulation = start(&Spec { version, ..Spec::at(now()) });
        let header = session(&simulation, login, USER);
        let path = format!("{base}{ROOTS}");
        let spec = if base == "/api/" { chain(root) } else { serde_json::json!({ "spec": chain(root) }) };
        let (status, body) = send(&simulation, "POST", &path, &header, &spec.to_string());
        assert_eq!(status, if base == "/api/" { 201 } else { 200 }, "{body}");
        let id: String = body.chars().filter(char::is_ascii_hexdigit).collect();
        let id = &id[id.len() - 40..];
        assert_eq!(simulation.trusted_roots(0).len(), 2, "VECS follows the directory");
        let (status, body) = send(&simulation, "POST", &path, &header, &spec.to_string());
        assert!(status == 400 && body.to_uppercase().contains("ALREADY_EXISTS"), "{status} {body}");
        let (status, body) = send(&simulation, "GET", &path, &header, "");
        assert!(status == 200 && body.contains(id), "{body}");
        let (status, body) = send(&simulation, "GET", &format!("{path}/{id}"), &header, "");
        assert!(status == 200 && body.contains("BEGIN CERTIFICATE"), "{body}");
        let (status, _) = send(&simulation, "DELETE", &format!("{path}/{id}"), &header, "");
        assert_eq!(status, if base == "/api/" { 204 } else { 200 });
        assert_eq!(send(&simulation, "DELETE", &format!("{path}/{id}"), &header, "").0, 404);
        assert_eq!(simulation.trusted_roots(0).len(), 1);
        let (status, _) = send(&simulation, "DELETE", login, &header, "");
        assert_eq!((status, simulation.sessions(0)), (if base == "/api/" { 204 } else { 200 }, 0));
    }
}

#[test]
fn what_is_no_root_is_refused() {
    let simulation = start(&Spec::at(now()));
    let header = session(&simulation, "/api/session", USER);
    let create =
        |body: serde_json::Value| send(&simulation, "POST", &format!("/api/{ROOTS}"), &header, &body.to_string());
    let (status, body) = create(chain(&simulation.sms_pem(0)));
    assert!(status == 500 && body.contains("is not a valid CA certificate"), "{body}");
    let (status, body) = create(serde_json::json!({ "spec": chain("") }));
    assert!(status == 400 && body.contains("unexpected fields [spec]"), "{body}");
    assert_eq!(create(chain("no certificate")).0, 400);
    assert_eq!(simulation.trusted_roots(0).len(), 1);
}

#[test]
fn who_may_not_is_told_so() {
    let simulation = start(&Spec::at(now()));
    let (status, body) = send(&simulation, "POST", "/api/session", &basic(USER, "wrong"), "");
    assert!(status == 401 && body.contains("\"error_type\":\"UNAUTHENTICATED\""), "{body}");
    let (status, body) = send(&simulation, "POST", "/rest/com/vmware/cis/session", "", "");
    assert!(status == 401 && body.contains("com.vmware.vapi.std.errors.unauthenticated"), "{body}");
    assert_eq!(send(&simulation, "GET", &format!("/api/{ROOTS}"), "", "").0, 401);
    let reader = session(&simulation, "/api/session", "readonly@vsphere.local");
    assert_eq!(send(&simulation, "GET", &format!("/api/{ROOTS}"), &reader, "").0, 200);
    let (status, body) = send(&simulation, "DELETE", &format!("/api/{ROOTS}/x"), &reader, "");
    assert!(status == 403 && body.contains("CertificateManagement.Administer"), "{status} {body}");
    let nobody = session(&simulation, "/api/session", "nobody@vsphere.local");
    assert_eq!(send(&simulation, "GET", &format!("/api/{ROOTS}"), &nobody, "").0, 403);
}

#[test]
fn the_machine_ssl_certificate_is_the_one_that_is_presented() {
    let simulation = start(&Spec::at(now()));
    let header = session(&simulation, "/api/session", USER);
    let base = "/api/vcenter/certificate-management/vcenter";
    let (status, body) = send(&simulation, "GET", &format!("{base}/tls"), &header, "");
    assert_eq!(status, 200);
    let value: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    let listed =
        vitrust::Certificate::from_pem(value["cert"].as_str().expect("PEM").as_bytes()).expect("a certificate");
    assert_eq!(value["thumbprint"], listed.sha1().to_string().to_uppercase());
    let options = vitrust::net::ProbeOptions {
        connect_to: crate::support::target(&simulation, 0, USER).connect_to,
        ..Default::default()
    };
    let endpoint = "vc01.lab.example".parse().expect("an endpoint");
    let probe = vitrust::net::blocking::run(vitrust::net::probe(&endpoint, &options)).expect("a runtime");
    assert_eq!(probe.chain[0].sha256, listed.sha256());
    let (status, body) = send(&simulation, "GET", &format!("{base}/signing-certificate"), &header, "");
    assert!(status == 200 && body.contains("active_cert_chain"), "{body}");
}

#[test]
fn an_old_vcenter_has_neither_api_nor_certificate_management() {
    let simulation = start(&Spec { version: Version::V6_7, ..Spec::at(now()) });
    assert_eq!(send(&simulation, "POST", "/api/session", &basic(USER, PASSWORD), "").0, 404);
    let header = session(&simulation, "/rest/com/vmware/cis/session", USER);
    assert_eq!(send(&simulation, "GET", &format!("/rest/{ROOTS}"), &header, "").0, 404);
}
