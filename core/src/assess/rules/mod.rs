//! The rules: each looks at an estate, or at what was answered about it, and makes findings.

pub(super) mod drift;
pub(super) mod expiry;
pub(super) mod input;
mod namesakes;
pub(super) mod order;
pub(super) mod providers;
pub(super) mod sso;
pub(super) mod stores;
pub(super) mod thresholds;
mod trust;

pub use expiry::{ExpiryRow, ExpiryState, ExpiryUse};
pub use thresholds::{Limits, Thresholds, ThresholdsError};
pub(super) use trust::Links;
