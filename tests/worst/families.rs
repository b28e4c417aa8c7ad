//! Questions of one kind at three sizes: what they cost grows as their input does, up to the budget.

use super::{Input, chains, crls, namesakes, policies, rules};

/// Questions that differ in their size alone.
pub struct Family {
    /// What grows.
    pub name: &'static str,
    /// The three sizes, each twice the one before.
    pub sizes: [usize; 3],
    /// Makes the input of a size.
    pub make: fn(usize) -> Input,
}

const fn of(name: &'static str, largest: usize, make: fn(usize) -> Input) -> Family {
    Family { name, sizes: [largest / 4, largest / 2, largest], make }
}

/// Every kind.
pub const FAMILIES: &[Family] = &[
    of("intermediates", 400, |count| chains::deep(long(count), false, true, true)),
    of("anchors of one name", 2_000, |count| chains::anchors(long(count), false, true)),
    of("names, and twice as many constraints", 10_000, |count| rules::constraints(count, rules::Name20k::Allowed)),
    of("labels of a constrained name", 400_000, rules::constrained_host),
    of("entries of a CRL", 100_000, |count| rules::crl(long(count), false)),
    of("names of a CRL's scope, as many asked for", 30_000, |count| crls::points(1, count, count)),
    of("signers of a CRL", 200, |count| crls::signers(long(count), 1_000)),
    of("critical extensions", 16_000, namesakes::critical),
    of("namesakes in a ring", 100, |count| namesakes::ring(long(count), true, 0)),
    of("policies mapped to one, and repeated", 20_000, policies::repeated),
    of("mappings of one policy", 40_000, policies::repeated_mapping),
];

fn long(count: usize) -> u64 {
    u64::try_from(count).expect("small")
}
