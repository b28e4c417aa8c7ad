//! One SOAP service: envelopes out, elements or faults back.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};

use super::fault;
use super::xml::{self, Element, XmlError, escaped};
use crate::net::error::NetError;
use crate::net::http::{Http, Read, Repeat, Request, secret_header};
use crate::net::secret::{Secret, Wiped};
use crate::net::vsphere::records::Moref;

/// The largest answer that is read: a thousand hosts with their certificates as lists of bytes fit.
const LARGEST_ANSWER: usize = 64 << 20;

const SESSION_COOKIE: &str = "vmware_soap_session";

/// The longest key of a session that is taken, in bytes.
const LONGEST_COOKIE: usize = 1 << 10;

/// A service with its own cookie. The services of one vCenter must not share theirs: SMS answers with another cookie
/// of the same name.
pub(in crate::net::vsphere) struct Soap {
    pub(in crate::net::vsphere) http: Http,
    path: &'static str,
    namespace: &'static str,
    /// `urn:vim25/8.0.2.0`; the version decides which fields and faults the server knows.
    action: String,
    cookie: Mutex<Option<Secret>>,
    /// The vim session that SMS is called with.
    vc_session: Mutex<Option<Secret>>,
}

impl Soap {
    pub(in crate::net::vsphere) fn new(http: Http, path: &'static str, namespace: &'static str, version: &str) -> Self {
        let action = format!("{namespace}/{version}");
        Self { http, path, namespace, action, cookie: Mutex::default(), vc_session: Mutex::default() }
    }

    /// Calls `method` on `this`; `arguments` are the XML of what follows it, in the order of the schema.
    ///
    /// A call that changes something ([`Repeat::Write`]) fails with [`NetError::OutcomeUnknown`] where the answer does
    /// not say what became of it.
    pub(in crate::net::vsphere) async fn call(
        &self,
        method: &str,
        this: &Moref,
        arguments: &str,
        repeat: Repeat,
    ) -> Result<Element, NetError> {
        self.call_measured(method, this, arguments, repeat).await.map(|(content, _)| content)
    }

    /// The same, with how many bytes the answer had.
    pub(in crate::net::vsphere) async fn call_measured(
        &self,
        method: &str,
        this: &Moref,
        arguments: &str,
        repeat: Repeat,
    ) -> Result<(Element, usize), NetError> {
        let outcome = self.exchange(method, this, arguments, repeat).await;
        outcome.map_err(|error| repeat.unclear(&self.http.server, method, error))
    }

    async fn exchange(
        &self,
        method: &str,
        this: &Moref,
        arguments: &str,
        repeat: Repeat,
    ) -> Result<(Element, usize), NetError> {
        let body = self.envelope(method, this, arguments);
        // Before the headers are made: a cookie that changes in between is newer than that of this call.
        let sent = self.cookie.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let request = Request {
            what: method,
            method: Method::POST,
            path: self.path,
            headers: self.headers(),
            body,
            limit: LARGEST_ANSWER,
            repeat,
        };
        let keep = |headers: &HeaderMap| self.keep_cookie(repeat == Repeat::Login, sent.as_ref(), headers);
        let answer = self.http.send_seeing(&request, keep).await?;
        let (read, told) = self.http.read(method, repeat, answer, xml::envelope).await?;
        let body = self.enveloped(method, repeat, read, &told)?;
        let Some(content) = body.and_then(|body| body.children.into_iter().next()) else {
            return Err(self.unreadable(method, "the envelope has no content".to_owned()));
        };
        if &*content.name == "Fault" {
            return Err(fault::error(&self.http, repeat, method, &content));
        }
        if content.name.strip_suffix("Response") != Some(method) {
            return Err(self.unreadable(method, format!("it is a `{}`", self.words(repeat, &content.name))));
        }
        Ok((content, told.size))
    }

    /// The body of an envelope. A proxy in front of the service answers in HTML, and not always with a telling status.
    fn enveloped(
        &self,
        method: &str,
        repeat: Repeat,
        read: Result<Element, XmlError>,
        told: &Read,
    ) -> Result<Option<Element>, NetError> {
        let server = self.http.server.to_string();
        let status = told.status.as_u16();
        match read {
            Err(error) if error.is_stopped() => Err(self.http.stopped(method)),
            Ok(root) if &*root.name == "Envelope" => Ok(root.children.into_iter().find(|child| &*child.name == "Body")),
            _ if matches!(status, 502..=504) => Err(NetError::Unavailable { server, what: method.to_owned(), status }),
            _ if status == 404 => Err(NetError::NotFound { server, what: self.path.to_owned() }),
            _ if status == 401 => Err(NetError::Unauthenticated { server, reason: "HTTP 401".to_owned() }),
            Ok(root) => {
                let name = self.words(repeat, &root.name);
                Err(self.unreadable(method, format!("{}, and `{name}` is not a SOAP envelope", told.words())))
            }
            Err(error) if repeat == Repeat::Login => {
                let ours = XmlError { words: None, ..error };
                Err(self.unreadable(method, format!("{}, {ours}", told.words())))
            }
            Err(error) => {
                let words = self.http.words(&error.to_string());
                Err(self.unreadable(method, format!("{}, {words}", told.words())))
            }
        }
    }

    /// A server's words, but after a login, when it may have any reason to repeat what it was told.
    fn words(&self, repeat: Repeat, text: &str) -> String {
        if repeat == Repeat::Login { "***".to_owned() } else { self.http.kind(text) }
    }

    fn unreadable(&self, method: &str, reason: String) -> NetError {
        NetError::Response { server: self.http.server.to_string(), what: method.to_owned(), reason }
    }

    fn envelope(&self, method: &str, this: &Moref, arguments: &str) -> Bytes {
        let mut out = Wiped::default();
        out.push(concat!(
            r#"<?xml version="1.0" encoding="UTF-8"?>"#,
            r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" "#,
            r#"xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#,
        ));
        if let Some(session) = &*self.vc_session.lock().unwrap_or_else(PoisonError::into_inner) {
            out.push("<soapenv:Header>");
            out.element("vcSessionCookie", session.expose());
            out.push("</soapenv:Header>");
        }
        let (namespace, kind, id) = (self.namespace, escaped(&this.kind), escaped(&this.id));
        out.push(&format!(r#"<soapenv:Body><{method} xmlns="{namespace}"><_this type="{kind}">{id}</_this>"#));
        out.push(arguments);
        out.push(&format!("</{method}></soapenv:Body></soapenv:Envelope>"));
        out.into_bytes()
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=\"utf-8\""));
        if let Ok(action) = HeaderValue::from_str(&format!("\"{}\"", self.action)) {
            headers.insert(HeaderName::from_static("soapaction"), action);
        }
        let cookie = self.cookie.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = cookie.as_ref().map(|cookie| {
            let mut pair = Wiped::default();
            for part in [SESSION_COOKIE, "=", cookie.expose()] {
                pair.push(part);
            }
            pair
        });
        headers.extend(pair.and_then(|pair| secret_header(COOKIE, pair)));
        headers
    }

    /// The last cookie counts: it may change at the login, and a failed login sets one too. Not so that of another
    /// answer whose request had another cookie than the present: the session was renewed while it was on its way. A
    /// login's own always counts, since calls beside it, without a cookie, are given ones that are no sessions.
    fn keep_cookie(&self, login: bool, sent: Option<&Secret>, headers: &HeaderMap) {
        let values = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut session = values.filter_map(|value| {
            let (name, value) = value.split(';').next()?.split_once('=')?;
            (name.trim() == SESSION_COOKIE).then(|| value.trim().to_owned())
        });
        // A longer one is no session of any server, and would be looked for in every word of it.
        let Some(value) = session.next_back().filter(|value| value.len() <= LONGEST_COOKIE) else { return };
        let mut cookie = self.cookie.lock().unwrap_or_else(PoisonError::into_inner);
        if login || cookie.as_ref().map(Secret::expose) == sent.map(Secret::expose) {
            let key = Secret::from(value);
            self.http.hide_session(&key);
            *cookie = Some(key);
        }
    }

    /// Uses a session that exists already.
    pub(in crate::net::vsphere) fn set_session(&self, cookie: Secret) {
        *self.cookie.lock().unwrap_or_else(PoisonError::into_inner) = Some(cookie);
    }

    /// Uses no session from now on.
    pub(in crate::net::vsphere) fn forget_session(&self) {
        *self.cookie.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The session as other services take it: without the quotes around the cookie.
    pub(in crate::net::vsphere) fn session(&self) -> Option<Secret> {
        let cookie = self.cookie.lock().unwrap_or_else(PoisonError::into_inner);
        cookie.as_ref().map(|cookie| Secret::from(cookie.expose().trim_matches('"').to_owned()))
    }

    /// Sends this vim session in the header of each call.
    pub(in crate::net::vsphere) fn set_vc_session(&self, session: Option<Secret>) {
        *self.vc_session.lock().unwrap_or_else(PoisonError::into_inner) = session;
    }
}

/// A reference as it stands in an answer.
pub(in crate::net::vsphere) fn moref(element: &Element) -> Moref {
    // Of the two attributes called `type`, the one with the xsi prefix says only that it is a reference.
    let mut kinds = element.attributes().filter(|(name, _)| *name == "type").map(|(_, value)| value);
    let kind = kinds.rfind(|kind| !kind.ends_with("ManagedObjectReference")).unwrap_or_default();
    Moref { kind: kind.to_owned(), id: element.text.trim().to_owned() }
}

/// A reference as an argument.
pub(in crate::net::vsphere) fn reference(name: &str, moref: &Moref) -> String {
    format!(r#"<{name} type="{}">{}</{name}>"#, escaped(&moref.kind), escaped(&moref.id))
}

/// The `returnval` of an answer.
pub(in crate::net::vsphere) fn returned<'a>(
    http: &Http,
    method: &str,
    answer: &'a Element,
) -> Result<&'a Element, NetError> {
    answer.child("returnval").ok_or_else(|| NetError::Response {
        server: http.server.to_string(),
        what: method.to_owned(),
        reason: "it has no value".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::endpoint::Endpoint;
    use crate::net::control::Cancel;
    use crate::net::dial::ConnectTo;
    use crate::net::trust::ServerTrust;

    #[test]
    fn an_answer_that_is_late_does_not_replace_a_newer_session() {
        let endpoint = Endpoint::new("vc01", 443).expect("a host");
        let (to, limit) = (ConnectTo::default(), Duration::from_secs(1));
        let http = Http::new(&endpoint, ServerTrust::Insecure, &to, limit, Cancel::default()).expect("a client");
        let soap = Soap::new(http, "/sdk", "urn:vim25", "8.0.1.0");
        let answer = |cookie: &str| {
            let value = format!("vmware_soap_session=\"{cookie}\"; Path=/; HttpOnly; Secure;");
            HeaderMap::from_iter([(SET_COOKIE, HeaderValue::from_str(&value).expect("a value"))])
        };
        let now = || soap.session().map(|session| session.expose().to_owned());
        soap.keep_cookie(false, None, &answer("first"));
        assert_eq!(now().as_deref(), Some("first"));
        let old = Secret::from("\"first\"".to_owned());
        // A call without a cookie is answered while a login is on its way, which was sent without one too.
        soap.forget_session();
        soap.keep_cookie(false, None, &answer("junk"));
        soap.keep_cookie(true, None, &answer("session"));
        assert_eq!(now().as_deref(), Some("session"));
        soap.keep_cookie(false, None, &answer("junk"));
        soap.keep_cookie(false, Some(&old), &answer("junk"));
        assert_eq!(now().as_deref(), Some("session"));
    }
}
