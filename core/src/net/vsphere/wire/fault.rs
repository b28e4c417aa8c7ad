//! SOAP faults: what the server says when it says no.

use super::soap::moref;
use super::xml::Element;
use crate::net::error::{Fault, NetError, OLD_PASSWORD, WRONG_LOGIN};
use crate::net::http::{Http, Repeat};

/// The longest PEM text of a certificate in a fault, in characters.
const LONGEST_CERTIFICATE: usize = 64 << 10;

/// The longest thumbprint in a fault, in characters.
const LONGEST_THUMBPRINT: usize = 200;

/// What a login is refused with. Of another fault the type is not repeated either: the server has just been told a
/// password, and may say it in any way.
const AT_LOGIN: [&str; 10] = [
    "InvalidLogin",
    "NoPermission",
    "NotAuthenticated",
    "InvalidSession",
    "InvalidLocale",
    "AuthConnectionFailed",
    "PasswordExpired",
    "InvalidRequest",
    "NotSupported",
    "MethodNotFound",
];

/// The error of a fault, by the type it really is (`xsi:type` of the detail, not its element name). After a login
/// nothing of it is repeated but a type that is known.
pub(in crate::net::vsphere) fn error(http: &Http, repeat: Repeat, what: &str, fault: &Element) -> NetError {
    let detail = fault.child("detail").and_then(|detail| detail.children.first());
    if repeat == Repeat::Login {
        return refused_login(http, what, detail);
    }
    let words = fault.text_of("faultstring").unwrap_or_default().trim();
    named(http, what, detail, words)
}

fn refused_login(http: &Http, what: &str, detail: Option<&Element>) -> NetError {
    let (server, what) = (http.server.to_string(), what.to_owned());
    let known = detail.and_then(|detail| AT_LOGIN.into_iter().find(|known| *known == kind(detail)));
    match known {
        Some("InvalidLogin") => NetError::Unauthenticated { server, reason: WRONG_LOGIN.to_owned() },
        Some(OLD_PASSWORD) => NetError::Unauthenticated { server, reason: OLD_PASSWORD.to_owned() },
        Some(kind @ ("NotAuthenticated" | "InvalidSession" | "AuthConnectionFailed")) => {
            NetError::Unauthenticated { server, reason: kind.to_owned() }
        }
        Some("NoPermission") => NetError::Forbidden { server, what, privilege: None, object: None },
        Some("MethodNotFound" | "NotSupported") => NetError::Unsupported { server, what },
        other => {
            let kind = other.unwrap_or("fault").to_owned();
            NetError::Fault(Box::new(Fault { server, what, kind, ..Fault::default() }))
        }
    }
}

/// Why a task failed, by its `error`, a `LocalizedMethodFault`. That a password was wrong is said of the host or the
/// provider then, and not of this session.
pub(in crate::net::vsphere) fn of_task(http: &Http, what: &str, error: Option<&Element>) -> NetError {
    let detail = error.and_then(|localized| localized.child("fault"));
    let words = error.and_then(|localized| localized.text_of("localizedMessage")).unwrap_or_default().trim();
    match detail.map(kind) {
        Some("InvalidLogin" | "NotAuthenticated" | "InvalidSession" | "AuthConnectionFailed" | "SmsInvalidLogin")
        | Some("ManagedObjectNotFound") => fault(http, what, detail, words),
        _ => named(http, what, detail, words),
    }
}

/// The type of a fault's content, without prefix.
pub(in crate::net::vsphere) fn kind(detail: &Element) -> &str {
    // Without xsi:type the element is `{Type}Fault`.
    detail.xsi_type().unwrap_or_else(|| detail.name.strip_suffix("Fault").unwrap_or(&detail.name))
}

/// The privilege a `NoPermission` names: in `privilegeId`, or from 7.0.3 among `missingPrivileges`.
pub(in crate::net::vsphere) fn privilege(http: &Http, detail: &Element) -> Option<String> {
    let newer = || detail.child("missingPrivileges").and_then(|missing| missing.text_of("privilegeIds"));
    let id = detail.text_of("privilegeId").or_else(newer);
    id.map(|id| http.words(id.trim())).filter(|id| !id.is_empty())
}

fn named(http: &Http, what: &str, detail: Option<&Element>, words: &str) -> NetError {
    let Some(found) = detail else { return fault(http, what, None, words) };
    let (server, what) = (http.server.to_string(), what.to_owned());
    match kind(found) {
        "InvalidLogin" | "NotAuthenticated" | "InvalidSession" | "AuthConnectionFailed" | "SmsInvalidLogin" => {
            NetError::Unauthenticated {
                server,
                reason: if words.is_empty() { http.kind(kind(found)) } else { http.words(words) },
            }
        }
        "NoPermission" => NetError::Forbidden {
            server,
            what,
            privilege: privilege(http, found),
            object: found.text_of("object").map(|object| http.words(object)),
        },
        // The method is there, and what it was called on is gone.
        "ManagedObjectNotFound" => NetError::NotFound { server, what: gone(http, found).unwrap_or(what) },
        "MethodNotFound" | "NotSupported" => NetError::Unsupported { server, what },
        _ => fault(http, &what, detail, words),
    }
}

/// The object that a `ManagedObjectNotFound` names: `VasaProvider:provider-7`.
fn gone(http: &Http, detail: &Element) -> Option<String> {
    let object = moref(detail.child("obj")?);
    Some(http.words(&object.to_string())).filter(|_| !object.id.is_empty())
}

fn fault(http: &Http, what: &str, detail: Option<&Element>, words: &str) -> NetError {
    let text = |name: &str| detail?.text_of(name).map(str::trim);
    NetError::Fault(Box::new(Fault {
        server: http.server.to_string(),
        what: what.to_owned(),
        kind: http.kind(detail.map_or("fault", kind)),
        message: http.words(words),
        thumbprint: text("thumbprint").map(|text| http.words(text).chars().take(LONGEST_THUMBPRINT).collect()),
        certificate: text("certificate").map(|text| http.lines(text, LONGEST_CERTIFICATE)),
    }))
}
