//! The REST API in both its forms: `/api` from 7.0 U2, `/rest` before it.

mod body;
mod refusal;
mod segment;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};

use crate::json::Tree;
use crate::net::error::NetError;
use crate::net::http::{Answer, Http, Repeat, Request, basic, secret_header};
use crate::net::secret::{Secret, Wiped};
use crate::net::vsphere::records::{SigningCertificates, TlsCertificate, TrustedRoot};

use body::{Said, member};
use refusal::refused;

pub(in crate::net::vsphere) use body::{body, chain, nothing, text};
pub(in crate::net::vsphere) use segment::Segment;

/// The largest answer that is read.
const LARGEST_ANSWER: usize = 16 << 20;

/// The most trusted root chains of one vCenter.
const MOST_ROOTS: usize = 10_000;

/// How often a list that is null is asked for.
const UNSETTLED_TRIES: u32 = 4;

/// The pause before the second time; it doubles from then on.
const UNSETTLED_PAUSE: Duration = Duration::from_millis(500);

/// Where certificates are managed.
pub(in crate::net::vsphere) const CERTIFICATES: &str = "/vcenter/certificate-management/vcenter";

/// Header of the session, on every call.
const SESSION: HeaderName = HeaderName::from_static("vmware-api-session-id");

/// Which form the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::net::vsphere) enum Form {
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
pub(in crate::net::vsphere) struct Ask {
    method: Method,
    /// Path and query.
    path: String,
    body: Option<Wiped>,
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
    pub(in crate::net::vsphere) fn write(
        method: Method,
        path: String,
        body: Option<Wiped>,
        privilege: &'static str,
    ) -> Self {
        Self { method, path, body, privilege: Some(privilege), repeat: Repeat::Write }
    }
}

/// The REST service of one vCenter, with its session.
pub(in crate::net::vsphere) struct Rest {
    http: Http,
    form: Form,
    session: Mutex<Option<Secret>>,
}

impl Rest {
    /// Logs in, by `/api` or, where that is not there, by `/rest`. `None` where there is neither.
    pub(in crate::net::vsphere) async fn login(
        http: &Http,
        user: &str,
        password: &Secret,
    ) -> Result<Option<Self>, NetError> {
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
    pub(in crate::net::vsphere) fn with_session(http: &Http, session: Secret) -> Self {
        Self { http: http.clone(), form: Form::Api, session: Mutex::new(Some(session)) }
    }

    async fn open(&self, user: &str, password: &Secret) -> Result<(), NetError> {
        let path = self.form.session();
        let headers = basic(user, password).into_iter().collect();
        let what = format!("POST {path}");
        let (method, body, repeat) = (Method::POST, Bytes::new(), Repeat::Login);
        let request = Request { what: &what, method, path, headers, body, limit: LARGEST_ANSWER, repeat };
        // The cookie comes with the headers, and is what a session can be closed by whose answer is lost after them.
        let answer = self.http.send_seeing(&request, |headers| self.keep_cookie(headers)).await?;
        let read = |value: &Tree<'_>| {
            value
                .as_text()
                .map(|token| Secret::from(token.to_owned()))
                .ok_or_else(|| "the session is not text".to_owned())
        };
        self.set_session(self.value(&what, None, answer, repeat, read).await?);
        Ok(())
    }

    fn keep_cookie(&self, headers: &HeaderMap) {
        let values = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = values.filter_map(|value| value.split(';').next()?.split_once('='));
        if let Some((_, token)) = pairs.rfind(|(name, _)| name.trim() == SESSION.as_str()) {
            self.set_session(Secret::from(token.trim().trim_matches('"').to_owned()));
        }
    }

    /// Uses this session from now on.
    pub(in crate::net::vsphere) fn set_session(&self, session: Secret) {
        self.http.hide_session(&session);
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
    }

    /// Ends the session and forgets it. Nothing is asked if there is none.
    pub(in crate::net::vsphere) async fn logout(&self) -> Result<(), NetError> {
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
        let (method, path, body, repeat) = (Method::DELETE, self.form.session(), Bytes::new(), Repeat::Last);
        let request = Request { what, method, path, headers, body, limit: LARGEST_ANSWER, repeat };
        let answer = self.http.send(&request).await?;
        // A page with status 200 is not the service's word: it answers nothing at all.
        match answer.status.as_u16() {
            200 if !answer.body.is_empty() => Err(NetError::Unauthenticated {
                server: self.http.server.to_string(),
                reason: "the session was not ended".to_owned(),
            }),
            _ => self.value(what, None, answer, repeat, nothing).await,
        }
    }

    /// Opens the session anew after it was lost. The former is ended, should it be open after all.
    pub(in crate::net::vsphere) async fn renew(&self, user: &str, password: &Secret) -> Result<(), NetError> {
        let _ = self.logout().await;
        self.open(user, password).await
    }

    /// Whether the session lives.
    pub(in crate::net::vsphere) async fn alive(&self) -> Result<(), NetError> {
        let (method, path) = match self.form {
            Form::Api => (Method::GET, "/api/session"),
            Form::Rest => (Method::POST, "/rest/com/vmware/cis/session?~action=get"),
        };
        self.call(Ask::new(method, path.to_owned(), Repeat::Safe), nothing).await
    }

    /// The ids of the trusted root chains, or what there is instead of one. Right after a change the list has been seen as
    /// null, so that is asked for again some times.
    pub(in crate::net::vsphere) async fn trusted_root_ids(&self) -> Result<Listed, NetError> {
        const WHAT: &str = "GET trusted-root-chains";
        let path = format!("{CERTIFICATES}/trusted-root-chains");
        let mut pause = UNSETTLED_PAUSE;
        let mut list = self.get(&path, ids).await?;
        for _ in 1..UNSETTLED_TRIES {
            if list.is_some() {
                break;
            }
            self.http.pause(pause).await?;
            pause *= 2;
            list = self.get(&path, ids).await?;
        }
        let Some(ids) = list else { return Err(self.unreadable(WHAT, "it is not a list")) };
        if ids.len() > MOST_ROOTS {
            let (server, what) = (self.http.server.to_string(), WHAT.to_owned());
            return Err(NetError::TooLarge { server, what, limit: MOST_ROOTS, unit: "trusted roots" });
        }
        Ok(ids)
    }

    /// One trusted root chain.
    pub(in crate::net::vsphere) async fn trusted_root(&self, id: &Segment) -> Result<TrustedRoot, NetError> {
        // The name is doubled on the wire.
        let read = |value: &Tree<'_>| {
            let pem = member(value, "cert_chain").and_then(chain);
            pem.ok_or_else(|| "it has no `cert_chain.cert_chain`, or one that is not a list of texts".to_owned())
        };
        let pem = self.get(&format!("{CERTIFICATES}/trusted-root-chains/{id}"), read).await?;
        Ok(TrustedRoot { id: id.id().to_owned(), pem, unreadable: None })
    }

    /// The Machine SSL certificate.
    pub(in crate::net::vsphere) async fn tls(&self) -> Result<TlsCertificate, NetError> {
        let read = |info: &Tree<'_>| {
            Ok(TlsCertificate {
                pem: text(info, "cert").ok_or("it has no `cert`")?,
                thumbprint: text(info, "thumbprint").and_then(|text| text.parse().ok()),
                subject: text(info, "subject_dn").unwrap_or_default(),
                issuer: text(info, "issuer_dn").unwrap_or_default(),
                not_before: text(info, "valid_from").and_then(|text| text.parse().ok()),
                not_after: text(info, "valid_to").and_then(|text| text.parse().ok()),
            })
        };
        self.get(&format!("{CERTIFICATES}/tls"), read).await
    }

    /// The token signing certificates; from 7.0.3.
    pub(in crate::net::vsphere) async fn signing_certificates(&self) -> Result<SigningCertificates, NetError> {
        let read = |value: &Tree<'_>| {
            let lacks = |name: &str| format!("it has no `{name}`, or one that is not a list of texts");
            let active = member(value, "active_cert_chain").and_then(chain);
            let active = active.ok_or_else(|| lacks("active_cert_chain"))?;
            let accepted = match member(value, "signing_cert_chains") {
                None => Vec::new(),
                Some(chains) => {
                    let chains = chains.as_list().filter(|list| !list.is_plain);
                    let chains = chains.and_then(|list| list.items.iter().map(chain).collect());
                    chains.ok_or_else(|| lacks("signing_cert_chains"))?
                }
            };
            Ok(SigningCertificates { active, accepted })
        };
        self.get(&format!("{CERTIFICATES}/signing-certificate"), read).await
    }

    /// Which form the server has.
    pub(in crate::net::vsphere) fn form(&self) -> Form {
        self.form
    }

    async fn get<T: Send + 'static>(&self, path: &str, read: body::Reader<T>) -> Result<T, NetError> {
        self.call(Ask::new(Method::GET, self.path(path), Repeat::Safe), read).await
    }

    /// A path below the root of the server's form.
    pub(in crate::net::vsphere) fn path(&self, path: &str) -> String {
        match self.form {
            Form::Api => format!("/api{path}"),
            Form::Rest => format!("/rest{path}"),
        }
    }

    /// Makes one call in the session and returns what `read` makes of its value; none is null.
    ///
    /// A call that changes something ([`Repeat::Write`]) fails with [`NetError::OutcomeUnknown`] where the answer does
    /// not say what became of it.
    pub(in crate::net::vsphere) async fn call<T: Send + 'static>(
        &self,
        ask: Ask,
        read: body::Reader<T>,
    ) -> Result<T, NetError> {
        let Ask { method, path, body, privilege, repeat } = ask;
        let what = format!("{method} {path}");
        let mut headers = self.session_header();
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let body = body.map(Wiped::into_bytes).unwrap_or_default();
        let request = Request { what: &what, method, path: &path, headers, body, limit: LARGEST_ANSWER, repeat };
        let answer = self.http.send(&request).await?;
        let value = self.value(&what, privilege, answer, repeat, read).await;
        value.map_err(|error| repeat.unclear(&self.http.server, &what, error))
    }

    fn session_header(&self) -> HeaderMap {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let value = session.as_ref().and_then(|session| {
            let mut value = Wiped::default();
            value.push(session.expose());
            secret_header(SESSION, value)
        });
        value.into_iter().collect()
    }

    async fn value<T: Send + 'static>(
        &self,
        what: &str,
        privilege: Option<&str>,
        answer: Answer,
        repeat: Repeat,
        read: body::Reader<T>,
    ) -> Result<T, NetError> {
        let (form, status) = (self.form, answer.status);
        let work = move |bytes: &[u8], _: &_| body::said(form, status, bytes, read);
        let (said, told) = self.http.read(what, repeat, answer, work).await?;
        match said {
            Said::Value(value) => value.map_err(|reason| self.unreadable(what, &reason)),
            Said::Refusal(refusal) => Err(refused(&self.http, what, privilege, repeat, &told, &refusal)),
        }
    }

    fn unreadable(&self, what: &str, reason: &str) -> NetError {
        NetError::Response { server: self.http.server.to_string(), what: what.to_owned(), reason: reason.to_owned() }
    }
}

/// What a list of chains has: ids that can be asked for, and entries that cannot.
type Listed = Vec<Result<Segment, TrustedRoot>>;

/// The ids of a list of chains; `None` for null. An entry that is none costs nothing of the others.
fn ids(list: &Tree<'_>) -> Result<Option<Listed>, String> {
    if *list == Tree::Null {
        return Ok(None);
    }
    let list = list.as_list().ok_or("it is not a list")?;
    let id = |(position, entry): (usize, &Tree<'_>)| {
        let lacks = || TrustedRoot::odd("", &format!("entry {position} has no `chain`, or one that is not text"));
        let id = member(entry, "chain").and_then(Tree::as_text).ok_or_else(lacks)?;
        Segment::new(id).map_err(|error| TrustedRoot::odd(id, &error.to_string()))
    };
    if list.is_plain {
        return Err("entry 0 has no `chain`, or one that is not text".to_owned());
    }
    // One more than is taken tells that there are more.
    Ok(Some(list.items.iter().take(MOST_ROOTS + 1).enumerate().map(id).collect()))
}
