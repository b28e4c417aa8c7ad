//! Reports grow with their estate and the cells of the matrix, whatever a certificate is called.

use serde_json::{Value, json};
use vitrust::Estate;
use vitrust::assess::{AssessOptions, assess};
use vitrust_factory::{Cert, Key};

/// What a host may add to a report, in bytes: four edges, and subjects of what is found about each. Its certificates and
/// what was found wrong with them are in tables.
const BYTES_A_HOST: usize = 3_000;

/// A certificate whose subject has this many characters.
fn called(length: usize) -> Cert {
    let units: String = (0..length / 50).map(|_| format!("OU={},", "x".repeat(47))).collect();
    Cert::ca(&*format!("{units}CN=long")).key(Key::p256(7)).self_signed()
}

/// A vCenter with hosts that all present one certificate and hold it.
fn estate(certificate: &Cert, hosts: usize) -> String {
    let held = json!({ "certificates": [certificate.sha256()] });
    let host =
        |number: usize| json!({ "name": format!("esx{number}"), "https": held, "iofilter": held, "castore": held });
    let hosts: Vec<Value> = (0..hosts).map(host).collect();
    let vcenter = json!({ "name": "vc", "machine_ssl": { "certificates": [certificate.pem()] },
        "trusted_roots": { "certificates": [certificate.sha256()] }, "hosts": hosts });
    json!({ "schema": "vitrust-estate/1", "vcenters": [vcenter] }).to_string()
}

/// How long the report is, once no text of it is.
fn report(text: &str) -> usize {
    let estate = Estate::from_json(text.as_bytes()).expect("an estate");
    let report = assess(&estate, &AssessOptions::at(vitrust::Time::from_unix(vitrust_factory::AT))).to_json();
    let mut long = Vec::new();
    texts(&serde_json::from_str(&report).expect("JSON"), "", &mut long);
    assert!(long.is_empty(), "{} long texts: {:#?}", long.len(), &long[..long.len().min(5)]);
    report.len()
}

/// Texts of more than a kilobyte, with where they stand.
fn texts(value: &Value, place: &str, long: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() > 1_024 => long.push(format!("{place}: {text:.400}")),
        Value::Array(items) => items.iter().for_each(|item| texts(item, &format!("{place}[]"), long)),
        Value::Object(fields) => fields.iter().for_each(|(name, item)| texts(item, &format!("{place}.{name}"), long)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => (),
    }
}

#[test]
fn a_long_name_does_not_make_a_report_long() {
    let (long, other) = (called(400_000), called(2_000));
    let [few, some, many] = [20, 40, 80].map(|hosts| report(&estate(&long, hosts)));
    for (grown, hosts) in [(some - few, 20), (many - some, 40)] {
        assert!(grown < hosts * BYTES_A_HOST, "{hosts} hosts more: {grown} bytes");
    }
    // Beyond what is shown a longer name changes nothing.
    let shorter = report(&estate(&other, 80));
    assert!(many.abs_diff(shorter) < shorter / 10, "{shorter} {many}");
}

#[test]
fn an_estate_has_not_more_vcenters_than_a_matrix_has_rows() {
    let text = |count: usize| {
        let vcenters: Vec<Value> = (0..count).map(|number| json!({ "name": format!("vc{number}") })).collect();
        json!({ "vcenters": vcenters }).to_string()
    };
    assert!(Estate::from_json(text(4_096).as_bytes()).is_ok());
    let error = Estate::from_json(text(4_097).as_bytes()).expect_err("too many").to_string();
    assert!(error.contains("4097 vCenters, of 4096 at most"), "{error}");
}

#[test]
fn a_name_is_no_longer_than_a_report_can_repeat() {
    let named = |length: usize| {
        let name = "x".repeat(length);
        let parts = [
            json!({ "name": name }),
            json!({ "name": "vc", "hosts": [{ "name": name }] }),
            json!({ "name": "vc", "sso_domain": name }),
            json!({ "name": "vc", "storage_providers": [{ "name": "p", "status": name }] }),
        ];
        parts.map(|vcenter| json!({ "vcenters": [vcenter] }).to_string())
    };
    for text in named(1_024) {
        assert!(Estate::from_json(text.as_bytes()).is_ok(), "{text:.80}");
    }
    for text in named(1_025) {
        let error = Estate::from_json(text.as_bytes()).expect_err("too long").to_string();
        assert!(error.starts_with("vcenters[0].") && error.contains("1025 bytes are more than the 1024"), "{error}");
    }
}
