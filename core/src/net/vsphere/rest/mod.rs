//! The REST API in both its forms: `/api` from 7.0 U2, `/rest` before it.

mod refusal;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use serde_json::Value;

use super::records::{SigningCertificates, TlsCertificate, TrustedRoot};
use crate::net::error::NetError;
use crate::net::http::{Answer, Http, Repeat, Request, basic, secret_header};
use crate::net::secret::Secret;

use refusal::refused;

/// The largest answer that is read.
const LARGEST_ANSWER: usize = 16 << 20;

/// The most trusted root chains of one vCenter.
const MOST_ROOTS: usize = 10_000;

/// How often a list that is null is asked for.
const UNSETTLED_TRIES: u32 = 4;

/// The pause before the second time; it doubles from then on.
const UNSETTLED_PAUSE: Duration = Duration::from_millis(500);

/// Where certificates are managed.
pub(super) const CERTIFICATES: &str = "/vcenter/certificate-management/vcenter";

/// Header of the session, on every call.
const SESSION: HeaderName = HeaderName::from_static("vmware-api-session-id");

/// Which form the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `/api`: values stand alone.
    Api,
    /// `/rest`: values stand in `{"value": ...}`.
    Rest,
}

impl Form {
    /// Where sessions are opened and ended.
    const fn session(self) -> &'static str {
        match self {
            Self::Api => "/api/session",
            Self::Rest => "/rest/com/vmware/cis/session",
        }
    }
}

/// One call.
pub(super) struct Ask {
    method: Method,
    /// Path and query.
    path: String,
    body: Option<Value>,
    /// What the documentation says it needs: the answer does not name it.
    privilege: Option<&'static str>,
    repeat: Repeat,
}

impl Ask {
    /// A call without a body.
    fn new(method: Method, path: String, repeat: Repeat) -> Self {
        Self { method, path, body: None, privilege: (repeat == Repeat::Safe).then_some("System.Read"), repeat }
    }

    /// A call that changes something.
    pub(super) fn write(method: Method, path: String, body: Option<Value>, privilege: &'static str) -> Self {
        Self { method, path, body, privilege: Some(privilege), repeat: Repeat::Write }
    }
}

/// The REST service of one vCenter, with its session.
pub(super) struct Rest {
    http: Http,
    form: Form,
    session: Mutex<Option<Secret>>,
}

impl Rest {
    /// Logs in, by `/api` or, where that is not there, by `/rest`. `None` where there is neither.
    pub(super) async fn login(http: &Http, user: &str, password: &Secret) -> Result<Option<Self>, NetError> {
        for form in [Form::Api, Form::Rest] {
            let rest = Self { http: http.clone(), form, session: Mutex::default() };
            match rest.open(user, password).await {
                Ok(()) => return Ok(Some(rest)),
                Err(NetError::NotFound { .. } | NetError::Unsupported { .. }) => (),
                Err(error) => {
                    let _ = rest.logout().await;
                    return Err(error);
                }
            }
        }
        Ok(None)
    }

    /// Uses a session of another service: from 8.0.3 one session serves all.
    pub(super) fn with_session(http: &Http, session: Secret) -> Self {
        Self { http: http.clone(), form: Form::Api, session: Mutex::new(Some(session)) }
    }

    async fn open(&self, user: &str, password: &Secret) -> Result<(), NetError> {
        let path = self.form.session();
        let headers = basic(user, password).into_iter().collect();
        let what = format!("POST {path}");
        let (method, body, repeat) = (Method::POST, Vec::new(), Repeat::Login);
        let request = Request { what: &what, method, path, headers, body, limit: LARGEST_ANSWER, repeat };
        // The cookie comes with the headers, and is what a session can be closed by whose answer is lost after them.
        let answer = self.http.send_seeing(&request, |headers| self.keep_cookie(headers)).await?;
        let value = self.value(&what, None, &answer)?;
        let Some(token) = value.as_str() else { return Err(self.unreadable(&what, "the session is no text")) };
        self.set_session(Secret::from(token.to_owned()));
        Ok(())
    }

    fn keep_cookie(&self, headers: &HeaderMap) {
        let values = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = values.filter_map(|value| value.split(';').next()?.split_once('='));
        if let Some((_, token)) = pairs.rfind(|(name, _)| name.trim() == SESSION.as_str()) {
            self.set_session(Secret::from(token.trim().trim_matches('"').to_owned()));
        }
    }

    /// The session in use.
    pub(super) fn session(&self) -> Option<Secret> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Uses this session from now on.
    pub(super) fn set_session(&self, session: Secret) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
    }

    /// Ends the session and forgets it. Nothing is asked where there is none.
    pub(super) async fn logout(&self) -> Result<(), NetError> {
        let what = format!("DELETE {}", self.form.session());
        let headers = self.session_header();
        if headers.is_empty() {
            return Ok(());
        }
        let outcome = match self.end(&what, headers.clone()).await {
            // Somebody in between said no; the session may well be open.
            Err(NetError::Unauthenticated { .. }) => self.end(&what, headers).await,
            other => other,
        };
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = None;
        outcome
    }

    async fn end(&self, what: &str, headers: HeaderMap) -> Result<(), NetError> {
        let (method, path, body, repeat) = (Method::DELETE, self.form.session(), Vec::new(), Repeat::Last);
        let request = Request { what, method, path, headers, body, limit: LARGEST_ANSWER, repeat };
        let answer = self.http.send(&request).await?;
        // A page with status 200 is not the service's word: it answers nothing at all.
        match answer.status.as_u16() {
            200 if !answer.body.is_empty() => Err(NetError::Unauthenticated {
                server: self.http.server.to_string(),
                reason: "the session was not ended".to_owned(),
            }),
            _ => refused(&self.http.server, what, None, &answer),
        }
    }

    /// Opens the session anew after it was lost. The former is ended, should it be open after all.
    pub(super) async fn renew(&self, user: &str, password: &Secret) -> Result<(), NetError> {
        let _ = self.logout().await;
        self.open(user, password).await
    }

    /// Whether the session lives.
    pub(super) async fn alive(&self) -> Result<(), NetError> {
        let (method, path) = match self.form {
            Form::Api => (Method::GET, "/api/session"),
            Form::Rest => (Method::POST, "/rest/com/vmware/cis/session?~action=get"),
        };
        self.call(&Ask::new(method, path.to_owned(), Repeat::Safe)).await.map(drop)
    }

    /// The ids of the trusted root chains.
    pub(super) async fn trusted_root_ids(&self) -> Result<Vec<String>, NetError> {
        const WHAT: &str = "GET trusted-root-chains";
        let list = self.get_settled(&format!("{CERTIFICATES}/trusted-root-chains")).await?;
        let Some(entries) = list.as_array() else { return Err(self.unreadable(WHAT, "it is no list")) };
        if entries.len() > MOST_ROOTS {
            let (server, what) = (self.http.server.to_string(), WHAT.to_owned());
            return Err(NetError::TooLarge { server, what, limit: MOST_ROOTS, unit: "trusted roots" });
        }
        let id = |(position, entry): (usize, &Value)| match entry.get("chain").and_then(Value::as_str) {
            Some(id) => Ok(id.to_owned()),
            None => Err(self.unreadable(WHAT, &format!("entry {position} has no `chain`, or one that is no text"))),
        };
        entries.iter().enumerate().map(id).collect()
    }

    /// What is at this path. Right after a change a list has been seen as null, so that is asked for again some times.
    async fn get_settled(&self, path: &str) -> Result<Value, NetError> {
        let mut pause = UNSETTLED_PAUSE;
        for _ in 1..UNSETTLED_TRIES {
            match self.get(path).await? {
                Value::Null => self.http.pause(pause).await?,
                value => return Ok(value),
            }
            pause *= 2;
        }
        self.get(path).await
    }

    /// One trusted root chain.
    pub(super) async fn trusted_root(&self, id: &str) -> Result<TrustedRoot, NetError> {
        let path = format!("{CERTIFICATES}/trusted-root-chains/{}", segment(id));
        let value = self.get(&path).await?;
        // The name is doubled on the wire.
        let pem = value.get("cert_chain").and_then(chain).ok_or_else(|| {
            self.unreadable(
                "GET trusted-root-chains",
                "it has no `cert_chain.cert_chain`, or one that is no list of texts",
            )
        })?;
        Ok(TrustedRoot { id: id.to_owned(), pem })
    }

    /// The Machine SSL certificate.
    pub(super) async fn tls(&self) -> Result<TlsCertificate, NetError> {
        let info = self.get(&format!("{CERTIFICATES}/tls")).await?;
        let text = |name: &str| info.get(name).and_then(Value::as_str).map(str::to_owned);
        let Some(pem) = text("cert") else { return Err(self.unreadable("GET tls", "it has no `cert`")) };
        Ok(TlsCertificate {
            pem,
            thumbprint: text("thumbprint").and_then(|text| text.parse().ok()),
            subject: text("subject_dn").unwrap_or_default(),
            issuer: text("issuer_dn").unwrap_or_default(),
            not_before: text("valid_from").and_then(|text| text.parse().ok()),
            not_after: text("valid_to").and_then(|text| text.parse().ok()),
        })
    }

    /// The token signing certificates; from 7.0.3.
    pub(super) async fn signing_certificates(&self) -> Result<SigningCertificates, NetError> {
        let value = self.get(&format!("{CERTIFICATES}/signing-certificate")).await?;
        let lacks = |name: &str| {
            let reason = format!("it has no `{name}`, or one that is no list of texts");
            self.unreadable("GET signing-certificate", &reason)
        };
        let active = value.get("active_cert_chain").and_then(chain).ok_or_else(|| lacks("active_cert_chain"))?;
        let accepted = match value.get("signing_cert_chains") {
            None => Vec::new(),
            Some(chains) => {
                let chains = chains.as_array().and_then(|chains| chains.iter().map(chain).collect());
                chains.ok_or_else(|| lacks("signing_cert_chains"))?
            }
        };
        Ok(SigningCertificates { active, accepted })
    }

    /// Which form the server has.
    pub(super) fn form(&self) -> Form {
        self.form
    }

    async fn get(&self, path: &str) -> Result<Value, NetError> {
        self.call(&Ask::new(Method::GET, self.path(path), Repeat::Safe)).await
    }

    /// A path below the root of the server's form.
    pub(super) fn path(&self, path: &str) -> String {
        match self.form {
            Form::Api => format!("/api{path}"),
            Form::Rest => format!("/rest{path}"),
        }
    }

    /// Makes one call in the session and returns its value; none is [`Value::Null`].
    ///
    /// A call that changes something ([`Repeat::Write`]) fails with [`NetError::OutcomeUnknown`] where the answer does
    /// not say what became of it.
    pub(super) async fn call(&self, ask: &Ask) -> Result<Value, NetError> {
        let what = format!("{} {}", ask.method, ask.path);
        let mut headers = self.session_header();
        if ask.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let body = ask.body.as_ref().map(Value::to_string).unwrap_or_default().into_bytes();
        let (method, path, limit, repeat) = (ask.method.clone(), ask.path.as_str(), LARGEST_ANSWER, ask.repeat);
        let answer = self.http.send(&Request { what: &what, method, path, headers, body, limit, repeat }).await?;
        let value = self.value(&what, ask.privilege, &answer);
        value.map_err(|error| repeat.unclear(&self.http.server, &what, error))
    }

    fn session_header(&self) -> HeaderMap {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session.as_ref().and_then(|session| secret_header(SESSION, session.expose())).into_iter().collect()
    }

    fn value(&self, what: &str, privilege: Option<&str>, answer: &Answer) -> Result<Value, NetError> {
        refused(&self.http.server, what, privilege, answer)?;
        if answer.body.is_empty() {
            return Ok(Value::Null);
        }
        let value: Value =
            serde_json::from_slice(&answer.body).map_err(|error| self.unreadable(what, &error.to_string()))?;
        Ok(match (self.form, value) {
            (Form::Rest, Value::Object(mut fields)) => fields.remove("value").unwrap_or(Value::Null),
            (Form::Rest | Form::Api, value) => value,
        })
    }

    fn unreadable(&self, what: &str, reason: &str) -> NetError {
        NetError::Response { server: self.http.server.to_string(), what: what.to_owned(), reason: reason.to_owned() }
    }
}

/// The PEM texts of an `X509CertChain`; `None` where it is of another shape.
fn chain(value: &Value) -> Option<Vec<String>> {
    let texts = value.get("cert_chain")?.as_array()?.iter();
    texts.map(|text| text.as_str().map(str::to_owned)).collect()
}

/// An id as one segment of a path. Ids are opaque, and older ones are not hexadecimal.
pub(super) fn segment(id: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    id.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
