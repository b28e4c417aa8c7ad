//! The three answers to "does X trust what Y presents".

use serde::{Deserialize, Serialize};

/// Whether one party trusts what another presents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    /// A path was found.
    Trusted,
    /// There is none.
    Untrusted,
    /// Something needed for the answer is not known.
    Unknown,
}

impl Trust {
    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Untrusted => "untrusted",
            Self::Unknown => "unknown",
        }
    }

    /// One character, for grids: `+`, `-` or `?`.
    #[must_use]
    pub const fn symbol(self) -> char {
        match self {
            Self::Trusted => '+',
            Self::Untrusted => '-',
            Self::Unknown => '?',
        }
    }

    /// The answer for two things that must both be trusted: one refusal refuses both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Untrusted, _) | (_, Self::Untrusted) => Self::Untrusted,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Trusted, Self::Trusted) => Self::Trusted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trust::{Trusted, Unknown, Untrusted};

    #[test]
    fn one_refusal_outweighs_what_is_unknown() {
        assert_eq!(Unknown.and(Untrusted), Untrusted);
        assert_eq!(Unknown.and(Trusted), Unknown);
        assert_eq!(Trusted.and(Trusted), Trusted);
    }
}
