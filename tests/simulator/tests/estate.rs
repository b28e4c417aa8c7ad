//! The project's own clients, and OpenSSL, on the simulated estate.

use crate::support::{now, open, start};
use vitrust::net::{Cancel, NetError, ServerTrust, blocking};
use vitrust_simulator::{HostState, ProviderStatus, Simulation, Spec, Story, Version};

#[test]
fn a_session_reads_everything_in_every_version() {
    for version in Version::ALL {
        let simulation = start(&Spec { hosts_per_vcenter: 3, version, ..Spec::at(now()) });
        blocking::run(read_everything(&simulation, version)).expect("a runtime");
        assert_eq!(simulation.sessions(0), 0, "{version}: every session is closed");
    }
}

async fn read_everything(simulation: &Simulation, version: Version) {
    let session = open(simulation, 0, "administrator@vsphere.local").await.expect("a session");
    let expected = if version >= Version::V8_0_3 { 1 } else { 2 };
    assert_eq!(simulation.sessions(0), expected, "{version}");
    assert_eq!(session.certificate_mode().await.expect("an answer").as_deref(), Some("vmca"));
    match session.trusted_roots().await {
        Ok(roots) => {
            assert_eq!(roots.len(), 1);
            assert!(roots[0].id.len() == 40 && roots[0].id == roots[0].id.to_uppercase(), "{}", roots[0].id);
            assert!(roots[0].pem[0].contains("-----BEGIN X509 CRL-----"), "the CRL stands in the same text");
            assert!(version > Version::V6_7);
        }
        Err(NetError::NotFound { .. } | NetError::Unsupported { .. }) => assert_eq!(version, Version::V6_7),
        Err(error) => panic!("{version}: {error}"),
    }
    let hosts = session.hosts().await.expect("hosts");
    let names: Vec<&str> = hosts.iter().filter_map(|host| host.name.as_deref()).collect();
    assert_eq!(names, ["esx01.vc01.lab.example", "esx02.vc01.lab.example", "esx03.vc01.lab.example"]);
    for host in &hosts {
        assert!(host.missing.is_empty(), "{:?}", host.missing);
        let pem = host.certificate.as_deref().expect("a certificate");
        let certificate = vitrust::Certificate::from_pem(pem).expect("PEM");
        assert_eq!(Some(certificate.sha1()), host.pinned_thumbprint);
        let manager = host.certificate_manager.as_ref().expect("a certificate manager");
        let castore = session.host_ca_certificates(manager).await.expect("a castore");
        assert_eq!(castore.len(), if version >= Version::V9_0 { 1 } else { 2 }, "{version}");
        assert_eq!(session.host_ca_revocation_lists(manager).await.expect("CRLs").len(), 1);
    }
    let providers = session.storage_providers().await.expect("providers");
    assert_eq!(providers.len(), 3);
    for provider in providers {
        assert_eq!(provider.status.as_deref(), Some("online"), "{version}: {provider:?}");
        assert_eq!(provider.certificate_status.as_deref(), Some("valid"));
    }
    session.close().await;
}

#[test]
fn hosts_come_in_pages() {
    let simulation = start(&Spec { hosts_per_vcenter: 230, ..Spec::at(now()) });
    let hosts = blocking::run(async {
        let session = open(&simulation, 0, "administrator@vsphere.local").await.expect("a session");
        let hosts = session.hosts().await.expect("hosts");
        session.close().await;
        hosts
    });
    let hosts = hosts.expect("a runtime");
    let mut ids: Vec<&str> = hosts.iter().map(|host| host.moref.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 230);
    let pages = simulation.log().iter().filter(|request| request.operation == "ContinueRetrievePropertiesEx").count();
    assert_eq!(pages, 2);
}

#[test]
fn a_wrong_password_is_unauthenticated_and_leaves_nothing_open() {
    for version in Version::ALL {
        let simulation = start(&Spec { version, ..Spec::at(now()) });
        let refused = blocking::run(open(&simulation, 0, "somebody@vsphere.local")).expect("a runtime").map(drop);
        assert!(matches!(refused, Err(NetError::Unauthenticated { .. })), "{version}: {refused:?}");
        assert_eq!(simulation.sessions(0), 0);
    }
}

#[test]
fn a_missing_privilege_names_itself() {
    let simulation = start(&Spec::at(now()));
    let hosts = blocking::run(async {
        let session = open(&simulation, 0, "readonly@vsphere.local").await.expect("a session");
        let hosts = session.hosts().await.expect("hosts");
        session.close().await;
        hosts
    });
    let host = hosts.expect("a runtime").remove(0);
    assert_eq!(host.certificate_manager, None);
    assert_eq!(host.missing[0].privilege.as_deref(), Some("Certificate.Manage"));
}

#[test]
fn another_root_does_not_open_a_session() {
    let simulation = start(&Spec::at(now()));
    let other = start(&Spec { seed: 2, ..Spec::at(now()) });
    let mut target = crate::support::target(&simulation, 0, "administrator@vsphere.local");
    target.trust = ServerTrust::only(crate::support::certificates(&other.vcenters[0].ca_pem));
    let opened = blocking::run(vitrust::net::vsphere::Session::open(&target, &Cancel::default()));
    assert!(matches!(opened.expect("a runtime").map(drop), Err(NetError::Untrusted(_))));
    assert_eq!(simulation.sessions(0), 0);
}

#[test]
fn each_story_has_its_consequence() {
    let simulation = start(&Spec { vcenters: 4, hosts_per_vcenter: 2, story: Story::All, ..Spec::at(now()) });
    let of = |vcenter| simulation.providers(vcenter).into_iter().map(|(_, status)| status).collect::<Vec<_>>();
    let refused = ProviderStatus::ClientRefused("CertificateUnknown".to_owned());
    assert_eq!(of(0), [ProviderStatus::Online, ProviderStatus::Online]);
    assert_eq!(of(1), [refused.clone(), refused.clone()], "the service's certificate is of an expired root");
    assert_eq!(of(2), [ProviderStatus::HostUntrusted, ProviderStatus::HostUntrusted]);
    assert_eq!(of(3), [refused.clone(), refused], "the castore lacks the service's certificate");
}

#[test]
fn a_provider_tells_why_it_is_offline() {
    let simulation = start(&Spec { story: Story::StaleProvider, ..Spec::at(now()) });
    let providers = blocking::run(async {
        let session = open(&simulation, 0, "administrator@vsphere.local").await.expect("a session");
        let providers = session.storage_providers().await.expect("providers");
        session.close().await;
        providers
    });
    let provider = providers.expect("a runtime").remove(0);
    assert_eq!(provider.status.as_deref(), Some("offline"));
    assert_eq!(provider.status_fault.as_deref(), Some("CertificateNotTrusted"));
}

#[test]
fn a_client_of_an_older_version_is_not_told_why() {
    let simulation = start(&Spec { story: Story::StaleProvider, ..Spec::at(now()) });
    let told = |action: &str| {
        let client = crate::support::soap::Client::new(&simulation, 0).login().speaking(action);
        client.sms("QueryProviderInfo", ("VasaProvider", "vasaProvider-10"), "").contains("statusFault")
    };
    let versions = ["urn:sms/4.0", "urn:sms/6.5", "urn:sms/8.0.1.0", "urn:sms"];
    assert_eq!(versions.map(told), [false, true, true, true]);
}

#[test]
fn a_renewed_service_certificate_ends_the_story_of_the_expired_root() {
    let simulation = start(&Spec { story: Story::ExpiredRoot, ..Spec::at(now()) });
    simulation.renew_sms(0);
    let answer = crate::support::soap::Client::new(&simulation, 0).login().synchronize("vasaProvider-10");
    assert!(answer.contains(">success<"), "{answer}");
    assert_eq!(simulation.providers(0)[0].1, ProviderStatus::Online);
}

#[test]
fn a_root_deleted_from_vecs_alone_comes_back() {
    let simulation = start(&Spec::at(now()));
    let alias = simulation.trusted_roots(0)[0].sha1().to_string();
    assert!(simulation.delete_from_vecs(0, &alias));
    assert!(simulation.trusted_roots(0).is_empty());
    simulation.synchronize_vecs(0);
    assert_eq!(simulation.trusted_roots(0)[0].sha1().to_string(), alias);
}

#[test]
fn a_push_drops_the_service_certificate_and_spares_who_is_in_maintenance() {
    let simulation = start(&Spec { hosts_per_vcenter: 2, ..Spec::at(now()) });
    let client = crate::support::soap::Client::new(&simulation, 0).login();
    simulation.set_host(0, 1, HostState::Maintenance);
    let refused = client.refresh(&["host-10", "host-11"]);
    assert!(refused.contains(">error<") && refused.contains("InvalidState"), "{refused}");
    assert_eq!(simulation.providers(0)[0].1, ProviderStatus::Online, "nothing was pushed to anybody");
    let before = simulation.castore(0, 0);
    assert!(client.refresh(&["host-10"]).contains(">success<"));
    assert_ne!(simulation.castore(0, 0), before);
    let statuses: Vec<ProviderStatus> = simulation.providers(0).into_iter().map(|(_, status)| status).collect();
    assert!(matches!(statuses[..], [ProviderStatus::ClientRefused(_), ProviderStatus::Online]), "{statuses:?}");
    // The way back: list, append, replace, synchronise.
    client.replace("certificateManager-10", &[&simulation.castore(0, 0), &simulation.sms_pem(0)]);
    assert!(client.synchronize("vasaProvider-10").contains(">success<"));
    assert_eq!(simulation.providers(0)[0].1, ProviderStatus::Online);
}
