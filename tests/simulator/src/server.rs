//! Listeners: one for each vCenter, and two for all hosts.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming as Stream;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use vitrust::Certificate;

use crate::body::Script;
use crate::esxi::{self, Port};
use crate::route::{self, Incoming};
use crate::state::World;

/// The longest a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// The longest a host's connection may last.
const HOST_CONNECTION: Duration = Duration::from_secs(30);

/// The largest request that is read, in bytes.
const LARGEST_REQUEST: usize = 32 << 20;

/// Where everything listens.
pub(crate) struct Ports {
    pub(crate) vcenters: Vec<SocketAddr>,
    pub(crate) management: SocketAddr,
    pub(crate) provider: SocketAddr,
}

/// Opens every port of this address and serves it as long as the runtime lives.
pub(crate) async fn start(world: &Arc<World>, address: IpAddr) -> io::Result<Ports> {
    let mut vcenters = Vec::with_capacity(world.vcenters.len());
    for index in 0..world.vcenters.len() {
        let acceptor = acceptor(world, index).map_err(io::Error::other)?;
        let listener = bind(address).await?;
        vcenters.push(listener.local_addr()?);
        let world = Arc::clone(world);
        tokio::spawn(async move {
            while let Some(stream) = next(&listener).await {
                let (world, acceptor) = (Arc::clone(&world), acceptor.clone());
                tokio::spawn(async move { vcenter_connection(world, index, acceptor, stream).await });
            }
        });
    }
    let management = hosts(world, Port::Management, address).await?;
    let provider = hosts(world, Port::Provider, address).await?;
    // Nothing else sets it.
    let _ = world.provider_port.set(provider);
    let _ = world.management_port.set(management);
    Ok(Ports { vcenters, management, provider })
}

async fn bind(address: IpAddr) -> io::Result<TcpListener> {
    TcpListener::bind((address, 0)).await
}

/// The next connection; a connection that broke before it was taken is no reason to stop.
async fn next(listener: &TcpListener) -> Option<TcpStream> {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let _ = stream.set_nodelay(true);
                return Some(stream);
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => return None,
            // Out of descriptors for a moment, for instance.
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
}

async fn hosts(world: &Arc<World>, port: Port, address: IpAddr) -> io::Result<SocketAddr> {
    let listener = bind(address).await?;
    let here = listener.local_addr()?;
    let world = Arc::clone(world);
    tokio::spawn(async move {
        while let Some(stream) = next(&listener).await {
            let world = Arc::clone(&world);
            // However a connection ends, the host goes on.
            tokio::spawn(async move {
                tokio::time::timeout(HOST_CONNECTION, esxi::serve(&world, port, stream)).await.map(drop)
            });
        }
    });
    Ok(here)
}

/// Presents the Machine SSL certificate a vCenter has at the time.
struct Machine {
    world: Arc<World>,
    index: usize,
    /// The certificate as it was made ready last.
    ready: Mutex<Option<(Certificate, Arc<CertifiedKey>)>>,
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Machine({})", self.index)
    }
}

impl ResolvesServerCert for Machine {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let identity = self.world.vcenters[self.index].state().machine.clone();
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        match &*ready {
            Some((certificate, certified)) if *certificate == identity.certificate => Some(Arc::clone(certified)),
            Some(_) | None => {
                let certified = identity.certified().ok()?;
                *ready = Some((identity.certificate, Arc::clone(&certified)));
                Some(certified)
            }
        }
    }
}

fn acceptor(world: &Arc<World>, index: usize) -> Result<TlsAcceptor, rustls::Error> {
    let machine = Machine { world: Arc::clone(world), index, ready: Mutex::default() };
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(machine));
    Ok(TlsAcceptor::from(Arc::new(config)))
}

async fn vcenter_connection(world: Arc<World>, index: usize, acceptor: TlsAcceptor, stream: TcpStream) {
    let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await else { return };
    let service = service_fn(|request: Request<Stream>| {
        let world = Arc::clone(&world);
        async move { exchange(&world, index, request).await.ok_or(io::Error::from(io::ErrorKind::ConnectionReset)) }
    });
    // However it ends, the next client comes over another connection.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn exchange(world: &Arc<World>, index: usize, request: Request<Stream>) -> Option<Response<Script>> {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST_REQUEST).collect().await else {
        let mut response = Response::new(Script::new(Vec::new()));
        *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return Some(response);
    };
    let incoming = Incoming {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: body.to_bytes().to_vec(),
    };
    route::serve(world, index, incoming).await
}
