//! Where a server is: names are looked up by the caller's rules.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::Url;

use crate::endpoint::Endpoint;
use crate::net::dial::{self, ConnectTo};
use crate::net::error::NetError;

/// The host of an endpoint as a URL without a path. For an address it is a name that nobody has, since an address in a URL
/// would not be looked up, and the caller's rules not asked; a port in it would overrule that of the rules.
pub(super) fn base(endpoint: &Endpoint) -> Result<String, NetError> {
    let host = endpoint.address().map_or_else(|| endpoint.host(), |_| "address.invalid");
    let base = format!("https://{host}");
    match Url::parse(&base) {
        Ok(url) if url.domain().is_some() => Ok(base),
        Ok(_) | Err(_) => Err(NetError::Resolve {
            server: endpoint.to_string(),
            reason: format!("`{}` is neither a DNS name nor an address", host.escape_debug()),
        }),
    }
}

/// The address that was found last, where it was the only one.
pub(super) type Only = Arc<Mutex<Option<SocketAddr>>>;

/// Names are looked up as probes look them up, the caller's rules included.
pub(super) struct Resolver {
    pub(super) endpoint: Endpoint,
    pub(super) to: ConnectTo,
    pub(super) limit: Duration,
    pub(super) only: Only,
}

impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let (endpoint, to, limit, only) = (self.endpoint.clone(), self.to.clone(), self.limit, Arc::clone(&self.only));
        Box::pin(async move {
            let found = dial::resolve(&endpoint, &to, limit).await?;
            *only.lock().unwrap_or_else(PoisonError::into_inner) = match found[..] {
                [address] => Some(address),
                _ => None,
            };
            let addresses: reqwest::dns::Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_never_the_host_of_a_url() {
        for (endpoint, url) in [
            ("vc01.lab.example:8443", "https://vc01.lab.example"),
            ("192.0.2.7:8443", "https://address.invalid"),
            ("[2001:db8::7]:443", "https://address.invalid"),
        ] {
            assert_eq!(base(&endpoint.parse().expect("an endpoint")), Ok(url.to_owned()));
        }
        // A number is an address to a URL alone.
        for endpoint in ["2130706433", "0x7f.1"] {
            let error = base(&endpoint.parse().expect("an endpoint")).expect_err("it is no name");
            assert!(matches!(error, NetError::Resolve { .. }), "{error}");
        }
    }
}
