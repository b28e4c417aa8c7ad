//! Many certificates of one name: rings of CAs that sign each other, lookalikes whose keys are slow to check with, and
//! certificates that break thousands of rules.

use vitrust_factory::{Cert, CertBuilder, Hash, Key, SignatureAlgorithm};

use super::{Chain, Expected, Input, Row, der};

pub(super) const CASES: &[Row] = &[
    ("leaf of 61 KB of critical extensions", Expected::Refused("left-out"), |_| critical(3_800)),
    ("leaf of 100 KB of critical extensions", Expected::Refused("left-out"), |_| critical(6_400)),
    ("leaf of 300 KB of critical extensions", Expected::Refused("left-out"), |_| critical(19_000)),
    ("ring of 100 namesakes of an anchor", Expected::Refused("key-changed"), |_| ring(100, true, 0)),
    ("ring of 200 namesakes of an anchor", Expected::Refused("key-changed"), |_| ring(200, true, 0)),
    ("ring of 400 namesakes of an anchor", Expected::Refused("budget-exhausted"), |_| ring(400, true, 0)),
    ("ring of 200 namesakes of an anchor, no key ids", Expected::Refused("budget-exhausted"), |_| ring(200, false, 0)),
    ("ring of 200 namesakes, 4 KB of critical extensions each", Expected::Refused("left-out"), |_| {
        ring(200, true, 250)
    }),
    ("leaf of 1 MB with SHA-512, 2,260 lookalikes", Expected::Refused("budget-exhausted"), |_| {
        lookalikes(2_260, 1_000_000, Key::p256)
    }),
    ("2,260 lookalikes with compressed points", Expected::Refused("budget-exhausted"), |_| {
        lookalikes(2_260, 0, compressed)
    }),
    ("200 lookalikes of P-521", Expected::Refused("budget-exhausted"), |_| large_curve(200)),
];

fn root() -> CertBuilder {
    Cert::ca("CN=Root").key(Key::p256(80_000))
}

fn server() -> CertBuilder {
    Cert::end_entity("CN=server").dns("server.lab.example").key(Key::p256(1))
}

fn with_critical(builder: CertBuilder, count: usize) -> CertBuilder {
    (0..count).fold(builder, |builder, n| builder.extension(&format!("1.2.3.{n}"), true, Vec::new()))
}

/// Every extension is a reason to refuse the certificate.
pub(super) fn critical(count: usize) -> Input {
    let leaf = with_critical(server(), count).self_signed();
    Chain { presented: der([&leaf]), anchors: der([&root().self_signed()]), ..Chain::default() }.input()
}

/// Self-made CAs of the anchor's name, each signed by the next and the last by the first.
pub(super) fn ring(count: u64, key_ids: bool, critical: usize) -> Input {
    let key = |n: u64| Key::p256(81_000 + n % count);
    let ids = |builder: CertBuilder| if key_ids { builder } else { builder.no_key_ids() };
    let own = |n: u64| ids(with_critical(Cert::ca("CN=Root").key(key(n)), critical));
    let signers: Vec<Cert> = (0..count).map(|n| ids(Cert::ca("CN=Root").key(key(n))).self_signed()).collect();
    let next = |n: u64| &signers[usize::try_from((n + 1) % count).expect("a place")];
    let mut chain = vec![ids(server()).issued_by(&signers[0])];
    chain.extend((0..count).map(|n| own(n).issued_by(next(n))));
    Chain { presented: der(&chain), anchors: der([&ids(root()).self_signed()]), ..Chain::default() }.input()
}

/// Presented CAs of the issuer's name, none of which made the signature.
fn lookalikes(count: u64, size: usize, key: fn(u64) -> Key) -> Input {
    let anchor = root().self_signed();
    let one = |n: u64| Cert::ca("CN=Lookalike").key(key(82_000 + n)).no_key_ids().issued_by(&anchor);
    let issuer = Cert::ca("CN=Lookalike").key(Key::p256(83_999)).no_key_ids().issued_by(&anchor);
    let leaf = server().no_key_ids().extension("1.2.3.4", false, vec![4; size]);
    let mut chain = vec![leaf.algorithm(SignatureAlgorithm::Ecdsa(Hash::Sha512)).issued_by(&issuer)];
    chain.extend((0..count).map(one));
    Chain { presented: der(&chain), anchors: der([&anchor]), ..Chain::default() }.input()
}

/// A key with its point as one coordinate and a sign (SEC 1 section 2.3.3).
fn compressed(seed: u64) -> Key {
    let key = Key::p256(seed);
    let spki = key.spki();
    // SEQUENCE of 57 bytes, the algorithm of 21, a BIT STRING of 34: the sign and the first coordinate.
    let (algorithm, point) = (&spki[2..23], &spki[26..]);
    let sign = 2 | (point[64] & 1);
    let mut out = vec![0x30, 57];
    out.extend_from_slice(algorithm);
    out.extend_from_slice(&[3, 34, 0, sign]);
    out.extend_from_slice(&point[1..33]);
    Key::p256(seed).with_spki(&out)
}

/// CAs that share a key of the largest curve the verifier knows, but not the certificate.
fn large_curve(count: u64) -> Input {
    let anchor = root().self_signed();
    let one = |n: u64| Cert::ca("CN=Lookalike").key(Key::p521(84_000 + n)).no_key_ids().issued_by(&anchor);
    let issuer = Cert::ca("CN=Lookalike").key(Key::p521(85_999)).no_key_ids().issued_by(&anchor);
    let mut chain = vec![server().no_key_ids().issued_by(&issuer)];
    chain.extend((0..count).map(one));
    Chain { presented: der(&chain), anchors: der([&anchor]), ..Chain::default() }.input()
}
