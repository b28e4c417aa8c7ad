//! Server identity (RFC 9525): DNS names, wildcards, addresses, and the common name that never counts under `strict`.

use vitrust_factory::{CertBuilder, GeneralName};

use super::case::{Case, Expect, OK, Place, placed};

const MISMATCH: Expect = Some("name-mismatch");

pub(super) fn cases() -> Vec<Case> {
    [dns(), wildcards(), addresses(), common_names(), odd()].concat()
}

/// A server certificate with these DNS names, asked for `wanted`.
fn asked(present: &[&str], wanted: &str, expect: Expect) -> Case {
    let names = |b: CertBuilder| {
        let bare = b.without(vitrust_factory::oid::SUBJECT_ALT_NAME);
        present.iter().fold(bare, |b, name| b.dns(name))
    };
    placed(&format!("{present:?} asked for `{wanted}`"), Place::Leaf, names).server(wanted).expect(expect)
}

fn dns() -> Vec<Case> {
    vec![
        asked(&["vc01.lab.example"], "vc01.lab.example", OK),
        asked(&["vc01.lab.example"], "VC01.Lab.Example", OK),
        asked(&["VC01.LAB.EXAMPLE"], "vc01.lab.example", OK),
        asked(&["vc01.lab.example"], "vc01.lab.example.", OK),
        asked(&["vc01.lab.example."], "vc01.lab.example", MISMATCH),
        asked(&["vc01.lab.example"], "vc02.lab.example", MISMATCH),
        asked(&["vc01.lab.example"], "vc01", MISMATCH),
        asked(&["vc01"], "vc01", OK),
        asked(&["lab.example"], "vc01.lab.example", MISMATCH),
        asked(&["a.example", "b.example", "vc01.lab.example"], "vc01.lab.example", OK),
        asked(&["a.example", "b.example"], "vc01.lab.example", MISMATCH),
        asked(&["xn--mnchen-3ya.example"], "münchen.example", OK),
        asked(&["xn--mnchen-3ya.example"], "MÜNCHEN.example", OK),
        asked(&["munchen.example"], "münchen.example", MISMATCH),
        asked(&["vc_01.lab.example"], "vc_01.lab.example", OK),
    ]
}

fn wildcards() -> Vec<Case> {
    vec![
        asked(&["*.lab.example"], "vc01.lab.example", OK),
        asked(&["*.LAB.example"], "vc01.lab.example", OK),
        asked(&["*.lab.example"], "lab.example", MISMATCH),
        asked(&["*.lab.example"], "a.vc01.lab.example", MISMATCH),
        asked(&["*.*.example"], "vc01.lab.example", MISMATCH),
        asked(&["vc*.lab.example"], "vc01.lab.example", MISMATCH),
        asked(&["*01.lab.example"], "vc01.lab.example", MISMATCH),
        asked(&["vc01.*.example"], "vc01.lab.example", MISMATCH),
        asked(&["*"], "vc01", MISMATCH),
        asked(&["*.example"], "lab.example", OK),
        asked(&["*.lab.example"], "xn--mnchen-3ya.lab.example", OK),
    ]
}

fn addresses() -> Vec<Case> {
    let ip = |present: &str, wanted: &str, expect: Expect| {
        placed(&format!("address {present} asked for {wanted}"), Place::Leaf, |b| b.ip(present))
            .server(wanted)
            .expect(expect)
    };
    let long = GeneralName::Ip(vec![0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1]);
    vec![
        ip("192.0.2.1", "192.0.2.1", OK),
        ip("192.0.2.1", "192.0.2.2", MISMATCH),
        ip("2001:db8::1", "2001:db8:0:0:0:0:0:1", OK),
        ip("2001:db8::1", "[2001:db8::1]", OK),
        ip("2001:db8::1", "2001:db8::2", MISMATCH),
        asked(&["192.0.2.1"], "192.0.2.1", MISMATCH),
        placed("a mapped address is another one", Place::Leaf, |b| b.alt_name(long))
            .server("192.0.2.1")
            .expect(MISMATCH),
        placed("an address is no DNS name", Place::Leaf, |b| b.ip("192.0.2.1")).server("vc01.lab.example"),
        placed("a URI is no server name", Place::Leaf, |b| b.uri("https://vc09.lab.example/"))
            .server("vc09.lab.example")
            .expect(MISMATCH),
    ]
}

fn common_names() -> Vec<Case> {
    let bare = |name: &str| {
        placed(name, Place::Leaf, |b| b.without(vitrust_factory::oid::SUBJECT_ALT_NAME)).server("vc01.lab.example")
    };
    let beside = |name: &str, change: fn(CertBuilder) -> CertBuilder| {
        placed(name, Place::Leaf, |b| change(b.without(vitrust_factory::oid::SUBJECT_ALT_NAME)))
            .server("vc01.lab.example")
    };
    [
        bare("a common name alone").by_profile([MISMATCH, OK, OK, MISMATCH, MISMATCH]),
        beside("a common name beside another DNS name", |b| b.dns("vc02.lab.example")).by_profile([MISMATCH; 5]),
        beside("a common name beside an address", |b| b.ip("192.0.2.1"))
            .by_profile([MISMATCH, OK, OK, MISMATCH, MISMATCH]),
    ]
    .concat()
}

fn odd() -> Vec<Case> {
    vec![
        placed("no name asked for, none looked at", Place::Leaf, |b| b.without(vitrust_factory::oid::SUBJECT_ALT_NAME)),
        placed("names of an intermediate do not count", Place::Lower, |b| b.dns("vc09.lab.example"))
            .server("vc09.lab.example")
            .expect(MISMATCH),
        asked(&["vc01.lab.example\0.evil.example"], "vc01.lab.example", MISMATCH),
        asked(&[" vc01.lab.example"], "vc01.lab.example", MISMATCH),
        asked(&[""], "vc01.lab.example", MISMATCH),
    ]
}
