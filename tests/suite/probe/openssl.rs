//! The probe against `openssl s_server`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use vitrust::net::vsphere::calls::Client;
use vitrust::net::{Cancel, Credentials, Inventory, ServerTrust};
use vitrust_factory::{Cert, Key};

use super::{ask, failure, options};

/// A running `openssl s_server` with a chain of two under a root it does not send.
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

struct Pki {
    folder: PathBuf,
    leaf: Cert,
    issuing: Cert,
}

fn pki(name: &str) -> Pki {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("probe-{name}"));
    fs::create_dir_all(&folder).expect("a writable folder");
    let root = Cert::ca("CN=Probe Root").key(Key::p256(801)).self_signed();
    let issuing = Cert::ca("CN=Probe Issuing").key(Key::p256(802)).issued_by(&root);
    let leaf = Cert::end_entity("CN=esx01").dns("esx01.lab.example").key(Key::p256(803)).issued_by(&issuing);
    let write = |file: &str, text: String| fs::write(folder.join(file), text).expect("a writable file");
    write("leaf.pem", leaf.pem());
    write("key.pem", leaf.key().pkcs8_pem());
    write("chain.pem", issuing.pem());
    write("root.pem", root.pem());
    Pki { folder, leaf, issuing }
}

/// Starts a server with these arguments; `None` and a notice where there is no OpenSSL.
fn serve(pki: &Pki, arguments: &[&str]) -> Option<Server> {
    let started = Command::new("openssl")
        .current_dir(&pki.folder)
        .args(["s_server", "-accept", "127.0.0.1:0", "-cert", "leaf.pem", "-key", "key.pem"])
        .args(["-cert_chain", "chain.pem", "-naccept", "4"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut process) = started else {
        eprintln!("skipped: there is no openssl");
        return None;
    };
    let output = BufReader::new(process.stdout.take().expect("a pipe"));
    let accept = output.lines().map_while(Result::ok).find_map(|line| line.strip_prefix("ACCEPT ").map(str::to_owned));
    let port = accept.and_then(|at| at.rsplit(':').next().and_then(|port| port.parse().ok()));
    let port = port.unwrap_or_else(|| panic!("openssl s_server {arguments:?} did not start"));
    Some(Server { process, port })
}

#[test]
fn the_chain_is_kept_as_sent_in_both_protocols() {
    let pki = pki("chain");
    for (flag, protocol) in [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")] {
        let Some(server) = serve(&pki, &[flag]) else { return };
        let found = ask("esx01.lab.example", server.port, options());
        assert_eq!(found.failure, None);
        let chain: Vec<String> = found.chain.iter().map(|presented| presented.sha256.to_string()).collect();
        assert_eq!(chain, [pki.leaf.sha256(), pki.issuing.sha256()]);
        assert_eq!((found.protocol.as_deref(), found.possession), (Some(protocol), Some(true)));
        assert_eq!(found.server_name.as_deref(), Some("esx01.lab.example"));
        assert_eq!(found.client_certificate, None);
        assert!(found.address.is_some() && found.handshake_ms.is_some());
    }
}

#[test]
fn a_server_that_wants_a_client_certificate_says_whose_and_refuses_without() {
    let pki = pki("client");
    for (flag, number, name) in [("-tls1_2", 40, "handshake_failure"), ("-tls1_3", 116, "certificate_required")] {
        let Some(server) = serve(&pki, &[flag, "-Verify", "1", "-CAfile", "root.pem"]) else { return };
        let found = ask("esx01.lab.example", server.port, options());
        let request = found.client_certificate.as_ref().expect("a request");
        assert_eq!(request.issuers, ["CN=Probe Root"]);
        let alert = found.alert.expect("an alert");
        assert_eq!((alert.number, alert.name, alert.from), (number, name, vitrust::net::Side::Peer));
        assert_eq!(failure(&found), Some("handshake"));
        assert_eq!(found.chain.len(), 2, "the chain came before the refusal");
    }
}

#[test]
fn a_server_that_only_asks_for_a_client_certificate_is_content_without() {
    let pki = pki("asks");
    let Some(server) = serve(&pki, &["-tls1_3", "-verify", "1", "-CAfile", "root.pem"]) else { return };
    let found = ask("esx01.lab.example", server.port, options());
    assert_eq!((failure(&found), found.alert), (None, None));
    assert!(found.client_certificate.is_some());
}

#[test]
fn a_server_without_a_common_protocol_or_suite_says_so() {
    let pki = pki("old");
    let suites: [(&[&str], u8); 2] =
        [(&["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], 70), (&["-tls1_2", "-cipher", "AES128-SHA"], 40)];
    for (arguments, number) in suites {
        let Some(server) = serve(&pki, arguments) else { return };
        let found = ask("esx01.lab.example", server.port, options());
        assert_eq!(failure(&found), Some("handshake"), "{arguments:?}");
        assert_eq!(found.alert.map(|alert| alert.number), Some(number), "{arguments:?}: {found:?}");
    }
}

/// A certificate for a key, and a pki folder of it alone.
fn alone(name: &str, key: Key) -> Pki {
    let made = pki(name);
    let leaf = Cert::end_entity("CN=esx01").dns("esx01.lab.example").key(key).self_signed();
    fs::write(made.folder.join("leaf.pem"), leaf.pem()).expect("a writable file");
    fs::write(made.folder.join("key.pem"), leaf.key().pkcs8_pem()).expect("a writable file");
    Pki { leaf, ..made }
}

#[test]
fn a_key_that_cannot_be_checked_is_neither_proved_nor_disproved() {
    let small = alone("small", Key::rsa1024(3));
    for flag in ["-tls1_2", "-tls1_3"] {
        let Some(server) = serve(&small, &[flag, "-cipher", "ALL:@SECLEVEL=0"]) else { return };
        let found = ask("esx01.lab.example", server.port, options());
        assert_eq!(found.chain.first().map(|leaf| leaf.sha256.to_string()), Some(small.leaf.sha256()), "{found:?}");
        assert_eq!(found.possession, None, "{flag}: {found:?}");
    }
    let large = alone("large", Key::rsa2048(3));
    let Some(server) = serve(&large, &["-tls1_3"]) else { return };
    assert_eq!(ask("esx01.lab.example", server.port, options()).possession, Some(true));
}

#[test]
fn no_pin_is_advised_for_a_key_that_cannot_be_checked() {
    let small = alone("pinned", Key::rsa1024(4));
    let pin: vitrust::thumbprint::Fingerprint = small.leaf.sha256().parse().expect("a fingerprint");
    let root = vitrust::Certificate::from_pem(small.leaf.pem().as_bytes()).expect("PEM");
    for trust in [ServerTrust::Pinned(vec![pin]), ServerTrust::only(vec![root]), ServerTrust::only(Vec::new())] {
        let Some(server) = serve(&small, &["-tls1_3", "-cipher", "ALL:@SECLEVEL=0"]) else { return };
        let mut inventory = Inventory::new("").expect("no options");
        let settings = format!(r#"{{"url": "127.0.0.1:{}", "insecure": true}}"#, server.port);
        inventory.add(&settings, Credentials::Session("x".to_owned().into())).expect("an entry");
        let mut target = inventory.vcenters.remove(0).target;
        target.trust = trust;
        let told = match Client::open(&target, &Cancel::default()) {
            Ok(_) => panic!("it is trusted"),
            Err(error) => error.to_string(),
        };
        assert!(told.contains("neither a ca_file nor a pin helps") && !told.contains("pins ="), "{told}");
    }
}
