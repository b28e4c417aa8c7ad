//! Which revocation lists are current: one list supersedes another only with the same key, scope and a higher number, and
//! a revocation in any current list counts (RFC 5280 5.2.3, 6.3.3).

use vitrust_factory::{Crl, CrlBuilder, IssuingDistributionPoint, Key, Reason};

use super::case::{Case, Pki, Signed};
use super::crl_signers::namesake;

const UNKNOWN: &str = "revocation-unknown";
const OLDER: &str = "2026-04-01";
const NEWER: &str = "2026-05-15";
const DUE: Option<&str> = Some("2026-07-01");

pub(super) fn cases() -> Vec<Case> {
    [numbers(), versions(), scopes(), keys(), deltas(), out_of_date(), holds()].concat()
}

/// A list of the lower intermediate with a number and a date.
fn list(chain: &Signed, number: Option<u64>, from: &str) -> CrlBuilder {
    Crl::of(&chain.lower).number(number).dates(from, DUE)
}

/// Asks with both lists in either order.
fn either(chain: &Signed, name: &str, one: &Crl, other: &Crl, expect: Option<&'static str>) -> [Case; 2] {
    [
        chain.case(name).crls(&[one, other]).expect(expect),
        chain.case(&format!("{name}, the other way round")).crls(&[other, one]).expect(expect),
    ]
}

fn numbers() -> Vec<Case> {
    let chain = Pki::new().sign();
    let clean = |number, from| list(&chain, number, from).sign();
    let revoking = |number, from| list(&chain, number, from).revoke(&chain.leaf, OLDER).sign();
    let ask = |name: &str, one: &Crl, other: &Crl, expect| either(&chain, name, one, other, expect);
    let revoked = Some("revoked");
    [
        ask("a newer list without a number revokes", &clean(Some(5), OLDER), &revoking(None, NEWER), revoked),
        ask("an older list without a number revokes", &clean(Some(5), NEWER), &revoking(None, OLDER), revoked),
        ask("neither list has a number", &clean(None, NEWER), &revoking(None, OLDER), revoked),
        ask("a newer list with a lower number revokes", &clean(Some(9), OLDER), &revoking(Some(3), NEWER), revoked),
        ask("an older list with a higher number revokes", &clean(Some(3), NEWER), &revoking(Some(9), OLDER), revoked),
        ask("equal numbers, the older one revokes", &clean(Some(5), NEWER), &revoking(Some(5), OLDER), revoked),
        ask("equal numbers, the newer one revokes", &clean(Some(5), OLDER), &revoking(Some(5), NEWER), revoked),
        ask("a superseded list revoked what is free again", &clean(Some(6), NEWER), &revoking(Some(5), OLDER), None),
        ask("a higher number of the same date supersedes", &clean(Some(6), NEWER), &revoking(Some(5), NEWER), None),
        ask("a number of more octets is higher", &clean(Some(256), NEWER), &revoking(Some(255), OLDER), None),
        ask("a number of more octets revokes", &clean(Some(255), OLDER), &revoking(Some(256), NEWER), revoked),
        ask("a superseding list revokes", &clean(Some(5), OLDER), &revoking(Some(6), NEWER), revoked),
    ]
    .concat()
}

fn versions() -> Vec<Case> {
    let chain = Pki::new().sign();
    let dated = |from| Crl::of(&chain.lower).dates(from, DUE);
    let revoking = |from| dated(from).v1().revoke(&chain.leaf, OLDER).sign();
    let clean = |from| dated(from).v1().sign();
    let second = |from| dated(from).number(Some(5)).revoke(&chain.leaf, OLDER).sign();
    let ask = |name: &str, one: &Crl, other: &Crl| either(&chain, name, one, other, Some("revoked"));
    [
        ask("a newer version 1 list revokes", &list(&chain, Some(5), OLDER).sign(), &revoking(NEWER)),
        ask("an older version 1 list revokes", &list(&chain, Some(5), NEWER).sign(), &revoking(OLDER)),
        ask("a newer version 1 list does not clear", &clean(NEWER), &second(OLDER)),
        ask("an older version 1 list does not clear", &clean(OLDER), &second(NEWER)),
        ask("two lists of version 1", &clean(NEWER), &revoking(OLDER)),
    ]
    .concat()
}

fn scopes() -> Vec<Case> {
    let chain = Pki::new().sign();
    let scoped = |scope: &IssuingDistributionPoint, number, from| {
        list(&chain, Some(number), from).issuing_distribution_point(scope)
    };
    let user = IssuingDistributionPoint { only_user: true, ..Default::default() };
    let some = |reason| IssuingDistributionPoint { only_reasons: vec![reason], ..Default::default() };
    let (stolen, left) = (some(Reason::KeyCompromise), some(Reason::AffiliationChanged));
    let revoking = |number, from| list(&chain, Some(number), from).revoke(&chain.leaf, OLDER).sign();
    let all = list(&chain, Some(9), NEWER).sign();
    let ask = |name: &str, one: &Crl, other: &Crl, expect| either(&chain, name, one, other, expect);
    let revoked = Some("revoked");
    [
        ask("a list of a narrower scope does not clear", &scoped(&user, 9, NEWER).sign(), &revoking(5, OLDER), revoked),
        ask(
            "a list of a narrower scope revokes",
            &all,
            &scoped(&user, 5, OLDER).revoke(&chain.leaf, OLDER).sign(),
            revoked,
        ),
        ask(
            "a list for other reasons does not clear",
            &scoped(&left, 9, NEWER).sign(),
            &scoped(&stolen, 5, OLDER).revoke(&chain.leaf, OLDER).sign(),
            revoked,
        ),
        ask(
            "a list of the same narrow scope clears",
            &scoped(&user, 9, NEWER).sign(),
            &scoped(&user, 5, OLDER).revoke(&chain.leaf, OLDER).sign(),
            None,
        ),
    ]
    .concat()
}

/// The other key has a path of its own, so both lists are properly signed.
fn keys() -> Vec<Case> {
    let chain = Pki::new().sign();
    let other = namesake(&chain, Key::p256(77), |b| b);
    let of_other = |number, from| Crl::of(&other).number(number).dates(from, DUE);
    let ask = |name: &str, one: &Crl, second: &Crl, expect| {
        either(&chain, name, one, second, expect).map(|mut case| {
            case.chain.push(other.clone());
            case
        })
    };
    let revoking = |number, from| list(&chain, number, from).revoke(&chain.leaf, OLDER).sign();
    let without = |crl: CrlBuilder| crl.authority_key_id(None).sign();
    let revoked = Some("revoked");
    [
        ask("a namesake's list does not clear", &of_other(Some(9), NEWER).sign(), &revoking(Some(5), OLDER), revoked),
        ask(
            "a namesake's list revokes",
            &list(&chain, Some(9), NEWER).sign(),
            &of_other(Some(5), OLDER).revoke(&chain.leaf, OLDER).sign(),
            revoked,
        ),
        ask(
            "a namesake's list does not clear, no key identifiers",
            &without(of_other(Some(9), NEWER)),
            &without(list(&chain, Some(5), OLDER).revoke(&chain.leaf, OLDER)),
            revoked,
        ),
        ask(
            "one key with and without key identifier",
            &without(list(&chain, Some(9), NEWER)),
            &revoking(Some(5), OLDER),
            None,
        ),
        ask(
            "one key with and without key identifier, the newer revokes",
            &list(&chain, Some(5), OLDER).sign(),
            &without(list(&chain, Some(9), NEWER).revoke(&chain.leaf, OLDER)),
            revoked,
        ),
        ask(
            "an unsigned list of a higher number does not clear",
            &list(&chain, Some(9), NEWER).corrupt_signature().sign(),
            &revoking(Some(5), OLDER),
            revoked,
        ),
    ]
    .concat()
}

fn deltas() -> Vec<Case> {
    let chain = Pki::new().sign();
    let other = namesake(&chain, Key::p256(77), |b| b);
    let held = list(&chain, Some(5), OLDER).revoke_for(&chain.leaf, OLDER, Reason::CertificateHold).sign();
    let clean = list(&chain, Some(5), OLDER).sign();
    let lifts = |crl: CrlBuilder| crl.revoke_for(&chain.leaf, OLDER, Reason::RemoveFromCrl).sign();
    let adds = |crl: CrlBuilder| crl.revoke_for(&chain.leaf, OLDER, Reason::KeyCompromise).sign();
    let delta = |number, from| list(&chain, Some(number), from).delta(5);
    let of_other = || Crl::of(&other).number(Some(6)).dates(NEWER, DUE).delta(5);
    let user = IssuingDistributionPoint { only_user: true, ..Default::default() };
    let with = |name: &str, crls: &[&Crl]| {
        let mut case = chain.case(name).crls(crls);
        case.chain.push(other.clone());
        case
    };
    vec![
        with("a delta of another key lifts nothing", &[&held, &lifts(of_other())]).refused("revoked"),
        with("a delta of another key adds nothing", &[&clean, &adds(of_other())]),
        with("a delta without key identifier lifts", &[&held, &lifts(delta(6, NEWER).authority_key_id(None))]),
        with(
            "a delta of another scope lifts nothing",
            &[&held, &lifts(delta(6, NEWER).issuing_distribution_point(&user))],
        )
        .refused("revoked"),
        with(
            "a superseded delta revoked what is free again",
            &[&clean, &adds(delta(6, OLDER)), &lifts(delta(7, NEWER))],
        ),
        with("deltas whose numbers contradict their dates", &[&clean, &adds(delta(6, NEWER)), &lifts(delta(7, OLDER))])
            .refused("revoked"),
        with(
            "a delta to a list without a number",
            &[
                &list(&chain, None, OLDER).revoke_for(&chain.leaf, OLDER, Reason::CertificateHold).sign(),
                &lifts(delta(6, NEWER)),
            ],
        )
        .refused("revoked"),
        with("a delta as old in number as its base", &[&held, &lifts(delta(5, NEWER))]).refused("revoked"),
        with(
            "a delta of the superseding list",
            &[&held, &list(&chain, Some(6), NEWER).sign(), &adds(list(&chain, Some(7), NEWER).delta(6))],
        )
        .refused("revoked"),
    ]
}

/// A list that is out of date cannot be used, and what it superseded is not current again.
fn out_of_date() -> Vec<Case> {
    let chain = Pki::new().sign();
    let ended = |number| Crl::of(&chain.lower).number(Some(number)).dates("2026-05-10", Some("2026-05-20"));
    let clean = list(&chain, Some(5), OLDER).sign();
    let coming = Crl::of(&chain.lower).number(Some(9)).dates("2026-06-02", DUE).sign();
    let revoking = list(&chain, Some(5), OLDER).revoke(&chain.leaf, OLDER).sign();
    let ask = |name: &str, one: &Crl, other: &Crl, expect| either(&chain, name, one, other, expect);
    [
        ask("superseded by a list out of date", &clean, &ended(6).sign(), Some(UNKNOWN)),
        ask("a list out of date that revoked", &clean, &ended(6).revoke(&chain.leaf, OLDER).sign(), Some(UNKNOWN)),
        ask("an older number is out of date", &clean, &ended(4).revoke(&chain.leaf, OLDER).sign(), None),
        ask("a list to come supersedes nothing", &revoking, &coming, Some("revoked")),
    ]
    .concat()
}

fn holds() -> Vec<Case> {
    let chain = Pki::new().sign();
    let hold = |number, from| list(&chain, number, from).revoke_for(&chain.leaf, OLDER, Reason::CertificateHold).sign();
    let clean = |number, from| list(&chain, number, from).sign();
    [
        either(&chain, "a hold that the next list lifts", &hold(Some(5), OLDER), &clean(Some(6), NEWER), None),
        either(
            &chain,
            "a hold that a list without a number does not lift",
            &hold(Some(5), OLDER),
            &clean(None, NEWER),
            Some("revoked"),
        ),
        either(&chain, "a hold in the next list", &hold(Some(6), NEWER), &clean(Some(5), OLDER), Some("revoked")),
    ]
    .concat()
}
