//! What serde forgives in JSON and an estate does not: a name given twice in one object, and a text that is no object.

use std::fmt;

use hashbrown::HashSet;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Checks that the text is JSON and names nothing twice. Costs one pass and keeps nothing. True when the text is an
/// object with one of the names `wanted`.
///
/// # Errors
/// The reader's own error, with line and column.
pub(super) fn unique_names(text: &[u8], wanted: &[&str]) -> Result<bool, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let found = Walk { wanted }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(found)
}

/// One value; `wanted` is empty below the outermost.
#[derive(Clone, Copy)]
struct Walk<'w> {
    wanted: &'w [&'w str],
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        while items.next_element_seed(Walk { wanted: &[] })?.is_some() {}
        Ok(false)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<bool, A::Error> {
        let mut seen: HashSet<String> = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if seen.contains(&name) {
                return Err(A::Error::custom(format!("the name {name:?} stands twice in one object")));
            }
            seen.insert(name);
            members.next_value_seed(Walk { wanted: &[] })?;
        }
        Ok(self.wanted.iter().any(|name| seen.contains(*name)))
    }
}
