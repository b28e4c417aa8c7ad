//! Arguments: a JSON object whose every key is known, read into the type that the call takes.

use serde::de::DeserializeOwned;

use super::error::CallError;

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

/// The words of serde without the text that was given: of a value of the wrong type, or of an unknown variant.
fn without_values(words: &str) -> String {
    let between = |begin: &str, end: &str| Some((words.find(begin)? + begin.len(), words.rfind(end)?));
    let text = between(": string \"", "\", expected ").map(|(begin, end)| (begin - 2, end + 1));
    let variant = between("unknown variant `", "`, expected ").map(|(begin, end)| (begin - 2, end + 1));
    match text.or(variant).filter(|(begin, end)| begin < end) {
        Some((begin, end)) => format!("{}{}", &words[..begin], &words[end..]),
        None => words.to_owned(),
    }
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
