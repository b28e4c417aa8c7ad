//! What a collection finds out, against what the simulated estate is.

use vitrust::assess::{AssessOptions, assess};
use vitrust::catalogue::FindingId;
use vitrust::estate::{CertificateMode, Estate, STS};
use vitrust::net::{Credentials, ServerTrust};
use vitrust_simulator::{Fault, HostState, Mishap, Spec, Version};

use super::{gather, inventory, now, run, start};

pub(super) fn has(estate: &Estate, id: FindingId) -> bool {
    assess(estate, &AssessOptions::at(now())).findings.iter().any(|finding| finding.id == id)
}

#[test]
fn every_fact_of_a_healthy_estate_is_there_in_every_version() {
    for version in Version::ALL {
        let simulation = start(&Spec { vcenters: 2, hosts_per_vcenter: 3, version, ..Spec::at(now()) });
        let collected = gather(&simulation);
        assert_eq!(collected.failures, [], "{version}");
        assert!(collected.insecure.is_empty());
        for (index, vcenter) in collected.estate.vcenters.iter().enumerate() {
            assert_eq!(simulation.sessions(index), 0, "{version}: every session is closed");
            assert_eq!(vcenter.certificate_mode, Some(CertificateMode::Vmca), "{version}");
            assert!(vcenter.version.is_some() && vcenter.sms.is_some() && !vcenter.insecure);
            assert_eq!(vcenter.machine_ssl.as_ref().map(|chain| chain.certificates.len()), Some(1));
            let roots = vcenter.trusted_roots.as_ref().expect("roots");
            let held: Vec<_> = simulation.trusted_roots(index).iter().map(vitrust::Certificate::sha256).collect();
            assert_eq!(roots.certificates, held, "{version}");
            assert_eq!((vcenter.hosts.len(), vcenter.storage_providers.len()), (3, 3));
            let signing = vcenter.stores.get(STS).map(|store| {
                assert!(store.unreadable.is_empty() && store.dumped.is_empty(), "{version}: {store:?}");
                store.entries.values().map(|chain| chain.certificates.len()).collect::<Vec<_>>()
            });
            let is_told = version >= Version::V8_0_1;
            assert_eq!(signing, is_told.then(|| vec![2]), "{version}: the signing certificate and its root");
            assert!(vcenter.storage_providers.iter().all(|provider| provider.uid.is_some()), "{version}");
            for (host, made) in vcenter.hosts.iter().zip(0..) {
                assert!(host.moref.as_ref().is_some_and(|id| id.starts_with("host-")), "{version}: {:?}", host.moref);
                assert!(host.https.is_some() && host.iofilter.is_some(), "{version}: {}", host.name);
                assert_eq!(host.connection_state.as_deref(), Some("connected"));
                let castore = host.castore.as_ref().expect("a castore");
                let blocks = simulation.castore(index, made).matches("BEGIN CERTIFICATE").count();
                assert_eq!(castore.certificates.len(), blocks, "{version}");
            }
        }
        let report = assess(&collected.estate, &AssessOptions::at(now()));
        assert!(
            report
                .findings
                .iter()
                .all(|finding| finding.id.name().starts_with("party-") || finding.id == FindingId::MatrixNotMutual),
            "{version}: {:?}",
            report.findings
        );
    }
}

#[test]
fn a_host_that_is_not_connected_is_called_so() {
    let simulation = start(&Spec { hosts_per_vcenter: 2, ..Spec::at(now()) });
    simulation.set_host(0, 1, HostState::Disconnected);
    let collected = gather(&simulation);
    let [one, other] = &collected.estate.vcenters[0].hosts[..] else { panic!("two hosts") };
    assert_eq!(one.connection_state.as_deref(), Some("connected"));
    assert_eq!(other.connection_state.as_deref(), Some("disconnected"));
    assert!(has(&collected.estate, FindingId::HostNotConnected));
}

#[test]
fn why_a_provider_is_offline_is_told() {
    let simulation = start(&Spec { story: vitrust_simulator::Story::StaleProvider, ..Spec::at(now()) });
    let collected = gather(&simulation);
    let provider = &collected.estate.vcenters[0].storage_providers[0];
    assert_eq!(provider.status.as_deref(), Some("offline"));
    assert!(provider.status_fault.is_some(), "{provider:?}");
}

#[test]
fn facts_from_whoever_answered_are_marked_in_the_estate() {
    let simulation = start(&Spec::at(now()));
    let (mut inventory, _folder) = inventory(&simulation);
    inventory.vcenters[0].target.trust = ServerTrust::Insecure;
    let collected = run(&inventory);
    assert_eq!(collected.insecure, ["vc01.lab.example"]);
    assert!(has(&collected.estate, FindingId::CollectedUnverified));
    let read = Estate::from_json(collected.estate.to_json().as_bytes()).expect("what was written is read");
    assert!(has(&read, FindingId::CollectedUnverified), "also from the file");
}

#[test]
fn a_refused_login_is_marked_too() {
    let simulation = start(&Spec::at(now()));
    let (mut inventory, _folder) = inventory(&simulation);
    inventory.vcenters[0].target.trust = ServerTrust::Insecure;
    inventory.vcenters[0].target.credentials =
        Credentials::Password { user: "nobody".to_owned(), password: "wrong".to_owned().into() };
    let collected = run(&inventory);
    assert_eq!(super::failures(&collected), [("session", "unauthenticated")]);
    assert_eq!(collected.insecure, ["vc01.lab.example"], "whoever answered has the password");
    assert!(collected.estate.vcenters[0].machine_ssl.is_some(), "what it presents is a fact all the same");
}

#[test]
fn who_got_the_password_and_broke_off_is_marked_too() {
    let simulation = start(&Spec::at(now()));
    simulation.inject(Fault::new(Mishap::Reset).on("Login"));
    let (mut inventory, _folder) = inventory(&simulation);
    inventory.vcenters[0].target.trust = ServerTrust::Insecure;
    let collected = run(&inventory);
    assert_eq!(super::failures(&collected), [("session", "connect")]);
    assert_eq!(collected.insecure, ["vc01.lab.example"]);
    simulation.clear_faults();
    simulation.inject(Fault::new(Mishap::Reset).on("RetrieveServiceContent"));
    assert!(run(&inventory).insecure.is_empty(), "nothing was sent");
}
