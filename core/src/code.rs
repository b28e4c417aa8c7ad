//! The numbers of errors: what stays the same in every language and every release.

/// The stable number of an [`Error`](crate::Error); append only. Families: 1-99 boundary and options, 100 PEM and DER,
/// 200 store, 220 estate, 300 path input, 600 on the way to a server, 700 vSphere, 800 file; 400 is kept for logs and
/// 500 for plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(i32)]
pub enum ErrorCode {
    /// A defect of the library: a panic that a binding stopped at its border.
    Panic = 1,
    /// An argument of a binding has the wrong form.
    Argument = 2,
    /// What one process opened was used in another, forked from it.
    Forked = 8,
    /// A time is neither a date nor RFC 3339.
    Time = 10,
    /// A profile name is unknown.
    Profile = 11,
    /// A threshold profile is unknown.
    Thresholds = 12,
    /// PEM text could not be read.
    Pem = 100,
    /// No block of the wanted kind.
    NoBlock = 101,
    /// Not a readable certificate or CRL.
    Certificate = 110,
    /// A trust store or a file of certificates could not be read at all.
    Store = 200,
    /// The text is not an estate.
    Estate = 220,
    /// The presented chain is empty or too long.
    Chain = 300,
    /// A server name is neither a DNS name nor an address.
    ServerName = 301,
    /// The chain is not trusted, where a binding was asked to fail in that case.
    Untrusted = 310,
    /// A host name has no address.
    Resolve = 600,
    /// No connection to a server, or it was lost.
    Connect = 601,
    /// A TLS handshake failed.
    Handshake = 602,
    /// The certificate of a server that was to be asked is not trusted.
    ServerUntrusted = 603,
    /// A server did not answer in time.
    Timeout = 604,
    /// The caller stopped the work.
    Cancelled = 605,
    /// A server's answer has another shape than the protocol.
    Response = 606,
    /// A server's answer is beyond its bound.
    TooLarge = 607,
    /// A change was sent to a server, and its answer was lost.
    OutcomeUnknown = 608,
    /// A login was refused, or a session has ended.
    Unauthenticated = 700,
    /// The user lacks a privilege.
    Forbidden = 701,
    /// What was asked for is not on the server.
    RemoteNotFound = 702,
    /// A server answered with a fault.
    Fault = 703,
    /// A server's version does not have what was asked.
    Unsupported = 704,
    /// A service of the server is not available now.
    Unavailable = 705,
    /// The inventory file is wrong.
    Inventory = 710,
    /// A user or password is missing where the inventory says it is.
    Credentials = 711,
    /// A file could not be read.
    File = 800,
}

impl ErrorCode {
    /// The number, as the bindings hand it out.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "the enum is repr(i32), and nothing else turns it into its number")]
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The stable name: `server-name`, `no-block`, ...
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Panic => "panic",
            Self::Argument => "argument",
            Self::Forked => "forked",
            Self::Time => "time",
            Self::Profile => "profile",
            Self::Thresholds => "thresholds",
            Self::Pem => "pem",
            Self::NoBlock => "no-block",
            Self::Certificate => "certificate",
            Self::Store => "store",
            Self::Estate => "estate",
            Self::Chain => "chain",
            Self::ServerName => "server-name",
            Self::Untrusted => "untrusted",
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Handshake => "handshake",
            Self::ServerUntrusted => "server-untrusted",
            Self::Timeout => "timeout",
            Self::Cancelled => "cancelled",
            Self::Response => "response",
            Self::TooLarge => "too-large",
            Self::OutcomeUnknown => "outcome-unknown",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::RemoteNotFound => "remote-not-found",
            Self::Fault => "fault",
            Self::Unsupported => "unsupported",
            Self::Unavailable => "unavailable",
            Self::Inventory => "inventory",
            Self::Credentials => "credentials",
            Self::File => "file",
        }
    }
}
