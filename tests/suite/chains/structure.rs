//! The form of a certificate: extensions, versions, unique identifiers, serial numbers and empty names
//! (RFC 5280 4.1 and 4.2).

use vitrust_factory::{Cert, CertBuilder, Key, Name, Version, extension, oid};

use super::case::{Case, Pki, Place, Signed, case, placed};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for place in Place::ALL {
        cases.extend(extensions(place));
        cases.extend(fields(place));
    }
    [cases, versions(), empty_names()].concat()
}

fn extensions(place: Place) -> Vec<Case> {
    let extra = |name: &str, oid: &'static str, critical, value: Vec<u8>| {
        placed(name, place, move |b: CertBuilder| b.extension(oid, critical, value))
    };
    let skip = || extension::inhibit_any_policy(5);
    vec![
        extra("an unknown critical extension", oid::UNKNOWN, true, vec![5, 0]).refused("unknown-critical-extension"),
        extra("an unknown extension", oid::UNKNOWN, false, vec![5, 0]),
        extra("an unknown extension of junk", oid::UNKNOWN, false, vec![0xff, 0xff]),
        placed("an unknown extension twice", place, |b| {
            b.extension(oid::UNKNOWN, false, vec![5, 0]).extension(oid::UNKNOWN, false, vec![5, 0])
        })
        .refused("duplicate-extension"),
        placed("a known extension twice", place, move |b| {
            b.extension(oid::INHIBIT_ANY_POLICY, true, skip()).extension(oid::INHIBIT_ANY_POLICY, true, skip())
        })
        .refused("duplicate-extension"),
        extra("a critical extension of another type", oid::INHIBIT_ANY_POLICY, true, vec![0x30, 0])
            .refused("malformed-extension"),
        extra("an extension of another type", oid::INHIBIT_ANY_POLICY, false, vec![0x30, 0])
            .refused("malformed-extension"),
        extra("an extension that ends early", oid::CRL_DISTRIBUTION_POINTS, false, vec![0x30, 9, 0])
            .refused("malformed-extension"),
        placed("a critical extension that must not be", place, |b| {
            b.ca_issuers("https://vc01.lab.example/afd/vecs/ca").critical(oid::AUTHORITY_INFO_ACCESS, true)
        })
        .refused("unknown-critical-extension"),
    ]
}

fn fields(place: Place) -> Vec<Case> {
    let serial = |name: &str, bytes: &'static [u8]| placed(name, place, move |b| b.serial_bytes(bytes));
    vec![
        serial("a serial number of 20 octets", &[0x7f; 20]),
        serial("a serial number of 21 octets", &[0x7f; 21]).refused("serial-number"),
        serial("a negative serial number", &[0x80]),
        serial("the serial number zero", &[0]),
        serial("a serial number with a leading zero octet", &[0, 0x81, 2, 3]),
        placed("unique identifiers in version 3", place, |b| b.unique_ids(Some(&[1]), Some(&[2]))),
        placed("version 5", place, |b| b.version(Version::Encoded(4))).refused("version"),
        placed("extensions in version 1", place, |b| b.version(Version::V1)).refused("version"),
        placed("extensions in version 2", place, |b| b.version(Version::V2)).refused("version"),
    ]
}

fn versions() -> Vec<Case> {
    let root = Cert::ca("CN=Root").key(Key::p256(70)).self_signed();
    let plain = |name: &str| Cert::bare(name).key(Key::p256(71));
    let first = plain("CN=v1").version(Version::V1).issued_by(&root);
    let spelled_out = plain("CN=v1").version(Version::Encoded(0)).issued_by(&root);
    let with_ids = plain("CN=v1").version(Version::V1).unique_ids(Some(&[1]), None).issued_by(&root);
    let second = plain("CN=v2").version(Version::V2).unique_ids(Some(&[1]), None).issued_by(&root);
    let old_root = Cert::bare("CN=Old").key(Key::p256(72)).version(Version::V1).self_signed();
    let below = Cert::end_entity("CN=leaf").key(Key::p256(73)).issued_by(&old_root);
    let mut cases = vec![
        case("unique identifiers in version 1", &[&with_ids], &[&root]).refused("version"),
        case("unique identifiers in version 2", &[&second], &[&root]),
        case("version 1 spelled out", &[&spelled_out], &[&root]),
    ];
    cases.extend(case("a version 1 certificate", &[&first], &[&root]).by_profile([
        None,
        None,
        None,
        None,
        Some("version"),
    ]));
    let not_ca: super::case::Expect = Some("not-ca");
    cases.extend(case("a version 1 root", &[&below], &[&old_root]).by_profile([not_ca, None, None, None, None]));
    cases
}

fn empty_names() -> Vec<Case> {
    let Signed { root, .. } = Pki::new().sign();
    let nameless = Cert::end_entity(Name::empty()).dns("vc01.lab.example").key(Key::p256(74)).issued_by(&root);
    let unmarked = Cert::end_entity(Name::empty()).dns("vc01.lab.example").key(Key::p256(74));
    let unmarked = unmarked.critical(oid::SUBJECT_ALT_NAME, false).issued_by(&root);
    let unnamed = Cert::end_entity(Name::empty()).key(Key::p256(74)).issued_by(&root);
    let nameless_ca = Cert::ca(Name::empty()).key(Key::p256(75)).issued_by(&root);
    let below = Cert::end_entity("CN=leaf").key(Key::p256(74)).issued_by(&nameless_ca);
    let nameless_root = Cert::ca(Name::empty()).key(Key::p256(76)).self_signed();
    let own = Cert::end_entity("CN=leaf").key(Key::p256(74)).issued_by(&nameless_root);
    vec![
        case("an empty subject with an alternative name", &[&nameless], &[&root]).server("vc01.lab.example"),
        case("an empty subject, alternative name not critical", &[&unmarked], &[&root])
            .server("vc01.lab.example")
            .refused("empty-name"),
        case("an empty subject without alternative name", &[&unnamed], &[&root]).refused("empty-name"),
        case("an empty issuer", &[&below, &nameless_ca], &[&root]).refused("empty-name"),
        case("an empty root name", &[&own], &[&nameless_root]).refused("empty-name"),
    ]
}
