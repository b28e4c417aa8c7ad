//! A run over many mutants: batches, counts, and what stands alone by kind.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use super::base::Base;
use super::judge::{Outcome, Standing, judge, smallest};
use super::listed::lines;
use super::mutant::Mutant;

/// The mutants of one question to every validator.
const BATCH: u64 = 5000;

/// What stands alone in the same way.
#[derive(Default)]
struct Kind {
    count: usize,
    bases: BTreeSet<&'static str>,
    example: u64,
    listed: usize,
}

/// The outcome of a run.
#[derive(Default)]
pub struct Report {
    mutants: usize,
    accepted: BTreeMap<&'static str, usize>,
    divided: BTreeMap<String, usize>,
    alone: BTreeMap<(Standing, String), Kind>,
    used: BTreeSet<String>,
}

/// Makes and judges `count` mutants from `seed` on; tells `progress` how many are done. An error names missing validators.
pub fn run(seed: u64, count: u64, bases: &[Base], folder: &Path, progress: impl Fn(u64)) -> Result<Report, String> {
    let mut report = Report::default();
    for start in (0..count).step_by(usize::try_from(BATCH).unwrap_or(usize::MAX)) {
        let seeds = start..count.min(start + BATCH);
        let mutants = seeds.map(|number| Mutant::planned(seed + number, bases)).collect();
        let outcomes = judge(mutants, bases, folder)?;
        report.count(&outcomes);
        let alone = |outcome: &Outcome| matches!(outcome.standing(), Standing::FalseAccept | Standing::FalseRefusal);
        for outcome in smallest(outcomes.into_iter().filter(alone).collect(), bases, folder)? {
            report.add(&outcome, bases);
        }
        progress(count.min(start + BATCH));
    }
    Ok(report)
}

impl Report {
    fn count(&mut self, outcomes: &[Outcome]) {
        self.mutants += outcomes.len();
        for outcome in outcomes {
            *self.accepted.entry("strict").or_default() += usize::from(outcome.strict);
            for (driver, answer) in &outcome.answers {
                *self.accepted.entry(driver.name()).or_default() += usize::from(answer.accepted);
            }
            if outcome.standing() == Standing::Divided {
                *self.divided.entry(outcome.refusing().join(", ")).or_default() += 1;
            }
        }
    }

    fn add(&mut self, outcome: &Outcome, bases: &[Base]) {
        let (standing, name, base) = (outcome.standing(), outcome.mutant.kind(), bases[outcome.mutant.base].name);
        let covering: Vec<String> = lines(standing)
            .iter()
            .filter(|line| line.covers(base, &name))
            .map(|line| format!("{standing:?} {line}"))
            .collect();
        let kind = self.alone.entry((standing, name)).or_default();
        if kind.count == kind.listed {
            kind.example = outcome.mutant.seed;
        }
        kind.count += 1;
        kind.listed += usize::from(!covering.is_empty());
        kind.bases.insert(base);
        self.used.extend(covering);
    }

    /// How many mutants `strict` accepts.
    pub fn accepted_by_strict(&self) -> usize {
        self.accepted.get("strict").copied().unwrap_or_default()
    }

    /// What stands alone and is in no list, a line for each kind with a seed to replay.
    pub fn unlisted(&self) -> Vec<String> {
        let unlisted = self.alone.iter().filter(|(_, kind)| kind.count > kind.listed);
        unlisted.map(|(key, kind)| described(key, kind)).collect()
    }

    /// The lines of the lists that this run did not need.
    pub fn unneeded(&self) -> Vec<String> {
        let named = |standing| lines(standing).iter().map(|line| format!("{standing:?} {line}")).collect::<Vec<_>>();
        let all = [Standing::FalseAccept, Standing::FalseRefusal].map(named).concat();
        all.into_iter().filter(|line| !self.used.contains(line)).collect()
    }
}

fn described((standing, name): &(Standing, String), kind: &Kind) -> String {
    let bases: Vec<&str> = kind.bases.iter().copied().take(4).collect();
    let more = if kind.bases.len() > bases.len() { ", .." } else { "" };
    let word = if *standing == Standing::FalseAccept { "false accept" } else { "false refusal" };
    format!("{word}: {name}: {} times, seed {} ({}{more})", kind.count, kind.example, bases.join(", "))
}

impl std::fmt::Display for Report {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let accepted: Vec<String> = self.accepted.iter().map(|(name, count)| format!("{name} {count}")).collect();
        writeln!(out, "{} mutants; accepted: {}", self.mutants, accepted.join(", "))?;
        writeln!(out, "strict accepts and these refuse:")?;
        let mut divided: Vec<_> = self.divided.iter().collect();
        divided.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (names, count) in divided {
            writeln!(out, "  {count:>6} {names}")?;
        }
        let mut listed = String::new();
        for (key, kind) in self.alone.iter().filter(|(_, kind)| kind.count == kind.listed) {
            let _ = writeln!(listed, "  {}", described(key, kind));
        }
        write!(out, "standing alone and listed:\n{listed}standing alone and not listed:\n")?;
        self.unlisted().iter().try_for_each(|line| writeln!(out, "  {line}"))
    }
}
