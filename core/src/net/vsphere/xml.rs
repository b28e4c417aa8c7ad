//! XML answers as a tree, within bounds.
//!
//! SOAP answers of the vSphere services are shallow and without document types. Anything else is an error: no entity is
//! ever resolved beyond the five of XML itself, and depth, attributes and elements have limits.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The deepest nesting that is read.
const MAXIMUM_DEPTH: usize = 64;
/// The most attributes of one element.
const MAXIMUM_ATTRIBUTES: usize = 64;
/// The longest attribute value, in bytes.
const MAXIMUM_ATTRIBUTE: usize = 64 << 10;
/// The most elements of one document: a host's certificate alone has two thousand.
const MAXIMUM_ELEMENTS: usize = 4_000_000;

/// One element. Names are without their prefix: each service mixes prefixes of two namespaces as it likes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
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
pub(super) struct XmlError {
    pub(super) at: u64,
    pub(super) reason: String,
}

/// Reads a document: its root element.
pub(super) fn parse(document: &[u8]) -> Result<Element, XmlError> {
    let fail = |at: u64, reason: &str| XmlError { at, reason: reason.to_owned() };
    let text = std::str::from_utf8(document)
        .map_err(|error| fail(u64::try_from(error.valid_up_to()).unwrap_or(u64::MAX), "it is not UTF-8"))?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0;
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| fail(at, &error.to_string()))?;
        let top = open.last_mut();
        match event {
            Event::Start(start) => {
                count += 1;
                if root.is_some() || open.len() >= MAXIMUM_DEPTH || count > MAXIMUM_ELEMENTS {
                    return Err(fail(at, "it has more, or deeper, elements than any answer"));
                }
                open.push(element(&start).map_err(|reason| fail(at, &reason))?);
            }
            Event::End(_) => {
                // The reader has matched the tags already.
                let Some(closed) = open.pop() else { return Err(fail(at, "an end without a start")) };
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

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attributes.len() >= MAXIMUM_ATTRIBUTES || attribute.value.len() > MAXIMUM_ATTRIBUTE {
            return Err("more, or longer, attributes than any answer has".to_owned());
        }
        let value = attribute.normalized_value(quick_xml::XmlVersion::default()).map_err(|error| error.to_string())?;
        attributes.push((local(attribute.key.local_name().into_inner()), value.as_ref().into()));
    }
    Ok(Element { name: local(start.local_name().into_inner()), attributes, ..Element::default() })
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
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_entities_are_read() {
        let text = r#"<?xml version="1.0"?><e:a xmlns:e="x"><e:b xsi:type="v:T" n="1&amp;2">x &lt;y&#65;<![CDATA[<z>]]></e:b><b/></e:a>"#;
        let root = parse(text.as_bytes()).expect("well formed");
        assert_eq!((&*root.name, root.children.len()), ("a", 2));
        let first = root.child("b").expect("a child");
        assert_eq!((first.text.as_str(), first.xsi_type(), first.attribute("n")), ("x <yA<z>", Some("T"), Some("1&2")));
        assert_eq!(root.all("b").count(), 2);
    }

    #[test]
    fn tricks_are_errors() {
        let deep = "<a>".repeat(100) + &"</a>".repeat(100);
        let wide = format!("<a b=\"{}\"/>", "x".repeat(MAXIMUM_ATTRIBUTE + 1));
        let many = format!("<a {}/>", (0..100).map(|n| format!("a{n}=\"\" ")).collect::<String>());
        let tricks = [
            "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
            "<a>&x;</a>",
            "<a b=\"&x;\"/>",
            "<a>&#0;</a>",
            "<a></b>",
            "<a>",
            "<a/><b/>",
            "x<a/>",
            "",
            "\u{0}",
            &deep,
            &wide,
            &many,
        ];
        for trick in tricks {
            assert!(parse(trick.as_bytes()).is_err(), "{}", trick.chars().take(60).collect::<String>());
        }
        assert!(parse(b"<a>\xff</a>").is_err());
    }
}
