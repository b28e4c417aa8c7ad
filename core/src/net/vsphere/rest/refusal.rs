//! The errors of the REST API, of both its forms.

use serde_json::Value;

use crate::net::error::{Fault, NetError};
use crate::net::http::Answer;

/// The error an answer stands for, if any. The body of an error may be empty or a proxy's page.
pub(super) fn refused(server: &str, what: &str, privilege: Option<&str>, answer: &Answer) -> Result<(), NetError> {
    let status = answer.status.as_u16();
    if (200..300).contains(&status) {
        return Ok(());
    }
    let (server, what) = (server.to_owned(), what.to_owned());
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let kind = kind(&body);
    let words = words(&body);
    Err(match (kind.as_deref(), status) {
        (Some("UNAUTHENTICATED"), _) | (None, 401) => {
            let reason = if words.is_empty() { format!("HTTP {status}") } else { words };
            NetError::Unauthenticated { server, reason }
        }
        (Some("UNAUTHORIZED"), _) | (None, 403) => {
            NetError::Forbidden { server, what, privilege: privilege.map(str::to_owned), object: None }
        }
        (Some("NOT_FOUND"), _) | (None, 404) => NetError::NotFound { server, what },
        (Some("OPERATION_NOT_FOUND"), _) | (None, 405 | 501) => NetError::Unsupported { server, what },
        (Some("SERVICE_UNAVAILABLE"), _) | (None, 502..=504) => NetError::Unavailable { server, what, status },
        (Some(kind), _) => NetError::Fault(Box::new(Fault {
            server,
            what,
            kind: kind.chars().take(200).collect(),
            message: words,
            ..Fault::default()
        })),
        (None, _) => NetError::Response { server, what, reason: answer.words() },
    })
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
