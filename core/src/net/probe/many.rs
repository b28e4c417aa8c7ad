//! Hundreds of probes at once, a bounded number of them in flight.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::{Probe, ProbeOptions, probe};
use crate::endpoint::Endpoint;
use crate::net::control::{Cancel, Cancelled};

/// As many servers may be probed at a time for callers of a binding: beyond it lies the number of files a process may
/// have open, and hitting that limit would be reported as failures of servers.
pub const MOST_PROBES_IN_FLIGHT: usize = 512;

/// Probes every endpoint and returns the results in the order of the endpoints.
///
/// At most `in_flight` connections are open at a time. `on_each` is called with each result as it comes.
///
/// # Errors
/// [`Cancelled`]; the probes in flight are dropped then.
pub async fn probe_all(
    endpoints: &[Endpoint],
    options: &ProbeOptions,
    in_flight: usize,
    cancel: &Cancel,
    mut on_each: impl FnMut(&Probe),
) -> Result<Vec<Probe>, Cancelled> {
    let options = Arc::new(options.clone());
    let mut waiting = endpoints.iter().cloned().enumerate();
    let mut running = JoinSet::new();
    let mut results: Vec<Option<Probe>> = endpoints.iter().map(|_| None).collect();
    loop {
        while running.len() < in_flight.max(1)
            && let Some((index, endpoint)) = waiting.next()
        {
            let options = Arc::clone(&options);
            running.spawn(async move { (index, probe(&endpoint, &options).await) });
        }
        // Dropping the set on cancellation ends what is in flight.
        let Some(joined) = cancel.or(running.join_next()).await? else { break };
        // A task only fails by a panic, which belongs to whoever asked.
        let (index, found) = joined.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
        on_each(&found);
        results[index] = Some(found);
    }
    Ok(results.into_iter().flatten().collect())
}
