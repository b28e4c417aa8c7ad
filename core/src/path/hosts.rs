//! Subtrees of host names, as DNS names, URIs and e-mail addresses are constrained by (RFC 5280 section 4.2.1.10).
//!
//! A base or a name that is no plain host name can be read in more than one way, so it decides nothing in favour of a
//! certificate: it is outside what is permitted and inside what is excluded.

use hashbrown::HashSet;

use super::subtrees::Side;

/// Host names: a name lies in a subtree when one of its suffixes at a label boundary is listed.
#[derive(Default)]
pub(super) struct Hosts {
    exact_and_below: HashSet<Box<str>>,
    /// Written with a leading dot: only what is below.
    below: HashSet<Box<str>>,
    /// Names with one label cut off: `*.lab.example` covers one label below, so it meets an exclusion of `a.lab.example`.
    parents: HashSet<Box<str>>,
    everything: bool,
    /// The first base that is neither empty nor a host name, with or without a dot before it.
    malformed: Option<Box<str>>,
}

impl Hosts {
    pub(super) fn insert(&mut self, base: &str) {
        let lower = base.to_ascii_lowercase();
        let (host, below) = lower.strip_prefix('.').map_or((&*lower, false), |host| (host, true));
        if lower.is_empty() {
            self.everything = true;
        } else if !is_host(host) {
            self.malformed.get_or_insert_with(|| base.into());
        } else if below {
            self.below.insert(host.into());
        } else {
            if let Some((_, parent)) = host.split_once('.') {
                self.parents.insert(parent.into());
            }
            self.exact_and_below.insert(host.into());
        }
    }

    /// Whether a DNS name lies in one of the subtrees.
    pub(super) fn hold(&self, host: &str, side: Side) -> bool {
        let Some(host) = Some(host).filter(|host| host.len() <= LONGEST_HOST).map(str::to_ascii_lowercase) else {
            return side.in_doubt();
        };
        let wildcard = host.strip_prefix("*.");
        // A final dot is not of the preferred name syntax either (RFC 5280 4.2.1.6).
        if self.malformed.is_some() || !is_host(wildcard.unwrap_or(&host)) {
            return side.in_doubt();
        }
        self.everything
            || suffixes(&host).any(|suffix| self.exact_and_below.contains(suffix))
            || suffixes(&host).skip(1).any(|suffix| self.below.contains(suffix))
            || (side == Side::Excluded && wildcard.is_some_and(|base| self.parents.contains(base)))
    }

    /// Whether a URI lies in one of the subtrees. Without a leading dot the base is one host, with it everything below.
    /// A URI without a host name cannot be compared.
    pub(super) fn hold_uri(&self, uri: &str, side: Side) -> bool {
        let Some(host) = uri_host(uri).filter(|_| self.malformed.is_none()).map(str::to_ascii_lowercase) else {
            return side.in_doubt();
        };
        self.everything
            || self.exact_and_below.contains(host.as_str())
            || suffixes(&host).skip(1).any(|suffix| self.below.contains(suffix))
    }

    /// The base a person is shown for an excluded DNS name: one nobody can read, or the most general that holds it.
    pub(super) fn subtree(&self, host: &str) -> Option<String> {
        if self.malformed.is_some() || host.len() > LONGEST_HOST {
            return self.malformed.as_deref().map(str::to_owned);
        }
        let host = host.to_ascii_lowercase();
        let listed = suffixes(&host).filter(|suffix| self.exact_and_below.contains(*suffix));
        listed.last().map(str::to_owned)
    }

    /// As [`subtree`](Self::subtree), for a URI.
    pub(super) fn subtree_of_uri(&self, uri: &str) -> Option<String> {
        self.subtree(uri_host(uri).unwrap_or_default())
    }
}

/// Mailboxes, hosts and domains.
#[derive(Default)]
pub(super) struct Emails {
    mailboxes: HashSet<Box<str>>,
    hosts: HashSet<Box<str>>,
    domains: HashSet<Box<str>>,
    everything: bool,
    /// The first base that is none of these.
    malformed: Option<Box<str>>,
}

impl Emails {
    pub(super) fn insert(&mut self, base: &str) {
        let (local, host) = base.rsplit_once('@').map_or((None, base), |(local, host)| (Some(local), host));
        let lower = host.to_ascii_lowercase();
        let domain = lower.strip_prefix('.').filter(|domain| is_host(domain));
        match (local, domain) {
            (None, _) if base.is_empty() => self.everything = true,
            (None, Some(domain)) => {
                self.domains.insert(domain.into());
            }
            (None, None) if is_host(&lower) => {
                self.hosts.insert(lower.into());
            }
            // Somebody may have meant `*` for everybody.
            (Some(local), None) if is_host(&lower) && is_dot_atom(local) && !local.contains('*') => {
                self.mailboxes.insert(mailbox(local, &lower));
            }
            (_, _) => {
                self.malformed.get_or_insert_with(|| base.into());
            }
        }
    }

    pub(super) fn hold(&self, address: &str, side: Side) -> bool {
        let short = Some(address).filter(|address| address.len() <= LONGEST_ADDRESS);
        let Some((local, host)) = short.and_then(|address| address.rsplit_once('@')) else {
            return side.in_doubt();
        };
        let host = host.to_ascii_lowercase();
        // A quoted local part may be another spelling of a listed one, but it does not change the host.
        let readable = is_dot_atom(local) || (self.mailboxes.is_empty() && is_quoted(local));
        if self.malformed.is_some() || !readable || !is_host(&host) {
            return side.in_doubt();
        }
        self.everything
            || self.mailboxes.contains(&mailbox(local, &host))
            || self.hosts.contains(host.as_str())
            || suffixes(&host).skip(1).any(|suffix| self.domains.contains(suffix))
    }

    /// The base that nobody can read, if there is one.
    pub(super) fn malformed(&self) -> Option<String> {
        self.malformed.as_deref().map(str::to_owned)
    }
}

/// RFC 1035 section 2.3.4. Anything longer is no host name: its suffixes are not looked up one by one, and it can be
/// neither permitted nor cleared.
pub(super) const LONGEST_HOST: usize = 255;
/// RFC 5321 section 4.5.3.1: a local part of 64 octets, `@` and a host.
const LONGEST_ADDRESS: usize = 64 + 1 + LONGEST_HOST;

/// Labels of letters, digits and hyphens with single dots between them (RFC 1034 section 3.5). Underscores are taken
/// too, as hosts in fact have them; where hyphens stand and how long a label is makes no name ambiguous.
fn is_host(text: &str) -> bool {
    let in_label = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    text.len() <= LONGEST_HOST && text.split('.').all(|label| !label.is_empty() && label.bytes().all(in_label))
}

/// `a.b.c`, `b.c`, `c`.
fn suffixes(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |rest| rest.split_once('.').map(|(_, below)| below))
}

/// The host of a URI (RFC 3986 section 3.2), when it is a name: not an address (RFC 5280 4.2.1.10 constrains names only)
/// and nothing that programs read in different ways. A final dot says that the name is complete and does not count.
fn uri_host(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (user, host_and_port) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (host, port) = host_and_port.split_once(':').unwrap_or((host_and_port, ""));
    let host = host.strip_suffix('.').unwrap_or(host);
    let in_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let in_user = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:%".contains(&byte);
    let readable = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(in_scheme)
        && user.bytes().all(in_user)
        && port.bytes().all(|byte| byte.is_ascii_digit());
    (readable && is_host(host) && !is_address(host)).then_some(host)
}

/// Whether a host ends in a number: that makes it an IPv4 address in one of its spellings (`10.1`, `0x7f000001`).
fn is_address(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    match last.strip_prefix("0x").or_else(|| last.strip_prefix("0X")) {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => last.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// RFC 5280 7.5: the local part compares exactly, the host without case. `host` is in lower case.
fn mailbox(local: &str, host: &str) -> Box<str> {
    format!("{local}@{host}").into()
}

/// The plain form of a local part (RFC 5322 section 3.2.3).
fn is_dot_atom(local: &str) -> bool {
    let in_atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(in_atom))
}

/// The quoted form of a local part (RFC 5322 section 3.2.4), without quotes or backslashes inside.
fn is_quoted(local: &str) -> bool {
    let inside = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.is_some_and(|text| text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')))
}

#[cfg(test)]
mod tests {
    use super::{is_dot_atom, is_host, is_quoted, uri_host};

    #[test]
    fn a_host_is_labels_with_single_dots() {
        for host in ["lab", "a.lab.example", "A-1.lab.example", "vc_01.lab.example", "xn--mnchen-3ya.example"] {
            assert!(is_host(host), "{host}");
        }
        for other in ["", ".", ".lab", "lab.", "a..b", "*.lab", "lab:443", " lab", "l%61b", "lab/x", "münchen.example"]
        {
            assert!(!is_host(other), "{other}");
        }
        assert!(!is_host(&"a".repeat(256)));
    }

    #[test]
    fn the_host_of_a_uri_is_found_or_in_doubt() {
        for (uri, host) in [
            ("https://lab.example", "lab.example"),
            ("https://lab.example./", "lab.example"),
            ("ldap+x://u:p@lab.example:389/a@b?c#d", "lab.example"),
            ("https://lab.example?x=https://other.example", "lab.example"),
        ] {
            assert_eq!(uri_host(uri), Some(host), "{uri}");
        }
        for uri in [
            "urn:lab",
            "//lab.example",
            "https:///lab.example",
            "1x://lab.example",
            "a:b://lab.example",
            "https://lab.example..",
            "https://lab%2eexample",
            "https://lab.example\\@other.example",
            "https://a@lab.example@other.example",
            "https://lab.example:port",
            "https://[2001:db8::1]/",
            "https://192.0.2.1/",
            "https://3221225985/",
            "https://a.0x1/",
        ] {
            assert_eq!(uri_host(uri), None, "{uri}");
        }
    }

    #[test]
    fn local_parts_are_plain_or_quoted() {
        assert!(is_dot_atom("first.last+tag"));
        for other in ["", ".a", "a..b", "a b", "a@b", "\"a\"", "ä"] {
            assert!(!is_dot_atom(other), "{other}");
        }
        assert!(is_quoted("\"a b\"") && is_quoted("\"a@b\""));
        for other in ["", "\"", "a", "\"a\"b\"", "\"a\\\"b\""] {
            assert!(!is_quoted(other), "{other}");
        }
    }
}
