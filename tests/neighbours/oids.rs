//! Object identifiers in forms that read like another one, and constraints given twice.

use vitrust_factory::surgery::field;
use vitrust_factory::{CertBuilder, GeneralName, Node, asn1, oid};

use super::{Accept, Form, Must, Neighbours, Place, Record, Refuse, server_builder, sub_builder};

/// Puts an octet 0x80 before the last octet, which pads the last number.
fn pad(node: &mut Node) -> &mut Node {
    let bytes = node.bytes();
    bytes.insert(bytes.len() - 1, 0x80);
    node
}

/// Pads the number at this octet.
fn pad_at(node: &mut Node, octet: usize) -> &mut Node {
    node.bytes().insert(octet, 0x80);
    node
}

fn extension_id<'a>(signed: &'a mut Node, id: &str) -> &'a mut Node {
    signed.extension(id).at(&[0])
}

const END_ENTITY: &[Form] = &[
    ("padded/key-usage", Refuse, |signed| pad(extension_id(signed, oid::KEY_USAGE))),
    ("padded/extended-key-usage", Refuse, |signed| pad(extension_id(signed, oid::EXTENDED_KEY_USAGE))),
    ("padded/alternative-name", Refuse, |signed| pad(extension_id(signed, oid::SUBJECT_ALT_NAME))),
    ("padded/first-octet", Refuse, |signed| pad_at(extension_id(signed, oid::SUBJECT_KEY_ID), 0)),
    ("padded/second-number", Refuse, |signed| pad_at(extension_id(signed, oid::SUBJECT_KEY_ID), 1)),
    ("padded/twice", Refuse, |signed| pad(pad(extension_id(signed, oid::SUBJECT_KEY_ID)))),
    ("padded/purpose", Refuse, |signed| pad(signed.value(oid::EXTENDED_KEY_USAGE).at(&[0]))),
    ("padded/second-purpose", Refuse, |signed| pad(signed.value(oid::EXTENDED_KEY_USAGE).at(&[1]))),
    ("padded/subject-attribute", Refuse, |signed| pad(signed.at(&[field::SUBJECT, 0, 0, 0]))),
    ("padded/issuer-attribute", Refuse, |signed| pad(signed.at(&[field::ISSUER, 0, 0, 0]))),
    ("padded/inner-algorithm", Refuse, |signed| pad(signed.at(&[field::ALGORITHM, 0]))),
    ("padded/key-algorithm", Refuse, |signed| pad(signed.at(&[field::KEY, 0, 0]))),
    ("padded/curve", Refuse, |signed| pad(signed.at(&[field::KEY, 0, 1]))),
    ("cut/extension", Refuse, |signed| extension_id(signed, oid::SUBJECT_KEY_ID).set(&[0x55, 0x1d, 0x8e])),
    ("cut/purpose", Refuse, |signed| signed.value(oid::EXTENDED_KEY_USAGE).at(&[1]).set(&[0x2b, 0x86])),
    ("empty/extension", Refuse, |signed| extension_id(signed, oid::SUBJECT_KEY_ID).clear()),
    ("empty/purpose", Refuse, |signed| signed.value(oid::EXTENDED_KEY_USAGE).at(&[1]).clear()),
    ("constructed/extension", Refuse, |signed| extension_id(signed, oid::SUBJECT_KEY_ID).wrap()),
    ("constructed/purpose", Refuse, |signed| signed.value(oid::EXTENDED_KEY_USAGE).at(&[1]).wrap()),
    ("relative/purpose", Refuse, |signed| signed.value(oid::EXTENDED_KEY_USAGE).at(&[1]).tag(0x0d)),
    ("long-length/extension", Refuse, |signed| extension_id(signed, oid::SUBJECT_KEY_ID).length_octets(1)),
    ("long-tag/extension", Refuse, |signed| extension_id(signed, oid::SUBJECT_KEY_ID).long_tag()),
];

const INTERMEDIATE: &[Form] = &[
    ("padded/basic-constraints", Refuse, |signed| pad(extension_id(signed, oid::BASIC_CONSTRAINTS))),
    ("padded/key-usage", Refuse, |signed| pad(extension_id(signed, oid::KEY_USAGE))),
    ("padded/key-algorithm", Refuse, |signed| pad(signed.at(&[field::KEY, 0, 0]))),
];

pub(super) fn add(list: &mut Neighbours) {
    list.forms("oids", Place::EndEntity, END_ENTITY);
    list.forms("oids", Place::Intermediate, INTERMEDIATE);
    policies(list);
    twice(list);
    large(list);
    alternative_names(list);
}

/// A policy that an explicit policy asks for.
fn policies(list: &mut Neighbours) {
    let root = list.lab.root.clone();
    let wants = || sub_builder().policies(&[oid::POLICY_1]).policy_constraints(Some(0), None);
    let sub = wants().issued_by(&root);
    let server = server_builder().policies(&[oid::POLICY_1]).issued_by(&sub);
    list.ask("oids/policy/as-it-was", Accept, &[&server, &sub], &[&root]);
    let padded = server.reformed(sub.key(), |signed| {
        pad(signed.value(oid::CERTIFICATE_POLICIES).at(&[0, 0]));
    });
    list.ask("oids/policy/padded", Refuse, &[&padded, &sub], &[&root]);
    let any = server_builder().policies(&[oid::ANY_POLICY]).issued_by(&sub).reformed(sub.key(), |signed| {
        pad(signed.value(oid::CERTIFICATE_POLICIES).at(&[0, 0]));
    });
    list.ask("oids/policy/padded-any-policy", Refuse, &[&any, &sub], &[&root]);
    let mapping = wants().policy_mappings(&[(oid::POLICY_1, oid::POLICY_2)]).issued_by(&root);
    let below = server_builder().policies(&[oid::POLICY_2]).issued_by(&mapping);
    list.ask("oids/policy/mapping-as-it-was", Accept, &[&below, &mapping], &[&root]);
    let padded = mapping.reformed(root.key(), |signed| {
        pad(signed.value(oid::POLICY_MAPPINGS).at(&[0, 1]));
    });
    list.ask("oids/policy/mapping-padded", Refuse, &[&below, &padded], &[&root]);
}

/// Constraints that exclude the host, and a second set that a careless reader keeps instead.
fn twice(list: &mut Neighbours) {
    let root = list.lab.root.clone();
    let excluding = sub_builder().exclude(GeneralName::dns("lab.example"));
    let harmless = constraints(&[], &[GeneralName::dns("other.example")]);
    let rows: Vec<(&str, CertBuilder)> = vec![
        ("constraints", excluding.clone()),
        ("constraints-twice", excluding.clone().extension(oid::NAME_CONSTRAINTS, true, harmless.clone())),
        ("constraints-twice-second-not-critical", excluding.extension(oid::NAME_CONSTRAINTS, false, harmless)),
        ("excluded-twice", with(constraints_of(&[(1, "lab.example"), (1, "other.example")]))),
        ("permitted-twice", with(constraints_of(&[(0, "other.example"), (0, "lab.example")]))),
        ("permitted-behind-excluded", with(constraints_of(&[(1, "lab.example"), (0, "lab.example")]))),
        ("third-list", with(constraints_of(&[(0, "lab.example"), (2, "lab.example")]))),
        ("empty-list", with(asn1::sequence(&[asn1::context(0, &[])]))),
        ("no-list", with(asn1::sequence(&[]))),
    ];
    for (name, builder) in rows {
        // CAs must not issue empty constraints; whoever reads them as none loses nothing.
        let must = if ["empty-list", "no-list"].contains(&name) { Record } else { Refuse };
        let sub = builder.issued_by(&root);
        let server = server_builder().issued_by(&sub);
        list.ask(format!("oids/{name}"), must, &[&server, &sub], &[&root]).host(super::HOST);
    }
    padded_twice(list);
}

/// The second set under a padded identifier, which a comparison of bytes takes for another extension.
fn padded_twice(list: &mut Neighbours) {
    let root = list.lab.root.clone();
    let harmless = constraints(&[], &[GeneralName::dns("other.example")]);
    let sub = sub_builder().exclude(GeneralName::dns("lab.example")).issued_by(&root);
    for (name, id) in
        [("last", [0x55, 0x1d, 0x80, 0x1e]), ("second", [0x55, 0x80, 0x1d, 0x1e]), ("first", [0x80, 0x55, 0x1d, 0x1e])]
    {
        let both = sub.reformed(root.key(), |signed| {
            let parts = [asn1::tlv(asn1::OBJECT_IDENTIFIER, &id), asn1::yes(), asn1::octet_string(&harmless)];
            signed.at(&[field::EXTENSIONS, 0]).push(Node::raw(&asn1::sequence(&parts)));
        });
        let server = server_builder().issued_by(&both);
        list.ask(format!("oids/constraints-padded-{name}"), Refuse, &[&server, &both], &[&root]).host(super::HOST);
    }
}

fn with(constraints: Vec<u8>) -> CertBuilder {
    sub_builder().extension(oid::NAME_CONSTRAINTS, true, constraints)
}

fn constraints(permitted: &[GeneralName], excluded: &[GeneralName]) -> Vec<u8> {
    vitrust_factory::extension::name_constraints(permitted, excluded)
}

/// Constraints of these lists in this order: the tag number and the DNS name of one subtree.
fn constraints_of(lists: &[(u8, &str)]) -> Vec<u8> {
    let subtree = |name: &str| asn1::sequence(&[GeneralName::dns(name).der()]);
    asn1::sequence(&lists.iter().map(|(number, name)| asn1::context(*number, &subtree(name))).collect::<Vec<_>>())
}

/// Numbers beyond 64 bits are legal.
fn large(list: &mut Neighbours) {
    let (root, sub) = (list.lab.root.clone(), list.lab.sub.clone());
    let rows: [(&str, Must, Vec<u8>); 3] = [
        ("beyond-32-bits", Accept, vec![0x2b, 0x06, 0x01, 0x04, 0x01, 0x90, 0x80, 0x80, 0x80, 0x00]),
        ("beyond-64-bits", Accept, [&[0x2b, 0x06, 0x01, 0x04, 0x01, 0x83][..], &[0xff; 9], &[0x7f]].concat()),
        ("beyond-256-octets", Record, [&[0x2b, 0x83][..], &[0xff; 300], &[0x7f]].concat()),
    ];
    for (name, must, id) in rows {
        let server = server_builder().extension(oid::UNKNOWN, false, asn1::null()).issued_by(&sub);
        let large = server.reformed(sub.key(), |signed| {
            extension_id(signed, oid::UNKNOWN).set(&id);
        });
        list.ask(format!("oids/large/{name}"), must, &[&large, &sub], &[&root]).host(super::HOST);
    }
}

/// Identifiers within alternative names.
fn alternative_names(list: &mut Neighbours) {
    let (root, sub) = (list.lab.root.clone(), list.lab.sub.clone());
    let names = || server_builder().alt_name(GeneralName::user_principal_name("a@lab.example"));
    let server = names().alt_name(GeneralName::Registered("1.2.3".to_owned())).issued_by(&sub);
    let rows: [Form; 4] = [
        ("as-it-was", Accept, |names| names),
        ("other-name-padded", Refuse, |names| pad(names.at(&[1, 0]))),
        ("registered-id-padded", Refuse, |names| pad(names.at(&[2]))),
        ("registered-id-empty", Refuse, |names| names.at(&[2]).clear()),
    ];
    for (name, must, change) in rows {
        let odd = server.reformed(sub.key(), |signed| {
            change(signed.value(oid::SUBJECT_ALT_NAME));
        });
        list.ask(format!("oids/alternative-name/{name}"), must, &[&odd, &sub], &[&root]).host(super::HOST);
    }
}
