//! vCenter's own certificates: Machine SSL, the root of VMCA, and token signing.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::super::rest::Form;
use super::root::{MANAGE, spec_of};
use super::{CertificateRequest, Changes};
use crate::cert::Certificate;
use crate::net::error::NetError;
use crate::net::secret::Secret;

/// What the documentation wants for vCenter's own certificates.
const ADMINISTER: &str = "CertificateManagement.Administer";

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
        let mut fields = Map::new();
        fields.insert("cert".to_owned(), Value::from(certificate.to_pem()));
        if let Some(key) = key {
            fields.insert("key".to_owned(), Value::from(key.expose()));
        }
        if let Some(root) = root {
            fields.insert("root_cert".to_owned(), Value::from(root.to_pem()));
        }
        let body = spec_of(self.form("tls")?, Value::Object(fields));
        self.rest(Method::PUT, "tls", Some(body), ADMINISTER).await.map(drop)
    }

    /// Makes a new key and a signing request for it, PEM (`POST tls-csr`). The key stays in vCenter until
    /// [`set_tls`](Self::set_tls). Needs `CertificateManagement.Manage` and `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn tls_signing_request(&self, request: &CertificateRequest) -> Result<String, NetError> {
        let body = spec_of(self.form("tls-csr")?, request.fields());
        let made = self.rest(Method::POST, "tls-csr", Some(body), MANAGE).await?;
        self.text(&made, "/csr", "POST tls-csr")
    }

    /// Lets VMCA issue the Machine SSL certificate again, for this many days (`POST tls?action=renew`); 730 when not
    /// given. Services restart. Needs `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; a fault `UNSUPPORTED` when the present one was not issued by VMCA.
    pub async fn renew_tls(&self, days: Option<u32>) -> Result<(), NetError> {
        let body = days.map_or_else(|| json!({}), |days| json!({ "duration": days }));
        let first = self.rest(Method::POST, "tls?action=renew", Some(body.clone()), ADMINISTER).await;
        match (self.form("tls")?, first) {
            // Releases before `/api` spell the action in two ways. An unknown path was not carried out.
            (Form::Rest, Err(NetError::NotFound { .. } | NetError::Unsupported { .. })) => {
                self.rest(Method::POST, "tls?~action=renew", Some(body), ADMINISTER).await.map(drop)
            }
            (Form::Rest | Form::Api, outcome) => outcome.map(drop),
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
        self.rest(Method::POST, path, Some(request.fields()), ADMINISTER).await.map(drop)
    }

    /// Makes a new root of VMCA, and from it Machine SSL and the solution users anew (`POST vmca-root`).
    ///
    /// Services restart. Hosts keep their certificates, which the new root did not issue. Needs
    /// `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; `Unsupported` before 7.0 U2.
    pub async fn replace_vmca_root(&self, request: &CertificateRequest) -> Result<(), NetError> {
        self.api_only("vmca-root")?;
        self.rest(Method::POST, "vmca-root", Some(request.fields()), ADMINISTER).await.map(drop)
    }

    /// Sets the certificate that signs tokens, its chain first to last, with its PKCS#8 key (`PUT signing-certificate`).
    /// Needs `CertificateManagement.Administer`.
    ///
    /// # Errors
    /// [`NetError`]; `Unsupported` before 7.0.3.
    pub async fn set_signing_certificate(&self, chain: &[Certificate], key: &Secret) -> Result<(), NetError> {
        self.api_only("signing-certificate")?;
        let texts: Vec<String> = chain.iter().map(Certificate::to_pem).collect();
        let body = json!({ "signing_cert_chain": { "cert_chain": texts }, "private_key": key.expose() });
        self.rest(Method::PUT, "signing-certificate", Some(body), ADMINISTER).await.map(drop)
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
        let made = self.rest(Method::POST, path, Some(json!({ "force": force })), ADMINISTER).await?;
        let texts = made.get("cert_chain").and_then(Value::as_array).into_iter().flatten();
        Ok(texts.filter_map(|text| text.as_str().map(str::to_owned)).collect())
    }
}
