//! One fault, in turn at the end-entity certificate, each intermediate and the anchor.

use vitrust_factory::{CertBuilder, Crl, GeneralName, Hash, Key, Reason, SignatureAlgorithm, Usage, Version, oid};

use super::{Change, Fault, Refused, at};
use crate::chains::case::{Pki, Place};

/// Rules that concern a certificate wherever it stands, the anchor included.
pub(super) const ANYWHERE: [Change; 13] = [
    ("expired", "expired", CertBuilder::expired),
    ("not yet valid", "not-yet-valid", CertBuilder::not_yet_valid),
    ("for another purpose", "purpose", |b| b.extended_key_usage(&[oid::CODE_SIGNING])),
    ("with an unknown critical extension", "unknown-critical-extension", |b| {
        b.extension(oid::UNKNOWN, true, vec![5, 0])
    }),
    ("with an extension twice", "duplicate-extension", |b| {
        b.extension(oid::UNKNOWN, false, vec![5, 0]).extension(oid::UNKNOWN, false, vec![5, 0])
    }),
    ("with an unreadable extension", "malformed-extension", |b| {
        b.extension(oid::INHIBIT_ANY_POLICY, true, vec![0x30, 0])
    }),
    ("of version 1 with extensions", "version", |b| b.version(Version::V1)),
    ("of version 5", "version", |b| b.version(Version::Encoded(4))),
    ("with a long serial number", "serial-number", |b| b.serial_bytes(&[0x7f; 21])),
    ("with RSA-1024", "weak-key", |b| b.key(Key::rsa1024(0))),
    ("with a client's purpose", "purpose", |b| b.extended_key_usage(&[oid::CLIENT_AUTH])),
    ("that ended a second ago", "expired", |b| b.validity("2025-01-01", "2026-05-31T23:59:59Z")),
    ("that begins in a second", "not-yet-valid", |b| b.validity("2026-06-01T00:00:01Z", "2030-01-01")),
];

/// Rules of those who issue.
pub(super) const ISSUERS: [Change; 4] = [
    ("that is no CA", "not-ca", |b| b.basic_constraints(false, None)),
    ("without basic constraints", "not-ca", |b| b.without(oid::BASIC_CONSTRAINTS)),
    ("that only signs CRLs", "key-usage", |b| b.key_usage(&[Usage::CrlSign])),
    ("that only signs documents", "key-usage", |b| b.key_usage(&[Usage::DigitalSignature])),
];

/// Rules about the signature on a certificate, which say nothing about an anchor.
const SIGNED: [Change; 3] = [
    ("signed with SHA-1", "weak-digest", |b| b.algorithm(SignatureAlgorithm::Ecdsa(Hash::Sha1))),
    ("with two algorithms", "algorithms-disagree", |b| {
        b.inner_identifier(SignatureAlgorithm::Ecdsa(Hash::Sha384).identifier())
    }),
    ("of an unknown algorithm", "unsupported-algorithm", |b| {
        let unknown = vitrust_factory::asn1::sequence(&[vitrust_factory::asn1::oid(oid::UNKNOWN)]);
        b.inner_identifier(unknown.clone()).outer_identifier(unknown)
    }),
];

const BELOW_ROOT: [Place; 3] = [Place::Leaf, Place::Lower, Place::Upper];

pub(super) fn cases() -> Vec<Refused> {
    let mut cases = Vec::new();
    for (places, changes) in [(&Place::ALL[..], &ANYWHERE[..]), (&Place::ISSUERS, &ISSUERS), (&BELOW_ROOT, &SIGNED)] {
        for place in places {
            cases.extend(changes.iter().map(|change| one(change, *place)));
        }
    }
    cases.extend(signatures());
    cases.extend(whole_paths());
    cases.extend(revoked());
    cases.extend(missing());
    cases
}

fn one((what, code, change): &Change, place: Place) -> Refused {
    let chain = Pki::new().with(place, change).sign();
    let case = chain.case(&format!("a {} {what}", place.name()));
    Refused::new(&chain, case, vec![at(code, place)])
}

fn signatures() -> Vec<Refused> {
    let steps = [(Place::Leaf, "leaf", "lower"), (Place::Lower, "lower", "upper"), (Place::Upper, "upper", "root")];
    let corrupt = |(place, child, issuer): &(Place, &'static str, &'static str)| {
        let chain = Pki::new().with(*place, CertBuilder::corrupt_signature).sign();
        let case = chain.case(&format!("a broken signature on the {child}"));
        Refused::new(&chain, case, vec![("signature", child, Some(issuer))])
    };
    steps.iter().map(corrupt).collect()
}

fn whole_paths() -> Vec<Refused> {
    let with = |name: &str, place, change: fn(CertBuilder) -> CertBuilder, faults: Vec<Fault>| {
        let chain = Pki::new().with(place, change).sign();
        let case = chain.case(name);
        Refused::new(&chain, case, faults)
    };
    let outside = |b: CertBuilder| b.permit(GeneralName::dns("other.example"));
    let excluded = |b: CertBuilder| b.exclude(GeneralName::dns("lab.example"));
    let directory = |b: CertBuilder| b.exclude(GeneralName::directory("O=Lab, CN=Lower"));
    let constraint = |by| ("name-constraint", "leaf", Some(by));
    let required = |b: CertBuilder| b.policy_constraints(Some(0), None);
    vec![
        with("an upper with path length 0", Place::Upper, |b| b.path_length(0), vec![("path-length", "upper", None)]),
        with("a root with path length 0", Place::Root, |b| b.path_length(0), vec![("path-length", "root", None)]),
        with("a root with path length 1", Place::Root, |b| b.path_length(1), vec![("path-length", "root", None)]),
        with("a lower for other names", Place::Lower, outside, vec![constraint("lower")]),
        with("an upper for other names", Place::Upper, outside, vec![constraint("upper")]),
        with("a root for other names", Place::Root, outside, vec![constraint("root")]),
        with("a lower that excludes the name", Place::Lower, excluded, vec![constraint("lower")]),
        with("an upper that excludes the name", Place::Upper, excluded, vec![constraint("upper")]),
        with("a root that excludes the name", Place::Root, excluded, vec![constraint("root")]),
        with(
            "an upper that excludes the lower",
            Place::Upper,
            directory,
            vec![("name-constraint", "lower", Some("upper"))],
        ),
        with(
            "a root that excludes the lower",
            Place::Root,
            directory,
            vec![("name-constraint", "lower", Some("root"))],
        ),
        with("an upper that requires policies", Place::Upper, required, vec![("policy", "lower", None)]),
        with("a lower that requires policies", Place::Lower, required, vec![("policy", "leaf", None)]),
    ]
}

fn revoked() -> Vec<Refused> {
    let chain = Pki::new().sign();
    let mut cases = Vec::new();
    for (issuer, cert, name) in [
        (&chain.lower, &chain.leaf, "leaf"),
        (&chain.upper, &chain.lower, "lower"),
        (&chain.root, &chain.upper, "upper"),
    ] {
        let listed = Crl::of(issuer).revoke_for(cert, "2026-04-01", Reason::KeyCompromise).sign();
        let old = Crl::of(issuer).dates("2026-01-01", Some("2026-02-01")).sign();
        let forged = Crl::of(issuer).corrupt_signature().sign();
        let case = |what: &str, crl: &Crl| chain.case(&format!("{name}: {what}")).crls(&[crl]);
        cases.push(Refused::new(&chain, case("revoked", &listed), vec![("revoked", name, None)]));
        let unknown = vec![("revocation-unknown", name, None)];
        cases.push(Refused::new(&chain, case("an old CRL", &old), unknown.clone()));
        cases.push(Refused::new(&chain, case("a forged CRL", &forged), unknown));
    }
    cases
}

fn missing() -> Vec<Refused> {
    let chain = Pki::new().sign();
    let crate::chains::case::Signed { leaf, lower, upper, root } = &chain;
    let case = crate::chains::case::case;
    let lost = |name| vec![("issuer-not-found", name, None)];
    let refused = |case, faults| Refused::new(&chain, case, faults);
    vec![
        refused(case("the root is missing", &[leaf, lower, upper], &[]), lost("upper")),
        refused(case("the upper is missing", &[leaf, lower], &[root]), lost("lower")),
        refused(case("the lower is missing", &[leaf, upper], &[root]), lost("leaf")),
        refused(
            case("the root is presented only", &[leaf, lower, upper, root], &[]),
            vec![("self-signed-not-trusted", "root", None)],
        ),
        refused(chain.case("another name asked for").server("vc02.lab.example"), vec![("name-mismatch", "leaf", None)]),
        refused(chain.case("a depth of one").max_depth(1), vec![("depth", "leaf", None)]),
        refused(
            chain.case("a CA asked for").purpose(vitrust::Purpose::Ca),
            vec![("not-ca", "leaf", None), ("key-usage", "leaf", None)],
        ),
    ]
}
