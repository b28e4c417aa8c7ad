//! A collection from 20 vCenters with 50 hosts each, every answer 50 ms late, beside a loop in pyVmomi; and its memory
//! as estates grow and as collections repeat.
//!
//! `cargo bench -p vitrust-tests --bench collect`
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/fleet.rs"]
mod fleet;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fleet::{Fleet, Size};
use vitrust::net::{Cancel, Inventory, Secret, Secrets, blocking, collect};

const LATENCY: Duration = Duration::from_millis(50);
const HOSTS: usize = 50;
/// How many vCenters the peer asks; the time for all is scaled from it.
const SAMPLE: usize = 1;
const REPEATS: usize = 10;
/// The word that makes this program collect once and tell its memory.
const ONCE: &str = "--once";

fn main() {
    fleet::serve_if_asked();
    once_if_asked();
    println!("\n| what | time | to ours |\n|---|---:|---:|");
    let fleet = start(20, LATENCY);
    let ours = gather(&fleet.inventory(), 20);
    println!("| vitrust, 20 vCenters of 50 hosts | {:.1} s | 1 |", ours.as_secs_f64());
    match peer(&fleet.inventory()) {
        Some(peer) => println!(
            "| a loop in pyVmomi, {SAMPLE} of them, scaled to 20 | {:.0} s | {:.0} |",
            peer.as_secs_f64(),
            peer.div_duration_f64(ours)
        ),
        None => println!("| skipped: a loop in pyVmomi, which is not there | | |"),
    }
    drop(fleet);

    println!("\n| collections, each in a process of its own | peak memory |\n|---|---:|");
    for vcenters in [5, 10, 20] {
        let fleet = start(vcenters, Duration::ZERO);
        let out = Command::new(std::env::current_exe().expect("this program has a path"))
            .args([ONCE, &vcenters.to_string()])
            .arg(fleet.inventory())
            .output()
            .expect("this program can be started");
        println!("| {vcenters} vCenters of {HOSTS} hosts | {} |", String::from_utf8_lossy(&out.stdout).trim());
    }
    let fleet = start(20, Duration::ZERO);
    let after = |runs: usize| {
        (0..runs).for_each(|_| _ = gather(&fleet.inventory(), 20));
        megabytes("VmRSS")
    };
    let (first, last) = (after(1), after(REPEATS - 1));
    println!("| 20 vCenters, one process: held after the first | {first} |");
    println!("| the same: held after {REPEATS} | {last} |");
}

fn start(vcenters: usize, latency: Duration) -> Fleet {
    Fleet::start(Size { vcenters, hosts: HOSTS, latency })
}

/// Collects once, and tells how long it took.
fn gather(inventory: &Path, vcenters: usize) -> Duration {
    let inventory = Inventory::load(inventory, &mut Nobody).expect("the simulator's inventory is in order");
    let started = Instant::now();
    let collected = blocking::run(collect(&inventory, &Cancel::default(), |_| ())).expect("a runtime");
    let took = started.elapsed();
    assert!(collected.failures.is_empty(), "{:?}", collected.failures.first());
    let hosts: usize = collected.estate.vcenters.iter().map(|vcenter| vcenter.hosts.len()).sum();
    assert_eq!(hosts, vcenters * HOSTS, "every host is there");
    took
}

fn once_if_asked() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [once, vcenters, inventory] = words.as_slice() else { return };
    if once == ONCE {
        gather(Path::new(inventory), vcenters.parse().expect("a number"));
        println!("{}", megabytes("VmHWM"));
        std::process::exit(0);
    }
}

fn megabytes(line: &str) -> String {
    fleet::memory(line).map_or_else(|| "not told here".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1_000))
}

/// The loop in Python; `None` where there is no pyVmomi.
fn peer(inventory: &Path) -> Option<Duration> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let environment = tests.join("../.venv/bin/python");
    let python = if environment.exists() { environment } else { PathBuf::from("python3") };
    let known = Command::new(&python).args(["-c", "import pyVmomi, tomllib"]).output();
    known.ok().filter(|output| output.status.success())?;
    let out = Command::new(python)
        .arg(tests.join("benches/peers/collect.py"))
        .arg(inventory)
        .arg(SAMPLE.to_string())
        .output()
        .expect("it was there a moment ago");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let mut words = text.split_whitespace();
    let seconds: f64 = words.next()?.parse().ok()?;
    assert_eq!(words.next()?.parse(), Ok(SAMPLE * HOSTS), "the peer sees every host");
    Some(Duration::from_secs_f64(seconds * 20.0 / f64::from(u32::try_from(SAMPLE).ok()?)))
}

/// The simulator's password is in a file.
struct Nobody;

impl Secrets for Nobody {
    fn variable(&mut self, _: &str) -> Option<String> {
        None
    }

    fn prompt(&mut self, _: &str) -> Option<Secret> {
        None
    }
}
