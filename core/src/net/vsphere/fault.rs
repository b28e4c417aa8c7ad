//! SOAP faults: what the server says when it says no.

use super::soap::moref;
use super::xml::Element;
use crate::net::error::{Fault, NetError};
use crate::net::http::bounded;

/// The longest PEM text of a certificate in a fault, in characters.
const LONGEST_CERTIFICATE: usize = 64 << 10;

/// The error of a fault, by the type it really is (`xsi:type` of the detail, not its element name).
pub(super) fn error(server: &str, what: &str, fault: &Element) -> NetError {
    let detail = fault.child("detail").and_then(|detail| detail.children.first());
    let words = fault.text_of("faultstring").unwrap_or_default().trim();
    named(server, what, detail, words)
}

/// Why a task failed, by its `error`, a `LocalizedMethodFault`. That a password was wrong is said of the host or the
/// provider then, and not of this session.
pub(super) fn of_task(server: &str, what: &str, error: Option<&Element>) -> NetError {
    let detail = error.and_then(|localized| localized.child("fault"));
    let words = error.and_then(|localized| localized.text_of("localizedMessage")).unwrap_or_default().trim();
    match detail.map(kind) {
        Some("InvalidLogin" | "NotAuthenticated" | "InvalidSession" | "AuthConnectionFailed" | "SmsInvalidLogin")
        | Some("ManagedObjectNotFound") => fault(server, what, detail, words),
        _ => named(server, what, detail, words),
    }
}

/// The type of a fault's content, without prefix.
pub(super) fn kind(detail: &Element) -> &str {
    // Without xsi:type the element is `{Type}Fault`.
    detail.xsi_type().unwrap_or_else(|| detail.name.strip_suffix("Fault").unwrap_or(&detail.name))
}

/// The privilege a `NoPermission` names: in `privilegeId`, or from 7.0.3 among `missingPrivileges`.
pub(super) fn privilege(detail: &Element) -> Option<String> {
    let newer = || detail.child("missingPrivileges").and_then(|missing| missing.text_of("privilegeIds"));
    detail.text_of("privilegeId").or_else(newer).map(|id| bounded(id.trim())).filter(|id| !id.is_empty())
}

fn named(server: &str, what: &str, detail: Option<&Element>, words: &str) -> NetError {
    let Some(found) = detail else { return fault(server, what, None, words) };
    let (server, what) = (server.to_owned(), what.to_owned());
    match kind(found) {
        "InvalidLogin" | "NotAuthenticated" | "InvalidSession" | "AuthConnectionFailed" | "SmsInvalidLogin" => {
            NetError::Unauthenticated { server, reason: bounded(if words.is_empty() { kind(found) } else { words }) }
        }
        "NoPermission" => NetError::Forbidden {
            server,
            what,
            privilege: privilege(found),
            object: found.text_of("object").map(bounded),
        },
        // The method is there, and what it was called on is gone.
        "ManagedObjectNotFound" => NetError::NotFound { server, what: gone(found).unwrap_or(what) },
        "MethodNotFound" | "NotSupported" => NetError::Unsupported { server, what },
        _ => fault(&server, &what, detail, words),
    }
}

/// The object that a `ManagedObjectNotFound` names: `VasaProvider:provider-7`.
fn gone(detail: &Element) -> Option<String> {
    let object = moref(detail.child("obj")?);
    Some(bounded(&object.to_string())).filter(|_| !object.id.is_empty())
}

fn fault(server: &str, what: &str, detail: Option<&Element>, words: &str) -> NetError {
    let text = |name: &str, most: usize| Some(detail?.text_of(name)?.trim().chars().take(most).collect());
    NetError::Fault(Box::new(Fault {
        server: server.to_owned(),
        what: what.to_owned(),
        kind: bounded(detail.map_or("fault", kind)),
        message: bounded(words),
        thumbprint: text("thumbprint", 200),
        certificate: text("certificate", LONGEST_CERTIFICATE),
    }))
}
