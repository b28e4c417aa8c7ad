//! How findings are worded, grouped and ordered, and the expiry table.

use vitrust::assess::{AssessOptions, ExpiryState, Limits, Thresholds, assess};
use vitrust::catalogue::{FindingId, Severity};
use vitrust::estate::{Part, StorageProvider, VCenter};
use vitrust::store::{DumpedEntry, Found, LintKind, Place};
use vitrust_factory::{Cert, Key, vsphere};

use super::lab::{Lab, arc, at, certificate, names};

#[test]
fn an_expired_root_on_many_hosts_is_one_finding_naming_all() {
    let mut lab = Lab::healthy();
    lab.add_host("esx02.lab.example", 4);
    lab.add_host("esx03.lab.example", 5);
    let old = Cert::ca("CN=Old").key(Key::p256(40)).expired().self_signed();
    lab.trust_everywhere(&old);
    let sha256 = lab.reference(&old);
    lab.vcenter().hosts[2].castore.as_mut().expect("a store").certificates.retain(|held| *held != sha256);
    let finding = lab.finding(FindingId::ExpiredAnchorOnHosts);
    assert_eq!(
        names(&finding),
        [
            "vc01.lab.example / TRUSTED_ROOTS",
            "vc01.lab.example / esx01.lab.example / castore.pem",
            "vc01.lab.example / esx02.lab.example / castore.pem"
        ]
    );
    assert_eq!(finding.severity, Severity::Critical);
    assert_eq!(finding.evidence.certificates[0].sha256, Some(sha256));
    assert!(finding.remedy.is_some_and(|remedy| remedy.contains("Refresh CA Certificates")));
    let others = lab.report().findings.iter().filter(|finding| finding.id == FindingId::AnchorExpired).count();
    assert_eq!(others, 0, "the same cause is not said twice");
}

#[test]
fn an_expired_root_on_a_host_alone_is_an_expired_anchor_there() {
    let mut lab = Lab::healthy();
    let old = lab.reference(&Cert::ca("CN=Old").key(Key::p256(40)).expired().self_signed());
    lab.castore().certificates.push(old);
    lab.castore().lines = vec![1, 20, 39];
    let finding = lab.finding(FindingId::AnchorExpired);
    assert_eq!(names(&finding), ["vc01.lab.example / esx01.lab.example / castore.pem"]);
    let place = finding.subjects[0].place.clone().expect("a place");
    assert_eq!(place.to_string(), "esx01.lab.example/castore.pem line 39");
}

#[test]
fn what_a_castore_has_from_trusted_roots_is_said_of_trusted_roots_alone() {
    let mut lab = Lab::healthy();
    lab.trust_everywhere(&Cert::ca("CN=Short").key(Key::rsa1024(0)).self_signed());
    lab.trust_everywhere(&vsphere::vmca_root("vc01.lab.example", 9));
    assert_eq!(names(&lab.finding(FindingId::AnchorWeak)), ["vc01.lab.example / TRUSTED_ROOTS"]);
    assert_eq!(names(&lab.finding(FindingId::SameNameOtherKey)), ["vc01.lab.example / TRUSTED_ROOTS"]);
}

#[test]
fn hosts_that_differ_in_the_same_way_are_one_finding() {
    let mut lab = Lab::healthy();
    lab.add_host("esx02.lab.example", 4);
    lab.trust(&Cert::ca("CN=New").key(Key::p256(50)).self_signed());
    let finding = lab.finding(FindingId::CastoreLacksRoot);
    assert_eq!(finding.subjects.len(), 2);
    assert_eq!(finding.message, "castore.pem lacks a certificate that TRUSTED_ROOTS holds: CN=New");
}

#[test]
fn entries_known_from_a_dump_take_part_in_drift_lint_and_expiry() {
    let mut lab = Lab::healthy();
    let root = certificate(&lab.root.clone());
    let entry = |sha1, subject: &str, until: &str| Found {
        value: DumpedEntry {
            sha1,
            subject: Some(subject.to_owned()),
            not_after: Some(until.parse().expect("a date")),
            is_ca: Some(true),
            ..DumpedEntry::default()
        },
        place: Place { store: Some(arc("TRUSTED_ROOTS")), alias: Some(arc("hand-made")), ..Place::default() },
    };
    let roots = lab.trusted_roots();
    roots.certificates.clear();
    roots.dumped = vec![
        entry(Some(root.sha1()), "CN=CA", "2035-01-01"),
        entry(Some(vitrust::thumbprint::Thumbprint([7; 20])), "CN=Gone", "2035-01-01"),
        entry(None, "CN=Old", "2020-01-01"),
    ];
    let ids: Vec<FindingId> = lab.report().findings.iter().map(|finding| finding.id).collect();
    assert_eq!(
        ids,
        [FindingId::AnchorExpired, FindingId::CastoreLacksRoot, FindingId::AliasNotThumbprint],
        "the root is on the host by its thumbprint, the other is not"
    );
    assert_eq!(lab.finding(FindingId::CastoreLacksRoot).evidence.count, Some(1));
    assert_eq!(lab.report().expiry[0].certificate.subject, "CN=Old");
}

#[test]
fn many_certificates_of_one_vcenter_in_one_state_are_one_finding() {
    let findings = |hosts: usize| {
        let mut lab = Lab::healthy();
        lab.vcenter().hosts.clear();
        lab.vcenter().storage_providers.clear();
        for number in 0..hosts {
            let name = format!("esx{number:02}");
            lab.add_host(&name, 2);
            let cert = vsphere::host_certificate_builder(&name, 2).expired().issued_by(&lab.root.clone());
            let chain = lab.chain(&[&cert], "443.pem");
            let last = lab.vcenter().hosts.last_mut().expect("a host");
            last.https = Some(chain);
        }
        let report = lab.report();
        report.findings.into_iter().filter(|finding| finding.id == FindingId::CertificateExpired).collect::<Vec<_>>()
    };
    assert_eq!(findings(5).len(), 5);
    let many = findings(12);
    assert_eq!(many.len(), 1);
    assert_eq!((many[0].subjects.len(), many[0].evidence.count), (12, Some(12)));
}

#[test]
fn findings_are_ordered_and_the_report_is_the_same_every_time() {
    let mut lab = Lab::healthy();
    lab.provider().status = Some("offline".to_owned());
    lab.trust(&Cert::ca("CN=Old").key(Key::p256(40)).expired().no_key_ids().self_signed());
    let report = lab.report();
    let severities: Vec<Severity> = report.findings.iter().map(|finding| finding.severity).collect();
    assert!(severities.is_sorted(), "{severities:?}");
    assert_eq!(report.worst(), severities.first().copied());
    assert_eq!(report.to_json(), lab.report().to_json());
    let value: serde_json::Value = serde_json::from_str(&report.to_json()).expect("JSON");
    assert_eq!(value["schema"], "vitrust-report/2");
    assert_eq!(value["findings"][0]["subjects"][0]["vcenter"], "vc01.lab.example");
}

#[test]
fn the_expiry_table_lists_each_certificate_once_with_its_uses() {
    let lab = Lab::healthy();
    let rows = lab.report().expiry;
    assert_eq!(rows.len(), 4, "root, machine, host, SPS");
    assert!(rows.is_sorted_by_key(|row| row.certificate.not_after));
    assert_eq!((rows[0].days_left, rows[0].state), (214, ExpiryState::Good));
    let root = certificate(&lab.root);
    let row = rows.iter().find(|row| row.certificate.sha256 == Some(root.sha256())).expect("the root");
    let uses: Vec<(Part, usize)> = row.uses.iter().map(|known| (known.part, known.count)).collect();
    assert_eq!(uses, [(Part::TrustedRoots, 1), (Part::VmcaRoot, 1), (Part::Castore, 1)]);
}

#[test]
fn a_store_and_an_estate_say_the_same_of_aliases_and_names() {
    let mut lab = Lab::healthy();
    let leaf = |key| Cert::end_entity("CN=leaf").key(Key::p256(key)).self_signed();
    lab.trust(&leaf(50)).trust(&leaf(51));
    let sha256 = lab.reference(&lab.root.clone());
    let capitals = arc(&lab.root.sha1().to_uppercase());
    lab.trusted_roots().store = Some(arc("TRUSTED_ROOTS"));
    lab.trusted_roots().aliases.insert(sha256, vec![capitals]);
    let resolved = lab.estate.resolve();
    let content = lab.estate.vcenters[0].trusted_roots.as_ref().expect("a store");
    let issues = vitrust::store::lint(&resolved.store(content), at());
    let of_store = |wanted: fn(&LintKind) -> bool| issues.iter().any(|issue| wanted(&issue.kind));
    let found: Vec<FindingId> = lab.report().findings.iter().map(|finding| finding.id).collect();
    assert!(of_store(|kind| matches!(kind, LintKind::AliasMismatch { .. })));
    assert!(found.contains(&FindingId::AliasNotThumbprint), "vmafd writes small letters");
    assert!(!of_store(|kind| matches!(kind, LintKind::SameNameDifferentKey { .. })), "these are no CAs");
    assert!(!found.contains(&FindingId::SameNameOtherKey));
}

#[test]
fn thresholds_decide_the_state() {
    let lab = Lab::healthy();
    let state = |thresholds, within| {
        let options = AssessOptions { thresholds, within, ..AssessOptions::at(at()) };
        assess(&lab.estate, &options).expiry.first().map(|row| row.state)
    };
    let days = |soft, hard| Thresholds::Days(Limits { soft, hard });
    assert_eq!(state(days(214, 30), None), Some(ExpiryState::Good), "214 whole days are left");
    assert_eq!(state(days(215, 214), None), Some(ExpiryState::Soft));
    assert_eq!(state(days(300, 215), None), Some(ExpiryState::Hard));
    assert_eq!(state(Thresholds::VcenterHost, Some(60)), None, "nothing ends within 60 days");
    assert_eq!(state(Thresholds::VcenterHost, Some(215)), Some(ExpiryState::Soft));
}

#[test]
fn an_expired_certificate_sent_along_weighs_less_than_the_servers_own() {
    let mut lab = Lab::healthy();
    let machine = vsphere::machine_ssl("vc01.lab.example", 1, &lab.root.clone());
    let old = Cert::ca("CN=Old").key(Key::p256(40)).expired().self_signed();
    lab.vcenter().machine_ssl = Some(lab.chain(&[&machine, &old], "machine-ssl.pem"));
    assert_eq!(lab.finding(FindingId::CertificateExpired).severity, Severity::Medium);
}

#[test]
fn a_provider_of_two_vcenters_is_no_finding_where_both_trust_what_each_gave_it() {
    let build = |both: bool| {
        let mut lab = Lab::healthy();
        let (ours, theirs) = (lab.root.clone(), vsphere::vmca_root("vc02.lab.example", 7));
        if both {
            lab.trust(&theirs);
        }
        let url = Some("https://array.lab.example:8443/vasa/version.xml".to_owned());
        let mut provider = |name: &str, root: &Cert, n: u64| {
            let held = Cert::end_entity("CN=array.lab.example").key(Key::p256(n)).issued_by(root);
            let certificate = Some(lab.held(&held, name));
            StorageProvider { name: arc(name), url: url.clone(), certificate, ..StorageProvider::default() }
        };
        let (here, there) = (provider("array one", &ours, 11), provider("array two", &theirs, 12));
        let extra = Cert::ca("CN=Extra").key(Key::p256(13)).self_signed();
        let trusted_roots = Some(lab.store(&[&ours, &theirs, &extra], "vc02/trusted-roots.txt"));
        lab.vcenter().storage_providers.push(here);
        let (name, storage_providers) = (arc("vc02.lab.example"), vec![there]);
        lab.estate.vcenters.push(VCenter { name, trusted_roots, storage_providers, ..VCenter::default() });
        lab.report().findings.iter().any(|finding| finding.id == FindingId::ProviderShared)
    };
    assert!(build(false), "vc01 does not trust what vc02 gives the provider");
    assert!(!build(true), "their stores differ, and each trusts both");
}
