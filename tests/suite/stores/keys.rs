//! Private keys among certificates: told wherever they stand, never kept, and never repeated in a message.

use vitrust::estate::{Estate, EstateReader};
use vitrust::store::{chain, read};
use vitrust::{Pool, TrustStore};

use super::samples::{root, vecs};

/// Base64 that begins as a key in PKCS#8 does, and says what it is.
pub(super) const SECRET: &str = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCrkO66\
                                 U0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVU\
                                 U0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVU";

fn armoured(begin: &str, end: &str) -> String {
    let body: String =
        SECRET.as_bytes().chunks(64).map(|part| format!("{}\n", String::from_utf8_lossy(part))).collect();
    format!("{begin}\n{body}{end}\n")
}

fn keys() -> Vec<(&'static str, String)> {
    let pem = |label: &str| armoured(&format!("-----BEGIN {label}-----"), &format!("-----END {label}-----"));
    vec![
        ("PKCS#8", pem("PRIVATE KEY")),
        ("PKCS#1", pem("RSA PRIVATE KEY")),
        ("encrypted", pem("ENCRYPTED PRIVATE KEY")),
        ("without an end", armoured("-----BEGIN PRIVATE KEY-----", "")),
        ("four dashes", armoured("----BEGIN PRIVATE KEY----", "----END PRIVATE KEY----")),
        ("small letters", armoured("-----begin private key-----", "-----end private key-----")),
        (
            "other dashes",
            armoured(
                "\u{2013}\u{2013}BEGIN PRIVATE KEY\u{2013}\u{2013}",
                "\u{2013}\u{2013}END PRIVATE KEY\u{2013}\u{2013}",
            ),
        ),
        ("no markers", armoured("", "")),
        ("PuTTY", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 1\nU0VDUkVUU0VDUkVU\n".to_owned()),
    ]
}

#[test]
fn a_key_is_told_in_every_form_and_beside_everything() {
    let listing = vecs(&[(&root(1).sha1(), "Trusted Cert", &root(1).pem())]);
    for (name, key) in keys() {
        for (beside, text) in [
            ("before", format!("{key}{}", root(1).pem())),
            ("behind", format!("{}{key}", root(1).pem())),
            ("between", format!("{}{key}{}", root(1).pem(), root(2).pem())),
            ("in a listing", format!("{listing}{key}")),
        ] {
            let found = read(text.as_bytes(), "x", &mut Pool::new()).unwrap_or_else(|error| panic!("{name}: {error}"));
            let told: Vec<_> = found.unreadable.iter().filter(|block| block.reason.contains("a private key")).collect();
            assert!(told.len() == 1 && told[0].place.line.is_some(), "{name} {beside}: {:?}", found.unreadable);
            assert!(!found.certificates.is_empty(), "{name} {beside}");
            assert!(!format!("{:?}", found.unreadable).contains("U0VD"), "{name} {beside}: {:?}", found.unreadable);
        }
    }
}

#[test]
fn a_key_in_json_is_told_by_its_content_or_its_name() {
    for member in [
        serde_json::json!({ "cert": root(1).pem(), "private_key": SECRET }),
        serde_json::json!({ "cert": root(1).pem(), "privateKey": "hunter2" }),
        serde_json::json!({ "cert": root(1).pem(), "anything": [SECRET] }),
        serde_json::json!({ "cert": root(1).pem(), "anything": { "key": armoured("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----") } }),
    ] {
        let found = read(member.to_string().as_bytes(), "x", &mut Pool::new()).expect("an object");
        assert_eq!(found.certificates.len(), 1);
        assert!(found.unreadable.len() == 1 && found.unreadable[0].reason.contains("a private key"), "{found:?}");
    }
}

#[test]
fn a_key_at_the_wrong_place_of_an_estate_is_in_no_message() {
    let key = armoured("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----");
    for secret in [key.as_str(), SECRET] {
        for estate in [
            serde_json::json!({ "vcenters": secret }),
            serde_json::json!({ "vcenters": [secret] }),
            serde_json::json!({ "vcenters": [{ "name": "vc", "machine_ssl": secret }] }),
            serde_json::json!({ "vcenters": [{ "name": "vc", "machine_ssl": [secret] }] }),
            serde_json::json!({ "vcenters": [{ "name": "vc", "hosts": [secret] }] }),
            serde_json::json!({ "vcenters": [{ "name": "vc", "sms": secret }] }),
            serde_json::json!({ "vcenters": [{ "name": "vc", "certificate_mode": secret }] }),
            serde_json::json!({ "vcenters": [{ "name": "vc", secret: 1 }] }),
            serde_json::json!({ secret: 1, "vcenters": [] }),
            serde_json::json!({ "vcenters": [{ "name": "vc", "trusted_roots": { "certificates": [secret] } }] }),
        ] {
            let text = estate.to_string();
            let error = Estate::from_json(text.as_bytes()).expect_err("not an estate").to_string();
            assert!(!error.contains("U0VD") && !error.contains("MIIE"), "{error}");
            for name in [
                "vc/estate.json",
                "vc/vcenter.json",
                "vc/hosts/esx/host.json",
                "vc/storage-providers.json",
                "vc/x.json",
            ] {
                let mut reader = EstateReader::new("vc");
                reader.add(name, text.as_bytes());
                let said = format!("{:?}", reader.finish());
                assert!(!said.contains("U0VD"), "{name}: {said}");
            }
        }
    }
}

#[test]
fn a_key_where_a_name_belongs_is_in_no_message() {
    let lines = [
        format!("Number of entries in store :\t1\nAlias :\t{SECRET}\nEntry type :\tTrusted Cert\n"),
        format!("Number of entries in store :\t1\nAlias :\tx\nEntry type :\t{SECRET}\n"),
        format!("Number of entries in store :\t{SECRET}\n"),
        format!(
            "[*] Store : TRUSTED_ROOTS\nAlias : x\n        Issuer: {SECRET}\n        Subject: {SECRET}\n        Not After : y\n"
        ),
        format!("Number of certificates:\t1\nCN(id):\t{SECRET}\n"),
        format!("Uid : {SECRET}\nNotValidAfter : {SECRET}\n"),
        format!("\"Uid\",\"CertificatePEM\"\n\"{SECRET}\",\"x\",\"y\"\n"),
        format!("{{\"chain\": \"{SECRET}\"}}"),
    ];
    for text in lines {
        match read(text.as_bytes(), "x", &mut Pool::new()) {
            Ok(found) => assert!(!format!("{found:?}").contains("U0VD"), "{found:?}"),
            Err(error) => assert!(!error.to_string().contains("U0VD"), "{error}"),
        }
    }
}

#[test]
fn a_chain_and_a_store_with_a_key_are_read() {
    for (name, key) in keys() {
        let text = format!("{key}{}", root(1).pem());
        assert_eq!(chain(text.as_bytes(), "x").map(|chain| chain.len()), Ok(1), "{name}");
        let store = TrustStore::from_bytes(text.as_bytes(), "x").unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(store.len(), 1, "{name}");
    }
}
