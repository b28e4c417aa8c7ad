//! Rules besides those on anchors that the five profiles decide differently.

use vitrust_factory::{CertBuilder, Hash, Key, Name, Pss, SignatureAlgorithm, Usage, oid};

use super::case::{Case, Expect, OK, Pki, Place, case, placed};

pub(super) fn cases() -> Vec<Case> {
    [usage(), structure(), names(), keys(), digests()].concat()
}

fn usage() -> Vec<Case> {
    let clients = |name: &str, place| placed(name, place, |b: CertBuilder| b.extended_key_usage(&[oid::CLIENT_AUTH]));
    let purpose: Expect = Some("purpose");
    [
        clients("a certificate for clients asked as server", Place::Leaf).by_profile([purpose; 5]),
        clients("a CA for clients above a server", Place::Lower).by_profile([purpose, purpose, OK, purpose, purpose]),
        placed("a CA that may not sign certificates", Place::Lower, |b| b.key_usage(&[Usage::CrlSign])).by_profile([
            Some("key-usage"),
            Some("key-usage"),
            Some("key-usage"),
            Some("key-usage"),
            OK,
        ]),
        placed("a server key that encrypts and does not sign", Place::Leaf, |b| b.key_usage(&[Usage::KeyEncipherment]))
            .by_profile([OK, OK, Some("key-usage"), OK, OK]),
        placed("Server Gated Crypto", Place::Leaf, |b| b.extended_key_usage(&["2.16.840.1.113730.4.1"]))
            .by_profile([purpose, OK, OK, purpose, purpose]),
    ]
    .concat()
}

fn structure() -> Vec<Case> {
    let only_strict = |code| [Some(code), OK, OK, OK, OK];
    let unnamed: Expect = Some("empty-name");
    [
        placed("a long serial number by profile", Place::Leaf, |b| b.serial_bytes(&[0x7f; 24]))
            .by_profile(only_strict("serial-number")),
        placed("an empty subject that no name stands for", Place::Leaf, |b| {
            b.subject(Name::empty()).without(oid::SUBJECT_ALT_NAME)
        })
        .by_profile([unnamed, OK, unnamed, OK, OK]),
        placed("an unknown critical extension by profile", Place::Leaf, |b| {
            b.extension(oid::UNKNOWN, true, vec![5, 0])
        })
        .by_profile([Some("unknown-critical-extension"); 5]),
        placed("a duplicate extension by profile", Place::Lower, |b| {
            b.extension(oid::UNKNOWN, false, vec![5, 0]).extension(oid::UNKNOWN, false, vec![5, 0])
        })
        .by_profile([Some("duplicate-extension"); 5]),
        placed("an expired intermediate by profile", Place::Upper, |b| b.expired()).by_profile([Some("expired"); 5]),
        placed("a broken signature by profile", Place::Lower, |b| b.corrupt_signature())
            .by_profile([Some("signature"); 5]),
        placed("algorithms that disagree by profile", Place::Leaf, |b| {
            b.inner_identifier(SignatureAlgorithm::Ecdsa(Hash::Sha384).identifier())
        })
        .by_profile([Some("algorithms-disagree"); 5]),
    ]
    .concat()
}

fn names() -> Vec<Case> {
    let chain = Pki::new().sign();
    let shouted = chain.leaf.rebuild().issuer("O=LAB, CN=LOWER").issued_by(&chain.lower);
    let bytes_differ: Expect = Some("issuer-not-found");
    case("the issuer's name in another case", &[&shouted, &chain.lower, &chain.upper], &[&chain.root])
        .by_profile([OK, OK, OK, bytes_differ, bytes_differ])
        .into_iter()
        .chain(wildcard())
        .collect()
}

fn wildcard() -> Vec<Case> {
    let mismatch: Expect = Some("name-mismatch");
    let case = Pki::new().with(Place::Leaf, |b| b.without(oid::SUBJECT_ALT_NAME).dns("*.example"));
    case.case("a wildcard below a top-level domain").server("lab.example").by_profile([OK, mismatch, OK, OK, mismatch])
}

fn keys() -> Vec<Case> {
    let weak: Expect = Some("weak-key");
    let unsupported: Expect = Some("unsupported-algorithm");
    [
        placed("an RSA-1024 server by profile", Place::Leaf, |b| b.key(Key::rsa1024(0)))
            .by_profile([weak, OK, OK, OK, OK]),
        placed("a P-521 issuer by profile", Place::Lower, |b| b.key(Key::p521(1))).by_profile([
            OK,
            OK,
            OK,
            OK,
            unsupported,
        ]),
    ]
    .concat()
}

fn digests() -> Vec<Case> {
    let signed = |name: &str, algorithm: SignatureAlgorithm| {
        Pki::new()
            .with(Place::Lower, |b| b.key(Key::rsa2048(6)))
            .with(Place::Leaf, |b| b.algorithm(algorithm))
            .case(name)
    };
    let sha1: Expect = Some("weak-digest");
    [
        signed("a SHA-1 signature by profile", SignatureAlgorithm::RsaPkcs1(Hash::Sha1))
            .by_profile([sha1, OK, OK, sha1, sha1]),
        signed("a PSS signature by profile", SignatureAlgorithm::RsaPss(Pss::usual(Hash::Sha256)))
            .by_profile([OK, OK, OK, OK, OK]),
    ]
    .concat()
}
