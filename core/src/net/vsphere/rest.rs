//! The REST API in both its forms: `/api` from 7.0 U2, `/rest` before it.

use std::sync::{Mutex, PoisonError};

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, SET_COOKIE};
use serde_json::Value;

use super::records::TrustedRoot;
use crate::net::error::{Fault, NetError};
use crate::net::http::{Answer, Http, Repeat, Request, secret_header};
use crate::net::secret::Secret;

/// The largest answer that is read.
const LARGEST_ANSWER: usize = 16 << 20;

/// Header of the session, on every call.
const SESSION: HeaderName = HeaderName::from_static("vmware-api-session-id");

/// Which form the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `/api`: values stand alone.
    Api,
    /// `/rest`: values stand in `{"value": ...}`.
    Rest,
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
        for (form, path) in [(Form::Api, "/api/session"), (Form::Rest, "/rest/com/vmware/cis/session")] {
            let rest = Self { http: http.clone(), form, session: Mutex::default() };
            match rest.open(path, user, password).await {
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

    async fn open(&self, path: &str, user: &str, password: &Secret) -> Result<(), NetError> {
        let mut headers = HeaderMap::new();
        let pair = format!("{user}:{}", password.expose());
        let basic = format!("Basic {}", base64_simd::STANDARD.encode_to_string(pair));
        headers.extend(secret_header(AUTHORIZATION, &basic));
        let what = format!("POST {path}");
        let (method, body, repeat) = (Method::POST, Vec::new(), Repeat::Login);
        let request = Request { what: &what, method, path, headers, body, limit: LARGEST_ANSWER, repeat };
        // The cookie comes with the headers, and is what a session can be closed by whose answer is lost after them.
        let answer = self.http.send_seeing(&request, |headers| self.keep_cookie(headers)).await?;
        let value = self.value(&what, &answer)?;
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

    /// Uses this session from now on.
    pub(super) fn set_session(&self, session: Secret) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
    }

    /// Ends the session and forgets it. Nothing is asked where there is none.
    pub(super) async fn logout(&self) -> Result<(), NetError> {
        let what = format!("DELETE {}", self.session_path());
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
        let answer = self.request(what, Method::DELETE, self.session_path(), headers, Repeat::Last).await?;
        // A page with status 200 is not the service's word: it answers nothing at all.
        match answer.status.as_u16() {
            200 if !answer.body.is_empty() => Err(NetError::Unauthenticated {
                server: self.http.server.to_string(),
                reason: "the session was not ended".to_owned(),
            }),
            _ => self.refused(what, &answer),
        }
    }

    const fn session_path(&self) -> &'static str {
        match self.form {
            Form::Api => "/api/session",
            Form::Rest => "/rest/com/vmware/cis/session",
        }
    }

    /// Opens the session anew after it was lost. The former is ended, should it be open after all.
    pub(super) async fn renew(&self, user: &str, password: &Secret) -> Result<(), NetError> {
        let _ = self.logout().await;
        self.open(self.session_path(), user, password).await
    }

    /// The ids of the trusted root chains.
    pub(super) async fn trusted_root_ids(&self) -> Result<Vec<String>, NetError> {
        let list = self.get("/vcenter/certificate-management/vcenter/trusted-root-chains").await?;
        // Right after a change the list has been seen as null.
        let entries = list.as_array().cloned().unwrap_or_default();
        Ok(entries.iter().filter_map(|entry| entry.get("chain")?.as_str().map(str::to_owned)).collect())
    }

    /// One trusted root chain.
    pub(super) async fn trusted_root(&self, id: &str) -> Result<TrustedRoot, NetError> {
        let path = format!("/vcenter/certificate-management/vcenter/trusted-root-chains/{}", segment(id));
        let value = self.get(&path).await?;
        // The name is doubled on the wire.
        let chain = value.pointer("/cert_chain/cert_chain").and_then(Value::as_array);
        let Some(chain) = chain else {
            return Err(self.unreadable("GET trusted-root-chains", "it has no `cert_chain.cert_chain`"));
        };
        let pem = chain.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect();
        Ok(TrustedRoot { id: id.to_owned(), pem })
    }

    async fn get(&self, path: &str) -> Result<Value, NetError> {
        let prefix = match self.form {
            Form::Api => "/api",
            Form::Rest => "/rest",
        };
        let path = format!("{prefix}{path}");
        let what = format!("GET {path}");
        let answer = self.request(&what, Method::GET, &path, self.session_header(), Repeat::Safe).await?;
        self.value(&what, &answer)
    }

    fn session_header(&self) -> HeaderMap {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session.as_ref().and_then(|session| secret_header(SESSION, session.expose())).into_iter().collect()
    }

    async fn request(
        &self,
        what: &str,
        method: Method,
        path: &str,
        headers: HeaderMap,
        repeat: Repeat,
    ) -> Result<Answer, NetError> {
        let request = Request { what, method, path, headers, body: Vec::new(), limit: LARGEST_ANSWER, repeat };
        self.http.send(&request).await
    }

    fn value(&self, what: &str, answer: &Answer) -> Result<Value, NetError> {
        self.refused(what, answer)?;
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

    /// The error an answer stands for, if any. The body of an error may be empty or a proxy's page.
    fn refused(&self, what: &str, answer: &Answer) -> Result<(), NetError> {
        let status = answer.status.as_u16();
        if (200..300).contains(&status) {
            return Ok(());
        }
        let (server, what) = (self.http.server.to_string(), what.to_owned());
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let kind = kind(&body);
        let words = words(&body);
        Err(match (kind.as_deref(), status) {
            (Some("UNAUTHENTICATED"), _) | (None, 401) => {
                let reason = if words.is_empty() { format!("HTTP {status}") } else { words };
                NetError::Unauthenticated { server, reason }
            }
            (Some("UNAUTHORIZED"), _) | (None, 403) => {
                NetError::Forbidden { server, privilege: privilege(&what), what, object: None }
            }
            (Some("NOT_FOUND"), _) | (None, 404) => NetError::NotFound { server, what },
            (Some("OPERATION_NOT_FOUND" | "UNSUPPORTED"), _) | (None, 405 | 501) => {
                NetError::Unsupported { server, what }
            }
            (Some("SERVICE_UNAVAILABLE"), _) | (None, 502..=504) => NetError::Unavailable { server, what, status },
            (Some(kind), _) => NetError::Fault(Box::new(Fault {
                server,
                what,
                kind: kind.to_owned(),
                message: words,
                ..Fault::default()
            })),
            (None, _) => NetError::Response { server, what, reason: format!("HTTP {status}") },
        })
    }

    fn unreadable(&self, what: &str, reason: &str) -> NetError {
        NetError::Response { server: self.http.server.to_string(), what: what.to_owned(), reason: reason.to_owned() }
    }
}

/// The error's type in the words of `/api`: `/rest` writes `com.vmware.vapi.std.errors.not_found`.
fn kind(body: &Value) -> Option<String> {
    let new = body.get("error_type").and_then(Value::as_str).map(str::to_owned);
    let old = || Some(body.get("type")?.as_str()?.rsplit('.').next()?.to_uppercase());
    new.or_else(old)
}

fn words(body: &Value) -> String {
    let messages = body.get("messages").or_else(|| body.pointer("/value/messages")).and_then(Value::as_array);
    let texts = messages.into_iter().flatten().filter_map(|one| one.get("default_message")?.as_str());
    texts.collect::<Vec<_>>().join("; ").chars().take(500).collect()
}

/// The privilege a reading call needs: the answer does not name it.
fn privilege(what: &str) -> Option<String> {
    what.starts_with("GET ").then(|| "System.Read".to_owned())
}

/// An id as one segment of a path. Ids are opaque, and older ones are not hexadecimal.
fn segment(id: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    id.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
