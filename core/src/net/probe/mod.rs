//! What a TLS server presents: its chain, its protocol, and how it ends a connection it does not want.
//!
//! A probe judges nothing. It connects, shakes hands, and hangs up; no byte of application data is sent. A server that
//! hangs, resets, sends an alert or garbage is a [`Probe`] with a [`ProbeFailure`], never an error: that is what was to
//! be found out.

mod handshake;
mod identity;
mod many;
mod outcome;

use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;

use super::dial::{self, ConnectTo};
use super::error::NetError;
use super::tls::Recorder;
use crate::endpoint::Endpoint;

pub(super) use handshake::failure as handshake_failure;
pub use identity::{ClientIdentity, IdentityError};
pub use many::{MOST_PROBES_IN_FLIGHT, probe_all};
pub use outcome::{ClientCertificateRequest, Presented, Probe, ProbeFailure};

/// How to probe.
#[derive(Debug, Clone)]
pub struct ProbeOptions {
    /// The longest a probe may take, name look-up to handshake.
    pub timeout: Duration,
    /// The name to ask for (SNI) instead of the endpoint's host.
    pub server_name: Option<String>,
    /// Where to connect instead.
    pub connect_to: ConnectTo,
    /// The certificate to show to a server that asks for one; without it an empty answer is given.
    pub identity: Option<ClientIdentity>,
}

impl Default for ProbeOptions {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), server_name: None, connect_to: ConnectTo::default(), identity: None }
    }
}

/// Asks one server what it presents.
///
/// Never fails: see [`Probe::failure`]. Costs two or three round trips.
///
/// ```no_run
/// # async fn example() -> Result<(), vitrust::endpoint::EndpointError> {
/// use vitrust::net::{ProbeOptions, probe};
///
/// let found = probe(&"esx01.lab.example:9080".parse()?, &ProbeOptions::default()).await;
/// for certificate in &found.chain {
///     println!("{}", certificate.subject);
/// }
/// # Ok(())
/// # }
/// ```
pub async fn probe(endpoint: &Endpoint, options: &ProbeOptions) -> Probe {
    let mut out = Probe::of(endpoint);
    if let Err(error) = attempt(endpoint, options, &mut out).await {
        out.fail(&error);
    }
    out
}

async fn attempt(endpoint: &Endpoint, options: &ProbeOptions, out: &mut Probe) -> Result<(), NetError> {
    let asked = options.server_name.as_deref().unwrap_or(endpoint.host());
    let name = ServerName::try_from(asked.to_owned()).map_err(|_| NetError::Resolve {
        server: endpoint.to_string(),
        reason: format!("`{}` is neither a DNS name nor an address", asked.escape_debug()),
    })?;
    // An address is no server name: RFC 6066 section 3.
    out.server_name = matches!(name, ServerName::DnsName(_)).then(|| asked.to_owned());

    let started = Instant::now();
    let left = |started: Instant| options.timeout.saturating_sub(started.elapsed());
    let addresses = dial::resolve(endpoint, &options.connect_to, options.timeout).await?;
    out.resolve_ms = Some(millis(started.elapsed()));

    let connecting = Instant::now();
    let (stream, address) = dial::connect(endpoint, &addresses, left(started)).await?;
    let trip = connecting.elapsed();
    out.connect_ms = Some(millis(trip));
    out.address = Some(address);

    let (recorder, config) = Recorder::new(options.identity.as_ref().map(|identity| identity.0.clone()))
        .map_err(|error| handshake::failure(endpoint, &error, false))?;
    let shaking = Instant::now();
    let ended = handshake::run(endpoint, &recorder, config, name, stream, (left(started), trip)).await;
    out.handshake_ms = Some(millis(shaking.elapsed()));
    // What was seen before the end counts, however it ended.
    out.seen(recorder.take());
    let done = ended?;
    out.protocol = done.protocol;
    out.cipher_suite = done.cipher_suite;
    match done.alert {
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
