//! CA flag, key usage and extended key usage, at each place of the chain.

use vitrust_factory::{CertBuilder, Usage, asn1, oid};

use super::super::case::{Cases, Purpose};
use super::{Change, Place, add_changes, chain_with};

pub(super) fn add(cases: &mut Cases) {
    add_changes(cases, "ca-flag", &Place::CAS, CA_FLAGS);
    add_changes(cases, "ca-flag", &[Place::EndEntity], END_ENTITY_FLAGS);
    add_changes(cases, "key-usage", &Place::CAS, CA_USAGES);
    add_changes(cases, "key-usage", &[Place::EndEntity], END_ENTITY_USAGES);
    extended(cases);
    client_key_usage(cases);
}

const CA_FLAGS: &[Change] = &[
    ("no-basic-constraints", |cert| cert.without(oid::BASIC_CONSTRAINTS)),
    ("no-basic-constraints-no-key-usage", |cert| cert.without(oid::BASIC_CONSTRAINTS).without(oid::KEY_USAGE)),
    ("false", |cert| cert.basic_constraints(false, None)),
    ("false-with-path-length", |cert| cert.basic_constraints(false, Some(1))),
    ("false-written-out", false_written_out),
    ("not-critical", |cert| cert.critical(oid::BASIC_CONSTRAINTS, false)),
    ("twice", |cert| {
        cert.extension(oid::BASIC_CONSTRAINTS, true, vitrust_factory::extension::basic_constraints(true, None))
    }),
];

const END_ENTITY_FLAGS: &[Change] = &[
    ("true", |cert| cert.basic_constraints(true, None)),
    ("true-with-ca-usage", |cert| {
        cert.basic_constraints(true, None).key_usage(&[Usage::KeyCertSign, Usage::DigitalSignature])
    }),
    ("false", |cert| cert.basic_constraints(false, None)),
    ("false-written-out", false_written_out),
    ("false-with-path-length", |cert| cert.basic_constraints(false, Some(0))),
    ("false-not-critical", |cert| cert.basic_constraints(false, None).critical(oid::BASIC_CONSTRAINTS, false)),
];

/// The default FALSE spelled out, which DER forbids and BER allows.
fn false_written_out(cert: CertBuilder) -> CertBuilder {
    let body = asn1::sequence(&[asn1::tlv(asn1::BOOLEAN, &[0])]);
    cert.without(oid::BASIC_CONSTRAINTS).extension(oid::BASIC_CONSTRAINTS, true, body)
}

const CA_USAGES: &[Change] = &[
    ("absent", |cert| cert.without(oid::KEY_USAGE)),
    ("cert-sign-only", |cert| cert.key_usage(&[Usage::KeyCertSign])),
    ("crl-sign-only", |cert| cert.key_usage(&[Usage::CrlSign])),
    ("digital-signature-only", |cert| cert.key_usage(&[Usage::DigitalSignature])),
];

const END_ENTITY_USAGES: &[Change] = &[
    ("absent", |cert| cert.without(oid::KEY_USAGE)),
    ("digital-signature", |cert| cert.key_usage(&[Usage::DigitalSignature])),
    ("key-encipherment", |cert| cert.key_usage(&[Usage::KeyEncipherment])),
    ("key-agreement", |cert| cert.key_usage(&[Usage::KeyAgreement])),
    ("non-repudiation", |cert| cert.key_usage(&[Usage::NonRepudiation])),
    ("cert-sign", |cert| cert.key_usage(&[Usage::KeyCertSign])),
    ("cert-sign-and-digital-signature", |cert| cert.key_usage(&[Usage::KeyCertSign, Usage::DigitalSignature])),
    ("crl-sign", |cert| cert.key_usage(&[Usage::CrlSign])),
    ("encipher-only", |cert| cert.key_usage(&[Usage::EncipherOnly])),
];

const EXTENDED: &[Change] = &[
    ("absent", |cert| cert.without(oid::EXTENDED_KEY_USAGE)),
    ("server", |cert| cert.extended_key_usage(&[oid::SERVER_AUTH])),
    ("client", |cert| cert.extended_key_usage(&[oid::CLIENT_AUTH])),
    ("both", |cert| cert.extended_key_usage(&[oid::CLIENT_AUTH, oid::SERVER_AUTH])),
    ("any", |cert| cert.extended_key_usage(&[oid::ANY_EXTENDED_KEY_USAGE])),
    ("code-signing", |cert| cert.extended_key_usage(&[oid::CODE_SIGNING])),
    ("ocsp-signing", |cert| cert.extended_key_usage(&[oid::OCSP_SIGNING])),
    ("server-critical", |cert| cert.extended_key_usage(&[oid::SERVER_AUTH]).critical(oid::EXTENDED_KEY_USAGE, true)),
    ("any-critical", |cert| {
        cert.extended_key_usage(&[oid::ANY_EXTENDED_KEY_USAGE]).critical(oid::EXTENDED_KEY_USAGE, true)
    }),
    ("netscape-server-gated", |cert| cert.extended_key_usage(&["2.16.840.1.113730.4.1"])),
];

fn extended(cases: &mut Cases) {
    add_changes(cases, "extended-key-usage", &Place::ALL, EXTENDED);
    for purpose in [Purpose::Client, Purpose::Any] {
        for (name, change) in EXTENDED {
            for place in Place::ALL {
                let (server, sub, root) = chain_with(place, *change);
                let name = format!("extended-key-usage-for-{}/{name}/{}", purpose.name(), place.name());
                cases.add(name, &[&server, &sub], &[&root]).purpose(purpose);
            }
        }
    }
}

fn client_key_usage(cases: &mut Cases) {
    let usages: [Change; 3] = [
        ("key-encipherment", |cert: CertBuilder| cert.key_usage(&[Usage::KeyEncipherment])),
        ("key-agreement", |cert: CertBuilder| cert.key_usage(&[Usage::KeyAgreement])),
        ("digital-signature", |cert: CertBuilder| cert.key_usage(&[Usage::DigitalSignature])),
    ];
    for (name, change) in usages {
        let (server, sub, root) = chain_with(Place::EndEntity, change);
        let name = format!("key-usage-for-client/{name}/end-entity");
        cases.add(name, &[&server, &sub], &[&root]).purpose(Purpose::Client);
    }
}
