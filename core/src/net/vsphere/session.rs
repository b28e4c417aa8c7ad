//! A session with one vCenter over all its APIs: opened once, renewed when lost, closed on every path.

use std::time::Duration;

use super::download;
use super::records::{About, HostRecord, Moref, ProviderRecord, TrustedRoot};
use super::rest::Rest;
use super::sms::Sms;
use super::vim::Vim;
use crate::endpoint::Endpoint;
use crate::net::control::Cancel;
use crate::net::dial::ConnectTo;
use crate::net::error::NetError;
use crate::net::http::Http;
use crate::net::secret::Credentials;
use crate::net::trust::ServerTrust;

/// One vCenter and how to reach it.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where it listens.
    pub endpoint: Endpoint,
    /// Whom to be.
    pub credentials: Credentials,
    /// Whether it is the right one.
    pub trust: ServerTrust,
    /// Where to connect instead.
    pub connect_to: ConnectTo,
    /// The longest one exchange may take.
    pub timeout: Duration,
}

impl Target {
    pub(super) fn http(&self, cancel: &Cancel) -> Result<Http, NetError> {
        Http::new(&self.endpoint, self.trust.clone(), &self.connect_to, self.timeout, cancel.clone())
    }
}

/// Reads from one vCenter.
///
/// It has no writing call. Close it with [`Session::close`]; who drops it without leaves a session on the server until
/// that ends it by itself.
pub struct Session {
    http: Http,
    vim: Vim,
    /// `None` before 6.5, and where only `/sdk` answers.
    rest: Option<Rest>,
    credentials: Credentials,
    /// Whether the REST session is the vim session, so that one logout ends both.
    unified: bool,
}

impl Session {
    /// Logs in to every API the server has.
    ///
    /// # Errors
    /// [`NetError`]; nothing is left open then.
    pub async fn open(target: &Target, cancel: &Cancel) -> Result<Self, NetError> {
        let http = target.http(cancel)?;
        let vim = Vim::open(&http).await?;
        let unified = is_unified(&vim.about().version);
        let credentials = target.credentials.clone();
        match &credentials {
            Credentials::Session(session) => vim.soap.set_session(session.clone()),
            Credentials::Password { user, password } => vim.login(user, password).await?,
        }
        let mut session = Self { http, vim, rest: None, credentials, unified };
        match session.open_rest().await {
            Ok(rest) => session.rest = rest,
            Err(error) => {
                session.close().await;
                return Err(error);
            }
        }
        Ok(session)
    }

    async fn open_rest(&self) -> Result<Option<Rest>, NetError> {
        match (&self.credentials, self.vim.soap.session()) {
            (_, Some(session)) if self.unified => Ok(Some(Rest::with_session(&self.http, session))),
            (Credentials::Password { user, password }, _) => Rest::login(&self.http, user, password).await,
            // A foreign vim session opens no REST session before 8.0.3.
            (Credentials::Session(_), _) => Ok(None),
        }
    }

    /// Ends every session this one opened. A session that was given stays open.
    ///
    /// What fails here is not told: the server ends idle sessions by itself.
    pub async fn close(&self) {
        if matches!(self.credentials, Credentials::Session(_)) {
            return;
        }
        if let Some(rest) = self.rest.as_ref().filter(|_| !self.unified) {
            let _ = rest.logout().await;
        }
        let _ = self.vim.logout().await;
    }

    /// The product.
    #[must_use]
    pub fn about(&self) -> &About {
        self.vim.about()
    }

    /// The trusted root chains: what TRUSTED_ROOTS is fed from. Needs `System.Read`.
    ///
    /// # Errors
    /// [`NetError`]; `Unsupported` before 7.0, where `certs/download.zip` has them.
    pub async fn trusted_roots(&self) -> Result<Vec<TrustedRoot>, NetError> {
        let Some(rest) = &self.rest else {
            let what = "trusted-root-chains".to_owned();
            return Err(NetError::Unsupported { server: self.http.server.to_string(), what });
        };
        let ids = match rest.trusted_root_ids().await {
            Err(error @ NetError::Unauthenticated { .. }) => {
                self.renew_rest(rest, error).await?;
                rest.trusted_root_ids().await?
            }
            other => other?,
        };
        let mut out = Vec::with_capacity(ids.len());
        for id in &ids {
            match rest.trusted_root(id).await {
                Err(error @ NetError::Unauthenticated { .. }) => {
                    self.renew_rest(rest, error).await?;
                    out.push(rest.trusted_root(id).await?);
                }
                // Removed since the list was made.
                Err(NetError::NotFound { .. }) => (),
                other => out.push(other?),
            }
        }
        Ok(out)
    }

    async fn renew_rest(&self, rest: &Rest, error: NetError) -> Result<(), NetError> {
        match &self.credentials {
            Credentials::Password { user, password } => rest.renew(user, password).await,
            Credentials::Session(_) => Err(error),
        }
    }

    /// Opens the vim session anew, where it was opened with a password.
    async fn renew_vim(&self, error: NetError) -> Result<(), NetError> {
        match &self.credentials {
            Credentials::Password { user, password } => self.vim.login(user, password).await,
            Credentials::Session(_) => Err(error),
        }
    }

    /// `certs/download.zip`, which needs no privilege.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn certificate_archive(&self) -> Result<Vec<u8>, NetError> {
        download::fetch(&self.http).await
    }

    /// Every host in the inventory. Needs `System.View` on each, and `Certificate.Manage` for its certificate manager.
    ///
    /// # Errors
    /// [`NetError`]. A property that may not be read is in [`HostRecord::missing`].
    pub async fn hosts(&self) -> Result<Vec<HostRecord>, NetError> {
        match self.vim.hosts().await {
            Err(error @ NetError::Unauthenticated { .. }) => {
                self.renew_vim(error).await?;
                self.vim.hosts().await
            }
            other => other,
        }
    }

    /// The certificates in a host's trust store (`castore.pem`), each as PEM. Needs `Certificate.Manage`, and the host
    /// must be connected.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn host_ca_certificates(&self, manager: &Moref) -> Result<Vec<String>, NetError> {
        match self.vim.ca_certificates(manager).await {
            Err(error @ NetError::Unauthenticated { .. }) => {
                self.renew_vim(error).await?;
                self.vim.ca_certificates(manager).await
            }
            other => other,
        }
    }

    /// The CRLs in a host's trust store, each as PEM. Needs `Certificate.Manage`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn host_ca_revocation_lists(&self, manager: &Moref) -> Result<Vec<String>, NetError> {
        self.vim.ca_revocation_lists(manager).await
    }

    /// `vpxd.certmgmt.mode`: `vmca`, `custom` or `thumbprint`. Needs `System.Read`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn certificate_mode(&self) -> Result<Option<String>, NetError> {
        let options = match self.vim.options("vpxd.certmgmt.mode").await {
            // A server without such a setting says that its name is invalid.
            Err(NetError::Fault(fault)) if fault.kind == "InvalidName" => return Ok(None),
            other => other?,
        };
        Ok(options.into_iter().find(|(key, _)| key == "vpxd.certmgmt.mode").map(|(_, value)| value))
    }

    /// Every storage provider. Needs `StorageViews.View`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn storage_providers(&self) -> Result<Vec<ProviderRecord>, NetError> {
        let sms = match Sms::open(&self.http, self.vim.soap.session()).await {
            Err(error @ NetError::Unauthenticated { .. }) => {
                self.renew_vim(error).await?;
                Sms::open(&self.http, self.vim.soap.session()).await?
            }
            other => other?,
        };
        sms.providers().await
    }
}

/// From 8.0.3 the SOAP and the REST session are one.
fn is_unified(version: &str) -> bool {
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    (next(), next(), next()) >= (8, 0, 3)
}
