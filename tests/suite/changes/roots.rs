//! Trusted roots.

use vitrust::Certificate;
use vitrust::net::NetError;
use vitrust::net::vsphere::changes::Changes;
use vitrust_factory::{Cert, Key};
use vitrust_simulator::{Simulation, Spec, Version};

use super::{done, host, kind, spec, start, target, with, with_target};

fn root() -> Certificate {
    let made = Cert::ca("CN=Another Root,O=Lab & <Sons>").key(Key::p256(901)).self_signed();
    Certificate::from_der(made.der()).expect("DER")
}

fn holds(simulation: &Simulation, certificate: &Certificate) -> bool {
    simulation.trusted_roots(0).iter().any(|held| held.sha256() == certificate.sha256())
}

#[test]
fn a_root_is_published_and_removed_in_both_forms_of_the_api() {
    for version in [Version::V7_0, Version::V8_0_1, Version::V8_0_3, Version::V9_0] {
        let simulation = start(&Spec { version, ..spec() });
        let root = root();
        with(&simulation, async |session| {
            let changes = Changes::new(session);
            let id = changes.create_trusted_root(std::slice::from_ref(&root), None).await.expect("an id");
            assert!(holds(&simulation, &root), "{version}");
            let listed = session.trusted_roots().await.expect("roots");
            let found = listed.iter().find(|one| one.id == id).expect("the new one is listed");
            let read = Certificate::from_pem(found.pem[0].as_bytes()).expect("PEM");
            assert_eq!(read.sha256(), root.sha256(), "{version}");
            let again = changes.create_trusted_root(std::slice::from_ref(&root), None).await;
            assert_eq!(kind(again), "ALREADY_EXISTS", "{version}");
            changes.delete_trusted_root(&id).await.expect("removed");
            assert!(!holds(&simulation, &root), "{version}");
            let gone = changes.delete_trusted_root(&id).await;
            assert!(matches!(gone, Err(NetError::NotFound { .. })), "{version}: {gone:?}");
            // An id of the caller's own, with what paths trip over.
            let odd = "vsphere.local/100% CA";
            let id = changes.create_trusted_root(std::slice::from_ref(&root), Some(odd)).await;
            assert_eq!(id.as_deref(), Ok(odd), "{version}");
        });
    }
}

#[test]
fn what_is_no_root_is_refused_in_the_words_of_the_server() {
    let simulation = start(&spec());
    let server = Cert::end_entity("CN=esx01").dns("esx01.lab.example").key(Key::p256(902)).self_signed();
    let server = Certificate::from_der(server.der()).expect("DER");
    let refused = with(&simulation, async |session| Changes::new(session).create_trusted_root(&[server], None).await);
    let Err(NetError::Fault(fault)) = refused else { panic!("{refused:?}") };
    assert_eq!(fault.kind, "ERROR");
    assert!(fault.message.contains("is not a valid CA certificate"), "{}", fault.message);
}

#[test]
fn a_user_who_only_reads_is_told_the_privileges() {
    let simulation = start(&spec());
    let reader = target(&simulation, "readonly@vsphere.local");
    let refused = with_target(&simulation, &reader, async |session| {
        let id = session.trusted_roots().await.expect("roots").remove(0).id;
        Changes::new(session).delete_trusted_root(&id).await
    });
    let Err(NetError::Forbidden { privilege: Some(privilege), .. }) = refused else { panic!("{refused:?}") };
    assert!(privilege.contains("CertificateManagement.Administer"), "{privilege}");
}

#[test]
fn before_7_0_there_is_nothing_to_change() {
    let simulation = start(&Spec { version: Version::V6_7, ..spec() });
    let refused = with(&simulation, async |session| Changes::new(session).create_trusted_root(&[root()], None).await);
    assert!(matches!(refused, Err(NetError::NotFound { .. } | NetError::Unsupported { .. })), "{refused:?}");
}

#[test]
fn a_root_removed_from_vecs_comes_back_and_one_removed_from_the_directory_does_not() {
    let simulation = start(&spec());
    let root = root();
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let id = changes.create_trusted_root(std::slice::from_ref(&root), None).await.expect("an id");
        assert!(simulation.delete_from_vecs(0, &root.sha1().to_string()));
        assert!(!holds(&simulation, &root));
        let host = host(session).await;
        done(changes, changes.refresh_host_ca_certificates(std::slice::from_ref(&host.moref)).await).await;
        assert!(holds(&simulation, &root), "it is still in the directory");
        changes.delete_trusted_root(&id).await.expect("removed");
        simulation.synchronize_vecs(0);
        assert!(!holds(&simulation, &root));
        // The host keeps it until the next push.
        let manager = host.certificate_manager.expect("a certificate manager");
        let listed = session.host_ca_certificates(&manager).await.expect("a castore");
        assert!(listed.iter().any(|text| text.trim() == root.to_pem().trim()));
        done(changes, changes.refresh_host_ca_certificates(&[host.moref]).await).await;
        let listed = session.host_ca_certificates(&manager).await.expect("a castore");
        assert!(listed.iter().all(|text| text.trim() != root.to_pem().trim()));
    });
}
