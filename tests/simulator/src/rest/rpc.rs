//! The same services as calls of the vAPI runtime (JSON-RPC at `/api`), which is how the SDKs talk.

use hyper::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::{Answer, ApiError, Form, managed_certificates, session};
use crate::route::{Context, Incoming, Reply};

const CERTIFICATES: &str = "com.vmware.vcenter.certificate_management";

/// Answers one call.
pub(crate) fn answer(context: &Context<'_>, request: &Incoming) -> Reply {
    let Ok(call) = serde_json::from_slice::<Value>(&request.body) else {
        return Reply::page(StatusCode::BAD_REQUEST, "400 Bad Request");
    };
    let id = call.get("id").cloned().unwrap_or_default();
    let result = match invoke(context, &call) {
        Ok(output) => json!({ "output": output }),
        Err(error) => json!({ "error": typed_error(&error) }),
    };
    let body = json!({ "jsonrpc": "2.0", "id": id, "result": result });
    Reply::new(StatusCode::OK, "application/json", body.to_string())
}

fn invoke(context: &Context<'_>, call: &Value) -> Result<Value, ApiError> {
    let text = |pointer: &str| call.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let (service, operation) = (text("/params/serviceId"), text("/params/operationId"));
    let own = Context {
        token: Some(text("/params/ctx/securityCtx/sessionId").to_owned()).filter(|token| !token.is_empty()),
        ..*context
    };
    let input = call.pointer("/params/input").map(plain).unwrap_or_default();
    if service == "com.vmware.cis.session" {
        let user = (text("/params/ctx/securityCtx/userName"), text("/params/ctx/securityCtx/password"));
        return session::invoke(&own, operation, user);
    }
    let unknown = || {
        let message = format!("The operation {operation} of {service} is not found.");
        ApiError::new("OPERATION_NOT_FOUND", "vapi.method.input.invalid.interface", message)
    };
    let resource = service.strip_prefix(CERTIFICATES).and_then(|rest| rest.strip_prefix(".vcenter."));
    let resource = resource.filter(|_| context.vcenter().version.has_certificate_management()).ok_or_else(unknown)?;
    let made = as_request(resource, operation, &input).ok_or_else(unknown)?;
    let path = made.path.clone();
    let answered: Answer = managed_certificates(&own, &made, Form::Api, &path);
    answered.map(|(_, value)| typed_answer(service, operation, value))
}

/// A value without its types: structures as objects, optional values as themselves.
fn plain(value: &Value) -> Value {
    match value {
        Value::Array(values) => Value::Array(values.iter().map(plain).collect()),
        Value::Object(fields) => match fields.iter().next() {
            Some((kind, inner)) if kind == "OPTIONAL" || kind == "SECRET" => plain(inner),
            Some((kind, inner)) if kind == "STRUCTURE" => {
                let content = inner.as_object().and_then(|named| named.values().next()).and_then(Value::as_object);
                let fields = content.into_iter().flatten().map(|(name, value)| (name.clone(), plain(value)));
                Value::Object(fields.filter(|(_, value)| !value.is_null()).collect())
            }
            Some(_) | None => value.clone(),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// The request that would have the same meaning.
fn as_request(resource: &str, operation: &str, input: &Value) -> Option<Incoming> {
    let chain = input.get("chain").and_then(Value::as_str).unwrap_or_default();
    let spec = || input.get("spec").cloned().unwrap_or_else(|| json!({}));
    let (method, path, query, body) = match (resource, operation) {
        ("trusted_root_chains", "list") => (Method::GET, "trusted-root-chains".to_owned(), "", Value::Null),
        ("trusted_root_chains", "get") => (Method::GET, format!("trusted-root-chains/{chain}"), "", Value::Null),
        ("trusted_root_chains", "delete") => (Method::DELETE, format!("trusted-root-chains/{chain}"), "", Value::Null),
        ("trusted_root_chains", "create") => (Method::POST, "trusted-root-chains".to_owned(), "", spec()),
        ("tls", "get") => (Method::GET, "tls".to_owned(), "", Value::Null),
        ("tls", "set") => (Method::PUT, "tls".to_owned(), "", spec()),
        ("tls", "renew") => (Method::POST, "tls".to_owned(), "action=renew", input.clone()),
        ("tls", "replace_vmca_signed") => (Method::POST, "tls".to_owned(), "action=replace-vmca-signed", spec()),
        ("tls_csr", "create") => (Method::POST, "tls-csr".to_owned(), "", spec()),
        ("vmca_root", "create") => (Method::POST, "vmca-root".to_owned(), "", spec()),
        ("signing_certificate", "get") => (Method::GET, "signing-certificate".to_owned(), "", Value::Null),
        ("signing_certificate", "set") => (Method::PUT, "signing-certificate".to_owned(), "", spec()),
        ("signing_certificate", "refresh") => {
            (Method::POST, "signing-certificate".to_owned(), "action=refresh", input.clone())
        }
        _ => return None,
    };
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    Some(Incoming { method, path, query: query.to_owned(), headers: hyper::HeaderMap::new(), body })
}

fn structure(name: &str, fields: &Map<String, Value>) -> Value {
    let fields: Map<String, Value> =
        fields.iter().map(|(field, value)| (field.clone(), typed_field(field, value))).collect();
    json!({ "STRUCTURE": { name: fields } })
}

/// A field with its type: everything named a chain of certificates is one.
fn typed_field(field: &str, value: &Value) -> Value {
    match (field, value) {
        ("cert_chain" | "active_cert_chain", Value::Object(fields)) => {
            structure(&format!("{CERTIFICATES}.x509_cert_chain"), fields)
        }
        ("signing_cert_chains", Value::Array(chains)) => {
            Value::Array(chains.iter().map(|chain| typed_field("cert_chain", chain)).collect())
        }
        _ => value.clone(),
    }
}

fn typed_answer(service: &str, operation: &str, value: Value) -> Value {
    let name = match operation {
        "list" => "summary",
        "refresh" => return typed_field("cert_chain", &value),
        _ => "info",
    };
    let name = format!("{service}.{name}");
    match &value {
        Value::Object(fields) => structure(&name, fields),
        Value::Array(values) => {
            let typed =
                values.iter().map(|value| value.as_object().map_or(Value::Null, |fields| structure(&name, fields)));
            Value::Array(typed.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn typed_error(error: &ApiError) -> Value {
    let message = json!({ "STRUCTURE": { "com.vmware.vapi.std.localizable_message": {
        "id": error.id, "default_message": error.message, "args": [],
        "params": { "OPTIONAL": null }, "localized": { "OPTIONAL": null },
    } } });
    let mut fields = json!({
        "messages": [message],
        "data": { "OPTIONAL": null },
        "error_type": { "OPTIONAL": error.kind },
    });
    if error.kind == "UNAUTHENTICATED" {
        fields["challenge"] = json!({ "OPTIONAL": null });
    }
    json!({ "ERROR": { format!("com.vmware.vapi.std.errors.{}", error.kind.to_lowercase()): fields } })
}
