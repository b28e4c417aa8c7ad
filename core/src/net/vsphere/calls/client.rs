//! A session for callers that are not asynchronous.

use std::future::Future;
use std::{mem, process};

use tokio::runtime::Runtime;

use super::super::session::Session;
use super::super::target::Target;
use super::{change, read};
use crate::error::Error;
use crate::net::blocking;
use crate::net::control::{Cancel, Cancelled};
use crate::net::error::NetError;
use crate::net::secret::Secret;

/// A session on threads of its own, whose calls are waited for. It may be used by several threads at a time, none of
/// them one of an asynchronous runtime.
///
/// Close it with [`Client::close`]. If dropped unclosed, the session stays open until the server times it out.
///
/// It belongs to the process that opened it. In one forked from that the threads are missing that would do its work:
/// there every call is [`NetError::Forked`], and closing or dropping it does nothing, so that the session stays the
/// parent's.
///
/// ```no_run
/// use vitrust::net::Cancel;
/// use vitrust::net::vsphere::{Target, calls};
///
/// fn hosts(target: &Target) -> Result<String, vitrust::Error> {
///     let client = calls::Client::open(target, &Cancel::default())?;
///     let hosts = client.read("hosts", "");
///     client.close()?;
///     hosts
/// }
/// ```
pub struct Client {
    /// INVARIANT: `None` only while it is dropped.
    opened: Option<Opened>,
    /// Whom to name where it is used in the wrong process.
    server: String,
    /// The process that opened it.
    process: u32,
}

/// What lives on threads of its own.
struct Opened {
    session: Session,
    runtime: Runtime,
}

impl Client {
    /// Logs in. After `cancel` every call ends as cancelled, and nothing but [`close`](Self::close) is left to do.
    ///
    /// # Errors
    /// [`NetError`]; nothing is then left open. `Connect` also if the system provides no thread.
    pub fn open(target: &Target, cancel: &Cancel) -> Result<Self, NetError> {
        let lacking = |error: std::io::Error| NetError::Connect {
            server: target.endpoint.to_string(),
            reason: format!("no thread could be started: {error}"),
        };
        let runtime = blocking::runtime().map_err(lacking)?;
        let session = runtime.block_on(Session::open(target, cancel));
        let server = target.endpoint.to_string();
        let client = Self { opened: Some(Opened { session: session?, runtime }), server, process: process::id() };
        // It may have been said when the last answer was there already.
        if cancel.is_cancelled() {
            let _ = client.close();
            return Err(NetError::Cancelled(Cancelled));
        }
        Ok(client)
    }

    /// Makes the reading call of this name: see [`read`].
    ///
    /// # Errors
    /// As [`read`].
    pub fn read(&self, call: &str, arguments: &str) -> Result<String, Error> {
        self.run(read(self.session(), call, arguments))?
    }

    /// Makes the changing call of this name: see [`change`].
    ///
    /// # Errors
    /// As [`change`].
    pub fn change(&self, call: &str, arguments: &str, secret: Option<&Secret>) -> Result<String, Error> {
        self.run(change(self.session(), call, arguments, secret))?
    }

    /// Logs out, and waits for the server no longer than for any answer. A session that was given stays open.
    ///
    /// # Errors
    /// [`NetError`] when the session may still be open: the server times it out. A forked process has
    /// nothing to say to the parent's server, and closes nothing without an error.
    pub fn close(&self) -> Result<(), NetError> {
        match self.run(self.session().close_telling()) {
            Ok(closed) => closed,
            Err(_) => Ok(()),
        }
    }

    /// The session, for what has no name here.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.opened().session
    }

    /// Runs work in the session, on its threads, to the end.
    ///
    /// # Errors
    /// [`NetError::Forked`] in a process that was forked from the one that opened it; nothing of the work is begun then.
    pub fn run<T>(&self, work: impl Future<Output = T>) -> Result<T, NetError> {
        if self.is_foreign() {
            return Err(NetError::Forked { server: self.server.clone() });
        }
        Ok(self.opened().runtime.block_on(work))
    }

    /// Whether this process was forked from the one that opened it.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.process != process::id()
    }

    fn opened(&self) -> &Opened {
        // INVARIANT: `None` only while it is dropped.
        self.opened.as_ref().expect("`None` only while it is dropped")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        match self.opened.take() {
            // A thread that is not there may hold any of its locks for ever. So the memory is given up.
            Some(opened) if self.is_foreign() => mem::forget(opened),
            // A name that is still being looked up holds a thread for long; nobody waits for it.
            Some(opened) => opened.runtime.shutdown_background(),
            None => (),
        }
    }
}
