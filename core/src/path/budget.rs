//! How much work one verification may cost. Running out is a rejection of its own, never a pass.
//!
//! Every loop of this layer over something that an attacker counts, with what bounds it. `linear` is a number of turns
//! that is at most the number of bytes given, with constant work in each.
//!
//! | loop | where | bound |
//! |---|---|---|
//! | certificates of the presented chain | `verifier` | [`LONGEST_CHAIN`](super::verifier::LONGEST_CHAIN) |
//! | candidates of each certificate | `search`, `graph` | a step each, and one for each KiB of the name compared |
//! | signatures tried | `search`, `revocation/signer` | signature units, by key, library and bytes hashed |
//! | broken rules of a certificate | `search::Rules` | linear, looked at once; [`MOST_TOLD`](super::telling::MOST_TOLD) kept |
//! | paths and their certificates | `graph::enumerate` | a step for each edge followed |
//! | rules of whole paths broken | `whole_path` | [`MOST_TOLD`](super::telling::MOST_TOLD) of a path, then the rest is left |
//! | edges and refusals told | `explain`, `telling` | those of the graph, once each; [`MOST_TOLD`](super::telling::MOST_TOLD) rejections of [`MOST_TEXT`](super::telling::MOST_TEXT) bytes |
//! | constraints of a CA indexed | `constraints` | once a question, and a look-up for every four |
//! | names under constraints | `constraints` | look-ups |
//! | policies and mappings | `policy` | a step for every two, and for every two nodes of each level |
//! | revocation lists × distribution points × certificates | `revocation` | a step each |
//! | names of an issuing point × those of a distribution point | `revocation/scope` | hashed once each; a step for every 64 |
//! | distribution points of a certificate, names of points and scopes | `revocation`, `revocation/scope` | a step for every 512 bytes read |
//! | entries of one serial number | `revocation` | a step for every four |
//! | lists that may supersede one another, deltas of a list | `revocation/current` | a step each pair that is compared |
//! | signers of a list | `revocation/signer` | a step each; the path of each is judged once for each anchor and depth |
//! | lists about the signers of lists | `verifier` | three deep |

/// What is left, counted down.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    /// Units of about one RSA-2048 verification. 4,500 are a fifth of a second: enough to try every one of 2,000 P-256
    /// roots that share a name and carry no key identifier, as a store of regenerated roots may.
    signatures: u32,
    /// Candidates looked at, and what whole paths cost besides. A mesh of cross-signed CAs is searched by nodes, so
    /// honest input needs a few thousand.
    steps: u32,
    /// Look-ups of a name in a set of constraints: 20,000 names against a few levels of constraints, or 500 CAs each of
    /// which constrains the names of all below it.
    names: u32,
    /// All of the above as time, in units of 0.4 microseconds, so that no mixture takes much longer than one of them.
    clock: u32,
    exhausted: Option<&'static str>,
}

/// What each of the three takes of the clock. Any one can be used up; the three together cannot.
const SIGNATURE: u32 = 100;
const STEP: u32 = 8;
const NAME: u32 = 1;

impl Default for Budget {
    fn default() -> Self {
        Self { signatures: 4_500, steps: 50_000, names: 500_000, clock: 600_000, exhausted: None }
    }
}

/// There is nothing left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exhausted;

impl Budget {
    pub(super) fn signature(&mut self, units: u32) -> Result<(), Exhausted> {
        let taken = take(&mut self.signatures, units, &mut self.clock, SIGNATURE);
        self.noted(taken, "signatures")
    }

    pub(super) fn step(&mut self) -> Result<(), Exhausted> {
        self.steps(1)
    }

    /// Work that is worth several steps.
    pub(super) fn steps(&mut self, count: u32) -> Result<(), Exhausted> {
        let taken = take(&mut self.steps, count, &mut self.clock, STEP);
        self.noted(taken, "steps")
    }

    /// Many things of which a step buys `each`; the first step is not for nothing.
    pub(super) fn steps_for(&mut self, count: usize, each: usize) -> Result<(), Exhausted> {
        self.steps(u32::try_from(count.div_ceil(each)).unwrap_or(u32::MAX))
    }

    pub(super) fn names(&mut self, count: u32) -> Result<(), Exhausted> {
        let taken = take(&mut self.names, count, &mut self.clock, NAME);
        self.noted(taken, "name constraints")
    }

    /// Leaves only as many signatures as an explanation deserves when names alone have decided.
    pub(super) fn limit_signatures(&mut self) {
        self.signatures = self.signatures.min(600);
    }

    /// What ran out first, if anything did.
    pub(super) fn exhausted(&self) -> Option<&'static str> {
        self.exhausted
    }

    fn noted(&mut self, taken: Result<(), Exhausted>, what: &'static str) -> Result<(), Exhausted> {
        if taken.is_err() {
            self.exhausted.get_or_insert(what);
        }
        taken
    }
}

/// Takes `count` and their time, or nothing at all.
fn take(left: &mut u32, count: u32, clock: &mut u32, weight: u32) -> Result<(), Exhausted> {
    let rest = left.checked_sub(count).ok_or(Exhausted)?;
    *clock = clock.checked_sub(count.saturating_mul(weight)).ok_or(Exhausted)?;
    *left = rest;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Budget;

    #[test]
    fn each_kind_can_be_used_up_and_all_together_cannot() {
        let fresh = Budget::default;
        assert!(fresh().signature(4_500).is_ok() && fresh().steps(50_000).is_ok() && fresh().names(500_000).is_ok());
        let mut mixed = fresh();
        assert!(mixed.signature(4_000).is_ok() && mixed.steps(10_000).is_ok());
        assert!(mixed.names(200_000).is_err());
        assert_eq!(mixed.exhausted(), Some("name constraints"));
    }

    #[test]
    fn what_is_too_much_takes_nothing() {
        let mut budget = Budget::default();
        assert!(budget.steps(u32::MAX).is_err());
        assert!(budget.steps(50_000).is_ok() && budget.step().is_err());
        assert_eq!(budget.exhausted(), Some("steps"));
    }
}
