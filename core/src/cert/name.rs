//! Distinguished names, with the comparison of RFC 5280 section 7.1.

use std::fmt::{self, Write};
use std::hash::{Hash, Hasher};

use super::der::{Element, Log, Reader, Rule, Unreadable, tag};
use super::prepare::prepare;
use crate::thumbprint::hex;

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

/// Attribute types with a short name, as `vecs-cli` and OpenSSL print them.
const SHORT_NAMES: [(&[u8], &str); 17] = [
    (COMMON_NAME, "CN"),
    (&[0x55, 4, 4], "SN"),
    (&[0x55, 4, 5], "serialNumber"),
    (&[0x55, 4, 6], "C"),
    (&[0x55, 4, 7], "L"),
    (&[0x55, 4, 8], "ST"),
    (&[0x55, 4, 9], "street"),
    (&[0x55, 4, 10], "O"),
    (&[0x55, 4, 11], "OU"),
    (&[0x55, 4, 12], "title"),
    (&[0x55, 4, 17], "postalCode"),
    (&[0x55, 4, 42], "GN"),
    (&[0x55, 4, 44], "generationQualifier"),
    (&[0x55, 4, 46], "dnQualifier"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1], "UID"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], "DC"),
    (EMAIL_ADDRESS, "emailAddress"),
];
/// The string types of the attributes above: those of DirectoryString (RFC 5280 appendix A.1), and UTF8String,
/// NumericString, PrintableString, TeletexString, IA5String, UniversalString and BMPString is all that validators read.
const STRINGS: [u8; 7] = [12, 18, 19, 20, 22, 28, 30];
/// The most attributes of one RDN that are read; nobody has more than a few.
const MOST_ATTRIBUTES: usize = 1_024;
const EMAIL_ADDRESS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1];
const COMMON_NAME: &[u8] = &[0x55, 4, 3];

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
        self.canonical.strip_prefix(&*issuer.canonical) == Some(&*counted(rdn))
    }

    /// The DER of the name as it stands in the certificate.
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

/// The canonical bytes of one RDN, whose attributes `set` walks.
pub(super) fn canonical_rdn(set: Reader<'_>) -> Result<Box<[u8]>, Unreadable> {
    let mut reading = Reading::default();
    reading.add(set)?;
    Ok(reading.canonical[4..].into())
}

/// What is gathered while the RDNs are read.
struct Reading {
    canonical: Vec<u8>,
    rdns: usize,
    text: String,
    emails: Vec<Box<str>>,
    common_names: Vec<Box<str>>,
    prepared: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            canonical: Vec::new(),
            rdns: 0,
            text: String::new(),
            emails: Vec::new(),
            common_names: Vec::new(),
            prepared: true,
        }
    }
}

impl Reading {
    fn add(&mut self, mut set: Reader<'_>) -> Result<(), Unreadable> {
        let mut attributes: Vec<Vec<u8>> = Vec::new();
        let mut last: &[u8] = &[];
        if set.is_at_end() {
            set.tell(Rule::Empty);
        }
        while !set.is_at_end() {
            if attributes.len() == MOST_ATTRIBUTES {
                return Err(set.unreadable("it has more attributes than are read"));
            }
            let attribute = set.expect(tag::SEQUENCE)?;
            // X.690 section 11.6: the members of a SET OF are in the order of their encodings.
            if attribute.whole < last {
                attribute.tell(Rule::SetOrder);
            }
            last = attribute.whole;
            self.text.push_str(match (self.text.is_empty(), attributes.is_empty()) {
                (true, _) => "",
                (false, true) => ", ",
                (false, false) => " + ",
            });
            attributes.push(self.attribute(attribute.inside())?);
        }
        // A multi-valued RDN is a set: its order carries no meaning.
        attributes.sort();
        let rdn: Vec<u8> = attributes.iter().flat_map(|attribute| counted(attribute)).collect();
        self.canonical.extend(counted(&rdn));
        self.rdns += 1;
        Ok(())
    }

    /// Reads one attribute; gives its canonical bytes.
    fn attribute(&mut self, mut fields: Reader<'_>) -> Result<Vec<u8>, Unreadable> {
        let kind = fields.expect(tag::OBJECT_IDENTIFIER)?;
        let oid = kind.oid();
        let value = fields.element()?;
        fields.finish();
        let text = text_of(&value)?;
        let name = SHORT_NAMES.iter().find(|(octets, _)| *octets == kind.content);
        if name.is_some() && !STRINGS.contains(&(value.tag & !tag::CONSTRUCTED)) {
            value.tell(Rule::String);
        }
        self.text.push_str(name.map_or(oid.as_str(), |(_, short)| short));
        self.text.push('=');
        match &text {
            Some(text) => self.text.push_str(text),
            None => _ = write!(self.text, "#{}", hex(value.content)),
        }
        match (kind.content, &text) {
            (EMAIL_ADDRESS, Some(email)) => self.emails.push(email.as_str().into()),
            // An address nobody can read is kept as one that no constraint permits.
            (EMAIL_ADDRESS, None) => self.emails.push(Box::default()),
            (COMMON_NAME, Some(name)) => self.common_names.push(name.as_str().into()),
            _ => (),
        }
        Ok(self.canonical_attribute(kind.content, text.as_deref(), &value))
    }

    fn canonical_attribute(&mut self, kind: &[u8], text: Option<&str>, value: &Element<'_>) -> Vec<u8> {
        let mut out = counted(kind);
        match text.map(prepare) {
            Some(Some(prepared)) => {
                out.push(b's');
                out.extend(prepared.as_bytes());
            }
            // Types without a string meaning compare as they stand (RFC 5280 section 7.1), and so do strings that
            // cannot be prepared.
            other => {
                self.prepared &= other.is_none();
                out.push(b'b');
                out.extend(value.whole);
            }
        }
        out
    }

    fn finish(self, der: &[u8]) -> DistinguishedName {
        DistinguishedName {
            der: der.into(),
            canonical: self.canonical.into(),
            rdns: self.rdns,
            text: self.text.into(),
            emails: self.emails.into(),
            common_names: self.common_names.into(),
            prepared: self.prepared,
        }
    }
}

/// The text of an attribute's value; of one that is no string the form is checked.
fn text_of(value: &Element<'_>) -> Result<Option<String>, Unreadable> {
    let text = value.text();
    if text.is_none() {
        value.check_all()?;
    }
    Ok(text)
}

/// A length and the bytes, so that no two different lists give one string.
fn counted(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
    [&length[..], bytes].concat()
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
