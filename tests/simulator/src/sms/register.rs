//! Registering and unregistering storage providers.

use std::sync::Arc;

use vitrust::Certificate;

use super::{allowed, info};
use crate::contact::{self, Way};
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::{Outcome, Privilege, Provider, Status, World, uuid};
use crate::vim::system_error;
use crate::xml::{Element, reference, tag};

/// What a client wants registered.
struct Wanted {
    name: String,
    url: String,
    host: String,
    /// The certificate it approves of.
    approved: Option<Certificate>,
}

impl Wanted {
    fn read(spec: &Element) -> Result<Self, Fault> {
        let text = |name: &str| spec.text_of(name).filter(|text| !text.is_empty());
        let needed = |name: &str| text(name).map(str::to_owned).ok_or_else(|| Fault::invalid_argument(name));
        let url = needed("url")?;
        let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', ':']).next());
        let invalid = || Fault::sms("InvalidUrl", "The URL is not valid.").with(tag("url", &url));
        let host = host.filter(|_| url.contains(":9080/")).ok_or_else(invalid)?.to_ascii_lowercase();
        let approved = match text("certificate") {
            None => None,
            Some(text) => {
                let invalid = || Fault::sms("InvalidCertificate", "The certificate is not valid.");
                Some(Certificate::from_pem(text.as_bytes()).map_err(|_| invalid())?)
            }
        };
        Ok(Self { name: needed("name")?, host, approved, url })
    }
}

/// RegisterProvider_Task. Without an approved certificate an untrusted one is named in the task's error.
pub(super) fn register(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let user = allowed(context, call, Some(Privilege::ProviderConfigure))?;
    let Some(spec) = call.arguments.child("providerSpec") else { return Err(Fault::invalid_argument("providerSpec")) };
    let wanted = Wanted::read(spec)?;
    let mut state = context.vcenter().state();
    if state.providers.values().any(|provider| provider.url == wanted.url) {
        return Err(Fault::vim("AlreadyExists", "The provider is registered already.").with(tag("name", &wanted.name)));
    }
    let entity = ("SmsStorageManager", "storageManager");
    let task = state.begin("sms-task", &call.method, entity, &user, context.world.now());
    drop(state);
    let answer = reference("returnval", "SmsTask", &task);
    let (world, index, failing) = (Arc::clone(context.world), context.index, context.failing_tasks);
    tokio::spawn(async move {
        let outcome = if failing { Outcome::Failure(system_error()) } else { try_it(&world, index, wanted).await };
        world.vcenters[index].state().finish(&task, outcome, world.now());
    });
    Ok(answer)
}

async fn try_it(world: &Arc<World>, index: usize, wanted: Wanted) -> Outcome {
    match contact::connect(world, index, &wanted.host, Way::Sps { approved: wanted.approved.clone() }).await {
        Err(refusal) => {
            let fault = info::fault(&Status::Offline(refusal));
            Outcome::Failure(fault.unwrap_or_else(|| info::not_trusted(None)))
        }
        Ok(certificate) => {
            let mut state = world.vcenters[index].state();
            let id = format!("vasaProvider-{}", state.number());
            let provider = Provider {
                id: id.clone(),
                uid: uuid(&world.token()),
                name: wanted.name,
                url: wanted.url,
                host: wanted.host,
                is_array: false,
                certificate: Some(certificate),
                approved: wanted.approved,
                status: Status::Online,
            };
            state.providers.insert(id.clone(), provider);
            Outcome::Success(format!("<result type=\"VasaProvider\" xsi:type=\"ManagedObjectReference\">{id}</result>"))
        }
    }
}

/// UnregisterProvider_Task, by uid.
pub(super) fn unregister(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let user = allowed(context, call, Some(Privilege::ProviderConfigure))?;
    let uid = call.text("providerId")?;
    let now = context.world.now();
    let mut state = context.vcenter().state();
    let found = state.providers.values().find(|provider| provider.uid == uid).map(|provider| provider.id.clone());
    let Some(id) = found else { return Err(Fault::vim("NotFound", "The provider is not registered.")) };
    let task = state.begin("sms-task", &call.method, ("SmsStorageManager", "storageManager"), &user, now);
    let outcome = if context.failing_tasks {
        Outcome::Failure(system_error())
    } else {
        state.providers.remove(&id);
        Outcome::Success(String::new())
    };
    state.finish(&task, outcome, now);
    Ok(reference("returnval", "SmsTask", &task))
}
