//! What inputs made to hurt cost in memory. A program of one test, because the allocator counts for all threads.

use peak_alloc::PeakAlloc;
use vitrust_tests::resources::{FIXED, READERS};
use vitrust_tests::worst::families::FAMILIES;
use vitrust_tests::worst::{MOST_MEMORY, cases};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Texts are shorter here than in the bench: what grows with them shows at any size.
const TEXT: usize = 10_000_000;

#[test]
fn memory_stays_within_its_bounds() {
    worst_cases_end_within_their_memory();
    every_reader_needs_memory_as_its_input_grows();
    every_question_needs_memory_as_it_grows();
}

/// Four times the size needs no more than five times the memory, and what is there in any case.
fn every_question_needs_memory_as_it_grows() {
    const ANYWAY: usize = 1 << 20;
    let mut over = Vec::new();
    for family in FAMILIES {
        let peaks = family.sizes.map(|size| {
            let input = (family.make)(size);
            ALLOCATOR.reset_peak_usage();
            let before = ALLOCATOR.current_usage();
            drop(input.run());
            ALLOCATOR.peak_usage().saturating_sub(before)
        });
        if peaks[2] > 5 * peaks[0] + ANYWAY {
            over.push(format!("{}: {peaks:?}", family.name));
        }
    }
    assert!(over.is_empty(), "faster than their input:\n{}", over.join("\n"));
}

fn every_reader_needs_memory_as_its_input_grows() {
    let mut over = Vec::new();
    for reader in READERS {
        let peaks = reader.sizes().map(|size| {
            let input = (reader.make)(size);
            ALLOCATOR.reset_peak_usage();
            let before = ALLOCATOR.current_usage();
            (reader.run)(&input);
            ALLOCATOR.peak_usage().saturating_sub(before)
        });
        let slope = reader.slope(peaks);
        let most = f64::from(u32::try_from(reader.factor).expect("small"));
        if slope > most || peaks[2] > reader.factor * reader.largest + FIXED {
            over.push(format!("{}: {slope:.2} bytes a byte of at most {most}: {peaks:?}", reader.name));
        }
    }
    assert!(over.is_empty(), "beyond their factors:\n{}", over.join("\n"));
}

fn worst_cases_end_within_their_memory() {
    let mut over = Vec::new();
    for case in cases() {
        let input = (case.make)(TEXT);
        ALLOCATOR.reset_peak_usage();
        let before = ALLOCATOR.current_usage();
        let outcome = input.run();
        let peak = ALLOCATOR.peak_usage().saturating_sub(before);
        if peak >= MOST_MEMORY {
            over.push(format!("{}: {peak} bytes for {outcome:?}", case.name));
        }
    }
    assert!(over.is_empty(), "over {MOST_MEMORY} bytes:\n{}", over.join("\n"));
}
