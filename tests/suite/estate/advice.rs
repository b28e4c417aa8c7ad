//! Two CAs of one name, CAs that have ended, and certificates of no known origin: what the report says of each, and what it must not.

use vitrust::assess::{Report, Trust};
use vitrust::catalogue::FindingId;
use vitrust::estate::{EntryStore, VCenter};
use vitrust_factory::{Cert, CertBuilder, Key};

use super::lab::{Lab, certificate};

pub(super) const HOST: &str = "esx01.lab.example";

/// One generation of a CA of this name.
pub(super) fn generation(name: &str, number: u64, from: &str, to: &str) -> Cert {
    Cert::ca(name).key(Key::p256(700 + number)).validity(from, to).self_signed()
}

/// The name of the VMCA of the lab.
pub(super) const VMCA: &str = "CN=CA, DC=vsphere, DC=local, O=vc01.lab.example";

fn older() -> Cert {
    generation(VMCA, 0, "2016-01-01", "2027-01-01")
}

pub(super) fn newer() -> Cert {
    generation(VMCA, 1, "2025-06-01", "2035-06-01")
}

pub(super) fn host(number: u64, from: &str) -> CertBuilder {
    Cert::end_entity("CN=esx01.lab.example").key(Key::p256(720 + number)).dns(HOST).validity(from, "2030-01-01")
}

pub(super) fn machine(from: &str) -> CertBuilder {
    let subject = "CN=vc01.lab.example";
    Cert::end_entity(subject).key(Key::p256(730)).dns("vc01.lab.example").validity(from, "2030-01-01")
}

/// A vCenter with one host: what presents what, and who holds what.
pub(super) struct Case<'c> {
    pub(super) machine: Cert,
    pub(super) host: Cert,
    pub(super) roots: &'c [&'c Cert],
    pub(super) castore: &'c [&'c Cert],
    pub(super) vmca: Option<&'c Cert>,
}

impl Case<'_> {
    pub(super) fn lab(&self) -> Lab {
        let mut lab = Lab::healthy();
        let (roots, castore) = (lab.store(self.roots, "trusted-roots.txt"), lab.store(self.castore, "castore.pem"));
        let (machine, sms) = (lab.chain(&[&self.machine], "machine-ssl.pem"), lab.sms.clone());
        let own = lab.reference(&sms);
        let vmca = self.vmca.map(|root| lab.held(root, "vmca-root.pem"));
        lab.host_presents(&self.host);
        let vcenter = lab.vcenter();
        (vcenter.machine_ssl, vcenter.trusted_roots, vcenter.vmca_root) = (Some(machine), Some(roots), vmca);
        vcenter.hosts[0].castore = Some(castore);
        lab.castore().certificates.push(own);
        lab
    }

    pub(super) fn report(&self) -> Report {
        self.lab().report()
    }
}

pub(super) fn remedy(report: &Report, id: FindingId) -> String {
    let found = report.findings.iter().find(|finding| finding.id == id);
    found.unwrap_or_else(|| panic!("{id}: {}", said(report))).remedy.clone().expect("a remedy")
}

fn has(report: &Report, id: FindingId) -> bool {
    report.findings.iter().any(|finding| finding.id == id)
}

pub(super) fn said(report: &Report) -> String {
    let findings =
        report.findings.iter().map(|finding| format!("{} {}: {:?}\n", finding.id, finding.message, finding.remedy));
    findings.collect()
}

#[test]
fn the_newer_ca_is_held_and_the_older_key_signed() {
    let (older, newer) = (older(), newer());
    let roots = [&newer];
    let case = |castore| Case {
        machine: machine("2025-07-01").issued_by(&newer),
        host: host(0, "2024-01-01").issued_by(&older),
        roots: &roots,
        castore,
        vmca: Some(&newer),
    };
    let both = [&older, &newer];
    let report = case(&both).report();
    for advice in [remedy(&report, FindingId::RegeneratedRoot), remedy(&report, FindingId::VcenterRefusesHost)] {
        assert!(advice.starts_with("Reissue `CN=esx01.lab.example` from the newer"), "{advice}");
        assert!(advice.contains("castore.pem of esx01.lab.example holds it"), "{advice}");
        assert!(advice.contains(&certificate(&older).sha1().with_colons()), "{advice}");
    }
    let edge = report.edges.iter().find(|edge| edge.verdict == Trust::Untrusted).expect("one is refused");
    assert!(edge.change.as_deref().is_some_and(|change| change.starts_with("reissue")), "{:?}", edge.change);
    // Of the older CA no certificate is there to be published.
    let report = case(&roots).report();
    let advice = remedy(&report, FindingId::VcenterRefusesHost);
    assert!(advice.starts_with("Reissue") && !advice.contains("add the older"), "{advice}");
}

#[test]
fn the_root_file_of_the_vmca_tells_even_where_dates_do_not() {
    let (older, newer) = (older(), newer());
    let case = Case {
        machine: machine("2025-07-01").issued_by(&newer),
        // Issued by the older key after the newer one began.
        host: host(0, "2025-09-01").issued_by(&older),
        roots: &[&newer],
        castore: &[&older, &newer],
        vmca: Some(&newer),
    };
    assert!(remedy(&case.report(), FindingId::VcenterRefusesHost).starts_with("Reissue"));
    // Without that file both keys sign: two CAs of one name.
    let report = Case { vmca: None, ..case }.report();
    assert!(!has(&report, FindingId::RegeneratedRoot), "{}", said(&report));
    let advice = remedy(&report, FindingId::VcenterRefusesHost);
    assert!(advice.contains("is another CA of this name") && advice.contains("keep"), "{advice}");
}

#[test]
fn of_three_generations_the_earlier_two_are_no_rivals() {
    let (first, second) = (older(), newer());
    let third = generation(VMCA, 10, "2026-03-01", "2036-03-01");
    let report = Case {
        machine: machine("2026-04-01").issued_by(&third),
        host: host(0, "2024-01-01").issued_by(&first),
        roots: &[&second, &third],
        castore: &[&first, &second, &third],
        vmca: Some(&third),
    }
    .report();
    for advice in [remedy(&report, FindingId::RegeneratedRoot), remedy(&report, FindingId::VcenterRefusesHost)] {
        assert!(advice.starts_with("Reissue `CN=esx01.lab.example` from the newer"), "{advice}");
    }
}

#[test]
fn the_older_ca_is_held_and_the_newer_one_is_published() {
    let (older, newer) = (older(), newer());
    for vmca in [Some(&newer), None] {
        let report = Case {
            machine: machine("2025-07-01").issued_by(&newer),
            host: host(0, "2025-07-01").issued_by(&newer),
            roots: &[&older],
            castore: &[&older, &newer],
            vmca,
        }
        .report();
        let advice = remedy(&report, FindingId::RegeneratedRoot);
        assert!(advice.starts_with("Add the newer certificate"), "{advice}");
        assert!(advice.contains(&certificate(&newer).sha1().with_colons()), "{advice}");
        assert!(advice.contains("keep the older one"), "{advice}");
    }
}

#[test]
fn a_ca_that_has_ended_is_never_offered() {
    let newer = newer();
    let ended = generation(VMCA, 0, "2016-01-01", "2026-01-01");
    for castore in [vec![&ended, &newer], vec![&newer]] {
        let report = Case {
            machine: machine("2025-07-01").issued_by(&newer),
            host: host(0, "2024-01-01").issued_by(&ended),
            roots: &[&newer],
            castore: &castore,
            vmca: Some(&newer),
        }
        .report();
        for id in [FindingId::RegeneratedRoot, FindingId::VcenterRefusesHost, FindingId::VcenterRefusesProvider] {
            let advice = remedy(&report, id);
            assert!(advice.starts_with("Reissue") && !advice.contains("add the older"), "{id}: {advice}");
        }
        if has(&report, FindingId::CastoreHasExtra) {
            let advice = remedy(&report, FindingId::CastoreHasExtra);
            assert!(!advice.starts_with("Publish"), "{advice}");
        }
    }
}

#[test]
fn installer_cas_are_never_generations_of_one_another() {
    const NAME: &str = "O=VMware Installer";
    let (one, other) =
        (generation(NAME, 2, "2019-01-01", "2030-01-01"), generation(NAME, 3, "2024-01-01", "2034-01-01"));
    let root = newer();
    for (held, signer) in [(&one, &other), (&other, &one)] {
        let report = Case {
            machine: machine("2025-07-01").issued_by(&root),
            host: host(1, "2024-06-01").issued_by(signer),
            roots: &[&root, held],
            castore: &[&root, held, signer],
            vmca: Some(&root),
        }
        .report();
        assert!(!has(&report, FindingId::RegeneratedRoot), "{}", said(&report));
        let advice = remedy(&report, FindingId::VcenterRefusesHost);
        assert!(advice.contains("another CA of this name") && !advice.contains("newer"), "{advice}");
    }
    // The library alone, without an estate, says the same.
    let store = vitrust::TrustStore::from_certificates([certificate(&other)]);
    let chain = [certificate(&host(1, "2020-06-01").issued_by(&one))];
    let options = vitrust::path::Options::at(super::lab::at());
    let verdict = vitrust::path::Verifier::new(&store).explain(&chain, &options).expect("a verdict");
    let change = verdict.change.expect("one change");
    assert!(change.contains("another CA of this name"), "{change}");
}

#[test]
fn two_vmcas_of_one_name_are_both_current() {
    let (one, other) = (older(), newer());
    let mut lab = Case {
        machine: machine("2025-07-01").issued_by(&other),
        host: host(0, "2024-01-01").issued_by(&other),
        roots: &[&other],
        castore: &[&other],
        vmca: Some(&other),
    }
    .lab();
    let second = VCenter {
        name: "vc02.lab.example".into(),
        trusted_roots: Some(lab.store(&[&one], "vc02/trusted-roots.txt")),
        vmca_root: Some(lab.held(&one, "vc02/vmca-root.pem")),
        machine_ssl: Some(lab.chain(&[&machine("2020-01-01").issued_by(&one)], "vc02/machine-ssl.pem")),
        ..VCenter::default()
    };
    lab.estate.vcenters.push(second);
    let report = lab.report();
    assert!(!has(&report, FindingId::RegeneratedRoot), "{}", said(&report));
    assert!(remedy(&report, FindingId::PartyNotTrusted).contains("another CA of this name"), "{}", said(&report));
}

#[test]
fn which_ca_signed_is_shown_by_the_signature_where_no_identifier_tells() {
    let (older, newer) = (older(), newer());
    let report = Case {
        machine: machine("2025-07-01").issued_by(&newer),
        host: host(0, "2024-01-01").no_key_ids().issued_by(&older),
        roots: &[&newer],
        castore: &[&older, &newer],
        vmca: Some(&newer),
    }
    .report();
    let advice = remedy(&report, FindingId::VcenterRefusesHost);
    assert!(advice.starts_with("Reissue `CN=esx01.lab.example` from the newer"), "{advice}");
}

#[test]
fn a_ca_without_an_identifier_is_kept_for_what_it_signed() {
    let name = "CN=Old Root, O=Acme";
    let ended = Cert::ca(name).key(Key::p256(740)).no_key_ids().validity("2010-01-01", "2026-01-01").self_signed();
    let root = newer();
    let signed = host(2, "2024-01-01").issued_by(&ended);
    let report = Case {
        machine: machine("2025-07-01").issued_by(&root),
        host: signed,
        roots: &[&root, &ended],
        castore: &[&root, &ended],
        vmca: Some(&root),
    }
    .report();
    let advice = remedy(&report, FindingId::ExpiredAnchorOnHosts);
    assert!(advice.starts_with("Keep it"), "{advice}");
}

#[test]
fn what_only_a_server_sent_is_never_called_known() {
    let root = newer();
    let forged = generation(VMCA, 9, "2025-12-01", "2035-12-01");
    let mut lab = Case {
        machine: machine("2025-07-01").issued_by(&root),
        host: host(3, "2026-01-01").issued_by(&forged),
        roots: &[&root],
        castore: &[&root],
        vmca: None,
    }
    .lab();
    let own = host(3, "2026-01-01").issued_by(&forged);
    let chain = lab.chain(&[&own, &forged], "443.pem");
    lab.host().https = Some(chain);
    let report = lab.report();
    let digest = certificate(&forged).sha256().to_string();
    for finding in &report.findings {
        let advice = finding.remedy.clone().unwrap_or_default();
        assert!(!advice.contains("holds it, SHA-1"), "{}: {advice}", finding.message);
        assert!(!finding.message.contains("TRUSTED_ROOTS holds the newer"), "{}", finding.message);
    }
    let advice = remedy(&report, FindingId::VcenterRefusesHost);
    assert!(advice.contains("not verified") && advice.contains(&digest), "{advice}");
}

#[test]
fn one_source_of_a_store_vouches_for_what_it_holds_alone() {
    let (root, forged) = (newer(), generation("CN=Anybody", 8, "2025-01-01", "2035-01-01"));
    let mut reader = vitrust::estate::EstateReader::new("lab");
    reader.add("vc01/trusted-roots.pem", root.pem().as_bytes());
    reader.add("vc01/machine-ssl.pem", machine("2025-07-01").issued_by(&root).pem().as_bytes());
    reader.add(
        "vc01/download.zip",
        &crate::stores::samples::archive(&[("certs/lin/0a1b2c3d.0", forged.pem().as_bytes())]),
    );
    let estate = reader.finish();
    let roots = estate.vcenters[0].trusted_roots.as_ref().expect("a store");
    assert_eq!(roots.certificates.len(), 2);
    assert_eq!(roots.unverified.iter().copied().collect::<Vec<_>>(), [certificate(&forged).sha256()]);
}

#[test]
fn a_refresh_is_not_advised_where_it_drops_what_is_needed() {
    let (older, newer) = (older(), newer());
    let third = generation("CN=Enterprise Root", 5, "2020-01-01", "2035-01-01");
    let report = Case {
        // The host trusts vCenter by a root that only castore.pem holds.
        machine: machine("2024-07-01").issued_by(&third),
        host: host(0, "2025-07-01").issued_by(&newer),
        roots: &[&newer, &older],
        castore: &[&newer, &third],
        vmca: Some(&newer),
    }
    .report();
    let advice = remedy(&report, FindingId::CastoreLacksRoot);
    assert!(advice.starts_with("First publish Enterprise Root (SHA-1 "), "{advice}");
    assert!(remedy(&report, FindingId::CastoreHasExtra).starts_with("Publish Enterprise Root"), "{}", said(&report));
    // An expired root of TRUSTED_ROOTS is missed by nobody.
    let ended = generation("CN=Ended", 6, "2015-01-01", "2025-01-01");
    let report = Case {
        machine: machine("2025-07-01").issued_by(&newer),
        host: host(0, "2025-07-01").issued_by(&newer),
        roots: &[&newer, &ended],
        castore: &[&newer],
        vmca: Some(&newer),
    }
    .report();
    assert!(!has(&report, FindingId::CastoreLacksRoot), "{}", said(&report));
}

#[test]
fn a_datastore_is_away_only_where_that_is_known() {
    let url = |text: &str| vec![text.to_owned()];
    for (status, registered, served, expected) in [
        ("offline", "https://array.lab.example:8443/vasa", "https://array.lab.example:8443/vasa", true),
        ("OFFLINE", "https://ARRAY.lab.example:8443/vasa/version.xml", "https://array.lab.example:8443", true),
        ("online", "https://ARRAY.lab.example:8443/vasa", "https://array.lab.example:8443/vasa/version.xml", false),
        ("unknown", "https://array.lab.example:8443/vasa", "https://array.lab.example:8443/vasa", false),
        ("offline", "https://other.lab.example:8443/vasa", "https://array.lab.example:8443/vasa", false),
    ] {
        let mut lab = Lab::healthy();
        lab.provider().url = Some(registered.to_owned());
        lab.provider().status = Some(status.to_owned());
        let datastore = vitrust::estate::VvolDatastore { name: "vvol01".into(), providers: url(served) };
        lab.vcenter().vvol_datastores.push(datastore);
        let report = lab.report();
        assert_eq!(has(&report, FindingId::DatastoreProviderOffline), expected, "{status} {registered} {served}");
    }
}

#[test]
fn a_provider_by_its_short_name_or_address_is_the_hosts() {
    for (url, expected) in [
        ("https://esx01.lab.example:9080/version.xml", true),
        ("https://esx01:9080/version.xml", true),
        ("https://192.0.2.17:9080/version.xml", false),
    ] {
        let mut lab = Lab::healthy();
        lab.add_host("esx02.lab.example", 5);
        lab.vcenter().storage_providers.pop();
        lab.provider().name = "IOFilter".into();
        lab.provider().url = Some(url.to_owned());
        let report = lab.report();
        assert_eq!(has(&report, FindingId::ProviderMissing), expected, "{url}");
    }
}

#[test]
fn of_an_ended_sts_chain_only_what_signs_stops_logins() {
    let root = generation("CN=STS root", 4, "2015-01-01", "2026-01-01");
    let own =
        Cert::end_entity("CN=ssoserverSign").key(Key::p256(750)).validity("2024-01-01", "2030-01-01").issued_by(&root);
    let mut lab = Lab::healthy();
    let chain = lab.chain(&[&own, &root], "sts.pem");
    let store = EntryStore { entries: std::iter::once(("sts".into(), chain)).collect(), ..EntryStore::default() };
    lab.vcenter().stores.insert("STS".into(), store);
    let said = said(&lab.report());
    assert!(said.contains("STS root expired") && !said.contains("nobody can log in"), "{said}");
}

#[test]
fn copies_are_never_all_deleted() {
    let mut lab = Lab::healthy();
    let root = lab.root.clone();
    lab.trust(&root);
    let sha256 = certificate(&root).sha256();
    lab.trusted_roots().aliases.insert(sha256, vec!["mine".into(), "yours".into()]);
    assert!(lab.finding(FindingId::DuplicateEntry).remedy.is_some_and(|remedy| remedy.starts_with("Keep one")));
    let own = certificate(&root).sha1().to_string();
    lab.trusted_roots().aliases.insert(sha256, vec!["mine".into(), own.as_str().into()]);
    let remedy = lab.finding(FindingId::DuplicateEntry).remedy.expect("a remedy");
    assert!(remedy.contains("whose alias is not the thumbprint"), "{remedy}");
}
