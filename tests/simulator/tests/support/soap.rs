//! A bare SOAP client for the calls that change something, over OpenSSL's TLS.

use std::thread::sleep;
use std::time::Duration;

use vitrust_simulator::Simulation;

use super::openssl::exchange;

/// A client of one vCenter.
pub(crate) struct Client<'a> {
    simulation: &'a Simulation,
    vcenter: usize,
    cookie: String,
}

impl<'a> Client<'a> {
    pub(crate) fn new(simulation: &'a Simulation, vcenter: usize) -> Self {
        Self { simulation, vcenter, cookie: String::new() }
    }

    /// Opens a session as the administrator.
    pub(crate) fn login(mut self) -> Self {
        let password = vitrust_simulator::PASSWORD.replace('&', "&amp;").replace('<', "&lt;");
        let body = format!(
            "<Login xmlns=\"urn:vim25\"><_this type=\"SessionManager\">SessionManager</_this>\
             <userName>{}</userName><password>{password}</password></Login>",
            vitrust_simulator::USER
        );
        let answer = self.post("/sdk", &body);
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: vmware_soap_session="));
        self.cookie = cookie.and_then(|cookie| cookie.split(';').next()).expect("a cookie").to_owned();
        assert!(self.cookie.starts_with('"'), "vpxd quotes its cookie: {}", self.cookie);
        self
    }

    /// Sends the body of an envelope and returns the whole answer.
    pub(crate) fn post(&self, path: &str, body: &str) -> String {
        let cookie = self.cookie.trim_matches('"');
        let envelope = format!(
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Header>\
             <vcSessionCookie>{cookie}</vcSessionCookie></soapenv:Header><soapenv:Body>{body}</soapenv:Body>\
             </soapenv:Envelope>"
        );
        let vcenter = &self.simulation.vcenters[self.vcenter];
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: vmware_soap_session={}\r\nContent-Type: text/xml\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{envelope}",
            vcenter.name,
            self.cookie,
            envelope.len()
        );
        exchange(vcenter.address, &vcenter.name, &[], &request).0
    }

    fn task(&self, path: &str, body: &str) -> String {
        let answer = self.post(path, body);
        let (_, rest) = answer.split_once("Task\">").unwrap_or_else(|| panic!("no task: {answer}"));
        rest.split('<').next().expect("an id").to_owned()
    }

    /// Pushes TRUSTED_ROOTS to hosts and waits; the task's information.
    pub(crate) fn refresh(&self, hosts: &[&str]) -> String {
        let hosts: String = hosts.iter().map(|id| format!("<host type=\"HostSystem\">{id}</host>")).collect();
        let body = format!(
            "<CertMgrRefreshCACertificatesAndCRLs_Task xmlns=\"urn:vim25\">\
             <_this type=\"CertificateManager\">certificateManager</_this>{hosts}\
             </CertMgrRefreshCACertificatesAndCRLs_Task>"
        );
        let task = self.task("/sdk", &body);
        self.wait(|| {
            let body =
                format!("<Fetch xmlns=\"urn:vim25\"><_this type=\"Task\">{task}</_this><prop>info</prop></Fetch>");
            self.post("/sdk", &body)
        })
    }

    /// Lets the service connect to a provider again and waits; the task's information.
    pub(crate) fn synchronize(&self, provider: &str) -> String {
        let body = format!(
            "<VasaProviderSync_Task xmlns=\"urn:sms\"><_this type=\"VasaProvider\">{provider}</_this>\
             </VasaProviderSync_Task>"
        );
        let task = self.task("/sms/sdk", &body);
        self.wait(|| {
            let body = format!(
                "<QuerySmsTaskInfo xmlns=\"urn:sms\"><_this type=\"SmsTask\">{task}</_this></QuerySmsTaskInfo>"
            );
            self.post("/sms/sdk", &body)
        })
    }

    /// Replaces a host's castore.
    pub(crate) fn replace(&self, manager: &str, pem: &[&str]) {
        let certificates: String = pem.iter().map(|pem| format!("<caCert>{pem}</caCert>")).collect();
        let body = format!(
            "<ReplaceCACertificatesAndCRLs xmlns=\"urn:vim25\"><_this type=\"HostCertificateManager\">{manager}</_this>\
             {certificates}</ReplaceCACertificatesAndCRLs>"
        );
        let answer = self.post("/sdk", &body);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    fn wait(&self, ask: impl Fn() -> String) -> String {
        for _ in 0..100 {
            let answer = ask();
            if !answer.contains(">running<") {
                return answer;
            }
            sleep(Duration::from_millis(20));
        }
        panic!("the task does not end")
    }
}
