//! A vSphere estate on loopback: vCenters that answer over REST, vim25, SMS and `certs/download.zip`, hosts that check
//! who connects to them, and a storage policy service that really connects.
//!
//! Nothing is scripted: a provider is online because a TLS handshake between two certificates came to its end, and
//! goes offline when a change to a trust store makes the next one fail. A [`Story`] says what happened before, a
//! [`Fault`] what happens to an answer on its way.
//!
//! ```
//! use vitrust_simulator::{Simulation, Spec, Story};
//!
//! let at = "2026-06-01".parse()?;
//! let simulation = Simulation::start(&Spec { hosts_per_vcenter: 2, story: Story::StaleProvider, ..Spec::at(at) })?;
//! assert_eq!(simulation.vcenters[0].hosts, ["esx01.vc01.lab.example", "esx02.vc01.lab.example"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod body;
mod contact;
mod der;
mod download;
mod esxi;
mod fault;
mod fleet;
mod pki;
mod rest;
mod route;
mod server;
mod simulation;
mod sms;
mod soap;
mod spec;
mod sps;
mod state;
mod story;
mod version;
mod vim;
mod xml;

pub use fault::{Fault, FaultError, Mishap};
pub use simulation::{ProviderStatus, Simulation, Vcenter};
pub use spec::{Spec, now};
pub use state::{ArrayState, HostState, Request};
pub use story::Story;
pub use version::Version;

/// The administrator of every vCenter. `readonly@vsphere.local` may only read, `nobody@vsphere.local` not even that.
pub const USER: &str = "administrator@vsphere.local";

/// The password of every user. It has the characters that XML, URLs and shells trip over.
pub const PASSWORD: &str = "Simul&ted <1> \"%41\"";
