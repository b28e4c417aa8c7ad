//! Layer 3: path building and path verification (RFC 5280 section 6), with the reason for every refusal.
//!
//! [`Verifier`] takes a presented chain, a trust store and [`Options`] and returns a [`Verdict`]: a path, or
//! the [`Rejection`]s, nearest miss first. What real validators decide differently is in one table per [`Profile`].

mod budget;
mod candidates;
mod checks;
mod constraints;
mod explain;
mod graph;
mod hosts;
mod identity;
mod incomplete;
mod memo;
mod option_text;
mod options;
mod policy;
mod profile;
mod public;
mod rejection;
mod revocation;
mod search;
mod signature;
mod subtrees;
mod telling;
mod trust;
mod verdict;
mod verifier;
mod whole_path;
mod wording;

pub use memo::SignatureMemo;
pub use option_text::{OptionError, policy};
pub use options::{Options, PolicyInputs, Purpose, Revocation, ServerName, ServerNameError};
pub use profile::{Decisions, ExactMatch, NextUpdate, Profile, ProfileError, RemovedEntry};
pub(crate) use public::{LACKS_ANCHOR, public_root};
pub use rejection::{CertificateFacts, Origin, Reason, Rejection};
pub(crate) use signature::{has_not_signed, has_signed};
pub use trust::Trust;
pub use verdict::{PathCertificate, Verdict};
pub use verifier::{Accepting, LONGEST_CHAIN, PathError, Verifier};
