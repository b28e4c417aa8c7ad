//! How near its end a certificate is.

use serde::{Deserialize, Serialize};

/// How close to its end a certificate is, by the thresholds of the parts that use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExpiryState {
    /// Its validity has ended.
    Expired,
    /// Its validity has not begun.
    NotYetValid,
    /// The hard threshold is reached.
    Hard,
    /// The soft threshold is reached.
    Soft,
    /// Its end is further away than any threshold.
    Good,
}

impl ExpiryState {
    /// The stable name, as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::Hard => "hard",
            Self::Soft => "soft",
            Self::Good => "good",
        }
    }
}
