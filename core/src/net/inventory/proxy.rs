//! The variables that lead other programs through a proxy. Connections here are direct, so a proxy that would be used is
//! refused by name and never passed over in silence.

use std::net::IpAddr;

use crate::endpoint::Endpoint;

/// Why this server cannot be asked, where the environment wants a proxy for it.
/// `variable` gives the value of a variable.
pub(super) fn refusal(mut variable: impl FnMut(&str) -> Option<String>, server: &Endpoint) -> Option<String> {
    let mut first = |names: &[&'static str]| {
        names.iter().find_map(|&name| Some((name, variable(name).filter(|value| !value.is_empty())?)))
    };
    let (name, _) = first(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])?;
    let exempt = first(&["NO_PROXY", "no_proxy"]).map(|(_, list)| list).unwrap_or_default();
    if is_here(server) || exempt.split(',').any(|rule| covers(rule.trim(), server)) {
        return None;
    }
    let host = server.host();
    Some(format!(
        "{name} is set, but vitrust connects directly, never through a proxy: add {host} to NO_PROXY, or unset {name}"
    ))
}

/// Whether it is this machine, which no program asks through a proxy.
fn is_here(server: &Endpoint) -> bool {
    server.host() == "localhost" || server.address().is_some_and(|address| address.is_loopback())
}

/// Whether a rule of `NO_PROXY` exempts the server: `*`, a name and all below it, an address or a range of them, each
/// with a port or without.
fn covers(rule: &str, server: &Endpoint) -> bool {
    if rule == "*" {
        return true;
    }
    if let (Some((base, bits)), Some(address)) = (rule.split_once('/'), server.address()) {
        let range = base.parse::<IpAddr>().ok().zip(bits.parse::<u32>().ok());
        return range.is_some_and(|(base, bits)| is_within(address, base, bits));
    }
    // An address of version 6 has colons of its own.
    let bare = rule.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        return server.address() == Some(address);
    }
    let (name, port) = rule.rsplit_once(':').map_or((rule, None), |(name, port)| (name, Some(port)));
    if port.is_some_and(|port| port.parse() != Ok(server.port())) {
        return false;
    }
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        return server.address() == Some(address);
    }
    let name = name.trim_start_matches("*.").to_lowercase();
    let host = server.host().to_lowercase();
    match name.strip_prefix('.') {
        Some(suffix) => !suffix.is_empty() && host.ends_with(&name),
        None => !name.is_empty() && (host == name || host.strip_suffix(&name).is_some_and(|rest| rest.ends_with('.'))),
    }
}

fn is_within(address: IpAddr, base: IpAddr, bits: u32) -> bool {
    let (one, other, size) = match (address, base) {
        (IpAddr::V4(one), IpAddr::V4(other)) => (u128::from(one.to_bits()), u128::from(other.to_bits()), 32),
        (IpAddr::V6(one), IpAddr::V6(other)) => (one.to_bits(), other.to_bits(), 128),
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => return false,
    };
    // All bits are another network's where none counts.
    let differ = (one ^ other).checked_shr(size - bits.min(size)).unwrap_or(0);
    bits <= size && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_a_rule_covers_what_it_means() {
        for (rule, server, covered) in [
            ("*", "vc01.lab.example", true),
            ("lab.example", "vc01.lab.example", true),
            (".lab.example", "vc01.LAB.example", true),
            ("*.lab.example", "vc01.lab.example", true),
            ("vc01.lab.example", "vc01.lab.example", true),
            ("vc01.lab.example:443", "vc01.lab.example", true),
            ("vc01.lab.example:8443", "vc01.lab.example", false),
            ("b.example", "vc01.lab.example", false),
            ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7:443", "192.0.2.7", true),
            ("192.0.2.0/24", "192.0.2.7", true),
            ("192.0.2.0/33", "192.0.2.7", false),
            ("0.0.0.0/0", "198.51.100.1", true),
            ("192.0.2.0/24", "198.51.100.1", false),
            ("2001:db8::/32", "[2001:db8::7]:443", true),
            ("2001:db8::7", "[2001:db8::7]:443", true),
            ("[2001:db8::7]:443", "[2001:db8::7]:443", true),
            ("", "vc01.lab.example", false),
            (".", "vc01.lab.example", false),
        ] {
            assert_eq!(covers(rule, &server.parse().expect("an endpoint")), covered, "{rule} {server}");
        }
    }
}
