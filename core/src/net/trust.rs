//! Whom the clients of this edge trust: verified by default, pinned, or not at all and then said loudly.
//!
//! The decision is the library's own, by profile `strict`, so that a refusal explains itself like every other verdict.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName as TlsName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, SignatureScheme};

use super::error::Untrusted;
use super::roots::SystemRoots;
use super::tls::provider;
use crate::cert::Certificate;
use crate::endpoint::Endpoint;
use crate::path::{Options, ServerName, Verifier};
use crate::store::TrustStore;
use crate::thumbprint::Fingerprint;
use crate::time::Time;

/// Which servers are asked at all. A session is only opened over a connection this accepts.
#[derive(Debug, Clone)]
pub enum ServerTrust {
    /// The chain must lead to one of these anchors and the certificate must carry the server's name.
    Verified(Arc<TrustStore>),
    /// The end-entity certificate must be one of these, by SHA-256; neither its name nor its dates count.
    Pinned(Vec<Fingerprint>),
    /// Any certificate. Whoever answers gets the credentials; every report says so.
    Insecure,
}

impl ServerTrust {
    /// The system's roots and these certificates.
    ///
    /// What the system's store holds beyond readable certificates is left out; a machine without a store has none. Where
    /// it is read, and what was left out, is in [`SystemRoots`].
    #[must_use]
    pub fn system_and(extra: Vec<Certificate>) -> Self {
        let system = SystemRoots::load().certificates;
        Self::Verified(Arc::new(TrustStore::from_certificates(extra.into_iter().chain(system))))
    }

    /// Only these certificates.
    #[must_use]
    pub fn only(anchors: Vec<Certificate>) -> Self {
        Self::Verified(Arc::new(TrustStore::from_certificates(anchors)))
    }
}

/// A pin as people write it: `sha256:` and 64 hexadecimal digits, with or without colons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin(pub Fingerprint);

/// The text is no pin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a pin: write sha256: and the 64 hexadecimal digits of the certificate's SHA-256")]
pub struct PinError {
    /// What was given.
    pub text: String,
}

impl FromStr for Pin {
    type Err = PinError;

    fn from_str(text: &str) -> Result<Self, PinError> {
        let fail = || PinError { text: text.chars().take(120).collect() };
        let digits = text.strip_prefix("sha256:").ok_or_else(fail)?;
        digits.parse().map(Self).map_err(|_| fail())
    }
}

/// Decides inside the handshake. Why it refused is in the handshake's error: [`refusal`].
pub(super) struct Gate {
    trust: ServerTrust,
    /// Whose certificate it must be, wherever the connection leads to.
    endpoint: Endpoint,
    provider: Arc<CryptoProvider>,
}

impl Gate {
    /// A client configuration that goes through a gate.
    pub(super) fn config(endpoint: &Endpoint, trust: ServerTrust) -> Result<ClientConfig, Error> {
        let provider = provider();
        let gate = Self { trust, endpoint: endpoint.clone(), provider: Arc::clone(&provider) };
        let verifier: Arc<dyn ServerCertVerifier> = Arc::new(gate);
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        // An address is no server name: RFC 6066 section 3.
        config.enable_sni = endpoint.address().is_none();
        Ok(config)
    }

    fn judge(&self, chain: &[Certificate], now: UnixTime) -> Result<(), (String, Option<String>)> {
        match &self.trust {
            ServerTrust::Insecure => Ok(()),
            ServerTrust::Pinned(pins) => match chain.first() {
                Some(end_entity) if pins.contains(&end_entity.sha256()) => Ok(()),
                Some(_) | None => Err(("its certificate is not one of the pinned".to_owned(), None)),
            },
            ServerTrust::Verified(store) => {
                let at = Time::from_unix(i64::try_from(now.as_secs()).unwrap_or(i64::MAX));
                let wanted = self.endpoint.host().parse::<ServerName>().map_err(|error| (error.to_string(), None))?;
                let options = Options { name: Some(wanted), ..Options::at(at) };
                let verdict =
                    Verifier::new(store).explain(chain, &options).map_err(|error| (error.to_string(), None))?;
                if verdict.trusted() {
                    return Ok(());
                }
                let first = verdict.rejections.first();
                Err((
                    first.map_or_else(|| "no path was found".to_owned(), |rejection| rejection.message()),
                    verdict.change,
                ))
            }
        }
    }
}

/// Why a gate refused the certificate, where it was a gate.
pub(super) fn refusal(error: &Error) -> Option<&Untrusted> {
    match error {
        Error::InvalidCertificate(CertificateError::Other(OtherError(inner))) => inner.downcast_ref(),
        _ => None,
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gate({})", self.endpoint)
    }
}

impl ServerCertVerifier for Gate {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &TlsName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let mut chain = vec![Certificate::from_der(end_entity).map_err(|_| CertificateError::BadEncoding)?];
        // What cannot be read is no issuer.
        chain.extend(intermediates.iter().filter_map(|der| Certificate::from_der(der).ok()));
        match self.judge(&chain, now) {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err((reason, change)) => {
                let chain = chain.iter().map(|one| (one.subject().to_string(), one.sha256())).collect();
                let refused = Untrusted { server: self.endpoint.to_string(), reason, chain, change };
                Err(CertificateError::Other(OtherError(Arc::new(refused))).into())
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_a_sha256_with_its_prefix() {
        let digits = "ab".repeat(32);
        let colons = ["AB"; 32].join(":");
        assert_eq!(format!("sha256:{digits}").parse::<Pin>(), format!("sha256:{colons}").parse::<Pin>());
        for bad in ["", "sha256:", &digits, "sha1:00", &format!("sha256:{}", "ab".repeat(20))] {
            assert!(bad.parse::<Pin>().is_err(), "{bad}");
        }
    }
}
