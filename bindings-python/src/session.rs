//! A session with one vCenter: its calls by their names, each of which can be stopped.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyString;
use vitrust::net::vsphere::Target;
use vitrust::net::vsphere::calls::Client;
use vitrust::net::{Credentials, Inventory, Secret};

use crate::boundary::Failure;
use crate::live::load;
use crate::text::Text;
use crate::watch::{Cancel, Outlet, Stop, watched};

/// What is open, and what stops it.
#[derive(Clone)]
struct Open {
    client: Arc<Client>,
    cancel: vitrust::net::Cancel,
}

/// A session with one vCenter; the package gives it its form.
#[pyclass(frozen, module = "vitrust._native")]
pub(crate) struct Connection {
    open: Mutex<Option<Open>>,
    cancels: Vec<Py<Cancel>>,
}

#[pymethods]
impl Connection {
    /// Make a reading call; the answer is JSON text.
    #[pyo3(signature = (call, arguments))]
    fn read(&self, py: Python<'_>, call: Text, arguments: Text) -> PyResult<String> {
        let open = self.open()?;
        let stop = Stop::Cancel(open.cancel.clone(), &self.cancels);
        let work = move |_: Outlet<(), String>| open.client.read(&call, &arguments).map_err(Failure::from);
        watched(py, &stop, work, |()| Ok(()))
    }

    /// Make a changing call; the answer is JSON text.
    #[pyo3(signature = (call, arguments, secret))]
    #[expect(clippy::needless_pass_by_value, reason = "arguments of Python arrive as values")]
    fn change(
        &self,
        py: Python<'_>,
        call: Text,
        arguments: Text,
        secret: Option<Bound<'_, PyString>>,
    ) -> PyResult<String> {
        let secret = secret.as_ref().map(|secret| text_of("secret", secret)).transpose()?;
        let open = self.open()?;
        let stop = Stop::Cancel(open.cancel.clone(), &self.cancels);
        let work =
            move |_: Outlet<(), String>| open.client.change(&call, &arguments, secret.as_ref()).map_err(Failure::from);
        watched(py, &stop, work, |()| Ok(()))
    }

    /// Log out; returns why the session may still be open, if it may. A session that was given stays open, and so does
    /// one of the process this one was forked from.
    fn close(&self, py: Python<'_>) -> PyResult<Option<String>> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(open) = open else { return Ok(None) };
        watched(py, &Stop::Leave, closing(open.client), |()| Ok(()))
    }

    /// Whether it is closed.
    #[getter]
    fn is_closed(&self) -> bool {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}

impl Connection {
    fn open(&self) -> Result<Open, Failure> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.clone().ok_or_else(|| Failure::argument("the session is closed"))
    }
}

/// The work of closing a session: why it may still be open.
fn closing(
    client: Arc<Client>,
) -> impl FnOnce(Outlet<(), Option<String>>) -> Result<Option<String>, Failure> + Send + 'static {
    move |_| Ok(client.close().err().map(|error| error.to_string()))
}

/// A secret as text. No error has it in it.
fn text_of(what: &str, text: &Bound<'_, PyString>) -> Result<Secret, Failure> {
    let text = PyBackedStr::try_from(text.clone())
        .map_err(|_| Failure::argument(format!("{what} is not valid text: it has a lone surrogate")))?;
    Ok(Secret::from(text.to_string()))
}

/// Open a session with a vCenter of an inventory file, or of the environment.
#[pyfunction]
#[pyo3(signature = (inventory, *, vcenter, prompt, cancels))]
#[expect(clippy::needless_pass_by_value, reason = "arguments of Python arrive as values")]
pub(crate) fn open_session(
    py: Python<'_>,
    inventory: Option<PathBuf>,
    vcenter: Option<Text>,
    prompt: Option<&Bound<'_, PyAny>>,
    cancels: Vec<Py<Cancel>>,
) -> PyResult<Connection> {
    let inventory = load(py, inventory, prompt)?;
    let entry = inventory.vcenter(vcenter.as_deref().unwrap_or_default()).map_err(Failure::from)?;
    connect(py, entry.target.clone(), cancels)
}

/// Open a session with the vCenter of these settings, JSON text: with a user and a password, or with a session that
/// somebody else opened.
#[pyfunction]
#[pyo3(signature = (settings, *, options, user, password, session, cancels))]
#[expect(clippy::needless_pass_by_value, reason = "arguments of Python arrive as values")]
pub(crate) fn open_session_with(
    py: Python<'_>,
    settings: Text,
    options: Text,
    user: Option<Text>,
    password: Option<Bound<'_, PyString>>,
    session: Option<Bound<'_, PyString>>,
    cancels: Vec<Py<Cancel>>,
) -> PyResult<Connection> {
    let credentials = match (user, password, session) {
        (Some(user), Some(password), None) => {
            Credentials::Password { user: user.to_string(), password: text_of("password", &password)? }
        }
        (None, None, Some(session)) => Credentials::Session(text_of("session", &session)?),
        _ => return Err(PyTypeError::new_err("it takes a user and a password, or a session, but not both")),
    };
    let mut inventory = Inventory::new(&options).map_err(Failure::from)?;
    inventory.add(&settings, credentials).map_err(Failure::from)?;
    let entry = inventory.vcenter("").map_err(Failure::from)?;
    connect(py, entry.target.clone(), cancels)
}

/// Logs in. Whoever stops that leaves nothing open.
fn connect(py: Python<'_>, target: Target, cancels: Vec<Py<Cancel>>) -> PyResult<Connection> {
    let cancel = vitrust::net::Cancel::default();
    let stop = Stop::Cancel(cancel.clone(), &cancels);
    // A signal may come after the login and before it is known here; so what was opened is not lost with the result.
    let opened = Arc::new(Mutex::new(None));
    let place = Arc::clone(&opened);
    let work = move |_: Outlet<(), ()>| {
        let client = Arc::new(Client::open(&target, &cancel)?);
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(Open { client, cancel });
        Ok(())
    };
    let done = watched(py, &stop, work, |()| Ok(()));
    let open = opened.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (done, open) {
        (Ok(()), Some(open)) => Ok(Connection { open: Mutex::new(Some(open)), cancels }),
        (Ok(()), None) => Err(Failure::defect(&"a session was opened, but is missing").into()),
        (Err(error), Some(open)) => {
            watched(py, &Stop::Leave, closing(open.client), |()| Ok(()))?;
            Err(error)
        }
        (Err(error), None) => Err(error),
    }
}
