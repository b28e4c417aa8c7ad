//! How a distinguished name is read: its canonical bytes, its text, and the values that are asked for.

use std::borrow::Cow;
use std::fmt::Write;

use crate::cert::der::{Element, Reader, Rule, Unreadable, tag};
use crate::cert::oid::Oid;
use crate::cert::prepare::prepare;
use crate::thumbprint::hex;

use super::DistinguishedName;

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

/// The canonical bytes of one RDN, whose attributes `set` walks.
pub(in crate::cert) fn canonical_rdn(set: Reader<'_>) -> Result<Box<[u8]>, Unreadable> {
    let mut reading = Reading::default();
    reading.add(set)?;
    Ok(reading.canonical[4..].into())
}

/// What is gathered while the RDNs are read.
pub(super) struct Reading {
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
    pub(super) fn add(&mut self, mut set: Reader<'_>) -> Result<(), Unreadable> {
        let start = self.canonical.len();
        let mut attributes = Vec::new();
        let mut last: &[u8] = &[];
        if set.is_at_end() {
            set.tell(Rule::Empty);
        }
        self.canonical.extend(NO_LENGTH);
        while !set.is_at_end() {
            if attributes.len() == MOST_ATTRIBUTES {
                return Err(set.unreadable("it has more attributes than are accepted"));
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
            attributes.push(self.canonical.len());
            self.attribute(attribute.inside())?;
        }
        if attributes.len() > 1 {
            self.sort(&attributes);
        }
        patch(&mut self.canonical, start);
        self.rdns += 1;
        Ok(())
    }

    /// A multi-valued RDN is a set: its order carries no meaning.
    fn sort(&mut self, starts: &[usize]) {
        let ends = starts[1..].iter().copied().chain([self.canonical.len()]);
        let mut attributes: Vec<Vec<u8>> =
            starts.iter().zip(ends).map(|(start, end)| self.canonical[*start..end].to_vec()).collect();
        attributes.sort();
        self.canonical.truncate(starts[0]);
        self.canonical.extend(attributes.concat());
    }

    /// Reads one attribute.
    fn attribute(&mut self, mut fields: Reader<'_>) -> Result<(), Unreadable> {
        let kind = fields.expect(tag::OBJECT_IDENTIFIER)?;
        let identifier = kind.identifier();
        let value = fields.element()?;
        fields.finish();
        let text = text_of(&value)?;
        let name = SHORT_NAMES.iter().find(|(octets, _)| *octets == identifier);
        if name.is_some() && !STRINGS.contains(&(value.tag & !tag::CONSTRUCTED)) {
            value.tell(Rule::String);
        }
        match name {
            Some((_, short)) => self.text.push_str(short),
            None => self.text.push_str(Oid::from_octets(identifier).as_str()),
        }
        self.text.push('=');
        match &text {
            Some(text) => push_escaped(&mut self.text, text),
            None => _ = write!(self.text, "#{}", hex(value.content)),
        }
        match (identifier, &text) {
            (EMAIL_ADDRESS, Some(email)) => self.emails.push((&**email).into()),
            // An address nobody can read is kept as one that no constraint permits.
            (EMAIL_ADDRESS, None) => self.emails.push(Box::default()),
            (COMMON_NAME, Some(name)) => self.common_names.push((&**name).into()),
            _ => (),
        }
        self.canonical_attribute(identifier, text.as_deref(), &value);
        Ok(())
    }

    fn canonical_attribute(&mut self, kind: &[u8], text: Option<&str>, value: &Element<'_>) {
        let start = self.canonical.len();
        self.canonical.extend(NO_LENGTH);
        self.canonical.extend(length(kind));
        self.canonical.extend(kind);
        match text.map(prepare) {
            Some(Some(prepared)) => {
                self.canonical.push(b's');
                self.canonical.extend(prepared.as_bytes());
            }
            // Types without a string meaning compare as they stand (RFC 5280 section 7.1), and so do strings that
            // cannot be prepared.
            other => {
                self.prepared &= other.is_none();
                self.canonical.push(b'b');
                self.canonical.extend(value.whole);
            }
        }
        patch(&mut self.canonical, start);
    }

    pub(super) fn finish(self, der: &[u8]) -> DistinguishedName {
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

/// Adds a value with what divides names escaped (RFC 4514 section 2.4), so that `Acme, Inc.` stays one value.
fn push_escaped(out: &mut String, value: &str) {
    let divides = |character| matches!(character, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '\0');
    let is_plain = !value.contains(divides) && !value.starts_with([' ', '#']) && !value.ends_with(' ');
    if is_plain {
        return out.push_str(value);
    }
    let last = value.char_indices().next_back().map_or(0, |(at, _)| at);
    for (at, character) in value.char_indices() {
        match character {
            '\0' => out.push_str("\\00"),
            ' ' if at == 0 || at == last => out.push_str("\\ "),
            '#' if at == 0 => out.push_str("\\#"),
            other => {
                if divides(other) {
                    out.push('\\');
                }
                out.push(other);
            }
        }
    }
}

/// The text of an attribute's value; of one that is no string the form is checked.
fn text_of<'a>(value: &Element<'a>) -> Result<Option<Cow<'a, str>>, Unreadable> {
    let text = value.text();
    if text.is_none() {
        value.check_all()?;
    }
    Ok(text)
}

/// The length that stands before bytes, so that no two different lists give one string.
pub(super) fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes()
}

/// What holds the place of a length until it is known.
const NO_LENGTH: [u8; 4] = [0; 4];

/// Writes the length of what stands behind its place at `start`.
fn patch(canonical: &mut [u8], start: usize) {
    let (place, content) = canonical[start..].split_at_mut(NO_LENGTH.len());
    place.copy_from_slice(&length(content));
}
