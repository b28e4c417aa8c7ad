//! SMS: which method does what. It has no login and takes the vim session from a header.

mod info;
mod provider;
mod register;

use provider::Work;

use crate::route::{Context, Given};
use crate::soap::{Call, Fault, Service};
use crate::state::{Outcome, Privilege, Wanted};
use crate::vim::{is_of, sms_info};
use crate::xml::{reference, tag};

/// Answers one call.
pub(crate) async fn call(context: &Context<'_>, call: &Call) -> Result<Given, Fault> {
    if call.method == "QuerySessionManager" {
        return Ok(reference("returnval", "SmsSessionManager", "sessionManager").into());
    }
    allowed(context, call, None)?;
    let given = match (call.this.0.as_str(), call.method.as_str()) {
        ("SmsServiceInstance", "QueryStorageManager") => reference("returnval", "SmsStorageManager", "storageManager"),
        ("SmsServiceInstance", "QueryAboutInfo") => info::about(context.vcenter().version),
        ("SmsStorageManager", "QueryProvider") => providers(context, call)?,
        ("SmsStorageManager", "RegisterProvider_Task") => register::register(context, call)?,
        ("SmsStorageManager", "UnregisterProvider_Task") => register::unregister(context, call)?,
        ("VasaProvider", "QueryProviderInfo") => provider_info(context, call)?,
        ("SmsStorageManager", "SmsRefreshCACertificatesAndCRLs_Task") => provider::refresh_roots(context, call)?,
        ("VasaProvider", "VasaProviderSync_Task") => provider::start(context, call, Work::Synchronize)?,
        ("VasaProvider", "VasaProviderReconnect_Task") => provider::start(context, call, Work::Reconnect)?,
        ("VasaProvider", "VasaProviderRefreshCertificate_Task") => provider::start(context, call, Work::Refresh)?,
        ("SmsTask", "QuerySmsTaskInfo") => task_info(context, call)?,
        ("SmsTask", "QuerySmsTaskResult") => task_result(context, call)?,
        _ => return Err(Fault::method_not_found(call)),
    };
    Ok(given.into())
}

/// Whether the vim session exists and its user has this privilege; the user.
fn allowed(context: &Context<'_>, call: &Call, privilege: Option<Privilege>) -> Result<String, Fault> {
    let state = context.vcenter().state();
    let Some(session) = state.session(context.token(), Wanted::Soap) else {
        let cookie = tag("sessionCookie", "");
        return Err(Fault::sms("InvalidSession", "The session is not valid.").with(cookie));
    };
    match privilege.filter(|privilege| !session.may(*privilege)) {
        None => Ok(session.user.clone()),
        Some(privilege) => Err(Fault::no_permission((&call.this.0, &call.this.1), privilege.name())),
    }
}

fn providers(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::ProviderView))?;
    let state = context.vcenter().state();
    Ok(state.providers.keys().map(|id| reference("returnval", "VasaProvider", id)).collect())
}

fn provider_info(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::ProviderView))?;
    let state = context.vcenter().state();
    let provider = state.providers.get(&call.this.1).ok_or_else(|| Fault::not_found(&call.this))?;
    // Newer fields are not for clients that ask for an older version.
    let tells_why = context.known.is_none_or(|known| known >= (6, 5));
    Ok(info::provider(provider, context.vcenter().version, context.world.now(), tells_why))
}

fn task_info(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let state = context.vcenter().state();
    let id = &call.this.1;
    let task = state.tasks.get(id).filter(|_| is_of(Service::Sms, id)).ok_or_else(|| Fault::not_found(&call.this))?;
    Ok(format!("<returnval xsi:type=\"sms:SmsTaskInfo\">{}</returnval>", sms_info(id, task)))
}

/// QuerySmsTaskResult: what a task gave, or why it failed.
fn task_result(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let state = context.vcenter().state();
    let id = &call.this.1;
    let task = state.tasks.get(id).filter(|_| is_of(Service::Sms, id)).ok_or_else(|| Fault::not_found(&call.this))?;
    match &task.outcome {
        None => Ok(String::new()),
        Some(Outcome::Success(result)) => {
            Ok(result.replace("<result ", "<returnval ").replace("</result>", "</returnval>"))
        }
        Some(Outcome::Failure(fault)) => Err(fault.clone()),
    }
}
