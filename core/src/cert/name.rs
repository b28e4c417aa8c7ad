//! Distinguished names, with the comparison of RFC 5280 section 7.1.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::der::{Log, Reader, Unreadable, tag};

mod reading;

pub(super) use reading::canonical_rdn;
use reading::{Reading, length};

/// A subject or issuer name.
///
/// Equality is RFC 5280 section 7.1: string values compare after the preparation of RFC 4518, whatever string type holds
/// them. [`der`](Self::der) gives the bytes for those who compare bytes.
#[derive(Clone)]
pub struct DistinguishedName {
    der: Box<[u8]>,
    /// The canonical bytes of each RDN with their length before them, in the name's order. A name lies below another
    /// exactly if its canonical bytes begin with the other's.
    canonical: Box<[u8]>,
    rdns: usize,
    text: Box<str>,
    emails: Box<[Box<str>]>,
    common_names: Box<[Box<str>]>,
    prepared: bool,
}

impl DistinguishedName {
    /// Reads the `Name` that has to come next.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let before = reader.rest();
        let mut list = reader.sequence()?;
        let der = &before[..before.len() - reader.rest().len()];
        let mut reading = Reading::default();
        while !list.is_at_end() {
            let set = list.expect(tag::SET)?;
            reading.add(set.inside())?;
        }
        Ok(reading.finish(der))
    }

    /// Reads the DER of a `Name`; `None` when it is none or bytes follow it.
    #[must_use]
    pub fn from_der(der: &[u8]) -> Option<Self> {
        let log = Log::default();
        let mut reader = Reader::new(der, 0, "name", &log);
        Self::read(&mut reader).ok().filter(|_| reader.is_at_end())
    }

    /// Whether `self` is `issuer` with the one RDN added, as `nameRelativeToCRLIssuer` means it (RFC 5280 section
    /// 4.2.1.13).
    pub(crate) fn is_relative_to(&self, issuer: &Self, rdn: &[u8]) -> bool {
        let last = self.canonical.strip_prefix(&*issuer.canonical).and_then(|rest| rest.strip_prefix(&length(rdn)));
        last == Some(rdn)
    }

    /// The DER of the name as it is in the certificate.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// True for the empty sequence.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rdns == 0
    }

    /// The canonical bytes equality is decided by; suitable as a map key.
    #[must_use]
    pub fn canonical(&self) -> &[u8] {
        &self.canonical
    }

    /// Whether `self` lies in the subtree under `base`: `base` is a leading part of it (RFC 5280 section 7.1).
    #[must_use]
    pub fn is_within(&self, base: &Self) -> bool {
        self.canonical.starts_with(&base.canonical)
    }

    /// How many RDNs the name has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rdns
    }

    /// The canonical bytes of each RDN, in the name's order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = &*self.canonical;
        std::iter::from_fn(move || {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (part, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
            rest = after;
            Some(part)
        })
    }

    /// Whether every value can be compared. A string with characters that RFC 4518 prohibits equals only its own bytes,
    /// and whether it lies within a constraint nobody can say.
    pub(crate) fn is_prepared(&self) -> bool {
        self.prepared
    }

    /// The values of the `emailAddress` attributes.
    #[must_use]
    pub fn emails(&self) -> &[Box<str>] {
        &self.emails
    }

    /// The values of the common name attributes.
    #[must_use]
    pub fn common_names(&self) -> &[Box<str>] {
        &self.common_names
    }
}

impl PartialEq for DistinguishedName {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for DistinguishedName {}

impl Hash for DistinguishedName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical.hash(state);
    }
}

impl fmt::Display for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.text.is_empty() { "(empty name)" } else { &self.text })
    }
}

impl fmt::Debug for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(der: &[u8]) -> (DistinguishedName, bool) {
        let log = Log::default();
        let name = DistinguishedName::read(&mut Reader::new(der, 0, "subject", &log)).expect("a name");
        (name, log.is_clean())
    }

    fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        [&[tag, u8::try_from(content.len()).expect("short")], content.as_slice()].concat()
    }

    fn rdn(attribute: u8, string: u8, text: &[u8]) -> Vec<u8> {
        element(0x31, &[&element(0x30, &[&[6, 3, 0x55, 4, attribute], &element(string, &[text])])])
    }

    #[test]
    fn nothing_after_an_odd_rdn_is_lost() {
        let (plain, clean) = name(&element(0x30, &[&rdn(10, 12, b"Evil")]));
        assert!(clean);
        let (odd, clean) = name(&element(0x30, &[&[0x31, 0], &rdn(10, 12, b"Evil")]));
        assert!(!clean);
        assert_eq!((odd.len(), odd.to_string().contains("O=Evil")), (2, true));
        assert_ne!(odd, plain);
    }

    #[test]
    fn what_divides_names_is_escaped_in_their_text() {
        let text = |value: &[u8]| name(&element(0x30, &[&rdn(10, 12, value), &rdn(3, 12, b"x")])).0.to_string();
        assert_eq!(text(b"Acme, Inc."), r"O=Acme\, Inc., CN=x");
        assert_eq!(text(b" a+b "), r"O=\ a\+b\ , CN=x");
        assert_eq!(
            (text(b"#1"), text(b"a\0b"), text(b"")),
            (r"O=\#1, CN=x".into(), r"O=a\00b, CN=x".into(), "O=, CN=x".into())
        );
        assert_eq!(text(br#"a"\<>;="#), r#"O=a\"\\\<\>\;=, CN=x"#);
    }

    #[test]
    fn a_name_is_below_its_leading_parts() {
        let (base, _) = name(&element(0x30, &[&rdn(10, 12, b"Good")]));
        let (below, _) = name(&element(0x30, &[&rdn(10, 19, b"GOOD"), &rdn(3, 12, b"a")]));
        let (other, _) = name(&element(0x30, &[&rdn(10, 12, b"Goods"), &rdn(3, 12, b"a")]));
        assert!(below.is_within(&base) && !base.is_within(&below) && !other.is_within(&base));
        assert!(below.is_within(&name(&[0x30, 0]).0));
        assert_eq!(below.parts().count(), 2);
        assert!(below.is_relative_to(&base, below.parts().last().expect("two parts")));
    }

    #[test]
    fn a_constructed_string_is_no_text_and_told() {
        let (constructed, clean) = name(&element(0x30, &[&rdn(10, 0x2c, &[12, 4, b'E', b'v', b'i', b'l'])]));
        assert!(!clean);
        assert_eq!(constructed.to_string(), "O=#0c044576696c");
    }

    #[test]
    fn a_string_that_cannot_be_prepared_equals_itself_alone() {
        let (private, clean) = name(&element(0x30, &[&rdn(10, 12, "Ev\u{e000}il".as_bytes())]));
        assert!(clean && !private.is_prepared());
        assert_eq!(private, name(private.der()).0);
    }
}
