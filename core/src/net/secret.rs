//! Passwords and session keys: held for one purpose, wiped when dropped, never shown.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// A password or session key. It has no text form: [`fmt::Debug`] says only that it is one, and it is not serialised.
///
/// ```
/// let password = vitrust::net::Secret::from("hunter2".to_owned());
/// assert_eq!(format!("{password:?}"), "Secret(..)");
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The text, for the one place that sends it.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// How a session is had.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// Log in, and log out at the end.
    Password {
        /// The user, for example `audit@vsphere.local`.
        user: String,
        /// The password.
        password: Secret,
    },
    /// Use a session somebody else opened and will close: PowerCLI's `SessionSecret`.
    Session(Secret),
}

impl Credentials {
    /// What must not be shown, should a server repeat it: the password also as REST is told it.
    pub(crate) fn secrets(&self) -> Vec<Secret> {
        match self {
            Self::Session(session) => vec![session.clone()],
            Self::Password { user, password } => {
                let pair = base64_simd::STANDARD.encode_to_string(format!("{user}:{}", password.expose()));
                vec![password.clone(), Secret::from(pair)]
            }
        }
    }
}
