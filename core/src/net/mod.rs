//! The edge to the network: TLS probes, the vSphere APIs, and the collection of an estate over them.
//!
//! Feature `net`. Nothing here judges trust: what servers present and hold becomes an [`Estate`](crate::Estate), which
//! the pure layers judge. No pure layer uses this module. Everything is asynchronous on tokio; [`blocking`] runs it
//! for callers that are not.

pub mod blocking;
mod collect;
mod control;
mod dial;
mod error;
mod escapes;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod hidden;
mod http;
mod inventory;
mod logins;
mod probe;
mod roots;
mod secret;
mod tls;
mod trust;
pub mod vsphere;

pub use crate::alert::{Alert, Side};
pub use collect::{CollectFailure, CollectProgress, Collected, collect};
pub use control::{Cancel, Cancelled};
pub use dial::ConnectTo;
pub use error::{Fault, HandshakeFailure, NetError, Untrusted};
pub use inventory::{Entry, Inventory, Secrets};
pub use probe::{
    ClientCertificateRequest, ClientIdentity, IdentityError, MOST_PROBES_IN_FLIGHT, Presented, Probe, ProbeFailure,
    ProbeOptions, probe, probe_all,
};
pub use roots::SystemRoots;
pub use secret::{Credentials, Secret};
pub use trust::{Pin, PinError, ServerTrust};
