//! One or two certificates that are large or deep: policies, constraints, CRLs, keys, nesting.

use vitrust_factory::{Cert, CertBuilder, Crl, CrlEntry, GeneralName, IssuingDistributionPoint, Key, Name, asn1};

use super::{Chain, Expected, Input, Row, der};

pub(super) const CASES: &[Row] = &[
    ("policies: 48 mapped to 48 at 5 levels", Expected::Trusted, |_| policies(48, 5, true)),
    ("policies: 48 mapped to 48 at 5 levels, none left", Expected::Refused("policy"), |_| policies(48, 5, false)),
    ("10,000 names, 20,000 constraints", Expected::Trusted, |_| constraints(10_000, Name20k::Allowed)),
    ("10,000 names, 20,000 constraints, one excluded", Expected::Refused("name-constraint"), |_| {
        constraints(10_000, Name20k::Excluded)
    }),
    ("a DNS name of 500,000 labels, constrained", Expected::Refused("name-constraint"), |_| constrained_host(500_000)),
    ("an e-mail host of 500,000 labels, constrained", Expected::Refused("name-constraint"), |_| {
        constrained_mail(500_000)
    }),
    ("250 directory names of 250 parts, 250 constraints", Expected::Trusted, |_| directories(250)),
    ("10,000 names below 100 constrained CAs, one excluded", Expected::Refused("budget-exhausted"), |_| {
        constrained_levels(100, 10_000)
    }),
    ("CRL of 100,000 entries", Expected::Trusted, |_| crl(100_000, false)),
    ("CRL of 100,000 entries, revoked by the last", Expected::Refused("revoked"), |_| crl(100_000, true)),
    ("CRL of 100,000 entries under one long issuer name", Expected::Trusted, |_| indirect_crl(100_000)),
    ("RSA-16384 issuer", Expected::Refused("oversized-key"), |_| issuer_key(Key::rsa16384())),
    ("RSA-16384 issuer with an exponent of 16,382 bits", Expected::Refused("oversized-key"), |_| {
        issuer_key(Key::rsa16384().with_exponent(&[0x3f; 2048]))
    }),
    ("RSA-8192 issuer with an exponent of 8,190 bits", Expected::Refused("oversized-exponent"), |_| {
        issuer_key(Key::rsa8192().with_exponent(&[0x3f; 1024]))
    }),
    ("RSA issuer of a million bits", Expected::Refused("oversized-key"), |_| {
        issuer_key(Key::rsa_public(&[0xff; 125_000], &[1, 0, 1]))
    }),
    ("DER nested 50,000 deep in an unknown extension", Expected::Trusted, |_| {
        single(|builder| builder.extension("1.2.3.4", false, nested(50_000)))
    }),
    ("DER nested 50,000 deep in an alternative name", Expected::Refused("malformed-extension"), |_| {
        let value =
            asn1::sequence(&[asn1::context(0, &[asn1::oid("1.2.3"), asn1::context(0, &nested(50_000))].concat())]);
        single(|builder| builder.without("2.5.29.17").extension("2.5.29.17", false, value))
    }),
    ("DER nested 50,000 deep in a subject", Expected::Refused("not-der"), |_| {
        let attribute = asn1::sequence(&[asn1::oid("2.5.4.3"), nested(50_000)]);
        let name = Name::raw(&asn1::sequence(&[asn1::set_of(&[attribute])]));
        single(|builder| builder.subject(name))
    }),
    ("50,000 parts in a subject", Expected::Trusted, |_| {
        let part = asn1::set_of(&[asn1::sequence(&[asn1::oid("2.5.4.3"), asn1::tlv(12, b"a")])]);
        let name = Name::raw(&asn1::sequence(&vec![part; 50_000]));
        single(|builder| builder.subject(name))
    }),
    ("50,000 extensions", Expected::Trusted, |_| {
        single(|builder| {
            (0..50_000).fold(builder, |builder, n| builder.extension(&format!("1.2.3.{n}"), false, Vec::new()))
        })
    }),
    ("50,000 copies of an extension", Expected::Refused("duplicate-extension"), |_| {
        single(|builder| (0..50_000).fold(builder, |builder, _| builder.extension("1.2.3", false, Vec::new())))
    }),
];

fn root() -> CertBuilder {
    Cert::ca("CN=Root").key(Key::p256(70_000))
}

fn server() -> CertBuilder {
    Cert::end_entity("CN=server").dns("server.lab.example").key(Key::p256(1))
}

/// A server certificate with something added, under a root of the store.
fn single(change: impl FnOnce(CertBuilder) -> CertBuilder) -> Input {
    let root = root().self_signed();
    Chain { presented: der([&change(server()).issued_by(&root)]), anchors: der([&root]), ..Chain::default() }.input()
}

/// CAs that map each of their policies to each policy (CVE-2023-0464): a tree of 48^5 leaves, a graph of 240.
fn policies(count: u32, levels: u64, right: bool) -> Input {
    let names: Vec<String> = (0..count).map(|n| format!("1.2.3.{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let all: Vec<(&str, &str)> = names.iter().flat_map(|from| names.iter().map(|to| (*from, *to))).collect();
    let mut path = vec![root().self_signed()];
    for level in 1..=levels {
        let authority = Cert::ca(format!("CN=Level {level}").as_str()).key(Key::p256(70_000 + level));
        let above = &path[path.len() - 1];
        path.push(authority.policies(&names).policy_mappings(&all).issued_by(above));
    }
    let own = if right { names[0] } else { "1.2.4.1" };
    path.push(server().policies(&[own]).issued_by(&path[path.len() - 1]));
    let presented = der(path[1..].iter().rev());
    Chain { presented, anchors: der(&path[..1]), explicit_policy: true, ..Chain::default() }.input()
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Name20k {
    Allowed,
    Excluded,
}

/// `count` permitted and `count` excluded subtrees against `count` names.
pub(super) fn constraints(count: usize, last: Name20k) -> Input {
    let mut constrained = Cert::ca("CN=Constrained").key(Key::p256(70_001));
    let mut server = server().without("2.5.29.17");
    for n in 0..count {
        constrained = constrained.permit(GeneralName::dns(&format!("lab{n}.example")));
        constrained = constrained.exclude(GeneralName::dns(&format!("secret{n}.lab{n}.example")));
        let excluded = n + 1 == count && last == Name20k::Excluded;
        let host = if excluded { format!("a.secret{n}") } else { "server".to_owned() };
        server = server.dns(&format!("{host}.lab{n}.example"));
    }
    below(constrained, server)
}

/// A server certificate under a constrained intermediate.
fn below(constrained: CertBuilder, server: CertBuilder) -> Input {
    let root = root().self_signed();
    let intermediate = constrained.issued_by(&root);
    let server = server.issued_by(&intermediate);
    Chain { presented: der([&server, &intermediate]), anchors: der([&root]), ..Chain::default() }.input()
}

pub(super) fn constrained_host(labels: usize) -> Input {
    let constrained = Cert::ca("CN=Constrained").key(Key::p256(70_001)).permit(GeneralName::dns("lab.example"));
    below(constrained, server().dns(&"a.".repeat(labels)))
}

fn constrained_mail(labels: usize) -> Input {
    let constrained = Cert::ca("CN=Constrained").key(Key::p256(70_001)).permit(GeneralName::email(".lab.example"));
    below(constrained, server().email(&format!("root@{}example", "a.".repeat(labels))))
}

/// Directory names of many parts under constraints of every length up to theirs.
fn directories(count: usize) -> Input {
    let name = |first: usize, parts: usize| {
        let part = |n: usize| format!("OU={}", if n == 0 { first } else { 1 });
        GeneralName::directory((0..parts).map(part).collect::<Vec<_>>().join(", ").as_str())
    };
    let constrained = Cert::ca("CN=Constrained").key(Key::p256(70_001));
    let constrained = (1..=count).fold(constrained, |builder, parts| builder.exclude(name(0, parts)));
    below(constrained, (1..=count).fold(server(), |builder, first| builder.alt_name(name(first, count))))
}

/// Names that every one of many CAs permits and the topmost one excludes the last of.
fn constrained_levels(levels: u64, count: usize) -> Input {
    let mut path = vec![root().self_signed()];
    for level in 1..=levels {
        let authority = Cert::ca(format!("CN=Level {level}").as_str()).key(Key::p256(70_000 + level));
        let constrained = authority.permit(GeneralName::dns("lab.example"));
        let last = GeneralName::dns(&format!("server{}.lab.example", count - 1));
        let constrained = if level == 1 { constrained.exclude(last) } else { constrained };
        path.push(constrained.issued_by(&path[path.len() - 1]));
    }
    let names = (0..count).map(|n| format!("server{n}.lab.example"));
    let server = names.fold(server().without("2.5.29.17"), |builder, name| builder.dns(&name));
    path.push(server.issued_by(&path[path.len() - 1]));
    Chain { presented: der(path[1..].iter().rev()), anchors: der(&path[..1]), ..Chain::default() }.input()
}

/// A list of many entries besides the server's.
pub(super) fn crl(count: u64, revoked: bool) -> Input {
    let root = root().self_signed();
    let server = server().issued_by(&root);
    let list = Crl::of(&root).many(1_000_000, count);
    let list = if revoked { list.revoke(&server, "2026-04-01") } else { list };
    let crls = vec![list.sign().der().to_vec()];
    Chain { presented: der([&server]), anchors: der([&root]), crls, ..Chain::default() }.input()
}

/// The first entry names a certificate issuer of 100 kB; the others inherit it (RFC 5280 5.3.3).
fn indirect_crl(count: u64) -> Input {
    let root = root().self_signed();
    let server = server().issued_by(&root);
    let long = format!("CN={}", "a".repeat(100_000));
    let first = CrlEntry::new(&[1], "2026-04-01").certificate_issuer(long.as_str());
    let scope = IssuingDistributionPoint { indirect: true, ..IssuingDistributionPoint::default() };
    let list = Crl::of(&root).issuing_distribution_point(&scope).entry(first).many(1_000_000, count).sign();
    let crls = vec![list.der().to_vec()];
    Chain { presented: der([&server]), anchors: der([&root]), crls, ..Chain::default() }.input()
}

/// An issuer with a key no honest CA has. The server's signature is of the right length and not made by it.
fn issuer_key(key: Key) -> Input {
    let root = root().self_signed();
    let intermediate = Cert::ca("CN=Large").key(key).issued_by(&root);
    let server = server().signature(&[0x5a; 2048]).issued_by(&intermediate);
    Chain { presented: der([&server, &intermediate]), anchors: der([&root]), ..Chain::default() }.input()
}

/// A SEQUENCE in a SEQUENCE in a SEQUENCE. Built from the inside in one pass over reversed bytes.
fn nested(depth: usize) -> Vec<u8> {
    let mut reversed: Vec<u8> = Vec::new();
    for _ in 0..depth {
        let length = reversed.len();
        if length < 0x80 {
            reversed.push(u8::try_from(length).expect("checked"));
        } else {
            let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            reversed.extend(bytes.iter().rev());
            reversed.push(0x80 | u8::try_from(bytes.len()).expect("at most eight"));
        }
        reversed.push(0x30);
    }
    reversed.reverse();
    reversed
}
