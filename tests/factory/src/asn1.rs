//! Writes DER: the few shapes that certificates are made of, as functions from bytes to bytes.

use der::asn1::ObjectIdentifier;
use der::{Encode, Length};

/// Tag of BOOLEAN.
pub const BOOLEAN: u8 = 0x01;
/// Tag of INTEGER.
pub const INTEGER: u8 = 0x02;
/// Tag of BIT STRING.
pub const BIT_STRING: u8 = 0x03;
/// Tag of OCTET STRING.
pub const OCTET_STRING: u8 = 0x04;
/// Tag of OBJECT IDENTIFIER.
pub const OBJECT_IDENTIFIER: u8 = 0x06;
/// Tag of ENUMERATED.
pub const ENUMERATED: u8 = 0x0a;
/// Tag of SEQUENCE.
pub const SEQUENCE: u8 = 0x30;
/// Tag of SET.
pub const SET: u8 = 0x31;
/// Tag of UTCTime.
pub const UTC_TIME: u8 = 0x17;
/// Tag of GeneralizedTime.
pub const GENERALIZED_TIME: u8 = 0x18;

/// One element: `tag`, the length and `content`.
///
/// # Panics
/// When the content is longer than 256 MiB.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = Length::try_from(content.len()).and_then(|length| length.to_der());
    let length = length.expect("the content is short enough for a DER length");
    let mut out = Vec::with_capacity(1 + length.len() + content.len());
    out.push(tag);
    out.extend_from_slice(&length);
    out.extend_from_slice(content);
    out
}

/// A SEQUENCE of already encoded parts.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(SEQUENCE, &parts.concat())
}

/// A SET OF already encoded parts, sorted as DER asks.
pub fn set_of(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut sorted = parts.to_vec();
    sorted.sort();
    tlv(SET, &sorted.concat())
}

/// A constructed context-specific element `[number]` around `content`.
pub fn context(number: u8, content: &[u8]) -> Vec<u8> {
    tlv(0xa0 | number, content)
}

/// A primitive context-specific element `[number]` around `content`.
pub fn context_primitive(number: u8, content: &[u8]) -> Vec<u8> {
    tlv(0x80 | number, content)
}

/// An OBJECT IDENTIFIER from its dotted form.
///
/// # Panics
/// When `dotted` is not an object identifier.
pub fn oid(dotted: &str) -> Vec<u8> {
    tlv(OBJECT_IDENTIFIER, &oid_content(dotted))
}

/// The content bytes of an OBJECT IDENTIFIER.
///
/// # Panics
/// When `dotted` is not an object identifier.
pub fn oid_content(dotted: &str) -> Vec<u8> {
    let parsed = ObjectIdentifier::new(dotted);
    parsed.unwrap_or_else(|error| panic!("{dotted} is not an object identifier: {error}")).as_bytes().to_vec()
}

/// An INTEGER with the value of the unsigned big-endian `bytes`, in the shortest form.
pub fn unsigned(bytes: &[u8]) -> Vec<u8> {
    tlv(INTEGER, &unsigned_content(bytes))
}

/// The content bytes of the INTEGER with the value of the unsigned big-endian `bytes`.
pub fn unsigned_content(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let trimmed = &bytes[start..];
    let mut out = Vec::with_capacity(trimmed.len() + 1);
    if trimmed.first().is_none_or(|byte| *byte >= 0x80) {
        out.push(0);
    }
    out.extend_from_slice(trimmed);
    out
}

/// An INTEGER with a small value.
pub fn integer(value: u64) -> Vec<u8> {
    unsigned(&value.to_be_bytes())
}

/// BOOLEAN TRUE.
pub fn yes() -> Vec<u8> {
    tlv(BOOLEAN, &[0xff])
}

/// NULL.
pub fn null() -> Vec<u8> {
    vec![0x05, 0x00]
}

/// A BIT STRING of whole bytes.
pub fn bit_string(bytes: &[u8]) -> Vec<u8> {
    tlv(BIT_STRING, &bit_string_content(bytes, 0))
}

/// The content of a BIT STRING with `unused` bits at its end.
pub fn bit_string_content(bytes: &[u8], unused: u8) -> Vec<u8> {
    let mut content = vec![unused];
    content.extend_from_slice(bytes);
    content
}

/// The content of a named-bit-list BIT STRING (X.690 11.2.2: without trailing zero bits), from bit positions.
pub fn named_bits(positions: &[u8]) -> Vec<u8> {
    let Some(last) = positions.iter().max() else { return vec![0] };
    let mut bytes = vec![0_u8; usize::from(last / 8) + 1];
    for position in positions {
        bytes[usize::from(position / 8)] |= 0x80 >> (position % 8);
    }
    bit_string_content(&bytes, 7 - last % 8)
}

/// An OCTET STRING.
pub fn octet_string(bytes: &[u8]) -> Vec<u8> {
    tlv(OCTET_STRING, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_take_the_shortest_positive_form() {
        assert_eq!(integer(0), [2, 1, 0]);
        assert_eq!(integer(127), [2, 1, 127]);
        assert_eq!(integer(128), [2, 2, 0, 128]);
        assert_eq!(unsigned(&[0, 0, 1, 0]), [2, 2, 1, 0]);
    }

    #[test]
    fn long_contents_have_long_lengths() {
        assert_eq!(tlv(4, &[0; 127])[..2], [4, 127]);
        assert_eq!(tlv(4, &[0; 128])[..3], [4, 0x81, 128]);
        assert_eq!(tlv(4, &vec![0; 70_000])[..5], [4, 0x83, 0x01, 0x11, 0x70]);
    }

    #[test]
    fn named_bits_drop_trailing_zeros() {
        assert_eq!(named_bits(&[5, 6]), [1, 0x06]);
        assert_eq!(named_bits(&[8]), [7, 0, 0x80]);
        assert_eq!(named_bits(&[]), [0]);
    }

    #[test]
    fn sets_are_sorted() {
        assert_eq!(set_of(&[integer(2), integer(1)]), [0x31, 6, 2, 1, 1, 2, 1, 2]);
    }
}
