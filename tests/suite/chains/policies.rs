//! Certificate policies: explicit policy, mappings, anyPolicy and what inhibits them (RFC 5280 6.1).

use vitrust_factory::{Cert, CertBuilder, Key, oid};

use super::case::{Case, Pki, Place, case};

const P1: &str = oid::POLICY_1;
const P2: &str = oid::POLICY_2;
const ANY: &str = oid::ANY_POLICY;

pub(super) fn cases() -> Vec<Case> {
    [initial_sets(), required_by_a_ca(), any_policy(), mappings(), root_and_rollover(), criticality()].concat()
}

/// The usual chain with these policies at upper, lower and leaf.
fn chain(upper: &'static [&'static str], lower: &'static [&'static str], leaf: &'static [&'static str]) -> Pki {
    let set = |policies: &'static [&'static str]| {
        move |b: CertBuilder| if policies.is_empty() { b } else { b.policies(policies) }
    };
    Pki::new().with(Place::Upper, set(upper)).with(Place::Lower, set(lower)).with(Place::Leaf, set(leaf))
}

fn initial_sets() -> Vec<Case> {
    let same = || chain(&[P1], &[P1], &[P1]);
    vec![
        same().case("one policy all the way"),
        same().case("one policy all the way, required").explicit_policy(),
        same().case("the policy asked for").initial_policies(&[P1]),
        same().case("another policy asked for").initial_policies(&[P2]).refused("policy"),
        same().case("one of two policies asked for").initial_policies(&[P2, P1]),
        same().case("any policy asked for").initial_policies(&[ANY]),
        chain(&[], &[], &[]).case("no policies anywhere"),
        chain(&[], &[], &[]).case("no policies anywhere, one required").explicit_policy().refused("policy"),
        chain(&[P1], &[P2], &[P1]).case("a break in the policies"),
        chain(&[P1], &[P2], &[P1]).case("a break in the policies, one required").explicit_policy().refused("policy"),
        chain(&[P1], &[], &[P1]).case("a gap in the policies, one required").explicit_policy().refused("policy"),
        chain(&[P1], &[P1], &[]).case("none at the end, one required").explicit_policy().refused("policy"),
        chain(&[P1, P2], &[P2], &[P2]).case("narrowed to the policy asked for").initial_policies(&[P2]),
        chain(&[P1, P2], &[P2], &[P2]).case("narrowed to another policy").initial_policies(&[P1]).refused("policy"),
        chain(&[P1, P2], &[P1], &[P2]).case("each level another of two").explicit_policy().refused("policy"),
    ]
}

fn required_by_a_ca() -> Vec<Case> {
    let require = |place, skip| chain(&[], &[], &[]).with(place, |b| b.policy_constraints(Some(skip), None));
    let kept = |place, skip| chain(&[P1], &[P1], &[P1]).with(place, |b| b.policy_constraints(Some(skip), None));
    vec![
        require(Place::Upper, 0).case("the upper CA requires a policy at once").refused("policy"),
        require(Place::Upper, 1).case("the upper CA requires a policy after one").refused("policy"),
        require(Place::Upper, 2).case("the upper CA requires a policy after two").refused("policy"),
        require(Place::Upper, 3).case("the upper CA requires a policy after three"),
        require(Place::Upper, 9).case("the upper CA requires a policy after nine"),
        require(Place::Lower, 0).case("the lower CA requires a policy at once").refused("policy"),
        require(Place::Lower, 1).case("the lower CA requires a policy after one").refused("policy"),
        require(Place::Lower, 2).case("the lower CA requires a policy after two"),
        require(Place::Leaf, 0).case("the end-entity certificate requires a policy").refused("policy"),
        require(Place::Root, 0).case("the anchor's own requirement is not processed"),
        kept(Place::Upper, 0).case("what the upper CA requires is there"),
        kept(Place::Lower, 0).case("what the lower CA requires is there"),
        kept(Place::Leaf, 0).case("what the end-entity certificate requires is there"),
    ]
}

fn any_policy() -> Vec<Case> {
    let any = || chain(&[ANY], &[ANY], &[P1]);
    let inhibit = |place, skip| any().with(place, |b| b.inhibit_any_policy(skip));
    vec![
        any().case("any policy above the policy asked for").initial_policies(&[P1]),
        any().case("any policy above another policy").initial_policies(&[P2]).refused("policy"),
        chain(&[P1], &[ANY], &[P1]).case("any policy in the middle").initial_policies(&[P1]),
        chain(&[P1], &[ANY], &[P2]).case("any policy in the middle adds none").explicit_policy().refused("policy"),
        chain(&[P1], &[P1], &[ANY]).case("any policy at the end").initial_policies(&[P1]),
        chain(&[P1], &[P1], &[ANY]).case("any policy at the end of another").initial_policies(&[P2]).refused("policy"),
        chain(&[ANY], &[ANY], &[ANY]).case("any policy all the way").initial_policies(&[P1]),
        any().case("any policy inhibited from the start").explicit_policy().inhibit_any_policy().refused("policy"),
        inhibit(Place::Upper, 0).case("any policy inhibited by the upper CA").explicit_policy().refused("policy"),
        inhibit(Place::Upper, 1).case("any policy inhibited after one").explicit_policy(),
        inhibit(Place::Lower, 0).case("any policy inhibited below itself").explicit_policy(),
        inhibit(Place::Upper, 0).case("any policy inhibited and nothing required"),
    ]
}

fn mappings() -> Vec<Case> {
    let mapped = |pairs: &'static [(&'static str, &'static str)]| {
        chain(&[P1], &[P1], &[P2]).with(Place::Lower, |b| b.policy_mappings(pairs))
    };
    let ours = || mapped(&[(P1, P2)]);
    vec![
        ours().case("a mapped policy").initial_policies(&[P1]),
        ours().case("a mapped policy under its new name").initial_policies(&[P2]).refused("policy"),
        mapped(&[(P2, P1)]).case("a mapping of another policy").explicit_policy().refused("policy"),
        ours().case("mapping inhibited from the start").explicit_policy().inhibit_policy_mapping().refused("policy"),
        ours().case("mapping inhibited and nothing required").inhibit_policy_mapping(),
        ours()
            .with(Place::Upper, |b| b.policy_constraints(None, Some(0)))
            .case("mapping inhibited by the upper CA")
            .explicit_policy()
            .refused("policy"),
        ours()
            .with(Place::Upper, |b| b.policy_constraints(None, Some(1)))
            .case("mapping inhibited after one")
            .explicit_policy(),
        mapped(&[(P1, ANY)]).case("a mapping to any policy").refused("policy"),
        mapped(&[(ANY, P2)]).case("a mapping from any policy").refused("policy"),
        chain(&[ANY], &[ANY], &[P2])
            .with(Place::Lower, |b| b.policy_mappings(&[(P1, P2)]))
            .case("a mapping below any policy")
            .initial_policies(&[P1]),
        chain(&[P1], &[P1], &[P1])
            .with(Place::Lower, |b| b.policy_mappings(&[(P1, P2)]))
            .case("the old name after a mapping")
            .explicit_policy()
            .refused("policy"),
        chain(&[P1], &[P1], &[P1])
            .with(Place::Lower, |b| b.policy_mappings(&[(P1, P2), (P1, P1)]))
            .case("a policy mapped to itself and another")
            .initial_policies(&[P1]),
    ]
}

fn root_and_rollover() -> Vec<Case> {
    let root = Cert::ca("CN=Root").key(Key::p256(90)).policies(&[P2]).self_signed();
    let leaf = Cert::end_entity("CN=leaf").key(Key::p256(91)).policies(&[P1]).issued_by(&root);
    let rolled = Cert::ca("CN=Root").key(Key::p256(92)).policies(&[ANY]).issued_by(&root);
    let sub = Cert::ca("CN=Sub").key(Key::p256(93)).policies(&[ANY]).inhibit_any_policy(0).issued_by(&root);
    let sub_rolled = Cert::ca("CN=Sub").key(Key::p256(94)).policies(&[ANY]).issued_by(&sub);
    let below = Cert::end_entity("CN=leaf").key(Key::p256(91)).policies(&[P1]).issued_by(&sub_rolled);
    let under = Cert::end_entity("CN=leaf").key(Key::p256(91)).policies(&[P1]).issued_by(&rolled);
    vec![
        case("the anchor's own policies are not processed", &[&leaf], &[&root]).initial_policies(&[P1]),
        case("any policy of a self-issued CA", &[&under, &rolled], &[&root]).initial_policies(&[P1]),
        case("inhibited any policy spares a self-issued CA", &[&below, &sub_rolled, &sub], &[&root]).explicit_policy(),
        case("an end-entity certificate as anchor has no policies to process", &[&leaf], &[&leaf])
            .initial_policies(&[P2]),
    ]
}

fn criticality() -> Vec<Case> {
    let critical = |name: &str| {
        Pki::new().with(Place::Lower, |b| b.policies(&[P1]).critical(oid::CERTIFICATE_POLICIES, true)).case(name)
    };
    let refused = Some("unknown-critical-extension");
    let mut cases = critical("critical policies of a CA").by_profile([None, None, None, None, refused]);
    let required = Pki::new().with(Place::Upper, |b| b.policy_constraints(Some(0), None));
    let policy = Some("policy");
    cases.extend(required.case("a required policy by profile").by_profile([policy, None, policy, policy, refused]));
    cases
}
