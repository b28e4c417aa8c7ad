//! Collections of simulated estates, and the inventories that lead to them.

mod datastores;
mod environment;
mod facts;
mod inventory;
mod logins;
mod partial;
mod stopped;
mod trust;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use vitrust::net::{Cancel, Collected, Inventory, NetError, Secret, Secrets, blocking, collect};
use vitrust_simulator::{Simulation, Spec, now};

fn start(spec: &Spec) -> Simulation {
    Simulation::start(spec).expect("the estate starts")
}

/// A folder of its own, removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("collect-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).expect("a writable folder");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("a writable folder");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An environment, and a person who says `typed` and is asked what `questions` has.
#[derive(Default)]
struct Person {
    variables: BTreeMap<&'static str, String>,
    typed: Option<&'static str>,
    questions: Vec<String>,
}

impl Person {
    fn with(variables: &[(&'static str, &str)]) -> Self {
        let variables = variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self { variables, ..Self::default() }
    }
}

impl Secrets for Person {
    fn variable(&mut self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn prompt(&mut self, question: &str) -> Option<Secret> {
        self.questions.push(question.to_owned());
        self.typed.map(|text| Secret::from(text.to_owned()))
    }
}

/// Reads an inventory of this text.
fn read(text: &str, person: &mut Person) -> Result<Inventory, NetError> {
    let folder = Folder::new();
    Inventory::load(&folder.write("fleet.toml", text), person)
}

/// The inventory of a simulated estate, with the folder its files are in.
fn inventory(simulation: &Simulation) -> (Inventory, Folder) {
    let folder = Folder::new();
    let path = simulation.write_fleet(&folder.0).expect("a writable folder");
    (Inventory::load(&path, &mut Person::default()).expect("the simulator's inventory is in order"), folder)
}

fn gather(simulation: &Simulation) -> Collected {
    let (inventory, _folder) = inventory(simulation);
    run(&inventory)
}

fn run(inventory: &Inventory) -> Collected {
    blocking::run(collect(inventory, &Cancel::default(), |_| ())).expect("a runtime")
}

/// The objects that failed, with the names of the errors.
fn failures(collected: &Collected) -> Vec<(&str, &str)> {
    collected.failures.iter().map(|failure| (failure.object.as_str(), failure.name)).collect()
}
