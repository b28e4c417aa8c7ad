//! Every call that changes something, apart from [`Session`], which has none.
//!
//! Three rules hold for all of them:
//!
//! * **A change is sent once.** Nothing repeats it: no lost connection, no 503, no ended session.
//! * **A lost answer is said.** When a change may have reached the server and nothing tells what became of it, the error
//!   is [`NetError::OutcomeUnknown`]. Read back what the server has before doing it
//!   again. Any other error means that the change was not made: the server refused it, or it was never sent.
//! * **The session lives before the change.** A read goes ahead, and where that finds the session lost it is renewed.
//!   Should it end just then, the change comes back as `Unauthenticated`. vAPI and vim25 refuse an unknown session before
//!   they begin, so it may be made again; that is left to the caller, since only what reads is repeated here.

mod alarm;
mod host;
mod provider;
mod request;
mod root;
mod service;
mod task;

use reqwest::Method;

use super::records::Moref;
use super::renewal::Kind;
use super::session::Session;
use super::wire::rest::{Ask, CERTIFICATES, Form};
use super::wire::soap::{moref, returned};
use super::wire::xml::Element;
use crate::json::Tree;
use crate::net::error::NetError;
use crate::net::http::Repeat;
use crate::net::secret::Wiped;

pub use alarm::{Alarm, AlarmStatus, AlarmTrigger, Comparison, EventKind};
pub use host::{AcceptedCertificate, HostConnection};
pub use provider::NewProvider;
pub use request::CertificateRequest;
pub use task::{Task, TaskState};

/// Changes to one vCenter, in a session that is open.
///
/// ```no_run
/// use std::time::Duration;
/// use vitrust::net::vsphere::changes::Changes;
/// use vitrust::net::vsphere::{Session, Target};
/// use vitrust::net::{Cancel, NetError};
///
/// async fn push_roots(target: &Target) -> Result<(), NetError> {
///     let session = Session::open(target, &Cancel::default()).await?;
///     let hosts: Vec<_> = session.hosts().await?.into_iter().map(|host| host.moref).collect();
///     let changes = Changes::new(&session);
///     let task = changes.refresh_host_ca_certificates(&hosts).await?;
///     let outcome = changes.wait(&task, Duration::from_secs(600), |state| eprintln!("{state:?}")).await;
///     session.close().await;
///     outcome.map(drop)
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Changes<'s> {
    session: &'s Session,
}

impl<'s> Changes<'s> {
    /// Changes in this session.
    #[must_use]
    pub const fn new(session: &'s Session) -> Self {
        Self { session }
    }

    /// The session.
    pub(super) const fn session(self) -> &'s Session {
        self.session
    }

    /// Sends a change by vim25.
    async fn vim(&self, method: &str, this: &Moref, arguments: &str) -> Result<Element, NetError> {
        let vim = &self.session.vim;
        self.session.renewing(Kind::Vim, || vim.alive()).await?;
        vim.soap.call(method, this, arguments, Repeat::Write).await
    }

    /// The same for a change that goes on as a task.
    async fn vim_task(&self, method: &'static str, this: &Moref, arguments: &str) -> Result<Task, NetError> {
        self.task(method, &self.vim(method, this, arguments).await?)
    }

    /// Sends a change by SMS; all of them go on as tasks. Without an object it is the storage manager's.
    async fn sms(&self, method: &'static str, this: Option<&Moref>, arguments: &str) -> Result<Task, NetError> {
        let manager = self.session.renewing(Kind::Vim, || async { self.session.sms().manager().await }).await?;
        let sms = self.session.sms();
        let answer = sms.soap.call(method, this.unwrap_or(&manager), arguments, Repeat::Write).await?;
        self.task(method, &answer)
    }

    fn task(&self, method: &'static str, answer: &Element) -> Result<Task, NetError> {
        let http = &self.session.http;
        let begun = returned(http, method, answer).map(moref);
        let moref = begun.map_err(|error| error.after_sending(&http.server, method))?;
        Ok(Task { moref, method })
    }

    /// Sends a change by REST, below the resources of certificate management.
    async fn rest<T: Send + 'static>(
        &self,
        method: Method,
        path: &str,
        body: Option<Wiped>,
        privilege: &'static str,
        read: fn(&Tree<'_>) -> Result<T, String>,
    ) -> Result<T, NetError> {
        let rest = self.session.rest(path)?;
        self.session.renewing(Kind::Rest, || rest.alive()).await?;
        let path = rest.path(&format!("{CERTIFICATES}/{path}"));
        rest.call(Ask::write(method, path, body, privilege), read).await
    }

    /// The form of the REST service, for bodies that differ.
    fn form(&self, what: &str) -> Result<Form, NetError> {
        self.session.rest(what).map(|rest| rest.form())
    }

    /// An error unless the server has `/api`: what came with it or after it is not in `/rest`.
    fn api_only(&self, what: &str) -> Result<(), NetError> {
        match self.form(what)? {
            Form::Api => Ok(()),
            Form::Rest => {
                let server = self.session.http.server.to_string();
                Err(NetError::Unsupported { server, what: what.to_owned() })
            }
        }
    }
}

/// The text that a change answers.
fn text(answer: &Tree<'_>) -> Result<String, String> {
    answer.as_text().map(str::to_owned).ok_or_else(|| "it is not text".to_owned())
}
