//! Object identifiers in dotted form.

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

use crate::thumbprint::hex;

/// An object identifier, for example `2.5.29.19`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Oid(pub Box<str>);

impl Oid {
    /// The dotted text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the content octets of an OBJECT IDENTIFIER (X.690 section 8.19). Octets that are not the only form of an
    /// identifier, arcs beyond 128 bits and identifiers beyond 256 octets become `#` and their hex: different octets never
    /// give the same text.
    pub(crate) fn from_octets(octets: &[u8]) -> Self {
        let dotted = if octets.len() <= LONGEST && Self::is_canonical(octets) { dotted(octets) } else { None };
        Self(dotted.unwrap_or_else(|| format!("#{}", hex(octets))).into())
    }

    /// Whether octets are the one form of an identifier: no arc is padded, and the last one ends.
    pub(crate) fn is_canonical(octets: &[u8]) -> bool {
        let ends = octets.last().is_some_and(|last| last & 0x80 == 0);
        let padded = |(index, octet): (usize, &u8)| *octet == 0x80 && (index == 0 || octets[index - 1] & 0x80 == 0);
        ends && !octets.iter().enumerate().any(padded)
    }
}

/// Longer ones are nobody's, and stay as they are.
const LONGEST: usize = 256;

fn dotted(octets: &[u8]) -> Option<String> {
    let mut out = String::with_capacity(octets.len() * 3);
    let mut arc: u128 = 0;
    for octet in octets {
        arc = arc.checked_mul(128)? + u128::from(octet & 0x7f);
        if octet & 0x80 != 0 {
            continue;
        }
        // The first two arcs share one number (X.690 section 8.19.4).
        let written = match (out.is_empty(), arc) {
            (true, 0..40) => write!(out, "0.{arc}"),
            (true, 40..80) => write!(out, "1.{}", arc - 40),
            (true, 80..) => write!(out, "2.{}", arc - 80),
            (false, _) => write!(out, ".{arc}"),
        };
        written.ok()?;
        arc = 0;
    }
    Some(out)
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

#[cfg(test)]
mod tests {
    use super::Oid;

    #[test]
    fn octets_and_texts_stand_for_each_other() {
        for (octets, text) in [
            (&[0x55, 0x1d, 0x13][..], "2.5.29.19"),
            (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11], "1.2.840.113549.1.1.11"),
            (&[0x00], "0.0"),
            (&[0x88, 0x37], "2.999"),
            (&[0x55, 0x1d, 0x80, 0x13], "#551d8013"),
            (&[0x80, 0x55], "#8055"),
            (&[0x55, 0x9d], "#559d"),
            (&[], "#"),
        ] {
            assert_eq!(Oid::from_octets(octets).as_str(), text);
        }
        assert!(Oid::from_octets(&[&[0x55][..], &[0xff; 40], &[1]].concat()).as_str().starts_with('#'));
    }
}
