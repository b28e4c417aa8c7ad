//! Collections of a simulated estate while something goes wrong: each fault on each call.

mod answers;
mod calls;
mod cancel;
mod expected;
mod hosts;
mod secrets;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use vitrust::estate::VCenter;
use vitrust::net::{Cancel, Collected, Inventory, Secret, Secrets, blocking, collect};
use vitrust_simulator::{ArrayState, Request, Simulation, Spec, Version, now};

/// After so long a run hangs, whatever the machine has to do besides. The deadlines in the runs are far shorter.
const HANGS: Duration = Duration::from_secs(180);

/// A simulated estate of two vCenters with two hosts each, and the inventory that leads to it.
struct Lab {
    simulation: Simulation,
    inventory: Inventory,
}

/// What one collection brought, and everything it showed to anyone.
struct Run {
    collected: Collected,
    took: Duration,
    calls: Vec<Request>,
    shown: String,
}

/// Nobody is asked anything: the simulator's inventory names a file.
struct Nobody;

impl Secrets for Nobody {
    fn variable(&mut self, _: &str) -> Option<String> {
        None
    }

    fn prompt(&mut self, _: &str) -> Option<Secret> {
        None
    }
}

impl Lab {
    fn start(version: Version) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let array = Some(ArrayState::Answers);
        let spec = Spec { vcenters: 2, hosts_per_vcenter: 2, version, array, ..Spec::at(now()) };
        let simulation = Simulation::start(&spec).expect("the estate starts");
        let name = format!("faults-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let fleet = simulation.write_fleet(&folder).expect("a writable folder");
        let inventory = Inventory::load(&fleet, &mut Nobody).expect("an inventory");
        std::fs::remove_dir_all(&folder).expect("the folder was ours");
        Self { simulation, inventory }
    }

    /// Collects everything, with this deadline for each exchange.
    fn collect(&self, deadline: Duration, cancel: &Cancel) -> Run {
        let mut inventory = self.inventory.clone();
        for entry in &mut inventory.vcenters {
            entry.target.timeout = deadline;
            // The simulator wrote it, and it is gone.
            entry.sms_file = None;
        }
        let before = self.simulation.log().len();
        let events = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&events);
        let began = Instant::now();
        let note = move |progress| keep.lock().expect("no panic").push(progress);
        let collected = blocking::run(async { tokio::time::timeout(HANGS, collect(&inventory, cancel, note)).await });
        let collected = collected.expect("a runtime").unwrap_or_else(|_| panic!("no end after {HANGS:?}"));
        let took = began.elapsed();
        let calls = self.simulation.log().split_off(before);
        let shown = shown(&[&inventory, &collected, &events, &calls], &collected);
        Run { collected, took, calls, shown }
    }

    /// Open sessions at the vCenter that is faulted and at the other, once the server has seen what was sent last: a
    /// busy machine may take long.
    fn sessions(&self, expected: [usize; 2]) -> [usize; 2] {
        let now = || [0, 1].map(|vcenter| self.simulation.sessions(vcenter));
        for _ in 0..600 {
            if now() == expected {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        now()
    }

    fn clear(&self) {
        self.simulation.clear_faults();
    }
}

/// Every text form of what a run brings.
fn shown(values: &[&dyn Debug], collected: &Collected) -> String {
    let debugged: String = values.iter().map(|value| format!("{value:?}\n{value:#?}\n")).collect();
    let failures = serde_json::to_string(&collected.failures).expect("JSON");
    format!("{debugged}{failures}\n{}", collected.estate.to_json())
}

/// The facts of one vCenter by what they are about, in a form that can be compared.
fn facts(vcenter: &VCenter) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let mut add = |what: String, value: Option<String>| drop(value.map(|value| facts.insert(what, value)));
    let text = |value: &dyn Debug| Some(format!("{value:?}"));
    add("version".to_owned(), vcenter.version.clone());
    add("certificate mode".to_owned(), vcenter.certificate_mode.as_ref().and_then(|mode| text(mode)));
    add("port 443".to_owned(), vcenter.machine_ssl.as_ref().and_then(|chain| text(chain)));
    add(
        "trusted roots".to_owned(),
        vcenter.trusted_roots.as_ref().and_then(|store| {
            // They are the same wherever they come from.
            text(&(&store.certificates, &store.crls))
        }),
    );
    add("STS signing chain".to_owned(), vcenter.stores.get("STS").and_then(|store| text(store)));
    add("datastores".to_owned(), vcenter.vvol_datastores.first().and_then(|_| text(&vcenter.vvol_datastores)));
    for provider in &vcenter.storage_providers {
        add(format!("storage provider {}", provider.name), text(provider));
    }
    for host in &vcenter.hosts {
        let name = &host.name;
        add(format!("host {name}"), text(&(&host.version, &host.pinned_thumbprint)));
        add(format!("host {name}: port 443"), host.https.as_ref().and_then(|chain| text(chain)));
        add(format!("host {name}: port 9080"), host.iofilter.as_ref().and_then(|chain| text(chain)));
        let castore = host.castore.as_ref();
        add(format!("host {name}: castore"), castore.and_then(|store| text(&store.certificates)));
        // A host without any has none to be told of.
        let crls = castore.map(|store| &store.crls).filter(|crls| !crls.is_empty());
        add(format!("host {name}: CRLs of castore"), crls.and_then(|crls| text(crls)));
    }
    facts
}
