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
    /// The header that says which version is spoken, if any.
    action: String,
}

impl<'a> Client<'a> {
    pub(crate) fn new(simulation: &'a Simulation, vcenter: usize) -> Self {
        Self { simulation, vcenter, cookie: String::new(), action: String::new() }
    }

    /// Opens a session as the administrator.
    pub(crate) fn login(self) -> Self {
        self.login_as(vitrust_simulator::USER)
    }

    /// Opens a session as this user.
    pub(crate) fn login_as(mut self, user: &str) -> Self {
        let password = vitrust_simulator::PASSWORD.replace('&', "&amp;").replace('<', "&lt;");
        let body = format!(
            "<Login xmlns=\"urn:vim25\"><_this type=\"SessionManager\">SessionManager</_this>\
             <userName>{user}</userName><password>{password}</password></Login>"
        );
        let answer = self.post("/sdk", &body);
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: vmware_soap_session="));
        self.cookie = cookie.and_then(|cookie| cookie.split(';').next()).expect("a cookie").to_owned();
        assert!(self.cookie.starts_with('"'), "vpxd quotes its cookie: {}", self.cookie);
        self
    }

    /// Speaks this version from now on, as `urn:sms/4.0`.
    pub(crate) fn speaking(mut self, action: &str) -> Self {
        self.action = format!("SOAPAction: \"{action}\"\r\n");
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
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: vmware_soap_session={}\r\nContent-Type: text/xml\r\n{}\
             Content-Length: {}\r\nConnection: close\r\n\r\n{envelope}",
            vcenter.name,
            self.cookie,
            self.action,
            envelope.len()
        );
        exchange(vcenter.address, &vcenter.name, &[], &request).0
    }

    /// One call of vim25 on an object; the whole answer.
    pub(crate) fn vim(&self, method: &str, this: (&str, &str), arguments: &str) -> String {
        let (kind, id) = this;
        let body = format!("<{method} xmlns=\"urn:vim25\"><_this type=\"{kind}\">{id}</_this>{arguments}</{method}>");
        self.post("/sdk", &body)
    }

    /// One call of SMS on an object; the whole answer.
    pub(crate) fn sms(&self, method: &str, this: (&str, &str), arguments: &str) -> String {
        let (kind, id) = this;
        let body = format!("<{method} xmlns=\"urn:sms\"><_this type=\"{kind}\">{id}</_this>{arguments}</{method}>");
        self.post("/sms/sdk", &body)
    }

    /// A call of vim25 that starts a task; the task's information when it has ended.
    pub(crate) fn vim_task(&self, method: &str, this: (&str, &str), arguments: &str) -> String {
        let task = started(&self.vim(method, this, arguments));
        wait(|| self.vim("Fetch", ("Task", &task), "<prop>info</prop>"))
    }

    /// A call of SMS that starts a task; the task's information when it has ended.
    pub(crate) fn sms_task(&self, method: &str, this: (&str, &str), arguments: &str) -> String {
        let task = started(&self.sms(method, this, arguments));
        wait(|| self.sms("QuerySmsTaskInfo", ("SmsTask", &task), ""))
    }

    /// Pushes TRUSTED_ROOTS to hosts and waits; the task's information.
    pub(crate) fn refresh(&self, hosts: &[&str]) -> String {
        let hosts: String = hosts.iter().map(|id| format!("<host type=\"HostSystem\">{id}</host>")).collect();
        let manager = ("CertificateManager", "certificateManager");
        self.vim_task("CertMgrRefreshCACertificatesAndCRLs_Task", manager, &hosts)
    }

    /// Lets the service connect to a provider again and waits; the task's information.
    pub(crate) fn synchronize(&self, provider: &str) -> String {
        self.sms_task("VasaProviderSync_Task", ("VasaProvider", provider), "")
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
}

/// The task that an answer names.
fn started(answer: &str) -> String {
    let (_, rest) = answer.split_once("Task\">").unwrap_or_else(|| panic!("no task: {answer}"));
    rest.split('<').next().expect("an id").to_owned()
}

fn wait(ask: impl Fn() -> String) -> String {
    for _ in 0..100 {
        let answer = ask();
        if !answer.contains(">running<") {
            return answer;
        }
        sleep(Duration::from_millis(20));
    }
    panic!("the task does not end")
}

/// The text of the first element of this name.
pub(crate) fn text_of<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = answer.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(text, _)| text)
}
