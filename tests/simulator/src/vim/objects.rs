//! Every managed object, and what each of its properties comes to.

use super::inventory::Moref;
use super::value::{Property, Value};
use super::{alarms, content, events, inventory, session, task, view};
use crate::der::reversed;
use crate::route::Context;
use crate::soap::Fault;
use crate::state::{Host, Privilege, Session, Wanted};

/// Properties that are given when all are asked for.
pub(super) fn every(kind: &str) -> Vec<&'static str> {
    match kind {
        "Task" => vec!["info"],
        "Alarm" => vec!["info"],
        "HostCertificateManager" => vec!["certificateInfo"],
        "ContainerView" => vec!["container", "recursive", "type", "view"],
        "ServiceInstance" => vec!["serverClock", "content"],
        "SessionManager" => vec!["currentSession"],
        "EventManager" => vec!["description", "latestEvent", "maxCollector"],
        "EventHistoryCollector" => vec!["latestPage"],
        _ => inventory::every(kind),
    }
}

/// One property of one object; `None` where there is no such object.
pub(super) fn property(context: &Context<'_>, object: &Moref, path: &str) -> Option<Property> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let found = root(context, object, first)?;
    Some(match (found, rest) {
        (Property::Set(value), Some(rest)) => value.at(rest),
        (found, _) => found,
    })
}

fn root(context: &Context<'_>, object: &Moref, first: &str) -> Option<Property> {
    let vcenter = context.vcenter();
    let set = |value: Value| Some(Property::Set(value));
    match (object.0.as_str(), first) {
        // These take the lock themselves.
        ("SessionManager", "currentSession") => {
            return set(Value::Written("UserSession".to_owned(), session::current(context)));
        }
        ("ServiceInstance", "content") => {
            return set(Value::Written("ServiceContent".to_owned(), content::fields(vcenter)));
        }
        ("ServiceInstance", "serverClock") => return set(Value::Text("xsd:dateTime", context.world.now().to_string())),
        _ => (),
    }
    let state = vcenter.state();
    let session = state.session(context.token(), Wanted::Soap)?;
    let id = object.1.as_str();
    match object.0.as_str() {
        "HostCertificateManager" => {
            let host = state.hosts.get(state.host_by_manager(id)?)?;
            Some(manager_property(context, session, host, first))
        }
        "Task" => Some(match first {
            "info" => Property::Set(task::info(id, state.tasks.get(id)?)),
            _ => Property::Invalid,
        }),
        "Alarm" => alarms::property(&state, id, first),
        "EventManager" => Some(events::property(&state, first)),
        "EventHistoryCollector" => events::collector_property(&state, session, id, first),
        "ContainerView" => Some(view::property(&state, session.views.get(id)?, first)),
        "ServiceInstance" | "SessionManager" => Some(Property::Invalid),
        _ => inventory::property(vcenter, &state, session, object, first),
    }
}

fn manager_property(context: &Context<'_>, session: &Session, host: &Host, first: &str) -> Property {
    if first != "certificateInfo" {
        return Property::Invalid;
    }
    if !session.may(Privilege::HostCertificates) {
        let object = ("HostCertificateManager", host.manager.as_str());
        return Property::Missing(Fault::no_permission(object, Privilege::HostCertificates.name()));
    }
    Property::Set(Value::Object(
        "HostCertificateManagerCertificateInfo",
        certificate_info(context, host).into_iter().map(|(name, text)| (name, Value::string(&text).into())).collect(),
    ))
}

/// The fields of `HostCertificateManagerCertificateInfo`.
fn certificate_info(context: &Context<'_>, host: &Host) -> Vec<(&'static str, String)> {
    let certificate = &host.identity.certificate;
    let status = match context.world.now().days_until(certificate.not_after()) {
        ..0 => "expired",
        0..30 => "expirationImminent",
        30..60 => "expiringShortly",
        60..240 => "expiring",
        240.. => "good",
    };
    let mut fields = vec![
        ("issuer", reversed(&certificate.issuer().to_string())),
        ("notBefore", certificate.not_before().to_string()),
        ("notAfter", certificate.not_after().to_string()),
        ("subject", reversed(&certificate.subject().to_string())),
        ("status", status.to_owned()),
    ];
    if context.vcenter().version.has_certificate_kinds() {
        fields.insert(0, ("kind", "Machine".to_owned()));
    }
    fields
}
