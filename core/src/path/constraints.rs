//! Name constraints (RFC 5280 section 4.2.1.10), indexed so that ten thousand constraints cost what ten do.

use hashbrown::{HashMap, HashSet};

use super::budget::{Budget, Exhausted};
use super::profile::Decisions;
use super::rejection::Reason;
use crate::cert::extension::NameConstraints;
use crate::cert::{Certificate, DistinguishedName, GeneralName};
use crate::thumbprint::Fingerprint;

/// What was already found out about constraints in one search: every path of a mesh meets the same CAs.
#[derive(Default)]
pub(super) struct KnownConstraints {
    indexes: HashMap<Fingerprint, ConstraintIndex>,
    /// By the CA's and the other certificate's digest.
    outcomes: HashMap<(Fingerprint, Fingerprint), Option<Reason>>,
}

impl KnownConstraints {
    /// The first name of `certificate` that the `constraints` of `issuer` do not allow.
    pub(super) fn check(
        &mut self,
        issuer: &Certificate,
        constraints: &NameConstraints,
        certificate: &Certificate,
        common_name: bool,
        decisions: &Decisions,
        budget: &mut Budget,
    ) -> Result<Option<Reason>, Exhausted> {
        budget.names(1)?;
        let key = (issuer.sha256(), certificate.sha256());
        if let Some(known) = self.outcomes.get(&key) {
            return Ok(known.clone());
        }
        let index = self.indexes.entry(key.0).or_insert_with(|| ConstraintIndex::new(constraints, decisions));
        let outcome = index.check(certificate, common_name, budget)?;
        self.outcomes.insert(key, outcome.clone());
        Ok(outcome)
    }
}

/// One CA's constraints, ready for look-ups.
struct ConstraintIndex {
    permitted: Subtrees,
    excluded: Subtrees,
}

/// The subtrees of one list, by form.
#[derive(Default)]
struct Subtrees {
    dns: Hosts,
    uri: Hosts,
    email: Emails,
    ip: Networks,
    directory: Directories,
    /// Tags of forms that cannot be compared: a name of such a form can be neither permitted nor cleared.
    other: HashSet<u32>,
    present: Present,
}

/// Which forms a list speaks about.
#[derive(Default)]
struct Present {
    dns: bool,
    uri: bool,
    email: bool,
    ip: bool,
    directory: bool,
}

/// Host names: a name lies in a subtree when one of its suffixes at a label boundary is listed.
#[derive(Default)]
struct Hosts {
    exact_and_below: HashSet<Box<str>>,
    /// Written with a leading dot: only what is below.
    below: HashSet<Box<str>>,
    /// Names with one label cut off: `*.lab.example` covers one label below, so it meets an exclusion of `a.lab.example`.
    parents: HashSet<Box<str>>,
    everything: bool,
}

#[derive(Default)]
struct Emails {
    mailboxes: HashSet<Box<str>>,
    hosts: HashSet<Box<str>>,
    domains: HashSet<Box<str>>,
    everything: bool,
}

/// Networks by address length and prefix length.
#[derive(Default)]
struct Networks {
    by_prefix: HashMap<(usize, u32), HashSet<Box<[u8]>>>,
    /// A constraint that is no address and mask in CIDR style (RFC 4632): it can clear nothing.
    malformed: bool,
    /// The first bytes of an address of either family are compared, and only with ranges without bits behind the mask.
    prefixes: bool,
}

#[derive(Default)]
struct Directories {
    by_length: HashMap<usize, HashSet<Box<[u8]>>>,
}

/// Whether a profile understands every form these constraints speak about; if not, the CA that sets them is refused.
pub(super) fn understood(constraints: &NameConstraints, decisions: &Decisions) -> bool {
    constraints.permitted.iter().chain(&constraints.excluded).all(|base| match base {
        GeneralName::Email(_) | GeneralName::Uri(_) => decisions.mail_and_uri_constraints,
        GeneralName::Directory(_) => decisions.directory_constraints,
        GeneralName::Dns(_) | GeneralName::Ip(_) | GeneralName::Other(_) => true,
    })
}

impl ConstraintIndex {
    /// Costs one insertion a constraint.
    fn new(constraints: &NameConstraints, decisions: &Decisions) -> Self {
        let subtrees = |bases: &[GeneralName]| Subtrees::new(bases, decisions.address_prefixes);
        Self { permitted: subtrees(&constraints.permitted), excluded: subtrees(&constraints.excluded) }
    }

    /// The first name of `certificate` that these constraints do not allow.
    ///
    /// RFC 5280 6.1.3 (b), (c): the subject, every alternative name and, when there is no alternative name extension, the
    /// subject's e-mail addresses. `common_name`: so is a common name that may be taken for a DNS name.
    fn check(
        &self,
        certificate: &Certificate,
        common_name: bool,
        budget: &mut Budget,
    ) -> Result<Option<Reason>, Exhausted> {
        let subject = certificate.subject();
        let alternatives = certificate.extensions().subject_alternative_names.as_deref();
        if !subject.is_empty()
            && let Some(broken) = self.name(&GeneralName::Directory(subject.clone()), budget)?
        {
            return Ok(Some(broken));
        }
        for name in alternatives.unwrap_or_default() {
            if let Some(broken) = self.name(name, budget)? {
                return Ok(Some(broken));
            }
        }
        if alternatives.is_none() {
            for email in subject.emails() {
                if let Some(broken) = self.name(&GeneralName::Email(email.clone()), budget)? {
                    return Ok(Some(broken));
                }
            }
        }
        let has_dns_name = alternatives.unwrap_or_default().iter().any(|name| matches!(name, GeneralName::Dns(_)));
        if common_name && !has_dns_name {
            for name in subject.common_names().iter().filter(|name| looks_like_dns(name)) {
                if let Some(broken) = self.name(&GeneralName::Dns(name.clone()), budget)? {
                    return Ok(Some(broken));
                }
            }
        }
        Ok(None)
    }

    fn name(&self, name: &GeneralName, budget: &mut Budget) -> Result<Option<Reason>, Exhausted> {
        budget.names(self.excluded.cost(name).saturating_add(self.permitted.cost(name)).max(1))?;
        let excluded = self.excluded.speaks_of(name) && self.excluded.holds(name, Side::Excluded);
        let permitted = !self.permitted.speaks_of(name) || self.permitted.holds(name, Side::Permitted);
        Ok((excluded || !permitted).then(|| Reason::NameConstraint {
            name: name.to_string(),
            excluded_by: excluded.then(|| self.excluded.subtree_of(name)),
        }))
    }
}

/// Labels of letters, digits, hyphens and underscores, more than one of them, as OpenSSL and Java ask.
fn looks_like_dns(name: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'*'))
    };
    name.contains('.') && name.split('.').all(label)
}

/// In doubt a permitted list does not hold a name and an excluded list does: both refuse.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Permitted,
    Excluded,
}

impl Subtrees {
    fn new(bases: &[GeneralName], address_prefixes: bool) -> Self {
        let mut out = Self { ip: Networks { prefixes: address_prefixes, ..Networks::default() }, ..Self::default() };
        for base in bases {
            match base {
                GeneralName::Dns(host) => {
                    out.present.dns = true;
                    out.dns.insert(host);
                }
                GeneralName::Uri(host) => {
                    out.present.uri = true;
                    out.uri.insert(host);
                }
                GeneralName::Email(address) => {
                    out.present.email = true;
                    out.email.insert(address);
                }
                GeneralName::Ip(bytes) => {
                    out.present.ip = true;
                    out.ip.insert(bytes);
                }
                GeneralName::Directory(name) => {
                    out.present.directory = true;
                    out.directory.by_length.entry(name.len()).or_default().insert(name.canonical().into());
                }
                GeneralName::Other(tag) => {
                    out.other.insert(*tag);
                }
            }
        }
        out
    }

    fn speaks_of(&self, name: &GeneralName) -> bool {
        match name {
            GeneralName::Dns(_) => self.present.dns,
            GeneralName::Uri(_) => self.present.uri,
            GeneralName::Email(_) => self.present.email,
            GeneralName::Ip(_) => self.present.ip,
            GeneralName::Directory(_) => self.present.directory,
            // A name whose bytes are not of its form (the tags are those of RFC 5280 4.2.1.6) falls under that form.
            GeneralName::Other(1) => self.present.email,
            GeneralName::Other(2) => self.present.dns,
            GeneralName::Other(4) => self.present.directory,
            GeneralName::Other(6) => self.present.uri,
            GeneralName::Other(7) => self.present.ip,
            GeneralName::Other(tag) => self.other.contains(tag),
        }
    }

    /// What looking up `name` costs, in units of one short host name.
    fn cost(&self, name: &GeneralName) -> u32 {
        let units = match name {
            _ if !self.speaks_of(name) => 0,
            GeneralName::Dns(host) | GeneralName::Uri(host) | GeneralName::Email(host) => {
                1 + host.bytes().take(LONGEST_HOST).filter(|byte| *byte == b'.').count() / 8
            }
            GeneralName::Ip(_) => 1 + self.ip.by_prefix.len() / 8,
            GeneralName::Directory(name) => 1 + self.directory.by_length.len() * name.len() / 32,
            GeneralName::Other(_) => 1,
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }

    fn holds(&self, name: &GeneralName, side: Side) -> bool {
        match name {
            GeneralName::Dns(host) => self.dns.hold(host, side),
            GeneralName::Uri(uri) => match uri_host(uri) {
                // RFC 5280 4.2.1.10: a URI constraint speaks of host names; a URI without one cannot be cleared.
                Some(host) => self.uri.hold_uri(host, side),
                None => side == Side::Excluded,
            },
            GeneralName::Email(address) => self.email.hold(address, side),
            GeneralName::Ip(address) => self.ip.hold(address, side),
            GeneralName::Directory(name) => self.directory.hold(name),
            GeneralName::Other(_) => side == Side::Excluded,
        }
    }

    /// The subtree a person is shown for an excluded name: the most general one that holds it.
    fn subtree_of(&self, name: &GeneralName) -> String {
        let host = match name {
            GeneralName::Dns(host) => self.dns.subtree(host),
            GeneralName::Uri(uri) => uri_host(uri).and_then(|host| self.uri.subtree(host)),
            GeneralName::Email(_) | GeneralName::Ip(_) | GeneralName::Directory(_) | GeneralName::Other(_) => None,
        };
        host.unwrap_or_else(|| name.to_string())
    }
}

/// RFC 1035 section 2.3.4. Anything longer is no host name: its suffixes are not looked up one by one, and it can be
/// neither permitted nor cleared.
const LONGEST_HOST: usize = 255;

/// `a.b.c`, `b.c`, `c`.
fn suffixes(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |rest| rest.split_once('.').map(|(_, below)| below))
}

impl Hosts {
    fn insert(&mut self, host: &str) {
        let host = host.to_ascii_lowercase();
        match host.strip_prefix('.') {
            Some(below) => {
                self.below.insert(below.into());
            }
            None if host.is_empty() => self.everything = true,
            None => {
                if let Some((_, parent)) = host.split_once('.') {
                    self.parents.insert(parent.into());
                }
                self.exact_and_below.insert(host.into());
            }
        }
    }

    fn hold(&self, host: &str, side: Side) -> bool {
        // A final dot is not of the preferred name syntax (RFC 5280 4.2.1.6): such a name cannot be cleared.
        if host.ends_with('.') || host.len() > LONGEST_HOST {
            return side == Side::Excluded;
        }
        let host = host.to_ascii_lowercase();
        let wildcard = host.strip_prefix("*.");
        self.everything
            || suffixes(&host).any(|suffix| self.exact_and_below.contains(suffix))
            || suffixes(&host).skip(1).any(|suffix| self.below.contains(suffix))
            || (side == Side::Excluded && wildcard.is_some_and(|base| self.parents.contains(base)))
    }

    /// RFC 5280 4.2.1.10 for URIs: without a leading dot the constraint is one host, with it everything below.
    fn hold_uri(&self, host: &str, side: Side) -> bool {
        if host.len() > LONGEST_HOST {
            return side == Side::Excluded;
        }
        let host = host.to_ascii_lowercase();
        self.everything
            || self.exact_and_below.contains(host.as_str())
            || suffixes(&host).skip(1).any(|suffix| self.below.contains(suffix))
    }

    fn subtree(&self, host: &str) -> Option<String> {
        if host.len() > LONGEST_HOST {
            return None;
        }
        let host = host.to_ascii_lowercase();
        let listed = suffixes(&host).filter(|suffix| self.exact_and_below.contains(*suffix));
        listed.last().map(str::to_owned)
    }
}

/// The host of a URI, when it is a name: not an address (RFC 5280 4.2.1.10 constrains names only).
fn uri_host(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host_and_port = authority.rsplit('@').next()?;
    let host = host_and_port.split(':').next()?.trim_end_matches('.');
    let is_name = !host.is_empty() && !host_and_port.starts_with('[') && host.parse::<std::net::Ipv4Addr>().is_err();
    is_name.then_some(host)
}

impl Emails {
    fn insert(&mut self, constraint: &str) {
        match constraint.rsplit_once('@') {
            Some((local, host)) => {
                self.mailboxes.insert(mailbox(local, host));
            }
            None if constraint.is_empty() => self.everything = true,
            None => match constraint.strip_prefix('.') {
                Some(domain) => {
                    self.domains.insert(domain.to_ascii_lowercase().into());
                }
                None => {
                    self.hosts.insert(constraint.to_ascii_lowercase().into());
                }
            },
        }
    }

    fn hold(&self, address: &str, side: Side) -> bool {
        let Some((local, host)) = address.rsplit_once('@').filter(|(_, host)| host.len() <= LONGEST_HOST) else {
            return side == Side::Excluded;
        };
        let lower = host.to_ascii_lowercase();
        self.everything
            || self.mailboxes.contains(&mailbox(local, host))
            || self.hosts.contains(lower.as_str())
            || suffixes(&lower).skip(1).any(|suffix| self.domains.contains(suffix))
    }
}

/// RFC 5280 7.5: the local part compares exactly, the host without case.
fn mailbox(local: &str, host: &str) -> Box<str> {
    format!("{local}@{}", host.to_ascii_lowercase()).into()
}

impl Networks {
    fn insert(&mut self, constraint: &[u8]) {
        let (address, mask) = constraint.split_at(constraint.len() / 2);
        let prefix = mask.iter().map(|byte| byte.leading_ones()).sum::<u32>();
        let contiguous = mask.iter().map(|byte| byte.count_ones()).sum::<u32>() == prefix
            && mask_of(mask.len(), prefix).is_some_and(|expected| expected == mask);
        if !matches!(constraint.len(), 8 | 32) || !contiguous {
            self.malformed = true;
            return;
        }
        let network = masked(address, prefix);
        if self.prefixes && *network != *address {
            return;
        }
        self.by_prefix.entry((address.len(), prefix)).or_default().insert(network);
    }

    fn hold(&self, address: &[u8], side: Side) -> bool {
        if self.malformed || !matches!(address.len(), 4 | 16) {
            return side == Side::Excluded;
        }
        self.by_prefix.iter().any(|((length, prefix), networks)| {
            let compared = address.get(..*length).filter(|first| self.prefixes || first.len() == address.len());
            compared.is_some_and(|first| networks.contains(&masked(first, *prefix)))
        })
    }
}

fn mask_of(length: usize, prefix: u32) -> Option<Vec<u8>> {
    let bits = u32::try_from(length).ok()?.checked_mul(8)?;
    (prefix <= bits).then(|| masked(&vec![0xff; length], prefix).into())
}

/// The address with all bits after the prefix cleared.
fn masked(address: &[u8], prefix: u32) -> Box<[u8]> {
    let mut left = prefix;
    let keep = |byte: &u8| {
        let bits = left.min(8);
        left -= bits;
        byte & u8::try_from(0xff00_u32 >> bits & 0xff).unwrap_or(0)
    };
    address.iter().map(keep).collect()
}

impl Directories {
    fn hold(&self, name: &DistinguishedName) -> bool {
        self.by_length
            .iter()
            .any(|(length, names)| *length <= name.len() && names.contains(name.canonical_prefix(*length)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(permitted: &[GeneralName], excluded: &[GeneralName]) -> ConstraintIndex {
        let constraints = NameConstraints { permitted: permitted.to_vec(), excluded: excluded.to_vec() };
        ConstraintIndex::new(&constraints, crate::path::Profile::Strict.decisions())
    }

    fn allows(index: &ConstraintIndex, name: &GeneralName) -> bool {
        index.name(name, &mut Budget::default()).expect("within budget").is_none()
    }

    fn dns(text: &str) -> GeneralName {
        GeneralName::Dns(text.into())
    }

    #[test]
    fn dns_subtrees_end_at_labels() {
        let index = index(&[dns("lab.example")], &[dns("secret.lab.example")]);
        assert!(allows(&index, &dns("LAB.example")));
        assert!(allows(&index, &dns("a.lab.example")));
        assert!(!allows(&index, &dns("xlab.example")));
        assert!(!allows(&index, &dns("a.secret.lab.example")));
    }

    #[test]
    fn a_wildcard_that_covers_an_excluded_name_is_refused() {
        let index = index(&[], &[dns("secret.lab.example")]);
        assert!(!allows(&index, &dns("*.lab.example")));
        assert!(allows(&index, &dns("*.example")));
    }

    #[test]
    fn networks_need_contiguous_masks() {
        let ip = |bytes: &[u8]| GeneralName::Ip(bytes.into());
        let inside = index(&[ip(&[10, 1, 0, 0, 255, 255, 0, 0])], &[]);
        assert!(allows(&inside, &ip(&[10, 1, 2, 3])));
        assert!(!allows(&inside, &ip(&[10, 2, 2, 3])));
        let odd = index(&[ip(&[10, 1, 0, 0, 255, 0, 255, 0])], &[]);
        assert!(!allows(&odd, &ip(&[10, 1, 0, 3])));
        let excluded = index(&[], &[ip(&[10, 1, 0])]);
        assert!(!allows(&excluded, &ip(&[10, 1, 0, 3])));
    }

    #[test]
    fn mail_and_uri_forms() {
        let mail = |text: &str| GeneralName::Email(text.into());
        let uri = |text: &str| GeneralName::Uri(text.into());
        let index =
            index(&[mail("lab.example"), mail(".eu.example"), mail("root@x.example"), uri(".lab.example")], &[]);
        assert!(allows(&index, &mail("a@LAB.example")));
        assert!(!allows(&index, &mail("a@b.lab.example")));
        assert!(allows(&index, &mail("a@b.eu.example")));
        assert!(allows(&index, &mail("root@X.example")));
        assert!(!allows(&index, &mail("Root@x.example")));
        assert!(allows(&index, &uri("https://u@a.lab.example:443/x")));
        assert!(!allows(&index, &uri("https://lab.example/")));
        assert!(!allows(&index, &uri("https://10.0.0.1/")));
        assert!(!allows(&index, &uri("urn:x")));
    }
}
