//! vim25: which method does what.

mod certificates;
mod content;
mod properties;
mod session;
mod task;
mod value;

use crate::route::{Context, Given};
use crate::soap::{Call, Fault};
use crate::state::{Privilege, Wanted};
use crate::xml::tag;

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
            in_session(context, call).await
        }
    }
}

async fn in_session(context: &Context<'_>, call: &Call) -> Result<Given, Fault> {
    let given = match call.method.as_str() {
        "Logout" => session::logout(context),
        "CurrentTime" => tag("returnval", &context.world.now().to_string()),
        "CreateContainerView" => properties::create_view(context, call)?,
        "DestroyView" => properties::destroy_view(context, call)?,
        "RetrievePropertiesEx" => properties::retrieve(context, call)?,
        "ContinueRetrievePropertiesEx" => properties::proceed(context, call)?,
        "CancelRetrievePropertiesEx" => properties::cancel(context, call)?,
        "Fetch" => properties::fetch(context, call)?,
        "ListCACertificates" => certificates::list(context, call)?,
        "ListCACertificateRevocationLists" => certificates::list_crls(context, call)?,
        "ReplaceCACertificatesAndCRLs" => certificates::replace(context, call)?,
        "CertMgrRefreshCACertificatesAndCRLs_Task" => certificates::refresh_roots(context, call)?,
        "CertMgrRefreshCertificates_Task" => certificates::refresh_certificates(context, call)?,
        "QueryOptions" => content::options(context, call)?,
        "LogUserEvent" => log_user_event(context, call)?,
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

fn log_user_event(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::LogEvent))?;
    call.text("entity")?;
    let message = call.text("msg")?.to_owned();
    context.vcenter().state().events.push(message);
    Ok(String::new())
}
