//! The storage policy service: which provider it connects to, and what it writes down.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::contact::{self, Way};
use crate::state::{Status, World};

/// Connections at once.
const AT_ONCE: usize = 32;

/// Connects to every provider of one vCenter, or of all, and writes down what came of it.
pub(crate) async fn poll_all(world: &Arc<World>) {
    let all = (0..world.vcenters.len()).flat_map(|index| {
        let ids: Vec<String> = world.vcenters[index].state().providers.keys().cloned().collect();
        ids.into_iter().map(move |id| (index, id))
    });
    let all: Vec<(usize, String)> = all.collect();
    poll_many(world, all).await;
}

/// Connects to the providers of these hosts.
pub(crate) async fn poll_hosts(world: &Arc<World>, index: usize, hosts: &[String]) {
    let wanted = {
        let state = world.vcenters[index].state();
        let theirs = state.providers.values().filter(|provider| hosts.contains(&provider.host));
        theirs.map(|provider| (index, provider.id.clone())).collect()
    };
    poll_many(world, wanted).await;
}

async fn poll_many(world: &Arc<World>, wanted: Vec<(usize, String)>) {
    let slots = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for (index, id) in wanted {
        let (world, slots) = (Arc::clone(world), Arc::clone(&slots));
        running.spawn(async move {
            // The semaphore is never closed.
            let _slot = slots.acquire_owned().await;
            poll(&world, index, &id).await;
        });
    }
    while running.join_next().await.is_some() {}
}

/// Connects to one provider. One that was given up stays so.
pub(crate) async fn poll(world: &Arc<World>, index: usize, id: &str) {
    let provider = world.vcenters[index].state().providers.get(id).cloned();
    let Some(provider) = provider.filter(|provider| provider.status != Status::Disconnected) else { return };
    let reached = contact::connect(world, index, &provider.host, Way::Sps { approved: provider.approved }).await;
    if let Some(provider) = world.vcenters[index].state().providers.get_mut(id) {
        match reached {
            Ok(certificate) => {
                provider.status = Status::Online;
                provider.certificate = Some(certificate);
            }
            Err(refusal) => provider.status = Status::Offline(refusal),
        }
    }
}
