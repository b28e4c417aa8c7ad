//! Storage providers: registered, unregistered, given up and connected again.

use vitrust_simulator::{HostState, ProviderStatus, Simulation, Spec, Story};

use crate::support::soap::{Client, text_of};
use crate::support::{now, start};

const MANAGER: (&str, &str) = ("SmsStorageManager", "storageManager");
const PROVIDER: (&str, &str) = ("VasaProvider", "vasaProvider-10");

fn uid(client: &Client<'_>) -> String {
    let info = client.sms("QueryProviderInfo", PROVIDER, "");
    text_of(&info, "uid").expect("a uid").to_owned()
}

fn provider_spec(certificate: &str) -> String {
    format!(
        "<providerSpec xsi:type=\"VasaProviderSpec\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <name>IOFILTER Provider again</name><username></username><password></password>\
         <url>https://esx01.vc01.lab.example:9080/version.xml</url>{certificate}</providerSpec>"
    )
}

fn statuses(simulation: &Simulation) -> Vec<ProviderStatus> {
    simulation.providers(0).into_iter().map(|(_, status)| status).collect()
}

#[test]
fn an_untrusted_provider_is_registered_once_its_certificate_is_approved() {
    let simulation = start(&Spec { story: Story::RegeneratedVmca, ..Spec::at(now()) });
    let client = Client::new(&simulation, 0).login();
    let twice = client.sms("RegisterProvider_Task", MANAGER, &provider_spec(""));
    assert!(twice.contains("AlreadyExists"), "{twice}");
    let unknown = client.sms("UnregisterProvider_Task", MANAGER, "<providerId>nobody</providerId>");
    assert!(unknown.contains("NotFound"), "{unknown}");
    let uid = uid(&client);
    let gone = client.sms_task("UnregisterProvider_Task", MANAGER, &format!("<providerId>{uid}</providerId>"));
    assert!(gone.contains(">success<") && statuses(&simulation).is_empty(), "{gone}");
    let refused = client.sms_task("RegisterProvider_Task", MANAGER, &provider_spec(""));
    assert!(refused.contains("xsi:type=\"sms:CertificateNotTrusted\""), "{refused}");
    let pem = text_of(&refused, "certificate").expect("the certificate to approve");
    let approved = provider_spec(&format!("<certificate>{pem}</certificate>"));
    let done = client.sms_task("RegisterProvider_Task", MANAGER, &approved);
    assert!(done.contains(">success<"), "{done}");
    assert_eq!(statuses(&simulation), [ProviderStatus::Online]);
    let id = text_of(&done, "key").expect("a task");
    let result = client.sms("QuerySmsTaskResult", ("SmsTask", id), "");
    assert!(result.contains("<returnval type=\"VasaProvider\""), "{result}");
}

#[test]
fn a_host_that_refuses_the_service_is_not_registered_and_names_no_certificate() {
    let simulation = start(&Spec { story: Story::StaleProvider, ..Spec::at(now()) });
    let client = Client::new(&simulation, 0).login();
    let uid = uid(&client);
    client.sms_task("UnregisterProvider_Task", MANAGER, &format!("<providerId>{uid}</providerId>"));
    let refused = client.sms_task("RegisterProvider_Task", MANAGER, &provider_spec(""));
    assert!(refused.contains("CertificateNotTrusted") && !refused.contains("<certificate>"), "{refused}");
    let id = text_of(&refused, "key").expect("a task");
    let result = client.sms("QuerySmsTaskResult", ("SmsTask", id), "");
    assert!(result.starts_with("HTTP/1.1 500") && result.contains("CertificateNotTrustedFault"), "{result}");
    assert!(statuses(&simulation).is_empty());
}

#[test]
fn only_a_reconnection_brings_back_who_was_given_up() {
    let simulation = start(&Spec::at(now()));
    let client = Client::new(&simulation, 0).login();
    simulation.give_up(0, 0);
    assert!(client.synchronize(PROVIDER.1).contains("ProviderSyncFailed"));
    assert_eq!(statuses(&simulation), [ProviderStatus::Disconnected]);
    assert!(client.sms("QueryProviderInfo", PROVIDER, "").contains("<status>disconnected<"));
    let back = client.sms_task("VasaProviderReconnect_Task", PROVIDER, "");
    assert!(back.contains(">success<"), "{back}");
    assert_eq!(statuses(&simulation), [ProviderStatus::Online]);
    simulation.set_host(0, 0, HostState::NotResponding);
    let refused = client.sms_task("VasaProviderReconnect_Task", PROVIDER, "");
    assert!(refused.contains("ProviderConnectionFailed"), "{refused}");
}

#[test]
fn a_reconnection_to_an_untrusted_host_names_its_certificate() {
    let simulation = start(&Spec { story: Story::RegeneratedVmca, ..Spec::at(now()) });
    let client = Client::new(&simulation, 0).login();
    let refused = client.sms_task("VasaProviderReconnect_Task", PROVIDER, "");
    assert!(refused.contains("sms:InvalidCertificate") && refused.contains("<certificate>"), "{refused}");
}

#[test]
fn a_certificate_that_lasts_is_not_refreshed_and_one_that_ends_soon_is() {
    for (days_left, renewed) in [(1000, false), (40, true)] {
        let simulation = start(&Spec::at(now()));
        simulation.age_host_certificate(0, 0, days_left);
        let client = Client::new(&simulation, 0).login();
        client.synchronize(PROVIDER.1);
        let before = client.sms("QueryProviderInfo", PROVIDER, "");
        let task = client.sms_task("VasaProviderRefreshCertificate_Task", PROVIDER, "");
        assert!(task.contains(">success<"), "{task}");
        let after = client.sms("QueryProviderInfo", PROVIDER, "");
        assert_eq!(text_of(&before, "certificate") != text_of(&after, "certificate"), renewed, "{days_left}");
    }
}

#[test]
fn roots_are_given_to_providers_that_are_reached_and_the_others_are_named() {
    let simulation = start(&Spec { hosts_per_vcenter: 2, ..Spec::at(now()) });
    let other = start(&Spec { seed: 5, ..Spec::at(now()) });
    let header = crate::support::rest::session(&simulation, "/api/session", vitrust_simulator::USER);
    let body = serde_json::json!({ "cert_chain": { "cert_chain": [other.vcenters[0].ca_pem] } });
    let path = "/api/vcenter/certificate-management/vcenter/trusted-root-chains";
    assert_eq!(crate::support::rest::send(&simulation, "POST", path, &header, &body.to_string()).0, 201);
    simulation.set_host(0, 1, HostState::NotResponding);
    let client = Client::new(&simulation, 0).login();
    let failed = client.sms_task("SmsRefreshCACertificatesAndCRLs_Task", MANAGER, "");
    assert!(failed.contains("CertificateRefreshFailed"), "{failed}");
    assert_eq!(failed.matches("<providerId>").count(), 1, "only the second host failed");
    let castore = simulation.castore(0, 0);
    assert!(castore.contains(&other.vcenters[0].ca_pem) && castore.contains(&simulation.sms_pem(0)), "nothing is lost");
    let uid = uid(&client);
    let one =
        client.sms_task("SmsRefreshCACertificatesAndCRLs_Task", MANAGER, &format!("<providerId>{uid}</providerId>"));
    assert!(one.contains(">success<"), "{one}");
}
