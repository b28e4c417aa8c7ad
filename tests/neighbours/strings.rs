//! Strings in BER's forms: constructed, of another class, with odd identifiers and lengths.

use vitrust_factory::surgery::field;
use vitrust_factory::{GeneralName, Name, Node, Text, asn1, oid};

use super::{Accept, Change, Form, Must, Neighbours, Place, Record, Refuse, server_builder, sub_builder};

/// The value of the subject's second attribute, an organisation.
fn organisation(signed: &mut Node) -> &mut Node {
    signed.at(&[field::SUBJECT, 1, 0, 1])
}

/// A dNSName of the subject alternative name.
fn dns(signed: &mut Node) -> &mut Node {
    signed.value(oid::SUBJECT_ALT_NAME).at(&[0])
}

const FORMS: &[Form] = &[
    ("utf8-constructed", Refuse, |signed| organisation(signed).split(asn1::OCTET_STRING)),
    ("utf8-constructed-of-utf8", Refuse, |signed| organisation(signed).split(0x0c)),
    ("utf8-wrapped", Refuse, |signed| organisation(signed).wrap()),
    ("utf8-context-class", Refuse, |signed| organisation(signed).tag(0x8c)),
    ("utf8-application-class", Refuse, |signed| organisation(signed).tag(0x4c)),
    ("utf8-private-class", Refuse, |signed| organisation(signed).tag(0xcc)),
    ("utf8-long-tag", Refuse, |signed| organisation(signed).long_tag()),
    ("utf8-long-length", Refuse, |signed| organisation(signed).length_octets(1)),
    ("utf8-longer-length", Refuse, |signed| organisation(signed).length_octets(4)),
    ("printable-constructed", Refuse, |signed| organisation(signed).tag(0x13).split(asn1::OCTET_STRING)),
    ("ia5-constructed", Refuse, |signed| organisation(signed).tag(0x16).split(asn1::OCTET_STRING)),
    ("teletex-constructed", Refuse, |signed| organisation(signed).tag(0x14).split(asn1::OCTET_STRING)),
    ("constructed-indefinite", Refuse, |signed| organisation(signed).split(asn1::OCTET_STRING).indefinite()),
    ("dns-constructed", Refuse, |signed| dns(signed).split(asn1::OCTET_STRING)),
    ("dns-long-length", Refuse, |signed| dns(signed).length_octets(2)),
    ("dns-universal-class", Refuse, |signed| dns(signed).tag(0x16)),
    ("key-id-constructed", Refuse, |signed| signed.value(oid::SUBJECT_KEY_ID).split(asn1::OCTET_STRING)),
    ("authority-key-id-constructed", Refuse, |signed| {
        signed.value(oid::AUTHORITY_KEY_ID).at(&[0]).split(asn1::OCTET_STRING)
    }),
    ("key-usage-constructed", Refuse, |signed| signed.value(oid::KEY_USAGE).split(asn1::BIT_STRING)),
    ("public-key-constructed", Refuse, |signed| signed.at(&[field::KEY, 1]).split(asn1::BIT_STRING)),
    ("extension-value-constructed", Refuse, |signed| {
        signed.extension(oid::EXTENDED_KEY_USAGE).at(&[1]).split(asn1::OCTET_STRING)
    }),
];

pub(super) fn add(list: &mut Neighbours) {
    list.forms("strings", Place::EndEntity, FORMS);
    let same: Vec<Form> = FORMS
        .iter()
        .filter(|form| ["key-usage", "public-key", "authority-key-id"].iter().any(|word| form.0.starts_with(word)))
        .copied()
        .collect();
    list.forms("strings", Place::Intermediate, &same);
    escapes(list);
    chaining(list);
    types(list);
}

/// A constructed or foreign string where an excluded organisation should be seen.
fn escapes(list: &mut Neighbours) {
    let root = list.lab.root.clone();
    let sub = sub_builder().exclude(GeneralName::directory("O=Evil")).issued_by(&root);
    let rows: [(&str, Change); 8] = [
        ("constructed", |value| value.split(asn1::OCTET_STRING)),
        ("context-class", |value| value.tag(0x8c)),
        ("octet-string", |value| value.tag(asn1::OCTET_STRING)),
        ("bit-string", |value| value.tag(asn1::BIT_STRING)),
        ("utf8-not-shortest", |value| value.set(b"\xc1\x85vil")),
        ("utf8-surrogate", |value| value.set(b"Evil\xed\xa0\x80")),
        ("utf8-cut", |value| value.set(b"Evil\xc3")),
        ("bmp-odd-length", |value| value.tag(0x1e).set(b"\0E\0v\0i\0l\0")),
    ];
    let evil = server_builder().subject("O=Evil").issued_by(&sub);
    list.ask("strings/excluded/as-it-was", Refuse, &[&evil, &sub], &[&root]);
    for (name, change) in rows {
        let escaped = evil.reformed(sub.key(), |signed| {
            change(signed.at(&[field::SUBJECT, 0, 0, 1]));
        });
        list.ask(format!("strings/excluded/{name}"), Refuse, &[&escaped, &sub], &[&root]);
    }
}

/// An issuer whose form differs from the subject it must equal.
fn chaining(list: &mut Neighbours) {
    let rows: [(&str, Change); 4] = [
        ("constructed", |value| value.split(asn1::OCTET_STRING)),
        ("context-class", |value| value.tag(0x8c)),
        ("application-class", |value| value.tag(0x4c)),
        ("long-length", |value| value.length_octets(1)),
    ];
    let (root, sub, server) = (list.lab.root.clone(), list.lab.sub.clone(), list.lab.server.clone());
    for (name, change) in rows {
        let odd = server.reformed(sub.key(), |signed| {
            change(signed.at(&[field::ISSUER, 0, 0, 1]));
        });
        list.ask(format!("strings/issuer/{name}"), Refuse, &[&odd, &sub], &[&root]);
    }
}

/// String types as CAs use and misuse them. Only what cannot be understood at all is open.
fn types(list: &mut Neighbours) {
    let rows: [(&str, Must, Text, &str); 9] = [
        ("teletex", Accept, Text::Teletex, "B\u{fc}ro"),
        ("bmp", Accept, Text::Bmp, "B\u{fc}ro"),
        ("universal", Accept, Text::Universal, "B\u{fc}ro"),
        ("ia5", Accept, Text::Ia5, "Lab"),
        ("numeric", Accept, Text::Numeric, "123"),
        ("printable-with-at", Accept, Text::Printable, "admin@lab"),
        ("printable-with-asterisk", Accept, Text::Printable, "*.lab.example"),
        ("printable-with-underscore", Accept, Text::Printable, "esx_01"),
        ("printable-with-utf8", Record, Text::Printable, "B\u{fc}ro"),
    ];
    for (name, must, text, value) in rows {
        let (root, sub) = (list.lab.root.clone(), list.lab.sub.clone());
        let subject = Name::dn(&format!("O={value}")).encoded_as(text);
        let server = server_builder().subject(subject.clone()).issued_by(&sub);
        list.ask(format!("strings/type/{name}/end-entity"), must, &[&server, &sub], &[&root]).host(super::HOST);
        let odd_sub = sub_builder().subject(subject).issued_by(&root);
        let server = server_builder().issued_by(&odd_sub);
        list.ask(format!("strings/type/{name}/intermediate"), must, &[&server, &odd_sub], &[&root]).host(super::HOST);
    }
}
