//! Whom to ask, and how to reach it.

use std::time::Duration;

use crate::endpoint::Endpoint;
use crate::net::control::Cancel;
use crate::net::dial::ConnectTo;
use crate::net::error::NetError;
use crate::net::http::Http;
use crate::net::secret::Credentials;
use crate::net::trust::ServerTrust;

/// One vCenter, or one ESXi host, and how to reach it.
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
        let http = Http::new(&self.endpoint, self.trust.clone(), &self.connect_to, self.timeout, cancel.clone())?;
        match &self.credentials {
            Credentials::Password { password, .. } => http.hide(password),
            // It is the caller's, and never makes room for a newer one.
            Credentials::Session(session) => http.hide(session),
        }
        Ok(http)
    }
}
