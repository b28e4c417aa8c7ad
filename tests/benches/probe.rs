//! 1,000 TLS endpoints probed on loopback, their servers in another process, beside Go's `crypto/tls` with as many in
//! flight and `openssl s_client` in a loop.
//!
//! `cargo bench -p vitrust-tests --bench probe`
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/fleet.rs"]
mod fleet;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use fleet::{Fleet, Size};
use vitrust::net::{Cancel, ConnectTo, ProbeOptions, blocking, probe_all};

const IN_FLIGHT: usize = 64;
const ROUNDS: usize = 7;
/// How many of them OpenSSL is asked about; one process each.
const SAMPLE: usize = 100;

/// One turn: how long it took, and the processor time of the client where it is known.
#[derive(Clone, Copy)]
struct Turn {
    wall: Duration,
    used: Option<Duration>,
    endpoints: usize,
}

impl Turn {
    fn rate(&self) -> f64 {
        f64::from(u32::try_from(self.endpoints).expect("small")) / self.wall.as_secs_f64()
    }
}

fn main() {
    fleet::serve_if_asked();
    let fleet = Fleet::start(Size { vcenters: 20, hosts: 50, latency: Duration::ZERO });
    let go = go();
    let mut turns: [Vec<Turn>; 3] = Default::default();
    for round in 0..=ROUNDS {
        let taken = [Some(ours(&fleet)), go.as_ref().map(|program| theirs(program, &fleet)), openssl(&fleet)];
        // The first round warms up.
        for (turns, taken) in turns.iter_mut().zip(taken).filter(|_| round > 0) {
            turns.extend(taken);
        }
    }
    println!("\n| client | endpoints | handshakes per second | to ours | processor time of the client, each |");
    println!("|---|---:|---:|---:|---:|");
    let names = ["vitrust, 64 in flight", "Go crypto/tls, 64 in flight", "openssl s_client, one by one"];
    let ratio = |own: &[Turn]| median(own.iter().zip(&turns[0]).map(|(own, first)| own.rate() / first.rate()));
    for (name, own) in names.iter().zip(&turns).filter(|(_, own)| !own.is_empty()) {
        let each = |turn: &Turn| {
            let endpoints = u32::try_from(turn.endpoints).expect("small");
            turn.used.map(|used| used.as_secs_f64() * 1e6 / f64::from(endpoints))
        };
        let used: Vec<f64> = own.iter().filter_map(each).collect();
        let used = if used.is_empty() { String::new() } else { format!("{:.0} us", median(used.into_iter())) };
        let (endpoints, rate) = (own[0].endpoints, median(own.iter().map(Turn::rate)));
        println!("| {name} | {endpoints} | {rate:.0} | {:.2} | {used} |", ratio(own));
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn ours(fleet: &Fleet) -> Turn {
    let endpoints: Vec<_> =
        fleet.hosts.iter().map(|host| format!("{host}:443").parse().expect("an endpoint")).collect();
    let mut connect_to = ConnectTo::default();
    connect_to.insert("*.lab.example:443", &fleet.management.to_string()).expect("a rule");
    let options = ProbeOptions { connect_to, ..ProbeOptions::default() };
    let (started, used) = (Instant::now(), fleet::processor());
    let found = blocking::run(probe_all(&endpoints, &options, IN_FLIGHT, &Cancel::default(), |_| ()))
        .expect("a runtime")
        .expect("nobody cancels");
    let wall = started.elapsed();
    let used = fleet::processor().zip(used).map(|(after, before)| after.saturating_sub(before));
    assert!(found.iter().all(|one| !one.chain.is_empty() && one.failure.is_none()), "every endpoint answers");
    Turn { wall, used, endpoints: found.len() }
}

/// The Go program; `None` with a notice where it cannot be built.
fn go() -> Option<PathBuf> {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/peers/probe.go");
    let program = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("probe-go");
    let built = Command::new("go").arg("build").arg("-o").arg(&program).arg(source).status();
    let built = built.is_ok_and(|status| status.success());
    if !built {
        println!("skipped: Go, which is not there or does not build the peer");
    }
    built.then_some(program)
}

fn theirs(program: &PathBuf, fleet: &Fleet) -> Turn {
    let mut child = Command::new(program)
        .args([fleet.management.to_string(), IN_FLIGHT.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the peer starts");
    let mut names = child.stdin.take().expect("it is piped");
    writeln!(names, "{}", fleet.hosts.join("\n")).expect("the peer reads");
    drop(names);
    let out = child.wait_with_output().expect("the peer ends").stdout;
    let words: Vec<f64> =
        String::from_utf8_lossy(&out).split_whitespace().map(|word| word.parse().expect("a number")).collect();
    let [wall, used, seen] = words.as_slice() else { panic!("the peer prints three numbers") };
    assert!((seen - f64::from(u32::try_from(fleet.hosts.len()).expect("small"))).abs() < 0.5, "every endpoint answers");
    Turn {
        wall: Duration::from_secs_f64(*wall),
        used: Some(Duration::from_secs_f64(*used)),
        endpoints: fleet.hosts.len(),
    }
}

/// A loop as people write it in a shell; `None` where there is no OpenSSL.
fn openssl(fleet: &Fleet) -> Option<Turn> {
    let started = Instant::now();
    for host in fleet.hosts.iter().take(SAMPLE) {
        let out = Command::new("openssl")
            .args(["s_client", "-showcerts", "-connect", &fleet.management.to_string(), "-servername", host])
            .stdin(Stdio::null())
            .output()
            .ok()?;
        assert!(out.stdout.windows(10).any(|ten| ten == b"-----BEGIN"), "every endpoint answers");
    }
    Some(Turn { wall: started.elapsed(), used: None, endpoints: SAMPLE })
}
