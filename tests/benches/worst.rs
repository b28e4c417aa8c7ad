//! What the worst cases cost: verdict, time and memory beyond the input, as a table.
//!
//! `cargo bench -p vitrust-tests --bench worst -- WORD...` runs the cases whose names hold every word.
#![allow(clippy::print_stdout)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use vitrust_tests::worst::families::{FAMILIES, Family};
use vitrust_tests::worst::{Case, Input, MOST_MEMORY, Outcome, cases};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes of the cases that are texts: far more than any export has, and no more than slow memory passes in the time.
const TEXT: usize = 50_000_000;
/// The longest a case may take.
const MILLISECONDS: f64 = 250.0;

/// Fails when a limit is broken or a verdict is another one.
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!("| case | verdict | ms | MB | |\n|---|---|---:|---:|---|");
    let mut over = 0;
    for case in cases().iter().filter(|case| words.iter().all(|word| case.name.contains(word.as_str()))) {
        over += usize::from(!row(case));
    }
    println!("\n| what grows to its fourfold | ms | time | MB | memory | |\n|---|---:|---:|---:|---:|---|");
    for family in FAMILIES.iter().filter(|family| words.iter().all(|word| family.name.contains(word.as_str()))) {
        over += usize::from(!growth(family));
    }
    let megabytes = MOST_MEMORY / 1_000_000;
    println!("\n{over} over {MILLISECONDS} ms or {megabytes} MB, or with another verdict than expected");
    if over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How much more four times the input may cost: more than this is not linear, whatever else the machine does.
const LONGEST_GROWTH: f64 = 8.0;

/// Prints how a family grows; `false` when it is faster than its input.
fn growth(family: &Family) -> bool {
    let costs = family.sizes.map(|size| cost(&(family.make)(size)));
    let [(_, first, small), _, (_, last, large)] = &costs;
    let (time, memory) = (last.as_secs_f64() / first.as_secs_f64(), megabytes(*large) / megabytes(*small).max(0.001));
    // Next to nothing has no growth.
    let fine = time < LONGEST_GROWTH && (memory < LONGEST_GROWTH || *large < 1_000_000);
    let mark = if fine { "" } else { "OVER" };
    let milliseconds = last.as_secs_f64() * 1e3;
    println!("| {} | {milliseconds:.1} | {time:.1}x | {:.1} | {memory:.1}x | {mark} |", family.name, megabytes(*large));
    fine
}

fn megabytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes / 1_000).unwrap_or(u32::MAX)) / 1e3
}

/// The outcome, the shortest of some runs, and the most memory beyond the input.
fn cost(input: &Input) -> (Outcome, Duration, usize) {
    let mut shortest = Duration::MAX;
    let mut peak = 0;
    let mut outcome = input.run();
    for _ in 0..4 {
        ALLOCATOR.reset_peak_usage();
        let before = ALLOCATOR.current_usage();
        let started = Instant::now();
        outcome = input.run();
        shortest = shortest.min(started.elapsed());
        peak = ALLOCATOR.peak_usage().saturating_sub(before);
        if shortest > Duration::from_secs(1) {
            break;
        }
    }
    (outcome, shortest, peak)
}

/// Prints one row; `false` when a limit is broken.
fn row(case: &Case) -> bool {
    let (outcome, shortest, peak) = cost(&(case.make)(TEXT));
    let milliseconds = shortest.as_secs_f64() * 1e3;
    let megabytes = megabytes(peak);
    let right = case.accepts(&outcome);
    let fine = right && milliseconds < MILLISECONDS && peak < MOST_MEMORY;
    let mark = if fine {
        ""
    } else if right {
        "OVER"
    } else {
        "WRONG"
    };
    println!("| {} | {} | {milliseconds:.1} | {megabytes:.1} | {mark} |", case.name, verdict(&outcome));
    fine
}

fn verdict(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Trusted => "accepted".to_owned(),
        Outcome::Refused(codes) => format!("refused: {}", codes.join(", ")),
        Outcome::Unreadable(reason) => format!("unreadable: {reason}"),
        Outcome::Read { certificates, unreadable } => {
            format!("{certificates} certificates, {unreadable} unreadable blocks listed")
        }
    }
}
