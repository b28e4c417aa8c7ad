//! The hosts of a vCenter as the property collector gives them.

use super::super::records::HostRecord;
use super::super::soap::moref;
use super::super::xml::Element;
use super::properties::ObjectContent;

/// The properties of a host that make a [`HostRecord`].
pub(super) const HOST_PROPERTIES: [&str; 7] = [
    "name",
    "runtime.connectionState",
    "runtime.inMaintenanceMode",
    "config.product",
    "config.certificate",
    "summary.config.sslThumbprint",
    "configManager.certificateManager",
];

/// One host.
pub(super) fn host(object: ObjectContent) -> HostRecord {
    let product = object.value("config.product");
    HostRecord {
        name: object.text("name"),
        connection_state: object.text("runtime.connectionState"),
        in_maintenance_mode: object.text("runtime.inMaintenanceMode").map(|text| matches!(&*text, "true" | "1")),
        version: product.and_then(|about| about.text_of("version")).map(|text| text.trim().to_owned()),
        certificate: object.value("config.certificate").map(bytes),
        pinned_thumbprint: object.text("summary.config.sslThumbprint").and_then(|text| text.parse().ok()),
        certificate_manager: object.value("configManager.certificateManager").map(moref),
        moref: object.moref,
        missing: object.missing,
    }
}

/// `ArrayOfByte`: one element for each byte, signed; some servers write base64 text instead.
fn bytes(value: &Element) -> Vec<u8> {
    let number = |byte: &Element| byte.text.trim().parse::<i16>().ok().map(|n| n.to_le_bytes()[0]);
    match value.children.first() {
        Some(_) => value.children.iter().filter_map(number).collect(),
        None => value.text.trim().as_bytes().to_vec(),
    }
}
