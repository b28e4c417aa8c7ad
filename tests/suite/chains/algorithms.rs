//! Signatures: each algorithm good and broken, and those that cannot or must not be accepted.

use vitrust::Profile;
use vitrust_factory::{Cert, Hash, Key, Pss, SignatureAlgorithm, asn1};

use super::case::{Case, case};

const HASHES: [Hash; 3] = [Hash::Sha256, Hash::Sha384, Hash::Sha512];

pub(super) fn cases() -> Vec<Case> {
    [rsa(), pss(), odd_pss(), curves(), weak(), unsupported(), disagreeing(), misfits()].concat()
}

/// A certificate signed by a root of `key` with `algorithm`, good and broken.
fn both(name: &str, key: &Key, algorithm: SignatureAlgorithm) -> Vec<Case> {
    let root = Cert::ca("CN=Root").key(key.clone()).self_signed();
    let leaf = Cert::end_entity("CN=leaf").key(Key::p256(21)).algorithm(algorithm);
    let broken = leaf.clone().corrupt_signature().issued_by(&root);
    vec![
        case(name, &[&leaf.issued_by(&root)], &[&root]),
        case(&format!("{name}, broken"), &[&broken], &[&root]).refused("signature"),
    ]
}

fn one(name: &str, key: &Key, algorithm: SignatureAlgorithm) -> Case {
    both(name, key, algorithm).swap_remove(0)
}

fn rsa() -> Vec<Case> {
    let keys =
        [("2048", Key::rsa2048(7)), ("3072", Key::rsa3072(0)), ("4096", Key::rsa4096(0)), ("8192", Key::rsa8192())];
    let mut cases = Vec::new();
    for (bits, key) in keys {
        for hash in HASHES {
            cases.extend(both(&format!("RSA-{bits} with {hash:?}"), &key, SignatureAlgorithm::RsaPkcs1(hash)));
        }
    }
    cases
}

fn pss() -> Vec<Case> {
    let mut cases = Vec::new();
    for (bits, key) in [("2048", Key::rsa2048(7)), ("4096", Key::rsa4096(0))] {
        for hash in HASHES {
            cases.extend(both(
                &format!("PSS-{bits} with {hash:?}"),
                &key,
                SignatureAlgorithm::RsaPss(Pss::usual(hash)),
            ));
        }
    }
    cases
}

fn odd_pss() -> Vec<Case> {
    let usual = Pss::usual(Hash::Sha256);
    let odd = |name: &str, pss: Pss| {
        one(name, &Key::rsa2048(7), SignatureAlgorithm::RsaPss(pss)).refused("unsupported-algorithm")
    };
    vec![
        odd("PSS with a short salt", Pss { salt: 20, ..usual }),
        odd("PSS without salt", Pss { salt: 0, ..usual }),
        odd("PSS with a long salt", Pss { salt: 64, ..usual }),
        odd("PSS with two digests", Pss { mask_hash: Hash::Sha1, ..usual }),
        odd("PSS with SHA-1", Pss::usual(Hash::Sha1)).refused("weak-digest"),
        odd("PSS with SHA-1 and another mask", Pss { mask_hash: Hash::Sha256, ..Pss::usual(Hash::Sha1) })
            .refused("weak-digest"),
        odd("PSS with SHA-1 and a long salt", Pss { salt: 32, ..Pss::usual(Hash::Sha1) }).refused("weak-digest"),
        odd("PSS with SHA-1 [openssl]", Pss::usual(Hash::Sha1)).profile(Profile::Openssl),
        odd("PSS with another trailer", Pss { trailer: Some(2), ..usual }),
    ]
}

fn curves() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, key) in [("P-256", Key::p256(22)), ("P-384", Key::p384(22)), ("P-521", Key::p521(22))] {
        for hash in HASHES {
            cases.extend(both(&format!("{name} with {hash:?}"), &key, SignatureAlgorithm::Ecdsa(hash)));
        }
    }
    cases.extend(both("Ed25519", &Key::ed25519(22), SignatureAlgorithm::Ed25519));
    cases
}

fn weak() -> Vec<Case> {
    vec![
        one("RSA with SHA-1", &Key::rsa2048(7), SignatureAlgorithm::RsaPkcs1(Hash::Sha1)).refused("weak-digest"),
        one("P-256 with SHA-1", &Key::p256(22), SignatureAlgorithm::Ecdsa(Hash::Sha1)).refused("weak-digest"),
        one("P-384 with SHA-1", &Key::p384(22), SignatureAlgorithm::Ecdsa(Hash::Sha1)).refused("weak-digest"),
        one("RSA with MD5", &Key::rsa2048(7), SignatureAlgorithm::RsaPkcs1(Hash::Md5)).refused("unsupported-algorithm"),
    ]
}

fn unsupported() -> Vec<Case> {
    let root = Cert::ca("CN=Root").key(Key::p256(23)).self_signed();
    let named = |name: &str, oid: &str| {
        let identifier = asn1::sequence(&[asn1::oid(oid)]);
        let leaf = Cert::end_entity("CN=leaf").key(Key::p256(21));
        let leaf = leaf.inner_identifier(identifier.clone()).outer_identifier(identifier).issued_by(&root);
        case(name, &[&leaf], &[&root]).refused("unsupported-algorithm")
    };
    let key = |name: &str, key: Key| {
        let leaf = Cert::end_entity("CN=leaf").key(key).issued_by(&root);
        case(name, &[&leaf], &[&root]).refused("unsupported-algorithm")
    };
    vec![
        named("a DSA signature", "2.16.840.1.101.3.4.3.2"),
        named("an Ed448 signature", "1.3.101.113"),
        named("an ML-DSA signature", "2.16.840.1.101.3.4.3.18"),
        named("a signature nobody knows", vitrust_factory::oid::UNKNOWN),
        key("a DSA key", Key::unknown_algorithm("1.2.840.10040.4.1", &[1, 2, 3])),
        key("an Ed448 key", Key::unknown_algorithm("1.3.101.113", &[7; 57])),
        key("an X25519 key", Key::unknown_algorithm("1.3.101.110", &[7; 32])),
        key("a curve spelled out", Key::p256(24).with_explicit_curve()),
    ]
}

fn disagreeing() -> Vec<Case> {
    let root = Cert::ca("CN=Root").key(Key::p256(23)).self_signed();
    let leaf = || Cert::end_entity("CN=leaf").key(Key::p256(21));
    let other = SignatureAlgorithm::Ecdsa(Hash::Sha384).identifier();
    let with_null = asn1::sequence(&[asn1::oid("1.2.840.10045.4.3.2"), asn1::null()]);
    let inner = leaf().inner_identifier(other).issued_by(&root);
    let parameters = leaf().inner_identifier(with_null).issued_by(&root);
    vec![
        case("another algorithm inside", &[&inner], &[&root]).refused("algorithms-disagree"),
        case("other parameters inside", &[&parameters], &[&root]).refused("algorithms-disagree"),
    ]
}

fn misfits() -> Vec<Case> {
    let root = |key| Cert::ca("CN=Root").key(key).self_signed();
    let claims = |name: &str, key: Key, algorithm: SignatureAlgorithm| {
        let root = root(key);
        let leaf = Cert::end_entity("CN=leaf").key(Key::p256(21)).algorithm(algorithm).issued_by(&root);
        case(name, &[&leaf], &[&root]).refused("signature")
    };
    let bytes = |name: &str, signature: &[u8]| {
        let root = root(Key::p256(23));
        let leaf = Cert::end_entity("CN=leaf").key(Key::p256(21)).signature(signature).issued_by(&root);
        case(name, &[&leaf], &[&root]).refused("signature")
    };
    vec![
        claims("an RSA signature of a P-256 key", Key::p256(23), SignatureAlgorithm::RsaPkcs1(Hash::Sha256)),
        claims("an ECDSA signature of an RSA key", Key::rsa2048(8), SignatureAlgorithm::Ecdsa(Hash::Sha256)),
        claims("an Ed25519 signature of a P-256 key", Key::p256(23), SignatureAlgorithm::Ed25519),
        bytes("an empty signature", &[]),
        bytes("a signature of zeros", &[0; 72]),
        bytes("a signature of two zero numbers", &[0x30, 6, 2, 1, 0, 2, 1, 0]),
    ]
}
