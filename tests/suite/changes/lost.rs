//! Changes whose answer is lost: sent once, counted by the server, and never taken for failed.

use std::time::Duration;

use vitrust::net::vsphere::Session;
use vitrust::net::vsphere::changes::{CertificateRequest, Changes, NewProvider};
use vitrust::net::{Cancel, NetError, Secret, blocking};
use vitrust::{Certificate, ErrorCode};
use vitrust_factory::{Cert, Key};
use vitrust_simulator::{Fault, Mishap, Spec, Version};

use super::{ADMINISTRATOR, host, seen, spec, start, target, with, with_target};

/// What the server calls each change.
const CHANGES: [&str; 12] = [
    "POST /api/vcenter/certificate-management/vcenter/trusted-root-chains",
    "DELETE /api/vcenter/certificate-management/vcenter/trusted-root-chains",
    "POST /api/vcenter/certificate-management/vcenter/tls-csr",
    "ReplaceCACertificatesAndCRLs",
    "CertMgrRefreshCACertificatesAndCRLs_Task",
    "CertMgrRefreshCertificates_Task",
    "DisconnectHost_Task",
    "ReconnectHost_Task",
    "LogUserEvent",
    "RegisterProvider_Task",
    "UnregisterProvider_Task",
    "VasaProviderSync_Task",
];

/// Makes one of the changes.
async fn change(session: &Session, operation: &str) -> Result<(), NetError> {
    let changes = Changes::new(session);
    let host = host(session).await;
    let manager = host.certificate_manager.clone().expect("a certificate manager");
    let provider = session.storage_providers().await.expect("providers").remove(0);
    let root = Cert::ca("CN=Another Root").key(Key::p256(903)).self_signed();
    let root = Certificate::from_der(root.der()).expect("DER");
    let hosts = [host.moref];
    let done = match operation.rsplit('/').next().expect("a name") {
        "trusted-root-chains" if operation.starts_with("POST") => {
            return changes.create_trusted_root(&[root], None).await.map(drop);
        }
        "trusted-root-chains" => return changes.delete_trusted_root("AB").await,
        "tls-csr" => return changes.tls_signing_request(&CertificateRequest::default()).await.map(drop),
        "ReplaceCACertificatesAndCRLs" => {
            return changes.replace_host_ca_certificates(&manager, &[root.to_pem()], &[]).await;
        }
        "LogUserEvent" => return changes.log_user_event(&hosts[0], "x").await,
        "CertMgrRefreshCACertificatesAndCRLs_Task" => changes.refresh_host_ca_certificates(&hosts).await,
        "CertMgrRefreshCertificates_Task" => changes.refresh_host_certificates(&hosts).await,
        "DisconnectHost_Task" => changes.disconnect_host(&hosts[0]).await,
        "ReconnectHost_Task" => changes.reconnect_host(&hosts[0], None).await,
        "UnregisterProvider_Task" => changes.unregister_provider(&provider.uid).await,
        "VasaProviderSync_Task" => changes.synchronize_provider(&provider.moref).await,
        "RegisterProvider_Task" => {
            let new = NewProvider {
                name: "x".to_owned(),
                description: None,
                user: "root".to_owned(),
                password: Secret::from("hunter2".to_owned()),
                url: "https://esx09.lab.example:9080/version.xml".to_owned(),
                certificate: None,
            };
            changes.register_provider(&new).await
        }
        other => panic!("{other} is not in the table"),
    };
    done.map(drop)
}

#[test]
fn a_lost_answer_is_said_and_the_change_is_not_sent_again() {
    let lost = [
        Mishap::Reset,
        Mishap::Truncated,
        Mishap::Unavailable,
        Mishap::Html,
        Mishap::Garbage,
        Mishap::Oversized(100 << 20),
        Mishap::Latency(Duration::from_secs(600)),
    ];
    for operation in CHANGES {
        for mishap in lost {
            let simulation = start(&spec());
            let mut target = target(&simulation, ADMINISTRATOR);
            if matches!(mishap, Mishap::Latency(_)) {
                target.timeout = Duration::from_secs(2);
            }
            simulation.inject(Fault::new(mishap).on(operation).times(1));
            let outcome = with_target(&simulation, &target, async |session| change(session, operation).await);
            let error = outcome.expect_err("the answer is lost");
            let NetError::OutcomeUnknown { cause, .. } = &error else { panic!("{operation} {mishap:?}: {error:?}") };
            assert_eq!(error.code(), ErrorCode::OutcomeUnknown);
            assert!(!matches!(**cause, NetError::OutcomeUnknown { .. }), "{error}");
            assert!(error.to_string().contains("is not known"), "{error}");
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("hunter2") && !shown.contains(vitrust_simulator::PASSWORD), "{shown}");
            // A latency is noted when it is over.
            let expected = usize::from(!matches!(mishap, Mishap::Latency(_)));
            assert_eq!(seen(&simulation, operation), expected, "{operation} {mishap:?}");
        }
    }
}

#[test]
fn a_change_whose_answer_was_lost_may_have_been_made() {
    for mishap in [Mishap::Truncated, Mishap::Oversized(100 << 20)] {
        let simulation = start(&spec());
        simulation.inject(Fault::new(mishap).on("LogUserEvent").times(1));
        let outcome = with(&simulation, async |session| change(session, "LogUserEvent").await);
        assert!(matches!(outcome, Err(NetError::OutcomeUnknown { .. })), "{outcome:?}");
        assert_eq!(simulation.events(0), ["x"], "{mishap:?}: it was made, and once");
    }
}

#[test]
fn a_session_that_is_refused_is_an_error_and_no_repeat() {
    for operation in CHANGES {
        let simulation = start(&spec());
        simulation.inject(Fault::new(Mishap::Unauthorized).on(operation).times(1));
        let outcome = with(&simulation, async |session| change(session, operation).await);
        assert!(matches!(outcome, Err(NetError::Unauthenticated { .. })), "{operation}: {outcome:?}");
        assert_eq!(seen(&simulation, operation), 1, "{operation}");
    }
}

#[test]
fn a_session_that_ended_is_renewed_before_the_change() {
    for version in [Version::V7_0, Version::V8_0_1, Version::V8_0_3] {
        let form = if version == Version::V7_0 { "/rest" } else { "/api" };
        let create = format!("POST {form}/vcenter/certificate-management/vcenter/trusted-root-chains");
        let alive = if version == Version::V7_0 { "/rest/com/vmware/cis/session" } else { "GET /api/session" };
        for (operation, before) in [
            ("LogUserEvent", "CurrentTime"),
            ("VasaProviderSync_Task", "QueryStorageManager"),
            (create.as_str(), alive),
        ] {
            let simulation = start(&Spec { version, ..spec() });
            with(&simulation, async |session| {
                // Other reads of the same name come first: the list of providers, and before `/api` the login.
                let reads = seen(&simulation, before);
                drop(change(session, operation).await);
                let reads = seen(&simulation, before) - reads;
                let after = u32::try_from(reads - 1).expect("few");
                simulation.inject(Fault::new(Mishap::SessionExpired).on(before).after(after).times(1));
                let made = seen(&simulation, operation);
                let outcome = change(session, operation).await;
                let taken = match &outcome {
                    Ok(()) => true,
                    Err(NetError::Fault(fault)) => fault.kind == "ALREADY_EXISTS",
                    Err(_) => false,
                };
                assert!(taken, "{version} {operation}: {outcome:?}");
                assert_eq!(seen(&simulation, operation), made + 1, "{version} {operation}");
            });
        }
    }
}

#[test]
fn a_change_that_is_stopped_on_its_way_is_unknown_and_one_before_it_is_not_sent() {
    let simulation = start(&spec());
    let cancel = Cancel::default();
    simulation.inject(Fault::new(Mishap::Latency(Duration::from_secs(600))).on("LogUserEvent"));
    let outcomes = blocking::run(async {
        let session = Session::open(&target(&simulation, ADMINISTRATOR), &cancel).await.expect("a session");
        let folder = session.root_folder().clone();
        let changes = Changes::new(&session);
        let stop = cancel.clone();
        let stopping = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(500));
            stop.cancel();
        });
        let stopped = changes.log_user_event(&folder, "x").await;
        stopping.join().expect("no panic");
        let after = changes.log_user_event(&folder, "x").await;
        session.close().await;
        (stopped, after)
    });
    let (stopped, after) = outcomes.expect("a runtime");
    let Err(NetError::OutcomeUnknown { cause, .. }) = stopped else { panic!("{stopped:?}") };
    assert!(matches!(*cause, NetError::Cancelled(_)), "{cause}");
    assert!(matches!(after, Err(NetError::Cancelled(_))), "{after:?}");
    assert_eq!(simulation.sessions(0), 0);
}

#[test]
fn what_was_never_sent_is_not_unknown() {
    let simulation = start(&spec());
    let outcome = with(&simulation, async |session| {
        let changes = Changes::new(session);
        let folder = session.root_folder().clone();
        // The read before the change fails, so the change is not even tried.
        simulation.inject(Fault::new(Mishap::Reset).on("CurrentTime"));
        changes.log_user_event(&folder, "x").await
    });
    assert!(matches!(outcome, Err(NetError::Connect { .. })), "{outcome:?}");
    assert_eq!(seen(&simulation, "LogUserEvent"), 0);
    assert_eq!(simulation.events(0), [""; 0]);
}
