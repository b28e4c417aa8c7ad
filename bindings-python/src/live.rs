//! Probing and collecting: work that waits on the network, that can be stopped, and that tells how far it is.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyInt, PyString};
use vitrust::Endpoint;
use vitrust::net::{
    CollectProgress, Collected, ConnectTo, Inventory, MOST_PROBES_IN_FLIGHT, NetError, Probe, ProbeOptions, Secret,
    Secrets, SystemRoots, blocking,
};

use crate::boundary::{Failure, detached};
use crate::certificate::Certificate;
use crate::estate::Estate;
use crate::text::Text;
use crate::watch::{Cancel, Outlet, Stop, no_thread, watched};

/// Query each endpoint for what it presents; each probe as JSON text, in the order given.
#[pyfunction]
#[pyo3(signature = (endpoints, *, timeout, server_name, connect_to, in_flight, cancels, on_each))]
#[expect(clippy::too_many_arguments, reason = "the keyword arguments of one Python function")]
#[expect(clippy::needless_pass_by_value, reason = "arguments of Python arrive as values")]
pub(crate) fn probe_json(
    py: Python<'_>,
    endpoints: Vec<Text>,
    timeout: f64,
    server_name: Option<Text>,
    connect_to: BTreeMap<String, String>,
    in_flight: &Bound<'_, PyInt>,
    cancels: Vec<Py<Cancel>>,
    on_each: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<String>> {
    let argument = |error: vitrust::endpoint::EndpointError| Failure::argument(error.to_string());
    let endpoints = endpoints.iter().map(|text| text.parse::<Endpoint>()).collect::<Result<Vec<_>, _>>();
    let endpoints = endpoints.map_err(argument)?;
    let mut rules = ConnectTo::default();
    for (from, to) in &connect_to {
        rules.insert(from, to).map_err(argument)?;
    }
    let timeout = Duration::try_from_secs_f64(timeout).ok().filter(|time| !time.is_zero());
    let timeout = timeout.ok_or_else(|| Failure::argument("timeout must be a number of seconds above 0"))?;
    let in_flight = in_flight.extract().ok().filter(|number| (1..=MOST_PROBES_IN_FLIGHT).contains(number));
    let in_flight = in_flight
        .ok_or_else(|| Failure::argument(format!("in_flight must be a number from 1 to {MOST_PROBES_IN_FLIGHT}")))?;
    let server_name = server_name.map(|name| name.to_string());
    let options = ProbeOptions { timeout, server_name, connect_to: rules, identity: None };
    let cancel = vitrust::net::Cancel::default();
    let stop = Stop::Cancel(cancel.clone(), &cancels);
    let work = move |outlet: Outlet<Probe, Vec<String>>| {
        let each = |probe: &Probe| outlet.send(probe.clone());
        let all = vitrust::net::probe_all(&endpoints, &options, in_flight, &cancel, each);
        let all = blocking::run(all).map_err(|error| no_thread(&error))?;
        let all = all.map_err(|cancelled| Failure::from(NetError::from(cancelled)))?;
        all.iter().map(text).collect()
    };
    watched(py, &stop, work, |probe| match on_each {
        None => Ok(()),
        Some(on_each) => on_each.call1((text(&probe)?,)).map(drop),
    })
}

fn text(probe: &Probe) -> Result<String, Failure> {
    vitrust::json::text(probe).map_err(|error| Failure::defect(&error))
}

/// Variables of the environment with their values.
type Variables = Vec<(&'static str, String)>;

/// The roots that the operating system trusts, the variables of the environment that say so, and what cannot be read.
#[pyfunction]
pub(crate) fn system_roots(py: Python<'_>) -> PyResult<(Vec<Certificate>, Variables, Vec<String>)> {
    let SystemRoots { certificates, variables, problems } = detached(py, || Ok(SystemRoots::load()))?;
    Ok((certificates.into_iter().map(Certificate).collect(), variables, problems))
}

/// A question for a person, and where the answer goes.
struct Question {
    text: String,
    answer: Sender<Option<Secret>>,
}

/// Passwords from the environment, or from Python's `prompt`, which is called on the thread that waits.
struct FromPython(Option<Outlet<Question, Inventory>>);

impl Secrets for FromPython {
    fn variable(&mut self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn prompt(&mut self, question: &str) -> Option<Secret> {
        let (sender, receiver) = channel();
        self.0.as_ref()?.send(Question { text: question.to_owned(), answer: sender });
        // Nobody answers when the prompt raised an exception.
        receiver.recv().ok().flatten()
    }
}

/// Asks the prompt. None is the answer where nobody can be asked. No error has the answer in it.
fn ask(prompt: &Bound<'_, PyAny>, question: &Question) -> PyResult<()> {
    let answer = prompt.call1((&question.text,))?;
    let secret = if answer.is_none() {
        None
    } else {
        let kind = answer.get_type().name()?;
        let text = answer.cast_into::<PyString>();
        let text = text.map_err(|_| PyTypeError::new_err(format!("prompt returns str or None, not {kind}")))?;
        let text = PyBackedStr::try_from(text).map_err(|_| {
            Failure::argument(format!("the answer to `{}` is not valid text: it has a lone surrogate", question.text))
        })?;
        Some(Secret::from(text.to_string()))
    };
    // Who asked is there as long as this call is.
    drop(question.answer.send(secret));
    Ok(())
}

/// The inventory of a file, or of the environment; `prompt` is asked for passwords.
pub(crate) fn load(py: Python<'_>, path: Option<PathBuf>, prompt: Option<&Bound<'_, PyAny>>) -> PyResult<Inventory> {
    // A file that cannot be opened is an error of the system's own kind, as it is for every other input.
    if let Some(path) = &path
        && let Err(error) = std::fs::metadata(path)
    {
        return Err(Failure::file(path, error).into());
    }
    let may_ask = prompt.is_some();
    let load = move |outlet: Outlet<Question, Inventory>| {
        let mut secrets = FromPython(may_ask.then_some(outlet));
        let loaded = match &path {
            Some(path) => Inventory::load(path, &mut secrets),
            None => Inventory::from_environment(&mut secrets),
        };
        loaded.map_err(Failure::from)
    };
    let answer = |question: Question| prompt.map_or(Ok(()), |prompt| ask(prompt, &question));
    watched(py, &Stop::Leave, load, answer)
}

/// Collect the estate of an inventory file, or of the environment; with what could not be collected as JSON text, and the
/// names of the vCenters whose certificate was not checked.
#[pyfunction]
#[pyo3(signature = (inventory, *, prompt, cancels, on_progress))]
#[expect(clippy::needless_pass_by_value, reason = "arguments of Python arrive as values")]
pub(crate) fn collect_estate(
    py: Python<'_>,
    inventory: Option<PathBuf>,
    prompt: Option<&Bound<'_, PyAny>>,
    cancels: Vec<Py<Cancel>>,
    on_progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<(Estate, String, Vec<String>)> {
    let inventory = load(py, inventory, prompt)?;
    let cancel = vitrust::net::Cancel::default();
    let stop = Stop::Cancel(cancel.clone(), &cancels);
    let work = move |outlet: Outlet<CollectProgress, Collected>| {
        let each = move |progress| outlet.send(progress);
        blocking::run(vitrust::net::collect(&inventory, &cancel, each)).map_err(|error| no_thread(&error))
    };
    let collected = watched(py, &stop, work, |progress| match on_progress {
        None => Ok(()),
        Some(on_progress) => {
            on_progress.call1((progress.done, progress.known, progress.server, progress.waiting)).map(drop)
        }
    })?;
    let Collected { estate, failures, insecure } = collected;
    let failures = vitrust::json::text(&failures).map_err(|error| Failure::defect(&error))?;
    Ok((Estate::wrap(estate), failures, insecure))
}
