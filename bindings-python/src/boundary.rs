//! The border between core and Python: errors become exceptions, long work runs without the interpreter lock, and a
//! panic becomes an `InternalError`.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use vitrust::ErrorCode;

/// Why a call fails, on its way to a Python exception.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Core could not do what was requested.
    Core(vitrust::Error),
    /// A file could not be read.
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        error: std::io::Error,
    },
    /// Something is wrong that only the binding can see; the code and the message.
    Here(ErrorCode, String),
}

impl Failure {
    /// A file that could not be read.
    pub(crate) fn file(path: &Path, error: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), error }
    }

    /// An argument that does not mean anything.
    pub(crate) fn argument(message: impl Into<String>) -> Self {
        Self::Here(ErrorCode::Argument, message.into())
    }

    /// A state that cannot be.
    pub(crate) fn defect(what: &dyn std::fmt::Display) -> Self {
        Self::Here(ErrorCode::Panic, format!("a defect of vitrust, please report it: {what}"))
    }

    /// Puts the name of the input before what is wrong with it.
    pub(crate) fn within(self, source: Option<&str>) -> Self {
        match (self, source) {
            (Self::Core(error), Some(source)) => Self::Here(error.code(), format!("{source}: {error}")),
            (other, _) => other,
        }
    }

    /// Whether the data are at fault, not the way they were asked for: they are not what the call reads.
    pub(crate) fn is_unreadable(&self) -> bool {
        let code = match self {
            Self::Core(error) => error.code(),
            Self::Here(code, _) => *code,
            Self::File { .. } => return false,
        };
        (100..300).contains(&code.number())
    }

    fn into_exception(self, py: Python<'_>) -> PyResult<PyErr> {
        let (code, message, path, number) = match self {
            Self::Core(error) => (error.code(), error.to_string(), None, None),
            Self::Here(code, message) => (code, message, None, None),
            Self::File { path, error } => {
                let number = error.raw_os_error();
                (ErrorCode::File, format!("{}: {}", path.display(), reason(&error)), Some(path), number)
            }
        };
        // It may hold words of a server or a file.
        let message = vitrust::text::shown(&message);
        let make = py.import("vitrust.exceptions")?.getattr("from_native")?;
        Ok(PyErr::from_value(make.call1((code.number(), code.name(), message, path, number))?))
    }
}

/// The system's words without Rust's `(os error 2)`, lowercase as all messages.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

impl<E: Into<vitrust::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Core(error.into())
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        Python::attach(|py| failure.into_exception(py).unwrap_or_else(|error| error))
    }
}

/// Runs `work` without the interpreter lock, so that other threads run beside it. A panic in it is a failure like any
/// other.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    // Nothing that `work` may have left half-done is used again: what it returns is lost with the panic.
    py.detach(|| catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(defect(&*panic))))
}

pub(crate) fn defect(panic: &(dyn Any + Send)) -> Failure {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Failure::defect(&text.unwrap_or("no message"))
}
