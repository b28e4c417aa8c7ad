//! Fuzz target: the entry that the variable `FUZZ_ENTRY` names. A short run of all entries builds this one program alone.
#![no_main]
#[path = "../entries.rs"]
#[allow(dead_code)]
mod entries;

use std::sync::LazyLock;

static ENTRY: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let wanted = std::env::var("FUZZ_ENTRY").expect("FUZZ_ENTRY names an entry");
    let found = entries::ENTRIES.iter().find(|(name, _)| *name == wanted);
    found.expect("FUZZ_ENTRY names an entry of entries.rs").1
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| (*ENTRY)(input));
