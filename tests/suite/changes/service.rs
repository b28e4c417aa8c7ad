//! vCenter's own certificates.

use std::time::Duration;

use vitrust::net::vsphere::Session;
use vitrust::net::vsphere::changes::{CertificateRequest, Changes};
use vitrust::net::{Cancel, NetError, Probe, ProbeOptions, Secret, ServerTrust, blocking, probe};
use vitrust::{Certificate, Time};
use vitrust_factory::{Cert, Key};
use vitrust_simulator::{Simulation, Spec, Version};

use super::{ADMINISTRATOR, certificates, kind, spec, start, target, with};

/// What vCenter presents now.
fn presented(simulation: &Simulation) -> Certificate {
    let target = target(simulation, ADMINISTRATOR);
    let options = ProbeOptions { connect_to: target.connect_to, ..ProbeOptions::default() };
    let probe: Probe = blocking::run(probe(&target.endpoint, &options)).expect("a runtime");
    probe.chain.into_iter().next().expect("a chain").certificate
}

/// Waits until the services are there again.
fn pause(simulation: &Simulation, trust: &ServerTrust) {
    let mut target = target(simulation, ADMINISTRATOR);
    target.trust = trust.clone();
    for _ in 0..100 {
        let opened = blocking::run(async {
            let session = Session::open(&target, &Cancel::default()).await?;
            session.close().await;
            Ok::<(), NetError>(())
        });
        match opened.expect("a runtime") {
            Ok(()) => return,
            Err(NetError::Unavailable { .. } | NetError::Connect { .. }) => {
                std::thread::sleep(Duration::from_millis(100));
            }
            Err(error) => panic!("{error}"),
        }
    }
    panic!("the services do not come back");
}

fn made(cert: &Cert) -> Certificate {
    Certificate::from_der(cert.der()).expect("DER")
}

#[test]
fn machine_ssl_is_told_of_in_both_forms_of_the_api() {
    for version in [Version::V7_0, Version::V8_0_1, Version::V9_0] {
        let simulation = start(&Spec { version, ..spec() });
        let certificate = presented(&simulation);
        let told = with(&simulation, async |session| session.tls().await).expect("an answer");
        assert_eq!(certificates(&told.pem)[0].sha256(), certificate.sha256(), "{version}");
        assert_eq!(told.thumbprint, Some(certificate.sha1()));
        assert_eq!((told.not_before, told.not_after), (Some(certificate.not_before()), Some(certificate.not_after())));
        assert!(!told.subject.is_empty() && !told.issuer.is_empty());
    }
    let simulation = start(&Spec { version: Version::V6_7, ..spec() });
    let told = with(&simulation, async |session| session.tls().await);
    assert!(matches!(told, Err(NetError::NotFound { .. } | NetError::Unsupported { .. })), "{told:?}");
}

#[test]
fn a_certificate_with_its_key_and_root_is_presented() {
    for version in [Version::V7_0, Version::V8_0_3] {
        let simulation = start(&Spec { version, ..spec() });
        let at: Time = spec().at;
        let years = |years: i64| at.unix() + years * 365 * 86_400;
        let root = Cert::ca("CN=Company Root").validity(years(-1), years(10)).key(Key::p256(911)).self_signed();
        let server = Cert::end_entity("CN=vc01").dns("vc01.lab.example").key(Key::p256(912));
        let server = server.validity(years(-1), years(1)).issued_by(&root);
        let key = Secret::from(server.key().pkcs8_pem());
        let outcome = with(&simulation, async |session| {
            let changes = Changes::new(session);
            let keyless = changes.set_tls(&made(&server), None, Some(&made(&root))).await;
            assert!(matches!(keyless, Err(NetError::NotFound { .. })), "{version}: {keyless:?}");
            let unknown = changes.set_tls(&made(&server), Some(&key), None).await;
            assert_eq!(kind(unknown), "ERROR", "{version}: its issuer is not trusted");
            changes.set_tls(&made(&server), Some(&key), Some(&made(&root))).await
        });
        assert_eq!(outcome, Ok(()), "{version}");
        pause(&simulation, &ServerTrust::only(vec![made(&root)]));
        assert_eq!(presented(&simulation).sha256(), made(&server).sha256(), "{version}");
        assert!(simulation.trusted_roots(0).iter().any(|held| held.sha256() == made(&root).sha256()));
    }
}

#[test]
fn a_signing_request_asks_for_what_was_said() {
    for version in [Version::V7_0, Version::V8_0_3] {
        let simulation = start(&Spec { version, ..spec() });
        let request = CertificateRequest {
            common_name: Some("vc01.lab.example".to_owned()),
            organization: Some("Lab \"of\" <trust>".to_owned()),
            country: Some("DE".to_owned()),
            subject_alternative_names: vec!["vcenter.lab.example".to_owned()],
            ..CertificateRequest::default()
        };
        let csr = with(&simulation, async |session| Changes::new(session).tls_signing_request(&request).await);
        let csr = csr.expect("a request");
        assert!(csr.starts_with("-----BEGIN CERTIFICATE REQUEST-----"), "{csr}");
        let der = vitrust::pem::sections(csr.as_bytes()).next().expect("a block").expect("PEM").decode().expect("DER");
        let names = |text: &str| der.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(names("Lab \"of\" <trust>") && names("vcenter.lab.example"), "{version}");
    }
}

#[test]
fn vmca_issues_machine_ssl_again() {
    for version in [Version::V7_0, Version::V8_0_3] {
        let simulation = start(&Spec { version, ..spec() });
        let before = presented(&simulation);
        let outcome = with(&simulation, async |session| {
            let changes = Changes::new(session);
            assert_eq!(kind(changes.renew_tls(Some(10_000)).await), "INVALID_ARGUMENT", "{version}");
            changes.renew_tls(Some(90)).await
        });
        assert_eq!(outcome, Ok(()), "{version}");
        pause(&simulation, &target(&simulation, ADMINISTRATOR).trust);
        let after = presented(&simulation);
        assert_ne!(before.sha256(), after.sha256(), "{version}");
        let days = Time::from_unix(spec().at.unix()).days_until(after.not_after());
        assert!((85..=91).contains(&days), "{version}: {days}");
    }
}

#[test]
fn a_new_root_of_vmca_stands_beside_the_former() {
    let simulation = start(&spec());
    let before = simulation.trusted_roots(0).len();
    let request = CertificateRequest { organization: Some("New".to_owned()), ..CertificateRequest::default() };
    let outcome = with(&simulation, async |session| Changes::new(session).replace_vmca_root(&request).await);
    assert_eq!(outcome, Ok(()));
    assert_eq!(simulation.trusted_roots(0).len(), before + 1);
    let trust = ServerTrust::only(certificates(&simulation.ca_pem(0)));
    pause(&simulation, &trust);
    // The first form of the API does not have it.
    let older = start(&Spec { version: Version::V7_0, ..spec() });
    let refused = with(&older, async |session| Changes::new(session).replace_vmca_root(&request).await);
    assert!(matches!(refused, Err(NetError::Unsupported { .. })), "{refused:?}");
}

#[test]
fn tokens_are_signed_by_what_was_set_last() {
    let simulation = start(&spec());
    let root = Cert::ca("CN=Company Root").key(Key::p256(921)).self_signed();
    let signer = Cert::end_entity("CN=ssoserverSign").key(Key::p256(922)).issued_by(&root);
    let key = Secret::from(signer.key().pkcs8_pem());
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let before = session.signing_certificates().await.expect("an answer");
        assert!(before.accepted.contains(&before.active), "{before:?}");
        changes.set_signing_certificate(&[made(&signer), made(&root)], &key).await.expect("set");
        let set = session.signing_certificates().await.expect("an answer");
        assert_eq!(certificates(&set.active[0])[0].sha256(), made(&signer).sha256());
        assert_eq!(set.accepted.len(), before.accepted.len() + 1);
        let other = Secret::from(root.key().pkcs8_pem());
        let wrong = changes.set_signing_certificate(&[made(&signer)], &other).await;
        assert_eq!(kind(wrong), "INVALID_ARGUMENT");
        let refreshed = changes.refresh_signing_certificate(true).await.expect("a chain");
        assert_eq!(session.signing_certificates().await.expect("an answer").active, refreshed);
    });
}
