//! From an inventory to an estate: every vCenter and host asked at once, with reading rights only.
//!
//! The collecting client has no writing call. What fails is kept beside what was had: an unreachable host is a fact
//! with its reason, and the run goes on.

mod conceal;
mod datastores;
mod facts;
mod host;
mod own;
mod run;
mod sms;
mod vcenter;

use serde::Serialize;

use super::error::NetError;
use super::hidden::Needles;
use super::probe::ProbeFailure;
use crate::estate::Estate;

pub use run::collect;

/// The longest text of a failure, in characters. One may name a chain of certificates.
const LONGEST_MESSAGE: usize = 16_384;

/// The longest name of what could not be collected, in characters: it is the source of what is unreadable in an estate.
const LONGEST_OBJECT: usize = 700;

/// What a collection brought.
#[derive(Debug, Clone, Default)]
pub struct Collected {
    /// The facts.
    pub estate: Estate,
    /// What could not be collected, in the inventory's order.
    pub failures: Vec<CollectFailure>,
    /// The vCenters that answered and whose certificate was not checked at all; the estate says so too.
    pub insecure: Vec<String>,
}

/// One fact that could not be collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct CollectFailure {
    /// The vCenter, as the inventory names it.
    pub vcenter: String,
    /// What was requested: `session`, `trusted roots`, `host esx01.lab.example: castore`.
    pub object: String,
    /// The stable number of the error.
    pub code: i32,
    /// Its stable name.
    pub name: &'static str,
    /// What happened.
    pub message: String,
    /// The missing privilege, if that is why.
    pub privilege: Option<String>,
    /// Whether nothing could be collected from this vCenter: nobody answered, the login was refused, or the work ended.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_whole: bool,
}

impl CollectFailure {
    fn new(vcenter: &str, object: impl Into<String>, error: &NetError) -> Self {
        let privilege = match error {
            NetError::Forbidden { privilege, .. } => privilege.clone(),
            NetError::Resolve { .. }
            | NetError::Connect { .. }
            | NetError::Handshake(_)
            | NetError::Untrusted(_)
            | NetError::Timeout { .. }
            | NetError::Cancelled(_)
            | NetError::Response { .. }
            | NetError::TooLarge { .. }
            | NetError::OutcomeUnknown { .. }
            | NetError::Unauthenticated { .. }
            | NetError::NotFound { .. }
            | NetError::Fault(_)
            | NetError::Unsupported { .. }
            | NetError::Unavailable { .. }
            | NetError::Panic { .. }
            | NetError::Forked { .. }
            | NetError::Inventory { .. }
            | NetError::Credentials { .. } => None,
        };
        Self {
            vcenter: vcenter.to_owned(),
            object: object.into(),
            code: error.code().number(),
            name: error.code().name(),
            message: error.to_string(),
            privilege,
            is_whole: false,
        }
    }

    /// Takes secrets out of the names that a server gave things, and what a terminal acts on out of everything.
    fn tell(&mut self, needles: &Needles) {
        self.message = needles.words(&self.message, LONGEST_MESSAGE);
        self.object = needles.words(&self.object, LONGEST_OBJECT);
    }

    /// A probe that did not finish.
    fn of_probe(vcenter: &str, object: String, failure: &ProbeFailure) -> Self {
        Self {
            vcenter: vcenter.to_owned(),
            object,
            code: failure.code,
            name: failure.name,
            message: failure.message.clone(),
            privilege: None,
            is_whole: false,
        }
    }
}

/// Runs what takes long apart from the threads that wait for servers.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(value) => value,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // The runtime ends, and nobody waits.
        Err(Err(_)) => std::future::pending().await,
    }
}

/// How far a collection is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectProgress {
    /// Servers that are done: vCenters and hosts.
    pub done: usize,
    /// Servers that are known so far; grows as vCenters list their hosts.
    pub known: usize,
    /// The server that has just been done; empty in the first step, where `done` is 0.
    pub server: String,
    /// The server that has been queried for the longest time; none if no server is being queried.
    pub waiting: Option<String>,
}
