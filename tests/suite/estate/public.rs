//! Chains that end in a publicly trusted CA: named, never claimed, and never mistaken for a CA that only has its name.

use vitrust::assess::{AssessOptions, Trust, assess};
use vitrust::catalogue::{FindingId, Severity};
use vitrust::path::{Options, Reason};
use vitrust::{Certificate, TrustStore, Verifier, store};
use vitrust_factory::{Cert, Key};

use crate::lab::{Lab, read, root, server, time};

/// The chain as presented, and its root behind it.
fn public() -> Vec<Certificate> {
    let chain = std::fs::read("data/public-ca/www.google.com.pem").expect("a chain");
    store::chain(&chain, "www.google.com.pem").expect("certificates")
}

const IN_2023: &str = "2023-02-01";

#[test]
fn explain_names_the_public_ca_instead_of_an_addition() {
    let store = TrustStore::from_certificates(vec![read(&root("VMCA", 1))]);
    let options = Options::at(time(IN_2023));
    for length in [2, 3] {
        let verdict = Verifier::new(&store).explain(&public()[..length], &options).expect("a verdict");
        assert_eq!(verdict.state(), Trust::Untrusted);
        assert_eq!(verdict.public_ca.as_deref(), Some("GTS Root R1"), "{:?}", verdict.rejections);
        let change = verdict.change.expect("what to do");
        assert!(change.starts_with("perhaps nothing") && change.contains("not verified"), "{change}");
    }
    let ended = Verifier::new(&store).explain(&public(), &Options::at(time("2026-06-01"))).expect("a verdict");
    assert_eq!(ended.public_ca, None, "what is wrong is the date");
    let own = TrustStore::from_certificates(vec![public().remove(2)]);
    let verdict = Verifier::new(&own).explain(&public()[..2], &options).expect("a verdict");
    assert_eq!((verdict.state(), verdict.public_ca), (Trust::Trusted, None));
}

#[test]
fn a_ca_that_only_has_the_name_of_a_public_one_is_not_public() {
    let name = "C=US, O=Google Trust Services LLC, CN=GTS Root R1";
    let forged = Cert::ca(name).key(Key::p256(7)).self_signed();
    assert_eq!(read(&forged).subject().canonical(), public()[2].subject().canonical());
    let leaf = server("vc01.lab.example", 8, &forged);
    let store = TrustStore::from_certificates(vec![read(&root("VMCA", 1))]);
    for chain in [vec![read(&leaf)], vec![read(&leaf), read(&forged)]] {
        let verdict = Verifier::new(&store).explain(&chain, &Options::at(time("2026-06-01"))).expect("a verdict");
        assert_eq!(verdict.public_ca, None);
        assert!(
            verdict
                .rejections
                .iter()
                .any(|one| { matches!(one.reason, Reason::IssuerNotFound { .. } | Reason::SelfSignedNotTrusted) })
        );
    }
}

#[test]
fn a_link_to_a_public_chain_is_open_and_nothing_is_to_be_added() {
    let (ours, theirs) = (root("VMCA a", 1), root("VMCA b", 2));
    let mut lab = Lab::default();
    lab.vcenter("a", &[&server("a", 3, &ours)], &[&ours, &theirs]);
    lab.vcenter("b", &[&server("b", 4, &theirs)], &[&theirs, &ours]);
    let certificates = public()[..2].iter().map(|one| lab.estate.add_certificate(one)).collect();
    lab.estate.vcenters[1].machine_ssl.as_mut().expect("a chain").certificates = certificates;
    let report = assess(&lab.estate, &AssessOptions::at(time(IN_2023)));
    let found = report.findings.iter().find(|finding| finding.id == FindingId::PubliclyTrusted).expect("VT506");
    assert_eq!(found.severity, Severity::Info);
    assert!(found.message.contains("GTS Root R1") && found.message.contains("not verified"), "{}", found.message);
    assert_eq!(report.matrix.cell(0, 1), Some(Trust::Unknown));
    let is_added = |text: &str| text.contains("GTS");
    assert!(!is_added(&serde_json::to_string(&report.additions).expect("JSON")));
    let refused = report.findings.iter().filter(|finding| finding.id == FindingId::PartyNotTrusted);
    assert!(refused.map(|finding| finding.message.as_str()).all(|message| !is_added(message)));
}
