//! SOAP faults: what the server says when it says no.

use super::xml::Element;
use crate::net::error::{Fault, NetError};

/// The error of a fault, by the type it really is (`xsi:type` of the detail, not its element name).
pub(super) fn error(server: &str, what: &str, fault: &Element) -> NetError {
    let detail = fault.child("detail").and_then(|detail| detail.children.first());
    let words = fault.text_of("faultstring").unwrap_or_default().trim();
    named(server, what, detail, words)
}

/// The type of a fault's content, without prefix.
pub(super) fn kind(detail: &Element) -> &str {
    // Without xsi:type the element is `{Type}Fault`.
    detail.xsi_type().unwrap_or_else(|| detail.name.strip_suffix("Fault").unwrap_or(&detail.name))
}

/// The privilege a `NoPermission` names: in `privilegeId`, or from 7.0.3 among `missingPrivileges`.
pub(super) fn privilege(detail: &Element) -> Option<String> {
    let newer = || detail.child("missingPrivileges").and_then(|missing| missing.text_of("privilegeIds"));
    detail.text_of("privilegeId").or_else(newer).map(|id| id.trim().to_owned()).filter(|id| !id.is_empty())
}

fn named(server: &str, what: &str, detail: Option<&Element>, words: &str) -> NetError {
    let (server, what) = (server.to_owned(), what.to_owned());
    let Some(detail) = detail else {
        let fault = Fault { server, what, kind: "fault".to_owned(), message: bounded(words), ..Fault::default() };
        return NetError::Fault(Box::new(fault));
    };
    match kind(detail) {
        "InvalidLogin" | "NotAuthenticated" | "InvalidSession" | "AuthConnectionFailed" | "SmsInvalidLogin" => {
            NetError::Unauthenticated { server, reason: bounded(if words.is_empty() { kind(detail) } else { words }) }
        }
        "NoPermission" => NetError::Forbidden {
            server,
            what,
            privilege: privilege(detail),
            object: detail.text_of("object").map(str::to_owned),
        },
        "ManagedObjectNotFound" => NetError::NotFound { server, what },
        "MethodNotFound" | "NotSupported" => NetError::Unsupported { server, what },
        kind => NetError::Fault(Box::new(Fault {
            server,
            what,
            kind: kind.to_owned(),
            message: bounded(words),
            thumbprint: detail.text_of("thumbprint").map(str::to_owned),
            certificate: detail.text_of("certificate").map(str::to_owned),
        })),
    }
}

/// A server's words, as long as a person reads.
fn bounded(words: &str) -> String {
    words.chars().take(500).collect()
}
