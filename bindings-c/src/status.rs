//! The numbers that C callers see.

use vitrust::ErrorCode;

/// What a call came to. 0 is success; every other number is a failure, and numbers are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Status {
    /// The outputs are written.
    Ok = 0,
    /// A defect of the library: it was stopped at the border. Please report it.
    Panic = 1,
    /// An argument has the wrong form in a way that has no number of its own.
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
    /// A time is neither a date nor RFC 3339.
    Time = 10,
    /// A profile name is unknown.
    Profile = 11,
    /// A threshold profile is unknown.
    Thresholds = 12,
    /// PEM text could not be read.
    Pem = 100,
    /// The input holds no block of the wanted kind.
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
    /// The chain is not trusted, where a call was asked to fail in that case.
    Untrusted = 310,
    /// A file could not be read.
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
            ErrorCode::File => Self::File,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_the_librarys() {
        let codes = [
            ErrorCode::Panic,
            ErrorCode::Argument,
            ErrorCode::Time,
            ErrorCode::Profile,
            ErrorCode::Thresholds,
            ErrorCode::Pem,
            ErrorCode::NoBlock,
            ErrorCode::Certificate,
            ErrorCode::Store,
            ErrorCode::Estate,
            ErrorCode::Chain,
            ErrorCode::ServerName,
            ErrorCode::Untrusted,
            ErrorCode::File,
        ];
        for code in codes {
            let status = Status::from(code);
            assert_eq!((status.number(), status.name()), (code.number(), code.name()));
        }
    }
}
