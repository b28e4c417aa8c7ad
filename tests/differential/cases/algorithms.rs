//! Key kinds and signature algorithms, at each place of the chain.

use vitrust_factory::{Cert, Hash, Key, Pss, SignatureAlgorithm};

use super::super::case::Cases;
use super::{root, server_builder, sub_builder};

pub(super) fn add(cases: &mut Cases) {
    for (name, key, algorithm) in signers() {
        every_place(cases, name, &key, algorithm);
    }
    end_entity_keys(cases);
    weak_self_signature(cases);
    mixed(cases);
}

fn signers() -> Vec<(&'static str, Key, SignatureAlgorithm)> {
    use SignatureAlgorithm::{Ecdsa, Ed25519, RsaPkcs1, RsaPss};
    let odd = |mask_hash, salt| RsaPss(Pss { mask_hash, salt, ..Pss::usual(Hash::Sha256) });
    let trailer = RsaPss(Pss { trailer: Some(2), ..Pss::usual(Hash::Sha256) });
    vec![
        ("rsa1024-sha256", Key::rsa1024(0), RsaPkcs1(Hash::Sha256)),
        ("rsa2048-sha256", Key::rsa2048(0), RsaPkcs1(Hash::Sha256)),
        ("rsa2048-sha384", Key::rsa2048(0), RsaPkcs1(Hash::Sha384)),
        ("rsa2048-sha512", Key::rsa2048(0), RsaPkcs1(Hash::Sha512)),
        ("rsa2048-sha1", Key::rsa2048(0), RsaPkcs1(Hash::Sha1)),
        ("rsa2048-md5", Key::rsa2048(0), RsaPkcs1(Hash::Md5)),
        ("rsa3072-sha384", Key::rsa3072(0), RsaPkcs1(Hash::Sha384)),
        ("rsa4096-sha512", Key::rsa4096(0), RsaPkcs1(Hash::Sha512)),
        ("rsa8192-sha256", Key::rsa8192(), RsaPkcs1(Hash::Sha256)),
        ("pss-sha256", Key::rsa2048(1), RsaPss(Pss::usual(Hash::Sha256))),
        ("pss-sha384", Key::rsa2048(1), RsaPss(Pss::usual(Hash::Sha384))),
        ("pss-sha512", Key::rsa2048(1), RsaPss(Pss::usual(Hash::Sha512))),
        ("pss-sha1", Key::rsa2048(1), RsaPss(Pss::usual(Hash::Sha1))),
        ("pss-other-mask-hash", Key::rsa2048(1), odd(Hash::Sha512, 32)),
        ("pss-salt-20", Key::rsa2048(1), odd(Hash::Sha256, 20)),
        ("pss-salt-0", Key::rsa2048(1), odd(Hash::Sha256, 0)),
        ("pss-trailer-2", Key::rsa2048(1), trailer),
        ("p256-sha256", Key::p256(11), Ecdsa(Hash::Sha256)),
        ("p256-sha384", Key::p256(11), Ecdsa(Hash::Sha384)),
        ("p256-sha512", Key::p256(11), Ecdsa(Hash::Sha512)),
        ("p256-sha1", Key::p256(11), Ecdsa(Hash::Sha1)),
        ("p384-sha256", Key::p384(11), Ecdsa(Hash::Sha256)),
        ("p384-sha384", Key::p384(11), Ecdsa(Hash::Sha384)),
        ("p384-sha512", Key::p384(11), Ecdsa(Hash::Sha512)),
        ("p521-sha256", Key::p521(11), Ecdsa(Hash::Sha256)),
        ("p521-sha512", Key::p521(11), Ecdsa(Hash::Sha512)),
        ("ed25519", Key::ed25519(11), Ed25519),
    ]
}

/// The key as an anchor that signs an intermediate, and as an intermediate that signs the end-entity.
fn every_place(cases: &mut Cases, name: &str, key: &Key, algorithm: SignatureAlgorithm) {
    let strong = root();
    let anchor = Cert::ca("CN=Old").key(key.clone()).algorithm(algorithm).self_signed();
    let sub = sub_builder().algorithm(algorithm).issued_by(&anchor);
    let server = server_builder().issued_by(&sub);
    cases.add(format!("algorithm/{name}/anchor"), &[&server, &sub], &[&anchor]);
    let weak_sub = Cert::ca("CN=Weak Sub").key(key.clone()).issued_by(&strong);
    let below = server_builder().algorithm(algorithm).issued_by(&weak_sub);
    cases.add(format!("algorithm/{name}/intermediate"), &[&below, &weak_sub], &[&strong]);
}

fn end_entity_keys(cases: &mut Cases) {
    let root = root();
    let keys = [
        ("rsa1024", Key::rsa1024(1)),
        ("rsa2048", Key::rsa2048(2)),
        ("rsa8192", Key::rsa8192()),
        ("rsa16384", Key::rsa16384()),
        ("rsa2048-exponent-3", Key::rsa_public(&[0xc1; 256], &[3])),
        ("rsa2048-giant-exponent", Key::rsa2048(2).with_exponent(&[0x7f; 255])),
        ("rsa2048-exponent-1", Key::rsa2048(2).with_exponent(&[1])),
        ("rsa512", Key::rsa_public(&[0xc1; 64], &[1, 0, 1])),
        ("rsa-pss-key", Key::rsa2048(2).with_pss_spki()),
        ("p384", Key::p384(12)),
        ("p521", Key::p521(12)),
        ("ed25519", Key::ed25519(12)),
        ("explicit-curve", Key::p256(12).with_explicit_curve()),
        ("unknown-algorithm", Key::unknown_algorithm("1.3.6.1.4.1.32473.3", &[1, 2, 3])),
    ];
    for (name, key) in keys {
        let server = server_builder().key(key).issued_by(&root);
        cases.add(format!("algorithm/key-{name}/end-entity"), &[&server], &[&root]);
    }
    let signers = [
        ("explicit-curve", Key::p256(13).with_explicit_curve()),
        ("rsa-pss-key", Key::rsa2048(3).with_pss_spki()),
        ("rsa2048-giant-exponent", Key::rsa2048(3).with_exponent(&[0x7f; 255])),
    ];
    for (name, key) in signers {
        let sub = sub_builder().key(key).issued_by(&root);
        let algorithm = SignatureAlgorithm::RsaPss(Pss::usual(Hash::Sha256));
        let builder = server_builder();
        let builder = if name == "rsa-pss-key" { builder.algorithm(algorithm) } else { builder };
        let server = builder.issued_by(&sub);
        cases.add(format!("algorithm/key-{name}/intermediate"), &[&server, &sub], &[&root]);
    }
}

/// A weak digest only in the anchor's signature over itself, which proves nothing and harms nothing.
fn weak_self_signature(cases: &mut Cases) {
    for (name, hash) in [("sha1", Hash::Sha1), ("md5", Hash::Md5)] {
        let algorithm = SignatureAlgorithm::RsaPkcs1(hash);
        let anchor = Cert::ca("CN=Old").key(Key::rsa2048(0)).algorithm(algorithm).self_signed();
        let sub = sub_builder().issued_by(&anchor);
        let server = server_builder().issued_by(&sub);
        cases.add(format!("algorithm/{name}-only-in-anchor-self-signature/anchor"), &[&server, &sub], &[&anchor]);
    }
}

/// A signature by one kind of key under the name of another kind's algorithm.
fn mixed(cases: &mut Cases) {
    let root = root();
    let rsa_named = server_builder().algorithm(SignatureAlgorithm::RsaPkcs1(Hash::Sha256)).issued_by(&root);
    cases.add("algorithm/ecdsa-signature-named-rsa/end-entity", &[&rsa_named], &[&root]);
    let rsa_root = Cert::ca("CN=Rsa").key(Key::rsa2048(4)).self_signed();
    let pss = SignatureAlgorithm::RsaPss(Pss::usual(Hash::Sha256));
    let pkcs1 = SignatureAlgorithm::RsaPkcs1(Hash::Sha256);
    let named = server_builder().algorithm(pkcs1).inner_identifier(pss.identifier()).outer_identifier(pss.identifier());
    cases.add("algorithm/pkcs1-signature-named-pss/end-entity", &[&named.issued_by(&rsa_root)], &[&rsa_root]);
}
