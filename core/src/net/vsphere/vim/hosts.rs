//! The hosts of a vCenter as the property collector gives them.

use super::super::records::{HostRecord, Missing};
use super::super::wire::soap::moref;
use super::super::wire::xml::Element;
use super::properties::ObjectContent;
use crate::net::http::Http;

/// The thumbprint that vCenter expects; empty where it expects none.
const THUMBPRINT: &str = "summary.config.sslThumbprint";

/// The properties of a host that make a [`HostRecord`].
pub(super) const HOST_PROPERTIES: [&str; 7] = [
    "name",
    "runtime.connectionState",
    "runtime.inMaintenanceMode",
    "config.product",
    "config.certificate",
    THUMBPRINT,
    "configManager.certificateManager",
];

/// One host.
pub(super) fn host(http: &Http, mut object: ObjectContent) -> HostRecord {
    let expected =
        object.text(THUMBPRINT).filter(|text| !text.trim().is_empty()).map(|text| text.parse().map_err(|_| text));
    if let Some(Err(text)) = &expected {
        let fault = format!("`{}` is not a thumbprint", http.words(text));
        object.missing.push(Missing { what: THUMBPRINT.to_owned(), fault, privilege: None });
    }
    let product = object.value("config.product");
    HostRecord {
        name: object.text("name"),
        connection_state: object.text("runtime.connectionState"),
        in_maintenance_mode: object.text("runtime.inMaintenanceMode").map(|text| matches!(&*text, "true" | "1")),
        version: product.and_then(|about| about.text_of("version")).map(|text| text.trim().to_owned()),
        certificate: object.value("config.certificate").map(bytes),
        pinned_thumbprint: expected.and_then(Result::ok),
        certificate_manager: object.value("configManager.certificateManager").map(moref),
        moref: object.moref,
        missing: object.missing,
    }
}

/// `ArrayOfByte`: a list of bytes; some servers write base64 text instead.
fn bytes(value: &Element) -> Vec<u8> {
    match value.bytes() {
        Some(bytes) => bytes.to_vec(),
        None => {
            let text = value.text.trim().as_bytes();
            base64_simd::STANDARD.decode_to_vec(text).unwrap_or_else(|_| text.to_vec())
        }
    }
}
