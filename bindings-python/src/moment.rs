//! Points in time: `datetime` and RFC 3339 text on the Python side, seconds in core.

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyString};
use vitrust::Time;

use crate::boundary::Failure;
use crate::question::in_range;

/// A verification time as a caller gives it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment(pub(crate) Time);

impl<'py> FromPyObject<'_, 'py> for Moment {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let py = object.py();
        if let Ok(text) = object.cast::<PyString>() {
            let time = text.to_string_lossy().parse::<Time>().map_err(Failure::from)?;
            return Ok(Self(time));
        }
        if !object.is_instance_of::<PyDateTime>() {
            let name = object.get_type().name()?;
            return Err(PyTypeError::new_err(format!("a time is an aware datetime or RFC 3339 text, not {name}")));
        }
        if object.call_method0(intern!(py, "utcoffset"))?.is_none() {
            let shown = object.call_method0(intern!(py, "isoformat"))?;
            let message = format!("the datetime {shown} has no time zone: pass tzinfo=datetime.timezone.utc");
            return Err(Failure::argument(message).into());
        }
        let fields = object
            .call_method0(intern!(py, "utctimetuple"))
            .map_err(|error| in_range(error, py, "the time is outside the years 1 to 9999 in UTC"))?;
        let seconds: i64 =
            py.import(intern!(py, "calendar"))?.call_method1(intern!(py, "timegm"), (fields,))?.extract()?;
        Ok(Self(Time::from_unix(seconds)))
    }
}

/// An aware UTC `datetime`. A time outside the years 1 to 9999 becomes the nearest one Python can hold.
pub(crate) fn to_python(py: Python<'_>, time: Time) -> PyResult<Bound<'_, PyAny>> {
    py.import(intern!(py, "vitrust._moment"))?.call_method1(intern!(py, "from_unix"), (time.unix(),))
}
