//! Long runs over mutants, and one mutant again.
//!
//! `cargo run -p vitrust-tests --example mutants -- run COUNT SEED` asks everybody about COUNT mutants and fails on what stands
//! alone and is not listed; `-- replay SEED` prints one mutant, every answer and the question as the drivers read it.
#![allow(clippy::print_stdout, reason = "a command prints")]

#[path = "../differential/mod.rs"]
#[allow(dead_code, unreachable_pub, reason = "the suite shares this module")]
mod asked;
#[path = "mod.rs"]
#[allow(dead_code, unreachable_pub, reason = "the suite shares this module")]
mod mutants;

use std::path::Path;

use mutants::base::{self, Base};
use mutants::judge::judge;
use mutants::mutant::Mutant;
use mutants::report;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |text: &str| text.parse().map_err(|error| format!("{text}: {error}"));
    let folder = std::env::temp_dir().join(format!("vitrust-mutants-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let bases = base::all();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["run", count, seed] => run(number(count)?, number(seed)?, &bases, &folder),
        ["replay", seed] => replay(number(seed)?, &bases, &folder),
        _ => Err("usage: mutants run COUNT SEED | replay SEED".to_owned()),
    };
    let _ = std::fs::remove_dir_all(&folder);
    done
}

fn run(count: u64, seed: u64, bases: &[Base], folder: &Path) -> Result<(), String> {
    let report = report::run(seed, count, bases, folder, |done| eprintln!("{done} of {count}"))?;
    println!("{report}");
    report.unneeded().iter().for_each(|line| println!("not needed in this run: {line}"));
    match report.unlisted().len() {
        0 => Ok(()),
        kinds => Err(format!("{kinds} kinds of mutants stand alone and are not listed")),
    }
}

fn replay(seed: u64, bases: &[Base], folder: &Path) -> Result<(), String> {
    let mutant = Mutant::planned(seed, bases);
    println!("{} of \"{}\"", mutant.kind(), bases[mutant.base].name);
    for outcome in judge(vec![mutant.clone()], bases, folder)? {
        println!("strict: {}", if outcome.strict { "accepts" } else { "refuses" });
        for (driver, answer) in &outcome.answers {
            println!("{}: {} {}", driver.name(), if answer.accepted { "accepts" } else { "refuses" }, answer.message);
        }
    }
    println!("{}", mutant.case(bases).json());
    Ok(())
}
