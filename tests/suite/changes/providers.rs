//! Storage providers.

use vitrust::net::vsphere::changes::{Changes, NewProvider};
use vitrust::net::{NetError, Secret};
use vitrust_simulator::{ProviderStatus, Spec, Story};

use super::{LONG, done, kind, spec, start, with};

fn wanted(name: &str, url: &str) -> NewProvider {
    NewProvider {
        name: name.to_owned(),
        description: Some("IOFilter & more".to_owned()),
        user: "root".to_owned(),
        password: Secret::from("hunter2 <of> & the provider".to_owned()),
        url: url.to_owned(),
        certificate: None,
    }
}

#[test]
fn a_provider_is_removed_and_registered_again() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let before = session.storage_providers().await.expect("providers").remove(0);
        done(changes, changes.unregister_provider(&before.uid).await).await;
        assert_eq!(session.storage_providers().await, Ok(Vec::new()));
        assert_eq!(kind(changes.unregister_provider(&before.uid).await), "NotFound");
        let made = done(changes, changes.register_provider(&wanted(&before.name, &before.url)).await).await;
        let made = made.expect("the provider is the task's result");
        let after = session.storage_providers().await.expect("providers").remove(0);
        assert_eq!((&after.moref, &after.name, &after.url), (&made, &before.name, &before.url));
        assert_eq!(after.status.as_deref(), Some("online"));
        let twice = changes.register_provider(&wanted(&before.name, &before.url)).await;
        assert_eq!(kind(twice), "AlreadyExists");
    });
    assert_eq!(simulation.providers(0)[0].1, ProviderStatus::Online);
}

#[test]
fn a_certificate_that_is_not_trusted_waits_for_approval() {
    let simulation = start(&Spec { story: Story::RegeneratedVmca, ..spec() });
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let before = session.storage_providers().await.expect("providers").remove(0);
        assert_eq!(before.status.as_deref(), Some("offline"));
        done(changes, changes.unregister_provider(&before.uid).await).await;
        let mut provider = wanted(&before.name, &before.url);
        let task = changes.register_provider(&provider).await.expect("a task");
        let refused = changes.wait(&task, LONG, |_| ()).await.expect_err("the host is not trusted");
        let NetError::Fault(fault) = &refused else { panic!("{refused}") };
        assert_eq!(fault.kind, "CertificateNotTrusted");
        let certificate = fault.certificate.clone().expect("the certificate to approve");
        let shown = format!("{refused} {refused:?} {provider:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        provider.certificate = Some(certificate);
        let task = changes.register_provider(&provider).await.expect("a task");
        // The host was approved. Now it is the host that may refuse the service: then without a certificate.
        match changes.wait(&task, LONG, |_| ()).await {
            Ok(made) => assert!(made.is_some()),
            Err(NetError::Fault(fault)) => {
                assert_eq!((fault.kind.as_str(), fault.certificate), ("CertificateNotTrusted", None));
            }
            Err(error) => panic!("{error}"),
        }
    });
}

#[test]
fn a_rescan_of_a_provider_that_refuses_fails() {
    let simulation = start(&Spec { story: Story::StaleProvider, ..spec() });
    let outcome = with(&simulation, async |session| {
        let changes = Changes::new(session);
        let provider = session.storage_providers().await.expect("providers").remove(0);
        let task = changes.synchronize_provider(&provider.moref).await.expect("a task");
        changes.wait(&task, LONG, |_| ()).await
    });
    assert_eq!(kind(outcome), "ProviderSyncFailed");
}

#[test]
fn a_provider_that_was_given_up_comes_back_when_it_is_reconnected() {
    let simulation = start(&spec());
    simulation.give_up(0, 0);
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let provider = session.storage_providers().await.expect("providers").remove(0);
        assert_eq!(provider.status.as_deref(), Some("disconnected"));
        done(changes, changes.reconnect_provider(&provider.moref).await).await;
        let provider = session.storage_providers().await.expect("providers").remove(0);
        assert_eq!(provider.status.as_deref(), Some("online"));
    });
}

#[test]
fn certificates_of_providers_are_refreshed() {
    let simulation = start(&spec());
    simulation.age_host_certificate(0, 0, 20);
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let before = session.storage_providers().await.expect("providers").remove(0);
        done(changes, changes.synchronize_provider(&before.moref).await).await;
        let before = session.storage_providers().await.expect("providers").remove(0);
        assert_eq!(before.certificate_status.as_deref(), Some("expiryHardLimitReached"));
        done(changes, changes.refresh_provider_certificate(&before.moref).await).await;
        let provider = session.storage_providers().await.expect("providers").remove(0);
        assert_eq!(provider.certificate_status.as_deref(), Some("valid"));
        assert_ne!(provider.certificate, before.certificate);
        done(changes, changes.refresh_provider_ca_certificates(&[]).await).await;
        done(changes, changes.refresh_provider_ca_certificates(&[provider.uid]).await).await;
        let unknown = changes.refresh_provider_ca_certificates(&["nobody".to_owned()]).await;
        assert_eq!(kind(unknown), "NotFound");
    });
}
