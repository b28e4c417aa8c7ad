//! The subtrees of one list of name constraints (RFC 5280 section 4.2.1.10), by form, ready for look-ups.

use hashbrown::{Equivalent, HashMap, HashSet};

use super::hosts::{Emails, Hosts, LONGEST_HOST};
use crate::cert::{DistinguishedName, GeneralName, GeneralNames};

/// A name to look up. Borrowed, because a long directory name meets every constrained CA above it.
#[derive(Clone, Copy)]
pub(super) enum Named<'a> {
    Dns(&'a str),
    Email(&'a str),
    Uri(&'a str),
    Ip(&'a [u8]),
    Directory(&'a DistinguishedName),
    Other(u32),
}

impl<'a> From<&'a GeneralName<'_>> for Named<'a> {
    fn from(name: &'a GeneralName<'_>) -> Self {
        match name {
            GeneralName::Dns(host) => Self::Dns(host),
            GeneralName::Email(address) => Self::Email(address),
            GeneralName::Uri(uri) => Self::Uri(uri),
            GeneralName::Ip(bytes) => Self::Ip(bytes),
            GeneralName::Directory(name) => Self::Directory(name),
            GeneralName::Other(tag) => Self::Other(*tag),
        }
    }
}

impl Named<'_> {
    /// The name as a person is shown it.
    pub(super) fn text(self) -> String {
        let name = match self {
            Self::Dns(host) => GeneralName::Dns(host),
            Self::Email(address) => GeneralName::Email(address),
            Self::Uri(uri) => GeneralName::Uri(uri),
            Self::Ip(bytes) => GeneralName::Ip(bytes),
            Self::Directory(name) => GeneralName::Directory(name.clone()),
            Self::Other(tag) => GeneralName::Other(tag),
        };
        name.to_string()
    }
}

/// Which list is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Permitted,
    Excluded,
}

impl Side {
    /// In doubt a permitted list does not hold a name and an excluded list does: both refuse.
    pub(super) fn in_doubt(self) -> bool {
        self == Self::Excluded
    }
}

/// The subtrees of one list, by form.
#[derive(Default)]
pub(super) struct Subtrees {
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

impl Subtrees {
    /// Costs one insertion a constraint. `address_prefixes` is the profile's decision of that name.
    pub(super) fn new(bases: &GeneralNames, address_prefixes: bool) -> Self {
        let mut out = Self { ip: Networks { prefixes: address_prefixes, ..Networks::default() }, ..Self::default() };
        for base in bases.iter() {
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
                    out.directory.insert(&name);
                }
                GeneralName::Other(tag) => {
                    out.other.insert(tag);
                }
            }
        }
        out
    }

    pub(super) fn speaks_of(&self, name: Named<'_>) -> bool {
        match name {
            Named::Dns(_) => self.present.dns,
            Named::Uri(_) => self.present.uri,
            Named::Email(_) => self.present.email,
            Named::Ip(_) => self.present.ip,
            Named::Directory(_) => self.present.directory,
            // A name whose bytes are not of its form (the tags are those of RFC 5280 4.2.1.6) falls under that form.
            Named::Other(1) => self.present.email,
            Named::Other(2) => self.present.dns,
            Named::Other(4) => self.present.directory,
            Named::Other(6) => self.present.uri,
            Named::Other(7) => self.present.ip,
            Named::Other(tag) => self.other.contains(&tag),
        }
    }

    /// What looking up `name` costs, in units of one short host name or one part of a directory name.
    pub(super) fn cost(&self, name: Named<'_>) -> u32 {
        if !self.speaks_of(name) {
            return 0;
        }
        let labels = |host: &str| host.bytes().take(LONGEST_HOST).filter(|byte| *byte == b'.').count();
        let units = match name {
            Named::Dns(host) | Named::Email(host) => 1 + labels(host) / 8,
            // A URI has no limit, and is read to the end of its host.
            Named::Uri(uri) => 1 + labels(uri) / 8 + uri.len() / 256,
            Named::Ip(_) => 1 + self.ip.by_prefix.len() / 8,
            Named::Directory(name) => 1 + name.len().min(self.directory.longest),
            Named::Other(_) => 1,
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }

    pub(super) fn hold(&self, name: Named<'_>, side: Side) -> bool {
        match name {
            Named::Dns(host) => self.dns.hold(host, side),
            Named::Uri(uri) => self.uri.hold_uri(uri, side),
            Named::Email(address) => self.email.hold(address, side),
            Named::Ip(address) => self.ip.hold(address, side),
            // Nobody can say whether a string that cannot be prepared lies within a constraint.
            Named::Directory(name) if !(name.is_prepared() && self.directory.prepared) => side.in_doubt(),
            Named::Directory(name) => self.directory.hold(name),
            Named::Other(_) => side.in_doubt(),
        }
    }

    /// The subtree a person is shown for an excluded name: the most general one that holds it.
    pub(super) fn subtree_of(&self, name: Named<'_>) -> String {
        let known = match name {
            Named::Dns(host) => self.dns.subtree(host),
            Named::Uri(uri) => self.uri.subtree_of_uri(uri),
            Named::Email(_) => self.email.malformed(),
            Named::Ip(_) | Named::Directory(_) | Named::Other(_) => None,
        };
        known.unwrap_or_else(|| name.text())
    }
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
            return side.in_doubt();
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

/// Distinguished names as a tree of their parts: one look-up a part finds any constraint that begins a name, however
/// many constraints there are and however long they are.
struct Directories {
    /// From a node and the next part to the node below. Node 0 is the empty name; each entry makes the next node.
    below: HashMap<(usize, Box<[u8]>), usize>,
    /// The nodes at which a constraint ends.
    ends: HashSet<usize>,
    /// How many parts the longest constraint has.
    longest: usize,
    /// Whether every constraint can be compared.
    prepared: bool,
}

/// A key of [`Directories`] that is only looked up. Hashes as the owned key does.
#[derive(Hash)]
struct Step<'a>(usize, &'a [u8]);

impl Equivalent<(usize, Box<[u8]>)> for Step<'_> {
    fn equivalent(&self, key: &(usize, Box<[u8]>)) -> bool {
        self.0 == key.0 && *self.1 == *key.1
    }
}

impl Default for Directories {
    fn default() -> Self {
        Self { below: HashMap::new(), ends: HashSet::new(), longest: 0, prepared: true }
    }
}

impl Directories {
    fn insert(&mut self, base: &DistinguishedName) {
        let mut node = 0;
        for part in base.parts() {
            let next = self.below.len() + 1;
            node = match self.below.get(&Step(node, part)) {
                Some(known) => *known,
                None => *self.below.entry((node, part.into())).or_insert(next),
            };
        }
        self.ends.insert(node);
        self.longest = self.longest.max(base.len());
        self.prepared &= base.is_prepared();
    }

    fn hold(&self, name: &DistinguishedName) -> bool {
        let mut node = 0;
        let mut parts = name.parts();
        while !self.ends.contains(&node) {
            let Some(next) = parts.next().and_then(|part| self.below.get(&Step(node, part))) else { return false };
            node = *next;
        }
        true
    }
}
