//! XML answers as a tree, within bounds.
//!
//! SOAP answers of the vSphere services are shallow and without document types. Anything else is an error: no entity is
//! ever resolved beyond the five of XML itself, and depth, attributes and elements have limits.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{PrefixDeclaration, QName};

use crate::net::http::bounded;

/// The deepest nesting that is read.
const MAXIMUM_DEPTH: usize = 64;
/// The most attributes of one element.
const MAXIMUM_ATTRIBUTES: usize = 64;
/// The longest attribute value, in bytes.
const MAXIMUM_ATTRIBUTE: usize = 64 << 10;
/// The most elements of one document: a host's certificate alone has two thousand, and a page has a hundred hosts.
const MAXIMUM_ELEMENTS: usize = 1_000_000;

/// The namespace of SOAP 1.1, which every service of vSphere speaks.
const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// One element. Names are without their prefix: each service mixes prefixes of two namespaces as it likes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::net) struct Element {
    pub(super) name: Box<str>,
    /// Local name and value.
    pub(super) attributes: Vec<(Box<str>, Box<str>)>,
    pub(super) children: Vec<Self>,
    /// The text directly inside, entities resolved.
    pub(super) text: String,
}

/// Why a document was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at byte {at}: {reason}")]
pub(in crate::net) struct XmlError {
    pub(super) at: u64,
    pub(super) reason: String,
}

/// Reads a document: its root element.
pub(in crate::net) fn parse(document: &[u8]) -> Result<Element, XmlError> {
    read(document).map(|(root, _)| root)
}

/// Reads a document that is to be a SOAP envelope; another root is returned as it is.
pub(super) fn envelope(document: &[u8]) -> Result<Element, XmlError> {
    let (root, namespace) = read(document)?;
    if &*root.name == "Envelope" && namespace != SOAP {
        let namespace: String = namespace.chars().take(100).collect();
        return Err(XmlError {
            at: 0,
            reason: format!("its envelope is of the namespace `{}`", namespace.escape_debug()),
        });
    }
    Ok(root)
}

/// The root element and its namespace.
fn read(document: &[u8]) -> Result<(Element, String), XmlError> {
    let fail = |at: u64, reason: &str| XmlError { at, reason: reason.to_owned() };
    let text = std::str::from_utf8(document)
        .map_err(|error| fail(u64::try_from(error.valid_up_to()).unwrap_or(u64::MAX), "it is not UTF-8"))?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    let mut scopes = Scopes::default();
    let mut root = None;
    let mut count = 0;
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| fail(at, &bounded(&error.to_string())))?;
        let top = open.last_mut();
        match event {
            Event::Start(start) => {
                count += 1;
                if root.is_some() || open.len() >= MAXIMUM_DEPTH || count > MAXIMUM_ELEMENTS {
                    return Err(fail(at, "it has more, or deeper, elements than any answer"));
                }
                open.push(element(&start, &mut scopes).map_err(|reason| fail(at, &reason))?);
            }
            Event::End(_) => {
                // The reader has matched the tags already.
                let Some(closed) = open.pop() else { return Err(fail(at, "an end without a start")) };
                scopes.close();
                match open.last_mut() {
                    Some(parent) => parent.children.push(closed),
                    None => root = Some(closed),
                }
            }
            Event::Text(text) => match top {
                Some(top) => top.text.push_str(&text),
                None if text.trim().is_empty() => (),
                None => return Err(fail(at, "text outside of the root element")),
            },
            Event::CData(text) => match top {
                Some(top) => top.text.push_str(&text),
                None => return Err(fail(at, "text outside of the root element")),
            },
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character),
                    Ok(None) => predefined(&reference),
                    Err(_) => None,
                };
                match (top, resolved) {
                    (Some(top), Some(character)) => top.text.push(character),
                    _ => return Err(fail(at, "an entity that XML itself does not have")),
                }
            }
            Event::DocType(_) => return Err(fail(at, "a document type, which no answer has")),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => (),
            Event::Empty(_) => return Err(fail(at, "an element that was not expanded")),
            Event::Eof => break,
        }
    }
    root.filter(|_| open.is_empty())
        .map(|root| (root, scopes.first))
        .ok_or_else(|| fail(reader.buffer_position(), "it ends before its root element does"))
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn element(start: &BytesStart<'_>, scopes: &mut Scopes) -> Result<Element, String> {
    let mut attributes = Vec::new();
    scopes.open();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| bounded(&error.to_string()))?;
        if attributes.len() >= MAXIMUM_ATTRIBUTES || attribute.value.len() > MAXIMUM_ATTRIBUTE {
            return Err("more, or longer, attributes than any answer has".to_owned());
        }
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::default())
            .map_err(|error| bounded(&error.to_string()))?;
        scopes.declare(attribute.key, value.as_ref());
        attributes.push((local(attribute.key.local_name().into_inner()), value.as_ref().into()));
    }
    for name in start.attributes().filter_map(Result::ok).map(|attribute| attribute.key) {
        scopes.namespace(name)?;
    }
    scopes.enter(start.name())?;
    Ok(Element { name: local(start.local_name().into_inner()), attributes, ..Element::default() })
}

/// The prefixes that are declared. Names are compared without theirs, but one that stands for nothing is no XML of
/// these services (Namespaces in XML 1.0 section 5).
#[derive(Default)]
struct Scopes {
    /// Prefix and namespace, with the depth at which each was declared; the default has no prefix.
    declared: Vec<(usize, Box<str>, Box<str>)>,
    depth: usize,
    /// The namespace of the root element.
    first: String,
}

impl Scopes {
    fn open(&mut self) {
        self.depth += 1;
    }

    fn close(&mut self) {
        while self.declared.last().is_some_and(|(depth, ..)| *depth == self.depth) {
            self.declared.pop();
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn declare(&mut self, key: QName<'_>, namespace: &str) {
        let prefix = match key.as_namespace_binding() {
            Some(PrefixDeclaration::Named(prefix)) => prefix,
            Some(PrefixDeclaration::Default) => "",
            None => return,
        };
        self.declared.push((self.depth, prefix.into(), namespace.into()));
    }

    /// The namespace of a name; empty without a prefix where there is no default.
    fn namespace(&self, name: QName<'_>) -> Result<&str, String> {
        let prefix = name.prefix().map_or("", |prefix| prefix.into_inner());
        let found = self.declared.iter().rev().find(|(_, known, _)| &**known == prefix);
        match found {
            Some((.., namespace)) => Ok(namespace),
            None if matches!(prefix, "" | "xml" | "xmlns") => Ok(""),
            None => {
                let prefix: String = prefix.chars().take(60).collect();
                Err(format!("the prefix `{}` stands for no namespace", prefix.escape_debug()))
            }
        }
    }

    fn enter(&mut self, name: QName<'_>) -> Result<(), String> {
        let namespace = self.namespace(name)?;
        if self.depth == 1 {
            self.first = namespace.to_owned();
        }
        Ok(())
    }
}

fn local(name: &str) -> Box<str> {
    name.into()
}

impl Element {
    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| &*child.name == name)
    }

    /// Every child of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| &*child.name == name)
    }

    /// The text of the first child of this name.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }

    /// The value of an attribute, by local name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }

    /// The local part of `xsi:type`: services choose the prefix themselves. A managed object reference has two
    /// attributes of this name, and the one with a prefix comes first or last.
    pub(super) fn xsi_type(&self) -> Option<&str> {
        self.attribute("type").map(|value| value.rsplit(':').next().unwrap_or(value))
    }
}

/// Text as the content of an element.
pub(super) fn escaped(text: &str) -> std::borrow::Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// An element with this text.
pub(super) fn tag(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(text))
}

#[cfg(test)]
mod tests;
