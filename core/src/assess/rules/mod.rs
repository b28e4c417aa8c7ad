//! The rules: each looks at an estate, or at what was answered about it, and makes findings.

pub(super) mod cas;
mod counsel;
pub(super) mod directory;
pub(super) mod drift;
pub(super) mod expiry;
mod expiry_state;
mod faults;
pub(super) mod in_use;
pub(super) mod input;
pub(super) mod keeping;
pub(super) mod namesakes;
pub(super) mod order;
pub(super) mod providers;
pub(super) mod registrations;
pub(super) mod sso;
pub(super) mod stores;
mod structure;
pub(super) mod thresholds;
mod trust;
mod uses;

pub use expiry::{ExpiryRow, ExpiryUse};
pub use expiry_state::ExpiryState;
pub use thresholds::{Limits, Thresholds, ThresholdsError};
pub(super) use trust::Links;
