//! HTTP to one server: bounded, timed, verified, and repeated only where a repeat changes nothing.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HOST, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, StatusCode, redirect};
use tokio::time::{sleep, timeout};

use super::control::{Cancel, Cancelled};
use super::dial::ConnectTo;
use super::error::{HandshakeFailure, NetError};
use super::secret::Secret;
use super::trust::{Gate, ServerTrust};
use crate::endpoint::Endpoint;

/// Whether a request may be sent again when its answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It reads.
    Safe,
    /// It opens a session: not again once the server may have it, and waited for a little after the work was stopped,
    /// since nobody could close a session whose key was never read.
    Login,
    /// It reads what is given only once.
    Never,
    /// It changes something: sent once, and a lost answer is [`NetError::OutcomeUnknown`].
    Write,
    /// It ends a session: sent also after the work was stopped.
    Last,
}

impl Repeat {
    /// An error about an answer that came: where it does not say what became of a change, it says just that.
    pub(super) fn unclear(self, server: &str, what: &str, error: NetError) -> NetError {
        let unclear = match &error {
            NetError::Response { .. } | NetError::TooLarge { .. } | NetError::Unavailable { .. } => true,
            // The server gave up waiting for itself.
            NetError::Fault(fault) => matches!(&*fault.kind, "TIMED_OUT" | "CANCELED"),
            NetError::Resolve { .. }
            | NetError::Connect { .. }
            | NetError::Handshake(_)
            | NetError::Untrusted(_)
            | NetError::Timeout { .. }
            | NetError::Cancelled(_)
            | NetError::Panic { .. }
            | NetError::OutcomeUnknown { .. }
            | NetError::Unauthenticated { .. }
            | NetError::Forbidden { .. }
            | NetError::NotFound { .. }
            | NetError::Unsupported { .. }
            | NetError::Inventory { .. }
            | NetError::Credentials { .. } => false,
        };
        if self == Self::Write && unclear { error.after_sending(server, what) } else { error }
    }
}

/// How often a request that may be repeated is sent.
const TRIES: u32 = 3;

/// The pause before the second try; it doubles from then on.
const PAUSE: Duration = Duration::from_millis(200);

/// The longest a login is waited for after the work was stopped.
const GRACE: Duration = Duration::from_secs(2);

/// The longest the end of a session is waited for: the server has the request, and nothing depends on its answer.
const FAREWELL: Duration = Duration::from_secs(3);

/// One request to the server.
pub(super) struct Request<'a> {
    /// What it asks, for messages: `GET trusted-root-chains`.
    pub(super) what: &'a str,
    pub(super) method: Method,
    /// Path and query.
    pub(super) path: &'a str,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// The largest answer that is read, in bytes.
    pub(super) limit: usize,
    pub(super) repeat: Repeat,
}

/// An answer, whatever its status.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
}

/// The connection pool of one server.
#[derive(Clone)]
pub(super) struct Http {
    client: Client,
    gate: Arc<Gate>,
    endpoint: Endpoint,
    /// The server's name in messages.
    pub(super) server: Arc<str>,
    timeout: Duration,
    cancel: Cancel,
}

impl Http {
    pub(super) fn new(
        endpoint: &Endpoint,
        trust: ServerTrust,
        connect_to: &ConnectTo,
        limit: Duration,
        cancel: Cancel,
    ) -> Result<Self, NetError> {
        let server = endpoint.to_string();
        let failed = |reason: String| {
            NetError::Handshake(Box::new(HandshakeFailure { server: server.clone(), alert: None, reason }))
        };
        let (gate, config) = Gate::new(&server, trust).map_err(|error| failed(error.to_string()))?;
        let client = Client::builder()
            .tls_backend_preconfigured(config)
            // Credentials go where they were meant to go and nowhere else.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .https_only(true)
            .user_agent(concat!("vitrust/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limit)
            .dns_resolver(Arc::new(Resolver { endpoint: endpoint.clone(), to: connect_to.clone(), limit }))
            .build()
            .map_err(|error| failed(error.to_string()))?;
        let server: Arc<str> = endpoint.to_string().into();
        Ok(Self { client, gate, endpoint: endpoint.clone(), server, timeout: limit, cancel })
    }

    /// Sends the request and reads the whole answer.
    pub(super) async fn send(&self, request: &Request<'_>) -> Result<Answer, NetError> {
        self.send_seeing(request, |_| ()).await
    }

    /// The same; `seen` gets the headers as soon as they are there, also of an answer whose body never comes.
    pub(super) async fn send_seeing(
        &self,
        request: &Request<'_>,
        seen: impl Fn(&HeaderMap) + Send + Sync,
    ) -> Result<Answer, NetError> {
        #[cfg(feature = "fuzzing")]
        if let Some((headers, answer)) = super::fuzzing::answer(request) {
            seen(&headers);
            return Ok(answer);
        }
        let mut pause = PAUSE;
        let mut tries = match request.repeat {
            Repeat::Safe | Repeat::Login | Repeat::Last => TRIES,
            Repeat::Never | Repeat::Write => 1,
        };
        loop {
            tries -= 1;
            let reached = AtomicBool::new(false);
            // A change that is stopped on its way, or late, may have arrived all the same.
            let sent = self.attempt(request, &seen, &reached).await;
            let outcome = match sent.map_err(NetError::from).and_then(|outcome| outcome) {
                Err(error) if request.repeat == Repeat::Write && reached.load(Ordering::Relaxed) => {
                    return Err(error.after_sending(&self.server, request.what));
                }
                outcome => outcome,
            };
            let again = match &outcome {
                Ok(answer) => matches!(answer.status.as_u16(), 502..=504),
                Err(NetError::Connect { .. }) => request.repeat != Repeat::Login || !reached.load(Ordering::Relaxed),
                Err(_) => false,
            };
            if tries == 0 || !again {
                return outcome;
            }
            self.unless_stopped(request.repeat, sleep(pause)).await?;
            pause *= 2;
        }
    }

    /// One exchange within its time.
    async fn attempt(
        &self,
        request: &Request<'_>,
        seen: &(impl Fn(&HeaderMap) + Send + Sync),
        reached: &AtomicBool,
    ) -> Result<Result<Answer, NetError>, Cancelled> {
        let limit = if request.repeat == Repeat::Last { self.timeout.min(FAREWELL) } else { self.timeout };
        let outcome =
            self.unless_stopped(request.repeat, timeout(limit, self.exchange(request, seen, reached))).await?;
        Ok(outcome.unwrap_or_else(|_| {
            let (server, what) = (self.server.to_string(), request.what.to_owned());
            Err(NetError::Timeout { server, what, after: limit })
        }))
    }

    /// The value of `work`, unless the whole is stopped before.
    async fn unless_stopped<T>(&self, repeat: Repeat, work: impl Future<Output = T>) -> Result<T, Cancelled> {
        match repeat {
            Repeat::Safe | Repeat::Never | Repeat::Write => self.cancel.or(work).await,
            Repeat::Last => Ok(work.await),
            Repeat::Login if self.cancel.is_cancelled() => Err(Cancelled),
            Repeat::Login => {
                let stopped = async {
                    self.cancel.wait().await;
                    sleep(GRACE).await;
                };
                tokio::select! {
                    value = work => Ok(value),
                    () = stopped => Err(Cancelled),
                }
            }
        }
    }

    /// Waits, unless the work is stopped.
    pub(super) async fn pause(&self, time: Duration) -> Result<(), NetError> {
        #[cfg(feature = "fuzzing")]
        if super::fuzzing::is_on() {
            return Ok(());
        }
        Ok(self.cancel.or(sleep(time)).await?)
    }

    /// Sets `reached` when the server may have got the request.
    async fn exchange(
        &self,
        request: &Request<'_>,
        seen: &(impl Fn(&HeaderMap) + Send + Sync),
        reached: &AtomicBool,
    ) -> Result<Answer, NetError> {
        // Without a port in the URL the resolver's counts, which knows where to connect instead.
        let url = match self.endpoint.address() {
            Some(_) => format!("https://{}{}", self.endpoint, request.path),
            None => format!("https://{}{}", self.endpoint.host(), request.path),
        };
        // Until the connection is known to have failed, as it may be stopped or late at any moment.
        reached.store(true, Ordering::Relaxed);
        let sent = self
            .client
            .request(request.method.clone(), url)
            .header(HOST, self.endpoint.to_string().trim_end_matches(":443"))
            .headers(request.headers.clone())
            .body(request.body.clone())
            .send()
            .await;
        reached.store(!sent.as_ref().is_err_and(reqwest::Error::is_connect), Ordering::Relaxed);
        let mut response = sent.map_err(|error| self.error(request, &error))?;
        seen(response.headers());
        let too_large = || NetError::TooLarge {
            server: self.server.to_string(),
            what: request.what.to_owned(),
            limit: request.limit,
        };
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.error(request, &error))? {
            if body.len() + chunk.len() > request.limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status: response.status(), body })
    }

    /// What went wrong, without the URL, which is ours and says nothing.
    fn error(&self, request: &Request<'_>, error: &reqwest::Error) -> NetError {
        if let Some(refused) = self.gate.refusal() {
            return NetError::Untrusted(Box::new(refused));
        }
        let server = self.server.to_string();
        if error.is_timeout() {
            return NetError::Timeout { server, what: request.what.to_owned(), after: self.timeout };
        }
        let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
        let mut reason = "the connection failed".to_owned();
        for cause in causes {
            if let Some(known) = cause.downcast_ref::<NetError>() {
                return known.clone();
            }
            if let Some(io) = cause.downcast_ref::<std::io::Error>() {
                if let Some(inner) = io.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                    return super::probe::handshake_failure(&self.endpoint, inner);
                }
                if let Some(known) = io.get_ref().and_then(|inner| inner.downcast_ref::<NetError>()) {
                    return known.clone();
                }
            }
            reason = cause.to_string();
        }
        // A body that ends early is a lost connection too, and no answer of another shape.
        if error.is_connect() || error.is_request() || error.is_body() || error.is_decode() {
            return NetError::Connect { server, reason };
        }
        NetError::Response { server, what: request.what.to_owned(), reason }
    }
}

/// A header value that is never shown: session keys and credentials.
pub(super) fn secret_header(name: HeaderName, value: &str) -> Option<(HeaderName, HeaderValue)> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(true);
    Some((name, value))
}

/// User and password as basic authentication (RFC 7617).
pub(super) fn basic(user: &str, password: &Secret) -> Option<(HeaderName, HeaderValue)> {
    let pair = format!("{user}:{}", password.expose());
    secret_header(AUTHORIZATION, &format!("Basic {}", base64_simd::STANDARD.encode_to_string(pair)))
}

/// Names are looked up as probes look them up, the caller's rules included.
struct Resolver {
    endpoint: Endpoint,
    to: ConnectTo,
    limit: Duration,
}

impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let (endpoint, to, limit) = (self.endpoint.clone(), self.to.clone(), self.limit);
        Box::pin(async move {
            let found = super::dial::resolve(&endpoint, &to, limit).await?;
            let addresses: reqwest::dns::Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}
