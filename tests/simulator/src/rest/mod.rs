//! REST: sessions and certificate management, under `/api` and under `/rest`.

mod body;
mod roots;
pub(crate) mod rpc;
mod session;
mod signing;
mod tls;
mod vmca;

pub(crate) use session::basic;

use hyper::StatusCode;
use serde_json::{Value, json};

use crate::route::{Context, Incoming, Reply};
use crate::state::{Privilege, Session, Wanted};

/// Which of the two forms a request has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Values stand alone.
    Api,
    /// Values stand in `{"value": ...}`.
    Rest,
}

/// An error of the vAPI runtime.
pub(super) struct ApiError {
    /// `NOT_FOUND` and the like.
    kind: &'static str,
    /// The message's id.
    id: &'static str,
    message: String,
}

impl ApiError {
    pub(super) fn new(kind: &'static str, id: &'static str, message: impl Into<String>) -> Self {
        Self { kind, id, message: message.into() }
    }

    pub(super) fn unauthenticated() -> Self {
        let id = "com.vmware.vapi.endpoint.method.authentication.required";
        Self::new("UNAUTHENTICATED", id, "Authentication required.")
    }

    fn status(&self) -> StatusCode {
        match self.kind {
            "UNAUTHENTICATED" => StatusCode::UNAUTHORIZED,
            "UNAUTHORIZED" => StatusCode::FORBIDDEN,
            "NOT_FOUND" | "OPERATION_NOT_FOUND" => StatusCode::NOT_FOUND,
            "ERROR" => StatusCode::INTERNAL_SERVER_ERROR,
            // ALREADY_EXISTS, INVALID_ARGUMENT, UNEXPECTED_INPUT and their like.
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

/// A value and the status it has under `/api`; everything is 200 under `/rest`.
pub(super) type Answer = Result<(StatusCode, Value), ApiError>;

/// Answers a request whose path begins with `/api/` or `/rest/`.
pub(crate) fn answer(context: &Context<'_>, request: &Incoming) -> Reply {
    let (form, path) = match request.path.strip_prefix("/api") {
        Some(path) => (Form::Api, path),
        None => (Form::Rest, request.path.strip_prefix("/rest").unwrap_or(&request.path)),
    };
    let version = context.vcenter().version;
    if form == Form::Api && !version.has_api() {
        return Reply::page(StatusCode::NOT_FOUND, "404 Not Found");
    }
    let session = match form {
        Form::Api => "/session",
        Form::Rest => "/com/vmware/cis/session",
    };
    if path == session {
        return session::answer(context, request, form);
    }
    let managed = path.strip_prefix("/vcenter/certificate-management/vcenter/");
    let answer = match managed.filter(|_| version.has_certificate_management()) {
        Some(rest) => managed_certificates(context, request, form, rest),
        None => {
            Err(ApiError::new("NOT_FOUND", "com.vmware.vapi.rest.httpNotFound", format!("Not found: {}", request.path)))
        }
    };
    reply(context, form, answer)
}

/// Answers what lies below `certificate-management/vcenter/`.
fn managed_certificates(context: &Context<'_>, request: &Incoming, form: Form, rest: &str) -> Answer {
    let (resource, id) = rest.split_once('/').map_or((rest, None), |(resource, id)| (resource, Some(id)));
    // The first form names an action by `action`, the older by `~action`.
    let query = request.query.trim_start_matches('~');
    let signs = context.vcenter().version.has_api();
    match (request.method.as_str(), resource, id, query) {
        ("GET", "trusted-root-chains", None, _) => roots::list(context),
        ("POST", "trusted-root-chains", None, "") => roots::create(context, request, form),
        ("GET", "trusted-root-chains", Some(id), _) => roots::get(context, id),
        ("DELETE", "trusted-root-chains", Some(id), _) => roots::delete(context, id),
        ("GET", "tls", None, _) => tls::get(context),
        ("PUT", "tls", None, _) => tls::set(context, request, form),
        ("POST", "tls", None, "action=renew") => tls::renew(context, request, form),
        ("POST", "tls", None, "action=replace-vmca-signed") => tls::issue_again(context, request, form),
        ("POST", "tls-csr", None, _) => tls::request(context, request, form),
        ("POST", "vmca-root", None, _) => vmca::create(context, request, form),
        ("GET", "signing-certificate", None, _) if signs => signing::get(context),
        ("PUT", "signing-certificate", None, _) if signs => signing::set(context, request, form),
        ("POST", "signing-certificate", None, "action=refresh") if signs => signing::refresh(context, request, form),
        _ => Err(ApiError::new(
            "OPERATION_NOT_FOUND",
            "com.vmware.vapi.rest.httpNotFound",
            format!("Not found: {} {}", request.method, request.path),
        )),
    }
}

/// Every certificate of a PEM text; `None` where one cannot be read, or there is none.
pub(crate) fn pem_certificates(text: &str) -> Option<Vec<vitrust::Certificate>> {
    body::certificates(text).ok()
}

/// Whether the session exists and its user has this privilege.
pub(super) fn allowed(context: &Context<'_>, privilege: Privilege) -> Result<(), ApiError> {
    let state = context.vcenter().state();
    let Some(session) = state.session(context.token(), Wanted::Rest) else { return Err(ApiError::unauthenticated()) };
    if Session::may(session, privilege) {
        return Ok(());
    }
    Err(ApiError::new(
        "UNAUTHORIZED",
        "com.vmware.vapi.endpoint.method.authorization.denied",
        format!("Unable to authorize user: the privilege {} is missing.", privilege.name()),
    ))
}

pub(super) fn reply(context: &Context<'_>, form: Form, answer: Answer) -> Reply {
    match answer {
        Ok((status, value)) => success(form, status, value),
        Err(error) => refusal(context, form, &error),
    }
}

fn success(form: Form, status: StatusCode, value: Value) -> Reply {
    match (form, value) {
        (Form::Api, Value::Null) => Reply::empty(status),
        (Form::Rest, Value::Null) => Reply::empty(StatusCode::OK),
        (Form::Api, value) => Reply::new(status, "application/json", value.to_string()),
        (Form::Rest, value) => Reply::new(StatusCode::OK, "application/json", json!({ "value": value }).to_string()),
    }
}

fn refusal(context: &Context<'_>, form: Form, error: &ApiError) -> Reply {
    let name = &context.vcenter().name;
    let messages = json!([{ "id": error.id, "default_message": error.message, "args": [] }]);
    let challenge = format!(
        "Basic realm=\"VAPI endpoint\",SIGN realm=5a6f,service=\"VAPI endpoint\",\
         sts=\"https://{name}/sts/STSService/vsphere.local\""
    );
    let unauthenticated = error.status() == StatusCode::UNAUTHORIZED;
    let body = match form {
        Form::Api if unauthenticated => {
            json!({ "error_type": error.kind, "messages": messages, "challenge": challenge })
        }
        Form::Api => json!({ "error_type": error.kind, "messages": messages }),
        Form::Rest => json!({
            "type": format!("com.vmware.vapi.std.errors.{}", error.kind.to_lowercase()),
            "value": { "messages": messages },
        }),
    };
    let mut reply = Reply::new(error.status(), "application/json", body.to_string());
    if unauthenticated {
        reply.headers.push(("www-authenticate", challenge));
    }
    reply
}
