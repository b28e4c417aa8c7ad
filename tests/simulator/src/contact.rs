//! vCenter's own connections to hosts: real handshakes, judged as the service judges that makes them.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ResolvesClientCert, Resumption};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use vitrust::{Certificate, Options, Profile, Time, TrustStore, Verifier};

use crate::state::{Refusal, World};

/// The longest one connection may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Which service connects, and what an administrator approved of.
pub(crate) enum Way {
    /// The storage policy service to port 9080, with its certificate.
    Sps { approved: Option<Certificate> },
    /// vpxd to port 443. A thumbprint or certificate that is given is all that counts.
    Vpxd { thumbprint: Option<String>, pem: Option<String> },
}

impl Way {
    fn port(&self) -> u16 {
        match self {
            Self::Sps { .. } => 9080,
            Self::Vpxd { .. } => 443,
        }
    }

    fn address(&self, world: &World) -> Option<SocketAddr> {
        match self {
            Self::Sps { .. } => world.provider_port.get().copied(),
            Self::Vpxd { .. } => world.management_port.get().copied(),
        }
    }

    /// Whether a chain is what was approved; `None` where nothing was said about it.
    fn approves(&self, chain: &[Certificate]) -> Option<bool> {
        let first = chain.first()?;
        match self {
            Self::Sps { approved } => (Some(first) == approved.as_ref()).then_some(true),
            Self::Vpxd { thumbprint: Some(text), .. } => Some(first.sha1().with_colons().eq_ignore_ascii_case(text)),
            Self::Vpxd { pem: Some(pem), .. } => Some(Certificate::from_pem(pem.as_bytes()).as_ref() == Ok(first)),
            Self::Vpxd { .. } => None,
        }
    }

    fn profile(&self) -> Profile {
        match self {
            Self::Sps { .. } => Profile::Java,
            Self::Vpxd { .. } => Profile::Openssl,
        }
    }
}

/// Connects to a host and asks for a page. The host's certificate, if both sides are content.
pub(crate) async fn connect(world: &Arc<World>, index: usize, host: &str, way: Way) -> Result<Certificate, Refusal> {
    let unreachable = |error: &dyn fmt::Display| Refusal::Unreachable(error.to_string());
    let Some(address) = way.address(world) else { return Err(unreachable(&"the host is not up")) };
    let port = way.port();
    let (judge, identity) = {
        let state = world.vcenters[index].state();
        let identity = matches!(way, Way::Sps { .. }).then(|| state.sms.certified()).transpose();
        (Judge::new(host, state.trust.store(), way, world.now()), identity)
    };
    let judge = Arc::new(judge);
    let identity = Identity(identity.map_err(|error| unreachable(&error))?);
    let config = configuration(Arc::clone(&judge), identity).map_err(|error| unreachable(&error))?;
    let exchange = async {
        let stream = TcpStream::connect(address).await?;
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
        let request = format!("GET /version.xml HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        // In TLS 1.3 a refusal of the client's certificate comes only now.
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await?;
        io::Result::Ok(answer)
    };
    match tokio::time::timeout(LIMIT, exchange).await {
        Err(_) => Err(unreachable(&"it does not answer in time")),
        Ok(Ok(answer)) if port == 443 || &answer == b"HTTP/1.1 200" => {
            judge.seen().ok_or_else(|| unreachable(&"no certificate"))
        }
        Ok(Ok(_)) => Err(unreachable(&"it answers with an error")),
        Ok(Err(error)) => Err(judge.refusal(&error)),
    }
}

fn configuration(judge: Arc<Judge>, identity: Identity) -> Result<ClientConfig, Error> {
    let mut config = ClientConfig::builder_with_provider(Arc::clone(&judge.provider))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(judge)
        .with_client_cert_resolver(Arc::new(identity));
    config.resumption = Resumption::disabled();
    Ok(config)
}

/// Shown whoever the host says it knows, as the service does.
#[derive(Debug)]
struct Identity(Option<Arc<CertifiedKey>>);

impl ResolvesClientCert for Identity {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.0.clone()
    }

    fn has_certs(&self) -> bool {
        self.0.is_some()
    }
}

/// Judges a host's certificate by TRUSTED_ROOTS.
struct Judge {
    host: String,
    roots: TrustStore,
    way: Way,
    at: Time,
    provider: Arc<CryptoProvider>,
    /// The certificate the host showed, and whether it was refused.
    seen: Mutex<(Option<Certificate>, bool)>,
}

impl Judge {
    fn new(host: &str, roots: TrustStore, way: Way, at: Time) -> Self {
        let provider = Arc::new(ring::default_provider());
        Self { host: host.to_owned(), roots, way, at, provider, seen: Mutex::default() }
    }

    fn seen(&self) -> Option<Certificate> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    fn refusal(&self, error: &io::Error) -> Refusal {
        let (certificate, refused) = self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if refused {
            return Refusal::Untrusted(certificate);
        }
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
            Some(Error::AlertReceived(alert)) => Refusal::ClientRefused(format!("{alert:?}")),
            Some(_) | None => Refusal::Unreachable(error.to_string()),
        }
    }

    fn trusts(&self, chain: &[Certificate]) -> bool {
        if let Some(approved) = self.way.approves(chain) {
            return approved;
        }
        let Ok(name) = self.host.parse() else { return false };
        let options = Options { profile: self.way.profile(), name: Some(name), ..Options::at(self.at) };
        Verifier::new(&self.roots).trusts(chain, &options).unwrap_or(false)
    }
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Judge({})", self.host)
    }
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let mut chain = vec![Certificate::from_der(end_entity).map_err(|_| CertificateError::BadEncoding)?];
        chain.extend(intermediates.iter().filter_map(|der| Certificate::from_der(der).ok()));
        let trusted = self.trusts(&chain);
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = (chain.into_iter().next(), !trusted);
        match trusted {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(CertificateError::UnknownIssuer.into()),
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
