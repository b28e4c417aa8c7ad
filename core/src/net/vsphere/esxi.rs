//! An ESXi host asked by itself: another way to its trust store when its vCenter cannot tell.
//!
//! Both ways need an account of the host. Over `/host/castore` that is basic authentication, over `/sdk` a session, which
//! is closed again. The endpoint of the [`Target`] is the host's.

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::HeaderMap;

use super::records::{HostStore, Moref};
use super::target::Target;
use super::vim::Vim;
use crate::net::control::Cancel;
use crate::net::error::NetError;
use crate::net::http::{Http, Repeat, Request, basic};
use crate::net::secret::{Credentials, Secret};

/// The largest trust store that is read, in bytes.
const LARGEST_STORE: usize = 16 << 20;

/// A host's `castore.pem` as the host serves it (`GET /host/castore`), for
/// [`TrustStore::from_castore`](crate::TrustStore::from_castore). Needs an administrator of the host.
///
/// # Errors
/// [`NetError`]; `Credentials` where the target has a session instead of a password; `NotFound` where the server is no
/// ESXi host.
pub async fn host_castore(target: &Target, cancel: &Cancel) -> Result<Vec<u8>, NetError> {
    const WHAT: &str = "GET /host/castore";
    let http = target.http(cancel)?;
    let (user, password) = account(target, &http)?;
    let request = Request {
        what: WHAT,
        method: Method::GET,
        path: "/host/castore",
        headers: basic(user, password).into_iter().collect::<HeaderMap>(),
        body: Bytes::new(),
        limit: LARGEST_STORE,
        repeat: Repeat::Safe,
    };
    let mut answer = http.send(&request).await?;
    let (server, what) = (http.server.to_string(), WHAT.to_owned());
    match answer.status.as_u16() {
        200 => Ok(std::mem::take(&mut *answer.body)),
        401 => Err(NetError::Unauthenticated { server, reason: "HTTP 401".to_owned() }),
        403 => Err(NetError::Forbidden { server, what, privilege: None, object: None }),
        404 => Err(NetError::NotFound { server, what: "/host/castore".to_owned() }),
        status @ 500..=599 => Err(NetError::Unavailable { server, what, status }),
        _ => Err(NetError::Response { server, what, reason: answer.words() }),
    }
}

/// A host's trust store by the host's own vim25 (`ListCACertificates` and `ListCACertificateRevocationLists`). Needs `Certificate.Manage` on the host.
///
/// # Errors
/// [`NetError`]; the session is closed then as well. `NotFound` where the server is a vCenter.
pub async fn host_store(target: &Target, cancel: &Cancel) -> Result<HostStore, NetError> {
    let http = target.http(cancel)?;
    let vim = Vim::open(&http).await?;
    // Nobody's password goes to a vCenter that was taken for a host.
    if vim.about().api_type == "VirtualCenter" {
        let what = "ESXi host: this is a vCenter".to_owned();
        return Err(NetError::NotFound { server: http.server.to_string(), what });
    }
    let foreign = match &target.credentials {
        Credentials::Password { user, password } => {
            vim.login(user, password).await?;
            false
        }
        Credentials::Session(session) => {
            vim.soap.set_session(session.clone());
            true
        }
    };
    let listed = async {
        let manager = manager(&vim).await;
        let certificates = vim.ca_certificates(&manager).await?;
        Ok(HostStore { certificates, revocation_lists: vim.ca_revocation_lists(&manager).await? })
    };
    let listed = listed.await;
    // The session of somebody else stays open.
    if !foreign {
        let _ = vim.logout().await;
    }
    listed
}

/// Where the host says that its certificates are managed; where it does not, where every release has it.
async fn manager(vim: &Vim) -> Moref {
    let hosts = vim.hosts().await.unwrap_or_default();
    let told = hosts.into_iter().find_map(|host| host.certificate_manager);
    told.unwrap_or_else(|| Moref { kind: "HostCertificateManager".to_owned(), id: "ha-certificate-manager".to_owned() })
}

fn account<'t>(target: &'t Target, http: &Http) -> Result<(&'t str, &'t Secret), NetError> {
    match &target.credentials {
        Credentials::Password { user, password } => Ok((user, password)),
        Credentials::Session(_) => Err(NetError::Credentials {
            server: http.server.to_string(),
            reason: "/host/castore needs a user and a password, not a session".to_owned(),
        }),
    }
}
