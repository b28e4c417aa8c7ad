//! Arguments: a JSON object whose every key is known, read into the type that the call takes.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::CallError;

/// One argument of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Argument {
    /// Its key.
    pub name: String,
    /// What it is, for people.
    pub summary: String,
    /// The name of its JSON type, for example `string` or `list of string`.
    pub kind: String,
    /// Whether it must be given.
    pub required: bool,
}

/// Reads the arguments of `call`; no text is an empty object.
pub(super) fn read<T: DeserializeOwned>(call: &str, text: &str) -> Result<T, CallError> {
    let text = if text.trim().is_empty() { "{}" } else { text };
    let wrong = |key: Option<String>, reason: String| CallError::Argument { call: call.to_owned(), key, reason };
    if !text.trim_start().starts_with('{') {
        return Err(wrong(None, "the arguments are one JSON object".to_owned()));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let arguments = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let reason = without_values(&error.inner().to_string());
        // What is no JSON has no keys.
        let key = if error.inner().is_data() { key(&error.path().to_string(), &reason) } else { None };
        wrong(key, reason)
    })?;
    reader.end().map_err(|error| wrong(None, error.to_string()))?;
    Ok(arguments)
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

/// The words of serde without the text that was given.
fn without_values(words: &str) -> String {
    let (begin, end) = (words.find(": string \""), words.rfind("\", expected "));
    match (begin, end) {
        (Some(begin), Some(end)) => format!("{}: string{}", &words[..begin], &words[end + 1..]),
        (_, None) | (None, _) => words.to_owned(),
    }
}

/// The arguments that a schema names.
pub(super) fn of(schema: &schemars::Schema) -> Vec<Argument> {
    let schema = schema.as_value();
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, property)| Argument {
            name: name.clone(),
            summary: property["description"].as_str().unwrap_or_default().replace('\n', " "),
            kind: kind(property),
            required: required.contains(&name.as_str()),
        })
        .collect()
}

/// What a schema says of a value's type; `null`, which stands for nothing given, is left out.
fn kind(schema: &Value) -> String {
    let named = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    let choices = schema["anyOf"].as_array().into_iter().flatten().map(kind);
    let types = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        Value::String(one) => vec![one.as_str()],
        _ => named.into_iter().collect(),
    };
    let items = || format!("list of {}", kind(&schema["items"]));
    let types = types.into_iter().map(|name| if name == "array" { items() } else { name.to_owned() });
    types.chain(choices).filter(|name| name != "null").collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its reading is tried")]
    struct Some {
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
    fn every_wrong_argument_is_named_and_no_value_repeated() {
        for (text, wanted) in [
            ("", "arguments.host"),
            ("[]", "arguments"),
            ("\"x\"", "arguments"),
            ("{", "arguments"),
            ("{\"host\": \"a\"} {}", "arguments"),
            ("{\"host\": 5}", "arguments.host"),
            ("{\"host\": \"a\", \"bogus\": 1}", "arguments.bogus"),
            ("{\"host\": \"a\", \"host\": \"b\"}", "arguments.host"),
            ("{\"host\": \"a\", \"port\": \"hunter2\\\", expected x\"}", "arguments.port"),
            ("{\"host\": \"a\", \"port\": 70000}", "arguments.port"),
            ("{\"host\": \"a\", \"list\": [{\"name\": \"x\"}, {}]}", "arguments.list[1].name"),
        ] {
            let error = read::<Some>("call", text).expect_err(text);
            assert_eq!(error.argument(), wanted, "{text}: {error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
        assert!(read::<Some>("call", " {\"host\": \"a\", \"port\": 443} ").is_ok());
    }
}
