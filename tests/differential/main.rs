//! Writes the cases or asks every validator about them.
//!
//! `cargo run -p vitrust-tests --example differential -- cases FILE` writes the file that the drivers read;
//! `cargo run -p vitrust-tests --example differential -- table FOLDER` asks all validators and prints a table;
//! `cargo run -p vitrust-tests --example differential -- record FOLDER FILE` writes `answers.tsv`;
//! `cargo run -p vitrust-tests --example differential -- verdicts FILE` writes the whole verdict of each profile.
#![allow(clippy::print_stdout, reason = "a command prints")]

#[path = "mod.rs"]
#[allow(unreachable_pub, dead_code, reason = "the suite shares this module")]
mod differential;

use std::path::Path;

use differential::case::Case;
use differential::{answers, cases, drivers, ours};
use vitrust::Profile;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = cases::all();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["cases", file] => {
            let lines: String = all.iter().map(|case| case.json() + "\n").collect();
            std::fs::write(file, lines).map_err(|error| format!("{file}: {error}"))
        }
        ["table", folder] => table(&all, Path::new(folder)),
        ["verdicts", file] => verdicts(&all, Path::new(file)),
        ["record", folder, file] => record(&all, Path::new(folder), Path::new(file)),
        _ => Err("usage: differential cases FILE | table FOLDER | record FOLDER FILE | verdicts FILE".to_owned()),
    }
}

/// The versions written down and here, then one line per answer that is new or no longer what was written down.
fn print_changes(answers: &[(drivers::Driver, std::collections::BTreeMap<String, drivers::Answer>)]) {
    for (driver, answers) in answers {
        println!("{}: {} before, now {}", driver.name(), answers::recorded_version(*driver), driver.version());
        let before = answers::recorded(*driver);
        for (case, answer) in answers {
            if before.get(case.as_str()) != Some(&answer.accepted) {
                println!("{}: {case}: accepted is now {}", driver.name(), answer.accepted);
            }
        }
    }
}

/// Writes down what every validator answers; all of them must be here.
fn record(all: &[Case], folder: &Path, file: &Path) -> Result<(), String> {
    let text = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    std::fs::create_dir_all(folder).map_err(|error| text(folder, error))?;
    let answers = drivers::ask_all(all, folder);
    if answers.len() < drivers::Driver::ALL.len() {
        return Err("not every validator is on this machine".to_owned());
    }
    print_changes(&answers);
    let names: Vec<&str> = all.iter().map(|case| case.name.as_str()).collect();
    std::fs::write(file, answers::written(&names, &answers)).map_err(|error| text(file, error))
}

/// One line for each case and each of our profiles: the verdict with all it tells.
fn verdicts(all: &[Case], file: &Path) -> Result<(), String> {
    let mut out = String::new();
    for case in all {
        for profile in Profile::ALL {
            let verdict = ours::explained(case, profile).unwrap_or_else(|error| format!("{error:?}"));
            out += &format!("{}\t{profile}\t{verdict}\n", case.name);
        }
    }
    std::fs::write(file, out).map_err(|error| format!("{}: {error}", file.display()))
}

/// One line per case: the answers, then each refusal's words.
fn table(all: &[Case], folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let answers = drivers::ask_all(all, folder);
    let names: Vec<&str> = answers.iter().map(|(driver, _)| driver.name()).collect();
    println!("{:<60} {}", "case", names.join(" "));
    for case in all {
        let mut line = format!("{:<60}", case.name);
        let mut reasons = String::new();
        for (driver, answers) in &answers {
            let Some(answer) = answers.get(&case.name) else { continue };
            let word = if answer.accepted { "ok" } else { "no" };
            line += &format!(" {word:<width$}", width = driver.name().len());
            if !answer.accepted {
                reasons += &format!("\n    {}: {}", driver.name(), answer.message);
            }
        }
        println!("{}{reasons}", line.trim_end());
    }
    Ok(())
}
