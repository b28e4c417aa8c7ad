//! Revocation lists that cost more than what they say: names against names, and signers that must be judged.

use vitrust_factory::{Cert, CertBuilder, Crl, DistributionPoint, GeneralName, IssuingDistributionPoint, Key, Usage};

use super::{Chain, Expected, Input, Row, der};

pub(super) const CASES: &[Row] = &[
    ("unsigned CRL of 20,000 names, as many asked for", Expected::Refused("revocation-unknown"), |_| {
        points(1, 20_000, 20_000)
    }),
    ("unsigned CRL of 30,000 names, as many asked for", Expected::Refused("revocation-unknown"), |_| {
        points(1, 30_000, 30_000)
    }),
    ("unsigned CRL of 20,000 names, 5,000 distribution points", Expected::Refused("budget-exhausted"), |_| {
        points(5_000, 1, 20_000)
    }),
    ("100 CRL signers below 20,000 constraints", Expected::Refused("revocation-unknown"), |_| signers(100, 20_000)),
    ("200 CRL signers below 40,000 constraints", Expected::Refused("revocation-unknown"), |_| signers(200, 40_000)),
    ("1,000 CRL signers below 50,000 constraints", Expected::Refused("budget-exhausted"), |_| signers(1_000, 50_000)),
    ("four presented CAs of two names and a CRL", Expected::Trusted, |_| across(1)),
    ("12 presented CAs of two names and three CRLs", Expected::Trusted, |_| across(3)),
];

fn root() -> CertBuilder {
    Cert::ca("O=Lab, CN=Root").key(Key::p256(90_000))
}

fn name(n: usize) -> GeneralName {
    GeneralName::uri(&format!("http://crl.lab.example/{n}"))
}

/// A list and a certificate of many points or many names. They have the last name in common, and the list is not signed.
pub(super) fn points(points: usize, names: usize, published: usize) -> Input {
    let root = root().self_signed();
    let point = |first: usize| {
        let own = (0..names).map(|n| name(1_000_000 + first * names + n));
        let last = (first + 1 == points).then(|| name(0));
        DistributionPoint { full_name: own.chain(last).collect(), ..Default::default() }
    };
    let all: Vec<DistributionPoint> = (0..points).map(point).collect();
    let server = Cert::end_entity("O=Lab, CN=server").key(Key::p256(1)).crl_distribution_points(&all).issued_by(&root);
    let scope = IssuingDistributionPoint { full_name: (0..published).rev().map(name).collect(), ..Default::default() };
    let list = Crl::of(&root).issuing_distribution_point(&scope).corrupt_signature().sign();
    let crls = vec![list.der().to_vec()];
    Chain { presented: der([&server]), anchors: der([&root]), crls, ..Chain::default() }.input()
}

/// Presented certificates of one name and key, each of which may have signed the list; none has a path, because the CA
/// above them excludes their name as its last constraint.
pub(super) fn signers(count: u64, constraints: usize) -> Input {
    let root = root().self_signed();
    let constrained = Cert::ca("O=Lab, CN=Constrained").key(Key::p256(90_001));
    let constrained =
        (1..constraints).fold(constrained, |builder, n| builder.exclude(GeneralName::dns(&format!("lab{n}.example"))));
    let constrained = constrained.exclude(GeneralName::directory("O=Lab, CN=Issuer")).issued_by(&root);
    let issuer = Cert::ca("O=Lab, CN=Issuer").key(Key::p256(90_002)).issued_by(&root);
    let signer = |n: u64| {
        let signer = Cert::ca("O=Lab, CN=Issuer").key(Key::p256(90_003)).serial(1_000 + n);
        signer.key_usage(&[Usage::CrlSign]).issued_by(&constrained)
    };
    let signers: Vec<Cert> = (0..count).map(signer).collect();
    let list = Crl::of(&signers[0]).sign();
    let server = Cert::end_entity("O=Lab, CN=server").key(Key::p256(1)).issued_by(&issuer);
    let mut chain = vec![server, issuer, constrained];
    chain.extend(signers);
    let crls = vec![list.der().to_vec()];
    Chain { presented: der(&chain), anchors: der([&root]), crls, ..Chain::default() }.input()
}

/// CAs of two names in each other's names, `turns` times over, with a list that each of them may have signed.
fn across(turns: u64) -> Input {
    let ca = |n: u64, key: u64| Cert::ca(format!("O=Lab, CN=N{n}").as_str()).key(Key::p256(90_100 + key));
    let root = ca(1, 0).self_signed();
    let issuer = ca(1, 1).issued_by(&root);
    let list = |n: u64| Crl::of(&issuer).number(Some(n)).many(1_000_000, n).sign().der().to_vec();
    let mut chain = vec![Cert::end_entity("O=Lab, CN=leaf").key(Key::p256(1)).issued_by(&issuer)];
    for turn in 1..=turns {
        let (second, third) = (ca(0, 10 * turn), ca(1, 10 * turn + 1));
        chain.push(ca(1, 1).serial(turn).issued_by(&second.clone().self_signed()));
        chain.push(second.issued_by(&issuer));
        chain.push(third.issued_by(&issuer));
        chain.push(ca(1, 1).serial(100 + turn).issued_by(&root));
    }
    let crls = (1..=turns).map(list).collect();
    Chain { presented: der(&chain), anchors: der([&root]), crls, ..Chain::default() }.input()
}
