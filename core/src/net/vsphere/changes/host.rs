//! Hosts: their trust stores, their certificates, and their connection to vCenter.

use super::super::records::Moref;
use super::super::wire::soap::reference;
use super::super::wire::xml::tag;
use super::{Changes, Task};
use crate::cert::Certificate;
use crate::net::error::NetError;
use crate::net::secret::{Secret, Wiped};
use crate::thumbprint::Thumbprint;

/// How vCenter is to connect to a host: vim25 `HostConnectSpec`. What is not given stays as vCenter has it.
#[derive(Debug, Clone, Default)]
pub struct HostConnection {
    /// The name or address.
    pub host_name: Option<String>,
    /// The port.
    pub port: Option<u16>,
    /// The certificate that is to be accepted, whatever its issuer.
    pub accept: Option<AcceptedCertificate>,
    /// An administrator of the host, and the password.
    pub login: Option<(String, Secret)>,
    /// Whether a host that another vCenter manages is taken over.
    pub force: bool,
}

/// The one certificate of a host that vCenter is to accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AcceptedCertificate {
    /// The one of this SHA-1.
    Thumbprint(Thumbprint),
    /// This one; from 9.0.
    Certificate(Certificate),
}

impl HostConnection {
    /// In the order of the schema.
    fn xml(&self) -> Wiped {
        let mut xml = Wiped::default();
        xml.push("<cnxSpec>");
        if let Some(name) = &self.host_name {
            xml.element("hostName", name);
        }
        if let Some(port) = self.port {
            xml.element("port", &port.to_string());
        }
        match &self.accept {
            Some(AcceptedCertificate::Thumbprint(thumbprint)) => {
                xml.element("sslThumbprint", &thumbprint.with_colons());
            }
            Some(AcceptedCertificate::Certificate(certificate)) => xml.element("sslCertificate", &certificate.to_pem()),
            None => (),
        }
        if let Some((user, password)) = &self.login {
            xml.element("userName", user);
            xml.element("password", password.expose());
        }
        xml.element("force", if self.force { "true" } else { "false" });
        xml.push("</cnxSpec>");
        xml
    }
}

impl Changes<'_> {
    /// Makes a host's trust store hold these certificates and CRLs, PEM texts, and nothing else
    /// (`ReplaceCACertificatesAndCRLs`).
    ///
    /// There is no adding: list, append, replace, and list again, since nothing keeps others from changing it in
    /// between. An empty list of CRLs removes all there are. `manager` is the host's own
    /// ([`HostRecord::certificate_manager`](super::super::HostRecord::certificate_manager)). Needs `Certificate.Manage`;
    /// the host must be connected.
    ///
    /// # Errors
    /// [`NetError`]. A fault `InvalidArgument` when there is no certificate, or one cannot be read; `HostNotConnected`.
    pub async fn replace_host_ca_certificates(
        &self,
        manager: &Moref,
        certificates: &[String],
        revocation_lists: &[String],
    ) -> Result<(), NetError> {
        let certificates = certificates.iter().map(|text| tag("caCert", text));
        let arguments: String = certificates.chain(revocation_lists.iter().map(|text| tag("caCrl", text))).collect();
        self.vim("ReplaceCACertificatesAndCRLs", manager, &arguments).await.map(drop)
    }

    /// Pushes TRUSTED_ROOTS and its CRLs to hosts (`CertMgrRefreshCACertificatesAndCRLs_Task`).
    ///
    /// It rewrites each host's trust store: whatever else was in it is removed, including the SMS certificate of
    /// storage providers. Hosts must be connected and not in maintenance mode. Needs `Certificate.Manage`.
    ///
    /// # Errors
    /// [`NetError`]; `Unsupported` before 6.0 and at a host itself.
    pub async fn refresh_host_ca_certificates(&self, hosts: &[Moref]) -> Result<Task, NetError> {
        self.certificate_manager("CertMgrRefreshCACertificatesAndCRLs_Task", hosts).await
    }

    /// Lets VMCA issue new certificates for hosts (`CertMgrRefreshCertificates_Task`). Hosts must be connected and not in
    /// maintenance mode. Needs `Certificate.Manage`.
    ///
    /// # Errors
    /// As [`refresh_host_ca_certificates`](Self::refresh_host_ca_certificates).
    pub async fn refresh_host_certificates(&self, hosts: &[Moref]) -> Result<Task, NetError> {
        self.certificate_manager("CertMgrRefreshCertificates_Task", hosts).await
    }

    async fn certificate_manager(&self, method: &'static str, hosts: &[Moref]) -> Result<Task, NetError> {
        let vim = &self.session.vim;
        let manager = vim.offered("CertificateManager", vim.content.certificate_manager.as_ref())?;
        let arguments: String = hosts.iter().map(|host| reference("host", host)).collect();
        self.vim_task(method, manager, &arguments).await
    }

    /// Disconnects a host from vCenter (`DisconnectHost_Task`). Its virtual machines go on. Needs
    /// `Host.Config.Connection`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn disconnect_host(&self, host: &Moref) -> Result<Task, NetError> {
        self.vim_task("DisconnectHost_Task", host, "").await
    }

    /// Connects a host again (`ReconnectHost_Task`), with what vCenter has stored or with `connection`. In mode `vmca`
    /// vCenter issues a new certificate for a host whose own has expired. Needs `Host.Config.Connection`.
    ///
    /// # Errors
    /// [`NetError`]. The task may end in a fault `SSLVerifyFault` with the thumbprint the host presents: verify that by
    /// another way before it goes into [`HostConnection::accept`].
    pub async fn reconnect_host(&self, host: &Moref, connection: Option<&HostConnection>) -> Result<Task, NetError> {
        let arguments = connection.map(HostConnection::xml).unwrap_or_default();
        if let Some((_, password)) = connection.and_then(|connection| connection.login.as_ref()) {
            self.session.http.hide(password);
        }
        self.vim_task("ReconnectHost_Task", host, arguments.as_str()).await
    }
}
