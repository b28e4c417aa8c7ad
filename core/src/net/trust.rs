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

use super::error::{Advice, Untrusted};
use super::roots::SystemRoots;
use super::tls::{can_prove, provider};
use crate::cert::Certificate;
use crate::endpoint::Endpoint;
use crate::path::{Options, Reason, Rejection, ServerName, Verifier};
use crate::store::TrustStore;
use crate::thumbprint::{Fingerprint, Thumbprint};
use crate::time::Time;

/// Which servers are queried at all. A session is only opened over a connection this accepts.
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

/// A pin as people write it: the 64 hexadecimal digits of a SHA-256, with or without colons and `sha256:` before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin(pub Fingerprint);

/// What may stand before the digits.
const PREFIX: &str = "sha256:";
/// What may stand before those of a SHA-1.
const OLD_PREFIX: &str = "sha1:";

/// The text is not a pin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` {}", self.reason())]
pub struct PinError {
    /// What was given.
    pub text: String,
    /// Whether it is the SHA-1 of a certificate, which is what vSphere shows.
    pub is_sha1: bool,
}

impl PinError {
    /// What is wrong, to follow what it is about.
    pub(crate) const fn reason(&self) -> &'static str {
        if self.is_sha1 {
            "is a SHA-1 thumbprint, as vSphere shows it, and SHA-1 pins nothing: write the SHA-256 of the certificate, 64 \
             hexadecimal digits"
        } else {
            "is not the SHA-256 of a certificate: write its 64 hexadecimal digits, with or without colons; a SHA-1 has 40"
        }
    }
}

impl FromStr for Pin {
    type Err = PinError;

    fn from_str(text: &str) -> Result<Self, PinError> {
        let is_sha1 = |digits: &str| digits.parse::<Thumbprint>().is_ok();
        let old = text.split_at_checked(OLD_PREFIX.len()).filter(|(prefix, _)| prefix.eq_ignore_ascii_case(OLD_PREFIX));
        let fail = || PinError {
            text: text.chars().take(120).collect(),
            is_sha1: is_sha1(text) || old.is_some_and(|(_, digits)| is_sha1(digits)),
        };
        let (prefix, digits) = text.split_at_checked(PREFIX.len()).unwrap_or(("", text));
        let digits = if prefix.eq_ignore_ascii_case(PREFIX) { digits } else { text };
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

    /// `can_prove` is whether the server can prove here that it has the key of its certificate.
    fn judge(&self, chain: &[Certificate], can_prove: bool, now: UnixTime) -> Result<(), Refused> {
        let proved = |advice| if can_prove { advice } else { Advice::Replace };
        let odd = |reason: String| Refused { reason, change: None, advice: proved(Advice::Pin) };
        match &self.trust {
            ServerTrust::Insecure => return Ok(()),
            ServerTrust::Pinned(pins) if chain.first().is_some_and(|leaf| pins.contains(&leaf.sha256())) => (),
            ServerTrust::Pinned(_) => return Err(odd("its certificate is not one of those pinned".to_owned())),
            ServerTrust::Verified(store) => {
                let at = Time::from_unix(i64::try_from(now.as_secs()).unwrap_or(i64::MAX));
                let wanted = self.endpoint.host().parse::<ServerName>().map_err(|error| odd(error.to_string()))?;
                let options = Options { name: Some(wanted), ..Options::at(at) };
                let verdict = Verifier::new(store).explain(chain, &options).map_err(|error| odd(error.to_string()))?;
                if !verdict.trusted() {
                    let first = verdict.rejections.first();
                    let reason = first.map_or_else(|| "no path was found".to_owned(), Rejection::message);
                    let advice = proved(first.map_or(Advice::TrustIssuer, |first| advice(first, chain)));
                    return Err(Refused { reason, change: verdict.change, advice });
                }
            }
        }
        if can_prove {
            return Ok(());
        }
        let reason =
            "its certificate is the right one, but the server cannot prove here that it has the key".to_owned();
        Err(Refused { reason, change: None, advice: Advice::Replace })
    }

    /// Whether a signature that cannot be checked is let pass: where nobody is checked, there is nothing to prove.
    fn lets_pass(&self, cert: &CertificateDer<'_>) -> bool {
        matches!(self.trust, ServerTrust::Insecure) && !can_prove(cert)
    }
}

/// Why a gate refused, and what would help.
struct Refused {
    reason: String,
    change: Option<String>,
    advice: Advice,
}

/// What would help against this rejection.
fn advice(rejection: &Rejection, chain: &[Certificate]) -> Advice {
    let of_leaf = match (&rejection.certificate, chain.first()) {
        (Some(about), Some(leaf)) => about.sha256 == leaf.sha256(),
        (None, _) | (_, None) => false,
    };
    match rejection.reason {
        Reason::NameMismatch { .. } => Advice::OtherName,
        Reason::Expired { .. } | Reason::NotYetValid { .. } if of_leaf => Advice::Renew,
        Reason::IssuerNotFound { .. }
        | Reason::SelfSignedNotTrusted
        | Reason::KeyChanged { .. }
        | Reason::PartialChain
        | Reason::Signature
        | Reason::KeyIdMismatch { .. } => Advice::TrustIssuer,
        _ if of_leaf => Advice::Pin,
        _ => Advice::TrustIssuer,
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
        match self.judge(&chain, can_prove(end_entity), now) {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(Refused { reason, change, advice }) => {
                let chain = chain.iter().map(|one| (one.subject().to_string(), one.sha256())).collect();
                let refused = Untrusted { server: self.endpoint.to_string(), reason, chain, change, advice };
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
        let checked = verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms);
        checked
            .or_else(|error| if self.lets_pass(cert) { Ok(HandshakeSignatureValid::assertion()) } else { Err(error) })
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let checked = verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms);
        checked
            .or_else(|error| if self.lets_pass(cert) { Ok(HandshakeSignatureValid::assertion()) } else { Err(error) })
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_a_sha256_with_its_prefix_or_without() {
        let digits = "ab".repeat(32);
        let colons = ["AB"; 32].join(":");
        let pin = Ok(Pin(Fingerprint([0xab; 32])));
        for same in [&digits, &colons, &format!("sha256:{digits}"), &format!("SHA256:{colons}")] {
            assert_eq!(same.parse::<Pin>(), pin, "{same}");
        }
        for bad in ["", "sha256:", "sha1:00", &"ab".repeat(20), &format!("sha256:{}", "ab".repeat(20)), "sha256é"] {
            assert!(bad.parse::<Pin>().is_err(), "{bad}");
        }
    }
}
