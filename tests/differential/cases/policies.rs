//! Certificate policies, mappings, constraints and what a validator does with them when nobody asks for a policy.

use vitrust_factory::oid::{ANY_POLICY, CERTIFICATE_POLICIES, POLICY_1, POLICY_2};
use vitrust_factory::{CertBuilder, oid};

use super::super::case::Cases;
use super::{Change, Place, add_changes, root_builder, server_builder, sub_builder};

pub(super) fn add(cases: &mut Cases) {
    add_changes(cases, "policy", &Place::ALL, ANYWHERE);
    add_changes(cases, "policy", &Place::CAS, IN_CAS);
    combined(cases);
}

const ANYWHERE: &[Change] = &[
    ("one", |cert| cert.policies(&[POLICY_1])),
    ("any", |cert| cert.policies(&[ANY_POLICY])),
    ("one-critical", |cert| cert.policies(&[POLICY_1]).critical(CERTIFICATE_POLICIES, true)),
    ("same-twice", |cert| cert.policies(&[POLICY_1, POLICY_1])),
    ("empty", |cert| cert.policies(&[])),
    ("malformed", |cert| cert.extension(CERTIFICATE_POLICIES, false, vec![0x30, 9, 1])),
];

const IN_CAS: &[Change] = &[
    ("require-explicit-0", |cert| cert.policy_constraints(Some(0), None)),
    ("require-explicit-5", |cert| cert.policy_constraints(Some(5), None)),
    ("require-explicit-0-not-critical", |cert| {
        cert.policy_constraints(Some(0), None).critical(oid::POLICY_CONSTRAINTS, false)
    }),
    ("inhibit-mapping-0", |cert| cert.policy_constraints(None, Some(0))),
    ("empty-constraints", |cert| cert.policy_constraints(None, None)),
    ("inhibit-any-0", |cert| cert.inhibit_any_policy(0)),
    ("mapping", |cert| cert.policies(&[POLICY_1]).policy_mappings(&[(POLICY_1, POLICY_2)])),
    ("mapping-from-any", |cert| cert.policies(&[ANY_POLICY]).policy_mappings(&[(ANY_POLICY, POLICY_2)])),
    ("mapping-not-critical", |cert| {
        cert.policies(&[POLICY_1]).policy_mappings(&[(POLICY_1, POLICY_2)]).critical(oid::POLICY_MAPPINGS, false)
    }),
];

/// Policies of the anchor, the intermediate and the end-entity together, with an explicit policy required.
fn combined(cases: &mut Cases) {
    let explicit = |cert: CertBuilder| cert.policy_constraints(Some(0), None);
    let ask = |cases: &mut Cases, name: &str, sub: CertBuilder, server: CertBuilder| {
        let root = root_builder().self_signed();
        let sub = sub.issued_by(&root);
        let server = server.issued_by(&sub);
        cases.add(format!("policy/explicit/{name}"), &[&server, &sub], &[&root]);
    };
    let sub = |policies: &[&str]| explicit(sub_builder().policies(policies));
    let server = |policies: &[&str]| server_builder().policies(policies);
    ask(cases, "same-policy", sub(&[POLICY_1]), server(&[POLICY_1]));
    ask(cases, "other-policy", sub(&[POLICY_1]), server(&[POLICY_2]));
    ask(cases, "any-above", sub(&[ANY_POLICY]), server(&[POLICY_1]));
    ask(cases, "any-below", sub(&[POLICY_1]), server(&[ANY_POLICY]));
    ask(cases, "any-above-inhibited", sub(&[ANY_POLICY]).inhibit_any_policy(0), server(&[ANY_POLICY]));
    ask(cases, "none-below", sub(&[POLICY_1]), server_builder());
    ask(cases, "none-above", explicit(sub_builder()), server(&[POLICY_1]));
    let mapped = || sub(&[POLICY_1]).policy_mappings(&[(POLICY_1, POLICY_2)]);
    ask(cases, "mapped", mapped(), server(&[POLICY_2]));
    ask(cases, "mapped-original-below", mapped(), server(&[POLICY_1]));
    let constrained_root = explicit(root_builder()).self_signed();
    let plain_sub = sub_builder().issued_by(&constrained_root);
    let plain = server_builder().issued_by(&plain_sub);
    cases.add("policy/explicit/required-by-anchor-none-below", &[&plain, &plain_sub], &[&constrained_root]);
}
