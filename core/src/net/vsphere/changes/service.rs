//! vCenter's own certificates: Machine SSL, the root of VMCA, and token signing.

use reqwest::Method;
use serde::Serialize;
use serde_json::json;

use super::super::wire::rest::{Form, body, chain, nothing, text};
use super::root::MANAGE;
use super::{CertificateRequest, Changes};
use crate::cert::Certificate;
use crate::json::Tree;
use crate::net::error::NetError;
use crate::net::secret::Secret;

/// What the documentation wants for vCenter's own certificates.
const ADMINISTER: &str = "CertificateManagement.Administer";

/// The fields of `PUT tls`. The key is lent: it goes nowhere but into the body, which is wiped.
#[derive(Serialize)]
struct Tls<'k> {
    cert: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'k str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    root_cert: Option<String>,
}

/// The fields of `PUT signing-certificate`.
#[derive(Serialize)]
struct Signing<'k> {
    signing_cert_chain: Pem,
    private_key: &'k str,
}

#[derive(Serialize)]
struct Pem {
    cert_chain: Vec<String>,
}

impl Changes<'_> {
    /// Replaces the Machine SSL certificate (`PUT tls`).
    ///
    /// Without `key` its private key is the one that [`tls_signing_request`](Self::tls_signing_request) made. `root` is
    /// needed when the issuer is not trusted yet. Services restart: the session ends, and for some minutes connections
    /// fail. Needs `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]. A fault `ALREADY_EXISTS` when it is in use already; `NotFound` when vCenter has no key for it. When
    /// the services stop before they answer: `OutcomeUnknown`.
    pub async fn set_tls(
        &self,
        certificate: &Certificate,
        key: Option<&Secret>,
        root: Option<&Certificate>,
    ) -> Result<(), NetError> {
        key.into_iter().for_each(|key| self.session.http.hide(key));
        let (key, root_cert) = (key.map(Secret::expose), root.map(Certificate::to_pem));
        let body = self.form("tls")?.spec(&Tls { cert: certificate.to_pem(), key, root_cert });
        self.rest(Method::PUT, "tls", Some(body), ADMINISTER, nothing).await
    }

    /// Makes a new key and a signing request for it, PEM (`POST tls-csr`). The key stays in vCenter until
    /// [`set_tls`](Self::set_tls). Needs `CertificateManagement.Manage` and `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn tls_signing_request(&self, request: &CertificateRequest) -> Result<String, NetError> {
        let body = self.form("tls-csr")?.spec(&request.fields());
        let read = |made: &Tree<'_>| text(made, "csr").ok_or_else(|| "it has no text `csr`".to_owned());
        self.rest(Method::POST, "tls-csr", Some(body), MANAGE, read).await
    }

    /// Lets VMCA issue the Machine SSL certificate again, for this many days (`POST tls?action=renew`); 730 when not
    /// given. Services restart. Needs `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; a fault `UNSUPPORTED` when the present one was not issued by VMCA.
    pub async fn renew_tls(&self, days: Option<u32>) -> Result<(), NetError> {
        let fields = || Some(body(&days.map_or_else(|| json!({}), |days| json!({ "duration": days }))));
        let first = self.rest(Method::POST, "tls?action=renew", fields(), ADMINISTER, nothing).await;
        match (self.form("tls")?, first) {
            // Releases before `/api` spell the action in two ways. An unknown path was not carried out.
            (Form::Rest, Err(NetError::NotFound { .. } | NetError::Unsupported { .. })) => {
                self.rest(Method::POST, "tls?~action=renew", fields(), ADMINISTER, nothing).await
            }
            (Form::Rest | Form::Api, outcome) => outcome,
        }
    }

    /// Replaces the Machine SSL certificate by a new one of VMCA (`POST tls?action=replace-vmca-signed`). Services
    /// restart. Needs `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; `Unsupported` before 7.0 U2.
    pub async fn replace_tls_by_vmca(&self, request: &CertificateRequest) -> Result<(), NetError> {
        let path = "tls?action=replace-vmca-signed";
        self.api_only(path)?;
        self.rest(Method::POST, path, Some(body(&request.fields())), ADMINISTER, nothing).await
    }

    /// Makes a new VMCA root, and reissues Machine SSL and the solution users from it (`POST vmca-root`).
    ///
    /// Services restart. Hosts keep their certificates, which the new root did not issue. Needs
    /// `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; `Unsupported` before 7.0 U2.
    pub async fn replace_vmca_root(&self, request: &CertificateRequest) -> Result<(), NetError> {
        self.api_only("vmca-root")?;
        self.rest(Method::POST, "vmca-root", Some(body(&request.fields())), ADMINISTER, nothing).await
    }

    /// Sets the certificate that signs tokens, its chain first to last, with its PKCS#8 key (`PUT signing-certificate`).
    /// Needs `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; `Unsupported` before 7.0.3.
    pub async fn set_signing_certificate(&self, chain: &[Certificate], key: &Secret) -> Result<(), NetError> {
        self.api_only("signing-certificate")?;
        self.session.http.hide(key);
        let signing_cert_chain = Pem { cert_chain: chain.iter().map(Certificate::to_pem).collect() };
        let fields = body(&Signing { signing_cert_chain, private_key: key.expose() });
        self.rest(Method::PUT, "signing-certificate", Some(fields), ADMINISTER, nothing).await
    }

    /// Lets vCenter make a new certificate for signing tokens (`POST signing-certificate?action=refresh`); returns its
    /// chain, PEM texts. `force` also when it would break what trusts the old one. Needs
    /// `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; `Unsupported` before 7.0.3.
    pub async fn refresh_signing_certificate(&self, force: bool) -> Result<Vec<String>, NetError> {
        let path = "signing-certificate?action=refresh";
        self.api_only(path)?;
        let fields = body(&json!({ "force": force }));
        let read = |made: &Tree<'_>| Ok(chain(made).unwrap_or_default());
        self.rest(Method::POST, path, Some(fields), ADMINISTER, read).await
    }
}
