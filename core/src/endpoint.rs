//! Where a server listens: a host name or address with a port.
//!
//! Layer 0. An endpoint is a name for something; resolving and connecting are the network edge's work.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The port of HTTPS, where a text names none.
const HTTPS: u16 = 443;

/// The longest host name, RFC 1035 section 2.3.4.
const LONGEST_HOST: usize = 253;

/// A host and a port, for example `esx01.lab.example:9080` or `[2001:db8::1]:443`.
///
/// ```
/// use vitrust::Endpoint;
///
/// let endpoint: Endpoint = "https://esx01.lab.example:9080/version.xml".parse()?;
/// assert_eq!((endpoint.host(), endpoint.port()), ("esx01.lab.example", 9080));
/// assert_eq!("vc01".parse::<Endpoint>()?.to_string(), "vc01:443");
/// assert_eq!("[2001:db8::1]:443".parse::<Endpoint>()?.host(), "2001:db8::1");
/// # Ok::<(), vitrust::endpoint::EndpointError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// Lowercase, without brackets and without a final dot.
    host: Box<str>,
    port: u16,
}

/// The text names no endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an endpoint: write host, host:port, [IPv6]:port or an https URL")]
pub struct EndpointError {
    /// What was given, without the user and password a URL may carry.
    pub text: String,
}

impl Endpoint {
    /// An endpoint of this host and port.
    ///
    /// # Errors
    /// [`EndpointError`] when `host` is empty, too long, or holds what no host name holds.
    pub fn new(host: &str, port: u16) -> Result<Self, EndpointError> {
        let fail = || EndpointError { text: shown(host) };
        let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
        let bare = bare.strip_suffix('.').unwrap_or(bare);
        let is_address = bare.parse::<IpAddr>().is_ok();
        let is_name = !bare.chars().any(|c| c.is_whitespace() || c.is_control() || "/@:?#[]%\\\"'<>".contains(c));
        let valid = !bare.is_empty() && bare.len() <= LONGEST_HOST && port > 0 && (is_address || is_name);
        if valid { Ok(Self { host: bare.to_lowercase().into(), port }) } else { Err(fail()) }
    }

    /// The host: a name or an address without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address, when the host is one.
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        let fail = || EndpointError { text: shown(text) };
        let authority = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => {
                rest.split(['/', '?', '#']).next().unwrap_or_default()
            }
            Some(_) => return Err(fail()),
            None => text,
        };
        if authority.contains('@') {
            return Err(fail());
        }
        let port = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse::<u16>().ok().filter(|_| plain).ok_or_else(fail)
        };
        if let Some(rest) = authority.strip_prefix('[') {
            let (host, after) = rest.split_once(']').ok_or_else(fail)?;
            host.parse::<std::net::Ipv6Addr>().map_err(|_| fail())?;
            return match after.strip_prefix(':') {
                Some(digits) => Self::new(host, port(digits)?),
                None if after.is_empty() => Self::new(host, HTTPS),
                None => Err(fail()),
            };
        }
        // Several colons without brackets are an IPv6 address alone.
        let made = match authority.rsplit_once(':') {
            Some((host, digits)) if !host.contains(':') => Self::new(host, port(digits)?),
            Some(_) | None => Self::new(authority, HTTPS),
        };
        made.map_err(|_| fail())
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

impl Serialize for Endpoint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Endpoint {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What a message may repeat: short, and nothing before an `@`, where people put passwords.
fn shown(text: &str) -> String {
    let safe = text.rsplit_once('@').map_or(text, |(_, after)| after);
    safe.chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_an_endpoint_is_read() {
        let cases = [
            ("vc01", "vc01:443"),
            ("VC01.Lab.Example.", "vc01.lab.example:443"),
            ("10.0.0.1:9080", "10.0.0.1:9080"),
            ("::1", "[::1]:443"),
            ("[::1]", "[::1]:443"),
            ("[2001:db8::1]:9080", "[2001:db8::1]:9080"),
            ("https://esx01:9080/version.xml", "esx01:9080"),
            ("HTTPS://vc01/sdk?x=1", "vc01:443"),
            ("https://[::1]/sdk", "[::1]:443"),
        ];
        for (text, shown) in cases {
            assert_eq!(text.parse::<Endpoint>().map(|endpoint| endpoint.to_string()).as_deref(), Ok(shown), "{text}");
        }
    }

    #[test]
    fn what_is_no_endpoint_is_refused_without_repeating_a_password() {
        let bad = ["", ":443", "a:", "a:0", "a:65536", "a:+1", "a b", "http://a", "[::1", "[::1]x", "[a]:1", "a:b:c/"];
        for text in bad {
            assert!(text.parse::<Endpoint>().is_err(), "{text}");
        }
        let error = "https://root:hunter2@vc01".parse::<Endpoint>().expect_err("credentials have no place here");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}
