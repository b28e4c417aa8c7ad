//! Hosts that go, come back, and get another certificate.

use vitrust::Certificate;
use vitrust_simulator::{HostState, Simulation, Spec, Story, Version};

use crate::support::soap::{Client, text_of};
use crate::support::{now, start};

const HOST: (&str, &str) = ("HostSystem", "host-10");

fn spec(fields: &str) -> String {
    format!("<cnxSpec>{fields}<force>false</force></cnxSpec>")
}

fn state(client: &Client<'_>) -> String {
    let answer = client.vim("Fetch", HOST, "<prop>runtime.connectionState</prop>");
    let (_, rest) = answer.split_once("HostSystemConnectionState\">").expect("a state");
    rest.split('<').next().expect("a state").to_owned()
}

/// What a host presents, as far as vCenter knows.
fn certificate(simulation: &Simulation) -> Certificate {
    let read = vitrust::net::blocking::run(async {
        let session = crate::support::open(simulation, 0, vitrust_simulator::USER).await.expect("a session");
        let hosts = session.hosts().await.expect("hosts");
        session.close().await;
        hosts
    });
    let pem = read.expect("a runtime").remove(0).certificate.expect("a certificate");
    Certificate::from_pem(&pem).expect("PEM")
}

#[test]
fn a_host_goes_and_comes_back() {
    let simulation = start(&Spec::at(now()));
    let client = Client::new(&simulation, 0).login();
    assert!(client.vim_task("DisconnectHost_Task", HOST, "").contains(">success<"));
    assert_eq!(state(&client), "disconnected");
    let again = client.vim_task("DisconnectHost_Task", HOST, "");
    assert!(again.contains("xsi:type=\"InvalidState\""), "{again}");
    let listed = client.vim("ListCACertificates", ("HostCertificateManager", "certificateManager-10"), "");
    assert!(listed.contains("HostNotConnected"), "calls are passed on to nobody: {listed}");
    let back = client.vim_task("ReconnectHost_Task", HOST, "");
    assert!(back.contains(">success<") && back.contains("<entityName>esx01.vc01.lab.example<"), "{back}");
    assert_eq!(state(&client), "connected");
    let again = client.vim_task("ReconnectHost_Task", HOST, "");
    assert!(again.contains("xsi:type=\"AlreadyConnected\""), "{again}");
}

#[test]
fn a_host_that_is_not_trusted_names_the_thumbprint_that_would_do() {
    let simulation = start(&Spec { story: Story::RegeneratedVmca, ..Spec::at(now()) });
    let client = Client::new(&simulation, 0).login();
    client.vim_task("DisconnectHost_Task", HOST, "");
    let refused = client.vim_task("ReconnectHost_Task", HOST, "");
    assert!(refused.contains("xsi:type=\"SSLVerifyFault\""), "{refused}");
    assert!(refused.contains("<selfSigned>false<") && !refused.contains("<certificate>"), "{refused}");
    let thumbprint = text_of(&refused, "thumbprint").expect("a thumbprint").to_owned();
    let wrong = thumbprint.replace(|digit: char| digit.is_ascii_digit(), "0");
    let refused =
        client.vim_task("ReconnectHost_Task", HOST, &spec(&format!("<sslThumbprint>{wrong}</sslThumbprint>")));
    assert!(refused.contains("SSLVerifyFault"), "{refused}");
    assert_eq!(state(&client), "disconnected");
    let approved = spec(&format!("<sslThumbprint>{thumbprint}</sslThumbprint>"));
    assert!(client.vim_task("ReconnectHost_Task", HOST, &approved).contains(">success<"));
    assert_eq!(state(&client), "connected");
}

#[test]
fn from_9_0_on_the_certificate_itself_may_be_approved() {
    let spec_9 = Spec { story: Story::RegeneratedVmca, version: Version::V9_0, ..Spec::at(now()) };
    let simulation = start(&spec_9);
    let client = Client::new(&simulation, 0).login();
    client.vim_task("DisconnectHost_Task", HOST, "");
    let refused = client.vim_task("ReconnectHost_Task", HOST, "");
    let pem = text_of(&refused, "certificate").expect("a certificate").to_owned();
    let approved = spec(&format!("<sslCertificate>{pem}</sslCertificate>"));
    assert!(client.vim_task("ReconnectHost_Task", HOST, &approved).contains(">success<"));
    // Before, the field is not known.
    let old = start(&Spec { version: Version::V8_0_3, ..spec_9 });
    let client = Client::new(&old, 0).login();
    client.vim_task("DisconnectHost_Task", HOST, "");
    assert!(client.vim("ReconnectHost_Task", HOST, &approved).contains("InvalidArgument"));
}

#[test]
fn a_wrong_login_and_a_silent_host_are_told_apart() {
    let simulation = start(&Spec::at(now()));
    let client = Client::new(&simulation, 0).login();
    client.vim_task("DisconnectHost_Task", HOST, "");
    let wrong = spec("<userName>root</userName><password>wrong</password>");
    let refused = client.vim_task("ReconnectHost_Task", HOST, &wrong);
    assert!(refused.contains("xsi:type=\"InvalidLogin\""), "{refused}");
    simulation.set_host(0, 0, HostState::NotResponding);
    let refused = client.vim_task("ReconnectHost_Task", HOST, "");
    assert!(refused.contains("xsi:type=\"NoHost\""), "{refused}");
    assert_eq!(state(&client), "notResponding");
    let reader = Client::new(&simulation, 0).login_as("readonly@vsphere.local");
    assert!(reader.vim("ReconnectHost_Task", HOST, "").contains("Host.Config.Connection"));
}

#[test]
fn refreshed_certificates_are_of_the_present_root_and_bring_the_providers_back() {
    let simulation = start(&Spec { story: Story::RegeneratedVmca, hosts_per_vcenter: 2, ..Spec::at(now()) });
    let client = Client::new(&simulation, 0).login();
    let before = certificate(&simulation);
    let manager = ("CertificateManager", "certificateManager");
    let arguments = "<host type=\"HostSystem\">host-10</host>";
    let done = client.vim_task("CertMgrRefreshCertificates_Task", manager, arguments);
    assert!(done.contains(">success<"), "{done}");
    let after = certificate(&simulation);
    let root = &simulation.trusted_roots(0)[0];
    assert_ne!(before.authority_key_id(), root.subject_key_id());
    assert_eq!(after.authority_key_id(), root.subject_key_id());
    assert_eq!(before.public_key(), after.public_key(), "the host keeps its key");
    let statuses: Vec<String> = simulation.providers(0).iter().map(|(_, status)| format!("{status:?}")).collect();
    assert_ne!(statuses[0], statuses[1], "the second host was not asked: {statuses:?}");
    let none = client.vim("CertMgrRefreshCertificates_Task", manager, "");
    assert!(none.contains("InvalidArgument"), "{none}");
}
