//! Chain cases: every rule of path building and verification, kept and broken, by family.

pub(crate) mod case;

mod algorithms;
mod anchors;
mod authority;
mod candidates;
mod constraints;
mod constraints_other;
mod crl_signers;
mod crls;
mod crls_current;
mod identity;
mod keys;
mod names;
mod policies;
mod profiles;
mod properties;
mod purposes;
mod structure;
mod validity;

use std::collections::BTreeSet;

use case::{Case, run};

/// One line for each family: its test and its cases.
macro_rules! families {
    ($($family:ident),* $(,)?) => {
        mod family {
            $(#[test]
            fn $family() {
                super::run(&super::$family::cases());
            })*
        }

        fn all() -> Vec<Case> {
            [$($family::cases()),*].concat()
        }
    };
}

families!(
    algorithms,
    anchors,
    authority,
    candidates,
    constraints,
    constraints_other,
    crl_signers,
    crls,
    crls_current,
    identity,
    keys,
    names,
    policies,
    profiles,
    purposes,
    structure,
    validity,
);

const AT_LEAST: usize = 300;

#[test]
fn there_are_enough_cases_and_each_has_its_own_name() {
    let cases = all();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    let twice: Vec<&str> = cases
        .iter()
        .map(|case| case.name.as_str())
        .filter(|name| cases.iter().filter(|case| case.name == *name).count() > 1)
        .collect();
    assert_eq!(names.len(), cases.len(), "{twice:?}");
    assert!(cases.len() >= AT_LEAST, "only {} cases", cases.len());
}
