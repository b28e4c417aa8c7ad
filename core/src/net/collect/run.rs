//! All vCenters of an inventory at once, a bounded number in flight.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::inventory::Inventory;
use super::{CollectFailure, CollectProgress, Collected, vcenter};
use crate::net::control::Cancel;
use crate::net::trust::ServerTrust;
use crate::store::Unreadable;

/// What every part of a run listens and reports to.
pub(super) struct Watch {
    pub(super) cancel: Cancel,
    done: AtomicUsize,
    known: AtomicUsize,
    on_progress: Box<dyn Fn(CollectProgress) + Send + Sync>,
}

impl Watch {
    pub(super) fn more(&self, servers: usize) {
        self.known.fetch_add(servers, Ordering::Relaxed);
    }

    pub(super) fn done(&self, server: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let known = self.known.load(Ordering::Relaxed);
        (self.on_progress)(CollectProgress { done, known, server: server.to_owned() });
    }
}

/// Collects the facts of every vCenter in the inventory and of its hosts.
///
/// Never fails as a whole: what could not be had is in [`Collected::failures`], and in the estate as unreadable, so
/// that a report made of it says so too. After a cancellation the same holds for everything that was not reached. Every
/// session that was opened is closed.
pub async fn collect(
    inventory: &Inventory,
    cancel: &Cancel,
    on_progress: impl Fn(CollectProgress) + Send + Sync + 'static,
) -> Collected {
    let watch = Arc::new(Watch {
        cancel: cancel.clone(),
        done: AtomicUsize::new(0),
        known: AtomicUsize::new(inventory.vcenters.len()),
        on_progress: Box::new(on_progress),
    });
    let vcenters = Arc::new(Semaphore::new(inventory.vcenters_in_flight.max(1)));
    let hosts = Arc::new(Semaphore::new(inventory.hosts_in_flight.max(1)));
    let mut running = JoinSet::new();
    for (index, entry) in inventory.vcenters.iter().cloned().enumerate() {
        let (vcenters, hosts, watch) = (Arc::clone(&vcenters), Arc::clone(&hosts), Arc::clone(&watch));
        running.spawn(async move {
            // The semaphore is never closed, so a permit always comes.
            let _permit = vcenters.acquire_owned().await;
            (index, vcenter::collect(entry, hosts, watch).await)
        });
    }
    let mut found = Vec::new();
    while let Some(joined) = running.join_next().await {
        found.push(joined.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic())));
    }
    // In the inventory's order, whoever answered first.
    found.sort_by_key(|(index, _)| *index);
    let mut out = Collected::default();
    for (_, one) in found {
        out.estate.merge(one.estate);
        out.failures.extend(one.failures);
    }
    out.estate.sort();
    out.estate.unreadable.extend(out.failures.iter().map(unreadable));
    let insecure = inventory.vcenters.iter().filter(|entry| matches!(entry.target.trust, ServerTrust::Insecure));
    out.insecure = insecure.map(|entry| entry.name.clone()).collect();
    out
}

fn unreadable(failure: &CollectFailure) -> Unreadable {
    let source = format!("{}: {}", failure.vcenter, failure.object);
    Unreadable { place: super::facts::at(&source), reason: failure.message.clone() }
}
