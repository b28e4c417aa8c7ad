//! Reports drawn for people, what they come to, and reports that were kept.

use std::ffi::c_char;

use vitrust::report::{outcome, render};

use crate::boundary::{Failure, bytes, guard, text};
use crate::options;
use crate::out::{Out, OutValue, handle, required};
use crate::report::Report;
use crate::string::Text;
use crate::{Error, Status};

/// Draws a report for people, as the command vitrust prints it.
///
/// format, format_len: "text".
/// options, options_len: JSON, or length 0 for none:
///   "view"    what is drawn: "audit" (the default), "matrix", "reasons" (why cells are not trusted, and what to add),
///             or "expiry" of the report of an assessment; "unreadable" of vitrust_estate_describe; "verdict" of
///             vitrust_store_verify; "probes" of vitrust_probe
///   "width"   how many columns there are, at least 20; 120 by default
///   "colour"  true for ANSI escapes
///   "ascii"   true if only ASCII can be shown
///   "full"    true to show lists in full, however long they are
/// text_out: receives the lines, to be freed with vitrust_string_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_ARGUMENT when the report does not have what the view shows. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_report_render(
    report: *const Report,
    format: *const c_char,
    format_len: usize,
    options: *const c_char,
    options_len: usize,
    text_out: *mut *mut Text,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let text_out = unsafe { Out::new(text_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let text_out = required("text_out", text_out)?;
        // SAFETY: the caller keeps the report until the call returns.
        let report = unsafe { handle("report", report) }?;
        // SAFETY: the caller lends `format_len` bytes for this call.
        let format = unsafe { text("format", format, format_len) }?;
        // SAFETY: the caller lends `options_len` bytes for this call.
        let options = unsafe { bytes("options", options.cast(), options_len) }?;
        if format != "text" {
            return Err(Failure::new(Status::Argument, "format", format!("`{format}` is not a format: write text")));
        }
        let options = options::Render::from_json(options)?;
        let page = render(report.text()?, options.view, &options.canvas);
        let page = page.map_err(|error| Failure::from_core("report", &vitrust::Error::Render(error)))?;
        text_out.put(Text::new(&page));
        Ok(())
    })
}

/// Says whether what a report shows is a failure, as the exit code of the command vitrust does.
///
/// options, options_len: JSON, or length 0 for none:
///   "view"     what is looked at, as in vitrust_report_render: "audit" (the default), "matrix", "expiry", "unreadable",
///              "verdict" or "probes"
///   "fail_on"  what counts: "critical", "high", "medium", "low" or "info" and everything worse, with or without ",unknown" for what is
///              not known or could not be read; "unknown" alone; or "never". "high,unknown" by default
/// fails_out: receives 1 for a failure, else 0. 0 unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_ARGUMENT when the report does not have what the view shows. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_report_fails(
    report: *const Report,
    options: *const c_char,
    options_len: usize,
    fails_out: *mut i32,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one number.
    let fails_out = unsafe { OutValue::new(fails_out, 0) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let fails_out = required("fails_out", fails_out)?;
        // SAFETY: the caller keeps the report until the call returns.
        let report = unsafe { handle("report", report) }?;
        // SAFETY: the caller lends `options_len` bytes for this call.
        let options = unsafe { bytes("options", options.cast(), options_len) }?;
        let options = options::Fails::from_json(options)?;
        let outcome = outcome(report.text()?, options.view);
        let outcome = outcome.map_err(|error| Failure::from_core("report", &vitrust::Error::Render(error)))?;
        fails_out.put(i32::from(options.fail_on.counts(outcome)));
        Ok(())
    })
}

/// Makes a report from the saved JSON of one.
///
/// data, data_len: the JSON of a report, or a part of one.
/// report_out: receives the report, to be freed with vitrust_report_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_JSON when the text is not JSON. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_report_from_json(
    data: *const u8,
    data_len: usize,
    report_out: *mut *mut Report,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let report_out = unsafe { Out::new(report_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let report_out = required("report_out", report_out)?;
        // SAFETY: the caller lends `data_len` bytes for this call.
        let data = unsafe { bytes("data", data, data_len) }?;
        report_out.put(Report::kept(data)?);
        Ok(())
    })
}
