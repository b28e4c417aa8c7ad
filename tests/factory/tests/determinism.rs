//! The factory makes the same bytes on every run and on every machine.

use vitrust_factory::{Cert, Crl, Hash, Key, Pss, SignatureAlgorithm, vsphere};

/// SHA-256 of certificates made once; a change here changes every test vector of the project.
const KNOWN: [(&str, &str); 6] = [
    ("vmca root", "40a9dcec107528df6034bf5b431d6db9dd1cec10f825301a31b4c0a96dfc6b6a"),
    ("p256", "77d98d95314de8faa6f14c167e023fd42cb284054ced8e869f8f4c745ba05deb"),
    ("p384", "1954c5d9573a31a2100370af5bce8ee99010d7cab1032c1d18288400f6606908"),
    ("p521", "1740bad5343e59590638dbe3446d0f6df583b8bd20d44f039d659c20e5c40db5"),
    ("ed25519", "d109e2352374b227756b0dabd2f948e540779f6454418015dc5979c6c2f2c689"),
    ("pss", "64f396f26caa138d3a9320c685a2c0264a58fc5e2194cfa66d587c4ae52e14a4"),
];

fn made(what: &str) -> Cert {
    let root = |key| Cert::ca("CN=CA, O=vc01").key(key).self_signed();
    match what {
        "vmca root" => vsphere::vmca_root("vc01.lab.example", 0),
        "p256" => root(Key::p256(1)),
        "p384" => root(Key::p384(1)),
        "p521" => root(Key::p521(1)),
        "ed25519" => root(Key::ed25519(1)),
        "pss" => Cert::ca("CN=CA")
            .key(Key::rsa2048(1))
            .algorithm(SignatureAlgorithm::RsaPss(Pss::usual(Hash::Sha256)))
            .self_signed(),
        other => panic!("{other} is not in the table"),
    }
}

#[test]
fn certificates_are_those_made_before() {
    let now = KNOWN.map(|(what, _)| (what, made(what).sha256()));
    assert_eq!(now, KNOWN.map(|(what, sha256)| (what, sha256.to_owned())));
}

#[test]
fn revocation_lists_are_the_same_each_time() {
    let root = made("p256");
    let list = || Crl::of(&root).many(1, 10).sign();
    assert_eq!(list().der(), list().der());
}

#[test]
fn seeds_give_distinct_keys() {
    let mut infos: Vec<Vec<u8>> = (0..200).map(|seed| Key::p256(seed).spki().to_vec()).collect();
    infos.extend((0..200).map(|seed| Key::ed25519(seed).spki().to_vec()));
    infos.extend((0..24).map(|n| Key::rsa2048(n).spki().to_vec()));
    infos.sort();
    infos.dedup();
    assert_eq!(infos.len(), 424);
}

#[test]
fn rebuilding_gives_the_same_certificate() {
    let root = made("p256");
    assert_eq!(root.rebuild().self_signed().der(), root.der());
    let server = Cert::end_entity("CN=a").dns("a").key(Key::p256(3)).issued_by(&root);
    assert_eq!(server.rebuild().issued_by(&root).der(), server.der());
    assert_ne!(server.rebuild().expired().issued_by(&root).serial(), server.serial());
}
