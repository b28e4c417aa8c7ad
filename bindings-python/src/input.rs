//! What a caller may pass as data: bytes, PEM text, a path, or a certificate object of this package or of
//! `cryptography`.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};
use vitrust::ErrorCode;
use vitrust::files::MAXIMUM_FILE;
use vitrust::path::LONGEST_CHAIN;

use crate::boundary::Failure;
use crate::certificate::Certificate;
use crate::text::utf8;

/// One input. Taking it costs no copy of bytes or text; a file is opened by [`read`](Self::read).
#[derive(Debug)]
pub(crate) enum Input {
    /// Bytes in any shape.
    Bytes(PyBackedBytes),
    /// Text: PEM, a dump or JSON; never a path.
    Text(PyBackedStr),
    /// A file.
    File(PathBuf),
    /// A certificate that is already read.
    Certificate(vitrust::Certificate),
}

/// The bytes of an input, and the name by which messages call it.
pub(crate) struct Content<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    pub(crate) source: Option<Cow<'a, str>>,
}

/// Names what is accepted, for messages.
const ACCEPTED: &str = "bytes, PEM text (str), a path (os.PathLike) or a certificate";

impl Input {
    /// The content; a file is opened here.
    pub(crate) fn read(&self) -> Result<Content<'_>, Failure> {
        let bytes: &[u8] = match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(text) => text.as_bytes(),
            Self::Certificate(certificate) => certificate.der(),
            Self::File(path) => {
                return Ok(Content { bytes: Cow::Owned(contents(path)?), source: Some(file_name(path)) });
            }
        };
        Ok(Content { bytes: Cow::Borrowed(bytes), source: None })
    }

    fn from_text(text: &Bound<'_, PyString>) -> Result<Self, Failure> {
        let text = utf8(text)?;
        // One short line without a marker is what a path looks like; reading it as text would only say "nothing found".
        let path_like = !text.is_empty() && text.len() < 4096 && !text.contains('\n') && !text.contains("-----");
        if path_like && !text.starts_with(['{', '[']) {
            return Err(Failure::argument(format!(
                "`{}` is not PEM text; a str is always text: pass pathlib.Path(...) to read a file",
                text.chars().take(200).collect::<String>()
            )));
        }
        Ok(Self::Text(text))
    }

    /// `None` for objects that are no input, so that the caller may try them as a sequence of inputs.
    fn try_from_object(object: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        let py = object.py();
        if let Ok(certificate) = object.cast::<Certificate>() {
            return Ok(Some(Self::Certificate(certificate.get().0.clone())));
        }
        if let Ok(text) = object.cast::<PyString>() {
            return Ok(Some(Self::from_text(text)?));
        }
        if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>() {
            return Ok(Some(Self::Bytes(object.extract()?)));
        }
        if object.is_instance_of::<PyMemoryView>() {
            return Ok(Some(Self::Bytes(object.call_method0(intern!(py, "tobytes"))?.extract()?)));
        }
        if object.hasattr(intern!(py, "__fspath__"))? {
            return Ok(Some(Self::File(object.extract()?)));
        }
        if object.hasattr(intern!(py, "public_bytes"))? {
            return Ok(Some(Self::Bytes(public_bytes(object)?)));
        }
        Ok(None)
    }
}

/// Read a plain file, or standard input, within the limit for files.
#[pyfunction]
pub(crate) fn read_file(py: Python<'_>, path: PathBuf) -> Result<Vec<u8>, Failure> {
    crate::boundary::detached(py, || contents(&path))
}

/// The bytes of a plain file, or of standard input and other pipes that the caller holds open already.
fn contents(path: &Path) -> Result<Vec<u8>, Failure> {
    let refuse = |reason: String| Failure::Here(ErrorCode::File, format!("{}: {reason}", path.display()));
    let metadata = std::fs::metadata(path).map_err(|error| Failure::file(path, error))?;
    // Opening a named pipe would wait for its writer, and a device has no end.
    if !metadata.is_file() && !is_open_already(path) {
        return Err(refuse("not a plain file".to_owned()));
    }
    let too_large = || refuse(format!("more than {MAXIMUM_FILE} bytes"));
    if metadata.len() > MAXIMUM_FILE {
        return Err(too_large());
    }
    let file = File::open(path).map_err(|error| Failure::file(path, error))?;
    let mut bytes = Vec::new();
    file.take(MAXIMUM_FILE + 1).read_to_end(&mut bytes).map_err(|error| Failure::file(path, error))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAXIMUM_FILE) {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Whether the path names what the shell has opened: `/dev/stdin`, or `/dev/fd/63` for `<(command)`.
fn is_open_already(path: &Path) -> bool {
    path == Path::new("/dev/stdin") || path.parent() == Some(Path::new("/dev/fd"))
}

/// A file's own name without its folder: what an administrator recognises.
fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}

/// The DER of a certificate or CRL object of `cryptography`. The package is only looked up where such an object exists.
fn public_bytes(object: &Bound<'_, PyAny>) -> PyResult<PyBackedBytes> {
    let encodings = object.py().import("cryptography.hazmat.primitives.serialization")?;
    let der = encodings.getattr("Encoding")?.getattr("DER")?;
    object.call_method1(intern!(object.py(), "public_bytes"), (der,))?.extract().map_err(PyErr::from)
}

fn refused(object: &Bound<'_, PyAny>) -> PyErr {
    let name = object.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    PyTypeError::new_err(format!("expected {ACCEPTED}, not {name}"))
}

impl<'py> FromPyObject<'_, 'py> for Input {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Self::try_from_object(&object)?.ok_or_else(|| refused(&object))
    }
}

/// One input or an iterable of inputs.
#[derive(Debug)]
pub(crate) struct Inputs(pub(crate) Vec<Input>);

impl<'py> FromPyObject<'_, 'py> for Inputs {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Self::of_at_most(usize::MAX, &object)
    }
}

impl Inputs {
    /// No more than the first so many: of the rest nothing is taken.
    fn of_at_most(limit: usize, object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Some(input) = Input::try_from_object(object)? {
            return Ok(Self(vec![input]));
        }
        let items = object.try_iter().map_err(|_| refused(object))?;
        items.take(limit).map(|item| item?.extract()).collect::<PyResult<_>>().map(Self)
    }
}

/// The inputs of a presented chain: counted before any of them is read.
#[derive(Debug)]
pub(crate) struct Chain(pub(crate) Inputs);

impl<'py> FromPyObject<'_, 'py> for Chain {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let inputs = Inputs::of_at_most(LONGEST_CHAIN + 1, &object)?;
        if inputs.0.len() > LONGEST_CHAIN {
            let message = format!("the presented chain has more than {LONGEST_CHAIN} certificates");
            return Err(Failure::Here(ErrorCode::Chain, message).into());
        }
        Ok(Self(inputs))
    }
}
