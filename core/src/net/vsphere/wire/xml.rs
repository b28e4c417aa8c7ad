//! XML answers as a tree, within bounds.
//!
//! SOAP answers of the vSphere services are shallow and without document types. Anything else is an error: no entity is
//! ever resolved beyond the five of XML itself, and depth, attributes, elements and prefixes have limits. The cost is
//! linear in the document: at most 64 MB beside four times its length.

use hashbrown::HashMap;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{PrefixDeclaration, QName};

use crate::net::http::Stop;

/// The deepest nesting that is read.
const MAXIMUM_DEPTH: usize = 64;
/// The most attributes of one element.
const MAXIMUM_ATTRIBUTES: usize = 64;
/// The longest attribute value, in bytes.
const MAXIMUM_ATTRIBUTE: usize = 64 << 10;
/// The most elements of one document, without bytes in lists of bytes: a page has a hundred hosts with forty each, and
/// a server that knows no pages has 2,500 hosts.
const MAXIMUM_ELEMENTS: usize = 250_000;
/// The most attributes of one document: most elements have none, and references two.
const MAXIMUM_ATTRIBUTES_IN_ALL: usize = 250_000;
/// The most prefixes that are declared at one place. Services declare a dozen.
const MAXIMUM_DECLARED: usize = 256;
/// After so many events it is asked whether anybody still waits.
const EVENTS_AT_ONCE: usize = 1_024;

/// The namespace of SOAP 1.1, which every service of vSphere speaks.
const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// One element. Names are without their prefix: each service mixes prefixes of two namespaces as it likes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::net) struct Element {
    pub(in crate::net::vsphere) name: Box<str>,
    pub(in crate::net::vsphere) children: Vec<Self>,
    /// The text directly inside, entities resolved.
    pub(in crate::net::vsphere) text: String,
    /// What few elements have.
    more: Option<Box<More>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct More {
    /// Local name and value.
    attributes: Vec<(Box<str>, Box<str>)>,
    /// A list of bytes, which vim25 writes as one element each: `<byte>45</byte>`.
    bytes: Vec<u8>,
}

/// Why a document was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::net) struct XmlError {
    pub(in crate::net::vsphere) at: u64,
    /// In our words alone.
    pub(in crate::net::vsphere) reason: &'static str,
    /// The document's words, whole: who tells of them looks for secrets and shortens them.
    pub(in crate::net::vsphere) words: Option<String>,
}

impl XmlError {
    /// Whether the document is not at fault, and nobody waits for it.
    pub(in crate::net::vsphere) fn is_stopped(&self) -> bool {
        self.reason == STOPPED
    }
}

impl std::fmt::Display for XmlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at byte {}: {}", self.at, self.reason)?;
        self.words.as_ref().map_or(Ok(()), |words| write!(f, ": {words}"))
    }
}

/// The reason where the reading was stopped.
const STOPPED: &str = "its reading was stopped";

/// Reads a document: its root element.
pub(in crate::net) fn parse(document: &[u8], stop: &Stop) -> Result<Element, XmlError> {
    read(document, stop).map(|(root, _)| root)
}

/// Reads a document that is to be a SOAP envelope; another root is returned as it is.
pub(in crate::net::vsphere) fn envelope(document: &[u8], stop: &Stop) -> Result<Element, XmlError> {
    let (root, namespace) = read(document, stop)?;
    if &*root.name == "Envelope" && namespace != SOAP {
        let words = Some(format!("`{namespace}`"));
        return Err(XmlError { at: 0, reason: "its envelope is of another namespace", words });
    }
    Ok(root)
}

/// The root element and its namespace.
fn read(document: &[u8], stop: &Stop) -> Result<(Element, String), XmlError> {
    let fail = |at: u64, reason: &'static str| XmlError { at, reason, words: None };
    let text = std::str::from_utf8(document)
        .map_err(|error| fail(u64::try_from(error.valid_up_to()).unwrap_or(u64::MAX), "it is not UTF-8"))?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    reader.config_mut().expand_empty_elements = true;
    let mut tree = Growing::default();
    for events in 1_usize.. {
        let at = reader.buffer_position();
        if events.is_multiple_of(EVENTS_AT_ONCE) && stop.is_due() {
            return Err(fail(at, STOPPED));
        }
        let event = reader.read_event().map_err(|error| XmlError {
            at,
            reason: "it is not well formed",
            words: Some(error.to_string()),
        })?;
        if matches!(event, Event::Eof) {
            break;
        }
        tree.take(event).map_err(|(reason, words)| XmlError { at, reason, words })?;
    }
    let Growing { root, open, first, .. } = tree;
    root.filter(|_| open.is_empty())
        .map(|root| (root, first))
        .ok_or_else(|| fail(reader.buffer_position(), "it ends before its root element does"))
}

/// What is wrong in our words, and in the document's.
type Wrong = (&'static str, Option<String>);

/// The elements that were read so far.
#[derive(Default)]
struct Growing {
    root: Option<Element>,
    open: Vec<Element>,
    scopes: Scopes,
    elements: usize,
    attributes: usize,
    /// The namespace of the root element.
    first: String,
}

impl Growing {
    fn take(&mut self, event: Event<'_>) -> Result<(), Wrong> {
        match event {
            Event::Start(start) => self.start(&start)?,
            Event::End(_) => self.end()?,
            Event::Text(text) => match self.open.last_mut() {
                Some(top) => top.text.push_str(&text),
                None if text.trim().is_empty() => (),
                None => return Err(("text outside the root element", None)),
            },
            Event::CData(text) => match self.open.last_mut() {
                Some(top) => top.text.push_str(&text),
                None => return Err(("text outside the root element", None)),
            },
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character),
                    Ok(None) => predefined(&reference),
                    Err(_) => None,
                };
                match (self.open.last_mut(), resolved) {
                    (Some(top), Some(character)) => top.text.push(character),
                    _ => return Err(("an entity that XML itself does not define", None)),
                }
            }
            Event::DocType(_) => return Err(("a document type, which no answer has", None)),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Eof => (),
            Event::Empty(_) => return Err(("an element that was not expanded", None)),
        }
        Ok(())
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Wrong> {
        self.elements += 1;
        if self.root.is_some() || self.open.len() >= MAXIMUM_DEPTH || self.elements > MAXIMUM_ELEMENTS {
            return Err(("it has more elements, or deeper ones, than any answer", None));
        }
        let (mut attributes, mut prefixes) = (Vec::new(), Vec::new());
        self.scopes.open();
        let own = prefix(start.name());
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| ("a malformed attribute", Some(error.to_string())))?;
            self.attributes += 1;
            let many = attributes.len() >= MAXIMUM_ATTRIBUTES || self.attributes > MAXIMUM_ATTRIBUTES_IN_ALL;
            if many || attribute.value.len() > MAXIMUM_ATTRIBUTE {
                return Err(("more, or longer, attributes than any answer has", None));
            }
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::default())
                .map_err(|error| ("a malformed attribute", Some(error.to_string())))?;
            if let Some(declared) = declared(attribute.key) {
                self.scopes.declare(declared)?;
                // Of the root itself: nothing is declared around it.
                if self.open.is_empty() && declared == own {
                    self.first = value.as_ref().to_owned();
                }
            }
            prefixes.push(prefix(attribute.key));
            attributes.push((attribute.key.local_name().into_inner().into(), value.as_ref().into()));
        }
        for prefix in prefixes.into_iter().chain([own]) {
            self.scopes.known(prefix)?;
        }
        let more = (!attributes.is_empty()).then(|| Box::new(More { attributes, bytes: Vec::new() }));
        self.open.push(Element { name: start.local_name().into_inner().into(), more, ..Element::default() });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Wrong> {
        // The reader has matched the tags already.
        let Some(mut closed) = self.open.pop() else { return Err(("an end without a start", None)) };
        self.scopes.close();
        match (self.open.last_mut(), closed.byte()) {
            (Some(parent), Some(byte)) => {
                parent.more.get_or_insert_default().bytes.push(byte);
                self.elements -= 1;
            }
            (Some(parent), None) => {
                // Half of the elements of a document may have one child, and room for four.
                closed.children.shrink_to_fit();
                parent.children.push(closed);
            }
            (None, _) => self.root = Some(closed),
        }
        Ok(())
    }
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

/// The prefix that an attribute declares; the default has none.
fn declared(key: QName<'_>) -> Option<&str> {
    match key.as_namespace_binding() {
        Some(PrefixDeclaration::Named(prefix)) => Some(prefix),
        Some(PrefixDeclaration::Default) => Some(""),
        None => None,
    }
}

fn prefix(name: QName<'_>) -> &str {
    name.prefix().map_or("", |prefix| prefix.into_inner())
}

/// The prefixes that are declared. Names are compared without theirs, but one that stands for nothing is no XML of
/// these services (Namespaces in XML 1.0 section 5).
#[derive(Default)]
struct Scopes {
    /// How often each is declared here and around.
    declared: HashMap<Box<str>, usize>,
    /// In their order, with the depth of each: what an element declared ends with it.
    order: Vec<(usize, Box<str>)>,
    depth: usize,
}

impl Scopes {
    fn open(&mut self) {
        self.depth += 1;
    }

    fn close(&mut self) {
        while let Some((_, prefix)) = self.order.pop_if(|(depth, _)| *depth == self.depth) {
            if let Some(count) = self.declared.get_mut(&prefix) {
                *count -= 1;
                if *count == 0 {
                    self.declared.remove(&prefix);
                }
            }
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn declare(&mut self, prefix: &str) -> Result<(), Wrong> {
        if self.order.len() >= MAXIMUM_DECLARED {
            return Err(("more prefixes than any answer declares", None));
        }
        *self.declared.entry_ref(prefix).or_default() += 1;
        self.order.push((self.depth, prefix.into()));
        Ok(())
    }

    /// An error for a prefix that stands for nothing; a name without one needs no default.
    fn known(&self, prefix: &str) -> Result<(), Wrong> {
        if matches!(prefix, "" | "xml" | "xmlns") || self.declared.contains_key(prefix) {
            return Ok(());
        }
        Err(("a prefix stands for no namespace", Some(format!("`{prefix}`"))))
    }
}

impl Element {
    /// The first child of this name.
    pub(in crate::net::vsphere) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| &*child.name == name)
    }

    /// Every child of this name.
    pub(in crate::net::vsphere) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| &*child.name == name)
    }

    /// The text of the first child of this name.
    pub(in crate::net::vsphere) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }

    /// Its attributes: local names and values.
    pub(in crate::net::vsphere) fn attributes(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        let all = self.more.iter().flat_map(|more| &more.attributes);
        all.map(|(name, value)| (&**name, &**value))
    }

    /// The value of an attribute, by local name.
    pub(in crate::net::vsphere) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The list of bytes that it is, where it is one.
    pub(in crate::net::vsphere) fn bytes(&self) -> Option<&[u8]> {
        self.more.as_ref().map(|more| &*more.bytes).filter(|bytes| !bytes.is_empty())
    }

    /// What `<byte>-45</byte>` stands for: vim25 has signed ones.
    fn byte(&self) -> Option<u8> {
        let plain = &*self.name == "byte" && self.children.is_empty() && self.more.is_none();
        let number = self.text.trim().parse::<i16>().ok().filter(|_| plain)?;
        (-128..=255).contains(&number).then(|| number.to_le_bytes()[0])
    }

    /// The local part of `xsi:type`: services choose the prefix themselves. A managed object reference has two
    /// attributes of this name, and the one with a prefix comes first or last.
    pub(in crate::net::vsphere) fn xsi_type(&self) -> Option<&str> {
        self.attribute("type").map(|value| value.rsplit(':').next().unwrap_or(value))
    }
}

/// Text as the content of an element.
pub(in crate::net::vsphere) fn escaped(text: &str) -> std::borrow::Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// An element with this text.
pub(in crate::net::vsphere) fn tag(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(text))
}

#[cfg(test)]
mod tests;
