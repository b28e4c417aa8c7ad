//! Times in forms that RFC 5280 forbids, and in the odd ones that it allows.

use vitrust_factory::asn1::{self, GENERALIZED_TIME, UTC_TIME};
use vitrust_factory::surgery::{field, list_field};
use vitrust_factory::{Node, oid};

use super::{Accept, Must, Neighbours, Record, Refuse};

/// Name, what must come of it, and the element. Each says a moment before the questions' time, if it says any.
const TIMES: &[(&str, Must, u8, &[u8])] = &[
    ("utc", Accept, UTC_TIME, b"260501000000Z"),
    ("generalized", Accept, GENERALIZED_TIME, b"20260501000000Z"),
    ("utc-without-seconds", Refuse, UTC_TIME, b"2605010000Z"),
    ("utc-with-offset", Refuse, UTC_TIME, b"260501000000+0000"),
    ("utc-with-offset-west", Refuse, UTC_TIME, b"260501000000-0100"),
    ("utc-without-seconds-with-offset", Refuse, UTC_TIME, b"2605010000+0000"),
    ("utc-local", Refuse, UTC_TIME, b"260501000000"),
    ("utc-small-z", Refuse, UTC_TIME, b"260501000000z"),
    ("utc-fraction", Refuse, UTC_TIME, b"260501000000.5Z"),
    ("utc-long-year", Refuse, UTC_TIME, b"20260501000000Z"),
    ("utc-leading-space", Refuse, UTC_TIME, b" 60501000000Z"),
    ("utc-behind", Refuse, UTC_TIME, b"260501000000Z0"),
    ("utc-nul-behind", Refuse, UTC_TIME, b"260501000000Z\0"),
    ("utc-plus-sign", Refuse, UTC_TIME, b"26+501000000Z"),
    ("utc-empty", Refuse, UTC_TIME, b""),
    ("utc-month-0", Refuse, UTC_TIME, b"260001000000Z"),
    ("utc-month-13", Refuse, UTC_TIME, b"261301000000Z"),
    ("utc-february-29", Refuse, UTC_TIME, b"260229000000Z"),
    ("utc-april-31", Refuse, UTC_TIME, b"260431000000Z"),
    ("utc-hour-24", Refuse, UTC_TIME, b"260501240000Z"),
    ("utc-minute-60", Refuse, UTC_TIME, b"260501006000Z"),
    ("utc-second-60", Record, UTC_TIME, b"260430235960Z"),
    ("generalized-without-seconds", Refuse, GENERALIZED_TIME, b"202605010000Z"),
    ("generalized-without-minutes", Refuse, GENERALIZED_TIME, b"2026050100Z"),
    ("generalized-with-fraction", Refuse, GENERALIZED_TIME, b"20260501000000.5Z"),
    ("generalized-with-empty-fraction", Refuse, GENERALIZED_TIME, b"20260501000000.Z"),
    ("generalized-with-zero-fraction", Refuse, GENERALIZED_TIME, b"20260501000000.0Z"),
    ("generalized-with-comma", Refuse, GENERALIZED_TIME, b"20260501000000,5Z"),
    ("generalized-with-offset", Refuse, GENERALIZED_TIME, b"20260501000000+0000"),
    ("generalized-local", Refuse, GENERALIZED_TIME, b"20260501000000"),
    ("generalized-short-year", Refuse, GENERALIZED_TIME, b"260501000000Z"),
    ("context-class", Refuse, 0x97, b"260501000000Z"),
    ("context-class-generalized", Refuse, 0x98, b"20260501000000Z"),
    ("application-class", Refuse, 0x57, b"260501000000Z"),
    ("constructed", Refuse, 0x37, b"\x04\x07260501\x30\x04\x06000000Z"),
    ("text", Refuse, 0x13, b"260501000000Z"),
    ("integer", Refuse, asn1::INTEGER, b"260501000000Z"),
    ("date-of-2008", Refuse, 0x0e, b"2026-05-01"),
];

/// The same for times after the questions' time.
const LATER: &[(&str, Must, u8, &[u8])] = &[
    ("utc", Accept, UTC_TIME, b"350501000000Z"),
    ("utc-of-2049", Accept, UTC_TIME, b"491231235959Z"),
    ("generalized", Accept, GENERALIZED_TIME, b"20350501000000Z"),
    ("generalized-of-2050", Accept, GENERALIZED_TIME, b"20500101000000Z"),
    ("generalized-of-9999", Accept, GENERALIZED_TIME, b"99991231235959Z"),
    ("utc-without-seconds", Refuse, UTC_TIME, b"3505010000Z"),
    ("utc-with-offset", Refuse, UTC_TIME, b"350501000000+0000"),
    ("utc-local", Refuse, UTC_TIME, b"350501000000"),
    ("generalized-without-seconds", Refuse, GENERALIZED_TIME, b"203505010000Z"),
    ("generalized-with-fraction", Refuse, GENERALIZED_TIME, b"20350501000000.5Z"),
    ("generalized-with-offset", Refuse, GENERALIZED_TIME, b"20350501000000-0100"),
    ("generalized-of-10000", Refuse, GENERALIZED_TIME, b"100000101000000Z"),
    ("context-class", Refuse, 0x97, b"350501000000Z"),
    ("constructed", Refuse, 0x37, b"\x17\x0d350501000000Z"),
];

/// Changes to the whole Validity or to the header of one of its times.
const VALIDITY: &[super::Form] = &[
    ("long-length", Refuse, |signed| signed.at(&[field::VALIDITY, 0]).length_octets(1)),
    ("long-tag", Refuse, |signed| signed.at(&[field::VALIDITY, 1]).long_tag()),
    ("third-time", Refuse, |signed| signed.at(&[field::VALIDITY]).repeat(1)),
    ("leftover", Refuse, |signed| signed.at(&[field::VALIDITY]).push(Node::null())),
    ("one-time", Refuse, |signed| signed.at(&[field::VALIDITY]).remove(0)),
    ("set", Refuse, |signed| signed.at(&[field::VALIDITY]).tag(asn1::SET)),
    ("sequence-long-length", Refuse, |signed| signed.at(&[field::VALIDITY]).length_octets(2)),
    ("sequence-indefinite", Refuse, |signed| signed.at(&[field::VALIDITY]).indefinite()),
];

pub(super) fn add(list: &mut Neighbours) {
    list.forms("times", super::Place::EndEntity, VALIDITY);
    let (root, sub, server) = (list.lab.root.clone(), list.lab.sub.clone(), list.lab.server.clone());
    for (index, end, rows) in [(0, "not-before", TIMES), (1, "not-after", LATER)] {
        for (name, must, tag, text) in rows {
            let odd =
                server.reformed(sub.key(), |signed| *signed.at(&[field::VALIDITY, index]) = Node::new(*tag, text));
            list.ask(format!("times/{name}/{end}"), *must, &[&odd, &sub], &[&root]).host(super::HOST);
        }
    }
    let some = |wanted: &[&str], rows: &'static [(&'static str, Must, u8, &'static [u8])]| -> Vec<_> {
        rows.iter().filter(|row| wanted.contains(&row.0)).collect()
    };
    let usual = [
        "generalized",
        "utc-without-seconds",
        "utc-with-offset",
        "generalized-with-fraction",
        "context-class",
        "constructed",
    ];
    for (name, must, tag, text) in some(&usual[..3], TIMES) {
        let odd = sub.reformed(root.key(), |signed| *signed.at(&[field::VALIDITY, 0]) = Node::new(*tag, text));
        list.ask(format!("times/{name}/intermediate"), *must, &[&server, &odd], &[&root]).host(super::HOST);
    }
    for (name, must, tag, text) in some(&usual, TIMES) {
        in_list(list, &format!("times/{name}/this-update"), *must, &[list_field::THIS_UPDATE], &Node::new(*tag, text));
        in_list(list, &format!("times/{name}/revoked-on"), *must, &[list_field::ENTRIES, 0, 1], &Node::new(*tag, text));
    }
    for (name, must, tag, text) in some(&usual, LATER) {
        in_list(list, &format!("times/{name}/next-update"), *must, &[list_field::NEXT_UPDATE], &Node::new(*tag, text));
    }
    invalidity_dates(list);
}

fn in_list(list: &mut Neighbours, title: &str, must: Must, path: &[usize], time: &Node) {
    let odd = list.lab.sub_list().reformed(list.lab.sub.key(), |signed| *signed.at(path) = time.clone());
    list.ask_lists(title, must, &[&odd]);
}

/// An invalidity date is always a GeneralizedTime (RFC 5280 5.3.2).
fn invalidity_dates(list: &mut Neighbours) {
    let sub = list.lab.sub.clone();
    for (name, must, date) in [
        ("generalized", Accept, asn1::tlv(GENERALIZED_TIME, b"20260401000000Z")),
        ("utc", Record, asn1::tlv(UTC_TIME, b"260401000000Z")),
        ("with-fraction", Record, asn1::tlv(GENERALIZED_TIME, b"20260401000000.5Z")),
    ] {
        let entry = vitrust_factory::CrlEntry::new(&super::OTHER_SERIAL, "2026-04-01");
        let odd = vitrust_factory::Crl::of(&sub).entry(entry.extension(oid::INVALIDITY_DATE, false, date)).sign();
        list.ask_lists(format!("times/invalid-since-{name}"), must, &[&odd]);
    }
}
