//! What went wrong below an answer.

use std::sync::PoisonError;

use super::{Http, Request};
use crate::net::dial::{refused, words};
use crate::net::error::{NetError, Untrusted};
use crate::net::probe::handshake_failure;
use crate::net::trust::refusal;

impl Http {
    /// What went wrong, without the URL, which is ours and says nothing.
    pub(super) fn error(&self, request: &Request<'_>, error: &reqwest::Error) -> NetError {
        let server = self.server.to_string();
        if error.is_timeout() {
            return NetError::Timeout { server, what: request.what.to_owned(), after: self.timeout };
        }
        let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
        let mut reason = "the connection failed".to_owned();
        for cause in causes {
            if let Some(known) = within::<NetError>(cause) {
                return known.clone();
            }
            if let Some(tls) = within::<rustls::Error>(cause) {
                return match refusal(tls) {
                    Some(refused) => NetError::Untrusted(Box::new(self.told(refused))),
                    None => handshake_failure(&self.endpoint, tls, false),
                };
            }
            if let Some(io) = cause.downcast_ref::<std::io::Error>() {
                reason = match *self.only.lock().unwrap_or_else(PoisonError::into_inner) {
                    Some(address) if error.is_connect() => refused(&server, address, io),
                    Some(_) | None => words(io),
                };
                continue;
            }
            reason = self.words(&cause.to_string());
        }
        // A body that ends early is a lost connection too, and no answer of another shape.
        if error.is_connect() || error.is_request() || error.is_body() || error.is_decode() {
            let reason = if error.is_connect() { reason } else { format!("{}: {reason}", request.what) };
            return NetError::Connect { server, reason };
        }
        NetError::Response { server, what: request.what.to_owned(), reason }
    }
}

impl Http {
    /// A refused chain whose names show no secret: a server may present another one once it has been told it.
    fn told(&self, refused: &Untrusted) -> Untrusted {
        let mut told = refused.clone();
        told.reason = self.words(&told.reason);
        told.change = told.change.map(|change| self.words(&change));
        for (subject, _) in &mut told.chain {
            *subject = self.words(subject);
        }
        told
    }
}

/// The error itself, or what it wraps as one of input and output. What such a one wraps is no source of it.
fn within<'e, T: std::error::Error + 'static>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e T> {
    let mut cause = cause;
    loop {
        match cause.downcast_ref::<T>() {
            Some(found) => return Some(found),
            None => cause = cause.downcast_ref::<std::io::Error>()?.get_ref()?,
        }
    }
}
