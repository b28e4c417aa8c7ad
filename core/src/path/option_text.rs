//! Options as people write them: the texts of a purpose, of what follows without a CRL, and of a policy.

use std::str::FromStr;

use super::options::{Purpose, Revocation};
use crate::cert::Oid;

/// The text of an option means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionError {
    /// No [`Purpose`] has this name.
    #[error("`{0}` is not a purpose: write server, client, ca or any")]
    Purpose(String),
    /// No [`Revocation`] has this name.
    #[error("`{0}` is not a revocation: write if-present or required")]
    Revocation(String),
    /// Not an object identifier in dotted form.
    #[error("`{0}` is not a policy: write its object identifier, such as 2.5.29.32.0")]
    Policy(String),
}

impl FromStr for Purpose {
    type Err = OptionError;

    fn from_str(text: &str) -> Result<Self, OptionError> {
        let all = [Self::Server, Self::Client, Self::Ca, Self::Any];
        let found = all.into_iter().find(|purpose| purpose.name() == text);
        found.ok_or_else(|| OptionError::Purpose(shown(text)))
    }
}

impl FromStr for Revocation {
    type Err = OptionError;

    fn from_str(text: &str) -> Result<Self, OptionError> {
        match text {
            "if-present" => Ok(Self::IfPresent),
            "required" => Ok(Self::Required),
            other => Err(OptionError::Revocation(shown(other))),
        }
    }
}

/// Reads the object identifier of a policy in dotted form, for [`PolicyInputs`](super::PolicyInputs).
///
/// A name or a mistyped one would match no certificate, without a word; so the form is checked (X.660: at least two
/// arcs, the first 0, 1 or 2).
///
/// # Errors
/// [`OptionError::Policy`].
///
/// ```
/// assert!(vitrust::path::policy("2.5.29.32.0").is_ok());
/// assert!(vitrust::path::policy("anyPolicy").is_err());
/// ```
pub fn policy(text: &str) -> Result<Oid, OptionError> {
    let arc = |arc: &str| {
        let canonical = arc == "0" || !arc.starts_with('0');
        !arc.is_empty() && canonical && arc.bytes().all(|byte| byte.is_ascii_digit())
    };
    let top = matches!(text.split('.').next(), Some("0" | "1" | "2"));
    let valid = top && text.contains('.') && text.split('.').all(arc);
    if valid { Ok(Oid::from(text)) } else { Err(OptionError::Policy(shown(text))) }
}

fn shown(text: &str) -> String {
    text.chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for purpose in [Purpose::Server, Purpose::Client, Purpose::Ca, Purpose::Any] {
            assert_eq!(purpose.name().parse(), Ok(purpose));
        }
        assert_eq!("if-present".parse(), Ok(Revocation::IfPresent));
        assert_eq!("required".parse(), Ok(Revocation::Required));
        assert_eq!("mail".parse::<Purpose>(), Err(OptionError::Purpose("mail".to_owned())));
        assert_eq!("never".parse::<Revocation>(), Err(OptionError::Revocation("never".to_owned())));
    }

    #[test]
    fn a_policy_is_a_dotted_identifier() {
        assert!(["2.5.29.32.0", "1.3.6.1.4.1.6876", "0.0"].iter().all(|text| policy(text).is_ok()));
        for bad in ["", "2", "2.", ".2", "2..5", "3.1", "1.02", "1.2.x", "anyPolicy", " 1.2"] {
            assert_eq!(policy(bad), Err(OptionError::Policy(bad.to_owned())));
        }
    }
}
