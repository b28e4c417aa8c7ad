//! The files that the C# program reads: stores of every shape, chains, and a large estate.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use vitrust_factory::{Cert, Crl, Hash, Key, Reason, pkcs7, vsphere};
use zip::write::SimpleFileOptions;

use crate::lab::Lab;

/// Writes them all into `folder`.
pub(super) fn write(folder: &Path) {
    fs::create_dir_all(folder).expect("a writable folder");
    let put = |name: &str, content: &[u8]| fs::write(folder.join(name), content).expect("a writable file");
    let root = Cert::ca("CN=CA, DC=vsphere, DC=local, O=vc01").key(Key::p256(1)).self_signed();
    let regenerated = Cert::ca("CN=CA, DC=vsphere, DC=local, O=vc01").key(Key::p256(2)).self_signed();
    let server = vsphere::machine_ssl_builder("vc01.lab.example", 0).key(Key::p256(3)).issued_by(&root);
    let other = Cert::ca("CN=Corp Root, O=Corp").key(Key::p256(4)).self_signed();
    let crl = Crl::of(&root).revoke_for(&server, "2026-04-01", Reason::KeyCompromise).sign();
    let half = half(&root);
    put("root.pem", root.pem().as_bytes());
    put("root.der", root.der());
    put("root.p7b", &pkcs7(&[&root]));
    put("regenerated.pem", regenerated.pem().as_bytes());
    put("other.pem", other.pem().as_bytes());
    put("both.pem", (regenerated.pem() + &root.pem() + &root.pem()).as_bytes());
    put("chain.pem", (server.pem() + &root.pem()).as_bytes());
    put("server.der", server.der());
    put("crl.pem", crl.pem().as_bytes());
    put("damaged.pem", (root.pem() + &half).as_bytes());
    put("listing.txt", listing(&server, &root).as_bytes());
    put("wrong.txt", wrong(&root, &regenerated).as_bytes());
    put("scripts.pem", scripts().as_bytes());
    put("download.zip", &download(&root));
    put("many.pem", many(2000).as_bytes());
    put("large.json", large(5000).as_bytes());
    put("keys.txt", keys(200).as_bytes());
}

/// A block that was cut off.
fn half(root: &Cert) -> String {
    root.pem().lines().take(5).collect::<Vec<_>>().join("\n") + "\n"
}

fn entry(store: &str, alias: &str, kind: &str, cert: &Cert) -> String {
    format!("[*] Store : {store}\nAlias :\t{alias}\nEntry type :\t{kind}\nCertificate :\t{}\n", cert.pem())
}

fn listing(server: &Cert, root: &Cert) -> String {
    entry("MACHINE_SSL_CERT", "__MACHINE_CERT", "Private Key", server)
        + &entry("TRUSTED_ROOTS", &root.sha1(), "Trusted Cert", root)
}

/// A store with one of several things that are wrong.
fn wrong(root: &Cert, regenerated: &Cert) -> String {
    let expired = Cert::ca("CN=Old Root").key(Key::p256(5)).expired().self_signed();
    let server = Cert::end_entity("CN=esx01.lab.example").dns("esx01.lab.example").key(Key::p256(6)).issued_by(root);
    let entries = [root, regenerated, &expired, &server].map(|cert| {
        let alias = if cert.sha1() == root.sha1() { "not-its-thumbprint".to_owned() } else { cert.sha1() };
        entry("TRUSTED_ROOTS", &alias, "Trusted Cert", cert)
    });
    let cut =
        format!("[*] Store : TRUSTED_ROOTS\nAlias :\tcut\nEntry type :\tTrusted Cert\nCertificate :\t{}", half(root));
    entries.concat() + &cut
}

/// A name in several scripts, and one that would take over a terminal.
fn scripts() -> String {
    let named = Cert::ca("CN=Zürich 東京 \u{1f512}").key(Key::p256(7)).self_signed();
    let rude = Cert::ca("CN=\u{1b}[2J\u{7}gone\u{202e}").key(Key::p256(8)).self_signed();
    named.pem() + &rude.pem()
}

/// A download of vCenter with one root and its CRL.
fn download(root: &Cert) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let members = [("certs/lin/3a1b2c4d.0", root.pem()), ("certs/lin/3a1b2c4d.r0", Crl::of(root).sign().pem())];
    for (name, content) in members {
        archive.start_file(name, SimpleFileOptions::default()).expect("a member");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

/// So many roots. Nobody checks their signatures, so they need not be made.
fn many(count: u64) -> String {
    let root =
        |number| Cert::ca(format!("CN=Root {number}")).key(Key::p256(number % 8)).signature(&[0; 64]).self_signed();
    (0..count).map(|number| root(number).pem()).collect()
}

/// An estate of so many hosts, all with the same certificates.
fn large(hosts: usize) -> String {
    let mut lab = Lab::default();
    let root = crate::lab::root("Root", 1);
    let machine = crate::lab::server("vc01.lab.example", 2, &root);
    let host = crate::lab::server("esx.lab.example", 3, &root);
    lab.vcenter("vc01.lab.example", &[&machine], &[&root]);
    for number in 0..hosts {
        lab.host(&format!("esx{number:04}.lab.example"), Some("8.0.3"), &[&host], &[&root]);
    }
    lab.estate.to_json()
}

/// The keys of the first sessions of a simulated estate with seed 1, in quotes as the cookie has them.
fn keys(count: usize) -> String {
    let key = |number| Hash::Sha1.digest(format!("{} {number}", 1 << 16).as_bytes());
    let hex = |digest: Vec<u8>| digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    (0..count).map(|number| format!("\"{}\"\n", hex(key(number)))).collect()
}
