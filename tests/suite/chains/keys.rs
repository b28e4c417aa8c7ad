//! Key sizes: too short, too large, odd exponents, at each place of the path.

use vitrust_factory::{Cert, Hash, Key, SignatureAlgorithm};

use super::case::{Case, Place, case, placed};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for place in Place::ALL {
        cases.push(placed("an RSA-1024 key", place, |b| b.key(Key::rsa1024(0))).refused("weak-key"));
        cases.push(placed("an RSA-2048 key", place, |b| b.key(Key::rsa2048(9))));
        cases.push(placed("a P-384 key", place, |b| b.key(Key::p384(9))));
        cases.push(placed("a P-521 key", place, |b| b.key(Key::p521(9))));
        cases.push(placed("an Ed25519 key", place, |b| b.key(Key::ed25519(9))));
    }
    [cases, large(), weak_issuers(), unknown_issuers()].concat()
}

/// A number of so many bits, all ones, which no honest key is.
fn ones(bits: usize) -> Vec<u8> {
    vec![0xff; bits / 8]
}

fn large() -> Vec<Case> {
    let leaf = |name: &str, key: Key| placed(name, Place::Leaf, |b| b.key(key));
    let issuer = |name: &str, key: Key| {
        let root = Cert::ca("CN=Root").key(key).signature(&[1; 256]).self_signed();
        let leaf = Cert::end_entity("CN=leaf").key(Key::p256(21)).signature(&[1; 256]).issued_by(&root);
        case(name, &[&leaf], &[&root])
    };
    vec![
        leaf("an RSA-16384 key at the leaf", Key::rsa_public(&ones(16384), &[1, 0, 1])).refused("oversized-key"),
        leaf("an RSA-8200 key at the leaf", Key::rsa_public(&ones(8200), &[1, 0, 1])).refused("oversized-key"),
        leaf("an RSA-8192 key at the leaf", Key::rsa_public(&ones(8192), &[1, 0, 1])),
        leaf("an exponent of 64 bits at the leaf", Key::rsa_public(&ones(2048), &ones(64)))
            .refused("oversized-exponent"),
        leaf("an exponent of 2048 bits at the leaf", Key::rsa_public(&ones(2048), &ones(2048)))
            .refused("oversized-exponent"),
        leaf("an exponent of three at the leaf", Key::rsa_public(&ones(2048), &[3])),
        issuer("an RSA-16384 key at the issuer", Key::rsa_public(&ones(16384), &[1, 0, 1])).refused("oversized-key"),
        issuer("an exponent of 64 bits at the issuer", Key::rsa2048(9).with_exponent(&ones(64)))
            .refused("oversized-exponent"),
        issuer("an exponent of 16384 bits at the issuer", Key::rsa_public(&ones(2048), &ones(16384)))
            .refused("oversized-exponent"),
    ]
}

fn weak_issuers() -> Vec<Case> {
    let signed = |hash: Hash| {
        let root = Cert::ca("CN=Root").key(Key::rsa1024(1)).self_signed();
        let leaf = Cert::end_entity("CN=leaf").key(Key::p256(21)).algorithm(SignatureAlgorithm::RsaPkcs1(hash));
        let leaf = leaf.issued_by(&root);
        case(&format!("an RSA-1024 issuer with {hash:?}"), &[&leaf], &[&root]).refused("weak-key")
    };
    [Hash::Sha256, Hash::Sha384, Hash::Sha512].into_iter().map(signed).collect()
}

fn unknown_issuers() -> Vec<Case> {
    let issuer = |name: &str, key: Key| {
        let root = Cert::ca("CN=Root").key(key).signature(&[1; 64]).self_signed();
        let leaf = Cert::end_entity("CN=leaf").key(Key::p256(21)).issued_by(&root);
        case(name, &[&leaf], &[&root]).refused("unsupported-algorithm")
    };
    vec![
        issuer("an issuer with a key nobody knows", Key::unknown_algorithm(vitrust_factory::oid::UNKNOWN, &[7; 64])),
        issuer("an issuer with a DSA key", Key::unknown_algorithm("1.2.840.10040.4.1", &[7; 64])),
        issuer("an issuer with a curve spelled out", Key::p256(24).with_explicit_curve()),
    ]
}

#[test]
fn the_message_about_an_exponent_speaks_of_the_exponent() {
    let verdict = large()
        .into_iter()
        .find(|case| case.name.contains("64 bits at the leaf"))
        .map(|case| case.verdict())
        .expect("the case");
    let message = verdict.rejections[0].message();
    assert!(message.ends_with("has a public exponent of 64 bits; at most 33 are accepted"), "{message}");
    assert!(verdict.rejections[0].hint().contains("65537"), "{}", verdict.rejections[0].hint());
}
