//! Certificate policies (RFC 5280 section 6.1), on the policy graph of RFC 9618.
//!
//! A graph level holds one node per policy, so its size is linear in the certificates; RFC 5280's tree grows
//! exponentially with crafted mappings. Policies are numbers here: each identifier of the path is hashed once. A policy or
//! mapping that a certificate gives twice counts once.

use hashbrown::{HashMap, HashSet};

use super::budget::{Budget, Exhausted};
use super::options::PolicyInputs;
use super::rejection::Reason;
use crate::cert::{Certificate, Extensions, Oid};

const ANY_POLICY: &str = "2.5.29.32.0";

/// A policy of the path.
type Policy = u32;
const ANY: Policy = 0;

/// Policies and mappings, and nodes of the graph, that a step buys.
const EACH: usize = 2;

/// One policy at one level: what the next certificate may say to continue it, and what it continues.
struct Node {
    /// `None` is the policy itself.
    expected: Option<Vec<Policy>>,
    /// INVARIANT: each once, since a node expects a policy once.
    parents: Vec<Policy>,
}

type Level = HashMap<Policy, Node>;

/// The policies and mappings of one certificate, each once, in its order.
#[derive(Default)]
struct Own {
    policies: Option<Vec<Policy>>,
    mappings: Vec<(Policy, Policy)>,
}

/// The numbers of the policies of a path.
struct Numbers<'a>(HashMap<&'a str, Policy>);

struct State {
    /// INVARIANT: never empty; a graph without policies is `None`.
    levels: Option<Vec<Level>>,
    explicit_policy: u32,
    inhibit_any_policy: u32,
    policy_mapping: u32,
}

/// At which certificate of a path no acceptable policy remains, and why.
pub(super) type Broken = (usize, Reason);

/// Processes the policies of `path`: the certificates below the anchor, the one the anchor issued first.
pub(super) fn process(
    path: &[&Certificate],
    inputs: &PolicyInputs,
    budget: &mut Budget,
) -> Result<Result<(), Broken>, Exhausted> {
    budget.steps_for(path.len(), 1)?;
    if !decides(path, inputs) {
        return Ok(Ok(()));
    }
    let length = u32::try_from(path.len()).unwrap_or(u32::MAX - 1);
    let initially = |set: bool| if set { 0 } else { length + 1 };
    let mut numbers = Numbers(HashMap::from([(ANY_POLICY, ANY)]));
    let root = Level::from([(ANY, Node { expected: None, parents: Vec::new() })]);
    let mut state = State {
        levels: Some(vec![root]),
        explicit_policy: initially(inputs.explicit_policy),
        inhibit_any_policy: initially(inputs.inhibit_any_policy),
        policy_mapping: initially(inputs.inhibit_policy_mapping),
    };
    for (index, certificate) in path.iter().enumerate() {
        let last = index + 1 == path.len();
        let fail = |why: &str| Ok(Err((index, Reason::Policy { why: why.to_owned() })));
        let own = numbers.own(certificate.extensions(), budget)?;
        state.certificate(certificate, &own, last, budget)?;
        if state.explicit_policy == 0 && state.levels.is_none() {
            return fail("an explicit policy is required and none is valid");
        }
        if !last && let Err(why) = state.prepare(certificate, own.mappings) {
            return fail(why);
        }
    }
    let initial: HashSet<Policy> = inputs.initial_policies.iter().filter_map(|oid| numbers.known(oid)).collect();
    let any_will_do = inputs.initial_policies.is_empty() || initial.contains(&ANY);
    let outcome = state.wrap_up(path.last().copied(), (!any_will_do).then_some(&initial));
    Ok(outcome.map_err(|why| (path.len().saturating_sub(1), Reason::Policy { why: why.to_owned() })))
}

/// Whether policies can refuse `path` at all: only where an explicit one is required, by the caller or by a certificate
/// (RFC 5280 6.1.2 (d)), or where mappings can be wrong. Most paths end here, and the graph is what costs.
fn decides(path: &[&Certificate], inputs: &PolicyInputs) -> bool {
    let extensions = path.iter().map(|certificate| certificate.extensions());
    let speaks = |own: &Extensions| own.policy_constraints.is_some() || !own.policy_mappings.is_empty();
    inputs.explicit_policy || extensions.into_iter().any(speaks)
}

impl<'a> Numbers<'a> {
    fn of(&mut self, oid: &'a Oid) -> Policy {
        let next = Policy::try_from(self.0.len()).unwrap_or(Policy::MAX);
        *self.0.entry(oid.as_str()).or_insert(next)
    }

    fn known(&self, oid: &Oid) -> Option<Policy> {
        self.0.get(oid.as_str()).copied()
    }

    fn own(&mut self, extensions: &'a Extensions, budget: &mut Budget) -> Result<Own, Exhausted> {
        let (policies, mappings) = (&extensions.certificate_policies, &extensions.policy_mappings);
        budget.steps_for(policies.as_ref().map_or(0, Vec::len) + mappings.len(), EACH)?;
        let mut seen = HashSet::new();
        let policies = policies
            .as_ref()
            .map(|policies| policies.iter().map(|oid| self.of(oid)).filter(|policy| seen.insert(*policy)).collect());
        let mut seen = HashSet::new();
        let mappings = mappings.iter().map(|(from, to)| (self.of(from), self.of(to)));
        Ok(Own { policies, mappings: mappings.filter(|pair| seen.insert(*pair)).collect() })
    }
}

/// RFC 5280 6.1.3 (d)(1) and (2): the nodes of one certificate's policies under those of the certificate before.
fn next_level(previous: &Level, policies: &[Policy], any_counts: bool) -> Level {
    // Which nodes of the level before expect a policy.
    let mut expecting: HashMap<Policy, Vec<Policy>> = HashMap::with_capacity(previous.len());
    for (policy, node) in previous {
        for expected in node.expected.as_deref().unwrap_or(std::slice::from_ref(policy)) {
            expecting.entry(*expected).or_default().push(*policy);
        }
    }
    let mut level = Level::with_capacity(policies.len());
    for policy in policies.iter().filter(|policy| **policy != ANY) {
        let from_any = || previous.contains_key(&ANY).then(|| vec![ANY]);
        if let Some(parents) = expecting.remove(policy).or_else(from_any) {
            level.insert(*policy, Node { expected: None, parents });
        }
    }
    if any_counts && policies.contains(&ANY) {
        level.extend(expecting.into_iter().map(|(policy, parents)| (policy, Node { expected: None, parents })));
    }
    level
}

impl State {
    /// RFC 5280 6.1.3 (d) and (e).
    fn certificate(
        &mut self,
        certificate: &Certificate,
        own: &Own,
        last: bool,
        budget: &mut Budget,
    ) -> Result<(), Exhausted> {
        let any_counts = self.inhibit_any_policy > 0 || (!last && certificate.is_self_issued());
        let Some(levels) = &mut self.levels else { return Ok(()) };
        let level = match (levels.last(), &own.policies) {
            (Some(previous), Some(policies)) => {
                let nodes = previous.values().map(|node| node.expected.as_ref().map_or(1, Vec::len)).sum::<usize>();
                budget.steps_for(nodes, EACH)?;
                next_level(previous, policies, any_counts)
            }
            (None, _) | (_, None) => Level::new(),
        };
        if level.is_empty() {
            self.levels = None;
        } else {
            levels.push(level);
        }
        Ok(())
    }

    /// RFC 5280 6.1.4 (a), (b) and (h) to (j).
    fn prepare(&mut self, certificate: &Certificate, mappings: Vec<(Policy, Policy)>) -> Result<(), &'static str> {
        if mappings.iter().any(|(from, to)| *from == ANY || *to == ANY) {
            return Err("anyPolicy must not be mapped");
        }
        self.map(mappings);
        if !certificate.is_self_issued() {
            self.explicit_policy = self.explicit_policy.saturating_sub(1);
            self.policy_mapping = self.policy_mapping.saturating_sub(1);
            self.inhibit_any_policy = self.inhibit_any_policy.saturating_sub(1);
        }
        let extensions = certificate.extensions();
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

    fn map(&mut self, mappings: Vec<(Policy, Policy)>) {
        let allowed = self.policy_mapping > 0;
        let Some(level) = self.levels.as_mut().and_then(|levels| levels.last_mut()) else { return };
        let mut targets: HashMap<Policy, Vec<Policy>> = HashMap::new();
        for (from, to) in mappings {
            targets.entry(from).or_default().push(to);
        }
        for (from, expected) in targets {
            if !allowed {
                level.remove(&from);
            } else if let Some(node) = level.get_mut(&from) {
                node.expected = Some(expected);
            } else if level.contains_key(&ANY) {
                level.insert(from, Node { expected: Some(expected), parents: vec![ANY] });
            }
        }
        if level.is_empty() {
            self.levels = None;
        }
    }

    /// RFC 5280 6.1.5 (a), (b) and (g). Without `initial` any policy is acceptable.
    fn wrap_up(&mut self, last: Option<&Certificate>, initial: Option<&HashSet<Policy>>) -> Result<(), &'static str> {
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
            Some(levels) if initial.is_none_or(|initial| acceptable(levels, initial)) => Ok(()),
            Some(_) => Err("none of the valid policies is among the acceptable ones"),
        }
    }
}

/// RFC 9618 section 5: does a policy of the user's set survive to the last level? A policy belongs to the domain of the
/// anchor where its node continues anyPolicy.
fn acceptable(levels: &[Level], initial: &HashSet<Policy>) -> bool {
    let Some((last, before)) = levels.split_last() else { return false };
    if last.contains_key(&ANY) {
        return true;
    }
    let mut alive: HashSet<Policy> = last.keys().copied().collect();
    let mut level = last;
    for previous in before.iter().rev() {
        let mut parents = HashSet::new();
        for policy in alive {
            let node = &level[&policy];
            if node.parents.contains(&ANY) && initial.contains(&policy) {
                return true;
            }
            parents.extend(node.parents.iter().copied().filter(|parent| *parent != ANY));
        }
        alive = parents;
        level = previous;
    }
    false
}
