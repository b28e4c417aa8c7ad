//! Lists whose form leaves something unread. Each would clear the certificate if it were used.

use vitrust_factory::surgery::list_field;
use vitrust_factory::{Crl, CrlBuilder, CrlEntry, GeneralName, IssuingDistributionPoint, Node, Reason, asn1, oid};

use super::{Accept, Form, Must, Neighbours, Record, Refuse};

const WHOLE: &[Form] = &[
    ("version/6", Refuse, |signed| signed.at(&[list_field::VERSION]).set(&[5])),
    ("version/1-written-out", Refuse, |signed| signed.at(&[list_field::VERSION]).set(&[0])),
    ("version/3", Refuse, |signed| signed.at(&[list_field::VERSION]).set(&[2])),
    ("version/padded", Refuse, |signed| signed.at(&[list_field::VERSION]).set(&[0, 1])),
    ("version/negative", Refuse, |signed| signed.at(&[list_field::VERSION]).set(&[0xff])),
    ("version/long", Refuse, |signed| signed.at(&[list_field::VERSION]).set(&[1, 0, 0, 0, 1])),
    ("version/constructed", Refuse, |signed| signed.at(&[list_field::VERSION]).wrap()),
    ("version/enumerated", Refuse, |signed| signed.at(&[list_field::VERSION]).tag(asn1::ENUMERATED)),
    ("version/wrapped", Refuse, |signed| signed.at(&[list_field::VERSION]).wrap().tag(0xa0)),
    ("version/twice", Refuse, |signed| signed.repeat(list_field::VERSION)),
    ("version/1-with-extensions", Refuse, |signed| signed.remove(list_field::VERSION)),
    ("whole/leftover", Refuse, |signed| signed.push(Node::null())),
    ("whole/long-length", Refuse, |signed| signed.length_octets(4)),
    ("whole/indefinite", Refuse, |signed| signed.indefinite()),
    ("whole/set", Refuse, |signed| signed.tag(asn1::SET)),
    ("whole/third-date", Refuse, |signed| signed.repeat(list_field::NEXT_UPDATE)),
    ("whole/entries-twice", Refuse, |signed| signed.repeat(list_field::ENTRIES)),
    ("whole/extensions-before-entries", Refuse, |signed| signed.swap(list_field::ENTRIES, list_field::EXTENSIONS)),
    ("algorithm/leftover", Refuse, |signed| signed.at(&[list_field::ALGORITHM]).push(Node::null())),
    ("algorithm/long-length", Refuse, |signed| signed.at(&[list_field::ALGORITHM]).length_octets(1)),
    ("algorithm/padded", Refuse, |signed| {
        let id = signed.at(&[list_field::ALGORITHM, 0]);
        let last = id.bytes().len() - 1;
        id.bytes().insert(last, 0x80);
        id
    }),
    ("issuer/constructed-text", Refuse, |signed| signed.at(&[list_field::ISSUER, 0, 0, 1]).split(asn1::OCTET_STRING)),
    ("issuer/context-class", Refuse, |signed| signed.at(&[list_field::ISSUER, 0, 0, 1]).tag(0x8c)),
    ("entries/empty", Record, |signed| signed.at(&[list_field::ENTRIES]).clear()),
    ("entries/set", Refuse, |signed| signed.at(&[list_field::ENTRIES]).tag(asn1::SET)),
    ("entries/leftover", Refuse, |signed| signed.at(&[list_field::ENTRIES]).push(Node::null())),
    ("entries/leftover-zeros", Refuse, |signed| signed.at(&[list_field::ENTRIES]).push(Node::raw(&[0, 0]))),
    ("entries/long-length", Refuse, |signed| signed.at(&[list_field::ENTRIES]).length_octets(4)),
    ("extensions/leftover", Refuse, |signed| signed.at(&[list_field::EXTENSIONS]).push(Node::null())),
    ("extensions/list-leftover", Refuse, |signed| signed.at(&[list_field::EXTENSIONS, 0]).push(Node::null())),
    ("extensions/empty-wrapper", Refuse, |signed| signed.at(&[list_field::EXTENSIONS]).clear()),
    ("extensions/empty-list", Refuse, |signed| signed.at(&[list_field::EXTENSIONS, 0]).clear()),
    ("extensions/wrapper-twice", Refuse, |signed| signed.repeat(list_field::EXTENSIONS)),
    ("extensions/wrapper-1", Refuse, |signed| signed.at(&[list_field::EXTENSIONS]).tag(0xa1)),
    ("extensions/wrapper-primitive", Refuse, |signed| signed.at(&[list_field::EXTENSIONS]).tag(0x80)),
    ("extensions/number-padded-oid", Refuse, |signed| {
        signed.extension(oid::CRL_NUMBER).at(&[0]).set(&[0x55, 0x1d, 0x80, 0x14])
    }),
    ("extensions/without-oid", Refuse, |signed| signed.extension(oid::CRL_NUMBER).remove(0)),
    ("extensions/number-behind", Refuse, |signed| signed.extension(oid::CRL_NUMBER).at(&[1]).push(Node::raw(&[0]))),
    ("extensions/number-padded", Refuse, |signed| signed.value(oid::CRL_NUMBER).set(&[0, 1])),
    ("extensions/number-negative", Refuse, |signed| signed.value(oid::CRL_NUMBER).set(&[0xff])),
    ("extensions/number-constructed", Refuse, |signed| signed.value(oid::CRL_NUMBER).wrap()),
    ("extensions/number-20-octets", Accept, |signed| signed.value(oid::CRL_NUMBER).set(&[0x7f; 20])),
    ("extensions/number-critical-false", Accept, |signed| {
        signed.extension(oid::CRL_NUMBER).insert(1, Node::new(asn1::BOOLEAN, &[0]))
    }),
    ("extensions/number-critical-1", Refuse, |signed| {
        signed.extension(oid::CRL_NUMBER).insert(1, Node::new(asn1::BOOLEAN, &[1]))
    }),
];

/// Changes to the entry, which is another certificate's.
const ENTRY: &[Form] = &[
    ("entry/leftover", Refuse, |entry| entry.push(Node::null())),
    ("entry/set", Refuse, |entry| entry.tag(asn1::SET)),
    ("entry/long-length", Refuse, |entry| entry.length_octets(2)),
    ("entry/empty", Refuse, |entry| entry.clear()),
    ("entry/without-date", Refuse, |entry| entry.remove(1)),
    ("entry/serial-padded", Refuse, |entry| entry.at(&[0]).set(&[0, 7])),
    ("entry/serial-empty", Refuse, |entry| entry.at(&[0]).clear()),
    ("entry/serial-constructed", Refuse, |entry| entry.at(&[0]).wrap()),
    ("entry/serial-context-class", Refuse, |entry| entry.at(&[0]).tag(0x82)),
    ("entry/serial-enumerated", Refuse, |entry| entry.at(&[0]).tag(asn1::ENUMERATED)),
    ("entry/serial-long-length", Refuse, |entry| entry.at(&[0]).length_octets(1)),
    ("entry/extensions-twice", Refuse, |entry| entry.repeat(2)),
    ("entry/extensions-empty", Refuse, |entry| entry.at(&[2]).clear()),
    ("entry/extensions-set", Refuse, |entry| entry.at(&[2]).tag(asn1::SET)),
    ("entry/extensions-leftover", Refuse, |entry| entry.at(&[2]).push(Node::null())),
    ("entry/extensions-explicit", Refuse, |entry| entry.at(&[2]).wrap().tag(0xa0)),
    ("entry/reason-twice", Refuse, |entry| entry.at(&[2]).repeat(0)),
    ("entry/reason-without-oid", Refuse, |entry| entry.at(&[2, 0]).remove(0)),
    ("entry/reason-padded-oid", Refuse, |entry| entry.at(&[2, 0, 0]).set(&[0x55, 0x1d, 0x80, 0x15])),
    ("entry/reason-integer", Refuse, |entry| entry.value(oid::REASON_CODE).tag(asn1::INTEGER)),
    ("entry/reason-padded", Refuse, |entry| entry.value(oid::REASON_CODE).set(&[0, 4])),
    ("entry/reason-behind", Refuse, |entry| entry.at(&[2, 0, 1]).push(Node::raw(&[0]))),
    ("entry/reason-critical-1", Refuse, |entry| entry.at(&[2, 0]).insert(1, Node::new(asn1::BOOLEAN, &[1]))),
    ("entry/reason-critical-false", Accept, |entry| entry.at(&[2, 0]).insert(1, Node::new(asn1::BOOLEAN, &[0]))),
    ("entry/reason-7", Record, |entry| entry.value(oid::REASON_CODE).set(&[7])),
    ("entry/reason-200", Record, |entry| entry.value(oid::REASON_CODE).set(&[0, 200])),
];

/// Changes to the issuing distribution point `[1] onlyContainsUserCerts`.
const POINT: &[Form] = &[
    ("point/as-it-was", Accept, |point| point),
    ("point/flag-1", Refuse, |point| point.at(&[0]).set(&[1])),
    ("point/flag-two-octets", Refuse, |point| point.at(&[0]).set(&[0xff, 0xff])),
    ("point/flag-empty", Refuse, |point| point.at(&[0]).clear()),
    ("point/flag-explicit", Refuse, |point| point.at(&[0]).tag(0xa1).set(&[1, 1, 0xff])),
    ("point/flag-twice", Refuse, |point| point.repeat(0)),
    ("point/field-6", Refuse, |point| point.push(Node::new(0x86, &[0xff]))),
    ("point/leftover", Refuse, |point| point.push(Node::null())),
    ("point/out-of-order", Refuse, |point| point.insert(0, Node::new(0x84, &[0]))),
    ("point/set", Refuse, |point| point.tag(asn1::SET)),
    ("point/long-length", Refuse, |point| point.length_octets(1)),
    ("point/empty", Record, |point| point.clear()),
    ("point/false-written-out", Record, |point| point.push(Node::new(0x84, &[0]))),
    ("point/users-and-cas", Record, |point| point.push(Node::new(0x82, &[0xff]))),
    ("point/reasons-unused-bits", Refuse, |point| point.push(Node::new(0x83, &[9, 0x40]))),
];

pub(super) fn add(list: &mut Neighbours) {
    let clean = list.lab.sub_list();
    list.list_forms("lists", &clean, WHOLE);
    let key = list.lab.sub.key().clone();
    for (name, must, change) in ENTRY {
        let odd = clean.reformed(&key, |signed| {
            change(signed.at(&[list_field::ENTRIES, 0]));
        });
        list.ask_lists(format!("lists/{name}"), *must, &[&odd]);
    }
    let users = IssuingDistributionPoint { only_user: true, ..IssuingDistributionPoint::default() };
    let scoped = Crl::of(&list.lab.sub).issuing_distribution_point(&users).sign();
    for (name, must, change) in POINT {
        let odd = scoped.reformed(&key, |signed| {
            change(signed.value(oid::ISSUING_DISTRIBUTION_POINT));
        });
        list.ask_lists(format!("lists/{name}"), *must, &[&odd]);
    }
    beside_a_clean_one(list, &clean);
    built(list);
    indirect(list);
}

/// What is not read may revoke, so a list that does not is no answer.
fn beside_a_clean_one(list: &mut Neighbours, clean: &Crl) {
    let (sub, server) = (list.lab.sub.clone(), list.lab.server.clone());
    let key = sub.key().clone();
    let revokes = || Crl::of(&sub).dates("2026-05-20", Some("2026-07-01")).revoke(&server, "2026-05-19");
    let (unnumbered, numbered) = (revokes().number(None).sign(), revokes().number(Some(9)).sign());
    let superseding = Crl::of(&sub).dates("2026-05-25", Some("2026-07-01")).number(Some(10)).sign();
    let delta = revokes().number(Some(9)).delta(1).sign();
    // A list whose issuer is not read is nobody's.
    let forms = WHOLE.iter().filter(|(name, must, _)| *must == Refuse && !name.starts_with("issuer/"));
    for (name, must, change) in forms {
        let odd = |sound: &Crl| {
            sound.reformed(&key, |signed| {
                change(signed);
            })
        };
        // Those change the number.
        if !name.starts_with("extensions/") {
            list.ask_lists(format!("lists/beside-a-clean-one/{name}"), *must, &[clean, &odd(&unnumbered)]);
        }
        list.ask_lists(format!("lists/delta-beside/{name}"), *must, &[clean, &odd(&delta)]);
        list.ask_lists(format!("lists/beside-a-clean-one/{name}/numbered"), *must, &[clean, &odd(&numbered)]);
        list.ask_lists(format!("lists/beside-a-later-one/{name}"), Record, &[&superseding, &odd(&numbered)]);
    }
    let critical = |crl: CrlBuilder| crl.extension(oid::UNKNOWN, true, asn1::null()).sign();
    let own = critical(revokes().number(Some(9)));
    list.ask_lists("lists/beside-a-clean-one/unknown-critical".to_owned(), Refuse, &[clean, &own]);
    list.ask_lists("lists/beside-a-later-one/unknown-critical".to_owned(), Accept, &[&superseding, &own]);
    let foreign = critical(revokes().number(Some(9)).key(vitrust_factory::Key::p256(99)));
    list.ask_lists("lists/beside-a-clean-one/by-another-key".to_owned(), Accept, &[clean, &foreign]);
    let ended = critical(revokes().number(None).dates("2026-02-01", Some("2026-03-01")));
    list.ask_lists("lists/beside-a-clean-one/out-of-date".to_owned(), Accept, &[clean, &ended]);
}

/// What the builder can write by itself.
fn built(list: &mut Neighbours) {
    let sub = list.lab.sub.clone();
    let of = || Crl::of(&sub);
    let entry = || CrlEntry::new(&super::OTHER_SERIAL, "2026-04-01");
    let integer = asn1::integer;
    let rows: Vec<(&str, Must, CrlBuilder)> = vec![
        ("version-1-with-entry-extensions", Refuse, of().v1().entry(entry().reason(Reason::Superseded))),
        ("number-twice", Refuse, of().extension(oid::CRL_NUMBER, false, integer(9))),
        ("authority-key-id-twice", Refuse, of().extension(oid::AUTHORITY_KEY_ID, false, asn1::sequence(&[]))),
        ("delta-twice", Refuse, of().delta(1).delta(1)),
        (
            "unknown-twice",
            Refuse,
            of().extension(oid::UNKNOWN, false, asn1::null()).extension(oid::UNKNOWN, false, asn1::null()),
        ),
        ("unknown", Accept, of().extension(oid::UNKNOWN, false, vec![0x30, 0x80])),
        ("unknown-critical", Refuse, of().extension(oid::UNKNOWN, true, asn1::null())),
        (
            "entry-unknown-twice",
            Refuse,
            of().entry(entry().extension(oid::UNKNOWN, false, asn1::null()).extension(
                oid::UNKNOWN,
                false,
                asn1::null(),
            )),
        ),
        ("entry-unknown-critical", Refuse, of().entry(entry().extension(oid::UNKNOWN, true, asn1::null()))),
        ("entry-reason-critical", Record, of().entry(entry().extension(oid::REASON_CODE, true, vec![0x0a, 1, 4]))),
        ("entry-invalid-since-twice", Refuse, of().entry(entry().invalidity_date(0).invalidity_date(0))),
        ("entry-serial-zero", Accept, of().entry(CrlEntry::new(&[0], "2026-04-01"))),
        ("entry-serial-negative", Record, of().entry(CrlEntry::new(&[0x80], "2026-04-01"))),
        ("entry-serial-21-octets", Accept, of().entry(CrlEntry::new(&[&[0][..], &[0xff; 20]].concat(), "2026-04-01"))),
    ];
    for (name, must, builder) in rows {
        list.ask_lists(format!("lists/built/{name}"), must, &[&builder.sign()]);
    }
}

/// Entries of an indirect list, whose issuer must be known for each.
fn indirect(list: &mut Neighbours) {
    let (sub, server) = (list.lab.sub.clone(), list.lab.server.clone());
    let of = |entry: CrlEntry| {
        let point = IssuingDistributionPoint { indirect: true, ..IssuingDistributionPoint::default() };
        Crl::of(&sub).issuing_distribution_point(&point).entry(entry).sign()
    };
    let revoked = || CrlEntry::new(server.serial(), "2026-04-01");
    let direct =
        Crl::of(&sub).entry(CrlEntry::new(server.serial(), "2026-04-01").certificate_issuer("CN=Other")).sign();
    list.ask_lists("lists/issuer-in-a-list-that-is-not-indirect".to_owned(), Refuse, &[&direct]);
    let names = |names: &[GeneralName]| asn1::sequence(&names.iter().map(GeneralName::der).collect::<Vec<_>>());
    let issuer = |value: Vec<u8>| revoked().extension(oid::CERTIFICATE_ISSUER, true, value);
    let rows: Vec<(&str, CrlEntry)> = vec![
        ("issuer", revoked().certificate_issuer("CN=Sub, O=Lab")),
        ("issuer-twice", revoked().certificate_issuer("CN=Sub, O=Lab").certificate_issuer("CN=Other")),
        ("issuer-twice-first-other", revoked().certificate_issuer("CN=Other").certificate_issuer("CN=Sub, O=Lab")),
        (
            "issuer-two-names",
            issuer(names(&[GeneralName::directory("CN=Other"), GeneralName::directory("CN=Sub, O=Lab")])),
        ),
        ("issuer-no-name", issuer(asn1::sequence(&[]))),
        ("issuer-dns", issuer(names(&[GeneralName::dns("other.example")]))),
        ("issuer-leftover", issuer(asn1::sequence(&[GeneralName::directory("CN=Other").der(), asn1::null()]))),
        ("issuer-behind", issuer([names(&[GeneralName::directory("CN=Other")]), vec![0]].concat())),
    ];
    for (name, entry) in rows {
        list.ask_lists(format!("lists/indirect/{name}"), Refuse, &[&of(entry)]);
    }
}
