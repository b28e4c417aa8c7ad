//! One request of a vCenter: read, struck by faults, answered, written down.

use std::sync::Arc;

use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Response, StatusCode};

use crate::body::Script;
use crate::fault::Mishap;
use crate::soap::{Call, Fault, Service, answer, fault, unreadable};
use crate::state::{Request, Vcenter, World};
use crate::{download, rest, sms, vim};

/// A request, read whole.
pub(crate) struct Incoming {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Incoming {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The value of a cookie, without the quotes vpxd puts around its own.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
        let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.trim_matches('"').to_owned()).next_back()
    }
}

/// An answer before it is sent.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) kind: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn new(status: StatusCode, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, kind, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn empty(status: StatusCode) -> Self {
        Self::new(status, "", Vec::new())
    }

    pub(crate) fn xml(status: StatusCode, body: String) -> Self {
        Self::new(status, "text/xml; charset=utf-8", body)
    }

    /// A page of the proxy in front of the services.
    pub(crate) fn page(status: StatusCode, text: &str) -> Self {
        Self::new(status, "text/html", format!("<html><head><title>{text}</title></head><body>{text}</body></html>"))
    }
}

/// Where a call is made, and with what.
pub(crate) struct Context<'a> {
    pub(crate) world: &'a Arc<World>,
    pub(crate) index: usize,
    /// The session the client says it has; it need not exist.
    pub(crate) token: Option<String>,
    /// Tasks end in an error.
    pub(crate) failing_tasks: bool,
    /// Major and minor version that the client knows, by its `SOAPAction`; without one it knows all.
    pub(crate) known: Option<(u32, u32)>,
}

impl<'a> Context<'a> {
    pub(crate) fn vcenter(&self) -> &'a Vcenter {
        &self.world.vcenters[self.index]
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}

/// What a SOAP method gives back.
#[derive(Default)]
pub(crate) struct Given {
    /// The XML inside the response element.
    pub(crate) content: String,
    /// A new session cookie.
    pub(crate) cookie: Option<String>,
}

impl From<String> for Given {
    fn from(content: String) -> Self {
        Self { content, cookie: None }
    }
}

/// What a request asks for.
enum Asked {
    Soap(Service, Result<Call, String>),
    Other,
}

/// Answers one request; `None` where the connection is to end instead.
pub(crate) async fn serve(world: &Arc<World>, index: usize, request: Incoming) -> Option<Response<Script>> {
    let asked = match request.path.as_str() {
        "/sdk" | "/sdk/" if request.method == Method::POST => Asked::Soap(Service::Vim, Call::read(&request.body)),
        "/sms/sdk" | "/sms/sdk/" if request.method == Method::POST => {
            Asked::Soap(Service::Sms, Call::read(&request.body))
        }
        _ => Asked::Other,
    };
    let operation = match &asked {
        Asked::Soap(_, Ok(call)) => call.method.clone(),
        Asked::Soap(..) | Asked::Other => format!("{} {}", request.method, request.path),
    };
    let mishaps = world.faults.strike(index, &operation);
    for mishap in &mishaps {
        if let Mishap::Latency(time) = mishap {
            tokio::time::sleep(*time).await;
        }
    }
    if mishaps.contains(&Mishap::Reset) {
        world.note(Request { vcenter: index, operation, status: 0 });
        return None;
    }
    let token = token(&request, &asked);
    if mishaps.contains(&Mishap::SessionExpired) {
        token.iter().for_each(|token| drop(world.vcenters[index].state().sessions.remove(token)));
    }
    let failing_tasks = mishaps.contains(&Mishap::TaskError);
    let context = Context { world, index, token, failing_tasks, known: known(&request) };
    let away = world.vcenters[index].state().is_restarting().then_some(Mishap::Unavailable);
    let reply = match instead(&mishaps).or_else(|| instead(away.as_slice())) {
        Some(reply) => reply,
        None => match asked {
            Asked::Soap(service, call) => soap(&context, service, call, &request).await,
            Asked::Other => plain(&context, &request),
        },
    };
    let cut = mishaps.contains(&Mishap::Truncated);
    let status = if cut { 0 } else { reply.status.as_u16() };
    world.note(Request { vcenter: index, operation, status });
    Some(response(reply, &mishaps))
}

/// The version in `urn:sms/8.0.1.0`.
fn known(request: &Incoming) -> Option<(u32, u32)> {
    let version = request.header("soapaction")?.trim_matches('"').split_once('/')?.1;
    let mut numbers = version.split('.').map_while(|part| part.parse().ok());
    Some((numbers.next()?, numbers.next().unwrap_or(0)))
}

/// The session that comes with the request.
fn token(request: &Incoming, asked: &Asked) -> Option<String> {
    match asked {
        Asked::Soap(Service::Sms, call) => call.as_ref().ok().and_then(|call| call.session.clone()),
        Asked::Soap(Service::Vim, _) => request.cookie("vmware_soap_session"),
        Asked::Other => {
            let header = request.header("vmware-api-session-id").map(|value| value.trim_matches('"').to_owned());
            header.or_else(|| request.cookie("vmware-api-session-id"))
        }
    }
}

/// The answer of somebody in between, where one is in between.
fn instead(mishaps: &[Mishap]) -> Option<Reply> {
    mishaps.iter().find_map(|mishap| match mishap {
        Mishap::Unauthorized => Some(Reply::empty(StatusCode::UNAUTHORIZED)),
        Mishap::Unavailable => Some(Reply::page(StatusCode::SERVICE_UNAVAILABLE, "503 Service Unavailable")),
        Mishap::Html => Some(Reply::page(StatusCode::OK, "Welcome to VMware vSphere")),
        Mishap::Garbage => {
            let bytes: Vec<u8> = (0..2000_u16).map(|n| n.wrapping_mul(40_503).to_le_bytes()[1]).collect();
            Some(Reply::new(StatusCode::OK, "text/xml", bytes))
        }
        Mishap::Latency(_)
        | Mishap::Reset
        | Mishap::Truncated
        | Mishap::WrongContentType
        | Mishap::Oversized(_)
        | Mishap::SessionExpired
        | Mishap::TaskError
        | Mishap::SlowDrip(_) => None,
    })
}

fn plain(context: &Context<'_>, request: &Incoming) -> Reply {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/sdk/vimServiceVersions.xml") => vim::versions(context.vcenter().version),
        ("GET", "/certs/download.zip") => download::archive(context.vcenter()),
        ("POST", "/api" | "/api/") => rest::rpc::answer(context, request),
        (_, path) if path.starts_with("/api/") || path.starts_with("/rest/") => rest::answer(context, request),
        _ => Reply::page(StatusCode::NOT_FOUND, "404 Not Found"),
    }
}

async fn soap(context: &Context<'_>, service: Service, call: Result<Call, String>, request: &Incoming) -> Reply {
    let call = match call {
        Ok(call) => call,
        Err(reason) => return Reply::xml(StatusCode::INTERNAL_SERVER_ERROR, unreadable(&reason)),
    };
    let given: Result<Given, Fault> = match service {
        Service::Vim => vim::call(context, &call).await,
        Service::Sms => sms::call(context, &call).await,
    };
    let (mut reply, cookie) = match given {
        Ok(given) => (Reply::xml(StatusCode::OK, answer(service, &call.method, &given.content)), given.cookie),
        Err(error) => (Reply::xml(StatusCode::INTERNAL_SERVER_ERROR, fault(&error)), None),
    };
    // Whoever comes without a cookie is given one, logged in or not; SMS gives its own, which is no session.
    let first = request.cookie("vmware_soap_session").is_none();
    if let Some(value) = cookie.or_else(|| first.then(|| context.world.token())) {
        let value = match service {
            Service::Vim => format!("vmware_soap_session=\"{value}\"; Path=/; HttpOnly; Secure;"),
            Service::Sms => format!("vmware_soap_session={value}; HttpOnly"),
        };
        reply.headers.push(("set-cookie", value));
    }
    reply
}

fn response(reply: Reply, mishaps: &[Mishap]) -> Response<Script> {
    let mut body = Script::new(reply.body);
    let mut kind = reply.kind;
    for mishap in mishaps {
        match mishap {
            Mishap::Truncated => body.truncate(),
            Mishap::WrongContentType => kind = "application/octet-stream",
            Mishap::Oversized(blanks) => body.pad(*blanks),
            Mishap::SlowDrip(pause) => body.drip(*pause),
            Mishap::Latency(_)
            | Mishap::Unauthorized
            | Mishap::Unavailable
            | Mishap::Html
            | Mishap::Garbage
            | Mishap::Reset
            | Mishap::SessionExpired
            | Mishap::TaskError => (),
        }
    }
    let length = body.length();
    let mut response = Response::new(body);
    *response.status_mut() = reply.status;
    let headers = response.headers_mut();
    if reply.status != StatusCode::NO_CONTENT {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    if !kind.is_empty() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    response
}
