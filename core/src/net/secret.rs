//! Passwords and session keys: held for one purpose, wiped when dropped, never shown.

use std::fmt;
use std::io;

use bytes::Bytes;
use secrecy::zeroize::Zeroizing;
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
        // A text that is cut to its length may leave a copy where it was.
        let text = Zeroizing::new(text);
        Self(SecretString::from(text.as_str()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// How a session is obtained.
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
    /// What must not be shown, should a server repeat it.
    pub(crate) fn secret(&self) -> &Secret {
        match self {
            Self::Session(secret) | Self::Password { password: secret, .. } => secret,
        }
    }
}

/// A text that secrets are put into: wiped when it is dropped, and what it was while it grew as well.
#[derive(Default)]
pub(crate) struct Wiped(Zeroizing<String>);

impl Wiped {
    /// Adds a text.
    pub(crate) fn push(&mut self, text: &str) {
        self.reserve(text.len());
        self.0.push_str(text);
    }

    /// Adds an XML element with this text, escaped.
    pub(crate) fn element(&mut self, name: &str, text: &str) {
        for part in ["<", name, ">"] {
            self.push(part);
        }
        let mut plain = 0;
        for (at, character) in text.char_indices() {
            let escaped = match character {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\'' => "&apos;",
                '"' => "&quot;",
                _ => continue,
            };
            self.push(&text[plain..at]);
            self.push(escaped);
            plain = at + 1;
        }
        self.push(&text[plain..]);
        for part in ["</", name, ">"] {
            self.push(part);
        }
    }

    /// Adds the base64 of a text.
    pub(crate) fn base64(&mut self, text: &str) {
        self.reserve(base64_simd::STANDARD.encoded_length(text.len()));
        base64_simd::STANDARD.encode_append(text, &mut *self.0);
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Its bytes, wiped when the last who shares them drops them.
    pub(crate) fn into_bytes(self) -> Bytes {
        Bytes::from_owner(self.0)
    }

    /// Makes room. The former text is copied, and wiped where it was.
    fn reserve(&mut self, more: usize) {
        if self.0.capacity() - self.0.len() < more {
            let room = (self.0.len() + more).max(2 * self.0.capacity()).max(256);
            let mut larger = Zeroizing::new(String::with_capacity(room));
            larger.push_str(&self.0);
            self.0 = larger;
        }
    }
}

impl io::Write for Wiped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(std::str::from_utf8(bytes).map_err(io::Error::other)?);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wiped_text_is_what_was_put_into_it() {
        let mut text = Wiped::default();
        text.push("x");
        text.element("password", "a&b<c>\"d'é");
        text.base64("user:pass");
        assert_eq!(text.as_str(), "x<password>a&amp;b&lt;c&gt;&quot;d&apos;é</password>dXNlcjpwYXNz");
        let (before, long) = (text.as_str().len(), "long".repeat(1_000));
        text.push(&long);
        assert!(text.as_str().ends_with(&long));
        assert_eq!(text.into_bytes().len(), before + long.len());
    }
}
