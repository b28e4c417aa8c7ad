//! Text arguments: a str that UTF-8 can hold, or an `ArgumentError`.

use std::ops::Deref;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyString;

use crate::boundary::Failure;

/// A short text: a name, a word out of a list, an object identifier.
#[derive(Debug)]
pub(crate) struct Text(String);

impl Text {
    /// A text of our own, for defaults.
    pub(crate) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let Ok(text) = object.cast::<PyString>() else {
            return Err(PyTypeError::new_err(format!("expected str, not {}", object.get_type().name()?)));
        };
        Ok(Self(utf8(&text)?.to_owned()))
    }
}

/// The text of a str. One that holds half of a surrogate pair is not text: Python makes such of bytes it cannot decode.
pub(crate) fn utf8(text: &Bound<'_, PyString>) -> Result<PyBackedStr, Failure> {
    PyBackedStr::try_from(text.clone()).map_err(|_| {
        let shown: String = text.to_string_lossy().chars().take(200).collect();
        Failure::argument(format!("`{shown}` is not valid text: it has a lone surrogate"))
    })
}
