//! The errors of the REST API, of both its forms.

use super::body::Refusal;
use crate::net::error::{Fault, NetError};
use crate::net::http::{Http, Read, Repeat};

/// The longest type of an error, in characters.
const LONGEST_KIND: usize = 200;

/// The types of `vapi.std.errors`. After a login no other is repeated: the server has just been told a password, and
/// may say it in any way.
const KNOWN: [&str; 14] = [
    "ALREADY_EXISTS",
    "ALREADY_IN_DESIRED_STATE",
    "CANCELED",
    "ERROR",
    "INTERNAL_SERVER_ERROR",
    "INVALID_ARGUMENT",
    "INVALID_REQUEST",
    "NOT_ALLOWED_IN_CURRENT_STATE",
    "RESOURCE_BUSY",
    "RESOURCE_INACCESSIBLE",
    "TIMED_OUT",
    "UNABLE_TO_ALLOCATE_RESOURCE",
    "UNEXPECTED_INPUT",
    "UNSUPPORTED",
];

/// The error an answer stands for.
pub(in crate::net::vsphere) fn refused(
    http: &Http,
    what: &str,
    privilege: Option<&str>,
    repeat: Repeat,
    told: &Read,
    refusal: &Refusal,
) -> NetError {
    let status = told.status.as_u16();
    let (server, what) = (http.server.to_string(), what.to_owned());
    let is_login = repeat == Repeat::Login;
    let words = if is_login { String::new() } else { http.words(&refusal.words) };
    match (refusal.kind.as_deref(), status) {
        (Some("UNAUTHENTICATED"), _) | (None, 401) => {
            let reason = match (is_login, words.is_empty()) {
                (true, _) => format!("the user or the password is wrong (HTTP {status})"),
                (false, true) => format!("HTTP {status}"),
                (false, false) => words,
            };
            NetError::Unauthenticated { server, reason }
        }
        (Some("UNAUTHORIZED"), _) | (None, 403) => {
            NetError::Forbidden { server, what, privilege: privilege.map(str::to_owned), object: None }
        }
        (Some("NOT_FOUND"), _) | (None, 404) => NetError::NotFound { server, what },
        (Some("OPERATION_NOT_FOUND"), _) | (None, 405 | 501) => NetError::Unsupported { server, what },
        (Some("SERVICE_UNAVAILABLE"), _) | (None, 502..=504) => NetError::Unavailable { server, what, status },
        (Some(kind), _) => {
            let known = || KNOWN.into_iter().find(|known| *known == kind).unwrap_or("error").to_owned();
            let kind = if is_login { known() } else { http.kind(kind).chars().take(LONGEST_KIND).collect() };
            NetError::Fault(Box::new(Fault { server, what, kind, message: words, ..Fault::default() }))
        }
        (None, _) => NetError::Response { server, what, reason: told.words() },
    }
}
