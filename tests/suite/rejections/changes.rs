//! The one change that is offered is enough: make it, and the chain is trusted.

use vitrust_factory::{Cert, CertBuilder, Key, asn1};

use super::single::{ANYWHERE, ISSUERS};
use crate::chains::case::{Case, Pki, Place, Signed, case};

#[test]
fn reissuing_the_named_certificate_is_enough() {
    let good = Pki::new().sign();
    let mut proved = 0;
    for place in Place::ALL {
        let rules = ANYWHERE.iter().chain(ISSUERS.iter().filter(|_| place != Place::Leaf));
        // A certificate with a new key needs all below it issued anew, which is more than one change.
        for (what, _, change) in rules.filter(|(_, code, _)| *code != "weak-key" || place == Place::Leaf) {
            let broken = Pki::new().with(place, change).sign();
            let name = format!("a {} {what}", place.name());
            assert!(broken.case(&name).verdict().change.is_some(), "{name}: no change offered");
            let mended = reissued(broken, place, &good);
            assert!(mended.case(&name).verdict().trusted(), "{name}: not trusted after the change");
            proved += 1;
        }
    }
    assert!(proved >= 20, "only {proved} changes proved");
}

/// The chain with only the certificate at `place` taken from the good one.
fn reissued(mut chain: Signed, place: Place, good: &Signed) -> Signed {
    match place {
        Place::Leaf => chain.leaf = good.leaf.clone(),
        Place::Lower => chain.lower = good.lower.clone(),
        Place::Upper => chain.upper = good.upper.clone(),
        Place::Root => chain.root = good.root.clone(),
    }
    chain
}

/// Both the refused case with its named addition and the same case after it.
fn added(refused: Case, mended: Case, words: &[&str]) {
    let verdict = refused.verdict();
    let change = verdict.change.unwrap_or_else(|| panic!("{}: no change offered", refused.name));
    assert!(words.iter().all(|word| change.contains(word)), "{}: {change}", refused.name);
    assert!(mended.verdict().trusted(), "{}: not trusted after: {change}", refused.name);
}

#[test]
fn adding_the_named_certificate_is_enough() {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let other = root.rebuild().key(Key::p256(90)).self_signed();
    let more = root.rebuild().key(Key::p256(91)).self_signed();
    let own = Cert::end_entity("CN=own").key(Key::p256(92)).self_signed();
    let chain: &[&Cert] = &[&leaf, &lower, &upper];
    let add = |name: &str, shown: &[&Cert], before: &[&Cert], addition: &Cert, words: &[&str]| {
        let after: Vec<&Cert> = before.iter().copied().chain([addition]).collect();
        added(case(name, shown, before), case(name, shown, &after), words);
    };
    add("no root", chain, &[], &root, &["add", "CN=Root"]);
    add("a regenerated root", chain, &[&other], &root, &["another CA of this name", "add"]);
    add("two regenerated roots", chain, &[&other, &more], &root, &["another CA of this name", "add"]);
    add("the upper is missing", &[&leaf, &lower], &[&root], &upper, &["add", "CN=Upper"]);
    add("the lower is missing", &[&leaf], &[&root], &lower, &["add", "CN=Lower"]);
    add("the root is presented only", &[&leaf, &lower, &upper, &root], &[], &root, &["add", "CN=Root"]);
    add("an unknown self-signed certificate", &[&own], &[&root], &own, &["add", "CN=own"]);
}

#[test]
fn no_change_is_offered_for_two_faults_or_none() {
    let chain = Pki::new().sign();
    let twice = Pki::new().with(Place::Leaf, |b| b.expired()).with(Place::Root, |b| b.expired()).sign();
    let nothing = case("expired and no root", &[&twice.leaf, &twice.lower, &twice.upper], &[]);
    assert_eq!(chain.case("good").verdict().change, None);
    assert_eq!(twice.case("two expired").verdict().change, None);
    assert_eq!(nothing.verdict().change, None);
}

/// What lies above a signature that cannot be checked is told as well, and then one change is not enough.
#[test]
fn faults_above_an_unknown_algorithm_are_told() {
    let unknown = |b: CertBuilder| {
        let identifier = asn1::sequence(&[asn1::oid("1.3.101.113")]);
        b.inner_identifier(identifier.clone()).outer_identifier(identifier)
    };
    for place in [Place::Leaf, Place::Lower] {
        let chain = Pki::new().with(place, unknown).with(Place::Root, |b| b.expired()).sign();
        let name = format!("an unknown algorithm at the {} and an expired root", place.name());
        let verdict = chain.case(&name).verdict();
        let codes: Vec<&str> = verdict.rejections.iter().map(|rejection| rejection.reason.code()).collect();
        assert_eq!(codes, ["unsupported-algorithm", "expired"], "{name}");
        assert_eq!(verdict.change, None, "{name}");
    }
}

/// An expired intermediate does not hide that the chain ends above it.
#[test]
fn a_missing_issuer_above_an_expired_intermediate_is_told_with_it() {
    let Signed { leaf, lower, upper, .. } = Pki::new().with(Place::Lower, |b| b.expired()).sign();
    let verdict = case("expired and no root", &[&leaf, &lower, &upper], &[]).verdict();
    let codes: Vec<&str> = verdict.rejections.iter().map(|rejection| rejection.reason.code()).collect();
    assert_eq!(codes, ["expired", "issuer-not-found"]);
    assert_eq!(verdict.change, None);
}

/// A regenerated root that has expired as well: both are told, and the one change is the right root all the same.
#[test]
fn all_faults_of_a_lookalike_are_told() {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let other = root.rebuild().key(Key::p256(90)).expired().self_signed();
    let verdict = case("an expired regenerated root", &[&leaf, &lower, &upper], &[&other]).verdict();
    let codes: Vec<&str> = verdict.rejections.iter().map(|rejection| rejection.reason.code()).collect();
    assert_eq!(codes, ["key-changed", "expired"]);
    assert!(verdict.change.is_some_and(|change| change.contains("another CA of this name")));
}
