//! Digests and key identifiers as people and products write them.
//!
//! Layer 0. *Thumbprint* is vSphere's SHA-1 form; *fingerprint* is SHA-256 of the DER and identifies a certificate
//! everywhere in this library; a *key identifier* is whatever the SKI or AKI extension holds.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// SHA-256 of a certificate's DER; written as 64 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

/// SHA-1 of a certificate's DER: the VECS alias and vSphere's `sslThumbprint`; written as 40 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thumbprint(pub [u8; 20]);

/// A subject or authority key identifier (RFC 5280 4.2.1.1, 4.2.1.2); written as lowercase hex.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub Box<[u8]>);

/// The text is not hex of the right length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a hexadecimal digest of {bytes} bytes")]
pub struct DigestError {
    /// What was given.
    pub text: String,
    /// How many bytes were expected.
    pub bytes: usize,
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Lowercase hex of `bytes`.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(HEX[usize::from(digit)])).collect()
}

/// Reads hex with or without colons or blanks, in either case.
fn unhex<const N: usize>(text: &str) -> Result<[u8; N], DigestError> {
    let fail = || DigestError { text: text.chars().take(100).collect(), bytes: N };
    let mut out = [0; N];
    let mut digits = text.bytes().filter(|byte| !matches!(byte, b':' | b' '));
    let mut digit = || digits.next().and_then(|byte| char::from(byte).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    for byte in &mut out {
        *byte = digit().ok_or_else(fail)? << 4 | digit().ok_or_else(fail)?;
    }
    if digits.next().is_some() { Err(fail()) } else { Ok(out) }
}

impl Fingerprint {
    /// The fingerprint of these bytes.
    #[must_use]
    pub fn of(der: &[u8]) -> Self {
        use sha2::Digest;
        Self(sha2::Sha256::digest(der).into())
    }
}

impl Thumbprint {
    /// vSphere's `sslThumbprint` form: uppercase with colons.
    #[must_use]
    pub fn with_colons(&self) -> String {
        let text = hex(&self.0).to_uppercase();
        text.as_bytes().chunks(2).map(String::from_utf8_lossy).collect::<Vec<_>>().join(":")
    }
}

macro_rules! hex_text {
    ($name:ident, $description:literal, $pattern:literal) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&hex(&self.0))
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern, "description": $description })
            }
        }
    };
}

hex_text!(Fingerprint, "SHA-256 of the certificate's DER, lowercase hex", "^[0-9a-f]{64}$");
hex_text!(Thumbprint, "SHA-1 of the certificate's DER, lowercase hex", "^[0-9a-f]{40}$");
hex_text!(KeyId, "key identifier, lowercase hex", "^([0-9a-f]{2})*$");

impl FromStr for Fingerprint {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        unhex(text).map(Self)
    }
}

impl FromStr for Thumbprint {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        unhex(text).map(Self)
    }
}

impl FromStr for KeyId {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let text: String = text.chars().filter(|c| !matches!(c, ':' | ' ')).collect();
        let fail = || DigestError { text: text.chars().take(100).collect(), bytes: text.len() / 2 };
        let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
        let digits = digits.filter(|d| d.len() % 2 == 0).ok_or_else(fail)?;
        Ok(Self(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_reads() {
        let thumbprint = Thumbprint([0xab; 20]);
        assert_eq!(thumbprint.with_colons().parse(), Ok(thumbprint));
        assert_eq!(thumbprint.to_string().parse(), Ok(thumbprint));
        assert!("ab".parse::<Thumbprint>().is_err());
        assert!("ab".repeat(21).parse::<Thumbprint>().is_err());
    }

    #[test]
    fn key_ids_have_any_length() {
        assert_eq!("AB:01".parse::<KeyId>().map(|id| id.to_string()), Ok("ab01".to_owned()));
        assert!("abc".parse::<KeyId>().is_err());
    }
}
