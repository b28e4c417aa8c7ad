//! Layer 2: sets of trust anchors, in every shape admins hold them.
//!
//! A reader turns bytes into a [`Reading`]: what was found, each with its [`Place`], and what could not be read, with
//! place and reason. A [`TrustStore`] is a set of trust anchors built from readings and indexed for path building.
//! Nothing here opens a file or verifies a signature.

mod reading;
mod trust_store;

pub use reading::{DumpedEntry, Found, Place, Reading, Unreadable};
pub use trust_store::{Anchor, TrustStore};
