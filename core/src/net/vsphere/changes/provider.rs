//! Storage providers: SMS.

use super::super::records::Moref;
use super::super::wire::xml::tag;
use super::{Changes, Task};
use crate::net::error::NetError;
use crate::net::secret::{Secret, Wiped};

/// A provider to register: SMS `VasaProviderSpec`.
#[derive(Debug, Clone)]
pub struct NewProvider {
    /// The name to give it.
    pub name: String,
    /// For people.
    pub description: Option<String>,
    /// Whom to be at the provider.
    pub user: String,
    /// The password there.
    pub password: Secret,
    /// For example `https://esx01.lab.example:9080/version.xml`.
    pub url: String,
    /// The certificate that was approved, PEM.
    pub certificate: Option<String>,
}

impl NewProvider {
    /// In the order of the schema.
    fn xml(&self) -> Wiped {
        let mut xml = Wiped::default();
        xml.push(r#"<providerSpec xsi:type="VasaProviderSpec">"#);
        xml.element("name", &self.name);
        if let Some(description) = &self.description {
            xml.element("description", description);
        }
        xml.element("username", &self.user);
        xml.element("password", self.password.expose());
        xml.element("url", &self.url);
        if let Some(certificate) = &self.certificate {
            xml.element("certificate", certificate);
        }
        xml.push("</providerSpec>");
        xml
    }
}

impl Changes<'_> {
    /// Registers a provider (`RegisterProvider_Task`); the task's result is the provider. Needs
    /// `StorageViews.ConfigureService`.
    ///
    /// # Errors
    /// [`NetError`]; a fault `AlreadyExists`. The task ends in a fault `CertificateNotTrusted` whose
    /// [`certificate`](crate::net::Fault::certificate) waits for approval: register again with it. Without one the host
    /// refused the certificate of SMS.
    pub async fn register_provider(&self, provider: &NewProvider) -> Result<Task, NetError> {
        self.session.http.hide(&provider.password);
        self.sms("RegisterProvider_Task", None, provider.xml().as_str()).await
    }

    /// Removes a provider by its uid (`UnregisterProvider_Task`). Needs `StorageViews.ConfigureService`.
    ///
    /// # Errors
    /// [`NetError`]; a fault `NotFound`.
    pub async fn unregister_provider(&self, uid: &str) -> Result<Task, NetError> {
        self.sms("UnregisterProvider_Task", None, &tag("providerId", uid)).await
    }

    /// Lets SMS ask a provider again now (`VasaProviderSync_Task`): "rescan". Needs `StorageViews.View`.
    ///
    /// # Errors
    /// [`NetError`]. The task may end in a fault `ProviderSyncFailed` or `SyncInProgress`.
    pub async fn synchronize_provider(&self, provider: &Moref) -> Result<Task, NetError> {
        self.sms("VasaProviderSync_Task", Some(provider), "").await
    }

    /// Connects a provider that SMS has given up, status `disconnected` (`VasaProviderReconnect_Task`). Needs
    /// `StorageViews.ConfigureService`.
    ///
    /// # Errors
    /// [`NetError`]; faults `InvalidCertificate` and `ProviderConnectionFailed`.
    pub async fn reconnect_provider(&self, provider: &Moref) -> Result<Task, NetError> {
        self.sms("VasaProviderReconnect_Task", Some(provider), "").await
    }

    /// Lets VMCA issue a new certificate for a provider, when its own is near its end
    /// (`VasaProviderRefreshCertificate_Task`). Needs `StorageViews.ConfigureService`.
    ///
    /// # Errors
    /// [`NetError`]; a fault `CertificateRefreshFailed`.
    pub async fn refresh_provider_certificate(&self, provider: &Moref) -> Result<Task, NetError> {
        self.sms("VasaProviderRefreshCertificate_Task", Some(provider), "").await
    }

    /// Pushes CA certificates and CRLs to the providers of these uids, or to all when there are none
    /// (`SmsRefreshCACertificatesAndCRLs_Task`). Needs `StorageViews.ConfigureService`.
    ///
    /// # Errors
    /// [`NetError`]; faults `NotFound` and `CertificateRefreshFailed`.
    pub async fn refresh_provider_ca_certificates(&self, uids: &[String]) -> Result<Task, NetError> {
        let arguments: String = uids.iter().map(|uid| tag("providerId", uid)).collect();
        self.sms("SmsRefreshCACertificatesAndCRLs_Task", None, &arguments).await
    }
}
