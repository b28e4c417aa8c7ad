//! A fact that unknown cells of a matrix wait for.

use serde::{Deserialize, Serialize};

/// A fact that would have to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Missing {
    /// What it is, for example "the chain that vc02.example presents".
    pub what: String,
    /// How many cells of the matrix lack it.
    pub links: usize,
}
