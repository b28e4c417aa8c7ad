//! The trust matrix of 1,000 vCenters, beside rustls-webpki asked pair by pair, and the audit of 10,000 hosts.
//!
//! `cargo bench -p vitrust-tests --bench matrix`
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::time::{Duration, Instant};

use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use vitrust::assess::{AssessOptions, Topology, assess};
use vitrust::estate::{Estate, Host, PresentedChain, StoreContent, VCenter};
use vitrust::store::Place;
use vitrust::thumbprint::Fingerprint;
use vitrust::{Certificate, Profile, Time};
use vitrust_factory::{AT, Cert, Key};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

const VCENTERS: usize = 1000;
const HOSTS: usize = 10_000;

fn main() {
    println!("| estate | what | ms |\n|---|---|---:|");
    for authorities in [VCENTERS / 10, VCENTERS] {
        vcenters(authorities);
    }
    hosts();
}

/// An estate under construction, and its certificates for the peer.
#[derive(Default)]
struct Maker {
    estate: Estate,
}

impl Maker {
    fn add(&mut self, cert: &Cert) -> Fingerprint {
        let certificate = Certificate::from_der(cert.der()).expect("the factory makes readable certificates");
        self.estate.add_certificate(&certificate)
    }
}

fn number(n: usize) -> u64 {
    u64::try_from(n).expect("small")
}

fn presented(certificates: Vec<Fingerprint>) -> Option<PresentedChain> {
    Some(PresentedChain { certificates, place: Place::default() })
}

fn content(certificates: Vec<Fingerprint>) -> Option<StoreContent> {
    Some(StoreContent { certificates, ..StoreContent::default() })
}

/// Whether store `n` holds authority `ca`: four of five.
fn holds(n: usize, ca: usize) -> bool {
    !(n * 31 + ca * 17).is_multiple_of(5)
}

fn server(name: &str, key: u64, issuer: &Cert) -> Cert {
    Cert::end_entity(format!("CN={name}")).dns(name).key(Key::p256(key)).issued_by(issuer)
}

fn vcenters(authorities: usize) {
    let cas: Vec<Cert> =
        (0..authorities).map(|n| Cert::ca(format!("CN=CA {n}")).key(Key::p256(number(n))).self_signed()).collect();
    let mut maker = Maker::default();
    let anchors: Vec<Fingerprint> = cas.iter().map(|ca| maker.add(ca)).collect();
    let mut machines = Vec::new();
    for n in 0..VCENTERS {
        let name = format!("vc{n}.lab.example");
        let machine = server(&name, number(10_000 + n), &cas[n % authorities]);
        let machine_ssl = presented(vec![maker.add(&machine)]);
        let trusted = (0..authorities).filter(|ca| holds(n, *ca)).map(|ca| anchors[ca]).collect();
        let vcenter = VCenter { name: name.into(), machine_ssl, trusted_roots: content(trusted), ..VCenter::default() };
        maker.estate.vcenters.push(vcenter);
        machines.push(machine);
    }
    let resolved = maker.estate.resolve();
    let label = format!("{VCENTERS} vCenters, {authorities} CAs");
    let at = Time::from_unix(AT);
    for profile in Profile::ALL {
        let time = best(|| Topology::of(&resolved).matrix(profile, at));
        row(&label, &format!("matrix, {profile}, from parsed certificates"), time);
    }
    let topology = Topology::of(&resolved);
    let matrix = topology.matrix(Profile::Webpki, at);
    row(&label, "causes of the untrusted cells", best(|| topology.causes(&matrix)));
    row(&label, "smallest set of additions", best(|| topology.additions(&matrix)));
    row(&label, "forecast of five years", best(|| topology.forecast(Profile::Strict, at, at.plus_days(1826))));
    let pair = peer(&cas, &machines, |from, to| {
        let ours = matrix.cell(from, to).map(vitrust::assess::Trust::name);
        ours == Some("trusted")
    });
    row(&label, "rustls-webpki, all pairs (from a sample)", pair * u32::try_from(VCENTERS * VCENTERS).expect("small"));
}

/// The mean time of one question to rustls-webpki, whose answers must be ours.
fn peer(cas: &[Cert], machines: &[Cert], ours: impl Fn(usize, usize) -> bool) -> Duration {
    let roots: Vec<CertificateDer<'_>> = cas.iter().map(|ca| CertificateDer::from(ca.der())).collect();
    let anchors: Vec<TrustAnchor<'_>> =
        roots.iter().map(|root| anchor_from_trusted_cert(root).expect("a readable root")).collect();
    let at = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(AT).expect("after 1970")));
    let mut spent = Duration::ZERO;
    let mut asked = 0;
    for from in (0..VCENTERS).step_by(50) {
        let store: Vec<TrustAnchor<'_>> =
            anchors.iter().enumerate().filter(|(ca, _)| holds(from, *ca)).map(|(_, anchor)| anchor.clone()).collect();
        for (to, machine) in machines.iter().enumerate().step_by(9) {
            let started = Instant::now();
            let der = CertificateDer::from(machine.der());
            let end_entity = EndEntityCert::try_from(&der).expect("a readable certificate");
            let algorithms = &[webpki::ring::ECDSA_P256_SHA256];
            let verified =
                end_entity.verify_for_usage(algorithms, &store, &[], at, KeyUsage::server_auth(), None, None);
            spent += started.elapsed();
            asked += 1;
            assert_eq!(verified.is_ok(), ours(from, to), "{from} -> {to}");
        }
    }
    spent / asked
}

/// 10 vCenters, 10,000 hosts; each castore.pem holds 200 of 3,000 certificates.
fn hosts() {
    let mut maker = Maker::default();
    let cas: Vec<Cert> =
        (0..3000).map(|n| Cert::ca(format!("CN=CA {n}")).key(Key::p256(n % 64)).self_signed()).collect();
    let anchors: Vec<Fingerprint> = cas.iter().map(|ca| maker.add(ca)).collect();
    for n in 0..10 {
        let name = format!("vc{n}.lab.example");
        let machine = server(&name, 100 + number(n), &cas[n]);
        let machine_ssl = presented(vec![maker.add(&machine)]);
        let trusted_roots = content(anchors[..200].to_vec());
        let hosts = (0..HOSTS / 10).map(|host| {
            let name = format!("esx{n}-{host}.lab.example");
            let chain = vec![maker.add(&server(&name, number(200 + host % 64), &cas[n]))];
            let castore = (0..200).map(|ca| anchors[(ca * 15 + n * 1000 + host) % anchors.len()]).collect();
            let version = Some("8.0.3".to_owned());
            let https = presented(chain.clone());
            Host {
                name: name.into(),
                version,
                https,
                iofilter: presented(chain),
                castore: content(castore),
                ..Host::default()
            }
        });
        let hosts = hosts.collect();
        let name = name.into();
        maker.estate.vcenters.push(VCenter { name, machine_ssl, trusted_roots, hosts, ..VCenter::default() });
    }
    let label = format!("{HOSTS} hosts, 200 of 3,000 certificates each");
    let resolved = maker.estate.resolve();
    let topology = Topology::of(&resolved);
    let at = Time::from_unix(AT);
    row(&label, "topology from parsed certificates", best(|| Topology::of(&resolved)));
    row(&label, "edges", best(|| topology.edges(Profile::Strict, at)));
    row(&label, "forecast of five years", best(|| topology.forecast(Profile::Strict, at, at.plus_days(1826))));
    row(&label, "whole report", best(|| assess(&maker.estate, &AssessOptions::at(at))));
    if let Some(peak) = peak_megabytes() {
        println!("\nlargest memory of the process: {peak} MB");
    }
}

/// The largest resident size so far, where the system tells (Linux).
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// The shortest of a few runs.
fn best<T>(run: impl Fn() -> T) -> Duration {
    let once = || {
        let started = Instant::now();
        std::hint::black_box(run());
        started.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap_or_default()
}

fn row(estate: &str, what: &str, time: Duration) {
    println!("| {estate} | {what} | {:.1} |", time.as_secs_f64() * 1e3);
}
