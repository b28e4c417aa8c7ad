//! Hosts: every host's ports 443 and 9080 behind one listener each, told apart by the name the client asks for. The
//! providers of storage arrays are behind that of 9080 too.

use std::fmt;
use std::io;
use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::ResolvesServerCert;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::CertifiedKey;
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, OtherError, ServerConfig, SignatureScheme,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;
use tokio_rustls::{LazyConfigAcceptor, StartHandshake};
use vitrust::{Certificate, Options, Profile, Purpose, Time, TrustStore, Verifier};

use crate::rest::basic;
use crate::state::{ArrayState, HostState, World};

/// The longest head of a request.
const LONGEST_HEAD: usize = 16 << 10;

/// Which port of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Port {
    /// 443: management.
    Management,
    /// 9080: the storage provider, which wants a client certificate.
    Provider,
}

/// Serves one connection.
pub(crate) async fn serve(world: &World, port: Port, stream: TcpStream) -> io::Result<()> {
    let start = LazyConfigAcceptor::new(rustls::server::Acceptor::default(), stream).await?;
    let Some((name, config)) = configuration(world, port, &start)? else {
        // Nobody of this name is here, or it does not answer now.
        return Ok(());
    };
    let mut stream = start.into_stream(Arc::new(config)).await?;
    let head = read_head(&mut stream).await?;
    let (status, kind, body) = match port {
        Port::Provider => provider(&head),
        Port::Management => management(world, &name, &head),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

/// The host that is asked for, and its side of the handshake.
fn configuration(
    world: &World,
    port: Port,
    start: &StartHandshake<TcpStream>,
) -> io::Result<Option<(String, ServerConfig)>> {
    let hello = start.client_hello();
    let Some(name) = hello.server_name().map(str::to_ascii_lowercase) else { return Ok(None) };
    let Some((certified, trusted)) = side(world, port, &name)? else { return Ok(None) };
    let provider = Arc::new(ring::default_provider());
    let certified = Arc::new(Certified(certified));
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?;
    let mut config = match trusted {
        None => builder.with_no_client_auth().with_cert_resolver(certified),
        Some(store) => {
            let gate = Gate::new(store, world.now(), provider);
            builder.with_client_cert_verifier(Arc::new(gate)).with_cert_resolver(certified)
        }
    };
    // Every connection is a question of its own.
    config.send_tls13_tickets = 0;
    Ok(Some((name, config)))
}

/// What a host or an array presents on this port, and whom it trusts where it asks who connects.
type Side = (Arc<CertifiedKey>, Option<TrustStore>);

/// The side of the host or array of this name; `None` where it does not answer.
fn side(world: &World, port: Port, name: &str) -> io::Result<Option<Side>> {
    if let (Some(index), Port::Provider) = (world.arrays.get(name), port) {
        let state = world.vcenters[*index].state();
        let array = state.array.as_ref().filter(|array| array.state == ArrayState::Answers);
        let certified = array.map(|array| array.identity.certified()).transpose().map_err(io::Error::other)?;
        return Ok(certified.map(|certified| (certified, None)));
    }
    let Some((index, position)) = world.hosts.get(name).copied() else { return Ok(None) };
    let state = world.vcenters[index].state();
    let host = &state.hosts[position];
    if host.state == HostState::NotResponding {
        return Ok(None);
    }
    let trusted = (port == Port::Provider).then(|| host.trust_store());
    Ok(Some((host.certified().map_err(io::Error::other)?, trusted)))
}

async fn read_head(stream: &mut TlsStream<TcpStream>) -> io::Result<String> {
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let count = stream.read(&mut piece).await?;
        if count == 0 || head.len() > LONGEST_HEAD {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(piece.get(..count).unwrap_or_default());
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Status line, content type and body.
type Page = (&'static str, &'static str, String);

const NOT_FOUND: (&str, &str) = ("404 Not Found", "text/plain");

fn provider(head: &str) -> Page {
    if !head.starts_with("GET /version.xml ") {
        return (NOT_FOUND.0, NOT_FOUND.1, String::new());
    }
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<vasa-provider><supported-versions><version id=\"1.5\">\
                <serviceLocation>/vasa</serviceLocation></version></supported-versions></vasa-provider>\n";
    ("200 OK", "text/xml", text.to_owned())
}

fn management(world: &World, name: &str, head: &str) -> Page {
    if !head.starts_with("GET /host/castore ") {
        return (NOT_FOUND.0, NOT_FOUND.1, String::new());
    }
    let credentials = head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case("authorization").then(|| basic(value.trim())).flatten()
    });
    if credentials.is_none_or(|(user, password)| user != "root" || password != crate::PASSWORD) {
        return ("401 Unauthorized", "text/plain", String::new());
    }
    let found = world.hosts.get(name).map(|(index, position)| (&world.vcenters[*index], *position));
    match found {
        Some((vcenter, position)) => ("200 OK", "text/plain", vcenter.state().hosts[position].castore_pem()),
        None => (NOT_FOUND.0, NOT_FOUND.1, String::new()),
    }
}

/// The one certificate of a host.
#[derive(Debug)]
struct Certified(Arc<CertifiedKey>);

impl ResolvesServerCert for Certified {
    fn resolve(&self, _: rustls::server::ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

/// Judges a client's certificate by the castore, as OpenSSL would.
struct Gate {
    store: TrustStore,
    at: Time,
    provider: Arc<CryptoProvider>,
    subjects: Vec<DistinguishedName>,
}

impl Gate {
    fn new(store: TrustStore, at: Time, provider: Arc<CryptoProvider>) -> Self {
        let subject = |certificate: &Certificate| DistinguishedName::from(certificate.subject().der().to_vec());
        let subjects = store.anchors().iter().map(|anchor| subject(&anchor.certificate)).collect();
        Self { store, at, provider, subjects }
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gate(..)")
    }
}

/// Why a client was refused. It becomes the alert `certificate_unknown`, which is what hosts send.
#[derive(Debug)]
struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ClientCertVerifier for Gate {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.subjects
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let mut chain = vec![Certificate::from_der(end_entity).map_err(|_| CertificateError::BadEncoding)?];
        chain.extend(intermediates.iter().filter_map(|der| Certificate::from_der(der).ok()));
        let options = Options { profile: Profile::Openssl, purpose: Purpose::Client, ..Options::at(self.at) };
        let verdict = Verifier::new(&self.store).explain(&chain, &options);
        let reason = match verdict {
            Ok(verdict) if verdict.trusted() => return Ok(ClientCertVerified::assertion()),
            Ok(verdict) => verdict.rejections.first().map_or_else(String::new, |rejection| rejection.message()),
            Err(error) => error.to_string(),
        };
        Err(CertificateError::Other(OtherError(Arc::new(Refused(reason)))).into())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
