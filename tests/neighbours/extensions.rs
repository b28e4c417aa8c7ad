//! Values of extensions with leftovers, fields twice, odd kinds, and criticality that no rule allows.

use vitrust_factory::{CertBuilder, DistributionPoint, GeneralName, Node, Usage, asn1, oid};

use super::{Accept, Form, Must, Neighbours, Place, Record, Refuse, server_builder, sub_builder};

const END_ENTITY: &[Form] = &[
    ("key-usage/unused-bits-not-zero", Refuse, |signed| signed.value(oid::KEY_USAGE).set(&[5, 0xa1])),
    ("key-usage/unused-bits-8", Refuse, |signed| signed.value(oid::KEY_USAGE).set(&[8, 0xa0])),
    ("key-usage/trailing-zero-bits", Accept, |signed| signed.value(oid::KEY_USAGE).set(&[0, 0xa0])),
    ("key-usage/trailing-zero-octet", Accept, |signed| signed.value(oid::KEY_USAGE).set(&[7, 0xa0, 0])),
    ("key-usage/without-octets", Refuse, |signed| signed.value(oid::KEY_USAGE).clear()),
    ("key-usage/unused-bits-of-nothing", Refuse, |signed| signed.value(oid::KEY_USAGE).set(&[3])),
    ("key-usage/octets", Refuse, |signed| signed.value(oid::KEY_USAGE).tag(asn1::OCTET_STRING)),
    ("key-usage/context-class", Refuse, |signed| signed.value(oid::KEY_USAGE).tag(0x83)),
    ("key-usage/long-length", Refuse, |signed| signed.value(oid::KEY_USAGE).length_octets(1)),
    ("key-usage/behind", Refuse, |signed| behind(signed, oid::KEY_USAGE)),
    ("purposes/text", Refuse, |signed| signed.value(oid::EXTENDED_KEY_USAGE).at(&[1]).tag(0x0c)),
    ("purposes/context-class", Refuse, |signed| signed.value(oid::EXTENDED_KEY_USAGE).at(&[1]).tag(0x86)),
    ("purposes/leftover", Refuse, |signed| signed.value(oid::EXTENDED_KEY_USAGE).push(Node::null())),
    ("purposes/set", Refuse, |signed| signed.value(oid::EXTENDED_KEY_USAGE).tag(asn1::SET)),
    ("purposes/behind", Refuse, |signed| behind(signed, oid::EXTENDED_KEY_USAGE)),
    ("purposes/empty", Refuse, |signed| signed.value(oid::EXTENDED_KEY_USAGE).clear()),
    ("purposes/one-twice", Record, |signed| signed.value(oid::EXTENDED_KEY_USAGE).repeat(0)),
    ("alternative-name/unknown-kind", Refuse, |signed| alt_name(signed, Node::new(0x89, b"x"))),
    ("alternative-name/leftover", Refuse, |signed| alt_name(signed, Node::null())),
    ("alternative-name/address-of-5", Refuse, |signed| alt_name(signed, Node::new(0x87, &[10, 0, 0, 0, 1]))),
    ("alternative-name/address-constructed", Refuse, |signed| alt_name(signed, Node::new(0xa7, &[10, 0, 0, 1]))),
    ("alternative-name/other-name-empty", Refuse, |signed| alt_name(signed, Node::new(0xa0, &[]))),
    ("alternative-name/directory-implicit", Refuse, |signed| alt_name(signed, Node::new(0xa4, &[]))),
    ("alternative-name/directory-primitive", Refuse, |signed| alt_name(signed, Node::new(0x84, &[0x30, 0]))),
    ("alternative-name/mail-high-octet", Record, |signed| alt_name(signed, Node::new(0x81, b"\xe9@lab.example"))),
    ("alternative-name/dns-high-octet", Record, |signed| alt_name(signed, Node::new(0x82, b"b\xfcro.example"))),
    ("alternative-name/set", Refuse, |signed| signed.value(oid::SUBJECT_ALT_NAME).tag(asn1::SET)),
    ("alternative-name/behind", Refuse, |signed| behind(signed, oid::SUBJECT_ALT_NAME)),
    ("alternative-name/indefinite", Refuse, |signed| signed.value(oid::SUBJECT_ALT_NAME).indefinite()),
    ("authority-key-id/twice", Refuse, |signed| signed.value(oid::AUTHORITY_KEY_ID).repeat(0)),
    ("authority-key-id/field-3", Refuse, |signed| signed.value(oid::AUTHORITY_KEY_ID).push(Node::new(0x83, &[1]))),
    ("authority-key-id/leftover", Refuse, |signed| signed.value(oid::AUTHORITY_KEY_ID).push(Node::null())),
    ("authority-key-id/behind", Refuse, |signed| behind(signed, oid::AUTHORITY_KEY_ID)),
    ("authority-key-id/serial-alone", Record, |signed| signed.value(oid::AUTHORITY_KEY_ID).push(Node::new(0x82, &[1]))),
    ("authority-key-id/serial-before", Refuse, |signed| {
        signed.value(oid::AUTHORITY_KEY_ID).insert(0, Node::new(0x82, &[1]))
    }),
    ("subject-key-id/behind", Refuse, |signed| behind(signed, oid::SUBJECT_KEY_ID)),
    ("subject-key-id/bits", Refuse, |signed| signed.value(oid::SUBJECT_KEY_ID).tag(asn1::BIT_STRING)),
    ("subject-key-id/long-length", Refuse, |signed| signed.value(oid::SUBJECT_KEY_ID).length_octets(1)),
];

const INTERMEDIATE: &[Form] = &[
    ("ca-flag/1", Refuse, |signed| signed.value(oid::BASIC_CONSTRAINTS).at(&[0]).set(&[1])),
    ("ca-flag/two-octets", Refuse, |signed| signed.value(oid::BASIC_CONSTRAINTS).at(&[0]).set(&[0xff, 0xff])),
    ("ca-flag/twice", Refuse, |signed| signed.value(oid::BASIC_CONSTRAINTS).repeat(0)),
    ("ca-flag/integer", Refuse, |signed| signed.value(oid::BASIC_CONSTRAINTS).at(&[0]).tag(asn1::INTEGER)),
    ("ca-flag/leftover", Refuse, |signed| signed.value(oid::BASIC_CONSTRAINTS).push(Node::null())),
    ("ca-flag/behind", Refuse, |signed| behind(signed, oid::BASIC_CONSTRAINTS)),
    ("ca-flag/set", Refuse, |signed| signed.value(oid::BASIC_CONSTRAINTS).tag(asn1::SET)),
    ("ca-flag/constructed", Refuse, |signed| signed.value(oid::BASIC_CONSTRAINTS).at(&[0]).wrap()),
    ("path-length/twice", Refuse, |signed| path_length(path_length(signed, &[1]), &[2])),
    ("path-length/padded", Refuse, |signed| path_length(signed, &[0, 1])),
    ("path-length/negative", Refuse, |signed| path_length(signed, &[0xff])),
    ("path-length/empty", Refuse, |signed| path_length(signed, &[])),
    ("path-length/before-flag", Refuse, |signed| path_length(signed, &[1]).swap(0, 1)),
    ("path-length/32-bits", Accept, |signed| path_length(signed, &[0, 0xff, 0xff, 0xff, 0xff])),
    ("path-length/33-bits", Accept, |signed| path_length(signed, &[1, 0, 0, 0, 0])),
    ("path-length/64-bits", Accept, |signed| path_length(signed, &[0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
    ("path-length/65-bits", Accept, |signed| path_length(signed, &[1, 0, 0, 0, 0, 0, 0, 0, 0])),
    ("path-length/1000-bits", Accept, |signed| path_length(signed, &[0x7f; 126])),
    ("path-length/beyond-negative", Refuse, |signed| path_length(signed, &[0x80, 0, 0, 0, 0, 0, 0, 0, 0])),
];

/// An octet within the OCTET STRING, behind the value.
fn behind<'a>(signed: &'a mut Node, id: &str) -> &'a mut Node {
    let extension = signed.extension(id);
    let last = extension.parts().len() - 1;
    extension.at(&[last]).push(Node::raw(&[0]))
}

fn alt_name(signed: &mut Node, name: Node) -> &mut Node {
    signed.value(oid::SUBJECT_ALT_NAME).push(name)
}

/// Adds a path length to the basic constraints, or to the value that is given.
fn path_length<'a>(node: &'a mut Node, content: &[u8]) -> &'a mut Node {
    let number = Node::new(asn1::INTEGER, content);
    if node.parts().len() > 3 { node.value(oid::BASIC_CONSTRAINTS).push(number) } else { node.push(number) }
}

pub(super) fn add(list: &mut Neighbours) {
    list.forms("extensions", Place::EndEntity, END_ENTITY);
    list.forms("extensions", Place::Intermediate, INTERMEDIATE);
    bodies_of_end_entities(list);
    bodies_of_cas(list);
    constraints(list);
}

/// A change to a builder, its name and what must come of it.
type Body = (&'static str, Must, fn(CertBuilder) -> CertBuilder);

fn bodies_of_end_entities(list: &mut Neighbours) {
    let rows: &[Body] = &[
        ("ca-flag/false-written-out", Accept, |cert| basic(cert, &[asn1::tlv(asn1::BOOLEAN, &[0])])),
        ("ca-flag/empty", Accept, |cert| basic(cert, &[])),
        ("ca-flag/false-two-octets", Refuse, |cert| basic(cert, &[asn1::tlv(asn1::BOOLEAN, &[0, 0])])),
        ("critical/authority-key-id", Refuse, |cert| cert.critical(oid::AUTHORITY_KEY_ID, true)),
        ("critical/subject-key-id", Refuse, |cert| cert.critical(oid::SUBJECT_KEY_ID, true)),
        ("critical/issuer-alternative-name", Refuse, |cert| issuer_names(cert, true)),
        ("critical/authority-info-access", Refuse, |cert| {
            cert.ca_issuers("http://a/").critical(oid::AUTHORITY_INFO_ACCESS, true)
        }),
        ("critical/freshest-crl", Refuse, |cert| cert.extension(oid::FRESHEST_CRL, true, points())),
        ("critical/distribution-points", Record, |cert| cert.extension(oid::CRL_DISTRIBUTION_POINTS, true, points())),
        ("issuer-alternative-name", Accept, |cert| issuer_names(cert, false)),
        ("unknown/not-der", Accept, |cert| cert.extension(oid::UNKNOWN, false, vec![0x30, 0x80, 1, 2, 3])),
        ("unknown/without-octets", Accept, |cert| cert.extension(oid::UNKNOWN, false, Vec::new())),
        ("unknown/twice", Refuse, |cert| {
            cert.extension(oid::UNKNOWN, false, asn1::null()).extension(oid::UNKNOWN, false, asn1::null())
        }),
        ("policies/same-twice", Record, |cert| cert.policies(&[oid::POLICY_1, oid::POLICY_1])),
        ("policies/leftover", Refuse, |cert| {
            let policy = asn1::sequence(&[asn1::oid(oid::POLICY_1)]);
            cert.extension(oid::CERTIFICATE_POLICIES, false, asn1::sequence(&[policy, asn1::null()]))
        }),
        ("distribution-points/behind", Refuse, |cert| {
            cert.extension(oid::CRL_DISTRIBUTION_POINTS, false, [points(), vec![0]].concat())
        }),
        ("distribution-points/empty", Record, |cert| {
            cert.extension(oid::CRL_DISTRIBUTION_POINTS, false, asn1::sequence(&[]))
        }),
    ];
    let (root, sub) = (list.lab.root.clone(), list.lab.sub.clone());
    for (name, must, change) in rows {
        let server = change(server_builder()).issued_by(&sub);
        list.ask(format!("extensions/{name}/end-entity"), *must, &[&server, &sub], &[&root]).host(super::HOST);
    }
}

fn basic(cert: CertBuilder, parts: &[Vec<u8>]) -> CertBuilder {
    cert.without(oid::BASIC_CONSTRAINTS).extension(oid::BASIC_CONSTRAINTS, true, asn1::sequence(parts))
}

fn issuer_names(cert: CertBuilder, critical: bool) -> CertBuilder {
    cert.extension(
        oid::ISSUER_ALT_NAME,
        critical,
        vitrust_factory::extension::alt_name(&[GeneralName::dns("ca.lab.example")]),
    )
}

fn points() -> Vec<u8> {
    vitrust_factory::distribution::crl_distribution_points(&[DistributionPoint::url("http://crl.lab.example/1")])
}

fn bodies_of_cas(list: &mut Neighbours) {
    let skip = |number: u8, content: &[u8]| asn1::sequence(&[asn1::context_primitive(number, content)]);
    let large = [1, 0, 0, 0, 0];
    let rows: Vec<(&str, Must, CertBuilder)> = vec![
        ("critical/issuer-alternative-name", Refuse, issuer_names(sub_builder(), true)),
        ("critical/authority-key-id", Refuse, sub_builder().critical(oid::AUTHORITY_KEY_ID, true)),
        ("policy-constraints/33-bits", Accept, sub_builder().extension(oid::POLICY_CONSTRAINTS, true, skip(0, &large))),
        ("policy-constraints/padded", Refuse, sub_builder().extension(oid::POLICY_CONSTRAINTS, true, skip(0, &[0, 1]))),
        (
            "policy-constraints/negative",
            Refuse,
            sub_builder().extension(oid::POLICY_CONSTRAINTS, true, skip(0, &[0xff])),
        ),
        ("policy-constraints/field-2", Refuse, sub_builder().extension(oid::POLICY_CONSTRAINTS, true, skip(2, &[1]))),
        (
            "inhibit-any-policy/33-bits",
            Accept,
            sub_builder().extension(oid::INHIBIT_ANY_POLICY, true, asn1::tlv(asn1::INTEGER, &large)),
        ),
        (
            "inhibit-any-policy/negative",
            Refuse,
            sub_builder().extension(oid::INHIBIT_ANY_POLICY, true, asn1::tlv(asn1::INTEGER, &[0xff])),
        ),
        (
            "inhibit-any-policy/behind",
            Refuse,
            sub_builder().extension(oid::INHIBIT_ANY_POLICY, true, [asn1::integer(1), vec![0]].concat()),
        ),
        (
            "key-usage/trailing-zero-bits",
            Accept,
            sub_builder().key_usage(&[]).without(oid::KEY_USAGE).extension(oid::KEY_USAGE, true, vec![3, 2, 0, 6]),
        ),
        (
            "key-usage/unused-bits-not-zero",
            Refuse,
            sub_builder().key_usage(&[Usage::CrlSign]).without(oid::KEY_USAGE).extension(
                oid::KEY_USAGE,
                true,
                vec![3, 2, 2, 6],
            ),
        ),
    ];
    let root = list.lab.root.clone();
    for (name, must, builder) in rows {
        let sub = builder.issued_by(&root);
        let server = server_builder().issued_by(&sub);
        list.ask(format!("extensions/{name}/intermediate"), must, &[&server, &sub], &[&root]).host(super::HOST);
    }
}

/// Name constraints that permit the host, in forms that leave something unread.
fn constraints(list: &mut Neighbours) {
    let rows: &[Form] = &[
        ("as-it-was", Accept, |constraints| constraints),
        ("leftover", Refuse, |constraints| constraints.push(Node::null())),
        ("list-leftover", Refuse, |constraints| constraints.at(&[0]).push(Node::null())),
        ("subtree-leftover", Refuse, |constraints| constraints.at(&[0, 0]).push(Node::null())),
        ("minimum-0-written-out", Record, |constraints| constraints.at(&[0, 0]).push(Node::new(0x80, &[0]))),
        ("minimum-padded", Refuse, |constraints| constraints.at(&[0, 0]).push(Node::new(0x80, &[0, 0]))),
        ("minimum-twice", Refuse, |constraints| {
            constraints.at(&[0, 0]).push(Node::new(0x80, &[0])).push(Node::new(0x80, &[0]))
        }),
        ("maximum", Refuse, |constraints| constraints.at(&[0, 0]).push(Node::new(0x81, &[9]))),
        ("list-primitive", Refuse, |constraints| constraints.at(&[0]).tag(0x80)),
        ("name-constructed", Refuse, |constraints| constraints.at(&[0, 0, 0]).split(asn1::OCTET_STRING)),
        ("subtree-empty", Refuse, |constraints| constraints.at(&[0, 0]).clear()),
        ("unknown-kind", Refuse, |constraints| constraints.at(&[0, 0, 0]).tag(0x89)),
        ("set", Refuse, |constraints| constraints.tag(asn1::SET)),
        ("subtree-set", Refuse, |constraints| constraints.at(&[0, 0]).tag(asn1::SET)),
    ];
    let root = list.lab.root.clone();
    let sub = sub_builder().permit(GeneralName::dns("lab.example")).issued_by(&root);
    for (name, must, change) in rows {
        let odd = sub.reformed(root.key(), |signed| {
            change(signed.value(oid::NAME_CONSTRAINTS));
        });
        let server = server_builder().issued_by(&odd);
        list.ask(format!("extensions/constraints/{name}"), *must, &[&server, &odd], &[&root]).host(super::HOST);
    }
}
