//! Opening a connection: a name becomes addresses, and each is tried until one answers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;

use super::error::NetError;
use crate::endpoint::Endpoint;

/// Where to connect instead, as curl's `--connect-to`: for tunnels, port forwards and laboratories.
///
/// A key is `host:port`, `*.suffix:port` or `*:port`, a value an endpoint. The exact name counts before a suffix, and
/// a longer suffix before a shorter. The name that is sent and checked in TLS stays the requested one.
///
/// ```
/// use vitrust::net::ConnectTo;
///
/// let mut to = ConnectTo::default();
/// to.insert("*.lab.example:9080", "127.0.0.1:40001")?;
/// assert_eq!(to.of(&"esx01.lab.example:9080".parse()?).to_string(), "127.0.0.1:40001");
/// assert_eq!(to.of(&"esx01.lab.example:443".parse()?).to_string(), "esx01.lab.example:443");
/// # Ok::<(), vitrust::endpoint::EndpointError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConnectTo {
    exact: BTreeMap<Endpoint, Endpoint>,
    /// Suffix with its dot (empty for `*`), port, and where to; the longest suffix first.
    suffixes: Vec<(String, u16, Endpoint)>,
}

impl ConnectTo {
    /// Adds a rule; a later one for the same name replaces it.
    ///
    /// # Errors
    /// [`EndpointError`](crate::endpoint::EndpointError) when either side is none.
    pub fn insert(&mut self, from: &str, to: &str) -> Result<(), crate::endpoint::EndpointError> {
        let to: Endpoint = to.parse()?;
        let Some(rest) = from.strip_prefix('*') else {
            self.exact.insert(from.parse()?, to);
            return Ok(());
        };
        // `*` before a suffix stands for at least one character, so any name in its place shows whether the rest is one.
        let named: Endpoint = format!("x{rest}").parse()?;
        let suffix = named.host()[1..].to_owned();
        self.suffixes.retain(|(known, port, _)| (known, *port) != (&suffix, named.port()));
        self.suffixes.push((suffix, named.port(), to));
        self.suffixes.sort_by_key(|(suffix, _, _)| std::cmp::Reverse(suffix.len()));
        Ok(())
    }

    /// Where to connect for `endpoint`: itself, if no rule applies to it.
    #[must_use]
    pub fn of<'a>(&'a self, endpoint: &'a Endpoint) -> &'a Endpoint {
        let by_suffix = || {
            let fits = |rule: &&(String, u16, Endpoint)| {
                rule.1 == endpoint.port() && endpoint.host().ends_with(&rule.0) && endpoint.host().len() > rule.0.len()
            };
            self.suffixes.iter().find(fits).map(|(_, _, to)| to)
        };
        self.exact.get(endpoint).or_else(by_suffix).unwrap_or(endpoint)
    }

    /// Whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.suffixes.is_empty()
    }
}

/// The addresses of an endpoint, IPv6 and IPv4 in the system's order of preference.
pub(super) async fn resolve(endpoint: &Endpoint, to: &ConnectTo, limit: Duration) -> Result<Vec<SocketAddr>, NetError> {
    let target = to.of(endpoint);
    if let Some(address) = target.address() {
        return Ok(vec![SocketAddr::new(address, target.port())]);
    }
    let server = endpoint.to_string();
    let looked_up = timeout(limit, tokio::net::lookup_host((target.host(), target.port()))).await;
    let found = match looked_up {
        Err(_) => return Err(NetError::Timeout { server, what: "the lookup of its name".to_owned(), after: limit }),
        Ok(Err(error)) => return Err(NetError::Resolve { server, reason: words(&error) }),
        Ok(Ok(found)) => found.collect::<Vec<_>>(),
    };
    if found.is_empty() {
        return Err(NetError::Resolve { server, reason: "it has no address".to_owned() });
    }
    Ok(found)
}

/// The first connection that succeeds. Addresses are tried in order, and all share `limit`.
pub(super) async fn connect(
    endpoint: &Endpoint,
    addresses: &[SocketAddr],
    limit: Duration,
) -> Result<(TcpStream, SocketAddr), NetError> {
    let server = endpoint.to_string();
    let tries = u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
    // A dead address must not use up the time of a live one.
    let each = limit / tries;
    let mut last = NetError::Timeout { server: server.clone(), what: "a connection".to_owned(), after: limit };
    for address in addresses {
        match timeout(each, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Handshakes are short messages that wait for each other.
                let _ = stream.set_nodelay(true);
                return Ok((stream, *address));
            }
            Ok(Err(error)) => {
                last = NetError::Connect { server: server.clone(), reason: refused(&server, *address, &error) };
            }
            Err(_) => {
                last = NetError::Timeout {
                    server: server.clone(),
                    what: format!("a connection to {address}"),
                    after: each,
                };
            }
        }
    }
    Err(last)
}

/// Why this address did not take the connection. It is named where the server's name does not say it.
pub(super) fn refused(server: &str, address: SocketAddr, error: &std::io::Error) -> String {
    let at = address.to_string();
    if at == server { words(error) } else { format!("{at}: {}", words(error)) }
}

/// The system's words without Rust's `(os error 111)`, lowercase as all messages.
pub(super) fn words(error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        return "the server closed the connection before it was done".to_owned();
    }
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_exact_rule_counts() {
        let mut to = ConnectTo::default();
        for (from, target) in
            [("*:443", "h:1"), ("*.example:443", "h:2"), ("*.lab.example:443", "h:3"), ("a.lab.example:443", "h:4")]
        {
            to.insert(from, target).expect("a rule");
        }
        for (asked, port) in
            [("a.lab.example", 4), ("b.lab.example", 3), ("b.example", 2), ("b", 1), ("lab.example", 2)]
        {
            assert_eq!(to.of(&asked.parse().expect("an endpoint")).port(), port, "{asked}");
        }
        let other = "b:9080".parse().expect("an endpoint");
        assert_eq!(to.of(&other), &other);
        assert!(to.insert("a b:443", "h:1").is_err());
        assert!(to.insert("*:443", "").is_err());
    }
}
