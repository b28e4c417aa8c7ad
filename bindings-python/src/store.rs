//! `vitrust.TrustStore`.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use vitrust::Verifier;
use vitrust::path::SignatureMemo;
use vitrust::store::{DescribedCrl, DescribedDump, Reading, Shape, TRUSTED_ROOTS};

use crate::boundary::{Failure, detached};
use crate::certificate::Certificate;
use crate::input::{Chain, Input, Inputs};
use crate::moment::Moment;
use crate::pickle::{State, restored, state};
use crate::question::{Depth, Plain, Question};
use crate::reading::{certificates, read, read_vecs};
use crate::text::Text;

/// A set of trust anchors: immutable, each distinct certificate once, in the order they were read.
///
/// What could not be read is kept in `unreadable`, and entries known only from a printed dump in `dumped`. If an
/// input holds several VECS stores, one has the anchors, and the others' certificates are in `set_aside`. A store
/// remembers the signature checks it has made, so asking again is cheap; it may be shared between threads.
///
/// Two stores are equal if they hold the same anchors, certificates set aside, CRLs, printed entries and what could not
/// be read, in whatever order and from wherever it was read.
#[pyclass(frozen, eq, hash, module = "vitrust")]
pub(crate) struct TrustStore {
    store: Arc<vitrust::TrustStore>,
    /// The VECS store whose certificates are the anchors.
    name: String,
    memo: Arc<SignatureMemo>,
}

impl TrustStore {
    pub(crate) fn core(&self) -> &vitrust::TrustStore {
        &self.store
    }

    /// A store that an estate holds; `name` is that of the VECS store it was read from.
    pub(crate) fn of_estate(store: vitrust::TrustStore, name: Option<&str>) -> Self {
        Self::named(store, name.unwrap_or(TRUSTED_ROOTS))
    }

    fn wrap(store: vitrust::TrustStore) -> Self {
        Self::named(store, TRUSTED_ROOTS)
    }

    fn named(store: vitrust::TrustStore, name: &str) -> Self {
        Self { store: Arc::new(store), name: name.to_owned(), memo: Arc::default() }
    }

    fn read(py: Python<'_>, shape: Shape, data: &Input, source: Option<&str>) -> Result<Self, Failure> {
        detached(py, || read(data, shape, source).map(|reading| Self::wrap(vitrust::TrustStore::from_reading(reading))))
    }

    fn of(reading: Reading, store: &str) -> Self {
        Self::named(vitrust::TrustStore::of_store(reading, store), store)
    }

    fn verifier(&self) -> Verifier<'_> {
        Verifier::with_memo(&self.store, Arc::clone(&self.memo))
    }

    /// The verdict as a `vitrust.Verdict`.
    fn verdict<'py>(&self, py: Python<'py>, question: &Question) -> PyResult<Bound<'py, PyAny>> {
        let (json, path) = detached(py, || {
            question.ask(|chain, options| {
                let verdict = self.verifier().explain_presented(chain, options)?;
                let json = vitrust::json::text(&verdict).map_err(|error| Failure::defect(&error))?;
                let path: Vec<_> = verdict.path.into_iter().map(|member| Certificate(member.certificate)).collect();
                Ok((json, path))
            })
        })?;
        py.import(intern!(py, "vitrust.verdict"))?.getattr("Verdict")?.call_method1("_from_native", (json, path))
    }
}

/// What a store holds, without the places.
type Held<'s> = (Vec<[u8; 32]>, Vec<[u8; 32]>, Vec<[u8; 32]>, Vec<String>, Vec<&'s str>);

impl TrustStore {
    fn held(&self) -> Held<'_> {
        let store = &self.store;
        let mut held = (
            store.anchors().iter().map(|anchor| anchor.certificate.sha256().0).collect::<Vec<_>>(),
            store.set_aside().iter().map(|found| found.value.sha256().0).collect::<Vec<_>>(),
            store.crls().iter().map(|found| found.value.sha256().0).collect::<Vec<_>>(),
            store.dumped().iter().map(|found| format!("{:?}", found.value)).collect::<Vec<_>>(),
            store.unreadable().iter().map(|block| &*block.reason).collect::<Vec<_>>(),
        );
        held.0.sort_unstable();
        held.1.sort_unstable();
        held.2.sort_unstable();
        held.3.sort_unstable();
        held.4.sort_unstable();
        held
    }
}

impl PartialEq for TrustStore {
    fn eq(&self, other: &Self) -> bool {
        self.held() == other.held()
    }
}

impl Eq for TrustStore {}

impl Hash for TrustStore {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.held().hash(state);
    }
}

#[pymethods]
impl TrustStore {
    /// Read a PEM bundle; text between the blocks is ignored.
    #[staticmethod]
    #[pyo3(signature = (data, *, source = None))]
    fn from_pem(py: Python<'_>, data: Input, source: Option<Text>) -> Result<Self, Failure> {
        Self::read(py, Shape::Pem, &data, source.as_deref())
    }

    /// Read any shape a store is exported in; the content decides which. In a listing of several VECS stores, the one
    /// named `store` has the anchors. A folder of files, as download.zip unpacks to, is one store.
    #[staticmethod]
    #[pyo3(
        signature = (data, *, source = None, store = Text::new(TRUSTED_ROOTS)),
        text_signature = "(data, *, source=None, store='TRUSTED_ROOTS')"
    )]
    fn load(py: Python<'_>, data: Input, source: Option<Text>, store: Text) -> Result<Self, Failure> {
        detached(py, || match &data {
            Input::File(folder) if folder.is_dir() => Ok(Self::wrap(vitrust::files::load_store(folder)?)),
            _ => read(&data, Shape::Unknown, source.as_deref()).map(|reading| Self::of(reading, &store)),
        })
    }

    /// Read a host's `castore.pem`.
    #[staticmethod]
    #[pyo3(signature = (data, *, source = None))]
    fn from_castore(py: Python<'_>, data: Input, source: Option<Text>) -> Result<Self, Failure> {
        Self::read(py, Shape::Pem, &data, source.as_deref())
    }

    /// Read what `vecs-cli` prints: `entry list`, with or without `--text`, of one store or of all. The one named
    /// `store` has the anchors.
    #[staticmethod]
    #[pyo3(
        signature = (data, *, source = None, store = Text::new(TRUSTED_ROOTS)),
        text_signature = "(data, *, source=None, store='TRUSTED_ROOTS')"
    )]
    fn from_vecs(py: Python<'_>, data: Input, source: Option<Text>, store: Text) -> Result<Self, Failure> {
        detached(py, || read_vecs(&data, source.as_deref()).map(|reading| Self::of(reading, &store)))
    }

    /// Read `certs/download.zip`, the archive of trusted roots that every vCenter offers.
    #[staticmethod]
    #[pyo3(signature = (data, *, source = None))]
    fn from_zip(py: Python<'_>, data: Input, source: Option<Text>) -> Result<Self, Failure> {
        Self::read(py, Shape::DownloadZip, &data, source.as_deref())
    }

    /// A store of these certificates: each an input of any shape.
    #[staticmethod]
    fn from_certificates(py: Python<'_>, certificates: Inputs) -> Result<Self, Failure> {
        detached(py, || {
            let all = crate::reading::certificates(&certificates)?;
            Ok(Self::wrap(vitrust::TrustStore::from_certificates(all)))
        })
    }

    /// Judge a chain. An untrusted chain is an answer, never an exception.
    ///
    /// Only CRLs passed in `crls` count: those that were read with the store are shown in its `crls` and not consulted.
    /// With `revocation="required"` every certificate below the anchor needs a usable CRL. `policies` are the acceptable
    /// certificate policies as object identifiers, none for any; they and the three switches are the inputs of RFC 5280
    /// section 6.1.1.
    #[pyo3(
        signature = (chain, *, at, profile = Text::new("strict"), purpose = Text::new("server"), name = None, crls = Inputs(Vec::new()), max_depth = None, revocation = Text::new("if-present"), policies = Vec::new(), explicit_policy = false, inhibit_policy_mapping = false, inhibit_any_policy = false),
        text_signature = "($self, chain, *, at, profile='strict', purpose='server', name=None, crls=..., max_depth=None, revocation='if-present', policies=..., explicit_policy=False, inhibit_policy_mapping=False, inhibit_any_policy=False)"
    )]
    #[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn explain<'py>(
        &self,
        py: Python<'py>,
        chain: Chain,
        at: Moment,
        profile: Text,
        purpose: Text,
        name: Option<Text>,
        crls: Inputs,
        max_depth: Option<Depth>,
        revocation: Text,
        policies: Vec<Text>,
        explicit_policy: bool,
        inhibit_policy_mapping: bool,
        inhibit_any_policy: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let plain = Plain {
            at,
            profile,
            purpose,
            name,
            max_depth,
            revocation,
            policies,
            explicit_policy,
            inhibit_policy_mapping,
            inhibit_any_policy,
        };
        let question = Question::new(chain, crls, &plain)?;
        self.verdict(py, &question)
    }

    /// As `explain`, but return the accepted path, or raise `VerificationError` with every rejection.
    #[pyo3(
        signature = (chain, *, at, profile = Text::new("strict"), purpose = Text::new("server"), name = None, crls = Inputs(Vec::new()), max_depth = None, revocation = Text::new("if-present"), policies = Vec::new(), explicit_policy = false, inhibit_policy_mapping = false, inhibit_any_policy = false),
        text_signature = "($self, chain, *, at, profile='strict', purpose='server', name=None, crls=..., max_depth=None, revocation='if-present', policies=..., explicit_policy=False, inhibit_policy_mapping=False, inhibit_any_policy=False)"
    )]
    #[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn verify<'py>(
        &self,
        py: Python<'py>,
        chain: Chain,
        at: Moment,
        profile: Text,
        purpose: Text,
        name: Option<Text>,
        crls: Inputs,
        max_depth: Option<Depth>,
        revocation: Text,
        policies: Vec<Text>,
        explicit_policy: bool,
        inhibit_policy_mapping: bool,
        inhibit_any_policy: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let plain = Plain {
            at,
            profile,
            purpose,
            name,
            max_depth,
            revocation,
            policies,
            explicit_policy,
            inhibit_policy_mapping,
            inhibit_any_policy,
        };
        let question = Question::new(chain, crls, &plain)?;
        let verdict = self.verdict(py, &question)?;
        if verdict.getattr(intern!(py, "trusted"))?.is_truthy()? {
            return verdict.getattr(intern!(py, "path"));
        }
        let class = py.import(intern!(py, "vitrust.exceptions"))?.getattr("VerificationError")?;
        Err(PyErr::from_value(class.call1((verdict,))?))
    }

    /// Whether a chain is trusted, without the reasons: the cheap form for many questions.
    #[pyo3(
        signature = (chain, *, at, profile = Text::new("strict"), purpose = Text::new("server"), name = None, crls = Inputs(Vec::new()), max_depth = None, revocation = Text::new("if-present"), policies = Vec::new(), explicit_policy = false, inhibit_policy_mapping = false, inhibit_any_policy = false),
        text_signature = "($self, chain, *, at, profile='strict', purpose='server', name=None, crls=..., max_depth=None, revocation='if-present', policies=..., explicit_policy=False, inhibit_policy_mapping=False, inhibit_any_policy=False)"
    )]
    #[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn trusts(
        &self,
        py: Python<'_>,
        chain: Chain,
        at: Moment,
        profile: Text,
        purpose: Text,
        name: Option<Text>,
        crls: Inputs,
        max_depth: Option<Depth>,
        revocation: Text,
        policies: Vec<Text>,
        explicit_policy: bool,
        inhibit_policy_mapping: bool,
        inhibit_any_policy: bool,
    ) -> Result<bool, Failure> {
        let plain = Plain {
            at,
            profile,
            purpose,
            name,
            max_depth,
            revocation,
            policies,
            explicit_policy,
            inhibit_policy_mapping,
            inhibit_any_policy,
        };
        let question = Question::new(chain, crls, &plain)?;
        detached(py, || question.ask(|chain, options| Ok(self.verifier().trusts(&chain.certificates, options)?)))
    }

    /// The anchors, in the order they were read.
    #[getter]
    fn certificates(&self) -> Vec<Certificate> {
        self.store.anchors().iter().map(|anchor| Certificate(anchor.certificate.clone())).collect()
    }

    /// The certificates of VECS stores other than the requested one, each with its place. They are not anchors.
    #[getter]
    fn set_aside(&self) -> Vec<(Certificate, String)> {
        let found = self.store.set_aside().iter();
        found.map(|found| (Certificate(found.value.clone()), found.place.to_string())).collect()
    }

    /// The blocks that could not be read, each with its place and the reason.
    #[getter]
    fn unreadable<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        view(py, "unreadable", self.store.unreadable())
    }

    /// The entries known only from a printed dump: facts without bytes. No path ends in them.
    #[getter]
    fn dumped<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let entries: Vec<_> = self.store.dumped().iter().map(DescribedDump::from).collect();
        view(py, "dumped", &entries)
    }

    /// The entries of VECS without a certificate: secret keys and pending requests. What they hold is never kept.
    #[getter]
    fn without_certificate<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        view(py, "without_certificate", self.store.without_certificate())
    }

    /// The CRLs that were read with the anchors.
    #[getter]
    fn crls<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let crls: Vec<_> = self.store.crls().iter().map(DescribedCrl::from).collect();
        view(py, "crls", &crls)
    }

    /// What is wrong with the store by itself as of `at`, regardless of what is presented.
    #[pyo3(signature = (*, at))]
    fn lint<'py>(&self, py: Python<'py>, at: Moment) -> PyResult<Bound<'py, PyAny>> {
        let issues = detached(py, || Ok(vitrust::store::lint(&self.store, at.0)))?;
        view(py, "issues", &issues)
    }

    /// Where an anchor was read, for example `castore.pem line 412`; `None` for a certificate that is not an anchor.
    fn place(&self, certificate: &Bound<'_, Certificate>) -> Option<String> {
        self.store.anchor(certificate.get().0.sha256()).map(|anchor| anchor.place.to_string())
    }

    fn __len__(&self) -> usize {
        self.store.len()
    }

    fn __contains__(&self, py: Python<'_>, certificate: Inputs) -> Result<bool, Failure> {
        detached(py, || {
            match certificates(&certificate) {
                Ok(all) => Ok(!all.is_empty() && all.iter().all(|certificate| self.store.contains(certificate))),
                // What is no certificate is in no store.
                Err(failure) if failure.is_unreadable() => Ok(false),
                Err(failure) => Err(failure),
            }
        })
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.certificates().into_pyobject(py)?.try_iter()
    }

    /// Make a store of what `__reduce__` took apart.
    #[staticmethod]
    fn _restored(state: State<'_>) -> Result<Self, Failure> {
        Ok(Self::named(restored(&state)?, &state.0))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (State<'py>,))> {
        let restore = py.get_type::<Self>().getattr("_restored")?;
        Ok((restore, (state(py, &self.store, &self.name)?,)))
    }

    fn __repr__(&self) -> String {
        let store = &self.store;
        let mut text = format!("<vitrust.TrustStore of {}", store.len());
        let beside = [
            (store.set_aside().len(), "set aside"),
            (store.dumped().len(), "dumped"),
            (store.unreadable().len(), "unreadable"),
        ];
        for (count, what) in beside {
            if count > 0 {
                text.push_str(&format!(", {count} {what}"));
            }
        }
        text + ">"
    }
}

/// Hands a list to its reader in `vitrust._views`, as JSON.
pub(crate) fn view<'py>(
    py: Python<'py>,
    name: &str,
    items: &(impl serde::Serialize + ?Sized),
) -> PyResult<Bound<'py, PyAny>> {
    let json = vitrust::json::text(items).map_err(|error| Failure::defect(&error))?;
    py.import(intern!(py, "vitrust._views"))?.getattr(name)?.call1((json,))
}
