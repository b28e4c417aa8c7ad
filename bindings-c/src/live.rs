//! What servers say right now: probes and collections.

use std::ffi::{c_char, c_void};
use std::sync::Arc;

use vitrust::Endpoint;
use vitrust::net::{Cancel, Collected, NetError, blocking};

use crate::boundary::{Failure, bytes, guard};
use crate::out::{Out, handle, required};
use crate::work::{Outlet, Step, Watcher, no_thread, vitrust_progress};
use crate::{Error, Estate, Inventory, Report, Status, options};

/// Queries TLS servers for what they present. Nothing is judged and nothing but a handshake is sent. A server that hangs,
/// resets or sends an alert is an answer, not a failure.
///
/// endpoints, endpoints_len: a JSON array of "host", "host:port", "[IPv6]:port" or https URLs. The default port is
/// 443.
/// options, options_len: a JSON object or nothing (NULL with length 0). Its keys:
///   "timeout_seconds"  the longest one server may take, 10 by default
///   "server_name"      the name to ask for (SNI) instead of the host
///   "connect_to"       where to connect instead: {"*.lab.example:9080": "127.0.0.1:40001"}
///   "in_flight"        how many servers are asked at a time, from 1 to 512; 64 by default
/// progress, user: see vitrust_progress; NULL for none.
/// report_out: receives a report that is an array of probes in the order asked (docs/schema/probe.schema.json), to be
/// freed with vitrust_report_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_CANCELLED when the callback stopped it. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_probe(
    endpoints: *const c_char,
    endpoints_len: usize,
    options: *const c_char,
    options_len: usize,
    progress: vitrust_progress,
    user: *mut c_void,
    report_out: *mut *mut Report,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let report_out = unsafe { Out::new(report_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let report_out = required("report_out", report_out)?;
        // SAFETY: the caller lends `endpoints_len` bytes for this call.
        let endpoints = unsafe { bytes("endpoints", endpoints.cast(), endpoints_len) }?;
        // SAFETY: the caller lends `options_len` bytes for this call.
        let options = unsafe { bytes("options", options.cast(), options_len) }?;
        // SAFETY: the caller lets `progress` be called with `user` until the call returns.
        let watcher = unsafe { Watcher::new(progress, user) };
        report_out.put(probe(endpoints, options, watcher)?);
        Ok(())
    })
}

fn probe(endpoints: &[u8], options: &[u8], watcher: Watcher) -> Result<Report, Failure> {
    let written = options::texts("endpoints", endpoints)?;
    let endpoints = written.iter().map(|text| text.parse::<Endpoint>()).collect::<Result<Vec<_>, _>>();
    let refused =
        |error: vitrust::endpoint::EndpointError| Failure::new(Status::Argument, "endpoints", error.to_string());
    let endpoints = endpoints.map_err(refused)?;
    let (options, in_flight) = options::probe(options)?;
    let (cancel, total) = (Cancel::default(), endpoints.len());
    let listener = cancel.clone();
    let work = move |outlet: &Outlet<Report>| {
        let mut done = 0;
        let each = |probe: &vitrust::net::Probe| {
            done += 1;
            outlet.step(Step { done, total, what: probe.endpoint.to_string() });
        };
        let all = vitrust::net::probe_all(&endpoints, &options, in_flight, &listener, each);
        let all = blocking::run(all).map_err(|error| no_thread(&error))?;
        Report::of(&all.map_err(|cancelled| net(cancelled.into()))?)
    };
    watcher.run(&cancel, work)
}

/// Collects the estate of an inventory: what every vCenter, host and storage provider presents and holds right now. It
/// reads and never writes. What cannot be collected is listed, and the rest goes on.
///
/// inventory: stays the caller's, and may be changed or freed as soon as the call returns.
/// progress, user: see vitrust_progress; NULL for none. A stop is not a failure: what was not reached is among the failures,
/// named "cancelled".
/// estate_out: receives the estate, to be freed with vitrust_estate_free. NULL unless the call returns OK.
/// report_out: receives a report with the sections "failures" (vcenter, object, code, name, message, privilege) and
/// "insecure" (the vCenters whose certificate was not checked), to be freed with vitrust_report_free. NULL unless the
/// call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_INVENTORY when the inventory has no vCenter. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_collect(
    inventory: *const Inventory,
    progress: vitrust_progress,
    user: *mut c_void,
    estate_out: *mut *mut Estate,
    report_out: *mut *mut Report,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let estate_out = unsafe { Out::new(estate_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let report_out = unsafe { Out::new(report_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let estate_out = required("estate_out", estate_out)?;
        let report_out = required("report_out", report_out)?;
        // SAFETY: the caller keeps the inventory until the call returns.
        let inventory = unsafe { handle("inventory", inventory) }?;
        // SAFETY: the caller lets `progress` be called with `user` until the call returns.
        let watcher = unsafe { Watcher::new(progress, user) };
        let Collected { estate, failures, insecure } = collect(inventory.filled()?, watcher)?;
        let report = Report::of(&serde_json::json!({ "failures": failures, "insecure": insecure }))?;
        estate_out.put(Estate(Arc::new(estate)));
        report_out.put(report);
        Ok(())
    })
}

fn collect(inventory: vitrust::net::Inventory, watcher: Watcher) -> Result<Collected, Failure> {
    let cancel = Cancel::default();
    let listener = cancel.clone();
    watcher.run(&cancel, move |outlet: &Outlet<Collected>| {
        let outlet = outlet.clone();
        let each = move |progress: vitrust::net::CollectProgress| {
            // The first step says only who is waited for.
            if progress.done > 0 {
                outlet.step(Step { done: progress.done, total: progress.known, what: progress.server });
            }
        };
        blocking::run(vitrust::net::collect(&inventory, &listener, each)).map_err(|error| no_thread(&error))
    })
}

/// A failure of the network edge.
pub(crate) fn net(error: NetError) -> Failure {
    Failure::remote(&error.into())
}
