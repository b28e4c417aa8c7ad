//! Values as they stand in an answer: alone with their type, or as the field of another.

use std::fmt::Write as _;

use crate::soap::Fault;
use crate::xml::{escaped, reference};

/// A value of vim25.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// A simple type or an enumeration, and its text.
    Text(&'static str, String),
    /// A managed object: type and id.
    Reference(String, String),
    /// A data object: type and fields, in the order of the type.
    Object(&'static str, Vec<(&'static str, Field)>),
    /// A data object whose type is not that of the field it stands in, and its content.
    Written(String, String),
    /// Many of one type.
    List(&'static str, Vec<Self>),
    /// Bytes, each an element of its own.
    Bytes(String),
}

/// A field of a data object.
#[derive(Debug, Clone)]
pub(super) enum Field {
    Set(Value),
    /// It has no value now.
    Unset,
    /// This user may not read it.
    Denied(Fault),
}

impl From<Value> for Field {
    fn from(value: Value) -> Self {
        Self::Set(value)
    }
}

/// What reading a property comes to.
pub(super) enum Property {
    Set(Value),
    /// It has no value now.
    Unset,
    /// This user, or now, may not read it.
    Missing(Fault),
    /// There is no such property.
    Invalid,
}

impl From<Field> for Property {
    fn from(field: Field) -> Self {
        match field {
            Field::Set(value) => Self::Set(value),
            Field::Unset => Self::Unset,
            Field::Denied(fault) => Self::Missing(fault),
        }
    }
}

impl Value {
    pub(super) fn string(text: &str) -> Self {
        Self::Text("xsd:string", text.to_owned())
    }

    pub(super) fn boolean(yes: bool) -> Self {
        Self::Text("xsd:boolean", yes.to_string())
    }

    pub(super) fn int(number: i32) -> Self {
        Self::Text("xsd:int", number.to_string())
    }

    pub(super) fn moref(kind: &str, id: &str) -> Self {
        Self::Reference(kind.to_owned(), id.to_owned())
    }

    pub(super) fn morefs(all: impl IntoIterator<Item = (String, String)>) -> Self {
        let all = all.into_iter().map(|(kind, id)| Self::Reference(kind, id));
        Self::List("ManagedObjectReference", all.collect())
    }

    /// The objects it refers to.
    pub(super) fn references(&self) -> Vec<(String, String)> {
        match self {
            Self::Reference(kind, id) => vec![(kind.clone(), id.clone())],
            Self::List(_, values) => values.iter().flat_map(Self::references).collect(),
            Self::Text(..) | Self::Object(..) | Self::Written(..) | Self::Bytes(_) => Vec::new(),
        }
    }

    /// What lies at `path` inside this value.
    pub(super) fn at(self, path: &str) -> Property {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let Self::Object(_, fields) = self else { return Property::Invalid };
        match (fields.into_iter().find(|(name, _)| *name == first), rest) {
            (None, _) => Property::Invalid,
            (Some((_, Field::Set(value))), Some(rest)) => value.at(rest),
            (Some((_, field)), _) => field.into(),
        }
    }

    /// As an element of this name that may hold anything.
    pub(super) fn element(&self, name: &str) -> String {
        match self {
            Self::Text(kind, text) => format!("<{name} xsi:type=\"{kind}\">{}</{name}>", escaped(text)),
            Self::Reference(kind, id) => {
                format!("<{name} type=\"{kind}\" xsi:type=\"ManagedObjectReference\">{}</{name}>", escaped(id))
            }
            Self::Object(kind, fields) => format!("<{name} xsi:type=\"{kind}\">{}</{name}>", written(fields)),
            Self::Written(..) => self.field(name),
            Self::List(kind, values) => {
                let item = kind.strip_prefix("xsd:").unwrap_or(kind);
                let items: String = values.iter().map(|value| value.field(item)).collect();
                let (first, rest) = item.split_at(1);
                format!("<{name} xsi:type=\"ArrayOf{}{rest}\">{items}</{name}>", first.to_uppercase())
            }
            Self::Bytes(text) => format!("<{name} xsi:type=\"ArrayOfByte\">{}</{name}>", bytes("byte", text)),
        }
    }

    /// As an element of this name whose type is known.
    pub(super) fn field(&self, name: &str) -> String {
        match self {
            Self::Text(_, text) => format!("<{name}>{}</{name}>", escaped(text)),
            Self::Reference(kind, id) => reference(name, kind, id),
            Self::Object(_, fields) => format!("<{name}>{}</{name}>", written(fields)),
            Self::Written(kind, content) => format!("<{name} xsi:type=\"{kind}\">{content}</{name}>"),
            Self::List(_, values) => values.iter().map(|value| value.field(name)).collect(),
            Self::Bytes(text) => bytes(name, text),
        }
    }
}

fn written(fields: &[(&'static str, Field)]) -> String {
    let set = fields.iter().map(|(name, field)| match field {
        Field::Set(value) => value.field(name),
        Field::Unset | Field::Denied(_) => String::new(),
    });
    set.collect()
}

/// Text as one element for each byte, signed.
fn bytes(name: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len() * (2 * name.len() + 8));
    for byte in text.bytes() {
        // Writing to a string does not fail.
        let _ = write!(out, "<{name}>{}</{name}>", i8::from_le_bytes([byte]));
    }
    out
}
