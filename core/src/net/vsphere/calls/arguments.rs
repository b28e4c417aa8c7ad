//! Arguments: a JSON object whose every key is known, read into the type that the call takes.

use serde::de::DeserializeOwned;

use super::error::CallError;
use crate::json;

/// Reads the arguments of `call`; no text is an empty object.
pub(super) fn read<T: DeserializeOwned>(call: &str, text: &str) -> Result<T, CallError> {
    json::object(text).map_err(|error| CallError::Argument {
        call: call.to_owned(),
        key: error.key,
        reason: error.reason,
    })
}
