//! HTTP to one server: bounded, timed, verified, and repeated only where a repeat changes nothing.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HOST, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Client, Method, StatusCode, Url, redirect};
use tokio::time::{sleep, timeout};

use super::control::{Cancel, Cancelled};
use super::dial::{ConnectTo, refused, words};
use super::error::{HandshakeFailure, NetError};
use super::secret::Secret;
use super::trust::{Gate, ServerTrust, refusal};
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
    /// Where it leads to instead, in words for a message; nobody goes there.
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

/// The connection pool of one server.
#[derive(Clone)]
pub(super) struct Http {
    client: Client,
    endpoint: Endpoint,
    /// The URL without a path. Its host is looked up by [`Resolver`], which alone knows where to connect.
    base: String,
    /// The address of the server, where it has only one.
    only: Only,
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
        let base = base(endpoint)?;
        let config = Gate::config(endpoint, trust).map_err(|error| failed(error.to_string()))?;
        let only = Only::default();
        let (to, seen) = (connect_to.clone(), Arc::clone(&only));
        let client = Client::builder()
            .tls_backend_preconfigured(config)
            // Credentials go where they were meant to go and nowhere else.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .https_only(true)
            .user_agent(concat!("vitrust/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limit)
            .dns_resolver(Arc::new(Resolver { endpoint: endpoint.clone(), to, limit, only: seen }))
            .build()
            .map_err(|error| failed(error.to_string()))?;
        let server: Arc<str> = endpoint.to_string().into();
        Ok(Self { client, endpoint: endpoint.clone(), base, only, server, timeout: limit, cancel })
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
        // Until the connection is known to have failed, as it may be stopped or late at any moment.
        reached.store(true, Ordering::Relaxed);
        let sent = self
            .client
            .request(request.method.clone(), format!("{}{}", self.base, request.path))
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
            unit: "bytes",
        };
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.error(request, &error))? {
            if body.len() + chunk.len() > request.limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let location = response.headers().get(LOCATION).filter(|_| response.status().is_redirection());
        Ok(Answer { status: response.status(), location: location.map(place), body })
    }

    /// What went wrong, without the URL, which is ours and says nothing.
    fn error(&self, request: &Request<'_>, error: &reqwest::Error) -> NetError {
        let server = self.server.to_string();
        if error.is_timeout() {
            return NetError::Timeout { server, what: request.what.to_owned(), after: self.timeout };
        }
        let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
        let mut reason = "the connection failed".to_owned();
        for cause in causes {
            if let Some(known) = within::<NetError>(cause) {
                return known.clone();
            }
            if let Some(tls) = within::<rustls::Error>(cause) {
                return match refusal(tls) {
                    Some(refused) => NetError::Untrusted(Box::new(refused.clone())),
                    None => super::probe::handshake_failure(&self.endpoint, tls, false),
                };
            }
            if let Some(io) = cause.downcast_ref::<std::io::Error>() {
                reason = match *self.only.lock().unwrap_or_else(PoisonError::into_inner) {
                    Some(address) if error.is_connect() => refused(&server, address, io),
                    Some(_) | None => words(io),
                };
                continue;
            }
            reason = bounded(&cause.to_string());
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

/// The error itself, or what it wraps as one of input and output. What such a one wraps is no source of it.
fn within<'e, T: std::error::Error + 'static>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e T> {
    let mut cause = cause;
    loop {
        match cause.downcast_ref::<T>() {
            Some(found) => return Some(found),
            None => cause = cause.downcast_ref::<std::io::Error>()?.get_ref()?,
        }
    }
}

/// The longest text of a server in an error, in characters.
const LONGEST_WORDS: usize = 500;

/// A server's words, as long as a person reads.
pub(super) fn bounded(words: &str) -> String {
    words.chars().take(LONGEST_WORDS).collect()
}

/// Where a redirect leads to, without what may be secret in it.
fn place(location: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(location.as_bytes());
    let place = text.split(['?', '#']).next().unwrap_or_default();
    let (before, rest) = place.split_at(place.find("//").map_or(0, |at| at + 2));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{before}{host}{path}").chars().take(200).flat_map(char::escape_debug).collect()
}

impl Answer {
    /// What its status alone says, for a message: `HTTP 302 to https://vc02/`.
    pub(super) fn words(&self) -> String {
        let status = self.status.as_u16();
        self.location.as_ref().map_or_else(|| format!("HTTP {status}"), |to| format!("HTTP {status} to {to}"))
    }
}

/// The host of an endpoint as a URL without a path. For an address it is a name that nobody has, since an address in a URL
/// would not be looked up, and the caller's rules not asked; a port in it would overrule that of the rules.
fn base(endpoint: &Endpoint) -> Result<String, NetError> {
    let host = endpoint.address().map_or_else(|| endpoint.host(), |_| "address.invalid");
    let base = format!("https://{host}");
    match Url::parse(&base) {
        Ok(url) if url.domain().is_some() => Ok(base),
        Ok(_) | Err(_) => Err(NetError::Resolve {
            server: endpoint.to_string(),
            reason: format!("`{}` is neither a DNS name nor an address", host.escape_debug()),
        }),
    }
}

/// The address that was found last, where it was the only one.
type Only = Arc<Mutex<Option<SocketAddr>>>;

/// Names are looked up as probes look them up, the caller's rules included.
struct Resolver {
    endpoint: Endpoint,
    to: ConnectTo,
    limit: Duration,
    only: Only,
}

impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let (endpoint, to, limit, only) = (self.endpoint.clone(), self.to.clone(), self.limit, Arc::clone(&self.only));
        Box::pin(async move {
            let found = super::dial::resolve(&endpoint, &to, limit).await?;
            *only.lock().unwrap_or_else(PoisonError::into_inner) = match found[..] {
                [address] => Some(address),
                _ => None,
            };
            let addresses: reqwest::dns::Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_is_told_without_its_secrets() {
        let cases = [
            ("https://u:p@vc02.lab.example:443/ui/?token=1#x", "https://vc02.lab.example:443/ui/"),
            ("/ui/login?token=1", "/ui/login"),
            ("//u:p@vc02/ui@x", "//vc02/ui@x"),
        ];
        for (location, told) in cases {
            assert_eq!(place(&HeaderValue::from_str(location).expect("a value")), told);
        }
        let long = HeaderValue::from_str(&"x".repeat(5000)).expect("a value");
        let answer = Answer { status: StatusCode::FOUND, location: Some(place(&long)), body: Vec::new() };
        assert_eq!(answer.words().len(), "HTTP 302 to ".len() + 200);
    }

    #[test]
    fn an_address_is_never_the_host_of_a_url() {
        for (endpoint, url) in [
            ("vc01.lab.example:8443", "https://vc01.lab.example"),
            ("192.0.2.7:8443", "https://address.invalid"),
            ("[2001:db8::7]:443", "https://address.invalid"),
        ] {
            assert_eq!(base(&endpoint.parse().expect("an endpoint")), Ok(url.to_owned()));
        }
        // A number is an address to a URL alone.
        for endpoint in ["2130706433", "0x7f.1"] {
            let error = base(&endpoint.parse().expect("an endpoint")).expect_err("it is no name");
            assert!(matches!(error, NetError::Resolve { .. }), "{error}");
        }
    }
}
