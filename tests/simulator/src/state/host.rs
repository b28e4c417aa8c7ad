//! One ESXi host: its certificate and its trust store.

use std::sync::{Arc, OnceLock};

use rustls::sign::CertifiedKey;
use vitrust::{Certificate, TrustStore};

use crate::pki::Identity;

/// How vCenter sees a host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HostState {
    /// Connected and at work.
    #[default]
    Connected,
    /// Connected and in maintenance mode: its certificates are not pushed.
    Maintenance,
    /// Disconnected by an administrator.
    Disconnected,
    /// It does not answer.
    NotResponding,
}

/// A host.
pub(crate) struct Host {
    pub(crate) name: String,
    /// `host-12`.
    pub(crate) id: String,
    /// `certificateManager-12`.
    pub(crate) manager: String,
    pub(crate) state: HostState,
    pub(crate) identity: Identity,
    /// The identity as the TLS library takes it, made at the first connection.
    pub(crate) certified: OnceLock<Arc<CertifiedKey>>,
    /// The thumbprint vCenter expects, uppercase with colons.
    pub(crate) pinned: String,
    pub(crate) castore: Vec<Certificate>,
    pub(crate) crls: Vec<Arc<str>>,
}

impl Host {
    pub(crate) fn new(name: String, number: u64, identity: Identity) -> Self {
        Self {
            name,
            id: format!("host-{number}"),
            manager: format!("certificateManager-{number}"),
            state: HostState::Connected,
            pinned: identity.certificate.sha1().with_colons(),
            identity,
            certified: OnceLock::new(),
            castore: Vec::new(),
            crls: Vec::new(),
        }
    }

    /// Gives it another certificate, which vCenter knows of.
    pub(crate) fn renew(&mut self, identity: Identity) {
        self.pinned = identity.certificate.sha1().with_colons();
        self.identity = identity;
        self.certified = OnceLock::new();
    }

    pub(crate) fn certified(&self) -> Result<Arc<CertifiedKey>, rustls::Error> {
        if let Some(made) = self.certified.get() {
            return Ok(Arc::clone(made));
        }
        let made = self.identity.certified()?;
        Ok(Arc::clone(self.certified.get_or_init(|| made)))
    }

    /// Whether vCenter reaches it.
    pub(crate) fn is_connected(&self) -> bool {
        matches!(self.state, HostState::Connected | HostState::Maintenance)
    }

    pub(crate) fn trust_store(&self) -> TrustStore {
        TrustStore::from_certificates(self.castore.iter().cloned())
    }

    /// The file `castore.pem`.
    pub(crate) fn castore_pem(&self) -> String {
        self.castore.iter().map(Certificate::to_pem).collect()
    }
}
