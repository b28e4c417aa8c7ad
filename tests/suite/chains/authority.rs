//! What makes a CA: basic constraints, path length and key usage (RFC 5280 6.1.4 (k) to (n)).

use vitrust::Purpose;
use vitrust_factory::{Cert, Key, Usage, oid};

use super::case::{Case, Pki, Place, Signed, case, placed};

pub(super) fn cases() -> Vec<Case> {
    [basic_constraints(), key_usage(), path_length(), self_issued(), as_end_entity()].concat()
}

fn basic_constraints() -> Vec<Case> {
    let mut cases = Vec::new();
    for place in Place::ISSUERS {
        cases.push(placed("CA false is no CA", place, |b| b.basic_constraints(false, None)).refused("not-ca"));
        let spelled_out = |b: vitrust_factory::CertBuilder| {
            b.without(oid::BASIC_CONSTRAINTS).extension(oid::BASIC_CONSTRAINTS, true, vec![0x30, 3, 1, 1, 0])
        };
        cases.push(placed("CA false spelled out is no CA", place, spelled_out).refused("not-ca"));
        let without = |b: vitrust_factory::CertBuilder| b.without(oid::BASIC_CONSTRAINTS);
        cases.push(placed("no basic constraints is no CA", place, without).refused("not-ca"));
        let uncritical = |b: vitrust_factory::CertBuilder| b.critical(oid::BASIC_CONSTRAINTS, false);
        cases.push(placed("basic constraints need not be critical", place, uncritical));
    }
    cases
}

fn key_usage() -> Vec<Case> {
    let mut cases = Vec::new();
    for place in Place::ISSUERS {
        let only = |usage: Usage| move |b: vitrust_factory::CertBuilder| b.key_usage(&[usage]);
        cases.push(placed("only cRLSign signs no certificates", place, only(Usage::CrlSign)).refused("key-usage"));
        let digital = only(Usage::DigitalSignature);
        cases.push(placed("only digitalSignature signs no certificates", place, digital).refused("key-usage"));
        cases.push(placed("only keyCertSign is enough", place, only(Usage::KeyCertSign)));
        cases.push(placed("a CA without key usage may sign", place, |b| b.without(oid::KEY_USAGE)));
        let uncritical =
            |b: vitrust_factory::CertBuilder| b.key_usage(&[Usage::CrlSign]).critical(oid::KEY_USAGE, false);
        cases.push(placed("key usage counts when it is not critical", place, uncritical).refused("key-usage"));
    }
    let all = |b: vitrust_factory::CertBuilder| b.key_usage(&[Usage::DecipherOnly, Usage::KeyAgreement]);
    let crl_only = |b: vitrust_factory::CertBuilder| b.key_usage(&[Usage::CrlSign]);
    cases.push(placed("a server that only signs CRLs is none", Place::Leaf, crl_only).refused("key-usage"));
    cases.push(placed("key agreement is enough for a server", Place::Leaf, all));
    cases
}

fn path_length() -> Vec<Case> {
    let limit = |place, length| placed(&format!("path length {length}"), place, |b| b.path_length(length));
    vec![
        limit(Place::Lower, 0),
        limit(Place::Lower, 1),
        limit(Place::Upper, 0).refused("path-length"),
        limit(Place::Upper, 1),
        limit(Place::Root, 0).refused("path-length"),
        limit(Place::Root, 1).refused("path-length"),
        limit(Place::Root, 2),
        limit(Place::Root, 4_000_000_000),
        Pki::new()
            .with(Place::Root, |b| b.path_length(2))
            .with(Place::Upper, |b| b.path_length(1))
            .with(Place::Lower, |b| b.path_length(0))
            .case("path lengths that fit exactly"),
        Pki::new()
            .with(Place::Root, |b| b.path_length(5))
            .with(Place::Upper, |b| b.path_length(0))
            .case("the smaller path length counts")
            .refused("path-length"),
        Pki::new()
            .with(Place::Upper, |b| b.path_length(0))
            .with(Place::Lower, |b| b.path_length(7))
            .case("a lower CA cannot widen a path length")
            .refused("path-length"),
    ]
}

/// A root that rolled its key over: the old root, the new key certified by the old one, and what hangs below.
fn rolled_over(limit: u64) -> (Signed, Cert) {
    let old = Cert::ca("CN=Root").key(Key::p256(40)).path_length(limit).self_signed();
    let new = Cert::ca("CN=Root").key(Key::p256(41)).issued_by(&old);
    let upper = Cert::ca("CN=Upper").key(Key::p256(42)).issued_by(&new);
    let lower = Cert::ca("CN=Lower").key(Key::p256(43)).issued_by(&upper);
    let leaf = Cert::end_entity("CN=leaf").key(Key::p256(44)).issued_by(&lower);
    (Signed { leaf, lower, upper, root: old }, new)
}

fn self_issued() -> Vec<Case> {
    let with = |name: &str, limit| {
        let (chain, new) = rolled_over(limit);
        case(name, &[&chain.leaf, &chain.lower, &chain.upper, &new], &[&chain.root])
    };
    let root = Cert::ca("CN=Root").key(Key::p256(40)).path_length(0).self_signed();
    let rolled = Cert::ca("CN=Root").key(Key::p256(41)).issued_by(&root);
    let leaf = Cert::end_entity("CN=leaf").key(Key::p256(44)).issued_by(&rolled);
    let own_limit = Cert::ca("CN=Root").key(Key::p256(41)).path_length(0).issued_by(&root);
    let below = Cert::ca("CN=Sub").key(Key::p256(45)).issued_by(&own_limit);
    let deep = Cert::end_entity("CN=leaf").key(Key::p256(44)).issued_by(&below);
    let last = Cert::end_entity("CN=Root").key(Key::p256(46)).issued_by(&root);
    vec![
        with("a self-issued CA does not use up path length", 2),
        with("a self-issued CA does not widen path length", 1).refused("path-length"),
        case("a rollover certificate below path length 0", &[&leaf, &rolled], &[&root]),
        case("a rollover certificate's own path length counts", &[&deep, &below, &own_limit], &[&root])
            .refused("path-length"),
        case("a self-issued end-entity certificate", &[&last], &[&root]),
    ]
}

fn as_end_entity() -> Vec<Case> {
    let chain = Pki::new().sign();
    let ca = |name: &str| case(name, &[&chain.lower, &chain.upper], &[&chain.root]);
    let limited = Pki::new().with(Place::Upper, |b| b.path_length(0)).sign();
    vec![
        ca("a CA certificate serves as a CA").purpose(Purpose::Ca),
        ca("a CA certificate serves for anything").purpose(Purpose::Any),
        ca("a CA certificate that may only sign certificates is no server's").refused("end-entity-is-ca"),
        chain.case("an end-entity certificate is no CA").purpose(Purpose::Ca).refused("not-ca"),
        case("path length does not count the last certificate", &[&limited.lower, &limited.upper], &[&limited.root])
            .purpose(Purpose::Ca),
    ]
}
