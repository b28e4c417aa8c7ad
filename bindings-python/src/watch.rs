//! Work that waits on the network: on a thread of its own, with messages for Python, and an end when Python says so.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;

use crate::boundary::{Failure, defect};

/// How often a waiting call looks whether Python wants to stop.
const PATIENCE: Duration = Duration::from_millis(100);

/// Stops the work it was given to.
#[pyclass(frozen, module = "vitrust")]
#[derive(Default)]
pub(crate) struct Cancel(vitrust::net::Cancel);

#[pymethods]
impl Cancel {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Stop everything that was given this.
    fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether it was said.
    #[getter]
    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

/// How work is stopped before its end.
pub(crate) enum Stop<'c> {
    /// It has opened nothing, so nobody waits for it.
    Leave,
    /// It is cancelled and waited for, since it has sessions to close. It is cancelled as well by any of the tokens
    /// its caller gave; those are asked and never set, as other work may share them.
    Cancel(vitrust::net::Cancel, &'c [Py<Cancel>]),
}

enum Event<M, T> {
    Message(M),
    Ended(Result<T, Failure>),
}

/// Where work leaves messages for Python.
pub(crate) struct Outlet<M, T>(Sender<Event<M, T>>);

impl<M, T> Outlet<M, T> {
    /// Hands a message over. It is lost where nobody waits for the work any more.
    pub(crate) fn send(&self, message: M) {
        drop(self.0.send(Event::Message(message)));
    }
}

/// Runs `work` on a thread of its own, and waits without the interpreter lock. Its messages are handed to `on_message`
/// here. A signal, or an exception of `on_message`, stops the work and is raised when that has ended; a second signal
/// is raised at once, and the work ends by itself.
pub(crate) fn watched<M: Send + 'static, T: Send + 'static>(
    py: Python<'_>,
    stop: &Stop<'_>,
    work: impl FnOnce(Outlet<M, T>) -> Result<T, Failure> + Send + 'static,
    mut on_message: impl FnMut(M) -> PyResult<()>,
) -> PyResult<T> {
    // Who was told to stop before beginning begins nothing.
    if let Stop::Cancel(cancel, tokens) = stop
        && tokens.iter().any(|token| token.get().0.is_cancelled())
    {
        cancel.cancel();
    }
    // Only this thread receives; the mutex says so to the compiler.
    let receiver = Mutex::new(begin(work)?);
    let mut raised = None;
    loop {
        let waited = py.detach(|| receiver.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(PATIENCE));
        let outcome = match waited {
            Ok(Event::Ended(ended)) => return raised.map_or_else(|| Ok(ended?), Err),
            Ok(Event::Message(message)) if raised.is_none() => on_message(message),
            Ok(Event::Message(_)) | Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => Err(Failure::defect(&"the work ended without a result").into()),
        };
        let outcome = outcome.and_then(|()| py.check_signals());
        match (stop, outcome) {
            (Stop::Cancel(cancel, tokens), Ok(())) => {
                if tokens.iter().any(|token| token.get().0.is_cancelled()) {
                    cancel.cancel();
                }
            }
            (Stop::Leave, Ok(())) => (),
            (Stop::Cancel(cancel, _), Err(error)) if raised.is_none() => {
                cancel.cancel();
                raised = Some(error);
            }
            (Stop::Cancel(..) | Stop::Leave, Err(error)) => return Err(error),
        }
    }
}

fn begin<M: Send + 'static, T: Send + 'static>(
    work: impl FnOnce(Outlet<M, T>) -> Result<T, Failure> + Send + 'static,
) -> Result<Receiver<Event<M, T>>, Failure> {
    let (sender, receiver) = channel();
    let outlet = Outlet(sender.clone());
    let run = move || {
        let done = catch_unwind(AssertUnwindSafe(|| hold_sigpipe().and_then(|()| work(outlet))));
        let ended = done.unwrap_or_else(|panic| Err(defect(&*panic)));
        // Nobody listens when the call was left before its end.
        drop(sender.send(Event::Ended(ended)));
    };
    std::thread::Builder::new().name("vitrust".to_owned()).spawn(run).map_err(|error| no_thread(&error))?;
    Ok(receiver)
}

/// The system gives no thread.
pub(crate) fn no_thread(error: &std::io::Error) -> Failure {
    Failure::defect(&format!("no thread could be started: {error}"))
}

/// Blocks SIGPIPE for this thread and for those it starts.
///
/// A server that hangs up early would end the process otherwise, wherever SIGPIPE has its default action, as in scripts
/// that want to end quietly with `head`: sockets are written to with `writev`, which takes no MSG_NOSIGNAL. With the
/// signal blocked such a write is an error as any other.
fn hold_sigpipe() -> Result<(), Failure> {
    let hold = |py: Python<'_>| -> PyResult<()> {
        let signal = py.import("signal")?;
        // Windows has neither.
        if signal.hasattr("pthread_sigmask")? && signal.hasattr("SIGPIPE")? {
            let what = (signal.getattr("SIG_BLOCK")?, (signal.getattr("SIGPIPE")?,));
            signal.call_method1("pthread_sigmask", what)?;
        }
        Ok(())
    };
    Python::attach(hold).map_err(|error| Failure::defect(&error))
}
