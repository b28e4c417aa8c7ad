//! Certificate policies (RFC 5280 section 6.1), on the policy graph of RFC 9618.
//!
//! A graph level holds one node per policy, so its size is linear in the certificates; RFC 5280's tree grows
//! exponentially with crafted mappings.

use hashbrown::{HashMap, HashSet};

use super::options::PolicyInputs;
use super::rejection::Reason;
use crate::cert::{Certificate, Extensions, Oid};

const ANY_POLICY: &str = "2.5.29.32.0";

/// One policy at one level: what the next certificate may say to continue it, and what it continues.
#[derive(Default)]
struct Node {
    expected: HashSet<Oid>,
    parents: HashSet<Oid>,
}

type Level = HashMap<Oid, Node>;

struct State {
    /// INVARIANT: never empty; a graph without policies is `None`.
    levels: Option<Vec<Level>>,
    explicit_policy: u32,
    inhibit_any_policy: u32,
    policy_mapping: u32,
}

/// Processes the policies of `path`: the certificates below the anchor, the one the anchor issued first. Returns the
/// index of the certificate at which no acceptable policy remains, and why.
pub(super) fn process(path: &[&Certificate], inputs: &PolicyInputs) -> Result<(), (usize, Reason)> {
    if !decides(path, inputs) {
        return Ok(());
    }
    let length = u32::try_from(path.len()).unwrap_or(u32::MAX - 1);
    let initially = |set: bool| if set { 0 } else { length + 1 };
    let root = Level::from([(any(), Node { expected: HashSet::from([any()]), parents: HashSet::new() })]);
    let mut state = State {
        levels: Some(vec![root]),
        explicit_policy: initially(inputs.explicit_policy),
        inhibit_any_policy: initially(inputs.inhibit_any_policy),
        policy_mapping: initially(inputs.inhibit_policy_mapping),
    };
    for (index, certificate) in path.iter().enumerate() {
        let last = index + 1 == path.len();
        let fail = |why: &str| (index, Reason::Policy { why: why.to_owned() });
        state.certificate(certificate, last);
        if state.explicit_policy == 0 && state.levels.is_none() {
            return Err(fail("an explicit policy is required and none is valid"));
        }
        if !last {
            state.prepare(certificate).map_err(fail)?;
        }
    }
    let fail = |why: &str| (path.len().saturating_sub(1), Reason::Policy { why: why.to_owned() });
    state.wrap_up(path.last().copied(), inputs).map_err(fail)
}

/// Whether policies can refuse `path` at all: only where an explicit one is required, by the caller or by a certificate
/// (RFC 5280 6.1.2 (d)), or where mappings can be wrong. Most paths end here, and the graph is what costs.
fn decides(path: &[&Certificate], inputs: &PolicyInputs) -> bool {
    let extensions = path.iter().map(|certificate| certificate.extensions());
    let speaks = |own: &Extensions| own.policy_constraints.is_some() || !own.policy_mappings.is_empty();
    inputs.explicit_policy || extensions.into_iter().any(speaks)
}

/// What processing `path` costs, in steps: the graph grows with the policies and mappings.
pub(super) fn cost(path: &[&Certificate]) -> u32 {
    let of_one = |certificate: &&Certificate| {
        let extensions = certificate.extensions();
        4 + (extensions.certificate_policies.as_ref().map_or(0, Vec::len) + extensions.policy_mappings.len()) / 2
    };
    u32::try_from(path.iter().map(of_one).sum::<usize>()).unwrap_or(u32::MAX)
}

/// RFC 5280 6.1.3 (d)(1) and (2): the nodes of one certificate's policies under those of the certificate before.
fn next_level(previous: &Level, policies: &[Oid], any_counts: bool) -> Level {
    let mut level = Level::new();
    let add = |level: &mut Level, policy: &Oid, parents: HashSet<Oid>| {
        level.insert(policy.clone(), Node { expected: HashSet::from([policy.clone()]), parents });
    };
    // Which nodes of the level before expect a policy.
    let mut expecting: HashMap<&Oid, HashSet<Oid>> = HashMap::new();
    for (policy, node) in previous {
        for expected in &node.expected {
            expecting.entry(expected).or_default().insert(policy.clone());
        }
    }
    for policy in policies.iter().filter(|policy| **policy != *ANY_POLICY) {
        match expecting.get(policy) {
            Some(parents) => add(&mut level, policy, parents.clone()),
            None if previous.contains_key(&any()) => add(&mut level, policy, HashSet::from([any()])),
            None => (),
        }
    }
    if any_counts && policies.iter().any(|policy| *policy == *ANY_POLICY) {
        for (policy, parents) in expecting {
            if !level.contains_key(policy) {
                add(&mut level, policy, parents);
            }
        }
    }
    level
}

fn any() -> Oid {
    ANY_POLICY.into()
}

impl State {
    /// RFC 5280 6.1.3 (d) and (e).
    fn certificate(&mut self, certificate: &Certificate, last: bool) {
        let policies = certificate.extensions().certificate_policies.as_deref();
        let any_counts = self.inhibit_any_policy > 0 || (!last && certificate.is_self_issued());
        let Some(levels) = &mut self.levels else { return };
        let level = match (levels.last(), policies) {
            (Some(previous), Some(policies)) => next_level(previous, policies, any_counts),
            (None, _) | (_, None) => Level::new(),
        };
        if level.is_empty() {
            self.levels = None;
        } else {
            levels.push(level);
        }
    }

    /// RFC 5280 6.1.4 (a), (b) and (h) to (j).
    fn prepare(&mut self, certificate: &Certificate) -> Result<(), &'static str> {
        let extensions = certificate.extensions();
        let mappings = &extensions.policy_mappings;
        if mappings.iter().any(|(from, to)| *from == *ANY_POLICY || *to == *ANY_POLICY) {
            return Err("anyPolicy must not be mapped");
        }
        self.map(mappings);
        if !certificate.is_self_issued() {
            self.explicit_policy = self.explicit_policy.saturating_sub(1);
            self.policy_mapping = self.policy_mapping.saturating_sub(1);
            self.inhibit_any_policy = self.inhibit_any_policy.saturating_sub(1);
        }
        if let Some(constraints) = extensions.policy_constraints {
            let at_most = |value: u32, limit: Option<u32>| limit.map_or(value, |limit| value.min(limit));
            self.explicit_policy = at_most(self.explicit_policy, constraints.require_explicit_policy);
            self.policy_mapping = at_most(self.policy_mapping, constraints.inhibit_policy_mapping);
        }
        if let Some(skip) = extensions.inhibit_any_policy {
            self.inhibit_any_policy = self.inhibit_any_policy.min(skip);
        }
        Ok(())
    }

    fn map(&mut self, mappings: &[(Oid, Oid)]) {
        let allowed = self.policy_mapping > 0;
        let Some(level) = self.levels.as_mut().and_then(|levels| levels.last_mut()) else { return };
        let mut targets: HashMap<&Oid, HashSet<Oid>> = HashMap::new();
        for (from, to) in mappings {
            targets.entry(from).or_default().insert(to.clone());
        }
        for (from, expected) in targets {
            if !allowed {
                level.remove(from);
            } else if let Some(node) = level.get_mut(from) {
                node.expected = expected;
            } else if level.contains_key(&any()) {
                level.insert(from.clone(), Node { expected, parents: HashSet::from([any()]) });
            }
        }
        if level.is_empty() {
            self.levels = None;
        }
    }

    /// RFC 5280 6.1.5 (a), (b) and (g).
    fn wrap_up(&mut self, last: Option<&Certificate>, inputs: &PolicyInputs) -> Result<(), &'static str> {
        self.explicit_policy = self.explicit_policy.saturating_sub(1);
        let constraints = last.and_then(|certificate| certificate.extensions().policy_constraints);
        if constraints.and_then(|constraints| constraints.require_explicit_policy) == Some(0) {
            self.explicit_policy = 0;
        }
        if self.explicit_policy > 0 {
            return Ok(());
        }
        match &self.levels {
            None => Err("an explicit policy is required and none is valid"),
            Some(levels) if acceptable(levels, &inputs.initial_policies) => Ok(()),
            Some(_) => Err("none of the valid policies is among the acceptable ones"),
        }
    }
}

/// RFC 9618 section 5: does a policy of the user's set survive to the last level? A policy belongs to the domain of the
/// anchor where its node continues anyPolicy.
fn acceptable(levels: &[Level], initial: &[Oid]) -> bool {
    if initial.is_empty() || initial.iter().any(|policy| *policy == *ANY_POLICY) {
        return true;
    }
    let Some((last, before)) = levels.split_last() else { return false };
    let mut alive: HashSet<&Oid> = last.keys().collect();
    if alive.iter().any(|policy| **policy == *ANY_POLICY) {
        return true;
    }
    let mut level = last;
    for previous in before.iter().rev() {
        let mut parents = HashSet::new();
        for policy in alive {
            let node = &level[policy];
            let from_any = node.parents.iter().any(|parent| *parent == *ANY_POLICY);
            if from_any && initial.contains(policy) {
                return true;
            }
            parents.extend(node.parents.iter().filter(|parent| **parent != *ANY_POLICY));
        }
        alive = parents;
        level = previous;
    }
    false
}
