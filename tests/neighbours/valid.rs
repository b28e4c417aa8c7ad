//! Forms that look odd and are legal, or that real CAs issue: refusing them helps nobody.

use vitrust_factory::surgery::field;
use vitrust_factory::{Attribute, CertBuilder, GeneralName, Name, Text, asn1, oid};

use super::{Accept, Neighbours, server_builder, sub_builder};

pub(super) fn add(list: &mut Neighbours) {
    names(list);
    defaults(list);
    root_forms(list);
}

fn names(list: &mut Neighbours) {
    let several = |one: &str, other: &str| {
        Name::parts(&[&[Attribute::new("CN", one), Attribute::new("OU", other)], &[Attribute::new("O", "Lab")]])
    };
    let rows: Vec<(&str, Name)> = vec![
        ("multi-valued", several("x", "y")),
        ("same-type-twice", Name::parts(&[&[Attribute::new("OU", "a"), Attribute::new("OU", "b")]])),
        ("long-value", Name::dn(&format!("CN={}", "x".repeat(300)))),
        ("unknown-type", Name::dn("CN=x, 1.3.6.1.4.1.32473.7=y")),
        ("country-as-utf8", Name::parts(&[&[Attribute::new("C", "DE").text(Text::Utf8)]])),
        ("component-as-utf8", Name::parts(&[&[Attribute::new("DC", "lab").text(Text::Utf8)]])),
        ("mail-as-utf8", Name::parts(&[&[Attribute::new("emailAddress", "a@lab.example").text(Text::Utf8)]])),
        (
            "vmware",
            Name::dn("CN=CA, DC=vsphere, DC=local, C=US, ST=California, O=vc01.lab.example, OU=VMware Engineering"),
        ),
    ];
    let (root, sub) = (list.lab.root.clone(), list.lab.sub.clone());
    for (name, subject) in rows {
        let server = server_builder().subject(&subject).issued_by(&sub);
        list.ask(format!("valid/name/{name}/end-entity"), Accept, &[&server, &sub], &[&root]).host(super::HOST);
        let named = sub_builder().subject(subject).issued_by(&root);
        let server = server_builder().issued_by(&named);
        list.ask(format!("valid/name/{name}/intermediate"), Accept, &[&server, &named], &[&root]).host(super::HOST);
    }
    // The order within a SET OF is what real CAs get wrong.
    let turned = server_builder().subject(several("x", "y")).issued_by(&sub).reformed(sub.key(), |signed| {
        signed.at(&[field::SUBJECT, 0]).swap(0, 1);
    });
    list.ask("valid/name/set-out-of-order/end-entity", Accept, &[&turned, &sub], &[&root]).host(super::HOST);
    let ordered = sub_builder().subject(several("x", "y")).issued_by(&root);
    let turned = ordered.reformed(root.key(), |signed| {
        signed.at(&[field::SUBJECT, 0]).swap(0, 1);
    });
    let server = server_builder().issued_by(&ordered).reformed(ordered.key(), |signed| {
        signed.at(&[field::ISSUER, 0]).swap(0, 1);
    });
    list.ask("valid/name/set-out-of-order/intermediate", Accept, &[&server, &turned], &[&root]).host(super::HOST);
}

fn defaults(list: &mut Neighbours) {
    let rows: Vec<(&str, CertBuilder)> = vec![
        (
            "decipher-only",
            server_builder().without(oid::KEY_USAGE).extension(oid::KEY_USAGE, true, vec![3, 3, 7, 0x88, 0x80]),
        ),
        ("key-id-of-1-octet", server_builder().subject_key_id(vitrust_factory::SubjectKeyId::Bytes(vec![1]))),
        ("key-id-of-64-octets", server_builder().subject_key_id(vitrust_factory::SubjectKeyId::Bytes(vec![1; 64]))),
        ("other-name", server_builder().alt_name(GeneralName::user_principal_name("a@lab.example"))),
        ("directory-name", server_builder().alt_name(GeneralName::directory("CN=x"))),
        ("registered-id", server_builder().alt_name(GeneralName::Registered("1.2.3".to_owned()))),
        ("long-extension", server_builder().extension(oid::UNKNOWN, false, asn1::octet_string(&[0; 70_000]))),
        ("serial-high-bit", server_builder().serial_bytes(&[&[0, 0x80][..], &[1; 19]].concat())),
        ("serial-1", server_builder().serial(1)),
    ];
    let (root, sub) = (list.lab.root.clone(), list.lab.sub.clone());
    for (name, builder) in rows {
        let server = builder.issued_by(&sub);
        list.ask(format!("valid/{name}"), Accept, &[&server, &sub], &[&root]).host(super::HOST);
    }
}

/// What the roots of old stores look like.
fn root_forms(list: &mut Neighbours) {
    let rows: Vec<(&str, CertBuilder)> = vec![
        ("teletex", super::root_builder().subject(Name::dn("CN=Root, O=B\u{fc}ro").encoded_as(Text::Teletex))),
        ("bmp", super::root_builder().subject(Name::dn("CN=Root, O=Lab").encoded_as(Text::Bmp))),
        (
            "generalized-time",
            super::root_builder().validity(
                vitrust_factory::Time::Generalized(vitrust_factory::NOT_BEFORE),
                vitrust_factory::Time::Generalized(vitrust_factory::NOT_AFTER),
            ),
        ),
        ("path-length-64-bits", super::root_builder().path_length(u64::MAX)),
        (
            "key-usage-trailing-zero-bits",
            super::root_builder().without(oid::KEY_USAGE).extension(oid::KEY_USAGE, true, vec![3, 2, 0, 6]),
        ),
    ];
    for (name, builder) in rows {
        let root = builder.self_signed();
        let sub = sub_builder().issued_by(&root);
        let server = server_builder().issued_by(&sub);
        list.ask(format!("valid/anchor/{name}"), Accept, &[&server, &sub], &[&root]).host(super::HOST);
    }
}
