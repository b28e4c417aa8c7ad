//! DER as a tree that can be bent out of shape and written again.

/// One element: what is written need not be DER.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The identifier octets.
    pub tag: Vec<u8>,
    /// How the length is written.
    pub length: Length,
    /// What the element holds.
    pub content: Content,
}

/// How a length is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// In as few octets as can be.
    Minimal,
    /// In the long form, in so many octets at least.
    Long(usize),
    /// Open, with two zero octets at the end.
    Indefinite,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Octets.
    Bytes(Vec<u8>),
    /// Elements: those of a constructed element, or those a string wraps after the octets `before`.
    Nodes {
        /// The count of unused bits in a wrapping BIT STRING, else nothing.
        before: Vec<u8>,
        /// The elements.
        nodes: Vec<Node>,
        /// Octets after the last element.
        after: Vec<u8>,
    },
}

impl Node {
    /// An element of octets.
    pub fn bytes(tag: u8, content: &[u8]) -> Self {
        Self { tag: vec![tag], length: Length::Minimal, content: Content::Bytes(content.to_vec()) }
    }

    /// A constructed element.
    pub fn of(tag: u8, nodes: Vec<Self>) -> Self {
        let content = Content::Nodes { before: Vec::new(), nodes, after: Vec::new() };
        Self { tag: vec![tag], length: Length::Minimal, content }
    }

    /// The one element that `der` is, with the elements in its strings; nothing when it is no DER with short tags.
    pub fn parse(der: &[u8]) -> Option<Self> {
        let (node, rest) = parse_first(der)?;
        rest.is_empty().then_some(node)
    }

    /// The octets.
    pub fn encode(&self) -> Vec<u8> {
        let inner = self.inner();
        let mut out = self.tag.clone();
        match self.length {
            Length::Minimal => out.extend(length(inner.len(), 0)),
            Length::Long(octets) => out.extend(length(inner.len(), octets.max(1))),
            Length::Indefinite => out.push(0x80),
        }
        out.extend(inner);
        if self.length == Length::Indefinite {
            out.extend([0, 0]);
        }
        out
    }

    /// The octets between length and end.
    pub fn inner(&self) -> Vec<u8> {
        match &self.content {
            Content::Bytes(bytes) => bytes.clone(),
            Content::Nodes { before, nodes, after } => {
                let nodes: Vec<u8> = nodes.iter().flat_map(Self::encode).collect();
                [before.as_slice(), &nodes, after].concat()
            }
        }
    }

    /// The first identifier octet.
    pub fn first(&self) -> u8 {
        self.tag.first().copied().unwrap_or_default()
    }

    /// The octets of an element that holds no elements.
    pub fn octets(&self) -> Option<&Vec<u8>> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Nodes { .. } => None,
        }
    }

    /// The elements it holds; none when it holds octets.
    pub fn nodes(&self) -> &[Self] {
        match &self.content {
            Content::Bytes(_) => &[],
            Content::Nodes { nodes, .. } => nodes,
        }
    }

    /// The list of elements it holds, to change.
    pub fn nodes_mut(&mut self) -> Option<&mut Vec<Self>> {
        match &mut self.content {
            Content::Bytes(_) => None,
            Content::Nodes { nodes, .. } => Some(nodes),
        }
    }

    /// The element at `path`, each step a position among the elements held.
    pub fn at(&self, path: &[usize]) -> Option<&Self> {
        path.iter().try_fold(self, |node, step| node.nodes().get(*step))
    }

    /// The paths of all elements below this one and, first, of itself.
    pub fn paths(&self) -> Vec<Vec<usize>> {
        let mut paths = vec![Vec::new()];
        for (step, node) in self.nodes().iter().enumerate() {
            paths.extend(node.paths().into_iter().map(|path| [&[step], path.as_slice()].concat()));
        }
        paths
    }
}

/// The elements that `der` is a row of.
fn parse_row(mut der: &[u8]) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    while !der.is_empty() {
        let (node, rest) = parse_first(der)?;
        nodes.push(node);
        der = rest;
    }
    Some(nodes)
}

fn parse_first(der: &[u8]) -> Option<(Node, &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (size, rest) = match first {
        0x00..=0x7f => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (octets.iter().fold(0, |size, octet| size << 8 | usize::from(*octet)), rest)
        }
        _ => return None,
    };
    if tag & 0x1f == 0x1f {
        return None;
    }
    let (inner, rest) = rest.split_at_checked(size)?;
    let content = content(*tag, inner)?;
    Some((Node { tag: vec![*tag], length: Length::Minimal, content }, rest))
}

fn content(tag: u8, inner: &[u8]) -> Option<Content> {
    let holding = |before: &[u8], nodes| Content::Nodes { before: before.to_vec(), nodes, after: Vec::new() };
    if tag & 0x20 != 0 {
        return Some(holding(&[], parse_row(inner)?));
    }
    // A string may wrap one element: an extension's value, an RSA key, an ECDSA signature.
    let (before, wrapped) = match (tag, inner) {
        (0x04, inner) => (&[][..], inner),
        (0x03, [0, wrapped @ ..]) => (&[0][..], wrapped),
        _ => return Some(Content::Bytes(inner.to_vec())),
    };
    Some(match Node::parse(wrapped) {
        Some(node) if node.first() != 0 => holding(before, vec![node]),
        _ => Content::Bytes(inner.to_vec()),
    })
}

/// The length octets of `size`: minimal, or the long form in at least `octets` octets where that is not 0.
fn length(size: usize, octets: usize) -> Vec<u8> {
    let bytes = size.to_be_bytes();
    let needed = bytes.iter().position(|byte| *byte != 0).map_or(1, |zeros| bytes.len() - zeros);
    if octets == 0 && size < 0x80 {
        return vec![u8::try_from(size).expect("below 0x80")];
    }
    let count = needed.max(octets).clamp(1, 16);
    let mut out = vec![0x80 | u8::try_from(count).expect("at most 16")];
    out.extend(std::iter::repeat_n(0, count.saturating_sub(bytes.len())));
    out.extend(&bytes[bytes.len().saturating_sub(count)..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_written_the_same() {
        let long = Node::of(0x30, vec![Node::bytes(4, &[7; 300]), Node::bytes(3, &[0, 0x30, 2, 5, 0])]);
        let der = long.encode();
        let read = Node::parse(&der).expect("DER");
        assert_eq!(read.encode(), der);
        assert_eq!(read.paths(), [vec![], vec![0], vec![1], vec![1, 0], vec![1, 0, 0]]);
        assert_eq!(read.at(&[1, 0, 0]), Some(&Node::bytes(5, &[])));
    }

    #[test]
    fn what_is_left_over_is_not_read() {
        assert_eq!(Node::parse(&[0x30, 0, 0]), None);
        assert_eq!(Node::parse(&[0x30, 3, 5, 1]), None);
    }

    #[test]
    fn lengths_are_written_as_asked() {
        let mut node = Node::bytes(4, &[9]);
        node.length = Length::Long(1);
        assert_eq!(node.encode(), [4, 0x81, 1, 9]);
        node.length = Length::Long(10);
        assert_eq!(node.encode(), [&[4, 0x8a][..], &[0; 9], &[1, 9]].concat());
        node.length = Length::Indefinite;
        assert_eq!(node.encode(), [4, 0x80, 9, 0, 0]);
    }
}
