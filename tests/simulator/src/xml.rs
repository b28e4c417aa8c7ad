//! SOAP requests as a tree of elements, and text made safe to stand inside one.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The deepest nesting a client is granted.
const DEEPEST: usize = 64;

/// One element; names are without their prefix.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    /// Name, of which a prefix is kept as `xsi`, and value.
    attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Self>,
    pub(crate) text: String,
}

impl Element {
    /// The first child of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every child of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The trimmed text of the first child of this name.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim())
    }

    /// The trimmed texts of every child of this name.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        self.children.iter().filter(|child| child.name == name).map(|child| child.text.trim()).collect()
    }

    /// The attribute `type` that names a managed object's type; with a prefix it is `xsi:type` and says less.
    pub(crate) fn kind(&self) -> &str {
        let mut values =
            self.attributes.iter().filter(|(name, _)| name.ends_with("type")).map(|(_, value)| value.as_str());
        values.rfind(|value| !value.ends_with("ManagedObjectReference")).unwrap_or_default()
    }

    /// The object that the first child of this name refers to: type and id.
    pub(crate) fn reference_of(&self, name: &str) -> Option<(String, String)> {
        let child = self.child(name)?;
        Some((child.kind().to_owned(), child.text.trim().to_owned()))
    }

    /// Whether the first child of this name says yes.
    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.text_of(name).is_some_and(|text| matches!(text, "true" | "1"))
    }

    /// What stands inside, written again.
    pub(crate) fn content(&self) -> String {
        if self.children.is_empty() {
            return escaped(&self.text).into_owned();
        }
        self.children.iter().map(Self::written).collect()
    }

    fn written(&self) -> String {
        let attributes: String =
            self.attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escaped(value))).collect();
        format!("<{0}{attributes}>{1}</{0}>", self.name, self.content())
    }
}

/// Reads a document: its root element.
pub(crate) fn parse(document: &[u8]) -> Result<Element, String> {
    let text = std::str::from_utf8(document).map_err(|error| error.to_string())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) if open.len() < DEEPEST => open.push(element(&start)?),
            Event::Start(_) => return Err("it is nested too deeply".to_owned()),
            Event::End(_) => {
                let Some(closed) = open.pop() else { return Err("an end without a start".to_owned()) };
                match open.last_mut() {
                    Some(parent) => parent.children.push(closed),
                    None => return Ok(closed),
                }
            }
            Event::Text(text) => open.last_mut().into_iter().for_each(|top| top.text.push_str(&text)),
            Event::CData(text) => open.last_mut().into_iter().for_each(|top| top.text.push_str(&text)),
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref().map_err(|error| error.to_string())? {
                    Some(character) => character,
                    None => predefined(&reference).ok_or("an entity that XML does not have")?,
                };
                open.last_mut().into_iter().for_each(|top| top.text.push(character));
            }
            Event::DocType(_) => return Err("a document type".to_owned()),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) => (),
            Event::Eof => return Err("it ends early".to_owned()),
        }
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::default()).map_err(|error| error.to_string())?;
        let name = attribute.key.local_name().into_inner();
        match (name, attribute.key.prefix().is_some()) {
            // Another writer has other prefixes for the namespaces of types.
            ("type", true) => {
                let local = value.rsplit_once(':').map_or(&*value, |(_, local)| local);
                let simple = local.starts_with(|first: char| first.is_ascii_lowercase());
                let value = if simple { format!("xsd:{local}") } else { local.to_owned() };
                attributes.push(("xsi:type".to_owned(), value));
            }
            (_, true) => (),
            ("xmlns", false) => (),
            (_, false) => attributes.push((name.to_owned(), value.into_owned())),
        }
    }
    Ok(Element { name: start.local_name().into_inner().to_owned(), attributes, ..Element::default() })
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// `text` as the content of an element or attribute.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// `<name>text</name>`.
pub(crate) fn tag(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(text))
}

/// A managed object reference.
pub(crate) fn reference(name: &str, kind: &str, id: &str) -> String {
    format!("<{name} type=\"{kind}\">{}</{name}>", escaped(id))
}
