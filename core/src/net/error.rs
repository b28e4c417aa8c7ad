//! What the network edge can fail with: no answer, an answer that cannot be read, or an answer that says no.
//!
//! Each variant names its server. None holds a secret: no password, session key or request body ever gets here.

use std::fmt;
use std::time::Duration;

use super::control::Cancelled;
use crate::alert::Alert;
use crate::code::ErrorCode;
use crate::thumbprint::Fingerprint;

/// Why something could not be obtained from a server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// The name has no address.
    #[error("{server}: the name cannot be resolved: {reason}")]
    Resolve {
        /// The endpoint.
        server: String,
        /// The system's reason.
        reason: String,
    },
    /// No address took the connection, or it was lost.
    #[error("{server}: {reason}")]
    Connect {
        /// The endpoint.
        server: String,
        /// The system's reason.
        reason: String,
    },
    /// The TLS handshake failed.
    #[error(transparent)]
    Handshake(Box<HandshakeFailure>),
    /// The server's chain is not trusted, and the connection was not used.
    #[error(transparent)]
    Untrusted(Box<Untrusted>),
    /// No answer in time.
    #[error("{server}: no answer to {what} within {} s", (after.as_secs_f64() * 10.0).round() / 10.0)]
    Timeout {
        /// The server.
        server: String,
        /// What was asked.
        what: String,
        /// How long was waited.
        after: Duration,
    },
    /// The caller stopped the work.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A defect of this library ended a part of the work; the rest went on.
    #[error("a defect of vitrust ended {what}; please report it")]
    Panic {
        /// The work.
        what: String,
    },
    /// An answer of another shape than the protocol has.
    #[error("{server}: the answer to {what} cannot be read: {reason}")]
    Response {
        /// The server.
        server: String,
        /// What was asked.
        what: String,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// An answer beyond its bound; what was read of it is not used.
    #[error("{server}: the answer to {what} has more than {limit} {unit}")]
    TooLarge {
        /// The server.
        server: String,
        /// What was asked.
        what: String,
        /// The bound.
        limit: usize,
        /// What it counts: `bytes`, `hosts`.
        unit: &'static str,
    },
    /// A change was sent, and no answer says what became of it: it may have been made. It is never sent again by itself;
    /// read back what the server has, then decide.
    #[error("{server}: {what} was sent, but it is not known whether it was done: {cause}")]
    OutcomeUnknown {
        /// The server.
        server: String,
        /// What was asked.
        what: String,
        /// How the answer was lost.
        cause: Box<Self>,
    },
    /// The login was refused, or the session has ended and cannot be renewed.
    #[error("{server}: not logged in: {reason}")]
    Unauthenticated {
        /// The server.
        server: String,
        /// The server's words.
        reason: String,
    },
    /// The user lacks a privilege.
    #[error("{server}: {what} needs {}{}", privilege.as_deref().unwrap_or("a privilege the user does not have"),
        object.as_deref().map(|object| format!(" on {object}")).unwrap_or_default())]
    Forbidden {
        /// The server.
        server: String,
        /// What was asked.
        what: String,
        /// The privilege, for example `Certificate.Manage`, where the server or the documentation names it.
        privilege: Option<String>,
        /// The managed object.
        object: Option<String>,
    },
    /// What was asked for is not there.
    #[error("{server}: there is no {what}")]
    NotFound {
        /// The server.
        server: String,
        /// What was asked for.
        what: String,
    },
    /// The server answered with a fault.
    #[error(transparent)]
    Fault(Box<Fault>),
    /// This server's version does not have it.
    #[error("{server}: {what} is not supported by this version")]
    Unsupported {
        /// The server.
        server: String,
        /// What was asked.
        what: String,
    },
    /// The server, or the proxy before its services, answers that it cannot now.
    #[error("{server}: {what}: the service is not available (HTTP {status})")]
    Unavailable {
        /// The server.
        server: String,
        /// What was asked.
        what: String,
        /// The HTTP status.
        status: u16,
    },
    /// This process was forked from the one that opened the session, and has none of its threads.
    #[error(
        "{server}: the session belongs to the process that opened it, and this one was forked from it; open a new session here"
    )]
    Forked {
        /// The server.
        server: String,
    },
    /// The inventory file is wrong.
    #[error("{file}{}: {reason}", line.map(|line| format!(" line {line}")).unwrap_or_default())]
    Inventory {
        /// The file.
        file: String,
        /// The line, from 1, where it is known.
        line: Option<usize>,
        /// What is wrong.
        reason: String,
    },
    /// A password or user is missing where the inventory says it is.
    #[error("{server}: {reason}")]
    Credentials {
        /// The server it is for.
        server: String,
        /// Which variable or file, and what is wrong with it.
        reason: String,
    },
}

/// What the server's refusal of a user and password is told by.
pub(super) const WRONG_LOGIN: &str = "the user or the password is wrong (InvalidLogin)";

/// What it is told by where the password was right and is too old.
pub(super) const OLD_PASSWORD: &str = "PasswordExpired";

/// Whether SSO refused the user and password. Another refusal may be somebody's in between.
pub(super) fn is_wrong_login(error: &NetError) -> bool {
    matches!(error, NetError::Unauthenticated { reason, .. } if [WRONG_LOGIN, OLD_PASSWORD].contains(&reason.as_str()))
}

/// A TLS handshake that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{server}: the TLS handshake failed: {reason}")]
pub struct HandshakeFailure {
    /// The endpoint.
    pub server: String,
    /// The alert that ended it, when there was one.
    pub alert: Option<Alert>,
    /// What happened, the alert included.
    pub reason: String,
}

/// A server whose chain is not trusted, with what helps to decide.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Untrusted {
    /// The server.
    pub server: String,
    /// Why, in one sentence.
    pub reason: String,
    /// The presented chain, the end-entity certificate first: subject and SHA-256.
    pub chain: Vec<(String, Fingerprint)>,
    /// The one change that would be enough, if there is one.
    pub change: Option<String>,
    /// What whoever asks can do about it.
    pub(super) advice: Advice,
}

/// What helps against a refusal. It depends on the reason: a CA does not help a certificate that has expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advice {
    /// Its issuer is not known.
    TrustIssuer,
    /// Its own dates are wrong.
    Renew,
    /// It has another name.
    OtherName,
    /// It has another fault, or is not the one that was pinned.
    Pin,
    /// The server cannot prove here that it has the key, which no setting cures.
    Replace,
}

impl Advice {
    /// What to do, for the certificate of this fingerprint.
    fn words(self, fingerprint: &Fingerprint) -> String {
        let pin = format!("pins = [\"sha256:{fingerprint}\"]");
        match self {
            Self::TrustIssuer => format!("to trust it, give its CA's certificate as ca_file, or pin it: {pin}"),
            Self::Renew => format!(
                "a ca_file does not help, as the certificate's own dates are wrong: renew it; until then a pin accepts it, \
                 whatever its dates: {pin}"
            ),
            Self::OtherName => format!(
                "a ca_file does not help, as the name is wrong: set `url` to a name in the certificate and say where it \
                 listens in [connect], or pin it, whatever its name: {pin}"
            ),
            Self::Pin => format!("a ca_file does not help; if this is the server's certificate, pin it: {pin}"),
            Self::Replace => {
                "neither a ca_file nor a pin helps, as keys of this kind cannot be checked here: have the \
                              certificate replaced with one that uses RSA of 2048 to 8192 bits, P-256, P-384 or Ed25519"
                    .to_owned()
            }
        }
    }
}

impl fmt::Display for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the server is not trusted: {}", self.server, self.reason)?;
        if let Some(change) = &self.change {
            write!(f, "; {change}")?;
        }
        for (position, (subject, fingerprint)) in self.chain.iter().enumerate() {
            write!(f, "; presented {position}: `{subject}` sha256 {fingerprint}")?;
        }
        if let Some((_, fingerprint)) = self.chain.first() {
            write!(f, "; {}", self.advice.words(fingerprint))?;
        }
        Ok(())
    }
}

/// A fault: the server understood and said no (vim25 `MethodFault`, vAPI standard errors, SMS faults).
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("{server}: {what}: {kind}{}{message}", if message.is_empty() { "" } else { ": " })]
pub struct Fault {
    /// The server.
    pub server: String,
    /// What was asked.
    pub what: String,
    /// The fault's type, for example `SSLVerifyFault` or `ALREADY_EXISTS`.
    pub kind: String,
    /// The server's words.
    pub message: String,
    /// The thumbprint it carries (`SSLVerifyFault`).
    pub thumbprint: Option<String>,
    /// The certificate it carries as PEM (`CertificateNotTrusted`).
    pub certificate: Option<String>,
}

impl NetError {
    /// Every text that may hold words of the server: no PEM, and not its name.
    pub(super) fn texts(&mut self) -> Vec<&mut String> {
        match self {
            Self::Resolve { reason, .. }
            | Self::Connect { reason, .. }
            | Self::Unauthenticated { reason, .. }
            | Self::Credentials { reason, .. }
            | Self::Inventory { reason, .. } => vec![reason],
            Self::Handshake(failure) => vec![&mut failure.reason],
            Self::Untrusted(untrusted) => vec![&mut untrusted.reason],
            Self::Response { what, reason, .. } => vec![what, reason],
            Self::Timeout { what, .. }
            | Self::Panic { what }
            | Self::TooLarge { what, .. }
            | Self::NotFound { what, .. }
            | Self::Unsupported { what, .. }
            | Self::Unavailable { what, .. } => vec![what],
            Self::OutcomeUnknown { what, cause, .. } => {
                let mut all = cause.texts();
                all.push(what);
                all
            }
            Self::Forbidden { what, privilege, object, .. } => {
                [what].into_iter().chain(privilege.as_mut()).chain(object.as_mut()).collect()
            }
            Self::Fault(fault) => {
                let Fault { what, kind, message, thumbprint, .. } = &mut **fault;
                [what, kind, message].into_iter().chain(thumbprint.as_mut()).collect()
            }
            Self::Cancelled(_) | Self::Forked { .. } => Vec::new(),
        }
    }

    /// This failure as one that came after a change was sent.
    pub(super) fn after_sending(self, server: &str, what: &str) -> Self {
        match self {
            known @ Self::OutcomeUnknown { .. } => known,
            cause => Self::OutcomeUnknown { server: server.to_owned(), what: what.to_owned(), cause: Box::new(cause) },
        }
    }

    /// The stable number.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Resolve { .. } => ErrorCode::Resolve,
            Self::Connect { .. } => ErrorCode::Connect,
            Self::Handshake(_) => ErrorCode::Handshake,
            Self::Untrusted(_) => ErrorCode::ServerUntrusted,
            Self::Timeout { .. } => ErrorCode::Timeout,
            Self::Cancelled(_) => ErrorCode::Cancelled,
            Self::Panic { .. } => ErrorCode::Panic,
            Self::Response { .. } => ErrorCode::Response,
            Self::TooLarge { .. } => ErrorCode::TooLarge,
            Self::OutcomeUnknown { .. } => ErrorCode::OutcomeUnknown,
            Self::Unauthenticated { .. } => ErrorCode::Unauthenticated,
            Self::Forbidden { .. } => ErrorCode::Forbidden,
            Self::NotFound { .. } => ErrorCode::RemoteNotFound,
            Self::Fault(_) => ErrorCode::Fault,
            Self::Unsupported { .. } => ErrorCode::Unsupported,
            Self::Unavailable { .. } => ErrorCode::Unavailable,
            Self::Forked { .. } => ErrorCode::Forked,
            Self::Inventory { .. } => ErrorCode::Inventory,
            Self::Credentials { .. } => ErrorCode::Credentials,
        }
    }
}
