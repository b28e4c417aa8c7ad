//! What is true in the simulated estate. Every surface reads and changes this and nothing else.

mod alarm;
mod build;
mod datastore;
mod event;
mod host;
mod provider;
mod session;
mod task;
mod trust;

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use vitrust::Time;

use crate::fault::Faults;
use crate::pki::{Identity, Maker, Root};
use crate::version::Version;

pub(crate) use alarm::{Alarm, Triggered};
pub(crate) use build::{uuid, world};
pub(crate) use datastore::{Array, Datastore, Served};
pub(crate) use event::Event;
pub(crate) use host::Host;
pub(crate) use provider::{Provider, Refusal, Status};
pub(crate) use session::{Filter, History, Page, Picked, Privilege, Session, Told, View, Wanted};
pub(crate) use task::{Outcome, Task};
pub(crate) use trust::{AddRootError, Trust};

pub use datastore::ArrayState;
pub use host::HostState;

/// One request as a vCenter saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which vCenter, counted from 0.
    pub vcenter: usize,
    /// The SOAP method, `ListCACertificates`, or the HTTP method and path, `GET /api/session`.
    pub operation: String,
    /// The status that was answered; 0 where the connection ended instead.
    pub status: u16,
}

/// The whole estate.
pub(crate) struct World {
    pub(crate) vcenters: Vec<Vcenter>,
    /// Each host's name, and where it is: vCenter and position.
    pub(crate) hosts: HashMap<String, (usize, usize)>,
    /// Each array's name, and the vCenter it is of.
    pub(crate) arrays: HashMap<String, usize>,
    pub(crate) faults: Faults,
    pub(crate) log: Mutex<Vec<Request>>,
    /// Where the storage policy service finds every host's port 9080.
    pub(crate) provider_port: OnceLock<SocketAddr>,
    /// Where vpxd finds every host's port 443.
    pub(crate) management_port: OnceLock<SocketAddr>,
    at: Time,
    started: Instant,
    counter: AtomicU64,
}

/// One vCenter: what never changes, and the rest behind a lock that no wait holds.
pub(crate) struct Vcenter {
    pub(crate) name: String,
    pub(crate) version: Version,
    pub(crate) maker: Maker,
    /// How long it does not answer after its services were started again.
    pub(crate) restart: Duration,
    state: Mutex<State>,
}

/// What changes in a vCenter.
pub(crate) struct State {
    /// The Machine SSL certificate.
    pub(crate) machine: Identity,
    /// The token signing certificates, the active one last.
    pub(crate) signing: Vec<Identity>,
    /// Every root VMCA ever had here; it issues from the last.
    pub(crate) roots: Vec<Root>,
    /// Numbers of the key pairs that wait for a certificate since `tls-csr`.
    pub(crate) requested: Vec<u64>,
    /// When the services answer again.
    back: Option<Instant>,
    pub(crate) trust: Trust,
    /// The client certificate of the storage policy service.
    pub(crate) sms: Identity,
    pub(crate) hosts: Vec<Host>,
    pub(crate) array: Option<Array>,
    pub(crate) datastores: Vec<Datastore>,
    /// By managed object id.
    pub(crate) providers: BTreeMap<String, Provider>,
    /// By token.
    pub(crate) sessions: HashMap<String, Session>,
    /// By managed object id, those of vim25 and of SMS.
    pub(crate) tasks: BTreeMap<String, Task>,
    /// The oldest first.
    pub(crate) events: Vec<Event>,
    /// By managed object id.
    pub(crate) alarms: BTreeMap<String, Alarm>,
    /// The settings of vCenter: type and value by key.
    pub(crate) options: BTreeMap<&'static str, (&'static str, String)>,
    next: u64,
}

/// Settings of `vpxd.certmgmt`.
const OPTIONS: [(&str, &str, &str); 5] = [
    ("vpxd.certmgmt.mode", "xsd:string", "vmca"),
    ("vpxd.certmgmt.certs.daysValid", "xsd:int", "1825"),
    ("vpxd.certmgmt.certs.hardThreshold", "xsd:int", "30"),
    ("vpxd.certmgmt.certs.pollIntervalDays", "xsd:int", "5"),
    ("vpxd.certmgmt.certs.softThreshold", "xsd:int", "240"),
];

impl World {
    /// The time in the estate: when it was started at, and what has passed since.
    pub(crate) fn now(&self) -> Time {
        let passed = i64::try_from(self.started.elapsed().as_secs()).unwrap_or(i64::MAX);
        Time::from_unix(self.at.unix().saturating_add(passed))
    }

    /// A fresh opaque token of 40 hexadecimal digits.
    pub(crate) fn token(&self) -> String {
        let number = self.counter.fetch_add(1, Ordering::Relaxed);
        let seed = format!("{} {number}", self.vcenters.first().map_or(0, |vcenter| vcenter.maker.seed));
        vitrust::thumbprint::hex(&vitrust_factory::Hash::Sha1.digest(seed.as_bytes()))
    }

    pub(crate) fn note(&self, request: Request) {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    }
}

impl Vcenter {
    /// The changing part. Never hold it across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The root VMCA issues from.
    pub(crate) fn vmca(&self) -> &Root {
        // INVARIANT: a vCenter is made with a root, and none is ever taken away.
        self.roots.last().expect("VMCA has a root")
    }

    /// Starts the services again: nobody is logged in any more, and for a while nobody is answered.
    pub(crate) fn restart(&mut self, pause: Duration) {
        self.sessions.clear();
        self.back = Instant::now().checked_add(pause);
    }

    /// Whether the services are being started.
    pub(crate) fn is_restarting(&self) -> bool {
        self.back.is_some_and(|back| Instant::now() < back)
    }

    /// A fresh number for ids.
    pub(crate) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The position of the host with this managed object id.
    pub(crate) fn host_by_id(&self, id: &str) -> Option<usize> {
        self.hosts.iter().position(|host| host.id == id)
    }

    /// The datastore with this managed object id.
    pub(crate) fn datastore_by_id(&self, id: &str) -> Option<&Datastore> {
        self.datastores.iter().find(|datastore| datastore.id == id)
    }

    /// The position of the host whose certificate manager has this id.
    pub(crate) fn host_by_manager(&self, id: &str) -> Option<usize> {
        self.hosts.iter().position(|host| host.manager == id)
    }
}
