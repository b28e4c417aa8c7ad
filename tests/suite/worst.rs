//! Verdicts on inputs made to hurt. Their memory is looked at in `tests/memory`; no test looks at a
//! clock: what they cost is printed by the bench `worst`.

use vitrust_tests::worst::{Case, Outcome, cases};

/// Texts are shorter here than in the bench: what is unbounded shows at any size.
const TEXT: usize = 1_000_000;

/// Every fourth case from `start`, so that the test runner can spread them over its threads.
fn check(start: usize) {
    for case in cases().iter().skip(start).step_by(4) {
        let Case { name, expected, make } = case;
        let outcome = make(TEXT).run();
        assert!(case.accepts(&outcome), "{name}: expected {expected:?}, got {outcome:?}");
    }
}

#[test]
fn worst_cases_end_with_their_verdict_1() {
    check(0);
}

#[test]
fn worst_cases_end_with_their_verdict_2() {
    check(1);
}

#[test]
fn worst_cases_end_with_their_verdict_3() {
    check(2);
}

#[test]
fn worst_cases_end_with_their_verdict_4() {
    check(3);
}

#[test]
fn names_of_worst_cases_are_distinct() {
    let names: std::collections::BTreeSet<&str> = cases().iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases().len());
}

/// A path whose rules cost too much is refused for that, and no issuer is said to be missing.
#[test]
fn running_out_of_budget_on_a_path_is_the_only_reason() {
    let case = cases().into_iter().find(|case| case.name.starts_with("10,000 names below 100")).expect("the case");
    assert_eq!((case.make)(TEXT).run(), Outcome::Refused(vec!["budget-exhausted"]));
}
