//! A test of the whole library: no block of memory is given back that still holds a password or key.
//!
//! It is here because an allocator is unsafe code. It looks at every block that is freed, by whichever thread.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use vitrust::net::fuzzing::{changes_with, scripted_with};

/// Nothing else holds it.
const SECRET: &str = "zq8-correct-horse-battery-staple-7Xw";

static IS_ON: AtomicBool = AtomicBool::new(false);
static LEFT: AtomicUsize = AtomicUsize::new(0);

struct Watching;

#[global_allocator]
static ALLOCATOR: Watching = Watching;

// SAFETY: every block comes from the system's allocator and goes back to it unchanged. Growing is left to the default,
// which copies to a new block and frees the old one here.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller gives a layout that is not empty. Zeroed, so that every byte may be read when it is freed.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if IS_ON.load(Ordering::Relaxed) && layout.size() >= SECRET.len() {
            // SAFETY: the caller gives a block of this layout that nobody uses any more, and it was zeroed at first.
            let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
            if bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()) {
                LEFT.fetch_add(1, Ordering::Relaxed);
            }
        }
        // SAFETY: the caller gives a block that came from `alloc` with this layout.
        unsafe { System.dealloc(block, layout) }
    }
}

/// How many blocks were freed with the secret in them.
fn left(work: impl FnOnce()) -> usize {
    LEFT.store(0, Ordering::Relaxed);
    IS_ON.store(true, Ordering::Relaxed);
    work();
    IS_ON.store(false, Ordering::Relaxed);
    LEFT.load(Ordering::Relaxed)
}

#[test]
fn no_freed_block_holds_a_secret() {
    assert_eq!(left(|| drop(SECRET.to_owned())), 1, "a text that is not wiped is seen");
    let read = || {
        let shown = scripted_with(SECRET, |_| None);
        assert!(shown.contains("esx01") && !shown.contains(SECRET), "{shown}");
    };
    assert_eq!(left(read), 0, "a session");
    let pem = include_str!("../../tests/data/vmca-root.pem");
    let changes = || {
        let shown = changes_with(SECRET, pem);
        assert!(shown.contains("set_tls: Ok") && !shown.contains(SECRET), "{shown}");
    };
    assert_eq!(left(changes), 0, "changes with a password or key");
}
