//! Single fields of a certificate that are wrong, at each place of the chain.

use vitrust_factory::asn1::{self, GENERALIZED_TIME, UTC_TIME};
use vitrust_factory::{AT, Cert, Hash, Key, NOT_AFTER, NOT_BEFORE, SignatureAlgorithm, Time, Version, oid};

use super::super::case::Cases;
use super::{Change, Place, add_changes, chain_with, root, server_builder};

pub(super) fn add(cases: &mut Cases) {
    add_changes(cases, "validity", &Place::ALL, VALIDITY);
    add_changes(cases, "version", &Place::ALL, VERSIONS);
    add_changes(cases, "serial", &Place::ALL, SERIALS);
    add_changes(cases, "extension", &Place::ALL, EXTENSIONS);
    add_changes(cases, "signature", &Place::ALL, SIGNATURES);
    time_boundaries(cases);
    bare_version_1(cases);
}

const VALIDITY: &[Change] = &[
    ("expired", |cert| cert.expired()),
    ("not-yet-valid", |cert| cert.not_yet_valid()),
    ("ends-now", |cert| cert.validity(NOT_BEFORE, AT)),
    ("ended-a-second-ago", |cert| cert.validity(NOT_BEFORE, AT - 1)),
    ("starts-now", |cert| cert.validity(AT, NOT_AFTER)),
    ("starts-in-a-second", |cert| cert.validity(AT + 1, NOT_AFTER)),
    ("reversed", |cert| cert.validity(NOT_AFTER, NOT_BEFORE)),
    ("until-9999", |cert| cert.validity(NOT_BEFORE, Time::from("9999-12-31T23:59:59Z"))),
    ("generalized-before-2050", |cert| cert.validity(Time::Generalized(NOT_BEFORE), Time::Generalized(NOT_AFTER))),
    ("utc-without-seconds", |cert| cert.validity(Time::Raw(UTC_TIME, "2501010000Z".to_owned()), NOT_AFTER)),
    ("utc-with-offset", |cert| cert.validity(Time::Raw(UTC_TIME, "250101000000+0000".to_owned()), NOT_AFTER)),
    ("generalized-with-fraction", |cert| {
        cert.validity(Time::Raw(GENERALIZED_TIME, "20250101000000.5Z".to_owned()), NOT_AFTER)
    }),
    ("from-1950", |cert| cert.validity(Time::Raw(UTC_TIME, "500101000000Z".to_owned()), NOT_AFTER)),
    ("not-a-date", |cert| cert.validity(Time::Raw(UTC_TIME, "251301000000Z".to_owned()), NOT_AFTER)),
];

const VERSIONS: &[Change] = &[
    ("1-with-extensions", |cert| cert.version(Version::V1)),
    ("2-with-extensions", |cert| cert.version(Version::V2)),
    ("0-spelled-out", |cert| cert.version(Version::Encoded(0))),
    ("4", |cert| cert.version(Version::Encoded(3))),
    ("3-with-unique-ids", |cert| cert.unique_ids(Some(b"issuer"), Some(b"subject"))),
];

const SERIALS: &[Change] = &[
    ("zero", |cert| cert.serial(0)),
    ("negative", |cert| cert.serial_bytes(&[0x80, 1])),
    ("20-bytes", |cert| cert.serial_bytes(&[0x7f; 20])),
    ("21-bytes", |cert| cert.serial_bytes(&[0x7f; 21])),
    ("64-bytes", |cert| cert.serial_bytes(&[0x7f; 64])),
    ("padded", |cert| cert.serial_bytes(&[0, 1])),
    ("no-bytes", |cert| cert.serial_bytes(&[])),
];

const EXTENSIONS: &[Change] = &[
    ("unknown", |cert| cert.extension(oid::UNKNOWN, false, asn1::null())),
    ("unknown-critical", |cert| cert.extension(oid::UNKNOWN, true, asn1::null())),
    ("unknown-twice", |cert| {
        cert.extension(oid::UNKNOWN, false, asn1::null()).extension(oid::UNKNOWN, false, asn1::null())
    }),
    ("subject-key-id-twice", |cert| cert.extension(oid::SUBJECT_KEY_ID, false, asn1::octet_string(&[1; 20]))),
    ("subject-key-id-critical", |cert| cert.critical(oid::SUBJECT_KEY_ID, true)),
    ("subject-key-id-malformed", |cert| {
        cert.without(oid::SUBJECT_KEY_ID).extension(oid::SUBJECT_KEY_ID, false, vec![0x04, 0x20, 1])
    }),
    ("key-usage-malformed", |cert| cert.without(oid::KEY_USAGE).extension(oid::KEY_USAGE, true, vec![0x03, 0x00])),
    ("key-usage-no-bits", |cert| cert.key_usage(&[])),
    ("key-usage-not-critical", |cert| cert.critical(oid::KEY_USAGE, false)),
    ("extended-key-usage-empty", |cert| cert.extended_key_usage(&[])),
    ("basic-constraints-malformed", |cert| {
        cert.without(oid::BASIC_CONSTRAINTS).extension(oid::BASIC_CONSTRAINTS, true, vec![0x30, 0x05, 1])
    }),
    ("alt-name-empty", |cert| {
        cert.without(oid::SUBJECT_ALT_NAME).extension(oid::SUBJECT_ALT_NAME, false, asn1::sequence(&[]))
    }),
    ("alt-name-malformed", |cert| {
        cert.without(oid::SUBJECT_ALT_NAME).extension(oid::SUBJECT_ALT_NAME, false, vec![0x30, 0x20, 0x82])
    }),
    ("crl-points-malformed-critical", |cert| {
        cert.extension(oid::CRL_DISTRIBUTION_POINTS, true, vec![0x30, 0x03, 0x01])
    }),
    ("info-access-critical", |cert| {
        cert.ca_issuers("http://ca.lab.example/root").critical(oid::AUTHORITY_INFO_ACCESS, true)
    }),
];

const SIGNATURES: &[Change] = &[
    ("corrupt", |cert| cert.corrupt_signature()),
    ("empty", |cert| cert.signature(&[])),
    ("inner-identifier-differs", |cert| cert.inner_identifier(SignatureAlgorithm::Ecdsa(Hash::Sha384).identifier())),
    ("outer-identifier-differs", |cert| cert.outer_identifier(SignatureAlgorithm::Ecdsa(Hash::Sha384).identifier())),
    ("unknown-algorithm", |cert| {
        let identifier = asn1::sequence(&[asn1::oid("1.3.6.1.4.1.32473.2")]);
        cert.inner_identifier(identifier.clone()).outer_identifier(identifier)
    }),
    ("ecdsa-with-null-parameters", |cert| {
        let identifier = asn1::sequence(&[asn1::oid("1.2.840.10045.4.3.2"), asn1::null()]);
        cert.inner_identifier(identifier.clone()).outer_identifier(identifier)
    }),
];

/// The same good chain asked about at other times.
fn time_boundaries(cases: &mut Cases) {
    let (server, sub, root) = chain_with(Place::EndEntity, |cert| cert);
    let times = [
        ("before-all", NOT_BEFORE - 1),
        ("first-second", NOT_BEFORE),
        ("last-second", NOT_AFTER),
        ("after-all", NOT_AFTER + 1),
        ("in-2060", 2_840_140_800),
    ];
    for (name, at) in times {
        cases.add(format!("validity/asked/{name}"), &[&server, &sub], &[&root]).at(at);
    }
}

/// Version 1 as it was meant: no extension at all.
fn bare_version_1(cases: &mut Cases) {
    let v1 = |name: &str, seed| Cert::bare(name).key(Key::p256(seed)).version(Version::V1);
    let old_root = v1("CN=Root, O=Lab", 1).self_signed();
    let server = server_builder().issued_by(&old_root);
    cases.add("version/1-bare/anchor", &[&server], &[&old_root]);
    let new_root = root();
    let old_sub = v1("CN=Sub, O=Lab", 2).issued_by(&new_root);
    let below = server_builder().issued_by(&old_sub);
    cases.add("version/1-bare/intermediate", &[&below, &old_sub], &[&new_root]);
    let old_server = v1("CN=a.lab.example", 3).issued_by(&new_root);
    cases.add("version/1-bare/end-entity", &[&old_server], &[&new_root]);
    cases.add("version/1-bare/end-entity-with-name", &[&old_server], &[&new_root]).host("a.lab.example");
    let v2 = Cert::bare("CN=a.lab.example").key(Key::p256(3)).version(Version::V2).issued_by(&new_root);
    cases.add("version/2-bare/end-entity", &[&v2], &[&new_root]);
}
