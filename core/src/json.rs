//! Options and arguments: one JSON object, read strictly, in messages that repeat no value.
//!
//! Layer 0. A value may be a password at the wrong place, so what is wrong with it is said by its key and its type. What
//! is read may take no more memory than its text allows, and what is written holds no character that a terminal acts on.

mod adaptor;
mod budget;
mod tree;
mod writer;

use serde::de::DeserializeOwned;

pub(crate) use adaptor::{handed_on, serde_adaptor};
pub(crate) use budget::{Budget, Metered};
pub(crate) use tree::{List, Member, Tree, TreeSeed, tree};
pub(crate) use writer::shortened;
pub use writer::text;
#[cfg(feature = "net")]
pub(crate) use writer::told;

/// Why a text is not the requested object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", key.as_ref().map(|key| format!("`{key}`: ")).unwrap_or_default())]
pub struct ObjectError {
    /// The key at fault, for example `hosts[1].name`; nothing if the whole text is not a JSON object.
    pub key: Option<String>,
    /// What is wrong with it.
    pub reason: String,
    /// The line, from 1.
    pub line: Option<u32>,
    /// Whether the text is not JSON at all.
    pub is_syntax: bool,
}

/// Reads an object; no text is an empty one.
///
/// ```
/// #[derive(serde::Deserialize)]
/// #[serde(deny_unknown_fields)]
/// struct Options {
///     depth: u32,
/// }
/// let error = vitrust::json::object::<Options>(r#"{"depth": "hunter2"}"#).err().map(|error| error.to_string());
/// assert_eq!(error.as_deref(), Some("`depth`: invalid type: string, expected u32 at line 1 column 19"));
/// ```
///
/// # Errors
/// [`ObjectError`]; for an array too, though its values might be taken in order.
pub fn object<T: DeserializeOwned>(text: &str) -> Result<T, ObjectError> {
    let text = if text.trim().is_empty() { "{}" } else { text };
    let mut reader = serde_json::Deserializer::from_str(text);
    if !text.trim_start().starts_with('{') {
        let reason = "it is not a JSON object".to_owned();
        let is_syntax = serde_json::from_str::<serde::de::IgnoredAny>(text).is_err();
        return Err(ObjectError { key: None, reason, line: None, is_syntax });
    }
    let budget = Budget::of(text.len());
    let read = serde_path_to_error::deserialize(Metered::new(&mut reader, &budget)).map_err(|error| {
        let (path, inner) = (error.path().to_string(), error.into_inner());
        let reason = without_values(&inner.to_string());
        // What is no JSON has no keys.
        let key = if inner.is_data() { key(&path, &reason) } else { None };
        ObjectError { key, reason, line: u32::try_from(inner.line()).ok(), is_syntax: !inner.is_data() }
    })?;
    let behind = |error: serde_json::Error| ObjectError {
        key: None,
        reason: error.to_string(),
        line: u32::try_from(error.line()).ok(),
        is_syntax: true,
    };
    reader.end().map_err(behind)?;
    Ok(read)
}

/// The key at fault. One that is missing or there twice is named by the reason, and its object by the path.
fn key(path: &str, reason: &str) -> Option<String> {
    let named = ["missing field `", "duplicate field `"].iter().find_map(|words| reason.strip_prefix(words));
    match (path, named.and_then(|rest| rest.split('`').next())) {
        (".", named) => named.map(str::to_owned),
        (path, Some(named)) => Some(format!("{path}.{named}")),
        (path, None) => Some(path.to_owned()),
    }
}

/// The words of serde without the text that was given, and without the names of our types.
pub(crate) fn without_values(words: &str) -> String {
    let between = |begin: &str, end: &str| Some((words.find(begin)? + begin.len(), words.rfind(end)?));
    // `integer `5``, `string "x"`: the type stays.
    let typed = |begin| {
        let (begin, end) = between(begin, ", expected ").filter(|(begin, end)| begin < end)?;
        let value = words[begin..end].find(['`', '"'])?;
        Some((begin + words[begin..begin + value].trim_end().len(), end))
    };
    let found = typed("invalid type: ").or_else(|| typed("invalid value: "));
    let variant = || between("unknown variant `", "`, expected ").map(|(begin, end)| (begin - 2, end + 1));
    let plain = match found.or_else(variant).filter(|(begin, end)| begin < end) {
        Some((begin, end)) => format!("{}{}", &words[..begin], &words[end..]),
        None => words.to_owned(),
    };
    match plain.split_once("expected struct ") {
        Some((before, name)) => {
            let place = name.find(" at line ").map_or("", |at| &name[at..]);
            format!("{before}expected an object{place}")
        }
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its reading is tried")]
    struct Outer {
        host: String,
        #[serde(default)]
        port: u16,
        #[serde(default)]
        list: Vec<Inner>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its reading is tried")]
    struct Inner {
        name: String,
    }

    #[test]
    fn every_wrong_key_is_named_and_no_value_repeated() {
        for (text, key, is_syntax) in [
            ("", Some("host"), false),
            ("[]", None, false),
            ("[\"hunter2\", 1]", None, false),
            ("\"hunter2\"", None, false),
            ("hunter2", None, true),
            ("{", None, true),
            ("{\"host\": \"a\"} {}", None, true),
            ("{\"host\": 5}", Some("host"), false),
            ("{\"host\": \"a\", \"bogus\": 1}", Some("bogus"), false),
            ("{\"host\": \"a\", \"host\": \"b\"}", Some("host"), false),
            ("{\"host\": \"a\", \"port\": \"hunter2\\\", expected x\"}", Some("port"), false),
            ("{\"host\": \"a\", \"port\": 70000}", Some("port"), false),
            ("{\"host\": 770077, \"port\": 1}", Some("host"), false),
            ("{\"host\": \"a\", \"list\": [{\"name\": \"x\"}, {}]}", Some("list[1].name"), false),
            ("{\"host\": \"a\", \"list\": [\"hunter2\"]}", Some("list[0]"), false),
        ] {
            let error = object::<Outer>(text).expect_err(text);
            assert_eq!((error.key.as_deref(), error.is_syntax), (key, is_syntax), "{text}: {error}");
            let shown = error.to_string();
            assert!(["hunter2", "70000", "770077", "struct"].iter().all(|part| !shown.contains(part)), "{shown}");
        }
        assert!(object::<Outer>(" {\"host\": \"a\", \"port\": 443} ").is_ok());
    }
}
