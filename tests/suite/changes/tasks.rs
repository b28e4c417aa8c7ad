//! Waiting for tasks.

use std::time::{Duration, Instant};

use vitrust::net::vsphere::Session;
use vitrust::net::vsphere::changes::{Changes, TaskState};
use vitrust::net::{Cancel, NetError, blocking};
use vitrust_simulator::{Fault, Mishap};

use super::{ADMINISTRATOR, LONG, host, kind, spec, start, target, with};

#[test]
fn a_task_that_fails_is_its_fault() {
    let simulation = start(&spec());
    simulation.inject(Fault::new(Mishap::TaskError).on("_Task"));
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let task = changes.refresh_host_ca_certificates(&[host(session).await.moref]).await.expect("a task");
        let mut states = Vec::new();
        let outcome = changes.wait(&task, LONG, |state| states.push(state.clone())).await;
        let Err(NetError::Fault(fault)) = &outcome else { panic!("{outcome:?}") };
        assert_eq!(fault.kind, "SystemError");
        assert!(fault.what.contains("CertMgrRefreshCACertificatesAndCRLs_Task"), "{}", fault.what);
        assert!(matches!(states.last(), Some(TaskState::Error(error)) if Err(error.clone()) == outcome));
        let provider = session.storage_providers().await.expect("providers").remove(0);
        let task = changes.synchronize_provider(&provider.moref).await.expect("a task");
        assert_eq!(kind(changes.wait(&task, LONG, |_| ()).await), "SystemError");
    });
}

#[test]
fn a_session_lost_while_waiting_is_renewed() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let hosts = [host(session).await.moref];
        for mishap in [Mishap::SessionExpired, Mishap::Unauthorized, Mishap::Unavailable, Mishap::Reset] {
            let task = changes.refresh_host_ca_certificates(&hosts).await.expect("a task");
            simulation.inject(Fault::new(mishap).on("RetrievePropertiesEx").times(1));
            assert_eq!(changes.wait(&task, LONG, |_| ()).await, Ok(None), "{mishap:?}");
        }
        let provider = session.storage_providers().await.expect("providers").remove(0).moref;
        for mishap in [Mishap::SessionExpired, Mishap::Unauthorized] {
            let task = changes.synchronize_provider(&provider).await.expect("a task");
            simulation.inject(Fault::new(mishap).on("QuerySmsTaskInfo").times(1));
            // The store was rewritten, so the rescan itself fails; that is the task's own end.
            assert_eq!(kind(changes.wait(&task, LONG, |_| ()).await), "ProviderSyncFailed", "{mishap:?}");
        }
    });
}

#[test]
fn a_wait_that_ends_early_does_not_claim_to_know() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let task = changes.refresh_host_ca_certificates(&[host(session).await.moref]).await.expect("a task");
        simulation.inject(Fault::new(Mishap::Latency(LONG)).on("RetrievePropertiesEx").times(1));
        let began = Instant::now();
        let outcome = changes.wait(&task, Duration::from_millis(300), |_| ()).await;
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        let Err(NetError::OutcomeUnknown { cause, .. }) = outcome else { panic!("{outcome:?}") };
        assert!(matches!(*cause, NetError::Timeout { .. }), "{cause}");
        // The task went on, and can be waited for again.
        assert_eq!(changes.wait(&task, LONG, |_| ()).await, Ok(None));
        // One the server does not know has ended, and nobody knows how.
        let mut forgotten = task.clone();
        forgotten.moref.id = "task-4711".to_owned();
        let outcome = changes.wait(&forgotten, LONG, |_| ()).await;
        let Err(NetError::OutcomeUnknown { cause, .. }) = outcome else { panic!("{outcome:?}") };
        assert!(matches!(*cause, NetError::NotFound { .. }), "{cause}");
    });
}

#[test]
fn a_wait_can_be_cancelled() {
    let simulation = start(&spec());
    let cancel = Cancel::default();
    let outcome = blocking::run(async {
        let session = Session::open(&target(&simulation, ADMINISTRATOR), &cancel).await.expect("a session");
        let changes = Changes::new(&session);
        let task = changes.refresh_host_ca_certificates(&[host(&session).await.moref]).await.expect("a task");
        simulation.inject(Fault::new(Mishap::Latency(LONG)).on("RetrievePropertiesEx").times(1));
        let stop = cancel.clone();
        let stopping = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(300));
            stop.cancel();
        });
        let outcome = changes.wait(&task, LONG, |_| ()).await;
        stopping.join().expect("no panic");
        session.close().await;
        outcome
    });
    let outcome = outcome.expect("a runtime");
    let Err(NetError::OutcomeUnknown { cause, .. }) = outcome else { panic!("{outcome:?}") };
    assert!(matches!(*cause, NetError::Cancelled(_)), "{cause}");
    assert_eq!(simulation.sessions(0), 0, "the session is closed after the cancellation as well");
}

#[test]
fn changes_may_be_made_from_any_task() {
    fn sendable<T: Send>(_: T) {}
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let folder = session.root_folder().clone();
        let task = changes.refresh_host_certificates(&[host(session).await.moref]).await.expect("a task");
        sendable(changes.wait(&task, LONG, |_| ()));
        sendable(changes.log_user_event(&folder, "x"));
        sendable(changes.create_trusted_root(&[], None));
        sendable(changes.synchronize_provider(&folder));
        assert_eq!(changes.wait(&task, LONG, |_| ()).await, Ok(None));
    });
}
