//! The estate as JSON: references, inline PEM, and mistakes with their place.

use serde_json::{Value, json};
use vitrust::estate::{Estate, EstateError};
use vitrust_factory::vsphere;

use super::lab::Lab;

#[test]
fn json_reads_back_as_the_same_estate() {
    let estate = Lab::healthy().estate;
    let text = estate.to_json();
    let again = Estate::from_json(text.as_bytes()).expect("our own JSON");
    assert_eq!(again, estate);
    assert_eq!(again.to_json(), text);
}

#[test]
fn pem_may_stand_for_a_reference() {
    let root = vsphere::vmca_root("vc01", 0);
    let machine = vsphere::machine_ssl("vc01", 1, &root);
    let bundle = format!("{}\n{}", machine.pem(), root.pem());
    let text = json!({ "vcenters": [{
        "name": "vc01",
        "machine_ssl": { "certificates": [bundle] },
        "vmca_root": { "certificate": root.pem() },
        "trusted_roots": { "certificates": [root.pem(), root.sha256()] },
    }] });
    let estate = Estate::from_json(text.to_string().as_bytes()).expect("an estate");
    let vcenter = &estate.vcenters[0];
    let digests = |cert: &vitrust_factory::Cert| cert.sha256();
    let chain = &vcenter.machine_ssl.as_ref().expect("a chain").certificates;
    let chain: Vec<String> = chain.iter().map(ToString::to_string).collect();
    assert_eq!(chain, [digests(&machine), digests(&root)]);
    assert_eq!(vcenter.trusted_roots.as_ref().expect("a store").certificates.len(), 2);
    assert_eq!(estate.certificates.len(), 2);
}

#[test]
fn a_reference_that_leads_nowhere_is_named_with_its_path() {
    let root = vsphere::vmca_root("vc01", 0);
    let text = json!({ "vcenters": [{ "name": "vc01" }, { "name": "vc02", "hosts": [
        { "name": "esx01" },
        { "name": "esx02", "castore": { "certificates": [root.pem(), "00".repeat(32)] } },
    ] }] });
    let error = Estate::from_json(text.to_string().as_bytes()).expect_err("a dangling reference");
    let EstateError::Unresolved { path, .. } = error else { panic!("{error}") };
    assert_eq!(path, "vcenters[1].hosts[1].castore.certificates[1]");
}

#[test]
fn mistakes_are_errors_with_their_place() {
    let errors = |value: Value| Estate::from_json(value.to_string().as_bytes()).expect_err("a mistake").to_string();
    assert!(errors(json!({ "vcentres": [] })).contains("unknown field `vcentres`"));
    assert!(errors(json!({ "schema": "vitrust-estate/2" })).contains("vitrust-estate/2"));
    assert!(errors(json!({ "vcenters": [{}] })).contains("missing field `name`"));
    let wrong = json!({ "certificates": { "00".repeat(32): "AAAA" } });
    assert!(errors(wrong).contains("certificates.0000"));
    let cut = "-----BEGIN CERTIFICATE-----\nAAAA";
    let cut = json!({ "vcenters": [{ "name": "a", "vmca_root": { "certificate": cut } }] });
    assert!(errors(cut).starts_with("vcenters[0].vmca_root.certificate: "));
    assert!(Estate::from_json(b"{").is_err());
    let crl = json!({ "vcenters": [{ "name": "a", "trusted_roots": { "crls": ["00".repeat(32)] } }] });
    assert!(errors(crl).starts_with("vcenters[0].trusted_roots.crls[0]: "));
}

#[test]
fn bytes_that_are_no_certificate_are_a_finding_and_not_an_error() {
    let der = b"not a certificate";
    let pem = vitrust::pem::encode("CERTIFICATE", der);
    let text = json!({ "vcenters": [{ "name": "a", "trusted_roots": { "certificates": [pem] } }] });
    let estate = Estate::from_json(text.to_string().as_bytes()).expect("an estate");
    let report = vitrust::assess::assess(&estate, &vitrust::assess::AssessOptions::at(super::lab::at()));
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].id.to_string(), "VT101");
}

#[test]
fn one_default_sso_domain_is_not_enough_to_be_one_party() {
    let mut lab = Lab::healthy();
    let lab_certificates = lab.estate.certificates.clone();
    let mut other = lab.vcenter().clone();
    assert!(lab.vcenter().shares_sso_domain(&other));
    let parties = |one: &vitrust::estate::VCenter, other: &vitrust::estate::VCenter| {
        let vcenters = [one, other].map(Clone::clone).into();
        let estate = Estate { vcenters, certificates: lab_certificates.clone(), ..Estate::default() };
        vitrust::assess::assess(&estate, &vitrust::assess::AssessOptions::at(super::lab::at())).matrix.len()
    };
    let second =
        |vcenter: &vitrust::estate::VCenter| vitrust::estate::VCenter { name: "vc02".into(), ..vcenter.clone() };
    assert_eq!(parties(lab.vcenter(), &second(&other)), 1);
    other.trusted_roots = None;
    assert!(!lab.vcenter().shares_sso_domain(&other));
    assert_eq!(parties(lab.vcenter(), &second(&other)), 2);
    lab.vcenter().sso_domain = Some("lab.example".to_owned());
    other.sso_domain = Some("LAB.example".to_owned());
    assert!(lab.vcenter().shares_sso_domain(&other));
}

#[test]
fn names_that_tell_nothing_apart_are_said() {
    let text = json!({ "vcenters": [
        { "name": "vc01", "hosts": [{ "name": "esx01" }, { "name": "ESX01" }, { "name": "" }] },
        { "name": "VC01" },
        { "name": "" },
    ] });
    let estate = Estate::from_json(text.to_string().as_bytes()).expect("an estate");
    let report = vitrust::assess::assess(&estate, &vitrust::assess::AssessOptions::at(super::lab::at()));
    let said = serde_json::to_string(&report.findings).expect("JSON");
    for reason in [
        "another vCenter is also named VC01",
        "a vCenter has an empty name",
        "another host of vc01 is also named ESX01",
        "a host of vc01 has an empty name",
    ] {
        assert!(said.contains(reason), "{reason}: {said}");
    }
}
