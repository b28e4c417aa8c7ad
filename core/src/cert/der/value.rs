//! The values of the universal types, each with its one form (X.690 sections 8, 10 and 11).

use std::borrow::Cow;

use super::element::{Element, tag};
use super::fault::Rule;
use crate::cert::Oid;

/// The content of a BIT STRING.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bits<'a> {
    /// How many bits of the last octet do not count.
    pub(crate) unused: u8,
    pub(crate) octets: &'a [u8],
}

impl<'a> Element<'a> {
    /// The content of a BOOLEAN. What is not DER is true, the weightier of the two.
    pub(crate) fn boolean(&self) -> bool {
        if !matches!(self.content, [0] | [0xff]) {
            self.tell(Rule::Boolean);
        }
        self.content != [0]
    }

    /// The content of a BOOLEAN whose default is FALSE. That default is left out in DER; written out, it is told.
    pub(crate) fn flag(&self) -> bool {
        let value = self.boolean();
        if !value {
            self.tell(Rule::Default);
        }
        value
    }

    /// The content of an INTEGER, two's complement, most significant first.
    pub(crate) fn integer(&self) -> &'a [u8] {
        let redundant = match self.content {
            [] => true,
            [first, second, ..] => (*first == 0 && second & 0x80 == 0) || (*first == 0xff && second & 0x80 != 0),
            [_] => false,
        };
        if redundant {
            self.tell(Rule::Integer);
        }
        self.content
    }

    /// An INTEGER that counts something, and so is not negative; beyond 32 bits it is the largest that fits.
    pub(crate) fn count(&self) -> u32 {
        let value = self.integer();
        if value.first().is_some_and(|first| first & 0x80 != 0) {
            self.tell(Rule::Integer);
        }
        let add = |sum: u32, octet: &u8| Some(sum.checked_mul(256)? + u32::from(*octet));
        value.iter().try_fold(0, add).unwrap_or(u32::MAX)
    }

    /// The content of a BIT STRING.
    pub(crate) fn bit_string(&self) -> Bits<'a> {
        let (unused, octets) = self.content.split_first().unwrap_or((&8, &[]));
        let padding = octets.last().map_or(0, |last| last & low_bits(*unused));
        let none_of_none = octets.is_empty() && *unused > 0;
        if *unused > 7 || padding != 0 || none_of_none {
            self.tell(Rule::BitString);
        }
        Bits { unused: *unused, octets }
    }

    /// A BIT STRING that is made of octets, as keys and signatures are.
    pub(crate) fn octets_of_bits(&self) -> &'a [u8] {
        let bits = self.bit_string();
        if bits.unused != 0 && bits.unused <= 7 {
            self.tell(Rule::BitString);
        }
        bits.octets
    }

    /// A BIT STRING of named bits: bit n is the flag of that number; flags from 16 on mean nothing to anybody here.
    pub(crate) fn flags(&self) -> u16 {
        let bits = self.bit_string();
        let last = bits.octets.last().copied().unwrap_or(0);
        if !bits.octets.is_empty() && bits.unused <= 7 && last >> bits.unused & 1 == 0 {
            self.tell(Rule::NamedBits);
        }
        let octet = |index: usize| bits.octets.get(index).copied().unwrap_or(0).reverse_bits();
        u16::from_le_bytes([octet(0), octet(1)])
    }

    /// The content of an OBJECT IDENTIFIER.
    pub(crate) fn oid(&self) -> Oid {
        self.identifier();
        Oid::from_octets(self.content)
    }

    /// The octets of an OBJECT IDENTIFIER, for those who compare them.
    pub(crate) fn identifier(&self) -> &'a [u8] {
        if !Oid::is_canonical(self.content) {
            self.tell(Rule::ObjectIdentifier);
        }
        self.content
    }

    pub(crate) fn null(&self) {
        if !self.content.is_empty() {
            self.tell(Rule::Null);
        }
    }

    /// The text of a character string (X.680 section 41); `None` for a value that is none, or that does not read as one.
    /// Constructed strings are not put together.
    pub(crate) fn text(&self) -> Option<Cow<'a, str>> {
        if self.tag & !tag::CONSTRUCTED > 0x1e {
            return None;
        }
        let number = self.tag & tag::NUMBER;
        let readable = if self.tag & tag::CONSTRUCTED == 0 { characters(number, self.content) } else { None };
        let conforms = match number {
            12 | 20 | 28 | 30 => true,
            18 => self.content.iter().all(|octet| octet.is_ascii_digit() || *octet == b' '),
            19 => self.content.is_ascii(),
            22 | 26 => self.content.is_ascii(),
            _ => return None,
        };
        if self.tag & tag::CONSTRUCTED != 0 {
            self.tell(Rule::Form);
        } else if readable.is_none() || !conforms {
            self.tell(Rule::String);
        } else if number == 19 && !self.content.iter().all(|octet| is_printable(*octet)) {
            self.tell(Rule::PrintableString);
        }
        readable
    }
}

/// The characters of one string type.
fn characters(number: u8, octets: &[u8]) -> Option<Cow<'_, str>> {
    match number {
        // UTF8String, NumericString, PrintableString, IA5String, VisibleString
        12 | 18 | 19 | 22 | 26 => std::str::from_utf8(octets).ok().map(Cow::Borrowed),
        // TeletexString: read as Latin-1, as every issuer means it.
        20 => Some(octets.iter().copied().map(char::from).collect::<String>().into()),
        // UniversalString: UTF-32, big-endian.
        28 => {
            let character = |c: &[u8]| c.try_into().ok().and_then(|c| char::from_u32(u32::from_be_bytes(c)));
            octets.chunks(4).map(character).collect::<Option<String>>().map(Cow::Owned)
        }
        // BMPString: UTF-16, big-endian.
        30 if octets.len().is_multiple_of(2) => {
            let units: Vec<u16> = octets.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).ok().map(Cow::Owned)
        }
        _ => None,
    }
}

/// The characters of PrintableString (X.680 section 41.4).
const fn is_printable(octet: u8) -> bool {
    octet.is_ascii_alphanumeric()
        || matches!(octet, b' ' | b'\'' | b'(' | b')' | b'+' | b',' | b'-' | b'.' | b'/' | b':' | b'=' | b'?')
}

const fn low_bits(count: u8) -> u8 {
    match count {
        0..=7 => (1 << count) - 1,
        8.. => 0xff,
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::super::fault::{Log, Rule};
    use super::super::{Element, Reader};

    fn told<T>(bytes: &[u8], read: impl Fn(&Element<'_>) -> T) -> (T, Option<Rule>) {
        let log = Log::default();
        let element = Reader::new(bytes, 0, "test", &log).element().expect("an element");
        let value = read(&element);
        let (faults, notes, _) = log.into_parts();
        (value, faults.iter().chain(&notes).next().map(|fault| fault.rule))
    }

    #[test]
    fn a_boolean_has_two_forms() {
        assert_eq!(told(&[1, 1, 0xff], |element| element.boolean()), (true, None));
        assert_eq!(told(&[1, 1, 0], |element| element.boolean()), (false, None));
        assert_eq!(told(&[1, 1, 1], |element| element.boolean()), (true, Some(Rule::Boolean)));
        assert_eq!(told(&[1, 0], |element| element.boolean()), (true, Some(Rule::Boolean)));
        assert_eq!(told(&[1, 2, 0, 0], |element| element.boolean()), (true, Some(Rule::Boolean)));
    }

    #[test]
    fn an_integer_has_no_redundant_octet() {
        for (bytes, rule) in [
            (&[2, 1, 0][..], None),
            (&[2, 2, 0, 0x80], None),
            (&[2, 1, 0x80], None),
            (&[2, 2, 0xff, 0x7f], None),
            (&[2, 0], Some(Rule::Integer)),
            (&[2, 2, 0, 5], Some(Rule::Integer)),
            (&[2, 2, 0xff, 0x80], Some(Rule::Integer)),
        ] {
            assert_eq!(told(bytes, |element| element.integer().len()).1, rule, "{bytes:?}");
        }
    }

    #[test]
    fn a_count_of_any_size_is_a_number() {
        assert_eq!(told(&[2, 1, 3], |element| element.count()), (3, None));
        assert_eq!(told(&[2, 5, 0, 0xff, 0xff, 0xff, 0xff], |element| element.count()), (u32::MAX, None));
        assert_eq!(told(&[2, 6, 1, 0, 0, 0, 0, 0], |element| element.count()), (u32::MAX, None));
        assert_eq!(told(&[2, 1, 0xff], |element| element.count()).1, Some(Rule::Integer));
    }

    #[test]
    fn unused_bits_are_few_and_zero() {
        let octets = |bytes: &[u8]| told(bytes, |element| element.bit_string().octets.len()).1;
        assert_eq!(octets(&[3, 1, 0]), None);
        assert_eq!(octets(&[3, 2, 4, 0xf0]), None);
        assert_eq!(octets(&[3, 2, 4, 0xf1]), Some(Rule::BitString));
        assert_eq!(octets(&[3, 2, 8, 0]), Some(Rule::BitString));
        assert_eq!(octets(&[3, 1, 1]), Some(Rule::BitString));
        assert_eq!(octets(&[3, 0]), Some(Rule::BitString));
        assert_eq!(told(&[3, 2, 4, 0xf0], |element| element.octets_of_bits().len()).1, Some(Rule::BitString));
    }

    #[test]
    fn flag_n_is_bit_n() {
        // keyCompromise (1) and cACompromise (2)
        assert_eq!(told(&[3, 2, 5, 0b0110_0000], |element| element.flags()), (0b110, None));
        // aACompromise (8)
        assert_eq!(told(&[3, 3, 7, 0, 0b1000_0000], |element| element.flags()), (1 << 8, None));
        assert_eq!(told(&[3, 2, 0, 0b0110_0000], |element| element.flags()), (0b110, Some(Rule::NamedBits)));
    }

    #[test]
    fn strings_hold_what_their_type_has() {
        let text = |tag: u8, content: &[u8]| {
            told(&[&[tag, u8::try_from(content.len()).expect("short")][..], content].concat(), |element| {
                element.text().map(Cow::into_owned)
            })
        };
        assert_eq!(text(19, b"vc01"), (Some("vc01".to_owned()), None));
        assert_eq!(text(19, b"*.a@b"), (Some("*.a@b".to_owned()), Some(Rule::PrintableString)));
        assert_eq!(text(19, "é".as_bytes()).1, Some(Rule::String));
        assert_eq!(text(12, &[0xff]), (None, Some(Rule::String)));
        assert_eq!(text(20, &[0xe9]), (Some("é".to_owned()), None));
        assert_eq!(text(22, &[0xe9]).1, Some(Rule::String));
        assert_eq!(text(18, b"1 2"), (Some("1 2".to_owned()), None));
        assert_eq!(text(18, b"1a").1, Some(Rule::String));
        assert_eq!(text(30, &[0, 0x41]), (Some("A".to_owned()), None));
        assert_eq!(text(30, &[0]).1, Some(Rule::String));
        assert_eq!(text(28, &[0, 0, 0, 0x41]), (Some("A".to_owned()), None));
        assert_eq!(text(28, &[0, 0, 0x41]).1, Some(Rule::String));
        assert_eq!(text(0x2c, &[12, 1, 65]), (None, Some(Rule::Form)));
        assert_eq!(text(0x8c, b"x"), (None, None), "of another class, and so no string");
        assert_eq!(text(2, &[5]), (None, None));
    }
}
