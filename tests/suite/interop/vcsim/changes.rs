//! Tasks, the connection of hosts, and alarms of govmomi's simulated vCenter.

use std::time::Duration;

use vitrust::net::vsphere::changes::{
    Alarm, AlarmStatus, AlarmTrigger, Changes, Comparison, EventKind, HostConnection, Task, TaskState,
};
use vitrust::net::vsphere::{Session, host_store};
use vitrust::net::{Cancel, NetError, blocking};

use super::{serve, serve_with};

const LONG: Duration = Duration::from_secs(60);

fn with<T>(hosts: u32, work: impl AsyncFnOnce(&Session) -> T) -> Option<T> {
    let server = serve(hosts)?;
    let done = blocking::run(async {
        let session = Session::open(&server.pinned(), &Cancel::default()).await.expect("a session");
        let done = work(&session).await;
        session.close().await;
        done
    });
    Some(done.expect("a runtime"))
}

async fn state(session: &Session) -> Option<String> {
    session.hosts().await.expect("hosts").remove(0).connection_state
}

#[test]
fn a_host_is_disconnected_and_connected_again() {
    with(2, async |session| {
        let changes = Changes::new(session);
        let host = session.hosts().await.expect("hosts").remove(0).moref;
        let task: Task = changes.disconnect_host(&host).await.expect("a task");
        assert_eq!((task.moref.kind.as_str(), task.method), ("Task", "DisconnectHost_Task"));
        let mut states = Vec::new();
        assert_eq!(changes.wait(&task, LONG, |state| states.push(state.clone())).await, Ok(None));
        assert_eq!(states.last(), Some(&TaskState::Success { result: None }));
        assert_eq!(state(session).await.as_deref(), Some("disconnected"));
        let connection = HostConnection { host_name: Some("esx01 & more".to_owned()), ..HostConnection::default() };
        let task = changes.reconnect_host(&host, Some(&connection)).await.expect("a task");
        changes.wait(&task, LONG, |_| ()).await.expect("connected");
        assert_eq!(state(session).await.as_deref(), Some("connected"));
    });
}

#[test]
fn a_host_certificate_is_told_of() {
    with(1, async |session| {
        let host = session.hosts().await.expect("hosts").remove(0);
        let told = session.host_certificate(&host.certificate_manager.expect("a certificate manager")).await;
        let told = told.expect("an answer").expect("a certificate");
        assert!(told.subject.is_some() && told.issuer.is_some() && told.not_after.is_some(), "{told:?}");
        assert!(!told.status.is_empty());
    });
}

#[test]
fn an_alarm_is_defined_once() {
    with(1, async |session| {
        let changes = Changes::new(session);
        let trigger = |id: &str, status| AlarmTrigger {
            event: EventKind::Extended(id.to_owned()),
            object_type: Some("HostSystem".to_owned()),
            comparisons: vec![Comparison {
                attribute: "store".to_owned(),
                operator: "equals".to_owned(),
                value: "castore <old> & new".to_owned(),
            }],
            status,
        };
        let alarm = Alarm {
            name: "Trust <of> hosts & providers".to_owned(),
            description: "A root is near its end".to_owned(),
            enabled: true,
            triggers: vec![
                trigger("com.example.trust.expiring", AlarmStatus::Yellow),
                trigger("com.example.trust.good", AlarmStatus::Green),
            ],
        };
        let folder = session.root_folder().clone();
        let made = changes.create_alarm(&folder, &alarm).await.expect("an alarm");
        assert_eq!(made.kind, "Alarm");
        let again = changes.create_alarm(&folder, &alarm).await;
        let Err(NetError::Fault(fault)) = again else { panic!("{again:?}") };
        assert_eq!(fault.kind, "DuplicateName");
    });
}

#[test]
fn what_the_server_does_not_have_changes_nothing_and_is_said() {
    with(1, async |session| {
        let changes = Changes::new(session);
        let host = session.hosts().await.expect("hosts").remove(0);
        let event = changes.log_user_event(&host.moref, "x").await;
        assert!(matches!(event, Err(NetError::Unsupported { .. })), "{event:?}");
        let manager = host.certificate_manager.expect("a certificate manager");
        let replaced = changes.replace_host_ca_certificates(&manager, &["x".to_owned()], &[]).await;
        assert!(matches!(replaced, Err(NetError::Unsupported { .. })), "{replaced:?}");
        let pushed = changes.refresh_host_ca_certificates(&[host.moref]).await;
        assert!(matches!(pushed, Err(NetError::NotFound { .. } | NetError::Unsupported { .. })), "{pushed:?}");
        let created = changes.create_trusted_root(&[], None).await;
        assert!(matches!(created, Err(NetError::NotFound { .. } | NetError::Unsupported { .. })), "{created:?}");
    });
}

#[test]
fn a_host_alone_is_logged_in_to_and_its_certificate_manager_found() {
    let Some(server) = serve_with(&["-esx"]) else { return };
    let listed = blocking::run(host_store(&server.pinned(), &Cancel::default())).expect("a runtime");
    // The simulated manager is there and lacks the method; one that is not there would be `NotFound`.
    assert!(matches!(listed, Err(NetError::Unsupported { .. })), "{listed:?}");
}
