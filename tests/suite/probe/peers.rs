//! The probe against the TLS servers of Go and Java, which ask for client certificates in their own ways.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use vitrust::net::{ClientIdentity, Probe, ProbeOptions, Side};
use vitrust_factory::{Cert, Key};

use super::{ask, failure, options};
use crate::architecture::root;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Peer {
    Go,
    Java,
}

/// A running server. It ends when its standard input does.
struct Server {
    process: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Peer {
    const ALL: [Self; 2] = [Self::Go, Self::Java];

    /// The command that serves; `None` and a notice where its tool is missing.
    fn command(self) -> Option<Command> {
        let folder = root().join("tests/interop/tls");
        match self {
            Self::Go => go(&folder).map(Command::new),
            Self::Java => {
                let mut command = Command::new("java");
                command.arg(folder.join("TlsServer.java"));
                Some(command)
            }
        }
    }

    fn serve(self, lab: &Lab, arguments: &[&str]) -> Option<Server> {
        let mut command = self.command()?;
        command.current_dir(&lab.folder).args(["-cert", "chain.pem", "-key", "key.pem"]).args(arguments);
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let Ok(mut process) = started else {
            eprintln!("skipped: there is no {self:?}");
            return None;
        };
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().expect("a pipe"));
        output.read_line(&mut line).expect("text");
        let port = line.trim().strip_prefix("PORT ").and_then(|port| port.parse().ok());
        let Some(port) = port else {
            eprintln!("skipped: {self:?} did not start its server");
            let _ = process.kill();
            let _ = process.wait();
            return None;
        };
        // What it says of each handshake is for whoever runs it by hand.
        std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(drop));
        Some(Server { process, port })
    }
}

/// The program, built once.
fn go(folder: &PathBuf) -> Option<&'static PathBuf> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let build = || {
        let program = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tls-go");
        let mut command = Command::new("go");
        command.args(["build", "-o"]).arg(&program).arg(".").current_dir(folder).env("GOTOOLCHAIN", "local");
        match command.output() {
            Ok(output) if output.status.success() => Some(program),
            Ok(output) => panic!("{}", String::from_utf8_lossy(&output.stderr)),
            Err(_) => {
                eprintln!("skipped: there is no Go");
                None
            }
        }
    };
    PROGRAM.get_or_init(build).as_ref()
}

/// A server's chain, a client's, and one of a CA that the server does not know. Servers judge by their own clocks.
struct Lab {
    folder: PathBuf,
    /// As it is sent: the end-entity certificate, then not its issuer but the root.
    chain: Vec<String>,
    welcome: ClientIdentity,
    stranger: ClientIdentity,
}

fn lab(name: &str) -> Lab {
    const LONG: (&str, &str) = ("2020-01-01", "2049-01-01");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("probe-peers-{name}"));
    fs::create_dir_all(&folder).expect("a writable folder");
    let root = Cert::ca("CN=Peers Root").validity(LONG.0, LONG.1).key(Key::p256(811)).self_signed();
    let issuing = Cert::ca("CN=Peers Issuing").validity(LONG.0, LONG.1).key(Key::p256(812)).issued_by(&root);
    let leaf = Cert::end_entity("CN=esx01").validity(LONG.0, LONG.1).dns("esx01.lab.example").key(Key::p256(813));
    let leaf = leaf.issued_by(&issuing);
    let clients = Cert::ca("CN=SMS Clients, O=VMware").validity(LONG.0, LONG.1).key(Key::p256(814)).self_signed();
    let others = Cert::ca("CN=Other Clients").validity(LONG.0, LONG.1).key(Key::p256(815)).self_signed();
    let client = |issuer: &Cert, key: u64| {
        let made = Cert::end_entity("CN=sms").validity(LONG.0, LONG.1).key(Key::p256(key));
        let made = made.extended_key_usage(&["1.3.6.1.5.5.7.3.2"]).issued_by(issuer);
        ClientIdentity::from_pem(made.pem().as_bytes(), made.key().pkcs8_pem().as_bytes()).expect("an identity")
    };
    let write = |file: &str, text: String| fs::write(folder.join(file), text).expect("a writable file");
    write("chain.pem", [&leaf, &root, &issuing].map(Cert::pem).concat());
    write("key.pem", leaf.key().pkcs8_pem());
    write("clients.pem", clients.pem());
    Lab {
        chain: [&leaf, &root, &issuing].map(Cert::sha256).to_vec(),
        welcome: client(&clients, 816),
        stranger: client(&others, 817),
        folder,
    }
}

/// A probe that has been refused. In TLS 1.3 the refusal comes after the handshake, and a server that has just started
/// may be slower with it than a probe waits.
fn refused(server: &Server, identity: Option<&ClientIdentity>) -> Probe {
    let options = ProbeOptions { identity: identity.cloned(), ..options() };
    let mut found = ask("esx01.lab.example", server.port, options.clone());
    for _ in 0..20 {
        if found.failure.is_some() {
            break;
        }
        found = ask("esx01.lab.example", server.port, options.clone());
    }
    found
}

fn fingerprints(found: &Probe) -> Vec<String> {
    found.chain.iter().map(|presented| presented.sha256.to_string()).collect()
}

const PROTOCOLS: [(&str, &str); 2] = [("1.2", "TLSv1.2"), ("1.3", "TLSv1.3")];

#[test]
fn a_chain_in_a_wrong_order_is_kept_so() {
    let lab = lab("order");
    for (peer, (version, protocol)) in Peer::ALL.into_iter().flat_map(|peer| PROTOCOLS.map(|both| (peer, both))) {
        let Some(server) = peer.serve(&lab, &["-min", version, "-max", version]) else { continue };
        let found = ask("esx01.lab.example", server.port, options());
        assert_eq!(found.failure, None, "{peer:?} {version}");
        assert_eq!(fingerprints(&found), lab.chain, "{peer:?} {version}");
        assert_eq!((found.protocol.as_deref(), found.possession), (Some(protocol), Some(true)), "{peer:?}");
        assert_eq!((found.client_certificate, found.alert), (None, None), "{peer:?} {version}");
    }
}

#[test]
fn a_server_that_asks_says_whose_certificates_it_takes_and_is_content_without() {
    let lab = lab("asks");
    for (peer, (version, protocol)) in Peer::ALL.into_iter().flat_map(|peer| PROTOCOLS.map(|both| (peer, both))) {
        let arguments = ["-min", version, "-max", version, "-client", "request", "-ca", "clients.pem"];
        let Some(server) = peer.serve(&lab, &arguments) else { continue };
        let found = ask("esx01.lab.example", server.port, options());
        assert_eq!((failure(&found), found.alert), (None, None), "{peer:?} {version}");
        assert_eq!(found.protocol.as_deref(), Some(protocol));
        let request = found.client_certificate.as_ref().expect("a request");
        assert_eq!(request.issuers, ["CN=SMS Clients, O=VMware"], "{peer:?} {version}");
    }
}

#[test]
fn a_server_that_insists_lets_its_own_clients_in() {
    let lab = lab("welcome");
    for (peer, (version, protocol)) in Peer::ALL.into_iter().flat_map(|peer| PROTOCOLS.map(|both| (peer, both))) {
        let arguments = ["-min", version, "-max", version, "-client", "verify", "-ca", "clients.pem"];
        let Some(server) = peer.serve(&lab, &arguments) else { continue };
        let options = ProbeOptions { identity: Some(lab.welcome.clone()), ..options() };
        let found = ask("esx01.lab.example", server.port, options);
        assert_eq!((failure(&found), found.alert), (None, None), "{peer:?} {version}: {found:?}");
        assert_eq!((found.protocol.as_deref(), found.client_certificate.is_some()), (Some(protocol), true));
    }
}

/// What each refuses with: without a certificate, and with one of a stranger. Older releases chose other numbers.
const REFUSALS: [(Peer, &str, [&[u8]; 2]); 4] = [
    (Peer::Go, "1.2", [&[42, 40], &[48, 42]]),
    (Peer::Go, "1.3", [&[116, 42], &[48, 42]]),
    (Peer::Java, "1.2", [&[42, 40], &[46, 48]]),
    (Peer::Java, "1.3", [&[116, 42], &[46, 48]]),
];

#[test]
fn a_refusal_keeps_number_name_and_side_and_the_chain_before_it() {
    let lab = lab("refuses");
    for (peer, version, numbers) in REFUSALS {
        let arguments = ["-min", version, "-max", version, "-client", "verify", "-ca", "clients.pem"];
        let Some(server) = peer.serve(&lab, &arguments) else { continue };
        for (identity, numbers) in [None, Some(&lab.stranger)].into_iter().zip(numbers) {
            let found = refused(&server, identity);
            let alert = found.alert.unwrap_or_else(|| panic!("{peer:?} {version}: {found:?}"));
            assert!(numbers.contains(&alert.number), "{peer:?} {version} {}: {alert}", identity.is_some());
            let name = vitrust::net::Alert::new(alert.number, Side::Peer).name;
            assert_eq!((alert.name, alert.from), (name, Side::Peer), "{peer:?} {version}");
            assert_eq!(failure(&found), Some("handshake"), "{peer:?} {version}");
            assert_eq!(fingerprints(&found), lab.chain, "{peer:?} {version}: the chain came before the refusal");
            let request = found.client_certificate.as_ref().expect("a request");
            assert_eq!(request.issuers, ["CN=SMS Clients, O=VMware"], "{peer:?} {version}");
        }
    }
}

#[test]
fn an_identity_needs_a_certificate_and_its_own_key() {
    let one = Cert::end_entity("CN=sms").key(Key::p256(821)).self_signed();
    let other = Key::p256(822).pkcs8_pem();
    let made = |chain: &str, key: &str| ClientIdentity::from_pem(chain.as_bytes(), key.as_bytes());
    let identity = made(&one.pem(), &one.key().pkcs8_pem()).expect("an identity");
    assert_eq!(format!("{identity:?}"), "ClientIdentity(..)");
    for (chain, key) in [(one.pem(), other.clone()), (String::new(), other.clone()), (one.pem(), one.pem())] {
        let error = made(&chain, &key).expect_err("no identity").to_string();
        assert!(error.starts_with("this is not a client certificate with its key: the "), "{error}");
        assert!(!error.contains(&other[40..80]), "{error}");
    }
}
