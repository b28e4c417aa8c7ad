//! General names (RFC 5280 section 4.2.1.6), one by one and in lists of any length.

use std::fmt;

use super::DistinguishedName;
use super::der::{Element, Reader, Unreadable, tag};

/// One name of a subject alternative name, a name constraint or a distribution point.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GeneralName<'a> {
    /// `dNSName`
    Dns(&'a str),
    /// `iPAddress`: 4 or 16 bytes in a certificate, twice that in a name constraint.
    Ip(&'a [u8]),
    /// `rfc822Name`
    Email(&'a str),
    /// `uniformResourceIdentifier`
    Uri(&'a str),
    /// `directoryName`
    Directory(DistinguishedName),
    /// A form this library does not compare (other name, X.400, EDI party, registered ID), or one whose bytes are not
    /// of its form; the tag of the choice.
    Other(u32),
}

/// A list of general names. It is kept as the bytes it was read from, so that a hostile list takes no more memory than its
/// bytes; a name is read anew each time it is looked at.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct GeneralNames {
    /// INVARIANT: whole elements, each of which `GeneralName::check` has checked.
    elements: Box<[u8]>,
    count: usize,
}

impl<'a> GeneralName<'a> {
    /// The name with this tag and content; `None` for a tag that is none of the nine.
    pub(super) fn of(tag: u8, content: &'a [u8]) -> Option<Self> {
        let text = || std::str::from_utf8(content).ok().filter(|text| text.is_ascii());
        match tag {
            0x81 => Some(text().map_or(Self::Other(1), Self::Email)),
            0x82 => Some(text().map_or(Self::Other(2), Self::Dns)),
            0x86 => Some(text().map_or(Self::Other(6), Self::Uri)),
            0x87 => Some(Self::Ip(content)),
            0xa4 => Some(DistinguishedName::from_der(content).map_or(Self::Other(4), Self::Directory)),
            0xa0 | 0xa3 | 0xa5 | 0x88 => Some(Self::Other(u32::from(tag & 0x1f))),
            _ => None,
        }
    }

    /// Checks the form of one name down to its last element.
    pub(super) fn check(element: &Element<'_>) -> Result<(), Unreadable> {
        match element.tag {
            // What is not ASCII stays a name of its form that nothing equals and no constraint lets pass.
            0x81 | 0x82 | 0x86 | 0x87 => Ok(()),
            0x88 => {
                element.oid();
                Ok(())
            }
            0xa4 => {
                let mut inside = element.inside();
                DistinguishedName::read(&mut inside)?;
                inside.finish();
                Ok(())
            }
            0xa0 => other_name(element),
            0xa3 | 0xa5 => element.check_all(),
            _ => Err(element.unreadable("it is not a general name")),
        }
    }

    /// Whether the bytes are not of the form they say.
    pub(super) fn is_unreadable(&self) -> bool {
        matches!(self, Self::Other(1 | 2 | 4 | 6))
    }
}

/// `SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }`, tagged implicitly.
fn other_name(element: &Element<'_>) -> Result<(), Unreadable> {
    let mut fields = element.inside();
    fields.expect(tag::OBJECT_IDENTIFIER)?.oid();
    let value = fields.expect(tag::context_constructed(0))?;
    fields.finish();
    let mut inside = value.inside();
    inside.element()?.check_all()?;
    inside.finish();
    Ok(())
}

impl GeneralNames {
    /// Reads a list to its end.
    pub(super) fn read(mut list: Reader<'_>) -> Result<Self, Unreadable> {
        let elements = list.rest().into();
        let mut count = 0;
        list.tell_if_empty();
        while !list.is_at_end() {
            GeneralName::check(&list.element()?)?;
            count += 1;
        }
        Ok(Self { elements, count })
    }

    /// A list out of single names, whose bytes these are and that were read before.
    pub(super) fn of_elements(elements: Vec<u8>, count: usize) -> Self {
        Self { elements: elements.into(), count }
    }

    /// A list of names, for tests of what compares them.
    #[cfg(test)]
    pub(crate) fn of_names(names: &[GeneralName<'_>]) -> Self {
        let element = |name: &GeneralName<'_>| {
            let (tag, content): (u8, &[u8]) = match name {
                GeneralName::Email(text) => (0x81, text.as_bytes()),
                GeneralName::Dns(text) => (0x82, text.as_bytes()),
                GeneralName::Uri(text) => (0x86, text.as_bytes()),
                GeneralName::Ip(bytes) => (0x87, bytes),
                GeneralName::Directory(_) | GeneralName::Other(_) => panic!("not a name of one content"),
            };
            [&[tag, u8::try_from(content.len()).expect("short")][..], content].concat()
        };
        Self::of_elements(names.iter().flat_map(element).collect(), names.len())
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// How many bytes they have.
    pub(crate) fn octets(&self) -> usize {
        self.elements.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The names in their order. Each costs what reading it costs.
    pub fn iter(&self) -> impl Iterator<Item = GeneralName<'_>> {
        let mut rest = &*self.elements;
        std::iter::from_fn(move || {
            let (tag, content, after) = super::der::parts(rest)?;
            rest = after;
            GeneralName::of(tag, content)
        })
    }

    /// The directory names among them.
    pub(crate) fn directories(&self) -> impl Iterator<Item = DistinguishedName> {
        self.iter().filter_map(|name| match name {
            GeneralName::Directory(name) => Some(name),
            GeneralName::Dns(_)
            | GeneralName::Ip(_)
            | GeneralName::Email(_)
            | GeneralName::Uri(_)
            | GeneralName::Other(_) => None,
        })
    }
}

impl fmt::Debug for GeneralNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl fmt::Display for GeneralName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(text) => write!(f, "DNS:{text}"),
            Self::Email(text) => write!(f, "email:{text}"),
            Self::Uri(text) => write!(f, "URI:{text}"),
            Self::Directory(name) => write!(f, "directory:{name}"),
            Self::Other(tag) => write!(f, "other:[{tag}]"),
            Self::Ip(bytes) => match <[u8; 4]>::try_from(*bytes) {
                Ok(v4) => write!(f, "IP:{}", std::net::Ipv4Addr::from(v4)),
                Err(_) => match <[u8; 16]>::try_from(*bytes) {
                    Ok(v6) => write!(f, "IP:{}", std::net::Ipv6Addr::from(v6)),
                    Err(_) => write!(f, "IP:#{}", crate::thumbprint::hex(bytes)),
                },
            },
        }
    }
}
