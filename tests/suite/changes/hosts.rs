//! Hosts: trust stores, certificates, and the events about them.

use vitrust::net::vsphere::changes::Changes;
use vitrust::net::vsphere::{Target, host_castore, host_store};
use vitrust::net::{Cancel, Credentials, NetError, Secret, blocking};
use vitrust_simulator::{HostState, ProviderStatus, Simulation, Spec};

use super::{certificates, done, host, kind, spec, start, target, with};

fn provider(simulation: &Simulation) -> ProviderStatus {
    simulation.providers(0).remove(0).1
}

#[test]
fn a_push_drops_the_service_certificate_and_a_replaced_store_brings_the_provider_back() {
    let simulation = start(&spec());
    assert_eq!(provider(&simulation), ProviderStatus::Online);
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let host = host(session).await;
        let manager = host.certificate_manager.expect("a certificate manager");
        done(changes, changes.refresh_host_ca_certificates(&[host.moref]).await).await;
        let mut store = session.host_ca_certificates(&manager).await.expect("a castore");
        let crls = session.host_ca_revocation_lists(&manager).await.expect("CRLs");
        let pushed: Vec<String> = store.iter().map(|text| certificates(text)[0].sha256().to_string()).collect();
        let roots: Vec<String> = simulation.trusted_roots(0).iter().map(|root| root.sha256().to_string()).collect();
        assert_eq!(pushed, roots, "the store is TRUSTED_ROOTS and nothing else");
        assert!(matches!(provider(&simulation), ProviderStatus::ClientRefused(_)), "{:?}", provider(&simulation));
        let listed = session.storage_providers().await.expect("providers").remove(0);
        assert_eq!(listed.status.as_deref(), Some("offline"));
        // The way back: list, append, replace, rescan.
        store.push(simulation.sms_pem(0));
        changes.replace_host_ca_certificates(&manager, &store, &crls).await.expect("replaced");
        assert_eq!(session.host_ca_certificates(&manager).await.expect("a castore").len(), roots.len() + 1);
        let kept = session.host_ca_revocation_lists(&manager).await.expect("CRLs");
        assert_eq!((kept.len(), kept[0].trim()), (1, crls[0].trim()));
        done(changes, changes.synchronize_provider(&listed.moref).await).await;
        assert_eq!(provider(&simulation), ProviderStatus::Online, "port 9080 accepts the service again");
        // Lists that are not given are cleared.
        changes.replace_host_ca_certificates(&manager, &store, &[]).await.expect("replaced");
        assert_eq!(session.host_ca_revocation_lists(&manager).await, Ok(Vec::new()));
        let refused = changes.replace_host_ca_certificates(&manager, &[], &crls).await;
        assert_eq!(kind(refused), "InvalidArgument");
    });
}

#[test]
fn new_host_certificates_are_those_vcenter_expects() {
    let simulation = start(&spec());
    simulation.replace_host_certificate(0, 0);
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let before = host(session).await;
        done(changes, changes.refresh_host_certificates(std::slice::from_ref(&before.moref)).await).await;
        let after = host(session).await;
        assert_ne!(before.certificate, after.certificate);
        let certificate = &certificates(std::str::from_utf8(&after.certificate.expect("PEM")).expect("PEM"))[0];
        assert_eq!(Some(certificate.sha1()), after.pinned_thumbprint);
        let told = session.host_certificate(&after.certificate_manager.expect("a manager")).await;
        let told = told.expect("an answer").expect("a certificate");
        assert_eq!((told.status.as_str(), told.not_after), ("good", Some(certificate.not_after())));
        assert!(told.subject.is_some_and(|subject| !subject.is_empty()) && told.issuer.is_some());
    });
}

#[test]
fn a_host_that_cannot_be_pushed_to_fails_the_task() {
    let simulation = start(&Spec { hosts_per_vcenter: 2, ..spec() });
    for (state, wanted) in [(HostState::Maintenance, "InvalidState"), (HostState::NotResponding, "HostNotConnected")] {
        simulation.set_host(0, 1, state);
        let before = simulation.castore(0, 0);
        let outcome = with(&simulation, async |session| {
            let hosts: Vec<_> = session.hosts().await.expect("hosts").into_iter().map(|host| host.moref).collect();
            let changes = Changes::new(session);
            let task = changes.refresh_host_ca_certificates(&hosts).await.expect("a task");
            changes.wait(&task, super::LONG, |_| ()).await
        });
        assert_eq!(kind(outcome), wanted);
        assert_eq!(simulation.castore(0, 0), before, "nothing was pushed to anybody");
    }
}

#[test]
fn an_event_says_what_it_was_told() {
    let simulation = start(&spec());
    let message = "castore lacks <sms> & \"more\"";
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        changes.log_user_event(&host(session).await.moref, message).await.expect("an event");
        changes.log_user_event(session.root_folder(), message).await.expect("an event");
    });
    assert_eq!(simulation.events(0), [message, message]);
}

/// A host of the estate as a server of its own.
fn alone(simulation: &Simulation, password: &str) -> Target {
    let vcenter = target(simulation, "");
    Target {
        endpoint: simulation.vcenters[0].hosts[0].parse().expect("an endpoint"),
        credentials: Credentials::Password { user: "root".to_owned(), password: Secret::from(password.to_owned()) },
        ..vcenter
    }
}

#[test]
fn a_host_gives_its_store_to_who_knows_its_password() {
    let simulation = start(&spec());
    let cancel = Cancel::default();
    let ask = |password: &str| blocking::run(host_castore(&alone(&simulation, password), &cancel)).expect("a runtime");
    let castore = ask(vitrust_simulator::PASSWORD).expect("a castore");
    assert_eq!(String::from_utf8(castore).expect("PEM"), simulation.castore(0, 0));
    let refused = ask("wrong");
    assert!(matches!(refused, Err(NetError::Unauthenticated { .. })), "{refused:?}");
    let mut foreign = alone(&simulation, "");
    foreign.credentials = Credentials::Session(Secret::from("x".to_owned()));
    let refused = blocking::run(host_castore(&foreign, &cancel)).expect("a runtime");
    assert!(matches!(refused, Err(NetError::Credentials { .. })), "{refused:?}");
}

#[test]
fn vcenter_is_no_host() {
    let simulation = start(&spec());
    let cancel = Cancel::default();
    let vcenter = target(&simulation, super::ADMINISTRATOR);
    let refused = blocking::run(host_castore(&vcenter, &cancel)).expect("a runtime");
    assert!(matches!(refused, Err(NetError::NotFound { .. })), "{refused:?}");
    let refused = blocking::run(host_store(&vcenter, &cancel)).expect("a runtime");
    assert!(matches!(refused, Err(NetError::NotFound { .. })), "{refused:?}");
    assert_eq!(simulation.sessions(0), 0, "the session is closed when the call fails");
}
