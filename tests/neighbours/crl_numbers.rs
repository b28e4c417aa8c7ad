//! Several lists of one issuer: which of them supersedes which, and what a list without a number can do.

use vitrust_factory::{Crl, CrlBuilder, IssuingDistributionPoint, Reason, asn1, oid};

use super::{Accept, Must, Neighbours, Refuse};

const MARCH: (&str, Option<&str>) = ("2026-03-01", Some("2026-07-01"));
const MAY: (&str, Option<&str>) = ("2026-05-15", Some("2026-07-01"));

/// One list of a pair.
#[derive(Clone, Copy)]
struct One {
    dates: (&'static str, Option<&'static str>),
    number: Option<u64>,
    revokes: bool,
}

const fn clean(dates: (&'static str, Option<&'static str>), number: Option<u64>) -> One {
    One { dates, number, revokes: false }
}

const fn revokes(dates: (&'static str, Option<&'static str>), number: Option<u64>) -> One {
    One { dates, number, revokes: true }
}

/// Two plain lists of the issuer. A revocation counts in each list that is inside its dates and is not superseded:
/// by a list of the same key and scope with a higher number and no older date.
const PAIRS: &[(&str, Must, One, One)] = &[
    ("superseded", Accept, revokes(MARCH, Some(4)), clean(MAY, Some(5))),
    ("superseded-on-the-same-day", Accept, revokes(MAY, Some(4)), clean(MAY, Some(5))),
    ("revoked-by-the-newer", Refuse, clean(MARCH, Some(4)), revokes(MAY, Some(5))),
    ("both-clean", Accept, clean(MARCH, Some(4)), clean(MAY, Some(5))),
    ("newer-without-number-revokes", Refuse, clean(MARCH, Some(5)), revokes(MAY, None)),
    ("newer-without-number-is-clean", Refuse, revokes(MARCH, Some(5)), clean(MAY, None)),
    ("same-day-without-number-revokes", Refuse, clean(MAY, Some(5)), revokes(MAY, None)),
    ("older-without-number-revokes", Refuse, revokes(MARCH, None), clean(MARCH, None)),
    ("none-with-number-newer-revokes", Refuse, clean(MARCH, None), revokes(MAY, None)),
    ("none-with-number-newer-is-clean", Refuse, revokes(MARCH, None), clean(MAY, None)),
    ("lower-number-newer-date-revokes", Refuse, clean(MARCH, Some(9)), revokes(MAY, Some(5))),
    ("higher-number-older-date-revokes", Refuse, revokes(MARCH, Some(9)), clean(MAY, Some(5))),
    ("same-number-newer-revokes", Refuse, clean(MARCH, Some(5)), revokes(MAY, Some(5))),
    ("same-number-newer-is-clean", Refuse, revokes(MARCH, Some(5)), clean(MAY, Some(5))),
    ("same-number-same-day", Refuse, revokes(MAY, Some(5)), clean(MAY, Some(5))),
    ("number-zero-revokes", Refuse, clean(MARCH, None), revokes(MAY, Some(0))),
    (
        "expired-with-higher-number-is-clean",
        Refuse,
        revokes(MARCH, Some(5)),
        clean(("2026-03-15", Some("2026-04-15")), Some(9)),
    ),
    (
        "future-with-higher-number-is-clean",
        Refuse,
        revokes(MARCH, Some(5)),
        clean(("2026-06-15", Some("2026-08-01")), Some(9)),
    ),
    ("expired-revokes", Accept, revokes(("2026-02-01", Some("2026-03-01")), Some(4)), clean(MAY, Some(5))),
    ("expired-without-number-revokes", Accept, revokes(("2026-02-01", Some("2026-03-01")), None), clean(MAY, Some(5))),
];

pub(super) fn add(list: &mut Neighbours) {
    for (name, must, one, other) in PAIRS {
        let (one, other) = (written(list, *one), written(list, *other));
        ask(list, name, *must, &one.sign(), &other.sign());
    }
    versions(list);
    large_numbers(list);
    scopes(list);
    deltas(list);
}

fn written(list: &Neighbours, one: One) -> CrlBuilder {
    let crl = Crl::of(&list.lab.sub).dates(one.dates.0, one.dates.1).number(one.number);
    if one.revokes { crl.revoke(&list.lab.server, "2026-02-15") } else { crl }
}

/// Asks with both orders of the lists.
fn ask(list: &mut Neighbours, name: &str, must: Must, one: &Crl, other: &Crl) {
    list.ask_lists(format!("numbers/{name}"), must, &[one, other]);
    list.ask_lists(format!("numbers/{name}/turned"), must, &[other, one]);
}

fn versions(list: &mut Neighbours) {
    let numbered = written(list, clean(MARCH, Some(5))).sign();
    let old = written(list, revokes(MAY, None)).v1().sign();
    ask(list, "version-1-newer-revokes", Refuse, &numbered, &old);
    let numbered = written(list, revokes(MARCH, Some(5))).sign();
    let old = written(list, clean(MAY, None)).v1().sign();
    ask(list, "version-1-newer-is-clean", Refuse, &numbered, &old);
    let unnamed = written(list, revokes(MAY, Some(6))).authority_key_id(None).sign();
    let named = written(list, clean(MARCH, Some(5))).sign();
    ask(list, "without-key-id-revokes", Refuse, &named, &unnamed);
    // A key identifier helps to find a key, and says nothing of who signed.
    let other = written(list, revokes(MAY, Some(6))).authority_key_id(Some(&[7; 20])).sign();
    ask(list, "by-another-key-id-revokes", Refuse, &named, &other);
    let ended = clean(("2026-05-01", Some("2026-05-05")), Some(6));
    let (older, newer) = (written(list, revokes(MARCH, Some(5))).sign(), written(list, ended).sign());
    let third = written(list, clean(("2026-02-01", Some("2026-07-01")), None)).sign();
    list.ask_lists("numbers/ended-hides-no-revocation".to_owned(), Refuse, &[&older, &newer, &third]);
}

/// Numbers beyond 64 bits count whole.
fn large_numbers(list: &mut Neighbours) {
    let number = |one: One, content: &[u8]| {
        let value = asn1::tlv(asn1::INTEGER, content);
        written(list, One { number: None, ..one }).extension(oid::CRL_NUMBER, false, value).sign()
    };
    let large = |last: u8| [&[0x7f][..], &[0; 18], &[last]].concat();
    let (older, newer) = (number(clean(MARCH, None), &large(1)), number(revokes(MAY, None), &large(2)));
    let (old_bad, new_good) = (number(revokes(MARCH, None), &large(1)), number(clean(MAY, None), &large(2)));
    let wrapped = number(clean(MAY, None), &[1, 0, 0, 0, 0, 0, 0, 0, 4]);
    let small = written(list, revokes(MAY, Some(5))).sign();
    ask(list, "160-bits-newer-revokes", Refuse, &older, &newer);
    ask(list, "160-bits-superseded", Accept, &old_bad, &new_good);
    ask(list, "65-bits-supersedes-a-small-one", Accept, &small, &wrapped);
}

/// A list of another scope supersedes nothing.
fn scopes(list: &mut Neighbours) {
    let full = written(list, revokes(MARCH, Some(5))).sign();
    let default = IssuingDistributionPoint::default;
    for (name, point) in [
        ("users-only-is-clean", IssuingDistributionPoint { only_user: true, ..default() }),
        ("cas-only-is-clean", IssuingDistributionPoint { only_ca: true, ..default() }),
        ("attributes-only-is-clean", IssuingDistributionPoint { only_attribute: true, ..default() }),
        ("indirect-is-clean", IssuingDistributionPoint { indirect: true, ..default() }),
        ("some-reasons-is-clean", IssuingDistributionPoint { only_reasons: vec![Reason::KeyCompromise], ..default() }),
    ] {
        let scoped = written(list, clean(MAY, Some(9))).issuing_distribution_point(&point).sign();
        ask(list, name, Refuse, &full, &scoped);
    }
}

fn deltas(list: &mut Neighbours) {
    let base = written(list, clean(MARCH, Some(5))).sign();
    let delta = |one: One| written(list, one).delta(5);
    let adding = delta(revokes(MAY, Some(6))).sign();
    let forged = delta(clean(MAY, Some(6))).corrupt_signature().sign();
    let empty = delta(clean(MAY, Some(6))).sign();
    ask(list, "delta-revokes", Refuse, &base, &adding);
    ask(list, "delta-is-clean", Accept, &base, &empty);
    let revoked = written(list, revokes(MARCH, Some(5))).sign();
    ask(list, "delta-does-not-clear", Refuse, &revoked, &empty);
    ask(list, "delta-forged-does-not-clear", Refuse, &revoked, &forged);
    let later_base = written(list, clean(MAY, Some(6))).delta(9).sign();
    ask(list, "delta-of-a-later-base-does-not-clear", Refuse, &revoked, &later_base);
}
