//! Clients: one session with one vCenter, and its calls by their names.

use std::ffi::{c_char, c_void};
use std::fmt;
use std::sync::Arc;

use vitrust::net::vsphere::calls;
use vitrust::net::{Cancel, Secret};

use crate::boundary::{Failure, guard, secret, text};
use crate::live::net;
use crate::out::{Out, free, handle, required};
use crate::work::{Outlet, Watcher, vitrust_progress};
use crate::{Error, Inventory, Report, Status};

/// A session with one vCenter. Any number of threads may use one at the same time. Whoever received it frees it with
/// vitrust_client_free, which ends the session. In a process forked from the one that opened it, every call fails
/// with VITRUST_STATUS_FORKED, and freeing it leaves the session open for the other.
pub struct Client {
    client: Arc<calls::Client>,
    /// Stops every call at once: after that only the end of the session is left.
    cancel: Cancel,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("about", self.client.session().about()).finish_non_exhaustive()
    }
}

/// Opens a session with a vCenter of an inventory.
///
/// vcenter, vcenter_len: its name in the inventory, which is the host of its URL if none was given; empty for the
/// only one.
/// progress, user: see vitrust_progress; NULL for none.
/// client_out: receives the client, to be freed with vitrust_client_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_SERVER_UNTRUSTED before any password is sent when the server's certificate is not trusted;
/// the message contains the fingerprints and the setting that would trust it. Nothing stays open after a failure. May be
/// called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_client_open(
    inventory: *const Inventory,
    vcenter: *const c_char,
    vcenter_len: usize,
    progress: vitrust_progress,
    user: *mut c_void,
    client_out: *mut *mut Client,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let client_out = unsafe { Out::new(client_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let client_out = required("client_out", client_out)?;
        // SAFETY: the caller keeps the inventory until the call returns.
        let inventory = unsafe { handle("inventory", inventory) }?;
        // SAFETY: the caller lends `vcenter_len` bytes for this call.
        let vcenter = unsafe { text("vcenter", vcenter, vcenter_len) }?;
        // SAFETY: the caller lets `progress` be called with `user` until the call returns.
        let watcher = unsafe { Watcher::new(progress, user) };
        client_out.put(Client::open(&inventory.filled()?, vcenter, watcher)?);
        Ok(())
    })
}

/// Makes a call that changes nothing.
///
/// call, call_len: its name, "trusted_roots" or "hosts" for instance; docs/guide/calls.md lists them all.
/// arguments, arguments_len: a JSON object, or nothing (NULL with length 0) for a call without arguments.
/// progress, user: see vitrust_progress; NULL for none. A stop ends the client: calls of other threads are stopped too,
/// every later one fails with VITRUST_STATUS_CANCELLED, and freeing it still ends the session.
/// report_out: receives the answer, to be freed with vitrust_report_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_ARGUMENT for an unknown call or wrong arguments, before anything is sent. May be called from
/// any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_client_read(
    client: *const Client,
    call: *const c_char,
    call_len: usize,
    arguments: *const c_char,
    arguments_len: usize,
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
        // SAFETY: the caller keeps the client until the call returns.
        let client = unsafe { handle("client", client) }?;
        // SAFETY: the caller lends `call_len` bytes for this call.
        let call = unsafe { text("call", call, call_len) }?;
        // SAFETY: the caller lends `arguments_len` bytes for this call.
        let arguments = unsafe { text("arguments", arguments, arguments_len) }?;
        // SAFETY: the caller lets `progress` be called with `user` until the call returns.
        let watcher = unsafe { Watcher::new(progress, user) };
        report_out.put(client.read(call, arguments, watcher)?);
        Ok(())
    })
}

/// Makes a call that changes something. It is sent once and never repeated automatically.
///
/// call, arguments: as in vitrust_client_read, of the other table of docs/guide/calls.md.
/// secret, secret_len: the password or private key of the calls that take one; else NULL with length 0. Borrowed for
/// this call; the library wipes its own copy, and the caller must wipe theirs.
/// progress, user: as in vitrust_client_read.
/// report_out: receives the answer, to be freed with vitrust_report_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_OUTCOME_UNKNOWN when the change was sent and its answer was lost or not waited for:
/// look at the server before you make it again. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_client_change(
    client: *const Client,
    call: *const c_char,
    call_len: usize,
    arguments: *const c_char,
    arguments_len: usize,
    secret: *const c_char,
    secret_len: usize,
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
        // SAFETY: the caller keeps the client until the call returns.
        let client = unsafe { handle("client", client) }?;
        // SAFETY: the caller lends `call_len` bytes for this call.
        let call = unsafe { text("call", call, call_len) }?;
        // SAFETY: the caller lends `arguments_len` bytes for this call.
        let arguments = unsafe { text("arguments", arguments, arguments_len) }?;
        // SAFETY: the caller lends `secret_len` bytes for this call.
        let secret = unsafe { self::secret("secret", secret, secret_len) }?;
        // SAFETY: the caller lets `progress` be called with `user` until the call returns.
        let watcher = unsafe { Watcher::new(progress, user) };
        report_out.put(client.change(call, arguments, secret, watcher)?);
        Ok(())
    })
}

/// Ends the session and frees the client. NULL is fine. Waits for the server to answer: for each logout, of which there
/// are two before 8.0.3, at most three seconds or "timeout_seconds" if that is less. A session that was given stays
/// open. So does one for whose logout the system provides no thread, and in a forked process that of the parent,
/// whose memory is abandoned there. Free it once, when no thread uses it any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_client_free(client: *mut Client) {
    // SAFETY: the caller passes NULL or a client of this library, and does not use it again.
    unsafe { free(client) }
}

impl Client {
    fn open(inventory: &vitrust::net::Inventory, vcenter: &str, watcher: Watcher) -> Result<Self, Failure> {
        let chosen = inventory.vcenter(vcenter).map_err(|error| Failure::from_core("vcenter", &error.into()))?;
        let target = chosen.target.clone();
        let cancel = Cancel::default();
        let listener = cancel.clone();
        let work = move |_: &Outlet<Self>| {
            let client = calls::Client::open(&target, &listener).map_err(net)?;
            Ok(Self { client: Arc::new(client), cancel: listener })
        };
        watcher.run(&cancel, work)
    }

    fn read(&self, call: &str, arguments: &str, watcher: Watcher) -> Result<Report, Failure> {
        let (call, arguments) = (call.to_owned(), arguments.to_owned());
        self.run(watcher, move |client| client.read(&call, &arguments))
    }

    fn change(&self, call: &str, arguments: &str, secret: Secret, watcher: Watcher) -> Result<Report, Failure> {
        let (call, arguments) = (call.to_owned(), arguments.to_owned());
        let secret = Some(secret).filter(|secret| !secret.is_empty());
        self.run(watcher, move |client| client.change(&call, &arguments, secret.as_ref()))
    }

    fn run(
        &self,
        watcher: Watcher,
        work: impl FnOnce(&calls::Client) -> Result<String, vitrust::Error> + Send + 'static,
    ) -> Result<Report, Failure> {
        let client = Arc::clone(&self.client);
        let work = move |_: &Outlet<Report>| {
            let answer = work(&client).map_err(|error| failed(&error))?;
            Ok(Report::new(&answer))
        };
        watcher.run(&self.cancel, work)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let client = Arc::clone(&self.client);
        // On a thread of the library's own, as every other work on the network. Where none can be had, the server ends
        // the session by itself.
        let work = move |_: &Outlet<()>| {
            let _ = client.close();
            Ok(())
        };
        drop(Watcher::silent().run(&Cancel::default(), work));
    }
}

/// A call that failed: in its arguments, or on the way.
fn failed(error: &vitrust::Error) -> Failure {
    match error {
        vitrust::Error::Call(call) => Failure::from_core(&call.argument(), error),
        other => Failure::remote(other),
    }
}
