//! Distinguished names and general names, with the comparison of RFC 5280 section 7.1.

use std::fmt;
use std::hash::{Hash, Hasher};

use unicode_normalization::UnicodeNormalization;
use x509_parser::extensions::GeneralName as ParsedGeneralName;
use x509_parser::prelude::FromDer;
use x509_parser::x509::{AttributeTypeAndValue, RelativeDistinguishedName, X509Name};

/// A subject or issuer name.
///
/// Equality is RFC 5280 section 7.1: string values compare after Unicode folding, with runs of blanks as one blank and
/// none at the ends, whatever string type holds them. [`der`](Self::der) gives the bytes for those who compare bytes.
#[derive(Clone)]
pub struct DistinguishedName {
    der: Box<[u8]>,
    /// One canonical byte string per RDN, in the name's order.
    rdns: Box<[Box<[u8]>]>,
    /// All of `rdns` in one, for hashing and equality at the cost of one comparison.
    canonical: Box<[u8]>,
    text: Box<str>,
    emails: Box<[Box<str>]>,
    common_names: Box<[Box<str>]>,
}

/// Attribute types with a short name, as `vecs-cli` and OpenSSL print them.
const SHORT_NAMES: [(&str, &str); 17] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "street"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "title"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.42", "GN"),
    ("2.5.4.44", "generationQualifier"),
    ("2.5.4.46", "dnQualifier"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
];
const EMAIL_ADDRESS: &str = "1.2.840.113549.1.9.1";
const COMMON_NAME: &str = "2.5.4.3";

impl DistinguishedName {
    pub(crate) fn from_parsed(name: &X509Name<'_>) -> Self {
        let mut reading = Reading::default();
        name.iter_rdn().for_each(|rdn| reading.add(rdn));
        reading.finish(name.as_raw())
    }

    /// Reads the DER of a `Name`; `None` when it is none or bytes follow it.
    #[must_use]
    pub fn from_der(der: &[u8]) -> Option<Self> {
        X509Name::from_der(der).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, name)| Self::from_parsed(&name))
    }

    /// Whether `self` is `issuer` with the one RDN added, as `nameRelativeToCRLIssuer` means it (RFC 5280 section
    /// 4.2.1.13).
    pub(crate) fn is_relative_to(&self, issuer: &Self, rdn: &[u8]) -> bool {
        self.len() == issuer.len() + 1 && self.is_within(issuer) && self.rdns.last().is_some_and(|last| **last == *rdn)
    }

    /// The DER of the name as it stands in the certificate.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// True for the empty sequence.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// The canonical bytes equality is decided by; suitable as a map key.
    #[must_use]
    pub fn canonical(&self) -> &[u8] {
        &self.canonical
    }

    /// Whether `self` lies in the subtree under `base`: `base` is a leading part of it (RFC 5280 section 7.1).
    #[must_use]
    pub fn is_within(&self, base: &Self) -> bool {
        self.rdns.len() >= base.rdns.len() && self.rdns.iter().zip(&base.rdns).all(|(own, other)| own == other)
    }

    /// How many RDNs the name has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rdns.len()
    }

    /// The canonical bytes of each RDN, in the name's order.
    pub(crate) fn parts(&self) -> &[Box<[u8]>] {
        &self.rdns
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

/// The canonical bytes of one RDN.
pub(crate) fn canonical_rdn(rdn: &RelativeDistinguishedName<'_>) -> Box<[u8]> {
    let mut reading = Reading::default();
    reading.add(rdn);
    reading.rdns.swap_remove(0)
}

/// What is gathered while the RDNs are read.
#[derive(Default)]
struct Reading {
    rdns: Vec<Box<[u8]>>,
    text: String,
    emails: Vec<Box<str>>,
    common_names: Vec<Box<str>>,
}

impl Reading {
    fn add(&mut self, rdn: &RelativeDistinguishedName<'_>) {
        let mut attributes: Vec<Vec<u8>> = Vec::new();
        for (index, attribute) in rdn.iter().enumerate() {
            let kind = attribute.attr_type().to_id_string();
            let value = string_value(attribute);
            self.text.push_str(match (self.text.is_empty(), index) {
                (true, _) => "",
                (false, 0) => ", ",
                (false, _) => " + ",
            });
            let shown =
                value.clone().unwrap_or_else(|| format!("#{}", crate::thumbprint::hex(attribute.attr_value().data)));
            let short = SHORT_NAMES.iter().find(|(oid, _)| *oid == kind).map_or(kind.as_str(), |(_, short)| short);
            self.text.push_str(&format!("{short}={shown}"));
            match (kind.as_str(), &value) {
                (EMAIL_ADDRESS, Some(email)) => self.emails.push(email.as_str().into()),
                // An address nobody can read is kept as one that no constraint permits.
                (EMAIL_ADDRESS, None) => self.emails.push(Box::default()),
                (COMMON_NAME, Some(name)) => self.common_names.push(name.as_str().into()),
                _ => (),
            }
            attributes.push(canonical_attribute(&kind, value.as_deref(), attribute));
        }
        // A multi-valued RDN is a set: its order carries no meaning.
        attributes.sort();
        let mut rdn = Vec::new();
        attributes.iter().for_each(|attribute| push_counted(&mut rdn, attribute));
        self.rdns.push(rdn.into());
    }

    fn finish(self, der: &[u8]) -> DistinguishedName {
        let mut canonical = Vec::new();
        self.rdns.iter().for_each(|rdn| push_counted(&mut canonical, rdn));
        DistinguishedName {
            der: der.into(),
            rdns: self.rdns.into(),
            canonical: canonical.into(),
            text: self.text.into(),
            emails: self.emails.into(),
            common_names: self.common_names.into(),
        }
    }
}

/// Appends a length and the bytes, so that no two different lists give one string.
fn push_counted(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend(bytes);
}

fn canonical_attribute(kind: &str, value: Option<&str>, attribute: &AttributeTypeAndValue<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    push_counted(&mut out, kind.as_bytes());
    match value {
        Some(text) => {
            out.push(b's');
            out.extend(fold(text).as_bytes());
        }
        // Types without a string meaning compare as they stand (RFC 5280 section 7.1).
        None => {
            out.push(b'b');
            out.extend(attribute.attr_value().tag().0.to_be_bytes());
            out.extend(attribute.attr_value().data);
        }
    }
    out
}

/// The string preparation of RFC 4518: fold case, normalise to NFKC, make each run of blanks one, drop those at the ends.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        return words.join(" ").to_ascii_lowercase();
    }
    let prepared: String = text.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    prepared.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The attribute's value as text, for the ASN.1 string types (X.680 section 41).
fn string_value(attribute: &AttributeTypeAndValue<'_>) -> Option<String> {
    let value = attribute.attr_value();
    let bytes = value.data;
    match value.tag().0 {
        // UTF8String, NumericString, PrintableString, IA5String, VisibleString
        12 | 18 | 19 | 22 | 26 => std::str::from_utf8(bytes).ok().map(str::to_owned),
        // TeletexString: read as Latin-1, as every issuer means it.
        20 => Some(bytes.iter().copied().map(char::from).collect()),
        // UniversalString: UTF-32, big-endian.
        28 => bytes.chunks(4).map(|c| c.try_into().ok().and_then(|c| char::from_u32(u32::from_be_bytes(c)))).collect(),
        // BMPString: UTF-16, big-endian.
        30 if bytes.len() % 2 == 0 => {
            let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).ok()
        }
        _ => None,
    }
}

/// One name of a subject alternative name, a name constraint or a distribution point (RFC 5280 section 4.2.1.6).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GeneralName {
    /// `dNSName`
    Dns(Box<str>),
    /// `iPAddress`: 4 or 16 bytes in a certificate, twice that in a name constraint.
    Ip(Box<[u8]>),
    /// `rfc822Name`
    Email(Box<str>),
    /// `uniformResourceIdentifier`
    Uri(Box<str>),
    /// `directoryName`
    Directory(DistinguishedName),
    /// A form this library does not compare (other name, X.400, EDI party, registered ID), or one whose bytes are not
    /// of its form; the tag of the choice.
    Other(u32),
}

impl GeneralName {
    pub(crate) fn from_parsed(name: &ParsedGeneralName<'_>) -> Self {
        match name {
            ParsedGeneralName::DNSName(text) => Self::Dns((*text).into()),
            ParsedGeneralName::RFC822Name(text) => Self::Email((*text).into()),
            ParsedGeneralName::URI(text) => Self::Uri((*text).into()),
            ParsedGeneralName::IPAddress(bytes) => Self::Ip((*bytes).into()),
            ParsedGeneralName::DirectoryName(name) => Self::Directory(DistinguishedName::from_parsed(name)),
            ParsedGeneralName::OtherName(..) => Self::Other(0),
            ParsedGeneralName::X400Address(_) => Self::Other(3),
            ParsedGeneralName::EDIPartyName(_) => Self::Other(5),
            ParsedGeneralName::RegisteredID(_) => Self::Other(8),
            ParsedGeneralName::Invalid(tag, _) => Self::Other(tag.0),
        }
    }
}

impl fmt::Display for GeneralName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(text) => write!(f, "DNS:{text}"),
            Self::Email(text) => write!(f, "email:{text}"),
            Self::Uri(text) => write!(f, "URI:{text}"),
            Self::Directory(name) => write!(f, "directory:{name}"),
            Self::Other(tag) => write!(f, "other:[{tag}]"),
            Self::Ip(bytes) => match <[u8; 4]>::try_from(&**bytes) {
                Ok(v4) => write!(f, "IP:{}", std::net::Ipv4Addr::from(v4)),
                Err(_) => match <[u8; 16]>::try_from(&**bytes) {
                    Ok(v6) => write!(f, "IP:{}", std::net::Ipv6Addr::from(v6)),
                    Err(_) => write!(f, "IP:#{}", crate::thumbprint::hex(bytes)),
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding_ignores_case_blanks_and_composition() {
        assert_eq!(fold("  VMware   Engineering "), fold("vmware engineering"));
        assert_eq!(fold("Mu\u{308}nchen"), fold("MÜNCHEN"));
        assert_ne!(fold("vm ware"), fold("vmware"));
    }
}
