//! A session with one vCenter over all its APIs: opened once, renewed when lost, closed on every path.

use std::sync::{Arc, Mutex, OnceLock};

use futures_util::{FutureExt, StreamExt};

use super::download;
use super::parallel::some_at_once;
use super::records::{
    About, DatastoreRecord, HostCertificate, HostRecord, Moref, ProviderRecord, SigningCertificates, TlsCertificate,
    TrustedRoot,
};
use super::renewal::{Kind, Renewals};
use super::sms::Sms;
use super::target::Target;
use super::vim::Vim;
use super::wire::rest::{Rest, Segment};
use crate::net::control::Cancel;
use crate::net::error::NetError;
use crate::net::hidden::{Hidden, Needles};
use crate::net::http::Http;
use crate::net::logins::Turn;
use crate::net::secret::Credentials;

/// Reads from one vCenter.
///
/// It has no writing call. Close it with [`Session::close`]. If dropped unclosed, the session stays open until the
/// server times it out.
pub struct Session {
    pub(super) http: Http,
    pub(super) vim: Vim,
    /// `None` before 6.5, and where only `/sdk` answers. A login that failed costs nothing of vim25 and SMS: the service
    /// behind REST is another one, and often the first to be down.
    pub(super) rest: Result<Option<Rest>, NetError>,
    pub(super) credentials: Credentials,
    /// Whether the REST session is the vim session, so that one logout ends both.
    pub(super) unified: bool,
    pub(super) renewals: Renewals,
}

/// The most bytes of all trusted roots.
const MOST_ROOT_BYTES: usize = 256 << 20;

impl Session {
    /// Logs in to every API the server has.
    ///
    /// # Errors
    /// [`NetError`]; nothing is left open then. If only the login to REST fails, that is the error of whatever is requested over REST.
    pub async fn open(target: &Target, cancel: &Cancel) -> Result<Self, NetError> {
        Self::open_telling(target, cancel, None, &mut false).await
    }

    /// The same; the password is sent in its `turn`, where there is one. `sent` becomes true before the credentials are
    /// sent, whatever comes of it.
    pub(in crate::net) async fn open_telling(
        target: &Target,
        cancel: &Cancel,
        turn: Option<&Turn>,
        sent: &mut bool,
    ) -> Result<Self, NetError> {
        let http = target.http(cancel)?;
        let vim = Vim::open(&http).await?;
        let unified = is_unified(&vim.about().version);
        let credentials = target.credentials.clone();
        match &credentials {
            Credentials::Session(session) => {
                *sent = true;
                vim.soap.set_session(session.clone());
            }
            Credentials::Password { user, password } => {
                let login = async {
                    *sent = true;
                    vim.login(user, password).await
                };
                let outcome = match turn {
                    Some(turn) => turn.log_in(&http.server, cancel, login).await,
                    None => login.await,
                };
                if let Err(error) = outcome {
                    // The answer may have been lost after the session was opened.
                    if *sent && !matches!(error, NetError::Unauthenticated { .. }) {
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
    /// Where that fails nothing depends on it: the server times idle sessions out.
    pub async fn close(&self) {
        let _ = self.close_telling().await;
    }

    /// The same; the error of the session that may still be open.
    pub(in crate::net) async fn close_telling(&self) -> Result<(), NetError> {
        if matches!(self.credentials, Credentials::Session(_)) {
            return Ok(());
        }
        let rest = match (&self.rest, self.unified) {
            (Ok(Some(rest)), false) => rest.logout().await,
            _ => Ok(()),
        };
        let vim = self.vim.logout().await;
        rest.and(vim).map_err(|error| self.http.without_secrets(error))
    }

    /// What no message may show: the password and the keys of this session.
    pub(in crate::net) fn needles(&self) -> Needles {
        self.http.needles()
    }

    /// The same as it changes, for what is told when the session has ended.
    pub(in crate::net) fn hidden(&self) -> Arc<Mutex<Hidden>> {
        self.http.hidden()
    }

    /// The product.
    #[must_use]
    pub fn about(&self) -> &About {
        self.vim.about()
    }

    /// The root of the inventory.
    #[must_use]
    pub fn root_folder(&self) -> &Moref {
        &self.vim.content.root_folder
    }

    /// The REST service, where there is one.
    pub(super) fn rest(&self, what: &str) -> Result<&Rest, NetError> {
        let (server, what) = (|| self.http.server.to_string(), || what.to_owned());
        let rest = self.rest.as_ref().map_err(Clone::clone)?.as_ref();
        rest.ok_or_else(|| NetError::Unsupported { server: server(), what: what() })
    }

    /// SMS, called with the present vim session.
    pub(super) fn sms(&self) -> Sms {
        Sms::new(&self.http, self.vim.about(), self.vim.soap.session())
    }

    /// The trusted root chains, from which TRUSTED_ROOTS is filled. Needs `System.Read`.
    ///
    /// An entry that is not understood is [`TrustedRoot::unreadable`] and does not affect the others.
    ///
    /// # Errors
    /// [`NetError`], also where the server tells nothing of any entry it was asked for; `Unsupported` before 7.0, where `certs/download.zip` has them.
    pub async fn trusted_roots(&self) -> Result<Vec<TrustedRoot>, NetError> {
        let rest = self.rest("trusted-root-chains")?;
        let listed = self.renewing(Kind::Rest, || rest.trusted_root_ids()).await?;
        let first = &OnceLock::new();
        let ask = |entry: Result<Segment, TrustedRoot>| async move {
            let id = match entry {
                Ok(id) => id,
                Err(entry) => return Ok(entry),
            };
            match self.renewing(Kind::Rest, || rest.trusted_root(&id)).await {
                Err(error @ (NetError::Response { .. } | NetError::Fault(_))) => {
                    let odd = TrustedRoot::odd(id.id(), &error.to_string());
                    let _ = first.set(error);
                    Ok(odd)
                }
                other => other,
            }
        };
        let (mut out, mut bytes) = (Vec::with_capacity(listed.len()), 0);
        let mut answers = some_at_once(listed.into_iter().map(|entry| ask(entry).boxed()).collect());
        while let Some(answer) = answers.next().await {
            let root = match answer {
                // Removed since the list was made.
                Err(NetError::NotFound { .. }) => continue,
                other => other?,
            };
            bytes += root.pem.iter().map(String::len).sum::<usize>();
            if bytes > MOST_ROOT_BYTES {
                let (server, what) = (self.http.server.to_string(), "GET trusted-root-chains".to_owned());
                return Err(NetError::TooLarge { server, what, limit: MOST_ROOT_BYTES, unit: "bytes" });
            }
            out.push(root);
        }
        // Where the server tells nothing of any, that is what it says, and no list.
        match first.get() {
            Some(error) if out.iter().all(|root| root.unreadable.is_some()) => Err(error.clone()),
            _ => Ok(out),
        }
    }

    /// The Machine SSL certificate, as vCenter has it stored; what it presents is for a probe. Needs `System.Read`.
    ///
    /// # Errors
    /// [`NetError`]; `Unsupported` before 7.0.
    pub async fn tls(&self) -> Result<TlsCertificate, NetError> {
        let rest = self.rest("tls")?;
        self.renewing(Kind::Rest, || rest.tls()).await
    }

    /// The certificates that sign the tokens of single sign-on. Needs `System.Read`.
    ///
    /// # Errors
    /// [`NetError`]; `NotFound` or `Unsupported` before 7.0.3.
    pub async fn signing_certificates(&self) -> Result<SigningCertificates, NetError> {
        let rest = self.rest("signing-certificate")?;
        self.renewing(Kind::Rest, || rest.signing_certificates()).await
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

    /// What vCenter says about a host's own certificate; `None` if it says nothing. Needs `Certificate.Manage`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn host_certificate(&self, manager: &Moref) -> Result<Option<HostCertificate>, NetError> {
        self.renewing(Kind::Vim, || self.vim.host_certificate(manager)).await
    }

    /// `vpxd.certmgmt.mode`: `vmca`, `custom` or `thumbprint`. Needs `System.Read`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn certificate_mode(&self) -> Result<Option<String>, NetError> {
        let settings = self.settings("vpxd.certmgmt.mode").await?;
        Ok(settings.into_iter().find(|(key, _)| key == "vpxd.certmgmt.mode").map(|(_, value)| value))
    }

    /// vCenter's setting of this name, or with a dot at its end (`vpxd.certmgmt.`) all below it: names and values. None
    /// is an answer too. Needs `System.Read`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn settings(&self, name: &str) -> Result<Vec<(String, String)>, NetError> {
        match self.renewing(Kind::Vim, || self.vim.options(name)).await {
            // A server without such a setting says that its name is invalid.
            Err(NetError::Fault(fault)) if fault.kind == "InvalidName" => Ok(Vec::new()),
            other => other,
        }
    }

    /// Every storage provider. Needs `StorageViews.View`.
    ///
    /// # Errors
    /// [`NetError`]. What is wrong with one provider is in [`ProviderRecord::failure`].
    pub async fn storage_providers(&self) -> Result<Vec<ProviderRecord>, NetError> {
        self.renewing(Kind::Vim, || async { self.sms().providers().await }).await
    }

    /// Every datastore on Virtual Volumes. Needs `System.Read` on each. What is wrong with one is in its record.
    pub(in crate::net) async fn vvol_datastores(&self) -> Result<Vec<DatastoreRecord>, NetError> {
        self.renewing(Kind::Vim, || self.vim.vvol_datastores()).await
    }
}

/// From 8.0.3 the SOAP and the REST session are one.
fn is_unified(version: &str) -> bool {
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    (next(), next(), next()) >= (8, 0, 3)
}
