//! Host and port of the URLs that storage providers are registered with.

/// The host and port of a URL. SMS has also written addresses with one slash: `https:/esx01.lab.example:9080`.
fn authority(url: &str) -> Option<&str> {
    let rest = url.split_once(":/")?.1;
    rest.strip_prefix('/').unwrap_or(rest).split(['/', '?', '#']).next()
}

/// The host name in a URL, an IPv6 address without its brackets.
pub(crate) fn url_host(url: &str) -> Option<&str> {
    let authority = authority(url)?;
    match authority.strip_prefix('[') {
        Some(address) => address.split(']').next(),
        None => authority.split(':').next(),
    }
    .filter(|host| !host.is_empty())
}

/// The port in a URL; 443 when it names none.
pub(crate) fn url_port(url: &str) -> Option<u16> {
    let after = authority(url)?.rsplit(']').next()?;
    match after.rsplit_once(':') {
        Some((_, port)) => port.parse().ok(),
        None => Some(443),
    }
}

/// A host name in the one form in which equal names are equal: lower case, without the dot of the DNS root.
pub(crate) fn comparable_host(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_read() {
        for (url, host, port) in [
            ("https://esx01.lab.example:9080/version.xml", "esx01.lab.example", 9080),
            ("https://[fd00::1]:8443/vasa", "fd00::1", 8443),
            ("https://array.lab.example/vasa", "array.lab.example", 443),
            ("https:/esx01.lab.example:9080", "esx01.lab.example", 9080),
        ] {
            assert_eq!((url_host(url), url_port(url)), (Some(host), Some(port)), "{url}");
        }
        assert_eq!(comparable_host("ESX01.lab.example."), "esx01.lab.example");
    }
}
