//! `vitrust.Certificate`.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyInt, PyType};
use vitrust::cert::{CertificateError, GeneralNames, Oid};

use crate::boundary::{Failure, detached};
use crate::input::{Input, Inputs};
use crate::moment::to_python;

/// An X.509 certificate: immutable, equal and hashed by content, small enough to pass around.
///
/// `Certificate(data)` reads the first certificate of any supported shape: DER, PEM text, a file, or a certificate
/// object of the package `cryptography`.
#[pyclass(frozen, eq, hash, module = "vitrust")]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Certificate(pub(crate) vitrust::Certificate);

impl Certificate {
    fn read(
        py: Python<'_>,
        data: &Input,
        parse: impl FnOnce(&[u8]) -> Result<vitrust::Certificate, CertificateError> + Send,
    ) -> Result<Self, Failure> {
        if let Input::Certificate(certificate) = data {
            return Ok(Self(certificate.clone()));
        }
        detached(py, || {
            let content = data.read()?;
            parse(&content.bytes)
                .map(Self)
                .map_err(|error| Failure::Core(error.into()).within(content.source.as_deref()))
        })
    }
}

#[pymethods]
impl Certificate {
    #[new]
    fn new(py: Python<'_>, data: Input) -> Result<Self, Failure> {
        Self::read(py, &data, |bytes| {
            // DER begins with a SEQUENCE; PEM text cannot.
            if bytes.first() == Some(&0x30) {
                vitrust::Certificate::from_der(bytes)
            } else {
                vitrust::Certificate::from_pem(bytes)
            }
        })
    }

    /// Read every certificate of one or several inputs of any shape: a presented chain, a bundle, a store.
    ///
    /// A block that cannot be read raises `UnreadableError`; to keep what is left, read a `TrustStore`.
    #[staticmethod]
    fn load_all(py: Python<'_>, data: Inputs) -> Result<Vec<Self>, Failure> {
        let all = detached(py, || crate::reading::certificates(&data))?;
        Ok(all.into_iter().map(Self).collect())
    }

    /// Read the first certificate of PEM text.
    #[staticmethod]
    fn from_pem(py: Python<'_>, data: Input) -> Result<Self, Failure> {
        Self::read(py, &data, vitrust::Certificate::from_pem)
    }

    /// Read exactly one certificate from DER.
    #[staticmethod]
    fn from_der(py: Python<'_>, data: Input) -> Result<Self, Failure> {
        Self::read(py, &data, vitrust::Certificate::from_der)
    }

    /// The subject as text, as `vecs-cli` and OpenSSL print it.
    #[getter]
    fn subject(&self) -> String {
        self.0.subject().to_string()
    }

    /// The common name of the subject, the most specific if it has several; `None` if it has none.
    #[getter]
    fn common_name(&self) -> Option<&str> {
        self.0.subject().common_names().last().map(|name| &**name)
    }

    /// The issuer as text.
    #[getter]
    fn issuer(&self) -> String {
        self.0.issuer().to_string()
    }

    /// The serial number.
    #[getter]
    fn serial_number<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        // The bytes are two's complement, so a negative number stays one.
        let options = [("signed", true)];
        let arguments = (PyBytes::new(py, self.0.serial_number()), "big");
        py.get_type::<PyInt>().call_method(
            intern!(py, "from_bytes"),
            arguments,
            Some(&pyo3::types::IntoPyDict::into_py_dict(options, py)?),
        )
    }

    /// 1, 2 or 3.
    #[getter]
    fn version(&self) -> u32 {
        self.0.version()
    }

    /// First second of validity, aware, UTC.
    #[getter]
    fn not_before<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.not_before())
    }

    /// Last second of validity, aware, UTC.
    #[getter]
    fn not_after<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.not_after())
    }

    /// SHA-1 of the DER as lowercase hex: the alias in VECS and vSphere's thumbprint.
    #[getter]
    fn sha1(&self) -> String {
        self.0.sha1().to_string()
    }

    /// SHA-256 of the DER as lowercase hex: the identity of the certificate.
    #[getter]
    fn sha256(&self) -> String {
        self.0.sha256().to_string()
    }

    /// The subject key identifier as lowercase hex.
    #[getter]
    fn subject_key_id(&self) -> Option<String> {
        self.0.subject_key_id().map(ToString::to_string)
    }

    /// The key identifier of the issuer as lowercase hex.
    #[getter]
    fn authority_key_id(&self) -> Option<String> {
        self.0.authority_key_id().map(ToString::to_string)
    }

    /// Whether basic constraints say that the subject is a CA.
    #[getter]
    fn is_ca(&self) -> bool {
        self.0.is_ca()
    }

    /// Whether subject and issuer are the same name; says nothing about the key.
    #[getter]
    fn is_self_issued(&self) -> bool {
        self.0.is_self_issued()
    }

    /// How many intermediates may follow below this CA.
    #[getter]
    fn path_length(&self) -> Option<u32> {
        self.0.extensions().basic_constraints.and_then(|constraints| constraints.path_length)
    }

    /// The key usage bits by the names of RFC 5280; `None` when the extension is absent.
    #[getter]
    fn key_usage(&self) -> Option<Vec<&'static str>> {
        self.0.extensions().key_usage.map(vitrust::cert::KeyUsage::names)
    }

    /// The extended key usages as dotted identifiers; `None` when the extension is absent.
    #[getter]
    fn extended_key_usage(&self) -> Option<Vec<String>> {
        let usages = self.0.extensions().extended_key_usage.as_ref();
        usages.map(|usages| usages.iter().map(Oid::to_string).collect())
    }

    /// The alternative names: `DNS:vc01.example`, `IP:192.0.2.1`, ...
    #[getter]
    fn subject_alternative_names(&self) -> Vec<String> {
        let names = self.0.extensions().subject_alternative_names.iter().flat_map(GeneralNames::iter);
        names.map(|name| name.to_string()).collect()
    }

    /// The kind of key: `RSA`, `EC P-256`, `Ed25519`.
    #[getter]
    fn key_algorithm(&self) -> &str {
        self.0.public_key().name()
    }

    /// The size of the key in bits.
    #[getter]
    fn key_bits(&self) -> Option<u32> {
        self.0.public_key().kind.bits()
    }

    /// The signature algorithm as OpenSSL names it, for example `sha256WithRSAEncryption`.
    #[getter]
    fn signature_algorithm(&self) -> &str {
        self.0.signature_algorithm().name()
    }

    /// The certificate's DER.
    #[getter]
    fn der<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.der())
    }

    /// The certificate as PEM text.
    fn to_pem(&self) -> String {
        self.0.to_pem()
    }

    /// The fields as a dictionary that `json.dumps` takes; times are RFC 3339 text.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let fields = vitrust::json::text(&self.0.fields()).map_err(|error| Failure::defect(&error))?;
        py.import("json")?.call_method1("loads", (fields,))
    }

    fn __repr__(&self) -> String {
        format!("<vitrust.Certificate {}, sha1={}, until {}>", self.0.subject(), self.0.sha1(), self.0.not_after())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (Bound<'py, PyBytes>,)) {
        (py.get_type::<Self>(), (self.der(py),))
    }
}
