//! Running the asynchronous edge from code that is not.

use std::future::Future;
use std::io;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use tokio::runtime::{Builder, Runtime};

/// A runtime with two threads: the work waits on the network, and the judging of chains has its own threads.
///
/// # Errors
/// The system's reason when it gives no thread.
pub fn runtime() -> io::Result<Runtime> {
    can_start(WORKERS)?;
    Builder::new_multi_thread().worker_threads(WORKERS).thread_name("vitrust-net").enable_all().build()
}

const WORKERS: usize = 2;

/// Whether the system gives so many threads. A runtime that gets its first thread and not its second waits for the first
/// one for ever.
fn can_start(threads: usize) -> io::Result<()> {
    let gate = Arc::new(RwLock::new(()));
    let closed = gate.write().unwrap_or_else(PoisonError::into_inner);
    let start = |_| {
        let gate = Arc::clone(&gate);
        // Each stays until all were started.
        let wait = move || drop(gate.read().unwrap_or_else(PoisonError::into_inner));
        thread::Builder::new().name("vitrust-try".to_owned()).spawn(wait)
    };
    let started: io::Result<Vec<_>> = (0..threads).map(start).collect();
    drop(closed);
    for thread in started? {
        // It has nothing to fail with.
        let _ = thread.join();
    }
    Ok(())
}

/// Runs `work` to its end on a runtime of its own.
///
/// # Errors
/// As [`runtime`].
pub fn run<T>(work: impl Future<Output = T>) -> io::Result<T> {
    let runtime = runtime()?;
    let value = runtime.block_on(work);
    // A name that is still being looked up holds a thread for long; nobody waits for it.
    runtime.shutdown_background();
    Ok(value)
}
