//! `vitrust.Estate` and the assessment of one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};
use vitrust::assess::AssessOptions;
use vitrust::catalogue::{FINDINGS, FindingEntry, Severity, SeverityError};
use vitrust::files::FileError;
use vitrust::thumbprint::Fingerprint;

use crate::boundary::{Failure, detached};
use crate::certificate::Certificate;
use crate::input::Input;
use crate::moment::Moment;
use crate::question::in_range;
use crate::store::{TrustStore, view};
use crate::text::Text;

/// The facts of an estate: vCenters, hosts and storage providers, what they present and which stores they hold.
///
/// Immutable plain data; it judges nothing. See `assess`.
#[pyclass(frozen, eq, module = "vitrust")]
#[derive(PartialEq)]
pub(crate) struct Estate(Arc<vitrust::Estate>);

/// One path or several. A str is a path here, since an estate is never passed as text: see `from_json`.
struct Paths(Vec<PathBuf>);

impl<'py> FromPyObject<'_, 'py> for Paths {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let is_path = object.is_instance_of::<PyString>() || object.hasattr(intern!(object.py(), "__fspath__"))?;
        if is_path {
            return Ok(Self(vec![object.extract()?]));
        }
        if object.is_instance_of::<PyBytes>() {
            return Err(PyTypeError::new_err("expected a path or paths, not bytes: from_json reads an estate's text"));
        }
        // The keys of a mapping are paths by accident at best.
        let items = if object.is_instance_of::<PyDict>() { None } else { object.try_iter().ok() };
        let Some(items) = items else {
            let name = object.get_type().name()?;
            return Err(PyTypeError::new_err(format!("expected a path or an iterable of paths, not {name}")));
        };
        let paths: Vec<PathBuf> = items.map(|item| item?.extract()).collect::<PyResult<_>>()?;
        if paths.is_empty() {
            return Err(Failure::argument("paths is empty: name at least one folder or file").into());
        }
        Ok(Self(paths))
    }
}

#[pymethods]
impl Estate {
    /// Read a folder of exports, or a file of any supported shape, or several of either into one estate.
    ///
    /// If only some paths can be read, the others are in `unreadable`; if none can be read, that raises.
    #[staticmethod]
    fn load(py: Python<'_>, paths: Paths) -> Result<Self, Failure> {
        detached(py, || vitrust::files::load_all(&paths.0).map(Self::wrap).map_err(file_error))
    }

    /// Read an estate from its JSON form.
    #[staticmethod]
    fn from_json(py: Python<'_>, data: Input) -> Result<Self, Failure> {
        detached(py, || {
            let content = data.read()?;
            let estate = vitrust::Estate::from_json(&content.bytes);
            estate.map(Self::wrap).map_err(|error| Failure::from(error).within(content.source.as_deref()))
        })
    }

    /// The estate as JSON text; what `from_json` reads.
    fn to_json(&self, py: Python<'_>) -> Result<String, Failure> {
        detached(py, || Ok(self.0.to_json()))
    }

    /// The estate as a dictionary.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.to_json(py)?,))
    }

    /// The names of the vCenters.
    #[getter]
    fn vcenters(&self) -> Vec<&str> {
        self.0.vcenters.iter().map(|vcenter| &*vcenter.name).collect()
    }

    /// The names of the hosts, by vCenter.
    #[getter]
    fn hosts(&self) -> BTreeMap<&str, Vec<&str>> {
        let vcenters = self.0.vcenters.iter();
        vcenters.map(|vcenter| (&*vcenter.name, vcenter.hosts.iter().map(|host| &*host.name).collect())).collect()
    }

    /// Every certificate of the estate, each distinct one once, by its SHA-256.
    #[getter]
    fn certificates(&self, py: Python<'_>) -> Result<Vec<Certificate>, Failure> {
        detached(py, || {
            let resolved = self.0.resolve();
            let known = self.0.certificates.keys().filter_map(|sha256: &Fingerprint| resolved.certificate(*sha256));
            Ok(known.map(|certificate| Certificate(certificate.clone())).collect())
        })
    }

    /// The TRUSTED_ROOTS of a vCenter, or with `host` the castore.pem of one of its hosts; `None` if the estate does
    /// not have it. `KeyError` for a vCenter or host that is not in the estate.
    #[pyo3(signature = (vcenter, *, host = None))]
    fn store(&self, py: Python<'_>, vcenter: Text, host: Option<Text>) -> PyResult<Option<TrustStore>> {
        let Some(known) = self.0.vcenter(&vcenter) else { return Err(PyKeyError::new_err(vcenter.to_string())) };
        let content = match &host {
            None => known.trusted_roots.as_ref(),
            Some(name) => {
                let host = known.hosts.iter().find(|host| *host.name == **name);
                host.ok_or_else(|| PyKeyError::new_err(name.to_string()))?.castore.as_ref()
            }
        };
        let Some(content) = content else { return Ok(None) };
        let store = detached(py, || Ok(self.0.resolve().store(content)))?;
        Ok(Some(TrustStore::of_estate(store, content.store.as_deref())))
    }

    /// What could not be read, or belongs to no part of an estate.
    #[getter]
    fn unreadable<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let all = detached(py, || Ok(self.0.resolve().left_out().cloned().collect::<Vec<_>>()));
        view(py, "unreadable", &all?)
    }

    fn __repr__(&self) -> String {
        let hosts: usize = self.0.vcenters.iter().map(|vcenter| vcenter.hosts.len()).sum();
        let certificates = self.0.certificates.len();
        format!("<vitrust.Estate of {} vCenters, {hosts} hosts, {certificates} certificates>", self.0.vcenters.len())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.import("vitrust._views")?.getattr("estate")?, (self.to_json(py)?,)))
    }
}

impl Estate {
    pub(crate) fn wrap(estate: vitrust::Estate) -> Self {
        Self(Arc::new(estate))
    }
}

/// A file that could not be read, as Python knows such: with the file's name apart from the message.
fn file_error(error: vitrust::Error) -> Failure {
    let vitrust::Error::File(FileError::Unreadable { path, .. }) = &error else { return Failure::Core(error) };
    // The system is asked again, since core's error keeps its words and not its number.
    match std::fs::metadata(path) {
        Err(again) => Failure::file(path, again),
        Ok(_) => Failure::Core(error),
    }
}

/// A number of days.
pub(crate) struct Days(i64);

impl<'py> FromPyObject<'_, 'py> for Days {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        const WORDS: &str = "within must be a number of days from 0 to 9223372036854775807";
        let days = object.extract::<i64>().map_err(|error| in_range(error, object.py(), WORDS))?;
        if days < 0 { Err(Failure::argument(WORDS).into()) } else { Ok(Self(days)) }
    }
}

/// Judge an estate and return the report as JSON text.
#[pyfunction]
#[pyo3(
    signature = (estate, *, at, profile = Text::new("strict"), thresholds = Text::new("vsphere"), within = None, vcenters = Vec::new(), severity = None),
    text_signature = "(estate, *, at, profile='strict', thresholds='vsphere', within=None, vcenters=..., severity=None)"
)]
#[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn assess_json(
    py: Python<'_>,
    estate: &Bound<'_, Estate>,
    at: Moment,
    profile: Text,
    thresholds: Text,
    within: Option<Days>,
    vcenters: Vec<Text>,
    severity: Option<Text>,
) -> Result<String, Failure> {
    let options = AssessOptions {
        profile: profile.parse()?,
        thresholds: thresholds.parse()?,
        within: within.map(|days| days.0),
        vcenters: vcenters.iter().map(|name| Arc::from(&**name)).collect(),
        severity: severity.as_deref().map(level).transpose()?,
        ..AssessOptions::at(at.0)
    };
    let estate = Arc::clone(&estate.get().0);
    if let Some(refusal) = options.refusal(&estate) {
        return Err(Failure::argument(refusal));
    }
    detached(py, || Ok(vitrust::assess::assess(&estate, &options).to_json()))
}

/// The severity of this name.
fn level(name: &str) -> Result<Severity, Failure> {
    name.parse().map_err(|error: SeverityError| Failure::argument(error.to_string()))
}

/// The catalogue of findings as JSON text: an array, by number.
#[pyfunction]
pub(crate) fn findings_json() -> Result<String, Failure> {
    let entry = |entry: &FindingEntry| {
        serde_json::json!({
            "id": entry.id,
            "name": entry.name,
            "severity": entry.severity,
            "summary": entry.summary,
            "remedy": entry.remedy,
            "source": entry.source,
            "since": entry.since,
        })
    };
    serde_json::to_string(&FINDINGS.iter().map(entry).collect::<Vec<_>>()).map_err(|error| Failure::defect(&error))
}

/// The JSON Schema of a format: `estate`, `probe` or `report`.
#[pyfunction]
pub(crate) fn schema(name: Text) -> Result<String, Failure> {
    match &*name {
        "estate" => Ok(vitrust::Estate::json_schema()),
        "probe" => Ok(vitrust::net::Probe::json_schema()),
        "report" => Ok(vitrust::assess::Report::json_schema()),
        other => Err(Failure::argument(format!("`{other}` has no schema: write estate, probe or report"))),
    }
}
