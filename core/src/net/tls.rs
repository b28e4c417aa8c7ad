//! A TLS client that records what a server presents and judges none of it.
//!
//! The chain is kept as it was sent. Whether the server has the key of its certificate is checked and kept as well,
//! since without that a chain proves nothing about who sent it.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

use crate::cert::{Certificate, KeyKind};

/// The client certificate and key for a server that asks for one.
pub(super) type Identity = Arc<CertifiedKey>;

/// What a handshake showed. Shared with the handshake, which may fail at any point; what was seen until then counts.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The chain as sent.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// Whether the server proved that it has the key; `None` before it could.
    pub(super) possession: Option<bool>,
    /// The CA names (DER) of a certificate request; `None` when there was none.
    pub(super) requested: Option<Vec<Vec<u8>>>,
}

/// Writes into a [`Record`] from inside a handshake.
#[derive(Debug)]
pub(super) struct Recorder {
    record: Mutex<Record>,
    provider: Arc<CryptoProvider>,
    identity: Option<Identity>,
}

impl Recorder {
    /// A recorder, and a client configuration that writes into it.
    pub(super) fn new(identity: Option<Identity>) -> Result<(Arc<Self>, ClientConfig), Error> {
        let provider = provider();
        let recorder = Arc::new(Self { record: Mutex::default(), provider: Arc::clone(&provider), identity });
        let verifier: Arc<dyn ServerCertVerifier> = recorder.clone();
        let resolver: Arc<dyn ResolvesClientCert> = recorder.clone();
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_client_cert_resolver(resolver);
        // Each probe is a question of its own: a resumed session would present nothing.
        config.resumption = rustls::client::Resumption::disabled();
        Ok((recorder, config))
    }

    /// What was seen so far.
    pub(super) fn take(&self) -> Record {
        std::mem::take(&mut *self.record.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether the server has asked for a client certificate.
    pub(super) fn was_asked(&self) -> bool {
        self.record.lock().unwrap_or_else(PoisonError::into_inner).requested.is_some()
    }

    /// Whether it was shown one.
    pub(super) fn has_shown(&self) -> bool {
        self.identity.is_some() && self.was_asked()
    }

    fn write(&self, change: impl FnOnce(&mut Record)) {
        change(&mut self.record.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Keeps whether the signature holds and lets the handshake go on, so that everything else is seen too.
    fn note(
        &self,
        cert: &CertificateDer<'_>,
        checked: Result<HandshakeSignatureValid, Error>,
    ) -> Result<HandshakeSignatureValid, Error> {
        let possession = match checked {
            Ok(_) => Some(true),
            Err(Error::InvalidCertificate(CertificateError::BadSignature)) if can_prove(cert) => Some(false),
            // A key or certificate that this check cannot use, RSA of 1024 bits or version 1 for instance, says nothing.
            Err(_) => None,
        };
        self.write(|record| record.possession = possession);
        Ok(HandshakeSignatureValid::assertion())
    }
}

/// The cryptography of every connection.
pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Whether a server with this certificate can prove here that it has the key: whether the cryptography of the connections
/// takes a key of its kind and size, and reads such a certificate at all.
pub(super) fn can_prove(der: &CertificateDer<'_>) -> bool {
    let takes = |kind: KeyKind| match kind {
        // ring's bounds: RSA_PKCS1_2048_8192 and an exponent below 2^33.
        KeyKind::Rsa { bits, exponent_bits } => (2_048..=8_192).contains(&bits) && exponent_bits <= 33,
        KeyKind::P256 | KeyKind::P384 | KeyKind::Ed25519 => true,
        KeyKind::P521 | KeyKind::Other => false,
    };
    ParsedCertificate::try_from(der).is_ok()
        && Certificate::from_der(der).is_ok_and(|certificate| takes(certificate.public_key().kind))
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(end_entity).chain(intermediates).map(|der| der.clone().into_owned());
        self.write(|record| record.chain = chain.collect());
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.note(cert, verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.note(cert, verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

impl ResolvesClientCert for Recorder {
    fn resolve(&self, issuers: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.write(|record| record.requested = Some(issuers.iter().map(|name| name.to_vec()).collect()));
        self.identity.clone()
    }

    fn has_certs(&self) -> bool {
        // Also without an identity: only who has certificates is told of the request.
        true
    }
}
