//! Changes that fit any element: tags, lengths, contents and the row it stands in.
#![allow(clippy::ptr_arg, reason = "all operations have one type, and some change how long the row is")]

use fastrand::Rng;

use super::operation::{Operation, any, held};
use super::tree::{Content, Length, Node};

/// The operations of this file.
pub const FORMS: &[Operation] = &[
    Operation { name: "other class", fits: any, apply: other_class },
    Operation { name: "other number", fits: any, apply: other_number },
    Operation { name: "constructed bit", fits: any, apply: |row, at, _, _| flip_first(row, at, 0x20) },
    Operation { name: "segments", fits: holds_octets, apply: segments },
    Operation { name: "long tag", fits: short_tag, apply: long_tag },
    Operation { name: "long length", fits: any, apply: long_length },
    Operation { name: "open length", fits: any, apply: |row, at, _, _| row[at].length = Length::Indefinite },
    Operation { name: "cut", fits: not_empty, apply: cut },
    Operation { name: "extend", fits: any, apply: extend },
    Operation { name: "left over: an element", fits: holds_nodes, apply: left_over },
    Operation { name: "left over: octets", fits: holds_nodes, apply: extend },
    Operation { name: "twice", fits: held, apply: |row, at, _, _| row.insert(at, row[at].clone()) },
    Operation { name: "twice, apart", fits: held, apply: |row, at, _, _| row.push(row[at].clone()) },
    Operation { name: "swapped", fits: has_next, apply: |row, at, _, _| row.swap(at, at + 1) },
    Operation { name: "removed", fits: held, apply: |row, at, _, _| drop(row.remove(at)) },
    Operation { name: "inserted", fits: held, apply: inserted },
    Operation { name: "emptied", fits: not_empty, apply: emptied },
    Operation { name: "flipped bit", fits: holds_octets, apply: flipped_bit },
    Operation { name: "from elsewhere", fits: held, apply: |row, at, donor, _| row[at] = donor.clone() },
    Operation { name: "wrapped", fits: held, apply: wrapped },
    Operation { name: "unwrapped", fits: holds_nodes, apply: unwrapped },
    Operation { name: "element of nothing", fits: holds_nodes, apply: element_of_nothing },
];

fn holds_octets(row: &[Node], at: usize, _: usize) -> bool {
    row[at].octets().is_some_and(|octets| !octets.is_empty())
}

fn holds_nodes(row: &[Node], at: usize, _: usize) -> bool {
    row[at].octets().is_none()
}

fn short_tag(row: &[Node], at: usize, _: usize) -> bool {
    row[at].tag.len() == 1
}

fn not_empty(row: &[Node], at: usize, _: usize) -> bool {
    row[at].octets().map_or(!row[at].nodes().is_empty(), |octets| !octets.is_empty())
}

fn has_next(row: &[Node], at: usize, depth: usize) -> bool {
    depth > 0 && row.get(at + 1).is_some_and(|next| *next != row[at])
}

fn flip_first(row: &mut [Node], at: usize, bits: u8) {
    if let Some(first) = row[at].tag.first_mut() {
        *first ^= bits;
    }
}

fn other_class(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let bits = rng.choice([0x40, 0x80, 0xc0]).unwrap_or(0x40);
    flip_first(row, at, bits);
}

fn other_number(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let near = [1, 2, 3, 4, 8, 0x1f];
    let bits = if rng.bool() { rng.choice(near).unwrap_or(1) } else { rng.u8(1..0x1f) };
    flip_first(row, at, bits & 0x1f);
    // A long form needs its number.
    if row[at].first() & 0x1f == 0x1f && row[at].tag.len() == 1 {
        row[at].tag.push(rng.u8(0..0x80));
    }
}

/// The constructed form of BER: the octets in one or two elements of the same tag.
fn segments(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let tag = row[at].first();
    let Some(octets) = row[at].octets().cloned() else { return };
    let (one, other) = octets.split_at(rng.usize(0..=octets.len()));
    let inner = if rng.bool() { tag } else { 0x04 };
    let parts = [one, other].into_iter().filter(|part| !part.is_empty());
    row[at] = Node::of(tag | 0x20, parts.map(|part| Node::bytes(inner, part)).collect());
}

fn long_tag(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let first = row[at].first();
    let number = first & 0x1f;
    row[at].tag = if rng.bool() { vec![first | 0x1f, number] } else { vec![first | 0x1f, 0x80, number] };
}

fn long_length(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let minimal = Node { length: Length::Minimal, ..row[at].clone() }.encode().len();
    let least = [1, 2, 3, 4, 5, 8, 9]
        .into_iter()
        .filter(|octets| Node { length: Length::Long(*octets), ..row[at].clone() }.encode().len() > minimal);
    let octets = rng.choice(least.collect::<Vec<_>>()).unwrap_or(9);
    row[at].length = Length::Long(octets);
}

fn cut(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    match &mut row[at].content {
        Content::Bytes(octets) => octets.truncate(rng.usize(0..octets.len())),
        Content::Nodes { nodes, .. } => nodes.truncate(rng.usize(0..nodes.len())),
    }
}

fn extend(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let octets = match rng.u8(0..4) {
        0 => vec![0],
        1 => vec![0, 0],
        2 => vec![0xff],
        _ => vec![rng.u8(..), rng.u8(..)],
    };
    match &mut row[at].content {
        Content::Bytes(content) => content.extend(octets),
        Content::Nodes { after, .. } => after.extend(octets),
    }
}

fn left_over(row: &mut Vec<Node>, at: usize, donor: &Node, rng: &mut Rng) {
    let element = stray(donor, rng);
    if let Some(nodes) = row[at].nodes_mut() {
        nodes.push(element);
    }
}

fn inserted(row: &mut Vec<Node>, at: usize, donor: &Node, rng: &mut Rng) {
    row.insert(at, stray(donor, rng));
}

/// An element that does not belong.
fn stray(donor: &Node, rng: &mut Rng) -> Node {
    match rng.u8(0..8) {
        0 => Node::bytes(0x05, &[]),
        1 => Node::bytes(0x02, &[rng.u8(0..0x80)]),
        2 => Node::bytes(0x01, &[rng.choice([0, 0xff]).unwrap_or(0)]),
        3 => Node::bytes(0x04, &[0]),
        4 => Node::of(0x30, Vec::new()),
        5 => Node::of(0x31, Vec::new()),
        6 => Node::bytes(0x80 | rng.u8(0..9), &[rng.u8(..)]),
        _ => donor.clone(),
    }
}

fn emptied(row: &mut Vec<Node>, at: usize, _: &Node, _: &mut Rng) {
    match &mut row[at].content {
        Content::Bytes(octets) => octets.clear(),
        Content::Nodes { before, nodes, .. } => {
            before.clear();
            nodes.clear();
        }
    }
}

fn flipped_bit(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    if let Content::Bytes(octets) = &mut row[at].content {
        let place = rng.usize(0..octets.len());
        octets[place] ^= 1 << rng.u8(0..8);
    }
}

fn wrapped(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let context = 0xa0 | rng.u8(0..5);
    let tag = rng.choice([0x30, 0x31, 0x04, 0x24, context]).unwrap_or(0x30);
    row[at] = Node::of(tag, vec![row[at].clone()]);
}

fn unwrapped(row: &mut Vec<Node>, at: usize, _: &Node, _: &mut Rng) {
    let held = row[at].nodes().first().cloned();
    if let Some(node) = held {
        row[at] = node;
    }
}

/// The first of what hides the rest from a reader that stops at an empty element.
fn element_of_nothing(row: &mut Vec<Node>, at: usize, _: &Node, rng: &mut Rng) {
    let Some(nodes) = row[at].nodes_mut() else { return };
    let like = nodes.first().map_or(0x30, Node::first);
    let place = rng.usize(0..=nodes.len());
    nodes.insert(place, Node::bytes(like, &[]));
}
