//! JSON as the readers of this layer need it: the outer form or a clear error, and PEM wherever it hides.

use serde_json::{Map, Value};

use super::StoreError;
use super::collect::Collector;
use super::shape::has_pem;

/// Whether the text begins as a JSON object or a list of objects, lists or texts does. `[*] Store` does not.
pub(super) fn is(text: &[u8]) -> bool {
    match text.trim_ascii_start() {
        [b'{', ..] => true,
        [b'[', rest @ ..] => matches!(rest.trim_ascii_start(), [b'{' | b'[' | b']' | b'"', ..]),
        _ => false,
    }
}

/// The value of the whole text. Nesting deeper than 128 is an error.
pub(super) fn parse(out: &Collector<'_>, text: &[u8]) -> Result<Value, StoreError> {
    serde_json::from_slice(text).map_err(|error| StoreError::Malformed {
        input: out.source().to_owned(),
        form: "JSON",
        reason: error.to_string(),
    })
}

/// A member by name, in any case: PowerShell names are.
pub(super) fn member<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .filter(|value| !value.is_null())
}

/// A text member by name.
pub(super) fn text_member<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    member(object, name).and_then(Value::as_str)
}

/// Reads every text below `value` that holds PEM. A text's lines count from 1 within it: JSON has none of its own.
pub(super) fn pem_texts(out: &mut Collector<'_>, value: &Value) {
    match value {
        Value::String(text) if has_pem(text.as_bytes()) => out.pem(text.as_bytes(), 1),
        Value::Array(items) => items.iter().for_each(|item| pem_texts(out, item)),
        Value::Object(members) => members.values().for_each(|member| pem_texts(out, member)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}
