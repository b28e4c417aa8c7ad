//! OpenSSL reads and accepts what the factory makes well, and sees what it makes wrong.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use vitrust_factory::{
    AT, AuthorityKeyId, Cert, Crl, CrlEntry, DistributionPoint, GeneralName, Hash, IssuingDistributionPoint, Key, Pss,
    Reason, SignatureAlgorithm, Version, oid, pkcs7, vsphere,
};

/// Whether the `openssl` command is there; says so when not.
fn openssl_is_here() -> bool {
    let found = Command::new("openssl").arg("version").stdout(Stdio::null()).status().is_ok();
    if !found {
        eprintln!("SKIPPED: there is no openssl command on this machine");
    }
    found
}

/// Runs `openssl` with `input` on its standard input; returns success and both outputs.
fn openssl(arguments: &[&str], input: &[u8]) -> (bool, String) {
    let mut child = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

fn file(name: &str, content: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// `openssl verify` of `chain` (end-entity first) against `root`.
fn verify(name: &str, root: &Cert, chain: &[&Cert]) -> (bool, String) {
    let rest: String = chain[1..].iter().map(|cert| cert.pem()).collect();
    let anchors = file(&format!("{name}-root.pem"), &root.pem());
    let others = file(&format!("{name}-rest.pem"), &format!("{rest}{}", root.pem()));
    let end = file(&format!("{name}-end.pem"), &chain[0].pem());
    let paths = [anchors, others, end].map(|path| path.to_str().unwrap().to_owned());
    let at = AT.to_string();
    let arguments = ["verify", "-attime", &at, "-no-CApath", "-no-CAstore", "-CAfile", &paths[0], "-untrusted"];
    openssl(&[arguments.as_slice(), &[&paths[1], &paths[2]]].concat(), &[])
}

fn all_algorithms() -> Vec<(&'static str, Key, SignatureAlgorithm)> {
    use SignatureAlgorithm::{Ecdsa, Ed25519, RsaPkcs1, RsaPss};
    let odd = Pss { hash: Hash::Sha256, mask_hash: Hash::Sha512, salt: 20, trailer: None };
    vec![
        ("rsa1024-sha1", Key::rsa1024(0), RsaPkcs1(Hash::Sha1)),
        ("rsa2048-sha256", Key::rsa2048(0), RsaPkcs1(Hash::Sha256)),
        ("rsa3072-sha384", Key::rsa3072(0), RsaPkcs1(Hash::Sha384)),
        ("rsa4096-sha512", Key::rsa4096(0), RsaPkcs1(Hash::Sha512)),
        ("rsa8192-sha256", Key::rsa8192(), RsaPkcs1(Hash::Sha256)),
        ("pss-sha256", Key::rsa2048(1), RsaPss(Pss::usual(Hash::Sha256))),
        ("pss-sha384", Key::rsa2048(1), RsaPss(Pss::usual(Hash::Sha384))),
        ("pss-sha512", Key::rsa2048(1), RsaPss(Pss::usual(Hash::Sha512))),
        ("pss-sha1", Key::rsa2048(1), RsaPss(Pss::usual(Hash::Sha1))),
        ("pss-odd", Key::rsa2048(1), RsaPss(odd)),
        ("p256-sha256", Key::p256(1), Ecdsa(Hash::Sha256)),
        ("p256-sha512", Key::p256(1), Ecdsa(Hash::Sha512)),
        ("p256-sha1", Key::p256(1), Ecdsa(Hash::Sha1)),
        ("p384-sha256", Key::p384(1), Ecdsa(Hash::Sha256)),
        ("p384-sha384", Key::p384(1), Ecdsa(Hash::Sha384)),
        ("p521-sha256", Key::p521(1), Ecdsa(Hash::Sha256)),
        ("p521-sha512", Key::p521(1), Ecdsa(Hash::Sha512)),
        ("ed25519", Key::ed25519(1), Ed25519),
    ]
}

#[test]
fn chains_of_every_algorithm_verify() {
    if !openssl_is_here() {
        return;
    }
    for (name, key, algorithm) in all_algorithms() {
        let root = Cert::ca("CN=root").key(key).algorithm(algorithm).self_signed();
        let middle = Cert::ca("CN=middle").key(Key::p256(7)).algorithm(algorithm).issued_by(&root);
        let end = Cert::end_entity("CN=a.example").dns("a.example").key(Key::p256(8)).issued_by(&middle);
        let (good, text) = verify(name, &root, &[&end, &middle]);
        assert!(good, "{name}: {text}");
        let broken = middle.rebuild().algorithm(algorithm).corrupt_signature().issued_by(&root);
        let (good, text) = verify(name, &root, &[&end, &broken]);
        assert!(!good && text.contains("signature failure"), "{name} with a corrupted signature: {text}");
    }
}

#[test]
fn md5_and_the_largest_key_are_well_formed() {
    if !openssl_is_here() {
        return;
    }
    let md5 = SignatureAlgorithm::RsaPkcs1(Hash::Md5);
    let old = Cert::ca("CN=old").key(Key::rsa1024(1)).algorithm(md5).self_signed();
    let (_, text) = openssl(&["x509", "-text", "-noout"], old.pem().as_bytes());
    assert!(text.contains("md5WithRSAEncryption"), "{text}");
    let large = Cert::end_entity("CN=large").key(Key::rsa16384()).issued_by(&old);
    let (_, text) = openssl(&["x509", "-text", "-noout"], large.pem().as_bytes());
    assert!(text.contains("16384 bit"), "{text}");
}

#[test]
fn extensions_read_as_they_were_meant() {
    if !openssl_is_here() {
        return;
    }
    let root = Cert::ca("CN=root").key(Key::p256(1)).self_signed();
    let ca = Cert::ca("CN=ca, O=a+OU=b")
        .key(Key::p256(2))
        .path_length(3)
        .authority_key_id(AuthorityKeyId::All)
        .permit(GeneralName::dns("lab.example"))
        .permit(GeneralName::ip_range("192.0.2.0/24"))
        .permit(GeneralName::ip_range("2001:db8::/32"))
        .exclude(GeneralName::email("bad.example"))
        .exclude(GeneralName::uri(".bad.example"))
        .exclude(GeneralName::directory("O=bad"))
        .policies(&[oid::POLICY_1, oid::ANY_POLICY])
        .policy_mappings(&[(oid::POLICY_1, oid::POLICY_2)])
        .policy_constraints(Some(0), Some(1))
        .inhibit_any_policy(2)
        .crl_distribution_points(&[DistributionPoint::url("http://crl.example/a")])
        .ca_issuers("http://ca.example/a")
        .issued_by(&root);
    let end = Cert::end_entity("")
        .dns("a.lab.example")
        .ip("192.0.2.1")
        .ip("2001:db8::1")
        .email("a@lab.example")
        .uri("https://a.lab.example/")
        .alt_name(GeneralName::directory("CN=x"))
        .alt_name(GeneralName::user_principal_name("a@lab.example"))
        .alt_name(GeneralName::Registered("1.2.3".to_owned()))
        .issued_by(&ca);
    let (good, text) = openssl(&["x509", "-text", "-noout"], [ca.pem(), end.pem()].concat().as_bytes());
    assert!(good, "{text}");
    let lines = [
        "O=a+OU=b",
        "CA:TRUE, pathlen:3",
        "DirName:/CN=root",
        "DNS:lab.example",
        "IP:192.0.2.0/255.255.255.0",
        "Excluded:",
        "DirName:O=bad",
        "1.3.6.1.4.1.32473.10.1:1.3.6.1.4.1.32473.10.2",
        "Require Explicit Policy:0, Inhibit Policy Mapping:1",
        "URI:http://crl.example/a",
        "CA Issuers - URI:http://ca.example/a",
    ];
    for line in lines {
        // Releases of OpenSSL differ in their blanks.
        assert!(text.replace(' ', "").contains(&line.replace(' ', "")), "{line} is missing in {text}");
    }
    let (_, text) = openssl(&["x509", "-text", "-noout"], end.pem().as_bytes());
    for line in ["Subject Alternative Name: critical", "IP Address:2001:DB8", "DirName:", "Registered ID:1.2.3"] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
}

#[test]
fn odd_versions_serials_and_ids_are_written() {
    if !openssl_is_here() {
        return;
    }
    let show = |cert: &Cert| openssl(&["x509", "-text", "-noout"], cert.pem().as_bytes()).1;
    let bare = || Cert::bare("CN=odd").key(Key::p256(1));
    assert!(show(&bare().version(Version::V1).self_signed()).contains("Version: 1 (0x0)"));
    assert!(show(&bare().version(Version::V2).unique_ids(Some(b"a"), None).self_signed()).contains("Version: 2"));
    assert!(show(&bare().version(Version::Encoded(4)).self_signed()).contains("Unknown (4)"));
    assert!(show(&bare().serial_bytes(&[0x80]).self_signed()).contains("Serial Number: -128"));
    assert!(show(&bare().serial(0).self_signed()).contains("Serial Number: 0 (0x0)"));
}

#[test]
fn revocation_lists_read_and_revoke() {
    if !openssl_is_here() {
        return;
    }
    let root = Cert::ca("CN=root").key(Key::rsa2048(0)).self_signed();
    let end = Cert::end_entity("CN=a").key(Key::p256(2)).issued_by(&root);
    let point = IssuingDistributionPoint { only_user: true, ..IssuingDistributionPoint::default() };
    let list = Crl::of(&root)
        .revoke_for(&end, "2026-04-01", Reason::KeyCompromise)
        .entry(CrlEntry::new(&[9], "2026-04-02").reason(Reason::CertificateHold).invalidity_date(AT))
        .issuing_distribution_point(&point)
        .sign();
    let path = file("crl-root.pem", &root.pem());
    let arguments = ["crl", "-text", "-noout", "-CAfile", path.to_str().unwrap()];
    let (good, text) = openssl(&arguments, list.pem().as_bytes());
    assert!(good && text.contains("verify OK"), "{text}");
    for line in ["Key Compromise", "Certificate Hold", "Only User Certificates", "X509v3 CRL Number"] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
    let (_, text) = openssl(&arguments, Crl::of(&root).corrupt_signature().sign().pem().as_bytes());
    assert!(text.contains("verify failure"), "{text}");
}

#[test]
fn large_revocation_lists_are_fast() {
    let root = Cert::ca("CN=root").key(Key::p256(1)).self_signed();
    let start = std::time::Instant::now();
    let list = Crl::of(&root).many(1, 100_000).sign();
    assert!(list.der().len() > 2_000_000);
    assert!(start.elapsed().as_secs() < 10, "100,000 entries took {:?}", start.elapsed());
}

#[test]
fn pkcs7_lists_its_certificates() {
    if !openssl_is_here() {
        return;
    }
    let root = vsphere::vmca_root("vc01.lab.example", 0);
    let host = vsphere::host_certificate("esx01.lab.example", 1, &root);
    let (good, text) = openssl(&["pkcs7", "-inform", "DER", "-print_certs", "-noout"], &pkcs7(&[&host, &root]));
    assert!(good, "{text}");
    assert_eq!(text.matches("subject=").count(), 2, "{text}");
}

#[test]
fn vsphere_certificates_look_like_vsphere() {
    if !openssl_is_here() {
        return;
    }
    let root = vsphere::vmca_root("vc01.lab.example", 0);
    let machine = vsphere::machine_ssl("vc01.lab.example", 1, &root);
    let (good, text) = verify("vsphere", &root, &[&machine]);
    assert!(good, "{text}");
    let sms = vsphere::sms_self_signed(1_735_730_130, 3);
    let (_, text) = openssl(&["x509", "-text", "-noout"], sms.pem().as_bytes());
    assert!(text.replace(' ', "").contains("Subject:O=VMware,CN=SMS-250101111530000"), "{text}");
    assert!(text.contains("Serial Number: 1735730130000"), "{text}");
    assert!(!text.contains("X509v3 extensions"), "{text}");
    let (good, text) = verify("sms", &sms, &[&sms]);
    assert!(good, "{text}");
}

#[test]
fn private_keys_are_readable_and_fit() {
    if !openssl_is_here() {
        return;
    }
    for key in [Key::rsa2048(5), Key::p256(5), Key::p384(5), Key::p521(5), Key::ed25519(5)] {
        let cert = Cert::end_entity("CN=a").key(key.clone()).self_signed();
        let (good, private) = openssl(&["pkey", "-pubout"], key.pkcs8_pem().as_bytes());
        assert!(good, "{private}");
        let (_, public) = openssl(&["x509", "-noout", "-pubkey"], cert.pem().as_bytes());
        assert_eq!(private, public);
    }
}

#[test]
fn keys_that_are_wrong_on_purpose_are_written_so() {
    if !openssl_is_here() {
        return;
    }
    let show = |key: Key| {
        let cert = Cert::end_entity("CN=a").key(key).issued_by_key("CN=b", &Key::p256(1));
        openssl(&["x509", "-text", "-noout"], cert.pem().as_bytes()).1
    };
    assert!(show(Key::p256(2).with_explicit_curve()).contains("Field Type: prime-field"));
    assert!(show(Key::rsa2048(2).with_pss_spki()).contains("rsassaPss"));
    assert!(show(Key::rsa2048(2).with_exponent(&[0xff; 256])).contains("Exponent:\n"));
    assert!(show(Key::rsa_public(&[0xc1; 256], &[3])).contains("Exponent: 3 (0x3)"));
    assert!(show(Key::unknown_algorithm("1.2.3.4", &[1])).contains("Public Key Algorithm: 1.2.3.4"));
}
