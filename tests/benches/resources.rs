//! What every reader costs at three sizes, as a table: memory and time for each byte more.
//!
//! `cargo bench -p vitrust-tests --bench resources -- WORD...` runs those whose names hold every word.
#![allow(clippy::print_stdout)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use vitrust_tests::resources::{READERS, Reader};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// How much longer four times the input may take: more than this is not linear, whatever else the machine does.
const LONGEST_GROWTH: f64 = 8.0;

/// Fails when a reader needs more than its factor, or its time grows faster than its input.
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!("| reader | bytes a byte | at most | ms a MB | growth of time over four times the input | |");
    println!("|---|---:|---:|---:|---:|---|");
    let wanted = READERS.iter().filter(|reader| words.iter().all(|word| reader.name.contains(word.as_str())));
    let over = wanted.filter(|reader| !row(reader)).count();
    println!("\n{over} beyond their bounds");
    if over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn row(reader: &Reader) -> bool {
    let costs = reader.sizes().map(|size| cost(reader, size));
    let memory = reader.slope(costs.map(|(peak, _)| peak));
    let [first, _, last] = costs.map(|(_, time)| time.as_secs_f64() * 1e3);
    let growth = last / first;
    let megabytes = f64::from(u32::try_from(reader.largest).unwrap_or(u32::MAX)) * 0.75 / f64::from(1 << 20);
    let fine = memory <= f64::from(u32::try_from(reader.factor).unwrap_or(u32::MAX)) && growth < LONGEST_GROWTH;
    let mark = if fine { "" } else { "OVER" };
    println!(
        "| {} | {memory:.2} | {} | {:.2} | {growth:.1} | {mark} |",
        reader.name,
        reader.factor,
        (last - first) / megabytes
    );
    fine
}

/// The most memory beyond the input, and the shortest of some runs.
fn cost(reader: &Reader, size: usize) -> (usize, Duration) {
    let input = (reader.make)(size);
    let (mut peak, mut shortest) = (0, Duration::MAX);
    for _ in 0..5 {
        ALLOCATOR.reset_peak_usage();
        let before = ALLOCATOR.current_usage();
        let started = Instant::now();
        (reader.run)(&input);
        shortest = shortest.min(started.elapsed());
        peak = ALLOCATOR.peak_usage().saturating_sub(before);
    }
    (peak, shortest)
}
