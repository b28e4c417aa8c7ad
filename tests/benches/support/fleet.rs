//! A simulated estate in a process of its own, so that neither its work nor its memory is counted as ours.
#![allow(dead_code, reason = "each bench uses a part")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use vitrust_simulator::{Fault, Mishap, Simulation, Spec, now};

/// The word that makes the bench's own program the simulator.
const SERVE: &str = "--serve";

/// What to simulate: vCenters, hosts of each, and how much later every answer comes.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) vcenters: usize,
    pub(crate) hosts: usize,
    pub(crate) latency: Duration,
}

/// A running simulator. It ends when this is dropped.
pub(crate) struct Fleet {
    process: Child,
    // Its end is the signal to stop.
    _open: ChildStdin,
    folder: PathBuf,
    /// Where port 443 of every host listens.
    pub(crate) management: SocketAddr,
    /// The names of all hosts.
    pub(crate) hosts: Vec<String>,
}

impl Fleet {
    pub(crate) fn start(size: Size) -> Self {
        let folder = std::env::temp_dir().join(format!("vitrust-bench-{}", std::process::id()));
        let words = [size.vcenters.to_string(), size.hosts.to_string(), size.latency.as_millis().to_string()];
        let mut process = Command::new(std::env::current_exe().expect("this program has a path"))
            .arg(SERVE)
            .args(words)
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program can be started");
        let open = process.stdin.take().expect("it is piped");
        let mut lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let mut line = || lines.next().expect("the simulator starts").expect("a line of text");
        let management = line().parse().expect("the simulator says its address");
        let hosts = line().split(' ').map(str::to_owned).collect();
        Self { process, _open: open, folder, management, hosts }
    }

    pub(crate) fn inventory(&self) -> PathBuf {
        self.folder.join("fleet.toml")
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The first call of a bench's `main`: serves, if that is what this process is for, and does not return then.
pub(crate) fn serve_if_asked() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [serve, vcenters, hosts, latency, folder] = words.as_slice() else { return };
    if serve != SERVE {
        return;
    }
    let count = |text: &String| text.parse::<usize>().expect("a number");
    let spec = Spec { vcenters: count(vcenters), hosts_per_vcenter: count(hosts), ..Spec::at(now()) };
    let simulation = Simulation::start(&spec).expect("the simulator starts");
    let latency = Duration::from_millis(latency.parse().expect("milliseconds"));
    if !latency.is_zero() {
        simulation.inject(Fault::new(Mishap::Latency(latency)));
    }
    simulation.write_fleet(Path::new(folder)).expect("its files can be written");
    let names: Vec<&str> = simulation.vcenters.iter().flat_map(|v| v.hosts.iter().map(String::as_str)).collect();
    let mut out = std::io::stdout();
    writeln!(out, "{}\n{}", simulation.management_port(), names.join(" ")).expect("somebody reads");
    out.flush().expect("somebody reads");
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    std::process::exit(0);
}

/// Kilobytes of a line of `/proc/self/status`, such as `VmHWM`; `None` if there is none.
pub(crate) fn memory(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let rest = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'))?;
    rest.split_whitespace().next()?.parse().ok()
}

/// The processor time this process has used; `None` where the system does not tell.
pub(crate) fn processor() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The command, in brackets, may hold blanks. Behind it are state and ten numbers, then user and system time.
    let numbers: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = numbers.get(11)?.parse::<u64>().ok()? + numbers.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
