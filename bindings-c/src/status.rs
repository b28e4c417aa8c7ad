//! The numbers that C callers see. Written from the table of errors in `core/src/code.rs` by the tests of the header, which
//! `BLESS=1` has rewrite it; cbindgen reads no macros, so they are spelled out.

use vitrust::ErrorCode;

/// What a call came to. 0 is success; every other number is a failure, and numbers are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Status {
    /// The outputs are written.
    Ok = 0,
    /// A defect of the library: a panic that a binding stopped at its border.
    Panic = 1,
    /// An argument of a binding has the wrong form.
    Argument = 2,
    /// A pointer is NULL where that is not allowed.
    NullPointer = 3,
    /// Text is not UTF-8.
    Utf8 = 4,
    /// Options are not JSON.
    Json = 5,
    /// An option is unknown, missing, or has the wrong form.
    Option = 6,
    /// A length is larger than any object in memory.
    Length = 7,
    /// Something that one process opened was used in another process, forked from it.
    Forked = 8,
    /// A time is neither a date nor RFC 3339.
    Time = 10,
    /// A profile name is unknown.
    Profile = 11,
    /// A threshold profile is unknown.
    Thresholds = 12,
    /// PEM text could not be read.
    Pem = 100,
    /// The input holds no PEM block of the wanted kind.
    NoBlock = 101,
    /// Bytes are not a readable certificate or CRL.
    Certificate = 110,
    /// A trust store or a file of certificates could not be read at all.
    Store = 200,
    /// The text is not an estate.
    Estate = 220,
    /// The presented chain is empty or too long.
    Chain = 300,
    /// A server name is neither a DNS name nor an address.
    ServerName = 301,
    /// The chain is not trusted, and a binding was asked to fail in that case.
    Untrusted = 310,
    /// A host name has no address.
    Resolve = 600,
    /// A connection to a server could not be made, or was lost.
    Connect = 601,
    /// A TLS handshake failed.
    Handshake = 602,
    /// The certificate of a server is not trusted, so it was not queried.
    ServerUntrusted = 603,
    /// A server did not answer in time.
    Timeout = 604,
    /// The caller stopped the work.
    Cancelled = 605,
    /// A server's answer does not follow the protocol.
    Response = 606,
    /// A server's answer is larger than allowed.
    TooLarge = 607,
    /// A change was sent to a server, and its answer was lost.
    OutcomeUnknown = 608,
    /// A login was refused, or a session has ended.
    Unauthenticated = 700,
    /// The user lacks a privilege.
    Forbidden = 701,
    /// The requested object is not on the server.
    RemoteNotFound = 702,
    /// A server answered with a fault.
    Fault = 703,
    /// A server's version does not support the request.
    Unsupported = 704,
    /// A service of the server is not available at the moment.
    Unavailable = 705,
    /// The inventory file is wrong.
    Inventory = 710,
    /// A user or password is missing from the place that the inventory names.
    Credentials = 711,
    /// A file or folder could not be read.
    File = 800,
}

impl Status {
    /// The number, as C sees it.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "the enum is repr(i32), and nothing else turns it into its number")]
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The stable name: `null-pointer`, `no-block`, ...
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Panic => "panic",
            Self::Argument => "argument",
            Self::NullPointer => "null-pointer",
            Self::Utf8 => "utf8",
            Self::Json => "json",
            Self::Option => "option",
            Self::Length => "length",
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

impl From<ErrorCode> for Status {
    /// Exhaustive on purpose: a new code of the library does not compile until it has its number here.
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::Panic => Self::Panic,
            ErrorCode::Argument => Self::Argument,
            ErrorCode::Forked => Self::Forked,
            ErrorCode::Time => Self::Time,
            ErrorCode::Profile => Self::Profile,
            ErrorCode::Thresholds => Self::Thresholds,
            ErrorCode::Pem => Self::Pem,
            ErrorCode::NoBlock => Self::NoBlock,
            ErrorCode::Certificate => Self::Certificate,
            ErrorCode::Store => Self::Store,
            ErrorCode::Estate => Self::Estate,
            ErrorCode::Chain => Self::Chain,
            ErrorCode::ServerName => Self::ServerName,
            ErrorCode::Untrusted => Self::Untrusted,
            ErrorCode::Resolve => Self::Resolve,
            ErrorCode::Connect => Self::Connect,
            ErrorCode::Handshake => Self::Handshake,
            ErrorCode::ServerUntrusted => Self::ServerUntrusted,
            ErrorCode::Timeout => Self::Timeout,
            ErrorCode::Cancelled => Self::Cancelled,
            ErrorCode::Response => Self::Response,
            ErrorCode::TooLarge => Self::TooLarge,
            ErrorCode::OutcomeUnknown => Self::OutcomeUnknown,
            ErrorCode::Unauthenticated => Self::Unauthenticated,
            ErrorCode::Forbidden => Self::Forbidden,
            ErrorCode::RemoteNotFound => Self::RemoteNotFound,
            ErrorCode::Fault => Self::Fault,
            ErrorCode::Unsupported => Self::Unsupported,
            ErrorCode::Unavailable => Self::Unavailable,
            ErrorCode::Inventory => Self::Inventory,
            ErrorCode::Credentials => Self::Credentials,
            ErrorCode::File => Self::File,
        }
    }
}
