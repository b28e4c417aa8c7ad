//! A session that has ended is opened anew: once, by one call for all that found it out.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::Mutex;

use super::session::Session;
use crate::net::error::NetError;
use crate::net::secret::Credentials;

/// How many useless renewals end all of them.
const MOST_USELESS: u32 = 8;

/// How often each session was opened anew. Many calls find out at once that it has ended, and one renews it for all.
#[derive(Default)]
pub(super) struct Renewals {
    vim: AtomicU32,
    rest: AtomicU32,
    /// Those after which the call failed as before.
    useless: AtomicU32,
    /// Why there are no more: the login failed. A user is locked out after a few wrong ones.
    over: Mutex<Option<NetError>>,
}

/// Which session.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// That of vim25, which SMS borrows.
    Vim,
    /// That of REST; from 8.0.3 it is the same.
    Rest,
}

impl Renewals {
    const fn of(&self, kind: Kind) -> &AtomicU32 {
        match kind {
            Kind::Vim => &self.vim,
            Kind::Rest => &self.rest,
        }
    }
}

impl Session {
    /// What `read` brings; when the session has ended, what it brings in a new one. Every read is made through this, and
    /// nothing else: a change is never made twice.
    pub(super) async fn renewing<T, F>(&self, kind: Kind, read: impl Fn() -> F) -> Result<T, NetError>
    where
        F: Future<Output = Result<T, NetError>>,
    {
        self.reading(kind, read).await.map_err(|error| self.http.without_secrets(error))
    }

    async fn reading<T, F>(&self, kind: Kind, read: impl Fn() -> F) -> Result<T, NetError>
    where
        F: Future<Output = Result<T, NetError>>,
    {
        let kind = if self.unified { Kind::Vim } else { kind };
        let before = self.renewals.of(kind).load(Ordering::Acquire);
        match read().await {
            Err(error @ NetError::Unauthenticated { .. }) => self.renew(kind, before, error).await?,
            // A view, or the rest of a page, lived in the session that another call has just replaced.
            Err(NetError::NotFound { .. } | NetError::Fault(_)) if self.renewed_since(kind, before).await => {}
            other => return other,
        }
        let outcome = read().await;
        if matches!(outcome, Err(NetError::Unauthenticated { .. })) {
            self.renewals.useless.fetch_add(1, Ordering::Relaxed);
        }
        outcome
    }

    /// Whether the session is another than at `before`, once a renewal that is under way is done.
    async fn renewed_since(&self, kind: Kind, before: u32) -> bool {
        let _until_done = self.renewals.over.lock().await;
        self.renewals.of(kind).load(Ordering::Acquire) != before
    }

    /// Opens a session anew, where it was opened with a password and nobody has done so since `before`.
    async fn renew(&self, kind: Kind, before: u32, error: NetError) -> Result<(), NetError> {
        let Credentials::Password { user, password } = &self.credentials else { return Err(error) };
        let mut over = self.renewals.over.lock().await;
        let count = self.renewals.of(kind);
        if count.load(Ordering::Acquire) != before {
            return Ok(());
        }
        if let Some(error) = &*over {
            return Err(error.clone());
        }
        if self.renewals.useless.load(Ordering::Relaxed) >= MOST_USELESS {
            return Err(error);
        }
        let outcome = match (kind, &self.rest) {
            (Kind::Rest, Ok(Some(rest))) => rest.renew(user, password).await,
            (Kind::Rest | Kind::Vim, rest) => {
                // It may be open after all, when somebody in between said no.
                let _ = self.vim.logout().await;
                let outcome = self.vim.login(user, password).await;
                if let (Ok(Some(rest)), Some(session), true) = (rest, self.vim.soap.session(), self.unified) {
                    rest.set_session(session);
                }
                outcome
            }
        };
        match &outcome {
            Ok(()) => drop(count.fetch_add(1, Ordering::AcqRel)),
            Err(error) => *over = Some(error.clone()),
        }
        outcome
    }
}
