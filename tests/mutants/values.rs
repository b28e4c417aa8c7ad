//! Changes to what an element says: numbers, flags, identifiers, times, strings, extensions.
#![allow(clippy::ptr_arg, reason = "all operations have one type, and some change how long the row is")]

use fastrand::Rng;

use super::operation::Operation;
use super::tree::{Content, Node};

/// The operations of this file.
pub const VALUES: &[Operation] = &[
    Operation { name: "other boolean", fits: is_boolean, apply: boolean },
    Operation { name: "padded integer", fits: is_integer, apply: padded_integer },
    Operation { name: "other integer", fits: is_integer, apply: other_integer },
    Operation { name: "padded identifier", fits: is_identifier, apply: padded_identifier },
    Operation { name: "other identifier", fits: is_identifier, apply: other_identifier },
    Operation { name: "form of time", fits: is_time, apply: form_of_time },
    Operation { name: "other time", fits: is_time, apply: other_time },
    Operation { name: "type of string", fits: is_text, apply: type_of_string },
    Operation { name: "odd character", fits: is_any_text, apply: odd_character },
    Operation { name: "unused bits", fits: is_bits, apply: unused_bits },
    Operation { name: "padded bits", fits: is_bits, apply: padded_bits },
    Operation { name: "default encoded", fits: is_sequence, apply: default_encoded },
    Operation { name: "criticality", fits: is_extension, apply: criticality },
    Operation { name: "other extension", fits: is_extension, apply: other_extension },
    Operation { name: "unknown extension", fits: is_extension, apply: unknown_extension },
    Operation { name: "again, padded", fits: is_extension, apply: again_padded },
    Operation { name: "without identifier", fits: is_extension, apply: without_identifier },
];

/// DER contents of extensions that are known: `2.5.29.x` by their last arc.
const KNOWN_ARCS: [u8; 20] = [9, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 27, 28, 29, 30, 31, 32, 33, 35, 37];

fn holds(row: &[Node], at: usize, tags: &[u8]) -> bool {
    row[at].tag.len() == 1 && tags.contains(&row[at].first())
}

fn is_boolean(row: &[Node], at: usize, _: usize) -> bool {
    // Flags of issuing distribution points are [1] to [5].
    holds(row, at, &[0x01]) || (holds(row, at, &[0x81, 0x82, 0x83, 0x84, 0x85]) && one_octet(&row[at]))
}

fn one_octet(node: &Node) -> bool {
    node.octets().is_some_and(|octets| octets.len() == 1)
}

fn is_integer(row: &[Node], at: usize, _: usize) -> bool {
    holds(row, at, &[0x02, 0x0a, 0x80, 0x81, 0x82]) && row[at].octets().is_some()
}

fn is_identifier(row: &[Node], at: usize, _: usize) -> bool {
    holds(row, at, &[0x06]) && row[at].octets().is_some_and(|octets| !octets.is_empty())
}

fn is_time(row: &[Node], at: usize, _: usize) -> bool {
    holds(row, at, &[0x17, 0x18]) && row[at].octets().is_some_and(|octets| octets.len() >= 13)
}

fn is_text(row: &[Node], at: usize, _: usize) -> bool {
    holds(row, at, &[0x0c, 0x12, 0x13, 0x14, 0x16, 0x1c, 0x1e]) && row[at].octets().is_some()
}

/// Also the texts of general names: mail, DNS name, URI.
fn is_any_text(row: &[Node], at: usize, depth: usize) -> bool {
    is_text(row, at, depth)
        || (holds(row, at, &[0x81, 0x82, 0x86]) && row[at].octets().is_some_and(|text| text.len() > 2))
}

fn is_bits(row: &[Node], at: usize, _: usize) -> bool {
    holds(row, at, &[0x03]) && !row[at].inner().is_empty()
}

fn is_sequence(row: &[Node], at: usize, _: usize) -> bool {
    holds(row, at, &[0x30])
}

fn is_extension(row: &[Node], at: usize, depth: usize) -> bool {
    let shape: Vec<u8> = row[at].nodes().iter().map(Node::first).collect();
    is_sequence(row, at, depth) && matches!(shape.as_slice(), [0x06, 0x01, 0x04] | [0x06, 0x04])
}

fn octets_mut(node: &mut Node) -> Option<&mut Vec<u8>> {
    match &mut node.content {
        Content::Bytes(octets) => Some(octets),
        Content::Nodes { .. } => None,
    }
}

fn set(node: &mut Node, octets: &[u8]) {
    node.content = Content::Bytes(octets.to_vec());
}

fn pick<T: Copy>(rng: &mut Rng, from: &[T]) -> Option<T> {
    rng.choice(from.iter().copied())
}

fn boolean(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let now = row[at].inner();
    let others: [&[u8]; 7] = [&[0xff], &[0], &[1], &[0x80], &[0xff, 0xff], &[0, 0xff], &[]];
    let others: Vec<&[u8]> = others.into_iter().filter(|other| *other != now).collect();
    let other = pick(rng, &others).unwrap_or(&[]);
    set(&mut row[at], other);
}

fn padded_integer(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let count = rng.usize(1..=3);
    if let Some(octets) = octets_mut(&mut row[at]) {
        let sign = if octets.first().is_some_and(|first| *first >= 0x80) { 0xff } else { 0 };
        octets.splice(0..0, std::iter::repeat_n(sign, count));
    }
}

fn other_integer(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let now = row[at].inner();
    let mut negative = now.clone();
    negative.iter_mut().take(1).for_each(|first| *first |= 0x80);
    let mut next = now.clone();
    next.iter_mut().last().into_iter().for_each(|last| *last = last.wrapping_add(1));
    let many = vec![0x55; 21];
    let others = [vec![], vec![0], vec![1], vec![2], vec![3], vec![0x7f], vec![0xff], vec![1, 0], vec![1, 0, 0, 0, 0]];
    let wide = [vec![1, 0, 0, 0, 0, 0, 0, 0, 0], vec![0x80], negative, next, many];
    let others: Vec<Vec<u8>> = others.into_iter().chain(wide).filter(|other| *other != now).collect();
    let other = rng.choice(others).unwrap_or_default();
    set(&mut row[at], &other);
}

fn padded_identifier(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    if let Some(octets) = octets_mut(&mut row[at]) {
        let starts: Vec<usize> = (0..octets.len()).filter(|place| *place == 0 || octets[place - 1] < 0x80).collect();
        let place = pick(rng, &starts).unwrap_or(0);
        octets.insert(place, 0x80);
    }
}

fn other_identifier(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let Some(octets) = octets_mut(&mut row[at]) else { return };
    match rng.u8(0..5) {
        0 => octets.push(0x80),
        1 => octets.iter_mut().last().into_iter().for_each(|last| *last |= 0x80),
        2 => octets.iter_mut().last().into_iter().for_each(|last| *last = last.wrapping_add(1) & 0x7f),
        // An arc of more than 64 bits that ends in the same number.
        3 => {
            let place = octets.len() - 1;
            octets.splice(place..place, [0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80]);
        }
        _ => octets.push(rng.u8(0..0x80)),
    }
}

fn form_of_time(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let text = String::from_utf8_lossy(&row[at].inner()).into_owned();
    let body = text.trim_end_matches('Z').to_owned();
    let short = body.get(..body.len().saturating_sub(2)).unwrap_or_default().to_owned();
    let general = row[at].first() == 0x18;
    let (other, other_tag) = match general {
        true => (text.get(2..).unwrap_or_default().to_owned(), 0x17),
        false => (format!("20{text}"), 0x18),
    };
    let last = format!("{}60Z", short);
    let forms = [
        (format!("{short}Z"), None),
        (format!("{body}.0Z"), None),
        (format!("{body}.5Z"), None),
        (format!("{body},5Z"), None),
        (format!("{body}+0000"), None),
        (format!("{body}-0100"), None),
        (format!("{body}+0100"), None),
        (format!("{body}z"), None),
        (body.clone(), None),
        (format!("{text} "), None),
        (format!("{text}\0"), None),
        (format!(" {}", text.get(1..).unwrap_or_default()), None),
        (last, None),
        (other, Some(other_tag)),
        (text.clone(), Some(other_tag)),
    ];
    let (form, tag) = rng.choice(forms).unwrap_or_default();
    set(&mut row[at], form.as_bytes());
    if let Some(tag) = tag {
        row[at].tag = vec![tag];
    }
}

fn other_time(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let start = if row[at].first() == 0x18 { 2 } else { 0 };
    let Some(octets) = octets_mut(&mut row[at]) else { return };
    // Year, month, day, hour, minute, second of the two-digit form.
    let pairs = [b"49", b"50", b"26", b"00", b"13", b"31", b"32", b"24", b"60", b"99", b"-1", b" 1", b"+1"];
    let place = start + 2 * rng.usize(0..6);
    if let (Some(pair), Some(digits)) = (pick(rng, &pairs), octets.get_mut(place..place + 2)) {
        digits.copy_from_slice(pair);
    }
}

fn type_of_string(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let octets = row[at].inner();
    let text = String::from_utf8_lossy(&octets).into_owned();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let wider: Vec<u8> = text.chars().flat_map(|letter| u32::from(letter).to_be_bytes()).collect();
    let types =
        [0x0c, 0x12, 0x13, 0x14, 0x15, 0x16, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x04, 0x03, 0x02, 0x01, 0x05, 0x06];
    let types: Vec<u8> = types.into_iter().filter(|tag| *tag != row[at].first()).collect();
    let tag = pick(rng, &types).unwrap_or(0x0c);
    let content = match tag {
        0x1e if rng.u8(0..4) > 0 => wide,
        0x1c if rng.u8(0..4) > 0 => wider,
        _ => octets,
    };
    row[at] = Node::bytes(tag, &content);
}

fn odd_character(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let odd: [&[u8]; 18] = [
        b"\0",
        b"\x01",
        b"\t",
        b"\x0b",
        b" ",
        b"  ",
        b"\x7f",
        b"@",
        b"*",
        b".",
        b"%",
        b"\xff",
        b"\xc3",
        b"\xc0\xae",
        b"\xc2\xad",
        b"\xe2\x80\x8b",
        b"\xef\xbc\xa1",
        b"\xf4\x90\x80\x80",
    ];
    let odd = pick(rng, &odd).unwrap_or(b"\0");
    let Some(octets) = octets_mut(&mut row[at]) else { return };
    match rng.u8(0..6) {
        0 => octets.splice(0..0, odd.iter().copied()).for_each(drop),
        1 => octets.extend(odd),
        2 => octets.make_ascii_uppercase(),
        3 if !octets.is_empty() => {
            let place = rng.usize(0..octets.len());
            octets.splice(place..=place, odd.iter().copied()).for_each(drop);
        }
        _ => {
            let place = rng.usize(0..=octets.len());
            octets.splice(place..place, odd.iter().copied()).for_each(drop);
        }
    }
}

fn unused_bits(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let mut octets = row[at].inner();
    if let Some(first) = octets.first_mut() {
        let counts: Vec<u8> =
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x80, 0xff].into_iter().filter(|count| count != first).collect();
        *first = pick(rng, &counts).unwrap_or(8);
    }
    set(&mut row[at], &octets);
}

/// More octets of zero bits, or ones where bits are unused.
fn padded_bits(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let mut octets = row[at].inner();
    let ones = rng.bool() && octets.first().is_some_and(|unused| (1..8).contains(unused)) && octets.len() > 1;
    match octets.last_mut() {
        Some(last) if ones => *last |= 1,
        _ => octets.extend(std::iter::repeat_n(0, rng.usize(1..=4))),
    }
    set(&mut row[at], &octets);
}

/// FALSE or zero where a default may stand, which DER leaves out.
fn default_encoded(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let defaults = [
        Node::bytes(0x01, &[0]),
        Node::bytes(0x02, &[0]),
        Node::bytes(0x80, &[0]),
        Node::of(0xa0, vec![Node::bytes(0x02, &[0])]),
        Node::bytes(0x81, &[0]),
    ];
    let default = rng.choice(defaults).unwrap_or_else(|| Node::bytes(0x01, &[0]));
    if let Some(nodes) = row[at].nodes_mut() {
        nodes.insert(rng.usize(0..=nodes.len().min(1)), default);
    }
}

fn criticality(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let Some(nodes) = row[at].nodes_mut() else { return };
    if nodes.len() == 3 {
        nodes.remove(1);
    } else {
        let value = pick(rng, &[0xff, 0xff, 0, 1]).unwrap_or(0xff);
        nodes.insert(1, Node::bytes(0x01, &[value]));
    }
}

fn other_extension(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let arc = pick(rng, &KNOWN_ARCS).unwrap_or(19);
    if let Some(identifier) = row[at].nodes_mut().and_then(|nodes| nodes.first_mut()) {
        set(identifier, &[85, 29, arc]);
    }
}

/// A second extension beside it: unknown, or known with a value of another kind.
fn unknown_extension(row: &mut Vec<Node>, at: usize, donor: &Node, rng: &mut Rng) {
    let identifier: &[u8] = match rng.u8(0..4) {
        0 => &[43, 6, 1, 4, 1, 0x81, 0xfd, 0x59, 1],
        1 => &[85, 29, 99],
        2 => &[43, 6, 1, 5, 5, 7, 1, 30],
        _ => &[85, 29, pick(rng, &KNOWN_ARCS).unwrap_or(30)],
    };
    let mut nodes = vec![Node::bytes(0x06, identifier)];
    if rng.bool() {
        nodes.push(Node::bytes(0x01, &[0xff]));
    }
    let value = if rng.bool() { vec![0x30, 0] } else { donor.encode() };
    nodes.push(Node::bytes(0x04, &value));
    row.insert(at, Node::of(0x30, nodes));
}

/// A second one whose identifier is padded and whose value is another's.
fn again_padded(row: &mut Vec<Node>, at: usize, donor: &Node, rng: &mut Rng) {
    let mut again = row[at].clone();
    if let Some(nodes) = again.nodes_mut() {
        padded_identifier(nodes, 0, donor, rng);
        if rng.bool() {
            let value = if rng.bool() { vec![0x30, 0] } else { donor.encode() };
            nodes.iter_mut().last().into_iter().for_each(|last| *last = Node::bytes(0x04, &value));
        }
    }
    row.insert(at + rng.usize(0..=1), again);
}

fn without_identifier(row: &mut Vec<Node>, at: usize, _: &Node, _: &mut Rng) {
    if let Some(nodes) = row[at].nodes_mut() {
        nodes.remove(0);
    }
}
