//! A session with one vCenter over all its APIs: opened once, renewed when lost, closed on every path.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

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
    /// `None` before 6.5, and where only `/sdk` answers. A login that failed costs nothing of vim25 and SMS: the service
    /// behind REST is another one, and often the first to be down.
    rest: Result<Option<Rest>, NetError>,
    credentials: Credentials,
    /// Whether the REST session is the vim session, so that one logout ends both.
    unified: bool,
    renewals: Renewals,
}

/// How often each session was opened anew. Many calls find out at once that it has ended, and one renews it for all.
#[derive(Default)]
struct Renewals {
    vim: AtomicU32,
    rest: AtomicU32,
    /// Those after which the call failed as before.
    useless: AtomicU32,
    /// Why there are no more: the login failed. A user is locked out after a few wrong ones.
    over: Mutex<Option<NetError>>,
}

/// How many useless renewals end all of them.
const MOST_USELESS: u32 = 8;

impl Session {
    /// Logs in to every API the server has.
    ///
    /// # Errors
    /// [`NetError`]; nothing is left open then. A login to REST alone that fails is the error of what REST is asked for.
    pub async fn open(target: &Target, cancel: &Cancel) -> Result<Self, NetError> {
        let http = target.http(cancel)?;
        let vim = Vim::open(&http).await?;
        let unified = is_unified(&vim.about().version);
        let credentials = target.credentials.clone();
        match &credentials {
            Credentials::Session(session) => vim.soap.set_session(session.clone()),
            Credentials::Password { user, password } => {
                if let Err(error) = vim.login(user, password).await {
                    // The answer may have been lost after the session was opened.
                    if !matches!(error, NetError::Unauthenticated { .. }) {
                        let _ = vim.logout().await;
                    }
                    return Err(error);
                }
            }
        }
        let mut session = Self { http, vim, rest: Ok(None), credentials, unified, renewals: Renewals::default() };
        session.rest = session.open_rest().await;
        if let Err(error @ NetError::Cancelled(_)) = &session.rest {
            session.close().await;
            return Err(error.clone());
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
        if let (Ok(Some(rest)), false) = (&self.rest, self.unified) {
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
        let Some(rest) = self.rest.as_ref().map_err(Clone::clone)? else {
            let what = "trusted-root-chains".to_owned();
            return Err(NetError::Unsupported { server: self.http.server.to_string(), what });
        };
        let ids = self.renewing(Kind::Rest, || rest.trusted_root_ids()).await?;
        let mut out = Vec::with_capacity(ids.len());
        for id in &ids {
            match self.renewing(Kind::Rest, || rest.trusted_root(id)).await {
                // Removed since the list was made.
                Err(NetError::NotFound { .. }) => (),
                other => out.push(other?),
            }
        }
        Ok(out)
    }

    /// What `read` brings; when the session has ended, what it brings in a new one.
    async fn renewing<T, F>(&self, kind: Kind, read: impl Fn() -> F) -> Result<T, NetError>
    where
        F: Future<Output = Result<T, NetError>>,
    {
        let kind = if self.unified { Kind::Vim } else { kind };
        let before = self.renewals.of(kind).load(Ordering::Acquire);
        let error = match read().await {
            Err(error @ NetError::Unauthenticated { .. }) => error,
            other => return other,
        };
        self.renew(kind, before, error).await?;
        let outcome = read().await;
        if matches!(outcome, Err(NetError::Unauthenticated { .. })) {
            self.renewals.useless.fetch_add(1, Ordering::Relaxed);
        }
        outcome
    }

    /// Opens a session anew, where it was opened with a password and nobody has done so since `before`.
    async fn renew(&self, kind: Kind, before: u32, error: NetError) -> Result<(), NetError> {
        let Credentials::Password { user, password } = &self.credentials else { return Err(error) };
        let mut over = self.renewals.over.lock().await;
        let count = self.renewals.of(kind);
        if count.load(Ordering::Acquire) != before {
            return Ok(());
        }
        if let Some(error) = &*over {
            return Err(error.clone());
        }
        if self.renewals.useless.load(Ordering::Relaxed) >= MOST_USELESS {
            return Err(error);
        }
        let outcome = match (kind, &self.rest) {
            (Kind::Rest, Ok(Some(rest))) => rest.renew(user, password).await,
            (Kind::Rest | Kind::Vim, rest) => {
                // It may be open after all, when somebody in between said no.
                let _ = self.vim.logout().await;
                let outcome = self.vim.login(user, password).await;
                if let (Ok(Some(rest)), Some(session), true) = (rest, self.vim.soap.session(), self.unified) {
                    rest.set_session(session);
                }
                outcome
            }
        };
        match &outcome {
            Ok(()) => drop(count.fetch_add(1, Ordering::AcqRel)),
            Err(error) => *over = Some(error.clone()),
        }
        outcome
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
        self.renewing(Kind::Vim, || self.vim.hosts()).await
    }

    /// The certificates in a host's trust store (`castore.pem`), each as PEM. Needs `Certificate.Manage`, and the host
    /// must be connected.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn host_ca_certificates(&self, manager: &Moref) -> Result<Vec<String>, NetError> {
        self.renewing(Kind::Vim, || self.vim.ca_certificates(manager)).await
    }

    /// The CRLs in a host's trust store, each as PEM. Needs `Certificate.Manage`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn host_ca_revocation_lists(&self, manager: &Moref) -> Result<Vec<String>, NetError> {
        self.renewing(Kind::Vim, || self.vim.ca_revocation_lists(manager)).await
    }

    /// `vpxd.certmgmt.mode`: `vmca`, `custom` or `thumbprint`. Needs `System.Read`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn certificate_mode(&self) -> Result<Option<String>, NetError> {
        let options = match self.renewing(Kind::Vim, || self.vim.options("vpxd.certmgmt.mode")).await {
            // A server without such a setting says that its name is invalid.
            Err(NetError::Fault(fault)) if fault.kind == "InvalidName" => return Ok(None),
            other => other?,
        };
        Ok(options.into_iter().find(|(key, _)| key == "vpxd.certmgmt.mode").map(|(_, value)| value))
    }

    /// Every storage provider. Needs `StorageViews.View`.
    ///
    /// # Errors
    /// [`NetError`]. What is wrong with one provider is in [`ProviderRecord::failure`].
    pub async fn storage_providers(&self) -> Result<Vec<ProviderRecord>, NetError> {
        let read = || async { Sms::open(&self.http, self.vim.soap.session()).await?.providers().await };
        self.renewing(Kind::Vim, read).await
    }
}

/// Which session.
#[derive(Clone, Copy)]
enum Kind {
    Vim,
    Rest,
}

impl Renewals {
    const fn of(&self, kind: Kind) -> &AtomicU32 {
        match kind {
            Kind::Vim => &self.vim,
            Kind::Rest => &self.rest,
        }
    }
}

/// From 8.0.3 the SOAP and the REST session are one.
fn is_unified(version: &str) -> bool {
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    (next(), next(), next()) >= (8, 0, 3)
}
