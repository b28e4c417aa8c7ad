//! Trusted root chains: what TRUSTED_ROOTS of every vCenter of the SSO domain is fed from.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::rest::{Form, segment};
use super::Changes;
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
        let body = spec_of(self.form(WHAT)?, spec);
        let made = self.rest(Method::POST, WHAT, Some(body), MANAGE).await?;
        self.text(&made, "", "POST trusted-root-chains")
    }

    /// Removes a chain from the directory (`DELETE trusted-root-chains`); TRUSTED_ROOTS follows some time later.
    ///
    /// The server does not look whether anything in use was issued by it. Hosts keep it until their CA certificates are
    /// refreshed. Needs `CertificateManagement.Manage` and `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; `NotFound` when there is no such chain.
    pub async fn delete_trusted_root(&self, id: &str) -> Result<(), NetError> {
        if id.is_empty() {
            // It would be asked of the whole collection.
            let (server, what) = (self.session.http.server.to_string(), "trusted root chain without an id".to_owned());
            return Err(NetError::NotFound { server, what });
        }
        let path = format!("trusted-root-chains/{}", segment(id));
        self.rest(Method::DELETE, &path, None, MANAGE).await.map(drop)
    }
}

/// `/rest` wants the name of the parameter around its fields, `/api` refuses it.
pub(super) fn spec_of(form: Form, fields: Value) -> Value {
    match form {
        Form::Api => fields,
        Form::Rest => json!({ "spec": fields }),
    }
}
