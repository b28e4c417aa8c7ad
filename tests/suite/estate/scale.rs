//! An estate costs its distinct content, not its size.

use std::sync::Arc;

use vitrust::assess::{AssessOptions, assess};
use vitrust::catalogue::FindingId;
use vitrust::estate::{Estate, Host, StoreContent, VCenter};
use vitrust_factory::{Cert, Key};

use super::lab::{at, certificate};

/// 2,000 hosts with castores of 200 out of 300 certificates, each another selection: 400,000 copies. Ten of the
/// certificates have expired. The findings stay as few as the causes.
#[test]
fn copies_cost_no_findings() {
    let mut estate = Estate::default();
    let certs: Vec<_> = (0..300_u64)
        .map(|number| {
            let builder = Cert::ca(format!("CN=Root {number}")).key(Key::p256(number % 8));
            let builder = if number < 10 { builder.expired() } else { builder };
            // Nobody checks these signatures, so they need not be made.
            estate.add_certificate(&certificate(&builder.signature(&[0; 64]).self_signed()))
        })
        .collect();
    let hosts = (0..2000_usize).map(|number| {
        let held = (0..200).map(|offset| certs[(number * 7 + offset) % certs.len()]).collect();
        let castore = StoreContent { certificates: held, ..StoreContent::default() };
        Host { name: format!("esx{number:04}").into(), castore: Some(castore), ..Host::default() }
    });
    let roots = StoreContent { certificates: certs.clone(), ..StoreContent::default() };
    let name: Arc<str> = "vc01".into();
    estate.vcenters.push(VCenter { name, trusted_roots: Some(roots), hosts: hosts.collect(), ..VCenter::default() });
    let report = assess(&estate, &AssessOptions::at(at()));
    let expired = report.findings.iter().filter(|finding| finding.id == FindingId::ExpiredAnchorOnHosts);
    assert_eq!(expired.count(), 10);
    let lacks: Vec<_> = report.findings.iter().filter(|finding| finding.id == FindingId::CastoreLacksRoot).collect();
    assert_eq!(lacks.len(), 300, "one for each distinct selection");
    assert_eq!(lacks.iter().map(|finding| finding.subjects.len()).sum::<usize>(), 2000);
    assert_eq!(report.expiry.len(), 300);
}
