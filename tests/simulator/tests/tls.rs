//! OpenSSL's client at the hosts' ports: what they present, whom they let in.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use crate::support::openssl::{exchange, run};
use crate::support::{now, start};
use vitrust_simulator::{Simulation, Spec, Story};

const HOST: &str = "esx01.vc01.lab.example";
const REQUEST: &str = "GET /version.xml HTTP/1.1\r\nHost: esx01.vc01.lab.example:9080\r\n\r\n";

/// The service's certificate and key as files.
fn identity(simulation: &Simulation, name: &str) -> (PathBuf, PathBuf) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("identity-{name}"));
    fs::create_dir_all(&folder).expect("a folder");
    let (certificate, key) = (folder.join("sms.pem"), folder.join("sms.key"));
    fs::write(&certificate, simulation.sms_pem(0)).expect("a file");
    fs::write(&key, simulation.sms_key_pem(0)).expect("a file");
    (certificate, key)
}

fn ask(simulation: &Simulation, with: Option<&(PathBuf, PathBuf)>, version: &str) -> (String, String) {
    let mut options = vec![version];
    if let Some((certificate, key)) = with {
        options.extend(["-cert", certificate.to_str().expect("a path"), "-key", key.to_str().expect("a path")]);
    }
    exchange(simulation.provider_port(), HOST, &options, REQUEST)
}

#[test]
fn the_service_is_let_in_and_nobody_else() {
    let simulation = start(&Spec::at(now()));
    let other = start(&Spec { seed: 2, ..Spec::at(now()) });
    let (own, foreign) = (identity(&simulation, "own"), identity(&other, "foreign"));
    for version in ["-tls1_2", "-tls1_3"] {
        let (answer, messages) = ask(&simulation, Some(&own), version);
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("<vasa-provider>"), "{answer}{messages}");
        let (answer, messages) = ask(&simulation, Some(&foreign), version);
        assert_eq!(answer, "", "{version}");
        assert!(messages.contains("alert number 46"), "{version}: certificate_unknown: {messages}");
        let (answer, messages) = ask(&simulation, None, version);
        assert_eq!(answer, "", "{version}");
        // certificate_required, which rustls sends in TLS 1.2 as well.
        assert!(messages.contains("alert number 116"), "{version}: {messages}");
    }
}

#[test]
fn a_castore_without_its_certificate_refuses_the_service() {
    let simulation = start(&Spec { story: Story::StaleProvider, ..Spec::at(now()) });
    let (answer, messages) = ask(&simulation, Some(&identity(&simulation, "stale")), "-tls1_3");
    assert!(answer.is_empty() && messages.contains("alert number 46"), "{answer}{messages}");
}

#[test]
fn openssl_verifies_every_certificate_of_a_sound_estate() {
    let simulation = start(&Spec { vcenters: 2, hosts_per_vcenter: 2, ..Spec::at(now()) });
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sound");
    let fleet = simulation.write_fleet(&folder).expect("files");
    let ca = folder.join("ca.pem");
    for vcenter in &simulation.vcenters {
        let names = vcenter.hosts.iter().map(|host| (host, simulation.management_port()));
        for (name, address) in names.chain([(&vcenter.name, vcenter.address)]) {
            let options = ["-CAfile", ca.to_str().expect("a path"), "-verify_return_error", "-verify_hostname", name];
            let (_, messages) = exchange(address, name, &options, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
            assert!(messages.contains("verify return:1") && !messages.contains("verify error"), "{name}: {messages}");
        }
    }
    let text = fs::read_to_string(fleet).expect("the inventory");
    assert!(!text.contains(vitrust_simulator::PASSWORD), "the password stands in its own file alone");
    let password = fs::read_to_string(folder.join("password.txt")).expect("the password");
    assert_eq!(password, vitrust_simulator::PASSWORD);
}

#[test]
fn a_host_gives_its_castore_to_its_own_administrator() {
    let simulation = start(&Spec::at(now()));
    let get = |credentials: &str| {
        let authorization = base64_simd::STANDARD.encode_to_string(credentials);
        let request =
            format!("GET /host/castore HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Basic {authorization}\r\n\r\n");
        exchange(simulation.management_port(), HOST, &[], &request).0
    };
    let answer = get(&format!("root:{}", vitrust_simulator::PASSWORD));
    assert!(answer.ends_with(&simulation.castore(0, 0)), "{answer}");
    assert!(get("root:wrong").starts_with("HTTP/1.1 401"));
}

#[test]
fn the_archive_has_openssls_file_names() {
    let simulation = start(&Spec { story: Story::ExpiredRoot, ..Spec::at(now()) });
    let archive = vitrust::net::blocking::run(async {
        let target = crate::support::target(&simulation, 0, "nobody");
        vitrust::net::vsphere::certificate_archive(&target, &vitrust::net::Cancel::default()).await
    });
    let archive = archive.expect("a runtime").expect("the archive");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("a ZIP archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    assert_eq!(names.len(), 12, "two roots and two CRLs, for three systems: {names:?}");
    for name in names.iter().filter(|name| name.contains("/lin/")) {
        let mut pem = String::new();
        archive.by_name(name).expect("an entry").read_to_string(&mut pem).expect("text");
        let (command, option) = if name.contains(".r") { ("crl", "-hash") } else { ("x509", "-subject_hash") };
        let hash = run(&[command, "-noout", option], &pem);
        assert!(name.starts_with(&format!("certs/lin/{}.", hash.trim())), "{name}: {hash}");
    }
}
