//! Running the asynchronous edge from code that is not.

use std::future::Future;
use std::io;

use tokio::runtime::{Builder, Runtime};

/// A runtime with two threads: the work waits on the network, and the judging of chains has its own threads.
///
/// # Errors
/// The system's reason when it gives no thread.
pub fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(2).thread_name("vitrust-net").enable_all().build()
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
