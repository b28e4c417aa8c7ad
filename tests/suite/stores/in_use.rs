//! Certificates that are nobody's anchors, whatever lists them: those that machines present, and those that services are registered
//! with.

use vitrust::assess::{AssessOptions, Report, assess};
use vitrust::catalogue::{FindingId, Severity};
use vitrust::estate::EstateReader;
use vitrust::store::{BareKind, Reading, read};
use vitrust::{Pool, TrustStore};

use super::samples::root;

fn reading(text: &str) -> Reading {
    read(text.as_bytes(), "x", &mut Pool::new()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn report(text: &str) -> Report {
    let mut reader = EstateReader::new("lab");
    reader.add_alone("x", text.as_bytes());
    assess(&reader.finish(), &AssessOptions::at("2040-06-01".parse().expect("a date")))
}

/// Says that what has ended is in use, and nothing about an anchor.
fn is_in_use(text: &str) {
    let report = report(text);
    let ended: Vec<_> = report.findings.iter().filter(|finding| finding.id == FindingId::CertificateExpired).collect();
    assert!(ended.iter().any(|finding| finding.severity == Severity::Critical), "{text}: {ended:?}");
    assert!(!report.findings.iter().any(|finding| finding.id == FindingId::AnchorExpired), "{text}");
    let advises = |remedy: &String| remedy.to_lowercase().contains("remove");
    assert!(!report.findings.iter().any(|finding| finding.remedy.as_ref().is_some_and(advises)), "{text}");
}

fn keytool(alias: &str, kind: &str) -> String {
    format!(
        "Your keystore contains 1 entry\n\nAlias name: {alias}\nEntry type: {kind}\nCertificate chain length: 1\n\
         Certificate[1]:\nOwner: CN=vc1.lab\nIssuer: CN=CA\nSerial number: 1\n\
         Valid from: Mon Jan 01 00:00:00 UTC 2024 until: Fri May 01 00:00:00 UTC 2026\n"
    )
}

#[test]
fn what_has_a_private_key_is_presented() {
    is_in_use(&keytool("__machine_cert", "PrivateKeyEntry"));
    is_in_use(&keytool("vpxd", "PrivateKeyEntry"));
    let anchor = report(&keytool("root", "trustedCertEntry"));
    assert!(anchor.findings.iter().any(|finding| finding.id == FindingId::AnchorExpired));
}

#[test]
fn a_secret_key_of_keytool_is_listed() {
    let two = keytool("a", "trustedCertEntry").replace("1 entry", "2 entries");
    let text = format!("{two}\n\nAlias name: sec\nEntry type: SecretKeyEntry\n");
    let found = reading(&text);
    assert_eq!((found.dumped.len(), found.unreadable.len()), (1, 0), "{found:?}");
    let [secret] = found.without_certificate.as_slice() else { panic!("{found:?}") };
    assert_eq!((secret.kind, secret.place.alias.as_deref()), (BareKind::SecretKey, Some("sec")));
    let mut reader = EstateReader::new("lab");
    reader.add_alone("x", text.as_bytes());
    let estate = reader.finish();
    let listed = estate.vcenters[0].stores.values().flat_map(|store| &store.without_certificate);
    assert_eq!(listed.count(), 1);
    assert_eq!(estate.vcenters[0].trusted_roots.as_ref().map(|roots| roots.dumped.len()), Some(1));
}

fn machine(pem: Option<String>, kind: impl Into<serde_json::Value>) -> serde_json::Value {
    serde_json::json!({
        "Certificate": { "Thumbprint": "AA".repeat(20) }, "CertificatePEM": pem, "Entity": { "Name": "vc1.lab" },
        "EntityType": kind.into(), "Issuer": "CN=CA", "Subject": "CN=vc1.lab", "NotValidAfter": "/Date(1777593600000)/",
    })
}

#[test]
fn the_certificate_of_a_machine_is_no_anchor() {
    is_in_use(&machine(None, 0).to_string());
    is_in_use(&machine(None, "VCenter").to_string());
    is_in_use(&serde_json::json!([machine(None, 1)]).to_string());
    let both = serde_json::json!([machine(Some(root(1).pem()), 0), machine(None, 1)]).to_string();
    is_in_use(&both);
    for kind in ["VCenter", "EsxHost"] {
        let list = format!(
            "Entity : vc1.lab\nEntityType : {kind}\nNotValidAfter : 2026-05-01T00:00:00Z\nSubject : CN=vc1.lab\n"
        );
        is_in_use(&list);
        let csv = format!(
            "\"Subject\",\"Entity\",\"EntityType\",\"NotValidAfter\"\n\"CN=x\",\"vc1\",\"{kind}\",\"2026-05-01T00:00:00Z\"\n"
        );
        is_in_use(&csv);
    }
    // What is trusted by a machine is an anchor.
    let mut trusted = machine(None, 0);
    trusted["TrustedByEntity"] = serde_json::json!({ "Name": "vc1.lab" });
    assert!(report(&trusted.to_string()).findings.iter().any(|finding| finding.id == FindingId::AnchorExpired));
}

#[test]
fn what_a_service_is_registered_with_is_no_anchor_and_has_its_own_address() {
    let [one, two] = [1, 2].map(|n| base64_simd::STANDARD.encode_to_string(root(n).der()));
    let listed = format!(
        "\tName: a\n\tService ID: 0\n\t\tURL: https://a\n\t\tSSL trust: {one}\n\tName: b\n\t\tSSL trust: {two}\n"
    );
    let found = reading(&listed);
    let aliases: Vec<_> = found.certificates.iter().map(|found| found.place.alias.as_deref()).collect();
    assert_eq!(aliases, [Some("https://a"), None]);
    for text in [
        listed,
        format!("endpoint0.sslTrust0={one}\n"),
        format!("dn: cn=x,dc=vsphere,dc=local\nvmwLKUPEndpointSslTrust:: {one}\n"),
        serde_json::json!({ "serviceEndpoints": [{ "url": "x", "sslTrust": [one, two] }] }).to_string(),
        serde_json::json!({ "sslTrust": one }).to_string(),
    ] {
        is_in_use(&text);
        assert_eq!(TrustStore::from_reading(reading(&text)).anchors().len(), 0, "{text}");
    }
}

#[test]
fn a_report_of_vcert_that_is_cut_or_wrapped_is_told() {
    let report = std::fs::read_to_string("data/field/vcert-report/vcenter-certificate-report.txt").expect("a report");
    let whole = reading(&report).unreadable.len();
    let end = report.rfind("|_Is a Certificate Authority").expect("an entry");
    for cut in [end, end - 100, end - 300] {
        let found = reading(&report[..cut]);
        assert!(found.unreadable.len() > whole, "{cut}: {:?}", found.unreadable);
    }
    let wrap = |line: &str| {
        let parts: Vec<_> = line.as_bytes().chunks(72).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
        parts.join("\n") + "\n"
    };
    let wrapped: String = report.lines().map(wrap).collect();
    let found = reading(&wrapped);
    assert!(found.unreadable.iter().any(|block| block.reason.contains("wrapped")), "{:?}", found.unreadable);
}
