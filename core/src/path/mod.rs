//! Layer 3: path building and path verification (RFC 5280 section 6), with the reason for every refusal.
//!
//! [`Verifier`] takes a presented chain, a trust store and [`Options`] and returns a [`Verdict`]: a path, or every
//! [`Rejection`], nearest miss first. What real validators decide differently is in one table per [`Profile`].

mod options;
mod profile;
mod rejection;
mod verdict;
mod verifier;
mod wording;

pub use options::{Options, PolicyInputs, Purpose, Revocation, ServerName, ServerNameError};
pub use profile::{Decisions, ExactMatch, Profile, ProfileError};
pub use rejection::{CertificateFacts, Origin, Reason, Rejection};
pub use verdict::Verdict;
pub use verifier::{PathError, SignatureMemo, Verifier};
