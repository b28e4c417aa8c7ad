//! The native half of the Python package `vitrust`: inputs in, core's answers out.
//!
//! Nothing is parsed, judged or worded here. Reports leave as the JSON text that core wrote; the Python half of the
//! package gives it names. Exceptions are classes of `vitrust.exceptions`.

mod boundary;
mod certificate;
mod estate;
mod input;
mod live;
mod moment;
mod pickle;
mod question;
mod reading;
mod render;
mod session;
mod store;
mod text;
mod watch;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::certificate::Certificate;
    #[pymodule_export]
    use super::estate::{Estate, assess_json, findings_json, schema};
    #[pymodule_export]
    use super::input::read_file;
    #[pymodule_export]
    use super::live::{collect_estate, probe_json, system_roots};
    #[pymodule_export]
    use super::render::{fails, render, render_probes, render_store, render_verdict};
    #[pymodule_export]
    use super::session::{Connection, open_session, open_session_with};
    #[pymodule_export]
    use super::store::TrustStore;
    #[pymodule_export]
    use super::watch::Cancel;

    /// The version of the library.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name Python looks for")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
