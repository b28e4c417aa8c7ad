//! What a verification is asked: when, by whose rules, for what purpose and for which name.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Profile;
use crate::cert::{Crl, Oid};
use crate::time::Time;

/// The arguments of one verification, apart from the chain and the store.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The verification time.
    pub at: Time,
    /// Whose rules.
    pub profile: Profile,
    /// What the end-entity certificate is to be used for.
    pub purpose: Purpose,
    /// The name the end-entity certificate must carry (RFC 9525); `None` skips the check.
    pub name: Option<ServerName>,
    /// CRLs to check the path against.
    pub crls: &'a [Crl],
    /// What follows when no CRL says anything about a certificate.
    pub revocation: Revocation,
    /// The policy inputs of RFC 5280 section 6.1.1.
    pub policies: PolicyInputs,
    /// The most certificates between end-entity and anchor; `None` is the profile's own limit.
    pub max_depth: Option<u32>,
}

impl Options<'_> {
    /// Options for this time with everything else at its default: profile `strict`, purpose server, no name, no CRLs.
    #[must_use]
    pub fn at(at: Time) -> Self {
        Self {
            at,
            profile: Profile::Strict,
            purpose: Purpose::Server,
            name: None,
            crls: &[],
            revocation: Revocation::IfPresent,
            policies: PolicyInputs::default(),
            max_depth: None,
        }
    }
}

/// What the end-entity certificate is to be used for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// TLS server: `serverAuth`.
    #[default]
    Server,
    /// TLS client: `clientAuth`.
    Client,
    /// A CA: it must itself be able to issue certificates.
    Ca,
    /// Anything: extended key usage is not looked at.
    Any,
}

impl Purpose {
    /// The name used in options and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Client => "client",
            Self::Ca => "ca",
            Self::Any => "any",
        }
    }

    /// The extended key usage this purpose asks for (RFC 5280 section 4.2.1.12).
    #[must_use]
    pub const fn extended_key_usage(self) -> Option<&'static str> {
        match self {
            Self::Server => Some("1.3.6.1.5.5.7.3.1"),
            Self::Client => Some("1.3.6.1.5.5.7.3.2"),
            Self::Ca | Self::Any => None,
        }
    }
}

/// What follows when no CRL covers a certificate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Revocation {
    /// Nothing: only what the given CRLs say counts.
    #[default]
    IfPresent,
    /// A rejection: every certificate below the anchor needs a usable CRL (RFC 5280 section 6.3).
    Required,
}

/// The policy inputs of RFC 5280 section 6.1.1 (c) to (g).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyInputs {
    /// The acceptable policies; empty is any.
    pub initial_policies: Vec<Oid>,
    /// `initial-explicit-policy`
    pub explicit_policy: bool,
    /// `initial-policy-mapping-inhibit`
    pub inhibit_policy_mapping: bool,
    /// `initial-any-policy-inhibit`
    pub inhibit_any_policy: bool,
}

/// The identity a server certificate is checked for: a DNS name or an IP address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ServerName {
    /// A DNS name in ASCII (A-labels), lowercase, without the final dot.
    Dns(Box<str>),
    /// An IPv4 or IPv6 address.
    Ip(IpAddr),
}

/// The text is neither a DNS name nor an IP address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is neither a DNS name nor an IP address")]
pub struct ServerNameError {
    /// What was given.
    pub text: String,
}

impl FromStr for ServerName {
    type Err = ServerNameError;

    fn from_str(text: &str) -> Result<Self, ServerNameError> {
        let fail = || ServerNameError { text: text.chars().take(300).collect() };
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Ok(Self::Ip(address));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        // What is ASCII is compared as it stands: a label that begins with xn-- and does not decode is still a name.
        let ascii = match name.is_ascii() {
            true => name.to_ascii_lowercase(),
            false => idna::domain_to_ascii(name).map_err(|_| fail())?,
        };
        let label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && (!label.ends_with('-') || label.starts_with("xn--"))
                // Underscores are not in RFC 952, and in many a data centre all the same.
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        let valid = ascii.len() <= 253 && ascii.split('.').all(label);
        valid.then(|| Self::Dns(ascii.into())).ok_or_else(fail)
    }
}

impl fmt::Display for ServerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(name) => f.write_str(name),
            Self::Ip(address) => write!(f, "{address}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        assert_eq!("VC01.Lab.Example.".parse(), Ok(ServerName::Dns("vc01.lab.example".into())));
        assert_eq!("bücher.example".parse(), Ok(ServerName::Dns("xn--bcher-kva.example".into())));
        assert!(matches!("[::1]".parse(), Ok(ServerName::Ip(IpAddr::V6(_)))));
        for spelling in ["10.1.2.3", "[10.1.2.3]"] {
            assert_eq!(spelling.parse(), Ok(ServerName::Ip(IpAddr::from([10, 1, 2, 3]))), "{spelling}");
        }
        // No address, and no name that a certificate could carry: it matches nothing.
        for spelling in ["10.1.2.3.", "１０.1.2.3", "10。1。2。3"] {
            assert_eq!(spelling.parse(), Ok(ServerName::Dns("10.1.2.3".into())), "{spelling}");
        }
        assert_eq!("XN--A.example".parse(), Ok(ServerName::Dns("xn--a.example".into())));
        for bad in ["", "a..b", "-a.b", "a b", &"a".repeat(64)] {
            assert!(bad.parse::<ServerName>().is_err(), "{bad}");
        }
    }
}
