//! The TLS probe against servers nobody here wrote, and against servers that misbehave on purpose.

mod broken;
mod openssl;
mod peers;

use std::time::Duration;

use vitrust::Endpoint;
use vitrust::net::{Cancel, Probe, ProbeOptions, blocking, probe, probe_all};

/// Options for a server on this machine.
fn options() -> ProbeOptions {
    ProbeOptions { timeout: Duration::from_secs(20), ..ProbeOptions::default() }
}

/// Asks for `name` on a port of this machine.
fn ask(name: &str, port: u16, options: ProbeOptions) -> Probe {
    let mut options = options;
    options.connect_to.insert(&format!("{name}:443"), &format!("127.0.0.1:{port}")).expect("a rule");
    let endpoint: Endpoint = name.parse().expect("an endpoint");
    blocking::run(probe(&endpoint, &options)).expect("a runtime")
}

/// Asks every endpoint, many at a time.
fn ask_all(endpoints: &[Endpoint], options: &ProbeOptions, in_flight: usize) -> Vec<Probe> {
    let cancel = Cancel::default();
    blocking::run(probe_all(endpoints, options, in_flight, &cancel, |_| ())).expect("a runtime").expect("not cancelled")
}

/// The stable name of what went wrong.
fn failure(probe: &Probe) -> Option<&'static str> {
    probe.failure.as_ref().map(|failure| failure.name)
}
