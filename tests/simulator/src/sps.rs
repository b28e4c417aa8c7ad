//! The storage policy service's side: real connections to the hosts' port 9080, with its own certificate, judged as
//! Java judges.

use std::fmt;
use std::io;
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
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;
use vitrust::{Certificate, Options, Profile, Time, TrustStore, Verifier};

use crate::state::{Refusal, Status, World};

/// The longest one connection may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Connections at once.
const AT_ONCE: usize = 32;

/// Connects to every provider of one vCenter, or of all, and writes down what came of it.
pub(crate) async fn poll_all(world: &Arc<World>) {
    let all = (0..world.vcenters.len()).flat_map(|index| {
        let ids: Vec<String> = world.vcenters[index].state().providers.keys().cloned().collect();
        ids.into_iter().map(move |id| (index, id))
    });
    let all: Vec<(usize, String)> = all.collect();
    poll_many(world, all).await;
}

/// Connects to the providers of these hosts.
pub(crate) async fn poll_hosts(world: &Arc<World>, index: usize, hosts: &[String]) {
    let wanted = {
        let state = world.vcenters[index].state();
        let theirs = state.providers.values().filter(|provider| hosts.contains(&provider.host));
        theirs.map(|provider| (index, provider.id.clone())).collect()
    };
    poll_many(world, wanted).await;
}

async fn poll_many(world: &Arc<World>, wanted: Vec<(usize, String)>) {
    let slots = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for (index, id) in wanted {
        let (world, slots) = (Arc::clone(world), Arc::clone(&slots));
        running.spawn(async move {
            // The semaphore is never closed.
            let _slot = slots.acquire_owned().await;
            poll(&world, index, &id).await;
        });
    }
    while running.join_next().await.is_some() {}
}

/// Connects to one provider.
pub(crate) async fn poll(world: &Arc<World>, index: usize, id: &str) {
    let provider = world.vcenters[index].state().providers.get(id).cloned();
    let Some(provider) = provider else { return };
    let reached = connect(world, index, &provider.host, provider.approved).await;
    if let Some(provider) = world.vcenters[index].state().providers.get_mut(id) {
        match reached {
            Ok(certificate) => {
                provider.status = Status::Online;
                provider.certificate = Some(certificate);
            }
            Err(refusal) => provider.status = Status::Offline(refusal),
        }
    }
}

/// Asks a host's provider for its version. The host's certificate, if both sides are content.
pub(crate) async fn connect(
    world: &Arc<World>,
    index: usize,
    host: &str,
    approved: Option<Certificate>,
) -> Result<Certificate, Refusal> {
    let unreachable = |error: &dyn fmt::Display| Refusal::Unreachable(error.to_string());
    let (judge, identity) = {
        let state = world.vcenters[index].state();
        (Judge::new(host, state.trust.store(), approved, world.now()), state.sms.certified())
    };
    let judge = Arc::new(judge);
    let identity = Identity(identity.map_err(|error| unreachable(&error))?);
    let config = configuration(Arc::clone(&judge), identity).map_err(|error| unreachable(&error))?;
    let Some(address) = world.provider_port.get() else { return Err(unreachable(&"the host is not up")) };
    let exchange = async {
        let stream = TcpStream::connect(address).await?;
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
        let request = format!("GET /version.xml HTTP/1.1\r\nHost: {host}:9080\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        // In TLS 1.3 a refusal of the client's certificate comes only now.
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await?;
        io::Result::Ok(answer)
    };
    match tokio::time::timeout(LIMIT, exchange).await {
        Err(_) => Err(unreachable(&"it does not answer in time")),
        Ok(Ok(answer)) if &answer == b"HTTP/1.1 200" => judge.seen().ok_or_else(|| unreachable(&"no certificate")),
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
struct Identity(Arc<CertifiedKey>);

impl ResolvesClientCert for Identity {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

/// Judges a host's certificate by TRUSTED_ROOTS, as Java would.
struct Judge {
    host: String,
    roots: TrustStore,
    approved: Option<Certificate>,
    at: Time,
    provider: Arc<CryptoProvider>,
    /// The certificate the host showed, and whether it was refused.
    seen: Mutex<(Option<Certificate>, bool)>,
}

impl Judge {
    fn new(host: &str, roots: TrustStore, approved: Option<Certificate>, at: Time) -> Self {
        let provider = Arc::new(ring::default_provider());
        Self { host: host.to_owned(), roots, approved, at, provider, seen: Mutex::default() }
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
        if chain.first() == self.approved.as_ref() {
            return true;
        }
        let Ok(name) = self.host.parse() else { return false };
        let options = Options { profile: Profile::Java, name: Some(name), ..Options::at(self.at) };
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
