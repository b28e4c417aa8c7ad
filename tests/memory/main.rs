//! What inputs made to hurt cost in memory. A program of one test, because the allocator counts for all threads.

use peak_alloc::PeakAlloc;
use vitrust_tests::worst::{MOST_MEMORY, cases};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Texts are shorter here than in the bench: what grows with them shows at any size.
const TEXT: usize = 10_000_000;

#[test]
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
