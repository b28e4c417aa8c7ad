//! The properties of managed objects, as they stand in an answer.

use std::fmt::Write as _;

use super::{content, session, task};
use crate::route::Context;
use crate::soap::Fault;
use crate::state::{Host, HostState, Privilege, Session, State, Wanted};
use crate::version::Version;
use crate::xml::{escaped, reference, tag};

/// A value with its type.
pub(super) struct Value {
    /// The attributes that name the type.
    kind: String,
    content: String,
}

impl Value {
    fn new(kind: &str, content: String) -> Self {
        Self { kind: format!("xsi:type=\"{kind}\""), content }
    }

    fn text(kind: &str, text: &str) -> Self {
        Self::new(kind, escaped(text).into_owned())
    }

    fn moref(kind: &str, id: &str) -> Self {
        Self { kind: format!("type=\"{kind}\" xsi:type=\"ManagedObjectReference\""), content: escaped(id).into_owned() }
    }

    /// As an element of this name.
    pub(super) fn element(&self, name: &str) -> String {
        format!("<{name} {}>{}</{name}>", self.kind, self.content)
    }
}

/// What reading a property comes to.
pub(super) enum Property {
    Set(Value),
    /// It has no value now.
    Unset,
    /// This user, or now, may not read it.
    Missing(Fault),
    /// There is no such property.
    Invalid,
}

/// Properties that are given when all are asked for.
pub(super) fn every(kind: &str) -> &'static [&'static str] {
    match kind {
        "HostSystem" => &["name", "runtime.connectionState", "runtime.inMaintenanceMode", "config.product"],
        "Task" => &["info"],
        "HostCertificateManager" => &["certificateInfo"],
        "ContainerView" => &["view"],
        _ => &[],
    }
}

/// One property of one object; `None` where there is no such object.
pub(super) fn property(context: &Context<'_>, object: (&str, &str), path: &str) -> Option<Property> {
    let vcenter = context.vcenter();
    match object {
        // These take the lock themselves.
        ("SessionManager", _) if path == "currentSession" => {
            return Some(Property::Set(Value::new("UserSession", session::current(context))));
        }
        ("ServiceInstance", _) if path == "content" => {
            return Some(Property::Set(Value::new("ServiceContent", content::fields(vcenter))));
        }
        _ => (),
    }
    let state = vcenter.state();
    let session = state.session(context.token(), Wanted::Soap)?;
    match object {
        ("HostSystem", id) => {
            let host = state.hosts.get(state.host_by_id(id)?)?;
            Some(host_property(vcenter.version, session, host, path))
        }
        ("HostCertificateManager", id) => {
            let host = state.hosts.get(state.host_by_manager(id)?)?;
            Some(manager_property(context, session, host, path))
        }
        ("Task", id) => {
            let found = state.tasks.get(id)?;
            Some(match path {
                "info" => Property::Set(Value::new("TaskInfo", task::info(id, found))),
                "info.state" => Property::Set(Value::text("TaskInfoState", task::state(found))),
                _ => Property::Invalid,
            })
        }
        ("ContainerView", id) => {
            let hosts = *session.views.get(id)?;
            Some(match path {
                "view" => Property::Set(view(&state, hosts)),
                _ => Property::Invalid,
            })
        }
        _ => None,
    }
}

fn view(state: &State, hosts: bool) -> Value {
    let all = state.hosts.iter().filter(|_| hosts);
    let references = all.map(|host| reference("ManagedObjectReference", "HostSystem", &host.id)).collect();
    Value::new("ArrayOfManagedObjectReference", references)
}

fn host_property(version: Version, session: &Session, host: &Host, path: &str) -> Property {
    let string = |text: &str| Property::Set(Value::text("xsd:string", text));
    match path {
        "name" | "summary.config.name" => string(&host.name),
        "runtime.connectionState" => {
            let text = match host.state {
                HostState::Connected | HostState::Maintenance => "connected",
                HostState::Disconnected => "disconnected",
                HostState::NotResponding => "notResponding",
            };
            Property::Set(Value::text("HostSystemConnectionState", text))
        }
        "runtime.inMaintenanceMode" => {
            let text = if host.state == HostState::Maintenance { "true" } else { "false" };
            Property::Set(Value::text("xsd:boolean", text))
        }
        "config.product" => Property::Set(Value::new("AboutInfo", content::host_about(version))),
        "config.certificate" if !host.is_connected() => Property::Unset,
        "config.certificate" => Property::Set(Value::new("ArrayOfByte", bytes(&host.identity.certificate.to_pem()))),
        "summary.config.sslThumbprint" => string(&host.pinned),
        "summary.config.sslCertificate" if version >= Version::V9_0 => string(&host.identity.certificate.to_pem()),
        "configManager.certificateManager" if session.may(Privilege::HostCertificates) => {
            Property::Set(Value::moref("HostCertificateManager", &host.manager))
        }
        "configManager.certificateManager" => {
            let object = ("HostSystem", host.id.as_str());
            Property::Missing(Fault::no_permission(object, Privilege::HostCertificates.name()))
        }
        _ => Property::Invalid,
    }
}

/// Text as one element for each byte, signed.
fn bytes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 20);
    for byte in text.bytes() {
        // Writing to a string does not fail.
        let _ = write!(out, "<byte>{}</byte>", i8::from_le_bytes([byte]));
    }
    out
}

fn manager_property(context: &Context<'_>, session: &Session, host: &Host, path: &str) -> Property {
    if path != "certificateInfo" {
        return Property::Invalid;
    }
    if !session.may(Privilege::HostCertificates) {
        let object = ("HostCertificateManager", host.manager.as_str());
        return Property::Missing(Fault::no_permission(object, Privilege::HostCertificates.name()));
    }
    let certificate = &host.identity.certificate;
    let days = context.world.now().days_until(certificate.not_after());
    let status = match days {
        ..0 => "expired",
        0..30 => "expirationImminent",
        30..60 => "expiringShortly",
        60..240 => "expiring",
        240.. => "good",
    };
    let kind = context.vcenter().version.has_certificate_kinds().then(|| tag("kind", "Machine"));
    let fields = [
        kind.unwrap_or_default(),
        tag("issuer", &certificate.issuer().to_string()),
        tag("notBefore", &certificate.not_before().to_string()),
        tag("notAfter", &certificate.not_after().to_string()),
        tag("subject", &certificate.subject().to_string()),
        tag("status", status),
    ];
    Property::Set(Value::new("HostCertificateManagerCertificateInfo", fields.concat()))
}
