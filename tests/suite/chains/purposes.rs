//! Extended key usage at the end-entity certificate and, nested, at CAs (RFC 5280 4.2.1.12).

use vitrust::Purpose;
use vitrust_factory::{CertBuilder, oid};

use super::case::{Case, Pki, Place, placed};

const EMAIL_PROTECTION: &str = "1.3.6.1.5.5.7.3.4";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for place in Place::ALL {
        cases.extend(at(place));
    }
    cases.extend(together());
    cases
}

fn at(place: Place) -> Vec<Case> {
    let usage = |name: &str, usages: &'static [&'static str]| {
        placed(name, place, move |b: CertBuilder| b.extended_key_usage(usages))
    };
    vec![
        usage("serverAuth serves", &[oid::SERVER_AUTH]),
        usage("clientAuth alone does not serve", &[oid::CLIENT_AUTH]).refused("purpose"),
        usage("clientAuth is for clients", &[oid::CLIENT_AUTH]).purpose(Purpose::Client),
        usage("serverAuth alone is not for clients", &[oid::SERVER_AUTH]).purpose(Purpose::Client).refused("purpose"),
        usage("anyExtendedKeyUsage serves", &[oid::ANY_EXTENDED_KEY_USAGE]),
        usage("anyExtendedKeyUsage is for clients", &[oid::ANY_EXTENDED_KEY_USAGE]).purpose(Purpose::Client),
        usage("code signing does not serve", &[oid::CODE_SIGNING]).refused("purpose"),
        usage("code signing is something", &[oid::CODE_SIGNING]).purpose(Purpose::Any),
        usage("the wanted usage may come last", &[oid::CODE_SIGNING, EMAIL_PROTECTION, oid::UNKNOWN, oid::SERVER_AUTH]),
        usage("an unknown usage does not serve", &[oid::UNKNOWN]).refused("purpose"),
        placed("no extended key usage serves", place, |b| b.without(oid::EXTENDED_KEY_USAGE)),
        placed("critical extended key usage serves", place, |b| {
            b.extended_key_usage(&[oid::SERVER_AUTH]).critical(oid::EXTENDED_KEY_USAGE, true)
        }),
    ]
}

fn together() -> Vec<Case> {
    let nested = |lower: &'static str, upper: &'static str| {
        Pki::new()
            .with(Place::Lower, move |b| b.extended_key_usage(&[lower]))
            .with(Place::Upper, move |b| b.extended_key_usage(&[upper]))
    };
    vec![
        nested(oid::SERVER_AUTH, oid::SERVER_AUTH).case("the same usage at every CA"),
        nested(oid::SERVER_AUTH, oid::CLIENT_AUTH).case("one CA for clients only").refused("purpose"),
        nested(oid::ANY_EXTENDED_KEY_USAGE, oid::SERVER_AUTH).case("any usage below a CA for servers"),
        nested(oid::CLIENT_AUTH, oid::CLIENT_AUTH).case("CAs for clients serve clients").purpose(Purpose::Client),
        Pki::new().case("the usual chain serves"),
        Pki::new().case("the usual chain is for clients").purpose(Purpose::Client),
        Pki::new().case("the usual chain is for anything").purpose(Purpose::Any),
    ]
}
