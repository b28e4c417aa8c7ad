//! One request and its answer.

use std::time::Instant;

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use secrecy::zeroize::Zeroizing;

use crate::net::error::NetError;
use crate::net::secret::{Secret, Wiped};

/// Whether a request may be sent again when its answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::net) enum Repeat {
    /// It reads.
    Safe,
    /// It opens a session: not again once the server may have it, and waited for a little after the work was stopped,
    /// since nobody could close a session whose key was never read.
    Login,
    /// It reads what is given only once.
    Never,
    /// It changes something: sent once, and a lost answer is [`NetError::OutcomeUnknown`].
    Write,
    /// It ends a session: sent also after the work was stopped.
    Last,
}

impl Repeat {
    /// An error about an answer that came: where it does not say what became of a change, it says just that.
    pub(in crate::net) fn unclear(self, server: &str, what: &str, error: NetError) -> NetError {
        let unclear = match &error {
            NetError::Response { .. } | NetError::TooLarge { .. } | NetError::Unavailable { .. } => true,
            // The server gave up waiting for itself.
            NetError::Fault(fault) => matches!(&*fault.kind, "TIMED_OUT" | "CANCELED"),
            NetError::Resolve { .. }
            | NetError::Connect { .. }
            | NetError::Handshake(_)
            | NetError::Untrusted(_)
            | NetError::Timeout { .. }
            | NetError::Cancelled(_)
            | NetError::Panic { .. }
            | NetError::OutcomeUnknown { .. }
            | NetError::Unauthenticated { .. }
            | NetError::Forbidden { .. }
            | NetError::NotFound { .. }
            | NetError::Unsupported { .. }
            | NetError::Forked { .. }
            | NetError::Inventory { .. }
            | NetError::Credentials { .. } => false,
        };
        if self == Self::Write && unclear { error.after_sending(server, what) } else { error }
    }
}

/// One request to the server.
pub(in crate::net) struct Request<'a> {
    /// What it asks, for messages: `GET trusted-root-chains`.
    pub(in crate::net) what: &'a str,
    pub(in crate::net) method: Method,
    /// Path and query.
    pub(in crate::net) path: &'a str,
    pub(in crate::net) headers: HeaderMap,
    /// Shared with what sends it, and wiped with the last of both where it holds a secret.
    pub(in crate::net) body: Bytes,
    /// The largest answer that is read, in bytes.
    pub(in crate::net) limit: usize,
    pub(in crate::net) repeat: Repeat,
}

/// An answer, whatever its status.
pub(in crate::net) struct Answer {
    pub(in crate::net) status: StatusCode,
    /// Where it leads to instead, in words for a message; nobody goes there.
    pub(in crate::net) location: Option<String>,
    pub(in crate::net) body: Zeroizing<Vec<u8>>,
    /// When the exchange's time is over, and with it that of reading the body.
    pub(in crate::net) until: Instant,
}

impl Answer {
    /// What its status alone says, for a message: `HTTP 302 to https://vc02/`.
    pub(in crate::net) fn words(&self) -> String {
        words(self.status, self.location.as_deref())
    }
}

pub(super) fn words(status: StatusCode, location: Option<&str>) -> String {
    let status = status.as_u16();
    location.map_or_else(|| format!("HTTP {status}"), |to| format!("HTTP {status} to {to}"))
}

/// A header value that is never shown: session keys and credentials.
pub(in crate::net) fn secret_header(name: HeaderName, value: Wiped) -> Option<(HeaderName, HeaderValue)> {
    let mut value = HeaderValue::from_maybe_shared(value.into_bytes()).ok()?;
    value.set_sensitive(true);
    Some((name, value))
}

/// User and password as basic authentication (RFC 7617).
pub(in crate::net) fn basic(user: &str, password: &Secret) -> Option<(HeaderName, HeaderValue)> {
    let (mut pair, mut value) = (Wiped::default(), Wiped::default());
    for part in [user, ":", password.expose()] {
        pair.push(part);
    }
    value.push("Basic ");
    value.base64(pair.as_str());
    secret_header(AUTHORIZATION, value)
}

/// Where a redirect leads to, without what may be secret in it. `words` is what may be told of a server's text.
pub(super) fn place(location: &str, words: impl Fn(&str) -> String) -> String {
    // Blanked before anything is taken off: what is taken off may be the rest of a secret.
    let location = words(location);
    let place = location.split(['?', '#']).next().unwrap_or_default();
    let (before, rest) = place.split_at(place.find("//").map_or(0, |at| at + 2));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{before}{host}{path}").chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_is_told_without_its_secrets() {
        let cases = [
            ("https://u:p@vc02.lab.example:443/ui/?token=1#x", "https://vc02.lab.example:443/ui/"),
            ("/ui/login?token=1", "/ui/login"),
            ("//u:p@vc02/ui@x", "//vc02/ui@x"),
        ];
        for (location, told) in cases {
            assert_eq!(place(location, str::to_owned), told);
        }
        let place = place(&"x".repeat(5000), str::to_owned);
        assert_eq!(words(StatusCode::FOUND, Some(&place)).len(), "HTTP 302 to ".len() + 200);
    }
}
