//! Pages for people, drawn by core.

use pyo3::prelude::*;
use vitrust::assess::{FailOn, FailOnError};
use vitrust::path::Trust;
use vitrust::report::{self, Canvas};

use crate::boundary::{Failure, detached};
use crate::store::TrustStore;
use crate::text::Text;

/// What a page is drawn on: columns, whether it has colours, whether it takes Unicode.
pub(crate) struct Paper(Canvas);

impl<'py> FromPyObject<'_, 'py> for Paper {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let (width, has_colour, is_unicode): (i64, bool, bool) = object.extract()?;
        let width =
            usize::try_from(width).map_err(|_| Failure::argument("width must be a number of columns, at least 20"))?;
        Ok(Self(Canvas::new(width, has_colour, is_unicode)))
    }
}

/// Draw a view of a report, or of a part of one, from its JSON.
#[pyfunction]
#[pyo3(signature = (json, view, paper, full = false), text_signature = "(json, view, paper, full=False)")]
pub(crate) fn render(py: Python<'_>, json: Text, view: Text, paper: Paper, full: bool) -> Result<String, Failure> {
    let mut canvas = paper.0;
    canvas.is_full = full;
    detached(py, || Ok(report::render(&json, view.parse()?, &canvas)?))
}

/// Draw a verdict from its JSON, with what other profiles say of the chain.
#[pyfunction]
pub(crate) fn render_verdict(
    py: Python<'_>,
    json: Text,
    others: Vec<(Text, Option<bool>)>,
    store: &Bound<'_, TrustStore>,
    paper: Paper,
) -> Result<String, Failure> {
    let store = store.get();
    detached(py, || {
        let others = others.iter().map(|(profile, trusted)| Ok((profile.parse()?, answer(*trusted))));
        let others = others.collect::<Result<Vec<_>, vitrust::Error>>()?;
        Ok(report::verdict(&json, &others, Some(store.core()), &paper.0)?)
    })
}

/// Whether what a view of a report shows is a failure by `fail_on`: "high,unknown", "never", and the like.
#[pyfunction]
pub(crate) fn fails(py: Python<'_>, json: Text, view: Text, fail_on: Text) -> Result<bool, Failure> {
    let fail_on: FailOn = fail_on.parse().map_err(|error: FailOnError| Failure::argument(error.to_string()))?;
    detached(py, || Ok(fail_on.counts(report::outcome(&json, view.parse()?)?)))
}

/// The answer that Python says as `True`, `False` or `None`.
const fn answer(trusted: Option<bool>) -> Trust {
    match trusted {
        Some(true) => Trust::Trusted,
        Some(false) => Trust::Untrusted,
        None => Trust::Unknown,
    }
}

/// Draw what a store holds.
#[pyfunction]
pub(crate) fn render_store(
    py: Python<'_>,
    name: Text,
    store: &Bound<'_, TrustStore>,
    paper: Paper,
) -> Result<String, Failure> {
    let store = store.get();
    detached(py, || Ok(report::contents(&name, store.core(), &paper.0)))
}

/// Draw probes from their JSON, an array.
#[pyfunction]
pub(crate) fn render_probes(py: Python<'_>, json: Text, paper: Paper) -> Result<String, Failure> {
    detached(py, || Ok(report::probes(&json, &paper.0)?))
}
