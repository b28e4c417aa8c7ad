//! CertificateManager of vCenter and HostCertificateManager of each host.

use std::sync::Arc;

use super::{allowed, user};
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::sps;
use crate::state::{HostState, Outcome, Privilege, State, World};
use crate::xml::{reference, tag};

/// ListCACertificates.
pub(super) fn list(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    with_host(context, call, |state, host| {
        state.hosts[host].castore.iter().map(|certificate| tag("returnval", &certificate.to_pem())).collect()
    })
}

/// ListCACertificateRevocationLists.
pub(super) fn list_crls(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    with_host(context, call, |state, host| state.hosts[host].crls.iter().map(|crl| tag("returnval", crl)).collect())
}

/// ReplaceCACertificatesAndCRLs: everything there was is gone.
pub(super) fn replace(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let mut castore = Vec::new();
    for text in call.arguments.texts("caCert") {
        let read = crate::rest::pem_certificates(text);
        castore.extend(read.ok_or_else(|| Fault::invalid_argument("caCert"))?);
    }
    if castore.is_empty() {
        return Err(Fault::invalid_argument("caCert"));
    }
    let crls = call.arguments.texts("caCrl").into_iter().map(Arc::from).collect();
    with_host(context, call, |state, host| {
        state.hosts[host].castore = castore;
        state.hosts[host].crls = crls;
        String::new()
    })
}

/// Runs `work` on the host of a certificate manager; the call is passed on to the host, so it must be connected.
fn with_host(
    context: &Context<'_>,
    call: &Call,
    work: impl FnOnce(&mut State, usize) -> String,
) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::HostCertificates))?;
    let mut state = context.vcenter().state();
    let Some(host) = state.host_by_manager(&call.this.1) else { return Err(Fault::not_found(&call.this)) };
    if !state.hosts[host].is_connected() {
        return Err(Fault::vim("HostNotConnected", "The operation is not allowed while the host is not connected."));
    }
    Ok(work(&mut state, host))
}

/// CertMgrRefreshCACertificatesAndCRLs_Task: each host's castore becomes TRUSTED_ROOTS and nothing else.
pub(super) fn refresh_roots(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    on_hosts(context, call, |state, host| {
        let castore = state.trust.vecs.values().cloned().collect();
        let crls = state.trust.vecs_crls.clone();
        state.hosts[host].castore = castore;
        state.hosts[host].crls = crls;
    })
}

/// CertMgrRefreshCertificates_Task: VMCA issues new host certificates for the keys the hosts have.
pub(super) fn refresh_certificates(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let maker = context.vcenter().maker.clone();
    on_hosts(context, call, move |state, host| {
        let made = maker.host(host, &state.hosts[host].name, state.vmca(), 0);
        state.hosts[host].renew(made);
    })
}

/// Starts a task that does `work` to each host of the call and lets the storage policy service notice.
fn on_hosts(
    context: &Context<'_>,
    call: &Call,
    work: impl Fn(&mut State, usize) + Send + 'static,
) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::HostCertificates))?;
    let ids: Vec<String> = call.arguments.texts("host").into_iter().map(str::to_owned).collect();
    let (vcenter, user) = (context.vcenter(), user(context));
    let mut state = vcenter.state();
    let found: Option<Vec<usize>> = ids.iter().map(|id| state.host_by_id(id)).collect();
    let (Some(hosts), Some(first)) = (found, ids.first()) else { return Err(Fault::invalid_argument("host")) };
    let task = state.begin("task", &call.method, ("HostSystem", first), &user, context.world.now());
    drop(state);
    let (world, index, failing) = (Arc::clone(context.world), context.index, context.failing_tasks);
    let answer = reference("returnval", "Task", &task);
    tokio::spawn(async move {
        let outcome = match if failing { Err(system_error()) } else { push(&world, index, &hosts, &work) } {
            Err(fault) => Outcome::Failure(fault),
            Ok(names) => {
                sps::poll_hosts(&world, index, &names).await;
                Outcome::Success(String::new())
            }
        };
        world.vcenters[index].state().finish(&task, outcome, world.now());
    });
    Ok(answer)
}

/// Does `work` to each host, or to none; the names of the hosts.
fn push(world: &World, index: usize, hosts: &[usize], work: &impl Fn(&mut State, usize)) -> Result<Vec<String>, Fault> {
    let mut state = world.vcenters[index].state();
    for host in hosts {
        match state.hosts[*host].state {
            HostState::Connected => (),
            HostState::Maintenance => {
                return Err(Fault::vim("InvalidState", "The operation is not allowed in the current state."));
            }
            HostState::Disconnected | HostState::NotResponding => {
                let message = "The operation is not allowed while the host is not connected.";
                return Err(Fault::vim("HostNotConnected", message));
            }
        }
    }
    state.trust.synchronize();
    hosts.iter().for_each(|host| work(&mut state, *host));
    Ok(hosts.iter().map(|host| state.hosts[*host].name.clone()).collect())
}

/// What a task on demand fails with.
pub(crate) fn system_error() -> Fault {
    Fault::vim("SystemError", "A general system error occurred: the task was told to fail")
        .with(tag("reason", "the task was told to fail"))
}
