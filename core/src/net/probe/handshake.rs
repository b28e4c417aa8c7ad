//! One TLS handshake, and what each way it can end means.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{AlertDescription, ClientConfig, Error, InvalidMessage, ProtocolVersion};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::alert::{Alert, Side};
use crate::endpoint::Endpoint;
use crate::net::dial::words;
use crate::net::error::{HandshakeFailure, NetError};
use crate::net::tls::Recorder;

/// The least time that a server has to refuse the client certificate after a TLS 1.3 handshake: the client is done before
/// the server has looked at it (RFC 8446 section 4.4.2.4).
const LATE_ALERT: Duration = Duration::from_millis(300);

/// The same in times of a connection, for servers that are far away: one round trip, and room for the server.
const LATE_ALERT_TRIPS: u32 = 3;

/// The longest chain rustls reads, in bytes.
const LARGEST_CHAIN: usize = 0xffff;

/// What a handshake that came to its end agreed on.
pub(super) struct Done {
    pub(super) protocol: Option<String>,
    pub(super) cipher_suite: Option<String>,
    /// How the server ended the connection right after it, when it did.
    pub(super) alert: Option<NetError>,
}

/// Shakes hands within `limit` and hangs up. `recorder` is the one `config` writes to; `trip` is how long the connection
/// took.
pub(super) async fn run(
    endpoint: &Endpoint,
    recorder: &Recorder,
    config: ClientConfig,
    name: ServerName<'static>,
    stream: TcpStream,
    (limit, trip): (Duration, Duration),
) -> Result<Done, NetError> {
    let started = Instant::now();
    let connector = TlsConnector::from(Arc::new(config));
    let mut stream = match timeout(limit, connector.connect(name, stream)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(from_io(endpoint, &error, recorder.has_shown())),
        Err(_) => {
            let what = "the TLS handshake".to_owned();
            return Err(NetError::Timeout { server: endpoint.to_string(), what, after: limit });
        }
    };
    let (_, connection) = stream.get_ref();
    let version = connection.protocol_version();
    let protocol = version.map(|version| match version {
        ProtocolVersion::TLSv1_2 => "TLSv1.2".to_owned(),
        ProtocolVersion::TLSv1_3 => "TLSv1.3".to_owned(),
        other => format!("{other:?}"),
    });
    let cipher_suite = connection.negotiated_cipher_suite().map(|suite| format!("{:?}", suite.suite()));
    // A server that asked for nothing has nothing to refuse.
    let refusal = recorder.was_asked() && version == Some(ProtocolVersion::TLSv1_3);
    let wait = LATE_ALERT.max(trip * LATE_ALERT_TRIPS).min(limit.saturating_sub(started.elapsed()));
    let late = if refusal { late_error(&mut stream, wait).await } else { None };
    let alert = late.map(|error| from_io(endpoint, &error, recorder.has_shown()));
    Ok(Done { protocol, cipher_suite, alert })
}

/// Waits for a refusal that comes after the handshake. Application data or silence are none.
async fn late_error(stream: &mut TlsStream<TcpStream>, wait: Duration) -> Option<io::Error> {
    let mut byte = [0];
    match timeout(wait, stream.read(&mut byte)).await {
        Ok(Err(error)) => Some(error),
        Ok(Ok(_)) | Err(_) => None,
    }
}

fn from_io(endpoint: &Endpoint, error: &io::Error, shown: bool) -> NetError {
    if let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        return failure(endpoint, tls, shown);
    }
    let reason = match error.kind() {
        io::ErrorKind::UnexpectedEof => "the server closed the connection during the handshake".to_owned(),
        io::ErrorKind::ConnectionReset => "the server reset the connection during the handshake".to_owned(),
        _ => words(error),
    };
    NetError::Handshake(Box::new(HandshakeFailure { server: endpoint.to_string(), alert: None, reason }))
}

/// What an error of the TLS library means to an administrator. `shown` is whether a client certificate was.
pub(in crate::net) fn failure(endpoint: &Endpoint, error: &Error, shown: bool) -> NetError {
    let server = endpoint.to_string();
    let too_large = || NetError::TooLarge {
        server: server.clone(),
        what: "the certificate chain".to_owned(),
        limit: LARGEST_CHAIN,
        unit: "bytes",
    };
    let (alert, reason) = match error {
        Error::AlertReceived(description) => {
            let alert = Alert::new(u8::from(*description), Side::Peer);
            let reason =
                meaning(alert.number, shown).map_or_else(|| alert.to_string(), |why| format!("{alert}: {why}"));
            (Some(alert), reason)
        }
        Error::InvalidMessage(
            InvalidMessage::HandshakePayloadTooLarge | InvalidMessage::CertificatePayloadTooLarge,
        ) => return too_large(),
        Error::InvalidMessage(_) => (ours(error), format!("the server does not speak TLS here ({error})")),
        Error::NoCertificatesPresented => (None, "the server presented no certificate".to_owned()),
        other => (ours(other), other.to_string()),
    };
    NetError::Handshake(Box::new(HandshakeFailure { server, alert, reason }))
}

/// The alert this side ends the handshake with, where the error alone says which: not so where a server breaks a rule of
/// the protocol, or speaks none that this side does.
fn ours(error: &Error) -> Option<Alert> {
    let description = match error {
        Error::InvalidMessage(reason) => AlertDescription::from(*reason),
        Error::InvalidCertificate(reason) => AlertDescription::from(reason.clone()),
        Error::InappropriateMessage { .. } | Error::InappropriateHandshakeMessage { .. } => {
            AlertDescription::UnexpectedMessage
        }
        Error::PeerSentOversizedRecord => AlertDescription::RecordOverflow,
        Error::DecryptError => AlertDescription::BadRecordMac,
        _ => return None,
    };
    Some(Alert::new(u8::from(description), Side::Us))
}

/// What alerts mean between vSphere's parts, where the name alone does not say it.
fn meaning(number: u8, shown: bool) -> Option<&'static str> {
    match number {
        40 => Some("the two sides share no cipher suite or curve; this one offers TLS 1.3, and TLS 1.2 with ECDHE"),
        42 | 43 | 46 | 48 if shown => Some("it does not accept the client certificate it was shown, or its issuer"),
        44 | 45 if shown => Some("the client certificate it was shown is revoked or expired"),
        // Java says 42 or 46 of no certificate, and others 48.
        42 | 43 | 46 | 48 => Some("it may want a client certificate; none was shown"),
        70 => Some("it speaks neither TLS 1.2 nor TLS 1.3"),
        112 => Some("it does not know the name that was asked for"),
        116 => Some("it wants a client certificate, and none was shown"),
        _ => None,
    }
}
