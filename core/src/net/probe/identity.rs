//! Who a probe is, where a server asks.

use std::fmt;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use crate::net::tls::{Identity, provider};

/// A client certificate chain with its key. Its `Debug` shows neither.
#[derive(Clone)]
pub struct ClientIdentity(pub(super) Identity);

/// The texts are not a certificate chain with its key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not a client certificate with its key: {reason}")]
pub struct IdentityError {
    /// What is wrong; nothing of the key.
    pub reason: String,
}

impl ClientIdentity {
    /// The chain, the client's own certificate first, and its key (PKCS#8, PKCS#1 or SEC1), both as PEM.
    ///
    /// # Errors
    /// [`IdentityError`] when either holds nothing readable, or the key is of another certificate.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, IdentityError> {
        let fail = |what: &str, reason: &dyn fmt::Display| IdentityError { reason: format!("{what}: {reason}") };
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(chain)
            .collect::<Result<_, _>>()
            .map_err(|error| fail("the chain", &error))?;
        if chain.is_empty() {
            return Err(fail("the chain", &"it holds no certificate"));
        }
        // The reader's own words might repeat what it read.
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| fail("the key", &"it is not readable as PEM"))?;
        let made = CertifiedKey::from_der(chain, key, &provider()).map_err(|error| fail("the key", &error))?;
        Ok(Self(Arc::new(made)))
    }
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientIdentity(..)")
    }
}
