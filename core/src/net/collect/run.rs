//! All vCenters of an inventory at once, a bounded number in flight.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::{CollectFailure, CollectProgress, Collected, vcenter};
use crate::net::control::Cancel;
use crate::net::error::NetError;
use crate::net::inventory::{Inventory, MOST_IN_FLIGHT};
use crate::store::Unreadable;
use crate::text::shown;

/// What every part of a run listens and reports to.
pub(super) struct Watch {
    pub(super) cancel: Cancel,
    /// Held while it is told, so that no smaller number comes after a larger one.
    done: Mutex<usize>,
    known: AtomicUsize,
    on_progress: Box<dyn Fn(CollectProgress) + Send + Sync>,
}

impl Watch {
    pub(super) fn more(&self, servers: usize) {
        self.known.fetch_add(servers, Ordering::Relaxed);
    }

    pub(super) fn done(&self, server: &str) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done += 1;
        let known = self.known.load(Ordering::Relaxed);
        (self.on_progress)(CollectProgress { done: *done, known, server: shown(server).into_owned() });
    }
}

/// Collects the facts of every vCenter in the inventory and of its hosts.
///
/// Never fails as a whole: what could not be had is in [`Collected::failures`], and in the estate as unreadable, so
/// that a report made of it says so too. After a cancellation the same holds for everything that was not reached. Every
/// session that was opened is closed; where the returned future is dropped, in the background while its runtime lives
/// (a login that is on its way then may leave one, which the server ends by itself).
pub async fn collect(
    inventory: &Inventory,
    cancel: &Cancel,
    on_progress: impl Fn(CollectProgress) + Send + Sync + 'static,
) -> Collected {
    let watch = Arc::new(Watch {
        cancel: cancel.clone(),
        done: Mutex::new(0),
        known: AtomicUsize::new(inventory.vcenters.len()),
        on_progress: Box::new(on_progress),
    });
    let permits = Arc::new(Semaphore::new(inventory.vcenters_in_flight.clamp(1, MOST_IN_FLIGHT.into())));
    let hosts = inventory.hosts_in_flight.clamp(1, MOST_IN_FLIGHT.into());
    let mut running = JoinSet::new();
    let mut indices = hashbrown::HashMap::new();
    for (index, entry) in inventory.vcenters.iter().cloned().enumerate() {
        let (permits, watch) = (Arc::clone(&permits), Arc::clone(&watch));
        let task = running.spawn(async move {
            // The semaphore is never closed, so a permit always comes.
            let _permit = permits.acquire_owned().await;
            vcenter::collect(entry, hosts, watch).await
        });
        indices.insert(task.id(), index);
    }
    let mut found = Vec::new();
    while let Some(joined) = running.join_next_with_id().await {
        let (id, one) = match joined {
            Ok((id, one)) => (id, Some(one)),
            Err(panic) => (panic.id(), None),
        };
        let index = indices.get(&id).copied().unwrap_or_default();
        // A defect costs the vCenter it met, and no other.
        let lost = || {
            let mut lost = vcenter::VcenterFacts::new(&inventory.vcenters[index]);
            lost.fail_whole("everything", &NetError::Panic { what: "the work on this vCenter".to_owned() });
            lost
        };
        found.push((index, one.unwrap_or_else(lost)));
    }
    // In the inventory's order, whoever answered first.
    found.sort_by_key(|(index, _)| *index);
    let (mut out, mut unread) = (Collected::default(), Vec::new());
    for (_, mut one) in found {
        one.estate.vcenters.push(one.vcenter);
        out.estate.merge(one.estate);
        unread.extend(one.failures.iter().map(unreadable));
        out.failures.extend(one.failures);
        out.failures.extend(one.damaged);
    }
    out.estate.sort();
    out.estate.unreadable.extend(unread);
    let insecure = out.estate.vcenters.iter().filter(|vcenter| vcenter.insecure);
    out.insecure = insecure.map(|vcenter| vcenter.name.to_string()).collect();
    out
}

fn unreadable(failure: &CollectFailure) -> Unreadable {
    let source = format!("{}: {}", failure.vcenter, failure.object);
    Unreadable { place: super::facts::at(&source), reason: failure.message.clone() }
}
