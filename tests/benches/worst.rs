//! What the worst cases cost: verdict, time and memory beyond the input, as a table.
//!
//! `cargo bench -p vitrust-tests --bench worst -- WORD...` runs the cases whose names hold every word.
#![allow(clippy::print_stdout)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use vitrust_tests::worst::{Case, MOST_MEMORY, Outcome, cases};

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
    let megabytes = MOST_MEMORY / 1_000_000;
    println!("\n{over} over {MILLISECONDS} ms or {megabytes} MB, or with another verdict than expected");
    if over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints one row; `false` when a limit is broken.
fn row(case: &Case) -> bool {
    let input = (case.make)(TEXT);
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
    let milliseconds = shortest.as_secs_f64() * 1e3;
    let megabytes = f64::from(u32::try_from(peak / 1_000).unwrap_or(u32::MAX)) / 1e3;
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
