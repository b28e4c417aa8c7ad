//! DER in JSON, and the text that may stand for a reference.

use std::borrow::Cow;
use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::pem::{self, Label};

/// The DER of a certificate or CRL. Written as base64; read as base64 or as one PEM block.
#[derive(Clone, PartialEq, Eq)]
pub struct Der(pub Box<[u8]>);

impl fmt::Debug for Der {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Der({} bytes)", self.0.len())
    }
}

impl Serialize for Der {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64_simd::STANDARD.encode_to_string(&self.0))
    }
}

impl<'de> Deserialize<'de> for Der {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let mut sections = pem::sections(text.as_bytes());
        if let Some(section) = sections.next() {
            let section = section.map_err(D::Error::custom)?;
            if !matches!(section.label, Label::Certificate | Label::Crl) || sections.next().is_some() {
                return Err(D::Error::custom("not one PEM block of a certificate or CRL"));
            }
            return section.decode().map(|der| Self(der.into())).map_err(D::Error::custom);
        }
        let decoded = base64_simd::forgiving_decode_to_vec(text.as_bytes());
        decoded.map(|der| Self(der.into())).map_err(|_| D::Error::custom("not base64 of DER"))
    }
}

impl schemars::JsonSchema for Der {
    fn schema_name() -> Cow<'static, str> {
        "Der".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "base64 of the DER, or one PEM block" })
    }
}

/// What may stand in JSON where a certificate or CRL is referred to; only its schema is used.
#[derive(Debug, Clone, Copy)]
pub struct Reference;

impl schemars::JsonSchema for Reference {
    fn schema_name() -> Cow<'static, str> {
        "Reference".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "SHA-256 of the DER, a key of the table `certificates` or `crls`; on input also PEM text",
            "anyOf": [
                { "type": "string", "pattern": "^[0-9a-f]{64}$" },
                { "type": "string", "pattern": "-----BEGIN [A-Z0-9 ]+-----" }
            ]
        })
    }
}
