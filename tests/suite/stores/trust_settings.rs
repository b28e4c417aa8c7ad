//! OpenSSL's trust settings behind an anchor: every shape, beside what `openssl verify` makes of it.

use std::process::Command;

use serde_json::json;
use vitrust::cert::CertificateError;
use vitrust::{Certificate, Estate, TrustStore};
use vitrust_factory::Cert;

use super::samples::root;

/// The identifiers of serverAuth, clientAuth, emailProtection and anyExtendedKeyUsage.
const S: &[u8] = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01";
const C: &[u8] = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02";
const M: &[u8] = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x04";
const ANY: &[u8] = b"\x06\x04\x55\x1d\x25\x00";

/// What the settings come to: nothing against the anchor, or the words.
type Said = Option<&'static str>;

const NO_SERVER: Said = Some("do not trust it for servers");
const NO_CLIENT: Said = Some("do not trust it for clients");
const NEITHER: Said = Some("do not trust it for servers and clients");
const AGAINST_SERVER: Said = Some("reject it for servers");
const AGAINST_CLIENT: Said = Some("reject it for clients");
const AGAINST_BOTH: Said = Some("reject it for servers and clients");
const UNREADABLE: Said = Some("do not read");

fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    [&[tag, u8::try_from(content.len()).expect("short")], content.as_slice()].concat()
}

fn trust(uses: &[&[u8]]) -> Vec<u8> {
    element(0x30, uses)
}

fn reject(uses: &[&[u8]]) -> Vec<u8> {
    element(0xa0, uses)
}

/// Every shape of settings, with its name.
fn shapes() -> Vec<(&'static str, Vec<u8>, Said)> {
    let of = |parts: &[&[u8]]| element(0x30, parts);
    let alias = element(0x0c, &[b"root"]);
    vec![
        ("nothing", vec![], None),
        ("an alias", of(&[&alias]), None),
        ("trusted for servers", of(&[&trust(&[S])]), NO_CLIENT),
        ("trusted for clients", of(&[&trust(&[C])]), NO_SERVER),
        ("trusted for both", of(&[&trust(&[S, C])]), None),
        ("trusted for mail", of(&[&trust(&[M])]), NEITHER),
        ("trusted for mail, with an alias", of(&[&trust(&[M]), &alias]), NEITHER),
        ("trusted for mail and servers", of(&[&trust(&[M, S])]), NO_CLIENT),
        ("trusted for any use", of(&[&trust(&[ANY])]), None),
        ("trusted for nothing", of(&[&trust(&[])]), NEITHER),
        ("rejected for servers", of(&[&reject(&[S])]), AGAINST_SERVER),
        ("rejected for clients", of(&[&reject(&[C])]), AGAINST_CLIENT),
        ("rejected for mail", of(&[&reject(&[M])]), None),
        ("rejected for any use", of(&[&reject(&[ANY])]), AGAINST_BOTH),
        ("rejected for nothing", of(&[&reject(&[])]), None),
        ("trusted for both, rejected for mail", of(&[&trust(&[S, C]), &reject(&[M])]), None),
        ("trusted for any use, rejected for servers", of(&[&trust(&[ANY]), &reject(&[S])]), AGAINST_SERVER),
        ("trusted and rejected for servers", of(&[&trust(&[S]), &reject(&[S])]), AGAINST_SERVER),
        ("trusted for both, rejected for any use", of(&[&trust(&[S, C]), &reject(&[ANY])]), AGAINST_BOTH),
        ("lists in the wrong order", of(&[&reject(&[M]), &trust(&[S, C])]), UNREADABLE),
        ("a list twice", of(&[&trust(&[S, C]), &trust(&[S, C])]), UNREADABLE),
        ("no settings", b"junk".to_vec(), UNREADABLE),
    ]
}

fn block(anchor: &Cert, settings: &[u8]) -> String {
    vitrust::pem::encode("TRUSTED CERTIFICATE", &[anchor.der(), settings].concat())
}

#[test]
fn an_anchor_is_one_for_all_uses_or_left_out_and_said() {
    for (name, settings, said) in shapes() {
        let store = TrustStore::from_castore(block(&root(1), &settings).as_bytes(), "castore.pem").expect("readable");
        let reasons: Vec<_> = store.unreadable().iter().map(|block| block.reason.as_str()).collect();
        match said {
            None => assert_eq!((store.len(), reasons), (1, vec![]), "{name}"),
            Some(said) => {
                assert_eq!((store.len(), reasons.len()), (0, 1), "{name}");
                assert!(reasons[0].ends_with(&format!("its OpenSSL trust settings {said}")), "{name}: {reasons:?}");
            }
        }
    }
}

#[test]
fn a_single_certificate_and_an_estate_weigh_the_settings_alike() {
    for (name, settings, said) in shapes() {
        let text = block(&root(1), &settings);
        let single = Certificate::from_pem(text.as_bytes());
        let estate = json!({ "vcenters": [{ "name": "vc01", "trusted_roots": { "certificates": [text] } }] });
        let estate = Estate::from_json(estate.to_string().as_bytes());
        let Some(said) = said else {
            assert_eq!(single.expect("an anchor").der(), root(1).der(), "{name}");
            assert_eq!(estate.expect("an estate").certificates.len(), 1, "{name}");
            continue;
        };
        let error = single.expect_err(name);
        assert!(matches!(&error, CertificateError::TrustSettings { why, .. } if why == said));
        let error = estate.expect_err(name).to_string();
        assert!(error.starts_with("vcenters[0].trusted_roots.certificates[0]: "), "{error}");
        assert!(error.ends_with(said), "{name}: {error}");
    }
}

#[test]
fn openssl_decides_so_for_every_shape() {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("SKIPPED: there is no openssl command on this machine");
        return;
    }
    let folder = std::env::temp_dir().join(format!("vitrust-trust-settings-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let [store, server] = ["store.pem", "server.pem"].map(|name| folder.join(name));
    let machine = Cert::end_entity("CN=vc01.lab.example").dns("vc01.lab.example").issued_by(&root(1));
    std::fs::write(&server, machine.pem()).expect("written");
    let accepts = |purpose: &str| {
        let mut command = Command::new("openssl");
        command.args(["verify", "-no_check_time", "-no-CApath", "-no-CAstore", "-purpose", purpose]);
        command.arg("-CAfile").arg(&store).arg(&server).output().expect("runs").status.success()
    };
    for (name, settings, said) in shapes() {
        std::fs::write(&store, block(&root(1), &settings)).expect("written");
        assert_eq!(accepts("sslserver") && accepts("sslclient"), said.is_none(), "{name}");
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn one_size_limit_holds_however_a_certificate_comes() {
    // A well-formed element of 2 MiB: twice what a certificate may have.
    let der = [&[0x30, 0x83, 0x20, 0, 0][..], &vec![0; 2 << 20]].concat();
    let error = Certificate::from_der(&der).expect_err("too large").to_string();
    assert!(error.contains("1048576"), "{error}");
    let said = |input: &[u8]| {
        let store = TrustStore::from_bytes(input, "input").expect("readable");
        store.unreadable().iter().map(|block| block.reason.clone()).collect::<Vec<_>>()
    };
    assert_eq!(said(&der), [error.as_str()]);
    for label in ["CERTIFICATE", "TRUSTED CERTIFICATE"] {
        assert_eq!(said(vitrust::pem::encode(label, &der).as_bytes()), [error.as_str()], "{label}");
    }
}
