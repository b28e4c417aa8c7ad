//! vim25: which method does what.

mod alarms;
mod certificates;
mod collector;
mod connection;
mod content;
mod datastore;
mod events;
mod host;
mod inventory;
mod objects;
mod options;
mod search;
mod select;
mod session;
mod task;
mod update;
mod value;
mod view;

use crate::route::{Context, Given};
use crate::soap::{Call, Fault};
use crate::state::{Privilege, Wanted};
use crate::xml::tag;

pub(crate) use alarms::sound;

pub(crate) use certificates::system_error;
pub(crate) use content::versions;
pub(crate) use task::{is_of, sms_info};

/// Answers one call.
pub(crate) async fn call(context: &Context<'_>, call: &Call) -> Result<Given, Fault> {
    match call.method.as_str() {
        // Before any login.
        "RetrieveServiceContent" => Ok(content::service_content(context).into()),
        "Login" => session::login(context, call),
        _ => {
            allowed(context, call, None)?;
            let outcome = in_session(context, call).await;
            // A session that ended meanwhile is why something of it was not found.
            outcome.map_err(|fault| allowed(context, call, None).err().unwrap_or(fault))
        }
    }
}

async fn in_session(context: &Context<'_>, call: &Call) -> Result<Given, Fault> {
    let given = match call.method.as_str() {
        "Logout" => session::logout(context),
        "CurrentTime" => tag("returnval", &context.world.now().to_string()),
        "CreateContainerView" => view::create(context, call)?,
        "DestroyView" => view::destroy(context, call)?,
        "RetrieveProperties" => collector::retrieve_all(context, call)?,
        "RetrievePropertiesEx" => collector::retrieve(context, call)?,
        "ContinueRetrievePropertiesEx" => collector::proceed(context, call)?,
        "CancelRetrievePropertiesEx" => collector::cancel(context, call)?,
        "Fetch" => collector::fetch(context, call)?,
        "FindByInventoryPath" | "FindChild" | "FindByDnsName" | "FindAllByDnsName" => search::find(context, call)?,
        "CreatePropertyCollector" => update::create_collector(context),
        "DestroyPropertyCollector" => update::destroy_collector(context, call)?,
        "CreateFilter" => update::create_filter(context, call)?,
        "DestroyPropertyFilter" => update::destroy_filter(context, call)?,
        "WaitForUpdatesEx" | "WaitForUpdates" | "CheckForUpdates" => update::wait(context, call).await?,
        "CancelWaitForUpdates" => update::cancel(context, call)?,
        "ListCACertificates" => certificates::list(context, call)?,
        "ListCACertificateRevocationLists" => certificates::list_crls(context, call)?,
        "ReplaceCACertificatesAndCRLs" => certificates::replace(context, call)?,
        "CertMgrRefreshCACertificatesAndCRLs_Task" => certificates::refresh_roots(context, call)?,
        "CertMgrRefreshCertificates_Task" => certificates::refresh_certificates(context, call)?,
        "DisconnectHost_Task" => connection::disconnect(context, call)?,
        "ReconnectHost_Task" => connection::reconnect(context, call)?,
        "QueryOptions" => options::query(context, call)?,
        "UpdateOptions" => options::update(context, call)?,
        "LogUserEvent" => events::log(context, call)?,
        "PostEvent" => events::post(context, call)?,
        "QueryEvents" => events::query(context, call)?,
        "CreateCollectorForEvents" => events::create_collector(context, call)?,
        "ReadNextEvents"
        | "ReadPreviousEvents"
        | "RewindCollector"
        | "ResetCollector"
        | "SetCollectorPageSize"
        | "DestroyCollector" => events::collector(context, call)?,
        "CreateAlarm" => alarms::create(context, call)?,
        "GetAlarm" => alarms::get(context, call)?,
        "RemoveAlarm" => alarms::remove(context, call)?,
        "AcknowledgeAlarm" => alarms::acknowledge(context, call)?,
        _ => return Err(Fault::method_not_found(call)),
    };
    Ok(given.into())
}

/// Whether the session exists and its user has this privilege.
fn allowed(context: &Context<'_>, call: &Call, privilege: Option<Privilege>) -> Result<(), Fault> {
    let state = context.vcenter().state();
    let Some(session) = state.session(context.token(), Wanted::Soap) else { return Err(Fault::not_authenticated()) };
    match privilege.filter(|privilege| !session.may(*privilege)) {
        None => Ok(()),
        Some(privilege) => Err(Fault::no_permission((&call.this.0, &call.this.1), privilege.name())),
    }
}

/// The user of the session.
fn user(context: &Context<'_>) -> String {
    let state = context.vcenter().state();
    state.session(context.token(), Wanted::Soap).map_or_else(String::new, |session| session.user.clone())
}
