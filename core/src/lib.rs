//! vitrust tells whether every vCenter, ESXi host and storage provider trusts what it must trust, and why not.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod alert;
pub mod assess;
pub mod catalogue;
pub mod cert;
mod code;
pub mod endpoint;
mod error;
pub mod estate;
pub mod files;
pub mod finding;
pub mod json;
#[cfg(feature = "net")]
pub mod net;
pub mod path;
pub mod pem;
pub mod report;
pub mod store;
pub mod text;
pub mod thumbprint;
pub mod time;

pub use cert::{Certificate, Crl, Pool};
pub use code::ErrorCode;
pub use endpoint::Endpoint;
pub use error::Error;
pub use estate::Estate;
pub use path::{Options, Profile, Purpose, Rejection, Verdict, Verifier};
pub use store::TrustStore;
pub use time::Time;
