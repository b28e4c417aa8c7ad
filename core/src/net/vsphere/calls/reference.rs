//! References to managed objects as texts: `HostSystem:host-12`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::records::Moref;

/// The text is not a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MorefError;

impl fmt::Display for MorefError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is not a reference with a type and an id such as `HostSystem:host-12`")
    }
}

impl std::error::Error for MorefError {}

/// The longest type or id.
const LONGEST: usize = 200;

impl FromStr for Moref {
    type Err = MorefError;

    /// The type is a name; the id is opaque, and may have colons.
    fn from_str(text: &str) -> Result<Self, MorefError> {
        let (kind, id) = text.split_once(':').ok_or(MorefError)?;
        let named = kind.starts_with(|first: char| first.is_ascii_alphabetic())
            && kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let plain = !id.is_empty() && !id.contains(char::is_control) && id.trim() == id;
        if named && plain && kind.len() <= LONGEST && id.len() <= LONGEST {
            Ok(Self { kind: kind.to_owned(), id: id.to_owned() })
        } else {
            Err(MorefError)
        }
    }
}

impl Serialize for Moref {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Moref {
    fn schema_name() -> Cow<'static, str> {
        "Moref".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "a managed object, such as HostSystem:host-12" })
    }
}
