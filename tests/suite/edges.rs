//! The four trust edges of a host.

use vitrust::Profile;
use vitrust::assess::{Edge, EdgeKind, Report, Trust};
use vitrust::catalogue::{FindingId, Severity};
use vitrust::estate::{CertificateMode, PresentedChain, SmsStore};
use vitrust::path::Reason;
use vitrust_factory::{AT, Cert, Key, vsphere};

use crate::lab::{Lab, messages, read, root, server};

const HOST: &str = "esx01.lab.example";

/// One vCenter with one host, all four edges good.
fn good(version: Option<&str>) -> (Lab, Cert, Cert) {
    let vmca = root("vmca", 1);
    let sms = vsphere::sms_self_signed(AT, 5);
    let mut lab = Lab::default();
    lab.vcenter("vc01.lab.example", &[&server("vc01.lab.example", 11, &vmca)], &[&vmca]);
    lab.sms(Some(&sms), Some(&[&server("sps-extension", 12, &vmca)]));
    lab.host(HOST, version, &[&server(HOST, 13, &vmca)], &[&vmca, &sms]);
    (lab, vmca, sms)
}

fn edge(report: &Report, kind: EdgeKind) -> &Edge {
    let mut edges = report.edges.iter().filter(|edge| edge.kind == kind);
    let edge = edges.next().expect("the host has this edge");
    assert!(edges.next().is_none());
    edge
}

fn verdicts(report: &Report) -> [Trust; 4] {
    EdgeKind::ALL.map(|kind| edge(report, kind).verdict)
}

#[test]
fn healthy_host_trusts_and_is_trusted_by_every_profile_that_matters() {
    for profile in [Profile::Strict, Profile::Openssl, Profile::Java] {
        let report = good(Some("8.0.3")).0.assess(profile);
        assert_eq!(verdicts(&report), [Trust::Trusted; 4], "{profile}");
        assert!(report.edges.iter().all(|edge| edge.rejections.is_empty() && edge.other_name.is_none()));
    }
}

#[test]
fn consumers_are_those_of_the_two_ends() {
    let report = good(Some("8.0.3")).0.assess(Profile::Strict);
    let consumers = EdgeKind::ALL.map(|kind| edge(&report, kind).consumer);
    assert_eq!(consumers, [Profile::Openssl, Profile::Java, Profile::Openssl, Profile::Openssl]);
    let from = EdgeKind::ALL.map(|kind| edge(&report, kind).from().to_string());
    assert_eq!(from, ["vc01.lab.example", "vc01.lab.example", HOST, HOST]);
}

#[test]
fn each_edge_breaks_by_its_own_store_with_its_own_finding() {
    let stranger = root("stranger", 9);
    let (mut lab, ..) = good(Some("8.0.3"));
    lab.estate.vcenters[0].trusted_roots = Some(lab.store(&[&stranger]));
    let report = lab.assess(Profile::Strict);
    assert_eq!(verdicts(&report), [Trust::Untrusted, Trust::Untrusted, Trust::Trusted, Trust::Trusted]);
    assert_eq!(messages(&report, FindingId::VcenterRefusesHost).len(), 1);
    assert_eq!(messages(&report, FindingId::VcenterRefusesProvider).len(), 1);
    let missing = edge(&report, EdgeKind::VcenterToHost);
    assert!(matches!(missing.rejections[0].reason, Reason::IssuerNotFound { .. }));
    assert!(missing.change.is_some());

    let (mut lab, ..) = good(Some("8.0.3"));
    lab.estate.vcenters[0].hosts[0].castore = Some(lab.store(&[&stranger]));
    let report = lab.assess(Profile::Strict);
    assert_eq!(verdicts(&report), [Trust::Trusted, Trust::Trusted, Trust::Untrusted, Trust::Untrusted]);
    assert_eq!(messages(&report, FindingId::HostRefusesVcenter).len(), 1);
    assert_eq!(messages(&report, FindingId::HostRefusesSps).len(), 1);
}

#[test]
fn hosts_of_one_cause_are_one_finding() {
    let (mut lab, vmca, sms) = good(Some("8.0.3"));
    lab.host("esx02.lab.example", Some("8.0.3"), &[&server("esx02.lab.example", 14, &vmca)], &[&vmca, &sms]);
    lab.estate.vcenters[0].trusted_roots = Some(lab.store(&[&root("stranger", 9)]));
    let report = lab.assess(Profile::Strict);
    let found: Vec<_> = report.findings.iter().filter(|f| f.id == FindingId::VcenterRefusesHost).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].subjects.len(), 2);
}

#[test]
fn host_version_decides_which_certificate_sps_shows() {
    // Without sms_self_signed in castore.pem only a host from 9.0 trusts SPS.
    for (version, wanted) in [("7.0.3", Trust::Untrusted), ("8.0.3", Trust::Untrusted), ("9.0.0", Trust::Trusted)] {
        let (mut lab, vmca, _) = good(Some(version));
        lab.estate.vcenters[0].hosts[0].castore = Some(lab.store(&[&vmca]));
        assert_eq!(edge(&lab.assess(Profile::Strict), EdgeKind::HostToSps).verdict, wanted, "{version}");
    }
}

#[test]
fn unknown_version_is_unknown_only_where_the_two_certificates_differ() {
    assert_eq!(edge(&good(None).0.assess(Profile::Strict), EdgeKind::HostToSps).verdict, Trust::Trusted);
    let (mut lab, vmca, _) = good(None);
    lab.estate.vcenters[0].hosts[0].castore = Some(lab.store(&[&vmca]));
    let report = lab.assess(Profile::Strict);
    let sps = edge(&report, EdgeKind::HostToSps);
    assert_eq!(sps.verdict, Trust::Unknown);
    assert_eq!(sps.missing, ["the version of esx01.lab.example"]);
}

#[test]
fn missing_parts_are_named() {
    let (mut lab, ..) = good(Some("8.0.3"));
    let vcenter = &mut lab.estate.vcenters[0];
    vcenter.machine_ssl = None;
    vcenter.sms = None;
    vcenter.hosts[0].https = None;
    vcenter.trusted_roots = None;
    let report = lab.assess(Profile::Strict);
    assert_eq!(verdicts(&report), [Trust::Unknown; 4]);
    assert_eq!(
        edge(&report, EdgeKind::VcenterToHost).missing,
        ["the chain of esx01.lab.example on port 443", "TRUSTED_ROOTS of vc01.lab.example"]
    );
    assert_eq!(edge(&report, EdgeKind::HostToVcenter).missing, ["the machine SSL chain of vc01.lab.example"]);
    assert_eq!(edge(&report, EdgeKind::HostToSps).missing, ["sms_self_signed of vc01.lab.example"]);
}

#[test]
fn expired_root_is_disputed_between_strict_and_java() {
    let vmca = Cert::ca("CN=vmca").key(Key::p256(1)).expired().self_signed();
    let mut lab = Lab::default();
    lab.vcenter("vc01.lab.example", &[&server("vc01.lab.example", 11, &vmca)], &[&vmca]);
    lab.host(HOST, Some("8.0.3"), &[&server(HOST, 13, &vmca)], &[&vmca]);
    let report = lab.assess(Profile::Strict);
    let provider = edge(&report, EdgeKind::VcenterToProvider);
    // SPS goes on, and what strict would refuse is explained.
    assert_eq!((provider.verdict, provider.profile_verdict), (Trust::Trusted, Trust::Untrusted));
    assert!(provider.is_disputed() && !edge(&report, EdgeKind::VcenterToHost).is_disputed());
    assert!(matches!(provider.rejections[0].reason, Reason::Expired { .. }));
    assert!(messages(&report, FindingId::VcenterRefusesProvider).is_empty());
    let disputed: Vec<_> = report.findings.iter().filter(|finding| finding.id == FindingId::EdgeDisputed).collect();
    assert_eq!(disputed.iter().map(|finding| finding.severity).collect::<Vec<_>>(), [Severity::Low]);
    // Asked the other way round, the refusal of the side that decides is what is explained.
    let report = lab.assess(Profile::Java);
    let host = edge(&report, EdgeKind::VcenterToHost);
    assert_eq!((host.verdict, host.profile_verdict), (Trust::Untrusted, Trust::Trusted));
    assert!(matches!(host.rejections[0].reason, Reason::Expired { .. }));
    assert_eq!(messages(&report, FindingId::VcenterRefusesHost).len(), 1);
}

#[test]
fn an_edge_is_judged_by_the_validator_that_sits_there_whatever_profile_is_asked_for() {
    // An issuing CA without its root: enough for strict, Java and Go, and not for vpxd and ESXi (OpenSSL).
    let issuing = Cert::ca("CN=issuing").key(Key::p256(2)).issued_by(&root("enterprise", 1));
    let mut lab = Lab::default();
    lab.vcenter("vc05.lab.example", &[&server("vc05.lab.example", 11, &issuing)], &[&issuing]);
    lab.sms(None, Some(&[&server("sps-extension", 12, &issuing)]));
    lab.host(HOST, Some("9.0.0"), &[&server(HOST, 13, &issuing)], &[&issuing]);
    for profile in Profile::ALL {
        let report = lab.assess(profile);
        let wanted = [Trust::Untrusted, Trust::Trusted, Trust::Untrusted, Trust::Untrusted];
        assert_eq!(verdicts(&report), wanted, "{profile}");
        let own = if profile == Profile::Openssl { Trust::Untrusted } else { Trust::Trusted };
        assert!(report.edges.iter().all(|edge| edge.profile_verdict == own), "{profile}");
        let worst = |id| report.findings.iter().find(|finding| finding.id == id).map(|finding| finding.severity);
        for id in [FindingId::VcenterRefusesHost, FindingId::HostRefusesVcenter, FindingId::HostRefusesSps] {
            assert_eq!(worst(id), Some(Severity::Critical), "{profile}");
        }
        assert_eq!(worst(FindingId::VcenterRefusesProvider), None, "{profile}");
        assert_eq!(worst(FindingId::EdgeDisputed), Some(Severity::Low), "{profile}");
        let first = &edge(&report, EdgeKind::HostToVcenter).rejections[0];
        assert!(matches!(first.reason, Reason::PartialChain | Reason::IssuerNotFound { .. }), "{first:?}");
    }
}

#[test]
fn a_name_is_looked_for_where_the_side_that_decides_looks() {
    // OpenSSL and Java read the common name where there is no alternative name; strict does not.
    let vmca = root("vmca", 1);
    let mut lab = Lab::default();
    let by_common_name =
        |name: &str, key| Cert::end_entity(format!("CN={name}").as_str()).key(Key::p256(key)).issued_by(&vmca);
    lab.vcenter("vc01.lab.example", &[&by_common_name("vc01.lab.example", 11)], &[&vmca]);
    lab.host(HOST, Some("8.0.3"), &[&by_common_name(HOST, 13)], &[&vmca]);
    for profile in Profile::ALL {
        let report = lab.assess(profile);
        assert_eq!(verdicts(&report)[..3], [Trust::Trusted; 3]);
        assert_eq!(messages(&report, FindingId::EdgeOtherName), [""; 0], "{profile}");
        assert!(report.edges.iter().all(|edge| edge.other_name.is_none()), "{profile}");
    }
}

#[test]
fn wrong_name_is_told_apart_from_missing_trust() {
    let vmca = root("vmca", 1);
    let mut lab = Lab::default();
    lab.vcenter("vc01.lab.example", &[&server("vcsa.lab.example", 11, &vmca)], &[&vmca]);
    lab.host("10.0.0.7", Some("8.0.3"), &[&server(HOST, 13, &vmca)], &[&vmca]);
    lab.host("inventory-name", Some("8.0.3"), &[&server(HOST, 13, &vmca)], &[&vmca]);
    let report = lab.assess(Profile::Strict);
    let other = |kind, host: &str| {
        let found = report.edges.iter().find(|edge| edge.kind == kind && &*edge.host == host).expect("an edge");
        assert_eq!(found.verdict, Trust::Trusted);
        found.other_name.clone()
    };
    assert_eq!(other(EdgeKind::HostToVcenter, "10.0.0.7").as_deref(), Some("vc01.lab.example"));
    assert_eq!(other(EdgeKind::VcenterToHost, "10.0.0.7").as_deref(), Some("10.0.0.7"));
    // A bare label may be a name that nobody connects to.
    assert_eq!(other(EdgeKind::VcenterToHost, "inventory-name"), None);
    assert_eq!(messages(&report, FindingId::EdgeOtherName).len(), 2);
}

#[test]
fn thumbprint_mode_compares_with_what_is_pinned() {
    let (mut lab, ..) = good(Some("8.0.3"));
    let host = server(HOST, 13, &root("vmca", 1));
    let other = server(HOST, 14, &root("vmca", 1));
    let pin = lab.chain(&[&host]);
    let vcenter = &mut lab.estate.vcenters[0];
    vcenter.certificate_mode = Some(CertificateMode::Thumbprint);
    vcenter.sms.get_or_insert_with(SmsStore::default).is_whole = true;
    vcenter.trusted_roots = None;
    let report = lab.assess(Profile::Strict);
    assert_eq!(edge(&report, EdgeKind::VcenterToHost).verdict, Trust::Unknown);
    // Without an SMS entry for the URL, SPS refuses the provider (KB 318194).
    assert_eq!(edge(&report, EdgeKind::VcenterToProvider).verdict, Trust::Untrusted);

    let pinned = |lab: &mut Lab, thumbprint, chain: PresentedChain| {
        let vcenter = &mut lab.estate.vcenters[0];
        vcenter.hosts[0].pinned_thumbprint = Some(thumbprint);
        let sms = vcenter.sms.get_or_insert_with(SmsStore::default);
        sms.others.insert(format!("https://{HOST}:9080/version.xml").into(), chain);
    };
    pinned(&mut lab, read(&host).sha1(), pin);
    let report = lab.assess(Profile::Strict);
    assert_eq!(verdicts(&report), [Trust::Trusted; 4]);
    assert!(edge(&report, EdgeKind::VcenterToHost).pinned && !edge(&report, EdgeKind::HostToVcenter).pinned);

    let stale = lab.chain(&[&other]);
    pinned(&mut lab, read(&other).sha1(), stale);
    let report = lab.assess(Profile::Strict);
    assert_eq!(verdicts(&report)[..2], [Trust::Untrusted; 2]);
    assert!(messages(&report, FindingId::VcenterRefusesHost)[0].contains("not the pinned certificate"));
}

#[test]
fn a_pinned_provider_is_known_by_host_and_port_in_any_spelling() {
    let host = server(HOST, 13, &root("vmca", 1));
    let verdict = |alias: &str, name: &str| {
        let (mut lab, ..) = good(Some("8.0.3"));
        let pin = lab.chain(&[&host]);
        let vcenter = &mut lab.estate.vcenters[0];
        vcenter.certificate_mode = Some(CertificateMode::Thumbprint);
        vcenter.hosts[0].name = name.into();
        let sms = vcenter.sms.get_or_insert_with(SmsStore::default);
        sms.is_whole = true;
        sms.others.insert(alias.into(), pin);
        edge(&lab.assess(Profile::Strict), EdgeKind::VcenterToProvider).verdict
    };
    for alias in [
        "https://ESX01.lab.example:9080/version.xml",
        "https://esx01.lab.example.:9080/version.xml",
        "https:/esx01.lab.example:9080",
        "https://esx01.lab.example:9080/",
    ] {
        assert_eq!(verdict(alias, HOST), Trust::Trusted, "{alias}");
    }
    assert_eq!(verdict("https://esx01.lab.example:9080/version.xml", "Esx01.lab.example."), Trust::Trusted);
    for alias in ["https://esx01.lab.example:8443/version.xml", "https://esx02.lab.example:9080/version.xml", HOST] {
        assert_eq!(verdict(alias, HOST), Trust::Untrusted, "{alias}");
    }
}

/// A host whose castore.pem lacks a new root of TRUSTED_ROOTS, so that a refresh is due.
fn due_for_refresh(version: &str) -> (Lab, Cert, Cert) {
    let (mut lab, vmca, sms) = good(Some(version));
    lab.estate.vcenters[0].trusted_roots = Some(lab.store(&[&vmca, &root("new", 9)]));
    (lab, vmca, sms)
}

#[test]
fn refresh_that_is_due_would_drop_the_certificate_of_sps() {
    let warnings = |lab: &Lab| messages(&lab.assess(Profile::Strict), FindingId::RefreshDropsSms).len();
    let (lab, ..) = due_for_refresh("8.0.3");
    assert_eq!(warnings(&lab), 1);
    // Nothing to refresh, a host that meets sps-extension, and a store that keeps the certificate.
    assert_eq!(warnings(&good(Some("8.0.3")).0), 0);
    assert_eq!(warnings(&due_for_refresh("9.0.0").0), 0);
    let (mut lab, vmca, sms) = due_for_refresh("8.0.3");
    lab.estate.vcenters[0].trusted_roots = Some(lab.store(&[&vmca, &root("new", 9), &sms]));
    assert_eq!(warnings(&lab), 0);
}

#[test]
fn expired_root_makes_a_refresh_due_where_the_stores_agree() {
    let (mut lab, vmca, sms) = good(Some("8.0.3"));
    let old = Cert::ca("CN=old").key(Key::p256(9)).expired().self_signed();
    lab.estate.vcenters[0].trusted_roots = Some(lab.store(&[&vmca, &old]));
    lab.estate.vcenters[0].hosts[0].castore = Some(lab.store(&[&vmca, &old, &sms]));
    assert_eq!(messages(&lab.assess(Profile::Strict), FindingId::RefreshDropsSms).len(), 1);
}

#[test]
fn of_two_certificates_that_may_be_shown_neither_is_guessed() {
    let (mut lab, vmca, sms) = good(None);
    let sps = |lab: &Lab| edge(&lab.assess(Profile::Strict), EdgeKind::HostToSps).clone();
    // Either way trusted: that is known, and which of both is shown is not.
    let both = sps(&lab);
    assert_eq!((both.verdict, both.profile_verdict), (Trust::Trusted, Trust::Trusted));
    assert!(both.certificate.is_none() && both.missing.is_empty());
    // Either way refused: that is known too, with the reasons of both and no change that would do for both.
    let castore = lab.store(&[&root("stranger", 9)]);
    lab.estate.vcenters[0].hosts[0].castore = Some(castore);
    let neither = sps(&lab);
    assert_eq!((neither.verdict, neither.change), (Trust::Untrusted, None));
    let blamed: Vec<_> = neither.rejections.iter().filter_map(|r| r.certificate.as_ref().map(|c| c.sha256)).collect();
    assert!(blamed.contains(&read(&sms).sha256()) && blamed.iter().any(|sha256| *sha256 != read(&sms).sha256()));
    // Only one of both: said with what would have to be known.
    for castore in [[&vmca], [&sms]] {
        lab.estate.vcenters[0].hosts[0].castore = Some(lab.store(&castore));
        let one = sps(&lab);
        assert_eq!((one.verdict, one.profile_verdict), (Trust::Unknown, Trust::Unknown));
        assert_eq!(one.missing, ["the version of esx01.lab.example"]);
        assert!(one.rejections.is_empty() && one.certificate.is_none());
    }
}

#[test]
fn vcenter_below_9_has_no_newer_host() {
    let (mut lab, vmca, sms) = good(None);
    lab.estate.vcenters[0].version = Some("8.0.3".to_owned());
    lab.estate.vcenters[0].hosts[0].castore = Some(lab.store(&[&vmca]));
    let report = lab.assess(Profile::Strict);
    let sps = edge(&report, EdgeKind::HostToSps);
    assert_eq!(sps.verdict, Trust::Untrusted);
    assert_eq!(sps.certificate.as_ref().and_then(|shown| shown.sha256), Some(read(&sms).sha256()));
    // The same answer decides what castore.pem must hold.
    assert_eq!(messages(&report, FindingId::CastoreLacksSms).len(), 1);
    lab.estate.vcenters[0].version = Some("9.0.0".to_owned());
    let report = lab.assess(Profile::Strict);
    assert_eq!(edge(&report, EdgeKind::HostToSps).verdict, Trust::Unknown);
    assert!(messages(&report, FindingId::CastoreLacksSms).is_empty());
}

#[test]
fn refresh_of_a_host_of_unknown_version_is_warned_of_with_that_said() {
    let (mut lab, ..) = due_for_refresh("8.0.3");
    let said = |lab: &Lab| messages(&lab.assess(Profile::Strict), FindingId::RefreshDropsSms).concat();
    assert!(!said(&lab).contains("not known"), "{}", said(&lab));
    lab.estate.vcenters[0].hosts[0].version = None;
    assert!(said(&lab).contains("below 9.0") && said(&lab).contains("not known"), "{}", said(&lab));
}

#[test]
fn a_chain_that_begins_with_a_ca_is_in_the_wrong_order_and_nothing_is_to_be_reissued() {
    let vmca = root("vmca", 1);
    let sub = Cert::ca("CN=sub").key(Key::p256(2)).issued_by(&vmca);
    let own = server("vc01.lab.example", 11, &sub);
    let judged = |chain: &[&Cert]| {
        let mut lab = Lab::default();
        lab.vcenter("vc01.lab.example", chain, &[&vmca]);
        lab.host(HOST, Some("8.0.3"), &[&server(HOST, 13, &vmca)], &[&vmca]);
        lab.assess(Profile::Strict)
    };
    assert!(messages(&judged(&[&own, &sub]), FindingId::ChainBeginsWithCa).is_empty());
    let report = judged(&[&sub, &own]);
    let said = messages(&report, FindingId::ChainBeginsWithCa);
    assert_eq!(said, ["the chain begins with the CA `CN=sub`, and `CN=vc01.lab.example` after it is not a CA"]);
    let host = edge(&report, EdgeKind::HostToVcenter);
    let Reason::EndEntityIsCa { end_entity: Some(other) } = &host.rejections[0].reason else { panic!("{host:?}") };
    assert_eq!(other, "CN=vc01.lab.example");
    assert!(messages(&report, FindingId::HostRefusesVcenter)[0].contains("in the wrong order"));
    // A lone CA with nothing behind it: it is the wrong certificate too, and stays as it is.
    let report = judged(&[&sub]);
    assert!(messages(&report, FindingId::ChainBeginsWithCa).is_empty());
    assert!(messages(&report, FindingId::PartyNotTrusted)[0].contains("is a CA certificate where an end-entity"));
    for report in [judged(&[&sub, &own]), judged(&[&sub])] {
        let told =
            report.findings.iter().filter_map(|finding| finding.remedy.as_deref()).filter(|it| it.contains("sub"));
        let told: Vec<&str> = told.collect();
        assert!(!told.is_empty() && told.iter().all(|remedy| !remedy.starts_with("reissue")), "{told:?}");
    }
}

#[test]
fn a_regenerated_root_is_told_by_the_rules_of_whoever_decides() {
    let (mut lab, _, sms) = good(Some("8.0.3"));
    let old = root("vmca", 9).rebuild().validity("2020-01-01", "2030-01-01").self_signed();
    lab.estate.vcenters[0].hosts[0].castore = Some(lab.store(&[&old, &sms]));
    for profile in Profile::ALL {
        let report = lab.assess(profile);
        let refused = edge(&report, EdgeKind::HostToVcenter);
        assert_eq!((refused.verdict, refused.consumer), (Trust::Untrusted, Profile::Openssl));
        assert!(matches!(refused.rejections[0].reason, Reason::KeyChanged { .. }), "{:?}", refused.rejections);
        let told = report.findings.iter().filter(|finding| finding.id == FindingId::RegeneratedRoot);
        let hosts: Vec<_> = told.flat_map(|finding| &finding.subjects).filter_map(|at| at.host.as_deref()).collect();
        assert_eq!(hosts, [HOST], "{profile}");
    }
}
