//! All vCenters of an inventory at once, a bounded number in flight.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::{CollectFailure, CollectProgress, Collected, vcenter};
use crate::net::control::Cancel;
use crate::net::error::NetError;
use crate::net::inventory::{Inventory, MOST_IN_FLIGHT};
use crate::net::logins::Logins;
use crate::store::Unreadable;
use crate::text::shown;

/// What every part of a run listens and reports to.
pub(super) struct Watch {
    pub(super) cancel: Cancel,
    pub(super) logins: Logins,
    /// Held while it is told, so that no smaller number comes after a larger one.
    steps: Mutex<Steps>,
    on_progress: Box<dyn Fn(CollectProgress) + Send + Sync>,
}

/// How far a run is.
#[derive(Default)]
struct Steps {
    done: usize,
    known: usize,
    begun: u64,
    /// The servers that are being asked, by the order in which that began.
    waiting: BTreeMap<u64, String>,
}

/// A server that is being asked.
pub(super) struct Asked(u64);

impl Watch {
    fn new(cancel: &Cancel, known: usize, on_progress: impl Fn(CollectProgress) + Send + Sync + 'static) -> Self {
        let steps = Mutex::new(Steps { known, ..Steps::default() });
        Self { cancel: cancel.clone(), logins: Logins::default(), steps, on_progress: Box::new(on_progress) }
    }

    fn steps(&self) -> MutexGuard<'_, Steps> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn more(&self, servers: usize) {
        self.steps().known += servers;
    }

    /// A server is asked from now on. The first of all is told, so that nobody looks at nothing while it answers.
    pub(super) fn begin(&self, server: &str) -> Asked {
        let mut steps = self.steps();
        let asked = Asked(steps.begun);
        steps.begun += 1;
        steps.waiting.insert(asked.0, shown(server).into_owned());
        if asked.0 == 0 {
            self.tell(&steps, String::new());
        }
        asked
    }

    /// It is done; what it was asked as may not be its name.
    pub(super) fn done(&self, asked: &Asked) {
        let mut steps = self.steps();
        let server = steps.waiting.remove(&asked.0).unwrap_or_default();
        steps.done += 1;
        self.tell(&steps, server);
    }

    fn tell(&self, steps: &Steps, server: String) {
        let waiting = steps.waiting.values().next().cloned();
        (self.on_progress)(CollectProgress { done: steps.done, known: steps.known, server, waiting });
    }
}

/// Collects the facts of every vCenter in the inventory and of its hosts.
///
/// `on_progress` is called for each server that is done, and once before that with the server the run waits for.
///
/// A user who is refused at one vCenter is not tried at another of the same SSO domain: that of the user name, else
/// the inventory's `sso_domain`. SSO locks users out after a few refusals.
///
/// Never fails as a whole: what could not be collected is in [`Collected::failures`], and in the estate as unreadable, so
/// that a report made of it says so too. After a cancellation the same holds for everything that was not reached. Every
/// session that was opened is closed; where the returned future is dropped, in the background while its runtime lives
/// (a login that is on its way then may leave one, which the server ends by itself).
pub async fn collect(
    inventory: &Inventory,
    cancel: &Cancel,
    on_progress: impl Fn(CollectProgress) + Send + Sync + 'static,
) -> Collected {
    let watch = Arc::new(Watch::new(cancel, inventory.vcenters.len(), on_progress));
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
