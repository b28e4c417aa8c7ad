//! Hosts leaving vCenter and coming back, and alarms about them.

use vitrust::net::vsphere::Session;
use vitrust::net::vsphere::changes::{
    AcceptedCertificate, Alarm, AlarmStatus, AlarmTrigger, Changes, Comparison, EventKind, HostConnection,
};
use vitrust::net::{NetError, Secret};
use vitrust_simulator::{Spec, Story, Version};

use super::{LONG, certificates, done, host, kind, spec, start, with};

async fn state(session: &Session) -> Option<String> {
    host(session).await.connection_state
}

#[test]
fn a_host_is_disconnected_and_connected_again() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let host = host(session).await;
        done(changes, changes.disconnect_host(&host.moref).await).await;
        assert_eq!(state(session).await.as_deref(), Some("disconnected"));
        let manager = host.certificate_manager.expect("a certificate manager");
        let away = changes.replace_host_ca_certificates(&manager, &[simulation.sms_pem(0)], &[]).await;
        assert_eq!(kind(away), "HostNotConnected");
        let task = changes.disconnect_host(&host.moref).await.expect("a task");
        assert_eq!(kind(changes.wait(&task, LONG, |_| ()).await), "InvalidState");
        done(changes, changes.reconnect_host(&host.moref, None).await).await;
        assert_eq!(state(session).await.as_deref(), Some("connected"));
    });
}

#[test]
fn a_wrong_password_of_the_host_is_no_lost_session() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let host = host(session).await.moref;
        done(changes, changes.disconnect_host(&host).await).await;
        let connection = |password: &str| HostConnection {
            login: Some(("root".to_owned(), Secret::from(password.to_owned()))),
            ..HostConnection::default()
        };
        let task = changes.reconnect_host(&host, Some(&connection("hunter2"))).await.expect("a task");
        assert_eq!(kind(changes.wait(&task, LONG, |_| ()).await), "InvalidLogin");
        let right = connection(vitrust_simulator::PASSWORD);
        assert!(!format!("{right:?}").contains(vitrust_simulator::PASSWORD));
        done(changes, changes.reconnect_host(&host, Some(&right)).await).await;
        assert_eq!(state(session).await.as_deref(), Some("connected"));
    });
}

#[test]
fn a_host_that_is_not_trusted_is_connected_by_what_was_approved() {
    for version in [Version::V8_0_3, Version::V9_0] {
        let simulation = start(&Spec { version, story: Story::RegeneratedVmca, ..spec() });
        with(&simulation, async |session| {
            let changes = Changes::new(session);
            let host = host(session).await.moref;
            done(changes, changes.disconnect_host(&host).await).await;
            let task = changes.reconnect_host(&host, None).await.expect("a task");
            let refused = changes.wait(&task, LONG, |_| ()).await;
            let Err(NetError::Fault(fault)) = refused else { panic!("{version}: {refused:?}") };
            assert_eq!(fault.kind, "SSLVerifyFault");
            let thumbprint = fault.thumbprint.expect("a thumbprint").parse().expect("a thumbprint");
            let accept = match (version, &fault.certificate) {
                (Version::V9_0, Some(pem)) => AcceptedCertificate::Certificate(certificates(pem).remove(0)),
                (_, None) => AcceptedCertificate::Thumbprint(thumbprint),
                (_, Some(_)) => panic!("{version}: only 9.0 gives the certificate"),
            };
            let connection = HostConnection { accept: Some(accept), ..HostConnection::default() };
            done(changes, changes.reconnect_host(&host, Some(&connection)).await).await;
            assert_eq!(state(session).await.as_deref(), Some("connected"), "{version}");
        });
    }
}

#[test]
fn an_alarm_has_a_name_of_its_own() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let changes = Changes::new(session);
        let folder = session.root_folder().clone();
        let trigger = |message: &str, status| AlarmTrigger {
            event: EventKind::User,
            object_type: Some("HostSystem".to_owned()),
            comparisons: vec![Comparison {
                attribute: "message".to_owned(),
                operator: "startsWith".to_owned(),
                value: message.to_owned(),
            }],
            status,
        };
        let alarm = Alarm {
            name: "Trust <of> hosts & providers".to_owned(),
            description: "A root is near its end".to_owned(),
            enabled: true,
            triggers: vec![trigger("bad <&>", AlarmStatus::Red), trigger("good", AlarmStatus::Green)],
        };
        assert_eq!(changes.create_alarm(&folder, &alarm).await.expect("an alarm").kind, "Alarm");
        assert_eq!(kind(changes.create_alarm(&folder, &alarm).await), "DuplicateName");
        let nameless = Alarm { name: String::new(), ..alarm };
        assert_eq!(kind(changes.create_alarm(&folder, &nameless).await), "InvalidName");
    });
}
