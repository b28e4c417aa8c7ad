//! What the library could not do, with a stable number.
//!
//! An error is about the request: bad input, an unknown option, a server that does not answer. A broken estate is
//! never an error; it is a report.

use crate::cert::CertificateError;
use crate::code::ErrorCode;
use crate::path::PathError;
use crate::pem::PemError;
use crate::time::TimeError;

/// Everything a pure function of this library can fail with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// PEM text could not be read.
    #[error(transparent)]
    Pem(#[from] PemError),
    /// A certificate or CRL could not be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// A trust store or a file of certificates could not be read at all.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// An input is not whole what it is to be.
    #[error(transparent)]
    Whole(#[from] crate::store::WholeError),
    /// A chain could not be judged.
    #[error(transparent)]
    Path(#[from] PathError),
    /// A time could not be read.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// A server name could not be read.
    #[error(transparent)]
    ServerName(#[from] crate::path::ServerNameError),
    /// A profile name is unknown.
    #[error(transparent)]
    Profile(#[from] crate::path::ProfileError),
    /// The text of an option means nothing.
    #[error(transparent)]
    Option(#[from] crate::path::OptionError),
    /// A threshold profile is unknown.
    #[error(transparent)]
    Thresholds(#[from] crate::assess::ThresholdsError),
    /// A server could not be asked.
    #[cfg(feature = "net")]
    #[error(transparent)]
    Net(#[from] crate::net::NetError),
    /// A call by its name was wrong.
    #[cfg(feature = "net")]
    #[error(transparent)]
    Call(#[from] crate::net::vsphere::calls::CallError),
    /// A file or folder could not be read.
    #[error(transparent)]
    File(#[from] crate::files::FileError),
    /// An estate could not be read.
    #[error(transparent)]
    Estate(#[from] crate::estate::EstateError),
    /// A page could not be drawn.
    #[error(transparent)]
    Render(#[from] crate::report::RenderError),
}

impl Error {
    /// The stable number.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Pem(_) => ErrorCode::Pem,
            Self::Certificate(error) => error.code(),
            Self::Store(_) => ErrorCode::Store,
            Self::Whole(error) => error.code(),
            Self::Path(_) => ErrorCode::Chain,
            Self::Time(_) => ErrorCode::Time,
            Self::ServerName(_) => ErrorCode::ServerName,
            Self::Profile(_) => ErrorCode::Profile,
            Self::Option(_) | Self::Render(_) => ErrorCode::Argument,
            Self::Thresholds(_) => ErrorCode::Thresholds,
            #[cfg(feature = "net")]
            Self::Net(error) => error.code(),
            #[cfg(feature = "net")]
            Self::Call(_) => ErrorCode::Argument,
            Self::File(_) => ErrorCode::File,
            Self::Estate(_) => ErrorCode::Estate,
        }
    }
}
