//! Edits finished certificates and lists as trees of elements, for encodings that no builder would write.
//!
//! A change is made to the signed part, which is then signed anew: the signature is right and only the form is wrong.

use crate::asn1;
use crate::cert::Cert;
use crate::crl::Crl;
use crate::key::Key;

/// Where the fields of a signed certificate of version 3 without unique identifiers stand.
pub mod field {
    /// The version, `[0]`.
    pub const VERSION: usize = 0;
    /// The serial number.
    pub const SERIAL: usize = 1;
    /// The inner AlgorithmIdentifier.
    pub const ALGORITHM: usize = 2;
    /// The issuer's name.
    pub const ISSUER: usize = 3;
    /// Both times.
    pub const VALIDITY: usize = 4;
    /// The subject's name.
    pub const SUBJECT: usize = 5;
    /// The SubjectPublicKeyInfo.
    pub const KEY: usize = 6;
    /// The extensions, `[3]`.
    pub const EXTENSIONS: usize = 7;
}

/// Where the fields of a signed list of version 2 with nextUpdate and entries stand.
pub mod list_field {
    /// The version.
    pub const VERSION: usize = 0;
    /// The inner AlgorithmIdentifier.
    pub const ALGORITHM: usize = 1;
    /// The issuer's name.
    pub const ISSUER: usize = 2;
    /// thisUpdate.
    pub const THIS_UPDATE: usize = 3;
    /// nextUpdate.
    pub const NEXT_UPDATE: usize = 4;
    /// The revoked certificates.
    pub const ENTRIES: usize = 5;
    /// The extensions, `[0]`.
    pub const EXTENSIONS: usize = 6;
}

/// One element: its identifier octets, how its length is written, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    identifier: Vec<u8>,
    length: Length,
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Length {
    /// As DER asks.
    Shortest,
    /// The long form with this many octets after the first.
    Octets(usize),
    /// The indefinite form, with end-of-contents octets.
    Indefinite,
    /// No identifier and no length: the content stands for itself.
    None,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Bytes(Vec<u8>),
    Parts(Vec<Node>),
}

impl Node {
    /// The tree of one DER element. What does not parse within a constructed element stays as bytes.
    ///
    /// # Panics
    /// When `der` is not one element.
    pub fn parse(der: &[u8]) -> Self {
        let mut parts = parse_all(der).expect("the bytes are DER elements");
        assert_eq!(parts.len(), 1, "the bytes are one element");
        parts.remove(0)
    }

    /// A primitive element.
    pub fn new(tag: u8, content: &[u8]) -> Self {
        Self { identifier: vec![tag], length: Length::Shortest, content: Content::Bytes(content.to_vec()) }
    }

    /// Bytes that stand for themselves, whatever they are.
    pub fn raw(bytes: &[u8]) -> Self {
        Self { identifier: Vec::new(), length: Length::None, content: Content::Bytes(bytes.to_vec()) }
    }

    /// The element NULL.
    pub fn null() -> Self {
        Self::new(0x05, &[])
    }

    /// The encoding.
    pub fn der(&self) -> Vec<u8> {
        let content = self.content();
        let mut out = self.identifier.clone();
        match self.length {
            Length::None => {}
            Length::Shortest => {
                let element = asn1::tlv(0, &content);
                out.extend_from_slice(&element[1..element.len() - content.len()]);
            }
            Length::Indefinite => out.push(0x80),
            Length::Octets(count) => {
                out.push(0x80 | u8::try_from(count).expect("a length has few octets"));
                let length = u64::try_from(content.len()).expect("a length fits").to_be_bytes();
                let padded = [vec![0; count.saturating_sub(8)], length.to_vec()].concat();
                out.extend_from_slice(&padded[padded.len() - count..]);
            }
        }
        out.extend_from_slice(&content);
        if self.length == Length::Indefinite {
            out.extend_from_slice(&[0, 0]);
        }
        out
    }

    fn content(&self) -> Vec<u8> {
        match &self.content {
            Content::Bytes(bytes) => bytes.clone(),
            Content::Parts(parts) => parts.iter().flat_map(Self::der).collect(),
        }
    }

    /// Sets the identifier octet and leaves the content.
    pub fn tag(&mut self, tag: u8) -> &mut Self {
        self.identifier = vec![tag];
        self
    }

    /// Writes the tag number in the long form, which is for numbers from 31.
    pub fn long_tag(&mut self) -> &mut Self {
        let tag = self.identifier[0];
        self.identifier = vec![tag | 0x1f, tag & 0x1f];
        self
    }

    /// Writes the length in the long form with `count` octets.
    pub fn length_octets(&mut self, count: usize) -> &mut Self {
        self.length = Length::Octets(count);
        self
    }

    /// Writes the length in the indefinite form.
    pub fn indefinite(&mut self) -> &mut Self {
        self.length = Length::Indefinite;
        self
    }

    /// Replaces the content by bytes.
    pub fn set(&mut self, content: &[u8]) -> &mut Self {
        self.content = Content::Bytes(content.to_vec());
        self
    }

    /// The content as bytes to edit; parts are written out first.
    pub fn bytes(&mut self) -> &mut Vec<u8> {
        if let Content::Parts(_) = self.content {
            self.content = Content::Bytes(self.content());
        }
        match &mut self.content {
            Content::Bytes(bytes) => bytes,
            Content::Parts(_) => unreachable!("the parts were written out"),
        }
    }

    /// The elements in it, whether the element is constructed or, as an OCTET STRING, holds an encoding.
    ///
    /// # Panics
    /// When the content is no sequence of elements.
    pub fn parts(&mut self) -> &mut Vec<Self> {
        if let Content::Bytes(bytes) = &self.content {
            // A BIT STRING begins with its count of unused bits.
            let bits = self.identifier == [asn1::BIT_STRING];
            let inner = parse_all(&bytes[usize::from(bits)..]).expect("the content is DER elements");
            let count = bits.then(|| Self::raw(&bytes[..1]));
            self.content = Content::Parts(count.into_iter().chain(inner).collect());
        }
        match &mut self.content {
            Content::Parts(parts) => parts,
            Content::Bytes(_) => unreachable!("the content was parsed"),
        }
    }

    /// The element below the indexes of `path`.
    pub fn at(&mut self, path: &[usize]) -> &mut Self {
        path.iter().fold(self, |node, index| &mut node.parts()[*index])
    }

    /// Puts `part` after all others.
    pub fn push(&mut self, part: Self) -> &mut Self {
        self.parts().push(part);
        self
    }

    /// Removes everything in it.
    pub fn clear(&mut self) -> &mut Self {
        self.set(&[])
    }

    /// Puts `part` before the part at `index`.
    pub fn insert(&mut self, index: usize, part: Self) -> &mut Self {
        self.parts().insert(index, part);
        self
    }

    /// Removes the part at `index`.
    pub fn remove(&mut self, index: usize) -> &mut Self {
        self.parts().remove(index);
        self
    }

    /// Exchanges two parts.
    pub fn swap(&mut self, one: usize, other: usize) -> &mut Self {
        self.parts().swap(one, other);
        self
    }

    /// Becomes another element.
    pub fn replace(&mut self, bytes: &[u8]) -> &mut Self {
        *self = Self::raw(bytes);
        self
    }

    /// Writes the part at `index` twice.
    pub fn repeat(&mut self, index: usize) -> &mut Self {
        let part = self.parts()[index].clone();
        self.parts().insert(index, part);
        self
    }

    /// Makes a string constructed of two segments of the tag `segment`, as BER allows.
    pub fn split(&mut self, segment: u8) -> &mut Self {
        let bytes = self.bytes().clone();
        let (unused, bytes) = if segment == asn1::BIT_STRING { bytes.split_at(1) } else { bytes.split_at(0) };
        let half = bytes.len() / 2;
        // All segments of a bit string but the last are of whole octets.
        let head = [vec![0; unused.len()], bytes[..half].to_vec()].concat();
        let tail = [unused, &bytes[half..]].concat();
        self.identifier[0] |= 0x20;
        self.content = Content::Parts(vec![Self::new(segment, &head), Self::new(segment, &tail)]);
        self
    }

    /// Puts a copy of the element into itself and marks it as constructed.
    pub fn wrap(&mut self) -> &mut Self {
        let inner = self.clone();
        self.identifier[0] |= 0x20;
        self.content = Content::Parts(vec![inner]);
        self
    }

    /// The extension of this OID, in a signed certificate, a signed list or a list entry.
    ///
    /// # Panics
    /// When there is none.
    pub fn extension(&mut self, oid: &str) -> &mut Self {
        let wanted = asn1::oid(oid);
        let fields = self.parts();
        let last = fields.last_mut().expect("there are extensions");
        let list = if last.identifier[0] & 0xc0 == 0x80 { last.at(&[0]) } else { last };
        let place = list.parts().iter_mut().position(|extension| extension.parts()[0].der() == wanted);
        list.at(&[place.unwrap_or_else(|| panic!("there is no extension {oid}"))])
    }

    /// The value of the extension of this OID, the element within its OCTET STRING.
    ///
    /// # Panics
    /// When there is none.
    pub fn value(&mut self, oid: &str) -> &mut Self {
        let octets = self.extension(oid).parts().last_mut().expect("an extension has a value");
        &mut octets.parts()[0]
    }
}

/// All elements of `bytes`, or nothing when something is left.
fn parse_all(mut bytes: &[u8]) -> Option<Vec<Node>> {
    let mut parts = Vec::new();
    while let [tag, rest @ ..] = bytes {
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(*first), rest),
            0x81..=0x84 => {
                let (octets, rest) = rest.split_at_checked(usize::from(first & 0x0f))?;
                (octets.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet)), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        let inner = (tag & 0x20 != 0).then(|| parse_all(content)).flatten();
        let content = inner.map_or_else(|| Content::Bytes(content.to_vec()), Content::Parts);
        let length = Length::Shortest;
        parts.push(Node { identifier: vec![*tag], length, content });
        bytes = rest;
    }
    Some(parts)
}

/// The DER of a certificate or list whose signed part is changed and signed anew with `key`.
fn signed_anew(der: &[u8], change: impl FnOnce(&mut Node), sign: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut whole = Node::parse(der);
    change(whole.at(&[0]));
    let signature = sign(&whole.at(&[0]).der());
    whole.parts()[2] = Node::new(asn1::BIT_STRING, &asn1::bit_string_content(&signature, 0));
    whole.der()
}

/// The DER after a change to the whole element; nothing is signed.
fn reshaped(der: &[u8], change: impl FnOnce(&mut Node)) -> Vec<u8> {
    let mut whole = Node::parse(der);
    change(&mut whole);
    whole.der()
}

impl Cert {
    /// The same certificate with `change` made to its signed part, signed anew with the issuer's key.
    #[must_use]
    pub fn reformed(&self, issuer: &Key, change: impl FnOnce(&mut Node)) -> Self {
        let algorithm = self.builder.algorithm.unwrap_or_else(|| issuer.usual_algorithm());
        let der = signed_anew(&self.der, change, |message| algorithm.sign(issuer, message));
        Self { der, ..self.clone() }
    }

    /// The same certificate with `change` made to the whole of it; the signature stays.
    #[must_use]
    pub fn reshaped(&self, change: impl FnOnce(&mut Node)) -> Self {
        Self { der: reshaped(&self.der, change), ..self.clone() }
    }
}

impl Crl {
    /// The same list with `change` made to its signed part, signed anew with the key's usual algorithm.
    #[must_use]
    pub fn reformed(&self, key: &Key, change: impl FnOnce(&mut Node)) -> Self {
        let der = signed_anew(self.der(), change, |message| key.usual_algorithm().sign(key, message));
        Self::from_der(&der)
    }

    /// The same list with `change` made to the whole of it; the signature stays.
    #[must_use]
    pub fn reshaped(&self, change: impl FnOnce(&mut Node)) -> Self {
        Self::from_der(&reshaped(self.der(), change))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CrlEntry, oid};

    fn root() -> Cert {
        Cert::ca("CN=Root").key(Key::p256(1)).self_signed()
    }

    #[test]
    fn a_tree_that_is_not_changed_is_written_as_it_was() {
        let root = root();
        assert_eq!(Node::parse(root.der()).der(), root.der());
        // Signatures have no random part.
        assert_eq!(root.reformed(root.key(), |_| ()).der(), root.der());
        let list = Crl::of(&root).entry(CrlEntry::new(&[7], "2026-04-01")).sign();
        assert_eq!(list.reformed(root.key(), |_| ()).der(), list.der());
        let opened = root.reshaped(|whole| {
            whole.at(&[0]).value(oid::KEY_USAGE);
            whole.at(&[0, field::KEY]).parts();
        });
        assert_eq!(opened.der(), root.der());
    }

    #[test]
    fn lengths_and_tags_take_other_forms() {
        let text = |change: fn(&mut Node) -> &mut Node| change(&mut Node::new(0x0c, b"ab")).der();
        assert_eq!(text(|node| node.length_octets(2)), b"\x0c\x82\0\x02ab");
        assert_eq!(text(|node| node.indefinite()), b"\x0c\x80ab\0\0");
        assert_eq!(text(|node| node.long_tag()), b"\x1f\x0c\x02ab");
        assert_eq!(text(|node| node.split(4)), b"\x2c\x06\x04\x01a\x04\x01b");
        assert_eq!(text(|node| node.wrap()), b"\x2c\x04\x0c\x02ab");
        assert_eq!(Node::new(3, &[1, 2, 4]).split(3).der(), [0x23, 8, 3, 2, 0, 2, 3, 2, 1, 4]);
    }
}
