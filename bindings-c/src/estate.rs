//! Estates: read from files or JSON, judged as a whole.

use std::ffi::c_char;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use serde_json::json;
use vitrust::estate::EstateReader;

use crate::boundary::{Failure, bytes, guard, text};
use crate::out::{Out, free, handle, required};
use crate::{Error, Report, Status, Store, Text, options};

/// The facts of an estate: vCenters, hosts and storage providers, what they present and which stores they hold. It never
/// changes after it was made, so any number of threads may use one at the same time. Whoever received it frees it with
/// vitrust_estate_free, when no thread uses it any more.
#[derive(Debug)]
pub struct Estate(pub(crate) Arc<vitrust::Estate>);

/// One vCenter of an estate and the names of its hosts.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct VCenterSummary<'e> {
    /// The name.
    name: &'e str,
    /// Its hosts.
    hosts: Vec<&'e str>,
    /// Whether its certificate was not checked when it was asked.
    insecure: bool,
}

/// Reads an estate from its JSON form, as vitrust_estate_json writes it (docs/schema/estate.schema.json).
///
/// data, data_len: the text; borrowed for this call.
/// estate_out: receives the estate, to be freed with vitrust_estate_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_ESTATE for any other text. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_estate_from_json(
    data: *const u8,
    data_len: usize,
    estate_out: *mut *mut Estate,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let estate_out = unsafe { Out::new(estate_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let estate_out = required("estate_out", estate_out)?;
        // SAFETY: the caller lends `data_len` bytes for this call.
        let data = unsafe { bytes("data", data, data_len) }?;
        let estate = vitrust::Estate::from_json(data).map_err(|error| Failure::from_core("data", &error.into()))?;
        estate_out.put(Estate(Arc::new(estate)));
        Ok(())
    })
}

/// Reads an estate from files: folders of exports (docs/guide/estate-layout.md), single files of any shape, estates in JSON.
///
/// paths, paths_len: a JSON array of paths, ["exports", "castore.pem"]. They become one estate. If only some paths
/// can be read, the others are listed as unreadable.
/// estate_out: receives the estate, to be freed with vitrust_estate_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_FILE when no path can be read. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_estate_load(
    paths: *const c_char,
    paths_len: usize,
    estate_out: *mut *mut Estate,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let estate_out = unsafe { Out::new(estate_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let estate_out = required("estate_out", estate_out)?;
        // SAFETY: the caller lends `paths_len` bytes for this call.
        let paths = unsafe { bytes("paths", paths.cast(), paths_len) }?;
        let paths: Vec<PathBuf> = options::texts("paths", paths)?.into_iter().map(PathBuf::from).collect();
        if paths.is_empty() {
            return Err(Failure::new(Status::Argument, "paths", "`paths` is empty: name at least one folder or file"));
        }
        let estate = vitrust::files::load_all(&paths).map_err(|error| Failure::from_core("paths", &error))?;
        estate_out.put(Estate(Arc::new(estate)));
        Ok(())
    })
}

/// The estate of one vCenter of which only a trust store is known, as its TRUSTED_ROOTS: to see when its
/// certificates expire, and what is wrong with it. Printed entries and what could not be read come with it.
///
/// name, name_len: the name of the vCenter and the store; required.
/// estate_out: receives the estate, to be freed with vitrust_estate_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_estate_from_store(
    store: *const Store,
    name: *const c_char,
    name_len: usize,
    estate_out: *mut *mut Estate,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let estate_out = unsafe { Out::new(estate_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let estate_out = required("estate_out", estate_out)?;
        // SAFETY: the caller keeps the store until the call returns.
        let store = unsafe { handle("store", store) }?;
        // SAFETY: the caller lends `name_len` bytes for this call.
        let name = unsafe { text("name", name, name_len) }?;
        if name.is_empty() {
            return Err(Failure::new(Status::Argument, "name", "`name` is empty: give the name of the vCenter"));
        }
        let mut reader = EstateReader::new(name);
        reader.add_store(name, store.anchors());
        let estate = reader.finish();
        estate.check_names().map_err(|error| Failure::from_core("name", &error.into()))?;
        estate_out.put(Estate(Arc::new(estate)));
        Ok(())
    })
}

/// The estate as JSON text, which vitrust_estate_from_json reads.
///
/// json_out: receives the text, to be freed with vitrust_string_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_estate_json(
    estate: *const Estate,
    json_out: *mut *mut Text,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let json_out = unsafe { Out::new(json_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let json_out = required("json_out", json_out)?;
        // SAFETY: the caller keeps the estate until the call returns.
        let estate = unsafe { handle("estate", estate) }?;
        json_out.put(Text::new(&estate.0.to_json()));
        Ok(())
    })
}

/// What is in the estate, in short.
///
/// report_out: receives a report with the sections "vcenters" (name, the names of its hosts, and whether it was
/// queried without checking its certificate) and "unreadable" (place and reason of what could not be read), to be freed with
/// vitrust_report_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_estate_describe(
    estate: *const Estate,
    report_out: *mut *mut Report,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let report_out = unsafe { Out::new(report_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let report_out = required("report_out", report_out)?;
        // SAFETY: the caller keeps the estate until the call returns.
        let estate = unsafe { handle("estate", estate) }?;
        report_out.put(estate.describe()?);
        Ok(())
    })
}

/// Judges an estate: what is wrong, who trusts whom, what expires when, what breaks next. A broken estate is an answer, not
/// a failure.
///
/// options, options_len: a JSON object. Its keys, of which only "at" is required:
///   "at"          the time all is judged at, RFC 3339 or a date: "2026-06-01T12:00:00Z"
///   "profile"     whose rules decide between vCenters: "strict" (the default), "openssl", "java", "go", "webpki"
///   "thresholds"  when an approaching expiry deserves attention: "vsphere" (the default), "vcenter-host",
///                 "vasa", "sos", "vcert", "vdt", or days such as "60/30"
///   "within"      list only certificates that expire within so many days
///   "vcenters"    an array of names: report about these vCenters alone; the whole estate is judged in any case
///   "severity"    list no finding below this severity: "critical", "high", "medium", "low" or "info"
/// report_out: receives the report (docs/schema/report.schema.json), to be freed with vitrust_report_free. NULL unless
/// the call returns OK. Its sections: "findings" (worst first), "expiry", "edges", "matrix", "causes", "additions",
/// "forecast" and "not_collected"; and what these refer to, "certificates" (by their "id") and "rejections" (by their position).
/// error_out: as in vitrust_store_from_bytes.
///
/// May be called from any thread, also at the same time on one estate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_estate_assess(
    estate: *const Estate,
    options: *const c_char,
    options_len: usize,
    report_out: *mut *mut Report,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let report_out = unsafe { Out::new(report_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let report_out = required("report_out", report_out)?;
        // SAFETY: the caller keeps the estate until the call returns.
        let estate = unsafe { handle("estate", estate) }?;
        // SAFETY: the caller lends `options_len` bytes for this call.
        let options = unsafe { bytes("options", options.cast(), options_len) }?;
        let options = options::assess(options)?;
        if let Some(refusal) = options.refusal(&estate.0) {
            return Err(Failure::new(Status::Option, "options.vcenters", refusal));
        }
        let report = vitrust::assess::assess(&estate.0, &options);
        report_out.put(Report::new(&report.to_json()));
        Ok(())
    })
}

/// Frees an estate. NULL is fine. Free it once, when no thread uses it any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_estate_free(estate: *mut Estate) {
    // SAFETY: the caller passes NULL or an estate of this library, and does not use it again.
    unsafe { free(estate) }
}

/// The JSON Schema of a format.
///
/// name, name_len: "estate", "probe" or "report".
/// json_out: receives the text, to be freed with vitrust_string_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_ARGUMENT for another name. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_schema(
    name: *const c_char,
    name_len: usize,
    json_out: *mut *mut Text,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let json_out = unsafe { Out::new(json_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let json_out = required("json_out", json_out)?;
        // SAFETY: the caller lends `name_len` bytes for this call.
        let name = unsafe { text("name", name, name_len) }?;
        let schema = match name {
            "estate" => vitrust::Estate::json_schema(),
            "probe" => vitrust::net::Probe::json_schema(),
            "report" => vitrust::assess::Report::json_schema(),
            other => {
                let reason = format!("`{other}` has no schema: write estate, probe or report");
                return Err(Failure::new(Status::Argument, "name", reason));
            }
        };
        json_out.put(Text::new(&schema));
        Ok(())
    })
}

impl Estate {
    fn describe(&self) -> Result<Report, Failure> {
        let vcenters = self.0.vcenters.iter().map(|vcenter| VCenterSummary {
            name: &vcenter.name,
            hosts: vcenter.hosts.iter().map(|host| &*host.name).collect(),
            insecure: vcenter.insecure,
        });
        let resolved = self.0.resolve();
        let unread: Vec<_> = resolved.left_out().collect();
        Report::of(&json!({ "vcenters": vcenters.collect::<Vec<_>>(), "unreadable": unread }))
    }
}
