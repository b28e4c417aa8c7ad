//! Server identity: does a certificate carry the name that was asked for (RFC 9525)?

use std::net::IpAddr;

use super::options::ServerName;
use super::profile::Decisions;
use super::rejection::Reason;
use crate::cert::{Certificate, GeneralName, GeneralNames};

/// Checks `certificate` for `name`. The common name counts only where the profile says so and no DNS name is present.
pub(super) fn check(certificate: &Certificate, name: &ServerName, decisions: &Decisions) -> Option<Reason> {
    let Decisions { common_name, top_level_wildcard: top_level, .. } = *decisions;
    let matches = |pattern: &str, wanted: &str| matches_dns(pattern, wanted, top_level);
    let alternatives = || certificate.extensions().subject_alternative_names.iter().flat_map(GeneralNames::iter);
    let matched = match name {
        ServerName::Dns(wanted) => {
            let names = || {
                alternatives().filter_map(|name| match name {
                    GeneralName::Dns(pattern) => Some(pattern),
                    GeneralName::Ip(_)
                    | GeneralName::Email(_)
                    | GeneralName::Uri(_)
                    | GeneralName::Directory(_)
                    | GeneralName::Other(_) => None,
                })
            };
            let fallback = common_name && names().next().is_none();
            names().any(|pattern| matches(pattern, wanted))
                || (fallback && certificate.subject().common_names().iter().any(|pattern| matches(pattern, wanted)))
        }
        ServerName::Ip(address) => alternatives().any(|name| match (name, address) {
            (GeneralName::Ip(bytes), IpAddr::V4(v4)) => *bytes == v4.octets(),
            (GeneralName::Ip(bytes), IpAddr::V6(v6)) => *bytes == v6.octets(),
            (
                GeneralName::Dns(_)
                | GeneralName::Email(_)
                | GeneralName::Uri(_)
                | GeneralName::Directory(_)
                | GeneralName::Other(_),
                IpAddr::V4(_) | IpAddr::V6(_),
            ) => false,
        }),
    };
    (!matched).then(|| Reason::NameMismatch { wanted: name.to_string(), present: present(certificate, common_name) })
}

fn present(certificate: &Certificate, common_name: bool) -> Vec<String> {
    let alternatives = certificate.extensions().subject_alternative_names.iter().flat_map(GeneralNames::iter);
    // A hostile certificate may carry thousands; a person reads a few.
    let mut names: Vec<String> = alternatives.take(20).map(|name| name.to_string()).collect();
    if common_name {
        names.extend(certificate.subject().common_names().iter().map(|name| format!("CN={name}")));
    }
    names
}

/// RFC 9525 section 6.3: case does not count; `*` stands for exactly the whole leftmost label, which a profile may
/// want to stand above two labels at least.
fn matches_dns(pattern: &str, wanted: &str, top_level: bool) -> bool {
    // RFC 9525 section 6.1: an address is an IP-ID and never matches a DNS name, however it is spelt.
    if is_number(wanted.rsplit('.').next().unwrap_or(wanted)) {
        return false;
    }
    if pattern.eq_ignore_ascii_case(wanted) {
        return !pattern.starts_with('*');
    }
    // What a label stands for that does not decode nobody can say; it is itself and no more.
    if wanted.split('.').any(|label| label.starts_with("xn--")) && idna::domain_to_ascii(wanted).is_err() {
        return false;
    }
    let Some(suffix) = pattern.strip_prefix("*.") else { return false };
    wanted.split_once('.').is_some_and(|(label, rest)| {
        !label.is_empty() && (top_level || suffix.contains('.')) && rest.eq_ignore_ascii_case(suffix)
    })
}

/// Whether the last label of a name makes it an IPv4 address to a resolver, in one of its older spellings.
fn is_number(label: &str) -> bool {
    let hex = label.strip_prefix("0x").or(label.strip_prefix("0X"));
    hex.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
        || (!label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::matches_dns;

    #[test]
    fn an_address_matches_no_dns_name() {
        for spelling in ["010.1.2.3", "10.1.515", "0x7f.1", "127.0x1", "3232235521", "300.1.2.3"] {
            assert!(!matches_dns(spelling, spelling, true), "{spelling}");
            let (_, rest) = spelling.split_once('.').unwrap_or(("", spelling));
            assert!(!matches_dns(&format!("*.{rest}"), spelling, true), "{spelling}");
        }
    }

    #[test]
    fn a_label_that_does_not_decode_matches_itself() {
        assert!(matches_dns("xn--a.example.com", "xn--a.example.com", true));
        assert!(!matches_dns("*.example.com", "xn--a.example.com", true));
        assert!(!matches_dns("*.xn--a.example", "a.xn--a.example", true));
        assert!(matches_dns("*.example.com", "xn--bcher-kva.example.com", true));
    }

    #[test]
    fn a_wildcard_is_one_whole_label() {
        assert!(matches_dns("*.lab.example", "vc01.LAB.example", true));
        assert!(matches_dns("VC01.lab.example", "vc01.lab.example", true));
        // RFC 5280 4.2.1.6: names in certificates have the preferred syntax, which has no final dot.
        assert!(!matches_dns("vc01.lab.example.", "vc01.lab.example", true));
        for wrong in ["lab.example", "a.b.lab.example", ".lab.example"] {
            assert!(!matches_dns("*.lab.example", wrong, true), "{wrong}");
        }
        assert!(!matches_dns("vc*.lab.example", "vc01.lab.example", true));
        assert!(!matches_dns("*.example", "lab.example", false));
        assert!(matches_dns("*.example", "lab.example", true));
        assert!(!matches_dns("*", "lab", true));
        assert!(!matches_dns("*.", "lab", true));
    }
}
