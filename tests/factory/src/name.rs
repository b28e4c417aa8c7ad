//! Distinguished names with full control over encodings, order and multi-valued parts.

use crate::asn1;

/// The string types of X.520 that a name value can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// UTF8String.
    Utf8,
    /// PrintableString.
    Printable,
    /// IA5String.
    Ia5,
    /// BMPString, UTF-16 big-endian.
    Bmp,
    /// TeletexString, written as Latin-1.
    Teletex,
    /// UniversalString, UTF-32 big-endian.
    Universal,
    /// NumericString.
    Numeric,
}

impl Text {
    /// The DER element with `value` in this string type. Characters are not checked against the type's alphabet.
    pub fn der(self, value: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => asn1::tlv(0x0c, value.as_bytes()),
            Self::Printable => asn1::tlv(0x13, value.as_bytes()),
            Self::Ia5 => asn1::tlv(0x16, value.as_bytes()),
            Self::Numeric => asn1::tlv(0x12, value.as_bytes()),
            Self::Bmp => asn1::tlv(0x1e, &value.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()),
            Self::Universal => {
                asn1::tlv(0x1c, &value.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect::<Vec<_>>())
            }
            Self::Teletex => {
                asn1::tlv(0x14, &value.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect::<Vec<_>>())
            }
        }
    }
}

/// One attribute of a name: a type and a value in a string type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    oid: String,
    text: Text,
    value: String,
}

impl Attribute {
    /// An attribute of `kind` (`CN`, `O`, ... or a dotted OID) with the string type usual for it.
    ///
    /// # Panics
    /// When the kind is neither a known short name nor an OID.
    pub fn new(kind: &str, value: &str) -> Self {
        let (oid, text) = attribute_type(kind);
        Self { oid, text, value: value.to_owned() }
    }

    /// The same attribute in another string type.
    #[must_use]
    pub fn text(mut self, text: Text) -> Self {
        self.text = text;
        self
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        asn1::sequence(&[asn1::oid(&self.oid), self.text.der(&self.value)])
    }
}

/// A distinguished name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Parts(Vec<Vec<Attribute>>),
    Raw(Vec<u8>),
}

impl Name {
    /// The name with no part at all.
    pub fn empty() -> Self {
        Self { form: Form::Parts(Vec::new()) }
    }

    /// A name from text such as `CN=CA, DC=vsphere, O=a+OU=b`, in the order given.
    ///
    /// `+` makes a multi-valued part, a backslash takes the next character literally. Blanks before a type are
    /// dropped; blanks after `=` and before `,` belong to the value.
    ///
    /// # Panics
    /// When a part has no `=` or its type is unknown.
    pub fn dn(text: &str) -> Self {
        let attributes = |part: String| split(&part, '+').iter().map(|one| parse_attribute(one, text)).collect();
        let parts = split(text, ',').into_iter().filter(|part| !part.trim().is_empty());
        Self { form: Form::Parts(parts.map(attributes).collect()) }
    }

    /// A name from parts of attributes; more than one attribute in a part makes it multi-valued.
    pub fn parts(parts: &[&[Attribute]]) -> Self {
        Self { form: Form::Parts(parts.iter().map(|part| part.to_vec()).collect()) }
    }

    /// A name from DER that is taken as it is.
    pub fn raw(der: &[u8]) -> Self {
        Self { form: Form::Raw(der.to_vec()) }
    }

    /// The same name with every value in the string type `text`. A raw name stays as it is.
    #[must_use]
    pub fn encoded_as(mut self, text: Text) -> Self {
        if let Form::Parts(parts) = &mut self.form {
            for attribute in parts.iter_mut().flatten() {
                attribute.text = text;
            }
        }
        self
    }

    /// The DER element.
    pub fn der(&self) -> Vec<u8> {
        match &self.form {
            Form::Raw(der) => der.clone(),
            Form::Parts(parts) => {
                let sets = parts.iter().map(|part| asn1::set_of(&part.iter().map(Attribute::der).collect::<Vec<_>>()));
                asn1::sequence(&sets.collect::<Vec<_>>())
            }
        }
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::dn(text)
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self::dn(&text)
    }
}

impl From<&Self> for Name {
    fn from(name: &Self) -> Self {
        name.clone()
    }
}

/// Splits at `separator`, except where a backslash stands before it. Backslashes stay for the parts.
fn split(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for character in text.chars() {
        if character == separator && !escaped {
            parts.push(String::new());
            continue;
        }
        escaped = character == '\\' && !escaped;
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    parts
}

fn parse_attribute(attribute: &str, whole: &str) -> Attribute {
    let Some((kind, value)) = attribute.trim_start().split_once('=') else { panic!("{whole:?}: a part has no '='") };
    let mut plain = String::new();
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        plain.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    Attribute::new(kind.trim(), &plain)
}

fn attribute_type(kind: &str) -> (String, Text) {
    let (oid, text) = match kind {
        "CN" => ("2.5.4.3", Text::Utf8),
        "SERIALNUMBER" => ("2.5.4.5", Text::Printable),
        "C" => ("2.5.4.6", Text::Printable),
        "L" => ("2.5.4.7", Text::Utf8),
        "ST" => ("2.5.4.8", Text::Utf8),
        "O" => ("2.5.4.10", Text::Utf8),
        "OU" => ("2.5.4.11", Text::Utf8),
        "DC" => ("0.9.2342.19200300.100.1.25", Text::Ia5),
        "emailAddress" => ("1.2.840.113549.1.9.1", Text::Ia5),
        "unstructuredName" => ("1.2.840.113549.1.9.2", Text::Utf8),
        dotted if dotted.contains('.') => (dotted, Text::Utf8),
        other => panic!("{other} is not a known attribute type"),
    };
    (oid.to_owned(), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_order_and_escapes() {
        let name = Name::dn("CN=a\\,b, O=x");
        let same = Name::parts(&[&[Attribute::new("CN", "a,b")], &[Attribute::new("O", "x")]]);
        assert_eq!(name.der(), same.der());
    }

    #[test]
    fn a_multi_valued_part_is_one_set() {
        assert_eq!(Name::dn("CN=a+O=b").der()[2], 0x31);
        assert_eq!(Name::dn("CN=a+O=b"), Name::parts(&[&[Attribute::new("CN", "a"), Attribute::new("O", "b")]]));
    }

    #[test]
    fn the_empty_name_is_an_empty_sequence() {
        assert_eq!(Name::empty().der(), [0x30, 0]);
        assert_eq!(Name::dn("").der(), [0x30, 0]);
    }
}
