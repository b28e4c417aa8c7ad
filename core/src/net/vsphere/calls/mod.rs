//! Calls by their names, with JSON in and JSON out: what a binding offers without code of its own for each.
//!
//! Two tables: [`read`] makes the calls of [`Session`], which change nothing, and [`change`] those of
//! [`Changes`](super::changes::Changes). No name is in both, and `read` cannot reach a change. A value that a record
//! does not have is `null`, a time is RFC 3339, an object is a text such as `HostSystem:host-12`, and a thumbprint is
//! written in lowercase hex.
//!
//! ```no_run
//! # async fn example(session: &vitrust::net::vsphere::Session) -> Result<(), vitrust::Error> {
//! use vitrust::net::vsphere::calls;
//! let hosts = calls::read(session, "hosts", "").await?;
//! let manager = r#"{"manager": "HostCertificateManager:certificateManager-12"}"#;
//! let castore = calls::read(session, "host_ca_certificates", manager).await?;
//! # Ok(())
//! # }
//! ```

mod arguments;
mod changing;
mod client;
mod error;
mod reading;
mod reference;
mod shape;

use std::collections::BTreeMap;

use serde::Serialize;

use super::session::Session;
use crate::error::Error;
use crate::json;
use crate::net::error::NetError;
use crate::net::http::Stop;

use shape::Shape;

pub use changing::{change, changes};
pub use client::Client;
pub use error::CallError;
pub use reading::{read, reads};
pub use reference::MorefError;
pub use shape::Field;

/// One call, as it can be described without making it.
#[derive(Clone, Copy)]
pub struct Call {
    /// Its name: that of the Rust method.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// The privileges it needs; empty if it needs none.
    pub privilege: &'static str,
    /// What its secret is; empty if it takes none.
    pub secret: &'static str,
    given: fn() -> Shape,
    answer: fn() -> Shape,
}

impl Call {
    /// Its arguments.
    #[must_use]
    pub fn arguments(&self) -> Vec<Field> {
        (self.given)().fields()
    }

    /// The type of its answer in words: that of JSON, the name of a record, or `list of` either. Where there may be
    /// nothing, `null` stands for that.
    #[must_use]
    pub fn answer(&self) -> String {
        (self.answer)().kind()
    }

    /// The records its answer is made of, by name.
    #[must_use]
    pub fn answer_records(&self) -> BTreeMap<String, Vec<Field>> {
        (self.answer)().records()
    }

    /// The records its arguments are made of, by name.
    #[must_use]
    pub fn argument_records(&self) -> BTreeMap<String, Vec<Field>> {
        let mut records = (self.given)().records();
        let arguments = self.arguments();
        records.retain(|_, fields| *fields != arguments);
        records
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Call").field(&self.name).finish()
    }
}

/// The answer of a reading call as JSON text, without what is secret.
async fn text<T: Serialize + Send + 'static>(session: &Session, call: &str, answer: T) -> Result<String, Error> {
    let needles = session.http.needles();
    // What is told may be megabytes, and each text of it is looked through.
    let write = move |stop: &Stop| {
        let tell = |text: &str| if stop.is_due() { String::new() } else { needles.pem(text) };
        let written = json::told(&answer, tell);
        (!stop.is_due()).then_some(written)
    };
    session.http.made(call, usize::MAX, write).await?.map_err(|error| unwritten(session, call, &error))
}

/// The same of a call that has changed something: nothing stops it from being told.
async fn text_of_change<T: Serialize + Send + 'static>(
    session: &Session,
    call: &str,
    answer: T,
) -> Result<String, Error> {
    let needles = session.http.needles();
    let write = move || json::told(&answer, |text| needles.pem(text));
    match tokio::task::spawn_blocking(write).await {
        Ok(written) => written.map_err(|error| unwritten(session, call, &error)),
        Err(_) => Err(NetError::Panic { what: format!("the report of what {call} did") }.into()),
    }
}

fn unwritten(session: &Session, call: &str, error: &serde_json::Error) -> Error {
    let (server, what) = (session.http.server.to_string(), call.to_owned());
    Error::Net(NetError::Response { server, what, reason: error.to_string() })
}
