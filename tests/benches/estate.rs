//! Memory of an estate: 10,000 hosts with 200 certificates each, 2 million copies of 3,000, read from castore files and
//! audited. Prints the process's peak.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use vitrust::Time;
use vitrust::assess::{AssessOptions, assess};
use vitrust::estate::EstateReader;
use vitrust_factory::{AT, Cert, Key};

const HOSTS: usize = 10_000;
const HOSTS_OF_A_VCENTER: usize = 500;
const CERTIFICATES: usize = 3_000;
const CASTORE: usize = 200;

fn main() {
    let roots: Vec<String> = (0..CERTIFICATES).map(root).collect();
    let before = resident("VmRSS");
    let started = Instant::now();
    let mut reader = EstateReader::new("lab");
    let mut text = String::new();
    for host in 0..HOSTS {
        let vcenter = host / HOSTS_OF_A_VCENTER;
        if host % HOSTS_OF_A_VCENTER == 0 {
            castore(&roots, vcenter * 31, &mut text);
            reader.add(&format!("vc{vcenter:02}/trusted-roots.pem"), text.as_bytes());
        }
        // Ten hosts share a selection; each selection differs from the others.
        castore(&roots, host / 10 * 17, &mut text);
        reader.add(&format!("vc{vcenter:02}/hosts/esx{host:05}/castore.pem"), text.as_bytes());
    }
    let estate = reader.finish();
    let read = started.elapsed();
    let copies: usize = estate
        .vcenters
        .iter()
        .flat_map(|v| &v.hosts)
        .filter_map(|h| h.castore.as_ref())
        .map(|c| c.certificates.len())
        .sum();
    let after_reading = resident("VmRSS");
    let started = Instant::now();
    let report = assess(&estate, &AssessOptions::at(Time::from_unix(AT)));
    let judged = started.elapsed();
    println!(
        "\n{HOSTS} hosts, {copies} copies of {} certificates, {} findings\n",
        estate.certificates.len(),
        report.findings.len()
    );
    println!("| what | time | memory |\n|---|---:|---:|");
    println!("| the certificates as text, before | | {before} MB |");
    println!("| reading every castore.pem | {:.1} s | {after_reading} MB |", read.as_secs_f64());
    println!("| judging | {:.1} s | {} MB at the peak of all |", judged.as_secs_f64(), resident("VmHWM"));
}

fn root(n: usize) -> String {
    let name =
        format!("CN=CA, DC=vsphere, DC=local, C=US, ST=California, O=vc{n:04}.lab.example, OU=VMware Engineering");
    // Nobody checks the signature of an anchor, so it need not be made.
    Cert::ca(name.as_str()).key(Key::rsa2048(n)).signature(&[0x5a; 256]).self_signed().pem()
}

/// One host's file: `CASTORE` of the roots, beginning at `first`.
fn castore(roots: &[String], first: usize, text: &mut String) {
    text.clear();
    (0..CASTORE).for_each(|offset| text.push_str(&roots[(first + offset * 7) % roots.len()]));
}

/// Megabytes of a line of `/proc/self/status`; 0 if there is none.
fn resident(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
    let digits = kilobytes.map(|text| text.chars().filter(char::is_ascii_digit).collect::<String>());
    digits.and_then(|digits| digits.parse::<u64>().ok()).unwrap_or(0) / 1_000
}
