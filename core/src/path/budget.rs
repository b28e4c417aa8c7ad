//! How much work one verification may cost. Running out is a rejection of its own, never a pass.

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
    exhausted: Option<&'static str>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { signatures: 4_500, steps: 50_000, names: 500_000, exhausted: None }
    }
}

/// There is nothing left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exhausted;

impl Budget {
    pub(super) fn signature(&mut self, units: u32) -> Result<(), Exhausted> {
        Self::take(&mut self.signatures, units, "signatures", &mut self.exhausted)
    }

    pub(super) fn step(&mut self) -> Result<(), Exhausted> {
        self.steps(1)
    }

    /// Work that is worth several steps.
    pub(super) fn steps(&mut self, count: u32) -> Result<(), Exhausted> {
        Self::take(&mut self.steps, count, "steps", &mut self.exhausted)
    }

    pub(super) fn names(&mut self, count: u32) -> Result<(), Exhausted> {
        Self::take(&mut self.names, count, "name constraints", &mut self.exhausted)
    }

    /// Leaves only as many signatures as an explanation deserves when names alone have decided.
    pub(super) fn limit_signatures(&mut self) {
        self.signatures = self.signatures.min(600);
    }

    /// What ran out first, if anything did.
    pub(super) fn exhausted(&self) -> Option<&'static str> {
        self.exhausted
    }

    fn take(
        left: &mut u32,
        count: u32,
        what: &'static str,
        exhausted: &mut Option<&'static str>,
    ) -> Result<(), Exhausted> {
        match left.checked_sub(count) {
            Some(rest) => {
                *left = rest;
                Ok(())
            }
            None => {
                exhausted.get_or_insert(what);
                Err(Exhausted)
            }
        }
    }
}
