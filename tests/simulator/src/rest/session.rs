//! Sessions of REST: made with basic authentication, named by a header or a cookie.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{ApiError, Form, reply};
use crate::route::{Context, Incoming, Reply};
use crate::state::Wanted;

const COOKIE: &str = "vmware-api-session-id";

/// Login, look-up and logout.
pub(super) fn answer(context: &Context<'_>, request: &Incoming, form: Form) -> Reply {
    match (form, request.method.as_str(), request.query.as_str()) {
        (Form::Rest, "POST", "~action=get") | (Form::Api, "GET", _) => reply(context, form, current(context)),
        (_, "POST", _) => login(context, request, form),
        (_, "DELETE", _) => reply(context, form, logout(context)),
        _ => Reply::empty(StatusCode::METHOD_NOT_ALLOWED),
    }
}

fn login(context: &Context<'_>, request: &Incoming, form: Form) -> Reply {
    let Some((user, password)) = request.header("authorization").and_then(basic) else {
        return reply(context, form, Err(ApiError::unauthenticated()));
    };
    let vcenter = context.vcenter();
    let wanted = if vcenter.version.is_unified() { Wanted::Both } else { Wanted::Rest };
    let token = context.world.token();
    if !vcenter.state().log_in(&token, &user, &password, wanted, context.world.now()) {
        return reply(context, form, Err(ApiError::unauthenticated()));
    }
    let mut made = reply(context, form, Ok((StatusCode::CREATED, Value::String(token.clone()))));
    if form == Form::Rest && request.header("vmware-use-header-authn").is_none() {
        made.headers.push(("set-cookie", format!("{COOKIE}={token};Path=/rest;Secure;HttpOnly")));
    }
    made
}

/// The same as a call of the vAPI runtime.
pub(super) fn invoke(
    context: &Context<'_>,
    operation: &str,
    (user, password): (&str, &str),
) -> Result<Value, ApiError> {
    match operation {
        "create" => {
            let vcenter = context.vcenter();
            let wanted = if vcenter.version.is_unified() { Wanted::Both } else { Wanted::Rest };
            let token = context.world.token();
            let opened = vcenter.state().log_in(&token, user, password, wanted, context.world.now());
            if opened { Ok(json!({ "SECRET": token })) } else { Err(ApiError::unauthenticated()) }
        }
        "get" => Ok(json!({ "STRUCTURE": { "com.vmware.cis.session.info": current(context)?.1 } })),
        "delete" => logout(context).map(|_| Value::Null),
        _ => Err(ApiError::new("OPERATION_NOT_FOUND", "vapi.method.input.invalid", "The operation is not found.")),
    }
}

fn current(context: &Context<'_>) -> super::Answer {
    let state = context.vcenter().state();
    let Some(session) = state.session(context.token(), Wanted::Rest) else { return Err(ApiError::unauthenticated()) };
    let now = context.world.now().to_string();
    let value = json!({
        "user": session.user,
        "created_time": session.created.to_string(),
        "last_accessed_time": now,
    });
    Ok((StatusCode::OK, value))
}

fn logout(context: &Context<'_>) -> super::Answer {
    let mut state = context.vcenter().state();
    if state.session(context.token(), Wanted::Rest).is_none() {
        return Err(ApiError::unauthenticated());
    }
    context.token().iter().for_each(|token| drop(state.sessions.remove(*token)));
    Ok((StatusCode::NO_CONTENT, Value::Null))
}

/// User and password of an `Authorization` header.
pub(crate) fn basic(header: &str) -> Option<(String, String)> {
    let coded = header.strip_prefix("Basic ")?.trim();
    let pair = base64_simd::STANDARD.decode_to_vec(coded).ok()?;
    let pair = String::from_utf8(pair).ok()?;
    pair.split_once(':').map(|(user, password)| (user.to_owned(), password.to_owned()))
}
