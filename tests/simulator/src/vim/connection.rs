//! Disconnecting hosts, and connecting them again by a real handshake with their port 443.

use std::sync::Arc;

use super::certificates::system_error;
use super::{allowed, user};
use crate::contact::{self, Way};
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::{Event, HostState, Outcome, Privilege, Refusal, World};
use crate::version::Version;
use crate::xml::{Element, reference, tag};

/// Days left at which VMCA issues another certificate when the host is connected.
const HARD_LIMIT: i64 = 30;

/// DisconnectHost_Task.
pub(super) fn disconnect(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let (task, host) = begin(context, call)?;
    let outcome = if context.failing_tasks {
        Outcome::Failure(system_error())
    } else {
        away(context.world, context.index, host, &user(context))
    };
    context.vcenter().state().finish(&task, outcome, context.world.now());
    Ok(reference("returnval", "Task", &task))
}

fn away(world: &World, index: usize, host: usize, user: &str) -> Outcome {
    let mut state = world.vcenters[index].state();
    let found = &mut state.hosts[host];
    if !found.is_connected() {
        return Outcome::Failure(Fault::vim("InvalidState", "The operation is not allowed in the current state."));
    }
    found.state = HostState::Disconnected;
    let entity = ("HostSystem".to_owned(), found.id.clone());
    let message = format!("Disconnected from {} in Datacenter. Reason: user requested", found.name);
    let event = Event::new("HostDisconnectedEvent", user, world.now(), Some(entity), &message);
    state.record(event.with(tag("reason", "userRequest")));
    Outcome::Success(String::new())
}

/// Opens a task about the host of the call.
fn begin(context: &Context<'_>, call: &Call) -> Result<(String, usize), Fault> {
    allowed(context, call, Some(Privilege::HostConnection))?;
    let user = user(context);
    let mut state = context.vcenter().state();
    let host = state.host_by_id(&call.this.1).ok_or_else(|| Fault::not_found(&call.this))?;
    let task = state.begin("task", &call.method, ("HostSystem", &call.this.1), &user, context.world.now());
    Ok((task, host))
}

/// What a `HostConnectSpec` asks for.
#[derive(Default)]
struct Wanted {
    thumbprint: Option<String>,
    certificate: Option<String>,
    login: Option<(String, String)>,
}

impl Wanted {
    fn read(spec: Option<&Element>) -> Self {
        let text = |name: &str| spec.and_then(|spec| spec.text_of(name)).filter(|text| !text.is_empty());
        let login = text("userName").map(|user| (user.to_owned(), text("password").unwrap_or_default().to_owned()));
        Self {
            thumbprint: text("sslThumbprint").map(str::to_owned),
            certificate: text("sslCertificate").map(str::to_owned),
            login,
        }
    }
}

/// ReconnectHost_Task: the host's certificate must be trusted, or be the one whose thumbprint is given.
pub(super) fn reconnect(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let spec = call.arguments.child("cnxSpec");
    let wanted = Wanted::read(spec);
    if wanted.certificate.is_some() && (wanted.thumbprint.is_some() || context.vcenter().version < Version::V9_0) {
        return Err(Fault::invalid_argument("cnxSpec.sslCertificate"));
    }
    let (task, host) = begin(context, call)?;
    let (world, index, failing, user) =
        (Arc::clone(context.world), context.index, context.failing_tasks, user(context));
    let answer = reference("returnval", "Task", &task);
    tokio::spawn(async move {
        let outcome = match failing {
            true => Outcome::Failure(system_error()),
            false => match connect(&world, index, host, wanted, &user).await {
                Ok(()) => Outcome::Success(String::new()),
                Err(fault) => Outcome::Failure(fault),
            },
        };
        world.vcenters[index].state().finish(&task, outcome, world.now());
    });
    Ok(answer)
}

async fn connect(world: &Arc<World>, index: usize, host: usize, wanted: Wanted, user: &str) -> Result<(), Fault> {
    let name = {
        let state = world.vcenters[index].state();
        let found = &state.hosts[host];
        if found.is_connected() {
            let message = "The host is connected already.";
            return Err(Fault::vim("AlreadyConnected", message).with(tag("name", &found.name)));
        }
        found.name.clone()
    };
    if wanted.login.is_some_and(|(user, password)| user != "root" || password != crate::PASSWORD) {
        let message = "Cannot complete login due to an incorrect user name or password.";
        return Err(Fault::vim("InvalidLogin", message));
    }
    let shown =
        contact::connect(world, index, &name, Way::Vpxd { thumbprint: wanted.thumbprint, pem: wanted.certificate });
    let certificate = match shown.await {
        Ok(certificate) => certificate,
        Err(Refusal::Untrusted(Some(certificate))) => {
            return Err(not_verified(&certificate, world.vcenters[index].version));
        }
        Err(Refusal::Untrusted(None) | Refusal::ClientRefused(_) | Refusal::Unreachable(_)) => {
            let message = "Unable to communicate with the remote host, since it is disconnected.";
            return Err(Fault::vim("NoHost", message).with(tag("name", &name)));
        }
    };
    let vcenter = &world.vcenters[index];
    let mut state = vcenter.state();
    let renewed = (world.now().days_until(certificate.not_after()) < HARD_LIMIT)
        .then(|| vcenter.maker.host(host, &name, state.vmca(), 0));
    let found = &mut state.hosts[host];
    found.state = HostState::Connected;
    found.pinned = certificate.sha1().with_colons();
    // In the mode `vmca` a certificate that ends soon is issued again.
    renewed.into_iter().for_each(|made| found.renew(made));
    let entity = ("HostSystem".to_owned(), found.id.clone());
    let message = format!("Connected to {name} in Datacenter");
    state.record(Event::new("HostConnectedEvent", user, world.now(), Some(entity), &message));
    Ok(())
}

/// `SSLVerifyFault`, which names the thumbprint an administrator may approve, and from 9.0 on the certificate.
fn not_verified(certificate: &vitrust::Certificate, version: Version) -> Fault {
    let own = if certificate.is_self_issued() { "true" } else { "false" };
    let mut fields = tag("selfSigned", own) + &tag("thumbprint", &certificate.sha1().with_colons());
    if version >= Version::V9_0 {
        fields.push_str(&tag("certificate", &certificate.to_pem()));
    }
    Fault::vim("SSLVerifyFault", "The host's certificate is not trusted.").with(fields)
}
