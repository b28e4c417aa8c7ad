//! Probing and collecting: work that waits on the network, that can be stopped, and that tells how far it is.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;
use vitrust::Endpoint;
use vitrust::net::{
    CollectProgress, Collected, ConnectTo, Inventory, NetError, Probe, ProbeOptions, Secret, Secrets, blocking,
};

use crate::boundary::{Failure, defect};
use crate::estate::Estate;
use crate::text::Text;

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

/// Runs `work` on a thread of its own without the interpreter lock. Its messages are handed to `on_message` here; a
/// signal, or an exception of `on_message`, stops the work, and is raised when it has ended.
fn watched<M: Send, T: Send>(
    py: Python<'_>,
    cancel: &vitrust::net::Cancel,
    work: impl FnOnce(Sender<M>) -> Result<T, Failure> + Send,
    mut on_message: impl FnMut(M) -> PyResult<()>,
) -> PyResult<T> {
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        let worker = scope.spawn(move || catch_unwind(AssertUnwindSafe(|| work(sender))));
        let mut raised = None;
        // Only this thread receives; the mutex says so to the compiler.
        let receiver = Mutex::new(receiver);
        loop {
            let waited = py.detach(|| receiver.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(PATIENCE));
            let outcome = match waited {
                Ok(message) if raised.is_none() => on_message(message),
                Ok(_) | Err(RecvTimeoutError::Timeout) => Ok(()),
                Err(RecvTimeoutError::Disconnected) => break,
            };
            if let Err(error) = outcome.and_then(|()| py.check_signals()) {
                cancel.cancel();
                raised.get_or_insert(error);
            }
        }
        let ended = py.detach(|| worker.join()).unwrap_or_else(Err);
        match (raised, ended) {
            (Some(error), _) => Err(error),
            (None, Ok(value)) => Ok(value?),
            (None, Err(panic)) => Err(defect(&*panic).into()),
        }
    })
}

fn token(cancel: Option<&Bound<'_, Cancel>>) -> vitrust::net::Cancel {
    cancel.map(|cancel| cancel.get().0.clone()).unwrap_or_default()
}

fn system(error: &std::io::Error) -> Failure {
    Failure::defect(&format!("no thread could be started: {error}"))
}

/// Ask each endpoint what it presents; the probes as JSON text, in the order asked.
#[pyfunction]
#[pyo3(signature = (endpoints, *, timeout, server_name, connect_to, in_flight, cancel, on_each))]
#[expect(clippy::too_many_arguments, reason = "the keyword arguments of one Python function")]
pub(crate) fn probe_json(
    py: Python<'_>,
    endpoints: Vec<Text>,
    timeout: f64,
    server_name: Option<Text>,
    connect_to: BTreeMap<String, String>,
    in_flight: usize,
    cancel: Option<&Bound<'_, Cancel>>,
    on_each: Option<&Bound<'_, PyAny>>,
) -> PyResult<String> {
    let argument = |error: vitrust::endpoint::EndpointError| Failure::argument(error.to_string());
    let endpoints = endpoints.iter().map(|text| text.parse::<Endpoint>()).collect::<Result<Vec<_>, _>>();
    let endpoints = endpoints.map_err(argument)?;
    let mut rules = ConnectTo::default();
    for (from, to) in &connect_to {
        rules.insert(from, to).map_err(argument)?;
    }
    let timeout = Duration::try_from_secs_f64(timeout).ok().filter(|time| !time.is_zero());
    let timeout = timeout.ok_or_else(|| Failure::argument("timeout is a number of seconds above 0"))?;
    let server_name = server_name.map(|name| name.to_string());
    let options = ProbeOptions { timeout, server_name, connect_to: rules, identity: None };
    let cancel = token(cancel);
    let stop = cancel.clone();
    let work = move |sender: Sender<Probe>| {
        // Who listens is gone only when the call is.
        let each = |probe: &Probe| drop(sender.send(probe.clone()));
        let all = vitrust::net::probe_all(&endpoints, &options, in_flight, &stop, each);
        let all = blocking::run(all).map_err(|error| system(&error))?;
        let all = all.map_err(|cancelled| Failure::from(NetError::from(cancelled)))?;
        serde_json::to_string(&all).map_err(|error| Failure::defect(&error))
    };
    watched(py, &cancel, work, |probe| match on_each {
        None => Ok(()),
        Some(on_each) => {
            let text = serde_json::to_string(&probe).map_err(|error| Failure::defect(&error))?;
            on_each.call1((text,)).map(drop)
        }
    })
}

/// Passwords from the environment, or from Python's `prompt`.
struct FromPython<'a, 'py> {
    prompt: Option<&'a Bound<'py, PyAny>>,
    /// What the prompt raised.
    raised: Option<PyErr>,
}

impl Secrets for FromPython<'_, '_> {
    fn variable(&mut self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn prompt(&mut self, question: &str) -> Option<Secret> {
        match self.prompt?.call1((question,)).and_then(|answer| answer.extract::<String>()) {
            Ok(text) => Some(Secret::from(text)),
            Err(error) => {
                self.raised = Some(error);
                None
            }
        }
    }
}

/// Collect the estate of an inventory file, or of the environment; with what could not be had as JSON text, and the
/// names of the vCenters whose certificate was not checked.
#[pyfunction]
#[pyo3(signature = (inventory, *, prompt, cancel, on_progress))]
pub(crate) fn collect_estate(
    py: Python<'_>,
    inventory: Option<PathBuf>,
    prompt: Option<&Bound<'_, PyAny>>,
    cancel: Option<&Bound<'_, Cancel>>,
    on_progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<(Estate, String, Vec<String>)> {
    let mut secrets = FromPython { prompt, raised: None };
    let loaded = match &inventory {
        Some(path) => Inventory::load(path, &mut secrets),
        None => Inventory::from_environment(&mut secrets),
    };
    if let Some(raised) = secrets.raised {
        return Err(raised);
    }
    let inventory = loaded.map_err(Failure::from)?;
    let cancel = token(cancel);
    let stop = cancel.clone();
    let work = move |sender: Sender<CollectProgress>| {
        // Who listens is gone only when the call is.
        let each = move |progress| drop(sender.send(progress));
        blocking::run(vitrust::net::collect(&inventory, &stop, each)).map_err(|error| system(&error))
    };
    let collected = watched(py, &cancel, work, |progress: CollectProgress| match on_progress {
        None => Ok(()),
        Some(on_progress) => on_progress.call1((progress.done, progress.known, progress.server)).map(drop),
    })?;
    let Collected { estate, failures, insecure } = collected;
    let failures = serde_json::to_string(&failures).map_err(|error| Failure::defect(&error))?;
    Ok((Estate::wrap(estate), failures, insecure))
}
