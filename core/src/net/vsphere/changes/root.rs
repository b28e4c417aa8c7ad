//! Trusted root chains: what TRUSTED_ROOTS of every vCenter of the SSO domain is fed from.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::wire::rest::{Segment, nothing};
use super::{Changes, text};
use crate::cert::Certificate;
use crate::net::error::NetError;

/// What the documentation wants for trusted roots and signing requests.
pub(super) const MANAGE: &str = "CertificateManagement.Manage and CertificateManagement.Administer";

impl Changes<'_> {
    /// Publishes a chain of CAs, the one nearest to the end-entity first; returns its id (`POST trusted-root-chains`).
    ///
    /// The server chooses the id, the subject key identifier of the first CA, unless one is given. The list may lack the
    /// new chain for some seconds. Every vCenter of the SSO domain gets it; hosts only get it by
    /// [`refresh_host_ca_certificates`](Self::refresh_host_ca_certificates). Needs `CertificateManagement.Manage` and
    /// `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]. A fault `ALREADY_EXISTS` when the id is taken, also by another certificate of the same key; `ERROR`
    /// when a certificate is no CA or the chain ends in no root.
    pub async fn create_trusted_root(&self, chain: &[Certificate], id: Option<&str>) -> Result<String, NetError> {
        const WHAT: &str = "trusted-root-chains";
        let texts: Vec<String> = chain.iter().map(Certificate::to_pem).collect();
        let mut spec = json!({ "cert_chain": { "cert_chain": texts } });
        if let Some(id) = id {
            spec["chain"] = Value::from(id);
        }
        let body = self.form(WHAT)?.spec(&spec);
        self.rest(Method::POST, WHAT, Some(body), MANAGE, text).await
    }

    /// Removes a chain from the directory (`DELETE trusted-root-chains`); TRUSTED_ROOTS follows some time later.
    ///
    /// The server does not look whether anything in use was issued by it. Hosts keep it until their CA certificates are
    /// refreshed. Needs `CertificateManagement.Manage` and `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; `NotFound` when there is no such chain.
    pub async fn delete_trusted_root(&self, id: &str) -> Result<(), NetError> {
        let Ok(id) = Segment::new(id) else {
            // It would be asked of the whole collection, or of something else.
            let what = "trusted root chain with such an id: an id must not be empty, `.` or `..`, and must not contain a slash, \
                        backslash or control character";
            return Err(NetError::NotFound { server: self.session.http.server.to_string(), what: what.to_owned() });
        };
        let path = format!("trusted-root-chains/{id}");
        self.rest(Method::DELETE, &path, None, MANAGE, nothing).await
    }
}
