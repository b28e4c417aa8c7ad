//! SMS: which method does what. It has no login and takes the vim session from a header.

mod info;
mod register;

use std::sync::Arc;

use crate::route::{Context, Given};
use crate::soap::{Call, Fault, Service};
use crate::sps;
use crate::state::{Outcome, Privilege, Refusal, State, Status, Wanted};
use crate::vim::{is_of, sms_info, system_error};
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
        ("VasaProvider", "VasaProviderSync_Task") => synchronize(context, call)?,
        ("SmsTask", "QuerySmsTaskInfo") => task_info(context, call)?,
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
    Ok(info::provider(provider, context.vcenter().version, context.world.now()))
}

/// VasaProviderSync_Task: connects to the provider again.
fn synchronize(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let user = allowed(context, call, Some(Privilege::ProviderView))?;
    let (vcenter, now) = (context.vcenter(), context.world.now());
    let mut state = vcenter.state();
    if !state.providers.contains_key(&call.this.1) {
        return Err(Fault::not_found(&call.this));
    }
    let task = state.begin("sms-task", &call.method, ("VasaProvider", &call.this.1), &user, now);
    drop(state);
    let answer = reference("returnval", "SmsTask", &task);
    let (world, index, id) = (Arc::clone(context.world), context.index, call.this.1.clone());
    let failing = context.failing_tasks;
    tokio::spawn(async move {
        if !failing {
            sps::poll(&world, index, &id).await;
        }
        let mut state = world.vcenters[index].state();
        let outcome = if failing { Outcome::Failure(system_error()) } else { synchronized(&state, &id) };
        state.finish(&task, outcome, world.now());
    });
    Ok(answer)
}

fn synchronized(state: &State, id: &str) -> Outcome {
    match state.providers.get(id).map(|provider| &provider.status) {
        Some(Status::Online) => Outcome::Success(String::new()),
        Some(Status::Offline(Refusal::Unreachable(reason))) => {
            Outcome::Failure(Fault::sms("ProviderSyncFailed", &format!("The provider is not reached: {reason}")))
        }
        Some(Status::Offline(Refusal::Untrusted(_) | Refusal::ClientRefused(_)) | Status::Unknown) | None => {
            Outcome::Failure(Fault::sms("ProviderSyncFailed", "The storage provider could not be synchronized."))
        }
    }
}

fn task_info(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let state = context.vcenter().state();
    let id = &call.this.1;
    let task = state.tasks.get(id).filter(|_| is_of(Service::Sms, id)).ok_or_else(|| Fault::not_found(&call.this))?;
    Ok(format!("<returnval xsi:type=\"sms:SmsTaskInfo\">{}</returnval>", sms_info(id, task)))
}
