//! The fields of a certificate with parts too many, too few, of another kind or in another order.

use vitrust_factory::surgery::field;
use vitrust_factory::{Cert, Crl, CrlEntry, Key, Node, Version, asn1, oid};

use super::{Accept, Form, Neighbours, Place, Record, Refuse, server_builder};

const WHOLE: &[Form] = &[
    ("signed-part/long-length", Refuse, |signed| signed.length_octets(4)),
    ("signed-part/indefinite", Refuse, |signed| signed.indefinite()),
    ("signed-part/set", Refuse, |signed| signed.tag(asn1::SET)),
    ("signed-part/leftover", Refuse, |signed| signed.push(Node::null())),
    ("signed-part/leftover-zeros", Refuse, |signed| signed.push(Node::raw(&[0, 0]))),
    ("signed-part/field-4", Refuse, |signed| signed.push(Node::new(0xa4, &[]))),
    ("signed-part/field-1-behind", Refuse, |signed| signed.push(Node::new(0x81, &[0, 1]))),
    ("signed-part/subject-twice", Refuse, |signed| signed.repeat(field::SUBJECT)),
    ("signed-part/names-swapped-with-times", Refuse, |signed| signed.swap(field::ISSUER, field::VALIDITY)),
    ("signed-part/no-validity", Refuse, |signed| signed.remove(field::VALIDITY)),
];

const VERSION: &[Form] = &[
    ("version/leftover", Refuse, |signed| signed.at(&[field::VERSION]).push(Node::null())),
    ("version/twice", Refuse, |signed| signed.repeat(field::VERSION)),
    ("version/number-twice", Refuse, |signed| signed.at(&[field::VERSION]).repeat(0)),
    ("version/padded", Refuse, |signed| signed.at(&[field::VERSION, 0]).set(&[0, 2])),
    ("version/five-octets", Refuse, |signed| signed.at(&[field::VERSION, 0]).set(&[1, 0, 0, 0, 2])),
    ("version/negative", Refuse, |signed| signed.at(&[field::VERSION, 0]).set(&[0xff])),
    ("version/empty", Refuse, |signed| signed.at(&[field::VERSION, 0]).clear()),
    ("version/constructed", Refuse, |signed| signed.at(&[field::VERSION, 0]).wrap()),
    ("version/enumerated", Refuse, |signed| signed.at(&[field::VERSION, 0]).tag(asn1::ENUMERATED)),
    ("version/context-class", Refuse, |signed| signed.at(&[field::VERSION, 0]).tag(0x82)),
    ("version/long-length", Refuse, |signed| signed.at(&[field::VERSION, 0]).length_octets(1)),
    ("version/primitive-wrapper", Refuse, |signed| signed.at(&[field::VERSION]).tag(0x80)),
    ("version/implicit", Refuse, |signed| signed.at(&[field::VERSION]).tag(0x80).set(&[2])),
    ("version/4", Refuse, |signed| signed.at(&[field::VERSION, 0]).set(&[3])),
    ("version/1-with-extensions", Refuse, |signed| signed.remove(field::VERSION)),
];

const SERIAL: &[Form] = &[
    ("serial/padded", Refuse, |signed| signed.at(&[field::SERIAL]).set(&[0, 5])),
    ("serial/padded-negative", Refuse, |signed| signed.at(&[field::SERIAL]).set(&[0xff, 0x85])),
    ("serial/empty", Refuse, |signed| signed.at(&[field::SERIAL]).clear()),
    ("serial/enumerated", Refuse, |signed| signed.at(&[field::SERIAL]).tag(asn1::ENUMERATED)),
    ("serial/octets", Refuse, |signed| signed.at(&[field::SERIAL]).tag(asn1::OCTET_STRING)),
    ("serial/context-class", Refuse, |signed| signed.at(&[field::SERIAL]).tag(0x82)),
    ("serial/application-class", Refuse, |signed| signed.at(&[field::SERIAL]).tag(0x42)),
    ("serial/constructed", Refuse, |signed| signed.at(&[field::SERIAL]).wrap()),
    ("serial/long-length", Refuse, |signed| signed.at(&[field::SERIAL]).length_octets(1)),
    ("serial/long-tag", Refuse, |signed| signed.at(&[field::SERIAL]).long_tag()),
    ("serial/21-octets-of-value", Refuse, |signed| signed.at(&[field::SERIAL]).set(&[0x7f; 21])),
    ("serial/20-octets-of-value", Accept, |signed| signed.at(&[field::SERIAL]).set(&[&[0][..], &[0xff; 20]].concat())),
    ("serial/20-octets", Accept, |signed| signed.at(&[field::SERIAL]).set(&[0x7f; 20])),
];

const ALGORITHM: &[Form] = &[
    ("algorithm/leftover", Refuse, |signed| signed.at(&[field::ALGORITHM]).push(Node::null())),
    ("algorithm/set", Refuse, |signed| signed.at(&[field::ALGORITHM]).tag(asn1::SET)),
    ("algorithm/long-length", Refuse, |signed| signed.at(&[field::ALGORITHM]).length_octets(1)),
    ("algorithm/empty", Refuse, |signed| signed.at(&[field::ALGORITHM]).clear()),
];

const KEY: &[Form] = &[
    ("key/leftover", Refuse, |signed| signed.at(&[field::KEY]).push(Node::null())),
    ("key/algorithm-leftover", Refuse, |signed| signed.at(&[field::KEY, 0]).push(Node::null())),
    ("key/algorithm-long-length", Refuse, |signed| signed.at(&[field::KEY, 0]).length_octets(1)),
    ("key/algorithm-set", Refuse, |signed| signed.at(&[field::KEY, 0]).tag(asn1::SET)),
    ("key/bits-long-length", Refuse, |signed| signed.at(&[field::KEY, 1]).length_octets(3)),
    ("key/bits-long-tag", Refuse, |signed| signed.at(&[field::KEY, 1]).long_tag()),
    ("key/bits-are-octets", Refuse, |signed| signed.at(&[field::KEY, 1]).tag(asn1::OCTET_STRING)),
    ("key/unused-bits", Refuse, |signed| key_bits(signed, 1)),
    ("key/unused-bits-8", Refuse, |signed| key_bits(signed, 8)),
    ("key/indefinite", Refuse, |signed| signed.at(&[field::KEY]).indefinite()),
];

/// Of an RSA key, which is an encoding itself.
const RSA_KEY: &[Form] = &[
    ("as-it-was", Accept, |signed| signed),
    ("null-with-content", Refuse, |signed| signed.at(&[field::KEY, 0, 1]).set(&[0])),
    ("null-long-length", Refuse, |signed| signed.at(&[field::KEY, 0, 1]).length_octets(1)),
    ("null-constructed", Refuse, |signed| signed.at(&[field::KEY, 0, 1]).tag(0x25)),
    ("null-twice", Refuse, |signed| signed.at(&[field::KEY, 0]).push(Node::null())),
    ("without-null", Record, |signed| signed.at(&[field::KEY, 0]).remove(1)),
    ("modulus-negative", Refuse, |signed| {
        let modulus = rsa(signed).at(&[0]);
        modulus.bytes().remove(0);
        modulus
    }),
    ("modulus-padded", Refuse, |signed| {
        let modulus = rsa(signed).at(&[0]);
        modulus.bytes().insert(0, 0);
        modulus
    }),
    ("exponent-padded", Refuse, |signed| rsa(signed).at(&[1]).set(&[0, 1, 0, 1])),
    ("leftover", Refuse, |signed| rsa(signed).push(Node::null())),
    ("third-number", Refuse, |signed| rsa(signed).repeat(1)),
    ("long-length", Refuse, |signed| rsa(signed).length_octets(4)),
    ("behind", Refuse, |signed| signed.at(&[field::KEY, 1]).push(Node::raw(&[0]))),
];

const EXTENSIONS: &[Form] = &[
    ("extensions/empty-wrapper", Refuse, |signed| signed.at(&[field::EXTENSIONS]).clear()),
    ("extensions/empty-list", Refuse, |signed| signed.at(&[field::EXTENSIONS, 0]).clear()),
    ("extensions/two-lists", Refuse, |signed| signed.at(&[field::EXTENSIONS]).repeat(0)),
    ("extensions/wrapper-twice", Refuse, |signed| signed.repeat(field::EXTENSIONS)),
    ("extensions/wrapper-leftover", Refuse, |signed| signed.at(&[field::EXTENSIONS]).push(Node::null())),
    ("extensions/list-leftover", Refuse, |signed| signed.at(&[field::EXTENSIONS, 0]).push(Node::null())),
    ("extensions/list-leftover-zeros", Refuse, |signed| signed.at(&[field::EXTENSIONS, 0]).push(Node::raw(&[0, 0]))),
    ("extensions/list-is-set", Refuse, |signed| signed.at(&[field::EXTENSIONS, 0]).tag(asn1::SET)),
    ("extensions/wrapper-primitive", Refuse, |signed| signed.at(&[field::EXTENSIONS]).tag(0x83)),
    ("extensions/wrapper-implicit", Refuse, |signed| signed.at(&[field::EXTENSIONS, 0]).tag(0xa3)),
    ("extensions/wrapper-4", Refuse, |signed| signed.at(&[field::EXTENSIONS]).tag(0xa4)),
    ("extensions/wrapper-application-class", Refuse, |signed| signed.at(&[field::EXTENSIONS]).tag(0x63)),
    ("extensions/wrapper-long-length", Refuse, |signed| signed.at(&[field::EXTENSIONS]).length_octets(4)),
    ("extensions/before-key", Refuse, |signed| signed.swap(field::KEY, field::EXTENSIONS)),
];

/// Of one extension: here the key identifier, which nothing depends on.
const EXTENSION: &[Form] = &[
    ("extension/critical-false", Accept, |signed| {
        signed.extension(oid::SUBJECT_KEY_ID).insert(1, Node::new(asn1::BOOLEAN, &[0]))
    }),
    ("extension/critical-1", Refuse, |signed| signed.extension(oid::KEY_USAGE).at(&[1]).set(&[1])),
    ("extension/critical-two-octets", Refuse, |signed| signed.extension(oid::KEY_USAGE).at(&[1]).set(&[0xff, 0xff])),
    ("extension/critical-empty", Refuse, |signed| signed.extension(oid::KEY_USAGE).at(&[1]).clear()),
    ("extension/critical-constructed", Refuse, |signed| signed.extension(oid::KEY_USAGE).at(&[1]).wrap()),
    ("extension/critical-context-class", Refuse, |signed| signed.extension(oid::KEY_USAGE).at(&[1]).tag(0x81)),
    ("extension/critical-integer", Refuse, |signed| signed.extension(oid::KEY_USAGE).at(&[1]).tag(asn1::INTEGER)),
    ("extension/critical-twice", Refuse, |signed| signed.extension(oid::KEY_USAGE).repeat(1)),
    ("extension/critical-behind-value", Refuse, |signed| signed.extension(oid::KEY_USAGE).swap(1, 2)),
    ("extension/leftover", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).push(Node::null())),
    ("extension/value-twice", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).repeat(1)),
    ("extension/value-bits", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).at(&[1]).tag(asn1::BIT_STRING)),
    ("extension/value-context-class", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).at(&[1]).tag(0x84)),
    ("extension/value-long-length", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).at(&[1]).length_octets(2)),
    ("extension/without-value", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).remove(1)),
    ("extension/without-oid", Refuse, |signed| signed.extension(oid::KEY_USAGE).remove(0)),
    ("extension/oid-is-text", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).at(&[0]).tag(0x0c)),
    ("extension/empty", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).clear()),
    ("extension/set", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).tag(asn1::SET)),
    ("extension/long-length", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).length_octets(3)),
    ("extension/indefinite", Refuse, |signed| signed.extension(oid::SUBJECT_KEY_ID).indefinite()),
];

/// The content of RSAPublicKey.
fn rsa(signed: &mut Node) -> &mut Node {
    signed.at(&[field::KEY, 1, 1])
}

fn key_bits(signed: &mut Node, unused: u8) -> &mut Node {
    let bits = signed.at(&[field::KEY, 1]);
    bits.bytes()[0] = unused;
    bits
}

pub(super) fn add(list: &mut Neighbours) {
    let tables = [WHOLE, VERSION, SERIAL, ALGORITHM, KEY, EXTENSIONS, EXTENSION];
    let all: Vec<Form> = tables.concat();
    list.forms("fields", Place::EndEntity, &all);
    // The same faults hide a constraint or a usage in a CA.
    let hiding = |form: &&Form| {
        form.0.starts_with("extensions/")
            || ["extension/without-oid", "extension/leftover", "signed-part/leftover"].contains(&form.0)
    };
    list.forms("fields", Place::Intermediate, &all.iter().filter(hiding).copied().collect::<Vec<_>>());
    let anchor =
        ["signed-part/leftover", "version/padded", "serial/padded", "extensions/list-leftover", "extension/critical-1"];
    list.forms(
        "fields",
        Place::Anchor,
        &all.iter().filter(|form| anchor.contains(&form.0)).copied().collect::<Vec<_>>(),
    );
    algorithm_of_both(list);
    rsa_keys(list);
    unique_ids(list);
    serials_in_lists(list);
}

/// Both AlgorithmIdentifiers with the same fault, so that they are equal.
fn algorithm_of_both(list: &mut Neighbours) {
    let (root, sub, server) = (list.lab.root.clone(), list.lab.sub.clone(), list.lab.server.clone());
    let identifier = |parts: &[Vec<u8>]| asn1::sequence(&[&[asn1::oid("1.2.840.10045.4.3.2")], parts].concat());
    for (name, identifier) in [
        ("null", identifier(&[asn1::null()])),
        ("null-twice", identifier(&[asn1::null(), asn1::null()])),
        ("empty-sequence", identifier(&[asn1::sequence(&[])])),
    ] {
        let odd = server.reformed(sub.key(), |signed| {
            signed.at(&[field::ALGORITHM]).replace(&identifier);
        });
        let odd = odd.reshaped(|whole| {
            whole.at(&[1]).replace(&identifier);
        });
        list.ask(format!("fields/algorithm-of-both/{name}"), Refuse, &[&odd, &sub], &[&root]).host(super::HOST);
    }
}

fn rsa_keys(list: &mut Neighbours) {
    let (root, sub) = (list.lab.root.clone(), list.lab.sub.clone());
    let server = server_builder().key(Key::rsa2048(0)).issued_by(&sub);
    for (name, must, change) in RSA_KEY {
        let odd = server.reformed(sub.key(), |signed| {
            change(signed);
        });
        list.ask(format!("fields/rsa-key/{name}"), *must, &[&odd, &sub], &[&root]).host(super::HOST);
    }
}

/// Unique identifiers are odd and legal in version 3, each once and in order.
fn unique_ids(list: &mut Neighbours) {
    let (root, sub) = (list.lab.root.clone(), list.lab.sub.clone());
    let server = server_builder().unique_ids(Some(b"issuer"), Some(b"subject")).issued_by(&sub);
    let rows: [Form; 7] = [
        ("as-it-was", Accept, |signed| signed),
        ("swapped", Refuse, |signed| signed.swap(7, 8)),
        ("twice", Refuse, |signed| signed.repeat(7)),
        ("explicit", Refuse, |signed| signed.at(&[7]).tag(0xa1)),
        ("unused-bits-9", Refuse, |signed| signed.at(&[7]).set(&[9, 1])),
        ("empty", Refuse, |signed| signed.at(&[7]).clear()),
        ("behind-extensions", Refuse, |signed| signed.swap(8, 9)),
    ];
    for (name, must, change) in rows {
        let odd = server.reformed(sub.key(), |signed| {
            change(signed);
        });
        list.ask(format!("fields/unique-ids/{name}"), must, &[&odd, &sub], &[&root]).host(super::HOST);
    }
    let old = Cert::bare("CN=a.lab.example").key(Key::p256(3)).version(Version::Encoded(0)).issued_by(&sub);
    list.ask("fields/version/1-written-out", Record, &[&old, &sub], &[&root]);
}

/// A serial number in another form must not hide from the list that revokes it.
fn serials_in_lists(list: &mut Neighbours) {
    let (root, sub, server) = (list.lab.root.clone(), list.lab.sub.clone(), list.lab.server.clone());
    let root_list = list.lab.root_list.clone();
    let revoking = Crl::of(&sub).entry(CrlEntry::new(&[5], "2026-04-01")).sign();
    let rows: [Form; 6] = [
        ("as-it-was", Refuse, |serial| serial.set(&[5])),
        ("another", Accept, |serial| serial.set(&[6])),
        ("padded", Refuse, |serial| serial.set(&[0, 5])),
        ("constructed", Refuse, |serial| serial.set(&[5]).wrap()),
        ("context-class", Refuse, |serial| serial.set(&[5]).tag(0x82)),
        ("long-length", Refuse, |serial| serial.set(&[5]).length_octets(1)),
    ];
    for (name, must, change) in rows {
        let odd = server.reformed(sub.key(), |signed| {
            change(signed.at(&[field::SERIAL]));
        });
        list.ask(format!("fields/revoked-serial/{name}"), must, &[&odd, &sub], &[&root]).crls(&[&root_list, &revoking]);
    }
}
