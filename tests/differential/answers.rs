//! The answers written down from a run over all cases, for machines where a validator is missing.

use std::collections::BTreeMap;

use super::drivers::{Answer, Driver};

/// The written answers: one line per case, one column per validator in the order of [`Driver::ALL`].
const RECORDED: &str = include_str!("answers.tsv");

/// Whether `driver` accepted each case when the answers were written down, by case name.
///
/// # Panics
/// When the file does not have a column of `ok` and `no` for the driver.
pub fn recorded(driver: Driver) -> BTreeMap<&'static str, bool> {
    let column = 1 + Driver::ALL.iter().position(|one| *one == driver).expect("ALL has every driver");
    let lines = RECORDED.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| answer(line, column)).collect()
}

/// The version whose answers were written down, in the validator's own words as [`Driver::version`] gives them.
///
/// # Panics
/// When the head of the file does not name it.
pub fn recorded_version(driver: Driver) -> &'static str {
    let head = format!("# {}: ", driver.name());
    let named = RECORDED.lines().find_map(|line| line.strip_prefix(head.as_str()));
    named.unwrap_or_else(|| panic!("answers.tsv names no version of {}", driver.name()))
}

fn answer(line: &'static str, column: usize) -> (&'static str, bool) {
    let fields: Vec<&str> = line.split('\t').collect();
    match fields.get(column) {
        Some(&"ok") => (fields[0], true),
        Some(&"no") => (fields[0], false),
        other => panic!("answers.tsv: {}: column {column} is {other:?}", fields[0]),
    }
}

/// The text of `answers.tsv` for these answers, which must come from every validator.
pub fn written(names: &[&str], answers: &[(Driver, BTreeMap<String, Answer>)]) -> String {
    let versions: Vec<String> =
        answers.iter().map(|(driver, _)| format!("# {}: {}\n", driver.name(), driver.version())).collect();
    let mut text = format!(
        "# What each validator answered; written by `differential record`. Columns as below.\n{}",
        versions.concat()
    );
    for name in names {
        text += name;
        for (_, answers) in answers {
            let accepted = answers.get(*name).is_some_and(|answer| answer.accepted);
            text += if accepted { "\tok" } else { "\tno" };
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::cases;
    use super::*;

    #[test]
    fn every_case_has_a_written_answer_of_every_validator() {
        let names: Vec<String> = cases::all().into_iter().map(|case| case.name).collect();
        assert!(names.len() >= 350, "there are only {} cases", names.len());
        for driver in Driver::ALL {
            let recorded = recorded(driver);
            let missing: Vec<&String> = names.iter().filter(|name| !recorded.contains_key(name.as_str())).collect();
            assert!(missing.is_empty(), "{} has no answer to {missing:?}", driver.name());
            assert_eq!(recorded.len(), names.len(), "answers.tsv has cases that are gone");
        }
    }

    #[test]
    fn written_answers_name_the_version_that_gave_them() {
        for driver in Driver::ALL {
            let version = recorded_version(driver);
            assert!(version.contains(|byte: char| byte.is_ascii_digit()), "{}: `{version}`", driver.name());
        }
    }

    #[test]
    fn the_plain_chain_is_accepted_and_the_forged_one_refused_by_all() {
        for driver in Driver::ALL {
            assert!(recorded(driver)["shape/complete"], "{}", driver.name());
            assert!(!recorded(driver)["signature/corrupt/end-entity"], "{}", driver.name());
        }
    }
}
