//! Asks our strictest profile and every validator about mutants, and makes what is telling as small as it can be.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;

use vitrust::Profile;

use super::super::asked::case::Case;
use super::super::asked::drivers::{Answer, Driver};
use super::super::asked::ours::ours;
use super::base::Base;
use super::mutant::Mutant;

/// The validators whose agreement counts. Java is the trust manager of its TLS.
pub const COUNTED: [Driver; 4] = [Driver::Openssl, Driver::JavaTls, Driver::Go, Driver::Webpki];

/// Those asked: pyca's answer is printed and counts nowhere, as it refuses much that RFC 5280 allows.
const ASKED: [Driver; 5] = [Driver::Openssl, Driver::JavaTls, Driver::Go, Driver::Webpki, Driver::Pyca];

/// A mutant and what was said about it.
#[derive(Clone)]
pub struct Outcome {
    /// The mutant.
    pub mutant: Mutant,
    /// Whether the profile `strict` accepts it.
    pub strict: bool,
    /// Whether there are lists, which Go and pyca do not read.
    pub lists: bool,
    /// What the validators that are here say.
    pub answers: BTreeMap<Driver, Answer>,
}

/// How `strict` and the others stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// `strict` alone accepts.
    FalseAccept,
    /// `strict` alone refuses.
    FalseRefusal,
    /// `strict` accepts, and so do some of the others.
    Divided,
    /// All the rest.
    Agreed,
}

impl Outcome {
    /// Whether the counted validators accept, where the question is one they answer.
    fn counted(&self) -> impl Iterator<Item = (Driver, bool)> {
        let comparable = |driver: &Driver| !(self.lists && *driver == Driver::Go);
        COUNTED.into_iter().filter(comparable).filter_map(|driver| Some((driver, self.answers.get(&driver)?.accepted)))
    }

    /// How `strict` and the counted validators stand to each other.
    pub fn standing(&self) -> Standing {
        let accepting = self.counted().filter(|(_, accepted)| *accepted).count();
        match (self.strict, accepting, self.counted().count() - accepting) {
            (true, 0, _) => Standing::FalseAccept,
            (false, _, 0) => Standing::FalseRefusal,
            (true, _, 1..) => Standing::Divided,
            _ => Standing::Agreed,
        }
    }

    /// The counted validators that refuse.
    pub fn refusing(&self) -> Vec<&'static str> {
        self.counted().filter(|(_, accepted)| !accepted).map(|(driver, _)| driver.name()).collect()
    }
}

/// What is said about all of `mutants`, in their order, or which counted validators are missing.
pub fn judge(mutants: Vec<Mutant>, bases: &[Base], folder: &Path) -> Result<Vec<Outcome>, String> {
    let cases: Vec<Case> = mutants.iter().enumerate().map(|(at, mutant)| case(at, mutant, bases)).collect();
    let (strict, mut answers) = ask_all(&cases, folder);
    let missing: Vec<String> = COUNTED
        .iter()
        .filter_map(|driver| Some(format!("{}: {}", driver.name(), answers.get(driver)?.as_ref().err()?)))
        .collect();
    if !missing.is_empty() {
        return Err(missing.join("; "));
    }
    let outcome = |((mutant, case), strict): ((Mutant, &Case), bool)| Outcome {
        mutant,
        strict,
        lists: !case.crls.is_empty(),
        answers: answers
            .iter_mut()
            .filter_map(|(driver, all)| Some((*driver, all.as_mut().ok()?.remove(&case.name)?)))
            .collect(),
    };
    Ok(mutants.into_iter().zip(&cases).zip(strict).map(outcome).collect())
}

/// A case whose name is its place.
fn case(at: usize, mutant: &Mutant, bases: &[Base]) -> Case {
    Case { name: at.to_string(), ..mutant.case(bases) }
}

type Answers = BTreeMap<Driver, Result<BTreeMap<String, Answer>, String>>;

/// Everyone at once: most wait for a process of their own.
fn ask_all(cases: &[Case], folder: &Path) -> (Vec<bool>, Answers) {
    thread::scope(|scope| {
        let asked = ASKED.map(|driver| (driver, scope.spawn(move || driver.ask_library(cases, folder))));
        let strict = cases.iter().map(|case| ours(case, Profile::Strict)).collect();
        let answers = asked.map(|(driver, thread)| (driver, thread.join().expect("a driver does not panic")));
        (strict, answers.into_iter().collect())
    })
}

/// Each outcome with as few of its changes as give the same standing.
pub fn smallest(outcomes: Vec<Outcome>, bases: &[Base], folder: &Path) -> Result<Vec<Outcome>, String> {
    let tries: Vec<Mutant> = outcomes.iter().flat_map(|outcome| outcome.mutant.smaller()).collect();
    if tries.is_empty() {
        return Ok(outcomes);
    }
    let mut tried = judge(tries, bases, folder)?.into_iter();
    let smaller = |outcome: Outcome| {
        let own: Vec<Outcome> = tried.by_ref().take(outcome.mutant.smaller().len()).collect();
        own.into_iter().find(|one| one.standing() == outcome.standing()).unwrap_or(outcome)
    };
    Ok(outcomes.into_iter().map(smaller).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(strict: bool, lists: bool, accepted: [bool; 4]) -> Outcome {
        let answer = |accepted| Answer { case: String::new(), accepted, message: String::new() };
        let answers = COUNTED.into_iter().zip(accepted.map(answer)).collect();
        Outcome { mutant: Mutant::unchanged(0), strict, lists, answers }
    }

    #[test]
    fn standing_alone_is_told_from_a_division() {
        let none = [false; 4];
        assert_eq!(outcome(true, false, none).standing(), Standing::FalseAccept);
        assert_eq!(outcome(false, false, none).standing(), Standing::Agreed);
        assert_eq!(outcome(true, false, [true; 4]).standing(), Standing::Agreed);
        assert_eq!(outcome(false, false, [true; 4]).standing(), Standing::FalseRefusal);
        assert_eq!(outcome(true, false, [true, false, true, true]).standing(), Standing::Divided);
        assert_eq!(outcome(false, false, [true, false, true, true]).standing(), Standing::Agreed);
    }

    #[test]
    fn go_is_not_asked_about_lists() {
        assert_eq!(outcome(true, true, [false, false, true, false]).standing(), Standing::FalseAccept);
        assert_eq!(outcome(false, true, [true, true, false, true]).standing(), Standing::FalseRefusal);
    }
}
