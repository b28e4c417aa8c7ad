//! Work that waits on the network: on a thread of its own, while the caller's thread tells how far it is.

use std::ffi::{CString, c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use vitrust::net::Cancel;

use crate::boundary::{Failure, panicked};
use crate::string::c_text;

/// Reports the progress of a long call, and asks whether to go on.
///
/// It is called on the thread that made the call, about ten times a second, even when nothing has happened. It must
/// return, and neither throw nor jump out. It may call the library, but not free what the call uses.
///
/// done, total: how many servers; `total` may grow.
/// what: the server that was done last, or empty; UTF-8, ended by a NUL, valid until the callback returns.
/// user: what the call was given, unchanged; may be NULL.
///
/// Any value other than 0 stops the work; it is then not called again, and the call returns when its sessions are
/// closed.
#[expect(non_camel_case_types, reason = "the name in C")]
pub type vitrust_progress =
    Option<unsafe extern "C" fn(done: u64, total: u64, what: *const c_char, user: *mut c_void) -> i32>;

/// How often the caller is asked whether to go on.
const PATIENCE: Duration = Duration::from_millis(100);

/// How far work is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Step {
    pub(crate) done: usize,
    pub(crate) total: usize,
    /// The server that was done last.
    pub(crate) what: String,
}

enum Event<T> {
    Step(Step),
    Ended(Result<T, Failure>),
}

/// Where work says how far it is.
pub(crate) struct Outlet<T>(Sender<Event<T>>);

impl<T> Clone for Outlet<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Outlet<T> {
    pub(crate) fn step(&self, step: Step) {
        // The caller waits for the end of the work, so somebody listens.
        drop(self.0.send(Event::Step(step)));
    }
}

/// The caller's callback and what it is called with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watcher {
    progress: vitrust_progress,
    user: *mut c_void,
}

impl Watcher {
    /// # Safety
    /// Until the call returns, `progress` is NULL or may be called with `user` on this thread.
    pub(crate) unsafe fn new(progress: vitrust_progress, user: *mut c_void) -> Self {
        Self { progress, user }
    }

    /// Nobody watches.
    pub(crate) fn silent() -> Self {
        Self { progress: None, user: std::ptr::null_mut() }
    }

    /// Runs `work` and waits for its end. A stop is said to `cancel`, which the work listens to.
    pub(crate) fn run<T: Send + 'static>(
        self,
        cancel: &Cancel,
        work: impl FnOnce(&Outlet<T>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let events = begin(work)?;
        let mut last = Step::default();
        loop {
            let mut event = events.recv_timeout(PATIENCE);
            if matches!(event, Err(RecvTimeoutError::Timeout)) {
                last.what.clear();
            }
            // A slow callback is told the last step, and does not hold the work up with each one before it.
            while let Ok(Event::Step(step)) = event {
                last = step;
                event = events.try_recv().map_err(|empty| match empty {
                    TryRecvError::Empty => RecvTimeoutError::Timeout,
                    TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
                });
            }
            // Told the end as well: the last server was done just before it. The answer counts for nothing then.
            let stop = !cancel.is_cancelled() && self.wants_to_stop(&last);
            match event {
                Ok(Event::Ended(ended)) => return ended,
                Err(RecvTimeoutError::Disconnected) => return Err(Failure::defect("the work ended without a result")),
                Ok(Event::Step(_)) | Err(RecvTimeoutError::Timeout) if stop => cancel.cancel(),
                Ok(Event::Step(_)) | Err(RecvTimeoutError::Timeout) => (),
            }
        }
    }

    fn wants_to_stop(self, step: &Step) -> bool {
        let Some(progress) = self.progress else { return false };
        let what: CString = c_text(&step.what);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        // SAFETY: by the contract of `new`; `what` lives until the callback returns.
        let answer = unsafe { progress(count(step.done), count(step.total), what.as_ptr(), self.user) };
        answer != 0
    }
}

fn begin<T: Send + 'static>(
    work: impl FnOnce(&Outlet<T>) -> Result<T, Failure> + Send + 'static,
) -> Result<Receiver<Event<T>>, Failure> {
    let (sender, receiver) = channel();
    let outlet = Outlet(sender.clone());
    let run = move || {
        hold_sigpipe();
        let ended = catch_unwind(AssertUnwindSafe(|| work(&outlet))).unwrap_or_else(|panic| Err(panicked(&*panic)));
        drop(sender.send(Event::Ended(ended)));
    };
    thread::Builder::new().name("vitrust".to_owned()).spawn(run).map_err(|error| no_thread(&error))?;
    Ok(receiver)
}

/// The system gives no thread.
pub(crate) fn no_thread(error: &std::io::Error) -> Failure {
    Failure::defect(format_args!("no thread could be started: {error}"))
}

/// Blocks SIGPIPE for this thread and for those it starts.
///
/// A server that hangs up early would end the process otherwise, wherever SIGPIPE has its default action, as it has in
/// most C programs: sockets are written to with `writev`, which takes no MSG_NOSIGNAL. With the signal blocked such a
/// write is an error as any other.
#[cfg(unix)]
fn hold_sigpipe() {
    // SAFETY: every bit pattern is a set of signals to sigemptyset, which makes it the empty one.
    let mut set: libc::sigset_t = unsafe { std::mem::zeroed() };
    // SAFETY: the set is ours.
    unsafe { libc::sigemptyset(&raw mut set) };
    // SAFETY: the set is ours and was made empty.
    unsafe { libc::sigaddset(&raw mut set, libc::SIGPIPE) };
    // SAFETY: the set was filled above, and nobody wants the old one. Fails only for a wrong first argument.
    unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut()) };
}

/// There is no such signal.
#[cfg(not(unix))]
fn hold_sigpipe() {}
