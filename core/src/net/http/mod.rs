//! HTTP to one server: bounded, timed, verified, and repeated only where a repeat changes nothing.

mod failure;
mod lookup;
#[cfg(feature = "fuzzing")]
pub(super) mod offline;
mod reading;
mod request;

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::{HOST, HeaderMap, LOCATION};
use reqwest::{Client, redirect};
use secrecy::zeroize::Zeroizing;
use tokio::time::{sleep, timeout};

use super::control::{Cancel, Cancelled};
use lookup::{Only, Resolver, base};
use request::place;

use super::dial::ConnectTo;
use super::error::{HandshakeFailure, NetError};
use super::hidden::{Hidden, Needles};
use super::secret::Secret;
use super::trust::{Gate, ServerTrust};
use crate::endpoint::Endpoint;

pub(super) use reading::{Read, Stop};
pub(super) use request::{Answer, Repeat, Request, basic, secret_header};

/// How often a request that may be repeated is sent.
const TRIES: u32 = 3;

/// The pause before the second try; it doubles from then on.
const PAUSE: Duration = Duration::from_millis(200);

/// The longest a login is waited for after the work was stopped.
const GRACE: Duration = Duration::from_secs(2);

/// The longest the end of a session is waited for, where nobody wants to stop: a busy server may take its time.
const FAREWELL: Duration = Duration::from_secs(20);

/// The same after the work was stopped: the server has the request by then, and somebody waits.
const LAST_WORD: Duration = Duration::from_secs(5);

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
    /// What no message may show.
    hidden: Arc<Mutex<Hidden>>,
}

/// Where a body begins to be kept, in bytes.
const FIRST_ROOM: usize = 8 << 10;

/// The longest place of a redirect that is looked at, in characters.
const LONGEST_LOCATION: usize = 64 << 10;

/// The longest text of an error, in characters.
const LONGEST_TEXT: usize = 4 << 10;

/// The longest text of a server in a message, in characters.
const LONGEST_WORDS: usize = 500;

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
        let hidden = Arc::default();
        Ok(Self { client, endpoint: endpoint.clone(), base, only, server, timeout: limit, cancel, hidden })
    }

    /// Where a redirect leads to, for a message. Whoever has just been told a password may lead to a place of that name.
    fn place(&self, repeat: Repeat, location: &str) -> Option<String> {
        (repeat != Repeat::Login).then(|| place(location, |text| self.needles().words(text, LONGEST_LOCATION)))
    }

    /// What no message shows.
    pub(super) fn hidden(&self) -> Arc<Mutex<Hidden>> {
        Arc::clone(&self.hidden)
    }

    fn secrets(&self) -> MutexGuard<'_, Hidden> {
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What no message shows, at this moment.
    pub(super) fn needles(&self) -> Needles {
        self.secrets().needles()
    }

    /// Shows a password or private key in no message from now on.
    pub(super) fn hide(&self, secret: &Secret) {
        self.secrets().add(secret);
    }

    /// Shows a session key in no message from now on.
    pub(super) fn hide_session(&self, key: &Secret) {
        self.secrets().add_session(key);
    }

    /// A server's words for a message: on one line, as long as a person reads, and without what is secret.
    pub(super) fn words(&self, text: &str) -> String {
        self.needles().words(text, LONGEST_WORDS)
    }

    /// A word by which a server calls something: the type of a fault, the name of an element.
    pub(super) fn kind(&self, text: &str) -> String {
        self.needles().kind(text, LONGEST_WORDS)
    }

    /// The same for a text of several lines and any length up to `most` characters.
    pub(super) fn lines(&self, text: &str, most: usize) -> String {
        self.needles().lines(text, most)
    }

    /// An error whose texts have nothing that is secret: ids that a server gave stand in them too.
    pub(super) fn without_secrets(&self, mut error: NetError) -> NetError {
        let needles = self.needles();
        for text in error.texts() {
            *text = needles.lines(text, LONGEST_TEXT);
        }
        error
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
        if let Some((headers, answer)) = offline::answer(request, |text| self.place(request.repeat, text)) {
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
        let exchange = self.exchange(request, seen, reached, Instant::now() + limit);
        let outcome = self.unless_stopped(request.repeat, timeout(limit, exchange)).await?;
        Ok(outcome.unwrap_or_else(|_| {
            let (server, what) = (self.server.to_string(), request.what.to_owned());
            Err(NetError::Timeout { server, what, after: limit })
        }))
    }

    /// The value of `work`, unless the whole is stopped before.
    async fn unless_stopped<T>(&self, repeat: Repeat, work: impl Future<Output = T>) -> Result<T, Cancelled> {
        match repeat {
            Repeat::Safe | Repeat::Never | Repeat::Write => self.cancel.or(work).await,
            Repeat::Login if self.cancel.is_cancelled() => Err(Cancelled),
            Repeat::Login | Repeat::Last => {
                let stopped = async {
                    self.cancel.wait().await;
                    sleep(if repeat == Repeat::Last { LAST_WORD } else { GRACE }).await;
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
        if offline::is_there() {
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
        until: Instant,
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
        // Room for what a login answers, so that it is nowhere else when this is wiped.
        let mut body = Zeroizing::new(Vec::with_capacity(FIRST_ROOM));
        while let Some(chunk) = response.chunk().await.map_err(|error| self.error(request, &error))? {
            if body.len() + chunk.len() > request.limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let location = response.headers().get(LOCATION).filter(|_| response.status().is_redirection());
        let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let location = location.and_then(|text| self.place(request.repeat, &text));
        Ok(Answer { status: response.status(), location, body, until })
    }
}
