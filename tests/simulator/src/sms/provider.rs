//! Tasks on registered providers: synchronising, reconnecting, certificates.

use std::sync::Arc;

use super::{allowed, info};
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::sps;
use crate::state::{Outcome, Privilege, Refusal, State, Status, World};
use crate::vim::system_error;
use crate::xml::{reference, tag};

/// What a task does to a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// VasaProviderSync_Task: connects again.
    Synchronize,
    /// VasaProviderReconnect_Task: the same, also to one that was given up.
    Reconnect,
    /// VasaProviderRefreshCertificate_Task: VMCA issues another certificate where the present one ends soon.
    Refresh,
}

impl Work {
    fn privilege(self) -> Privilege {
        match self {
            Self::Synchronize => Privilege::ProviderView,
            Self::Reconnect | Self::Refresh => Privilege::ProviderConfigure,
        }
    }

    /// Before the connection.
    fn prepare(self, world: &World, index: usize, id: &str) {
        let vcenter = &world.vcenters[index];
        let mut state = vcenter.state();
        let Some(provider) = state.providers.get_mut(id) else { return };
        match self {
            Self::Synchronize => (),
            Self::Reconnect => {
                if provider.status == Status::Disconnected {
                    provider.status = Status::Unknown;
                }
            }
            Self::Refresh => {
                let name = provider.host.clone();
                let Some(host) = state.hosts.iter().position(|host| host.name == name) else { return };
                if info::certificate_status(&state.hosts[host].identity.certificate, world.now()) != "valid" {
                    let made = vcenter.maker.host(host, &name, state.vmca(), 0);
                    state.hosts[host].renew(made);
                }
            }
        }
    }

    /// After it.
    fn outcome(self, state: &State, id: &str) -> Outcome {
        let Some(provider) = state.providers.get(id) else {
            return Outcome::Failure(Fault::vim("NotFound", "The provider is not registered."));
        };
        let refusal = match &provider.status {
            Status::Online => return Outcome::Success(String::new()),
            Status::Offline(refusal) => Some(refusal),
            Status::Disconnected | Status::Unknown => None,
        };
        Outcome::Failure(match (self, refusal) {
            (Self::Synchronize, Some(Refusal::Unreachable(reason))) => {
                Fault::sms("ProviderSyncFailed", &format!("The provider is not reached: {reason}"))
            }
            (Self::Synchronize, _) => {
                Fault::sms("ProviderSyncFailed", "The storage provider could not be synchronized.")
            }
            (Self::Reconnect, Some(Refusal::Untrusted(Some(certificate)))) => {
                let field = tag("certificate", &certificate.to_pem());
                Fault::sms("InvalidCertificate", "The certificate of the provider is not valid.").with(field)
            }
            (Self::Reconnect, _) => Fault::sms("ProviderConnectionFailed", "The provider could not be connected."),
            (Self::Refresh, _) => refresh_failed(std::slice::from_ref(&provider.uid)),
        })
    }
}

/// `CertificateRefreshFailed`.
fn refresh_failed(uids: &[String]) -> Fault {
    let fields = uids.iter().map(|uid| tag("providerId", uid)).collect();
    Fault::sms("CertificateRefreshFailed", "The certificate could not be refreshed.").with(fields)
}

/// Starts a task on the provider of the call.
pub(super) fn start(context: &Context<'_>, call: &Call, work: Work) -> Result<String, Fault> {
    let user = allowed(context, call, Some(work.privilege()))?;
    let now = context.world.now();
    let mut state = context.vcenter().state();
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
            work.prepare(&world, index, &id);
            sps::poll(&world, index, &id).await;
        }
        let mut state = world.vcenters[index].state();
        let outcome = if failing { Outcome::Failure(system_error()) } else { work.outcome(&state, &id) };
        state.finish(&task, outcome, world.now());
    });
    Ok(answer)
}

/// SmsRefreshCACertificatesAndCRLs_Task: providers that are reached get the roots they lack, and keep what they have.
pub(super) fn refresh_roots(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let user = allowed(context, call, Some(Privilege::ProviderConfigure))?;
    let wanted: Vec<String> = call.arguments.texts("providerId").into_iter().map(str::to_owned).collect();
    let mut state = context.vcenter().state();
    if wanted.iter().any(|uid| !state.providers.values().any(|provider| provider.uid == *uid)) {
        return Err(Fault::vim("NotFound", "The provider is not registered."));
    }
    let all = state.providers.values().filter(|provider| wanted.is_empty() || wanted.contains(&provider.uid));
    let ids: Vec<String> = all.map(|provider| provider.id.clone()).collect();
    let entity = ("SmsStorageManager", "storageManager");
    let task = state.begin("sms-task", &call.method, entity, &user, context.world.now());
    drop(state);
    let (world, index, failing) = (Arc::clone(context.world), context.index, context.failing_tasks);
    let answer = reference("returnval", "SmsTask", &task);
    tokio::spawn(async move {
        let outcome = if failing { Outcome::Failure(system_error()) } else { give_roots(&world, index, &ids).await };
        world.vcenters[index].state().finish(&task, outcome, world.now());
    });
    Ok(answer)
}

async fn give_roots(world: &Arc<World>, index: usize, ids: &[String]) -> Outcome {
    let mut failed = Vec::new();
    for id in ids {
        sps::poll(world, index, id).await;
        let mut guard = world.vcenters[index].state();
        let state = &mut *guard;
        let Some(provider) = state.providers.get(id) else { continue };
        let host = state.hosts.iter_mut().find(|host| host.name == provider.host);
        match host.filter(|_| provider.status == Status::Online) {
            Some(host) => {
                let missing = state.trust.vecs.values().filter(|root| !host.castore.contains(root)).cloned();
                let missing: Vec<_> = missing.collect();
                host.castore.extend(missing);
                host.crls.clone_from(&state.trust.vecs_crls);
            }
            // An array takes whoever connects.
            None if provider.is_array && provider.status == Status::Online => (),
            None => failed.push(provider.uid.clone()),
        }
    }
    match failed.is_empty() {
        true => Outcome::Success(String::new()),
        false => Outcome::Failure(refresh_failed(&failed)),
    }
}
