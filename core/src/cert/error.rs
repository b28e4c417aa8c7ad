//! Why bytes are not a certificate or CRL.

use crate::code::ErrorCode;
use crate::pem::PemError;

/// Why bytes are not a certificate or CRL this library can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// PEM text could not be read.
    #[error(transparent)]
    Pem(#[from] PemError),
    /// The input holds no PEM block, though one is needed.
    #[error("the input holds no {wanted} block")]
    NoBlock {
        /// What was looked for.
        wanted: &'static str,
    },
    /// The DER does not follow RFC 5280.
    #[error("not a readable {what}: {reason}")]
    Malformed {
        /// `certificate` or `CRL`.
        what: &'static str,
        /// What the DER reader found wrong.
        reason: String,
    },
    /// Bytes follow the structure.
    #[error("{count} bytes follow the {what}")]
    TrailingBytes {
        /// `certificate` or `CRL`.
        what: &'static str,
        /// How many.
        count: usize,
    },
    /// The input is larger than any certificate or CRL this library reads.
    #[error("{length} bytes are more than the {limit} a {what} may have here")]
    TooLarge {
        /// `certificate` or `CRL`.
        what: &'static str,
        /// The input's length.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// OpenSSL's trust settings speak against the certificate as a trust anchor.
    #[error("{subject}: its OpenSSL trust settings {why}")]
    TrustSettings {
        /// The certificate's subject.
        subject: String,
        /// What they say.
        why: String,
    },
}

impl CertificateError {
    pub(crate) const fn code(&self) -> ErrorCode {
        match self {
            Self::Pem(_) => ErrorCode::Pem,
            Self::NoBlock { .. } => ErrorCode::NoBlock,
            Self::Malformed { .. }
            | Self::TrailingBytes { .. }
            | Self::TooLarge { .. }
            | Self::TrustSettings { .. } => ErrorCode::Certificate,
        }
    }
}
