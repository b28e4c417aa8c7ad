//! Answers are read apart from the threads that wait for servers, and no longer than the exchange may take.

use std::time::Instant;

use reqwest::StatusCode;

use super::{Answer, Http, Repeat};
use crate::net::control::Cancel;
use crate::net::error::NetError;

/// What is read at once by the thread that has it: it takes less time than to ask another.
const SMALL: usize = 32 << 10;

/// When the reading of an answer is to end.
pub(in crate::net) struct Stop {
    cancel: Option<Cancel>,
    until: Instant,
}

impl Stop {
    /// Whether nobody waits for it any more.
    pub(in crate::net) fn is_due(&self) -> bool {
        self.cancel.as_ref().is_some_and(Cancel::is_cancelled) || Instant::now() >= self.until
    }

    /// None for an hour.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(in crate::net) fn never() -> Self {
        Self { cancel: None, until: Instant::now() + std::time::Duration::from_secs(3_600) }
    }

    /// Now.
    #[cfg(test)]
    pub(in crate::net) fn due() -> Self {
        Self { cancel: None, until: Instant::now() }
    }
}

impl Http {
    /// What `read` makes of an answer. It ends with the exchange's time, and when the work is stopped; `read` is to ask
    /// for that now and then, so that its thread ends too.
    pub(in crate::net) async fn read<T: Send + 'static>(
        &self,
        what: &str,
        repeat: Repeat,
        answer: Answer,
        read: impl FnOnce(&[u8], &Stop) -> T + Send + 'static,
    ) -> Result<(T, Read), NetError> {
        let Answer { status, location, body, until } = answer;
        let told = Read { status, location, size: body.len() };
        let value = self.apart(what, repeat, until, told.size, move |stop| read(&body, stop)).await?;
        Ok((value, told))
    }

    /// The same for what is made of a page of this many bytes that was read: it may take as long as one exchange.
    pub(in crate::net) async fn made<T: Send + 'static>(
        &self,
        what: &str,
        size: usize,
        make: impl FnOnce(&Stop) -> Option<T> + Send + 'static,
    ) -> Result<T, NetError> {
        let made = self.apart(what, Repeat::Safe, Instant::now() + self.timeout, size, make).await?;
        made.ok_or_else(|| self.stopped(what))
    }

    async fn apart<T: Send + 'static>(
        &self,
        what: &str,
        repeat: Repeat,
        until: Instant,
        size: usize,
        work: impl FnOnce(&Stop) -> T + Send + 'static,
    ) -> Result<T, NetError> {
        // A login is read to its end, so that the session it opened can be closed.
        let cancel = matches!(repeat, Repeat::Safe | Repeat::Never | Repeat::Write).then(|| self.cancel.clone());
        let stop = Stop { cancel, until };
        if size <= SMALL {
            return Ok(work(&stop));
        }
        #[cfg(feature = "fuzzing")]
        if super::offline::is_there() {
            return Ok(work(&stop));
        }
        let limit = tokio::time::Instant::from_std(until);
        let work = tokio::task::spawn_blocking(move || work(&stop));
        let outcome = self.unless_stopped(repeat, tokio::time::timeout_at(limit, work)).await;
        let outcome = match outcome {
            Ok(Ok(Ok(value))) => return Ok(value),
            Ok(Ok(Err(_))) => Err(NetError::Panic { what: format!("the reading of the answer to {what}") }),
            Ok(Err(_)) => Err(self.late(what)),
            Err(cancelled) => Err(cancelled.into()),
        };
        outcome.map_err(|error| if repeat == Repeat::Write { error.after_sending(&self.server, what) } else { error })
    }

    /// The exchange took too long.
    pub(in crate::net) fn late(&self, what: &str) -> NetError {
        NetError::Timeout { server: self.server.to_string(), what: what.to_owned(), after: self.timeout }
    }

    /// Why an answer was not read to its end.
    pub(in crate::net) fn stopped(&self, what: &str) -> NetError {
        if self.cancel.is_cancelled() { NetError::Cancelled(super::Cancelled) } else { self.late(what) }
    }
}

/// An answer whose body was read.
pub(in crate::net) struct Read {
    pub(in crate::net) status: StatusCode,
    pub(in crate::net) location: Option<String>,
    /// The bytes of its body.
    pub(in crate::net) size: usize,
}

impl Read {
    /// What its status alone says, for a message: `HTTP 302 to https://vc02/`.
    pub(in crate::net) fn words(&self) -> String {
        super::request::words(self.status, self.location.as_deref())
    }
}
