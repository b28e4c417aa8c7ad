//! What a caller can get wrong about a call, found before anything is sent.

/// Why a call was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// There is no call of this name in the table that was asked.
    #[error("there is no call `{call}`; the calls are {}", known.join(", "))]
    Unknown {
        /// What was asked for.
        call: String,
        /// What there is.
        known: Vec<&'static str>,
    },
    /// An argument is missing, unknown, or means nothing.
    #[error("{call}: {}{reason}", key.as_ref().map(|key| format!("`{key}`: ")).unwrap_or_default())]
    Argument {
        /// The call.
        call: String,
        /// Which argument, for example `hosts[1]`; nothing if the whole text is not a JSON object.
        key: Option<String>,
        /// What is wrong with it. What was given is not repeated: it may be a secret at the wrong place.
        reason: String,
    },
    /// The secret is missing, or there is one where none is taken.
    #[error("{call}: {reason}")]
    Secret {
        /// The call.
        call: String,
        /// What is wrong.
        reason: String,
    },
}

impl CallError {
    /// The parameter at fault: `call`, `arguments`, `arguments.hosts[1]` or `secret`.
    #[must_use]
    pub fn argument(&self) -> String {
        match self {
            Self::Unknown { .. } => "call".to_owned(),
            Self::Argument { key: Some(key), .. } => format!("arguments.{key}"),
            Self::Argument { key: None, .. } => "arguments".to_owned(),
            Self::Secret { .. } => "secret".to_owned(),
        }
    }

    pub(super) fn secret(call: &str, reason: &str) -> Self {
        Self::Secret { call: call.to_owned(), reason: reason.to_owned() }
    }

    pub(super) fn unknown(call: &str, known: Vec<&'static str>) -> Self {
        Self::Unknown { call: call.chars().take(60).collect(), known }
    }
}
