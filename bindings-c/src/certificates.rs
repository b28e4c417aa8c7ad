//! Certificates by themselves: what an input of any shape holds.

use std::ffi::c_char;

use vitrust::store::StoreDescription;

use crate::boundary::{bytes, guard};
use crate::options::ReadOptions;
use crate::out::{Out, required};
use crate::{Error, Report, Status, input};

/// Reads certificates and CRLs from an input of any shape that vitrust_store_from_bytes takes, and makes no store of
/// them: every certificate is listed, copies and those of every VECS store included.
///
/// data, data_len: the input; borrowed for this call. NULL with length 0 is an empty input.
/// options, options_len: "source" and "shape" as in vitrust_store_from_bytes, or nothing (NULL with length 0).
/// report_out: receives a report with the sections "certificates", "crls", "dumped", "without_certificate" and "unreadable" of
/// vitrust_store_describe, to be freed with vitrust_report_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_STORE when the input holds nothing that is, or fails to be, a certificate. May be called
/// from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_certificates_read(
    data: *const u8,
    data_len: usize,
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
        // SAFETY: the caller lends `data_len` bytes for this call.
        let data = unsafe { bytes("data", data, data_len) }?;
        // SAFETY: the caller lends `options_len` bytes for this call.
        let options = unsafe { bytes("options", options.cast(), options_len) }?;
        let reading = input::named("data", data, &ReadOptions::from_json(options)?)?;
        report_out.put(Report::of(&StoreDescription::of_reading(&reading))?);
        Ok(())
    })
}
