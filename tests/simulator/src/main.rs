//! `vitrust-simulator`: runs a simulated estate until its standard input ends.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use vitrust_simulator::{ArrayState, Fault, Mishap, Simulation, Spec, now};

const HELP: &str = "\
vitrust-simulator: a vSphere estate on loopback, until standard input ends

  --vcenters N      how many vCenters (1)
  --hosts N         how many hosts each has (4)
  --story STORY     all-good, expired-root, regenerated-vmca, stale-provider or all (all-good)
  --version V       6.7, 7.0, 8.0.1, 8.0.3 or 9.0 (8.0.3)
  --seed N          another estate with the same names (1)
  --at TIME         the time it is there, 2026-06-01T00:00:00Z (now)
  --latency TIME    how much later every answer comes: 50ms, 2s; 50 is 50ms (0)
  --fault FAULT     MISHAP[=NUMBER]@OPERATION[:AFTER[:TIMES]], as often as wanted: unavailable@Login,
                    slow-drip=1000@GET /api:2:1; the others are latency=MS, unauthorized, truncated,
                    wrong-content-type, html, garbage, reset, oversized=BYTES, session-expired, task-error
  --array STATE     gives each vCenter a storage array with a datastore on Virtual Volumes: answers or silent
  --ipv6 yes        listens on ::1 instead of 127.0.0.1 (no)
  --out FOLDER      where fleet.toml, ca.pem and password.txt go

The line `sessions` on standard input is answered with the open sessions of each vCenter: `sessions 1 0`.
";

/// What the command line says.
struct Arguments {
    spec: Spec,
    latency: Duration,
    faults: Vec<Fault>,
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).peekable();
    if words.peek().is_some_and(|word| matches!(word.as_str(), "-h" | "--help")) {
        let _ = io::stdout().write_all(HELP.as_bytes());
        return ExitCode::SUCCESS;
    }
    let done = arguments(words).and_then(|arguments| run(&arguments).map_err(|error| error.to_string()));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            let _ = writeln!(io::stderr(), "vitrust-simulator: {reason}\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn arguments(mut words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut spec = Spec { hosts_per_vcenter: 4, ..Spec::at(now()) };
    let (mut latency, mut faults, mut out) = (Duration::ZERO, Vec::new(), None);
    while let Some(option) = words.next() {
        let value = words.next().ok_or_else(|| format!("`{option}` needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("`{option} {value}`: `{value}` is no number"));
        let count = || number().and_then(|n| usize::try_from(n).map_err(|error| error.to_string()));
        match option.as_str() {
            "--vcenters" => spec.vcenters = count()?,
            "--hosts" => spec.hosts_per_vcenter = count()?,
            "--story" => spec.story = value.parse()?,
            "--version" => spec.version = value.parse()?,
            "--seed" => spec.seed = number()?,
            "--at" => spec.at = value.parse().map_err(|error: vitrust::time::TimeError| error.to_string())?,
            "--latency" => latency = duration(&value).ok_or(format!("`{value}` is no time: write 50ms or 2s"))?,
            "--array" => spec.array = Some(array(&value)?),
            "--ipv6" => spec.ipv6 = yes(&value)?,
            "--fault" => faults.push(value.parse().map_err(|error: vitrust_simulator::FaultError| error.to_string())?),
            "--out" => out = Some(PathBuf::from(value)),
            _ => return Err(format!("there is no option `{option}`")),
        }
    }
    Ok(Arguments { spec, latency, faults, out })
}

fn yes(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(format!("`{text}` is neither yes nor no")),
    }
}

fn array(text: &str) -> Result<ArrayState, String> {
    match text {
        "answers" => Ok(ArrayState::Answers),
        "silent" => Ok(ArrayState::Silent),
        _ => Err(format!("`{text}` is neither answers nor silent")),
    }
}

/// `50ms`, `2s`, or a number of milliseconds.
fn duration(text: &str) -> Option<Duration> {
    match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => number.parse().ok().map(Duration::from_millis),
        (None, Some(number)) => number.parse().ok().map(Duration::from_secs),
        (None, None) => text.parse().ok().map(Duration::from_millis),
    }
}

fn run(arguments: &Arguments) -> io::Result<()> {
    let simulation = Simulation::start(&arguments.spec)?;
    if !arguments.latency.is_zero() {
        simulation.inject(Fault::new(Mishap::Latency(arguments.latency)));
    }
    arguments.faults.iter().for_each(|fault| simulation.inject(fault.clone()));
    let mut out = io::stdout().lock();
    for vcenter in &simulation.vcenters {
        writeln!(out, "{} https://{} {} hosts", vcenter.name, vcenter.address, vcenter.hosts.len())?;
    }
    writeln!(out, "hosts 443 {}", simulation.management_port())?;
    writeln!(out, "hosts 9080 {}", simulation.provider_port())?;
    writeln!(out, "user {}", vitrust_simulator::USER)?;
    match &arguments.out {
        Some(folder) => writeln!(out, "fleet {}", simulation.write_fleet(folder)?.display())?,
        None => writeln!(out, "password {}", vitrust_simulator::PASSWORD)?,
    }
    out.flush()?;
    // Whoever started it holds the other end; it ends when that does.
    for line in io::stdin().lock().lines() {
        match line?.trim() {
            "sessions" => {
                let open = (0..simulation.vcenters.len()).map(|index| format!(" {}", simulation.sessions(index)));
                writeln!(out, "sessions{}", open.collect::<String>())?;
                out.flush()?;
            }
            other => writeln!(io::stderr(), "vitrust-simulator: there is no command `{other}`")?,
        }
    }
    Ok(())
}
