//! Object identifiers in dotted form.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An object identifier, for example `2.5.29.19`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Oid(pub Box<str>);

impl Oid {
    /// The dotted text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Oid {
    fn from(dotted: &str) -> Self {
        Self(dotted.into())
    }
}

impl PartialEq<str> for Oid {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl From<&x509_parser::der_parser::oid::Oid<'_>> for Oid {
    fn from(oid: &x509_parser::der_parser::oid::Oid<'_>) -> Self {
        Self(oid.to_id_string().into())
    }
}
