//! Answers of servers and exports that are small values without end, or names that are looked up for ever.

use vitrust::Estate;
use vitrust::net::fuzzing::{is_xml, session};

use super::{Expected, Input, Outcome, Row};

/// Who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The reader of SOAP answers, which are 64 MiB at most.
    Xml,
    /// The client of the REST API: the list of trusted roots, 16 MiB at most.
    Rest,
    /// The reader of estates.
    Estate,
}

impl Kind {
    /// What comes of it. No case is a sound answer.
    pub(super) fn run(self, body: &[u8]) -> Outcome {
        let none = Outcome::Read { certificates: 0, unreadable: 0 };
        match self {
            Self::Xml => is_xml(body).map_or_else(Outcome::Unreadable, |()| none),
            Self::Rest => match session("trusted-root-chains", 200, body, false).split_once("Err(Response") {
                Some((_, error)) => Outcome::Unreadable(error.chars().take(200).collect()),
                None => none,
            },
            Self::Estate => {
                Estate::from_json(body).map_or_else(|error| Outcome::Unreadable(error.to_string()), |_| none)
            }
        }
    }
}

pub(super) const CASES: &[Row] = &[
    ("xml: 256 prefixes declared, and each looked up", Expected::Unreadable, |size| {
        xml(&prefixes(4), &using(60), size)
    }),
    ("xml: prefixes declared at every depth", Expected::Unreadable, |size| xml(&prefixes(60), &using(60), size)),
    ("xml: prefixes declared anew by every element", Expected::Unreadable, |size| {
        xml("<a>", &format!("{}</a>", declaring(0)), size)
    }),
    ("xml: attributes", Expected::Unreadable, |size| xml("<a>", &format!("<a {}/>", attributes(64)), size)),
    ("xml: one attribute each", Expected::Unreadable, |size| xml("<a>", "<b c=\"\"/>", size)),
    ("xml: empty elements", Expected::Unreadable, |size| xml("<a>", "<b/>", size)),
    ("xml: elements of one child", Expected::Unreadable, |size| xml("<a>", "<b><c/></b>", size)),
    ("xml: elements as deep as may be", Expected::Unreadable, |size| {
        xml("<a>", &("<b>".repeat(62) + &"</b>".repeat(62)), size)
    }),
    ("xml: bytes of a list", Expected::Unreadable, |size| xml("<a>", "<byte>-1</byte>", size)),
    ("xml: lists of one byte", Expected::Unreadable, |size| xml("<a>", "<b><byte>1</byte></b>", size)),
    ("xml: comments", Expected::Unreadable, |size| xml("<a>", "<!---->", size)),
    ("rest: objects with an empty name", Expected::Unreadable, |size| rest("{\"\":0},", size)),
    ("rest: empty objects", Expected::Unreadable, |size| rest("{},", size)),
    ("rest: lists in lists", Expected::Unreadable, |size| rest("[[[[]]]],", size)),
    ("rest: nothing, again and again", Expected::Unreadable, |size| rest("null,", size)),
    ("rest: numbers", Expected::Unreadable, |size| rest("0,", size)),
    ("json: objects with an empty name", Expected::Unreadable, |size| text("{\"\":0},", size)),
    ("json: empty texts", Expected::Unreadable, |size| text("\"\",", size)),
    ("json: empty objects", Expected::Unreadable, |size| text("{},", size)),
    ("json: one object of many names", Expected::Unreadable, |size| {
        Input::Text(filled("{", "\"a\":\"\",", "\"a\":0}", size))
    }),
    ("estate: vCenters of which nothing is known", Expected::Unreadable, |size| {
        estate("{\"schema\":\"vitrust-estate/1\",\"vcenters\":[", "{\"name\":\"\"},", size)
    }),
    ("estate: hosts of which nothing is known", Expected::Unreadable, |size| {
        estate("{\"schema\":\"vitrust-estate/1\",\"vcenters\":[{\"name\":\"\",\"hosts\":[", "{\"name\":\"\"},", size)
    }),
];

/// No document ends: each is refused for what it holds, or at last for that.
fn xml(head: &str, pattern: &str, size: usize) -> Input {
    Input::Answer(Kind::Xml, filled(head, pattern, "", size.min(64 << 20)))
}

fn rest(pattern: &str, size: usize) -> Input {
    Input::Answer(Kind::Rest, filled("[", pattern, "0]", size.min(16 << 20)))
}

fn text(pattern: &str, size: usize) -> Input {
    Input::Text(filled("[", pattern, "0]", size))
}

/// Four megabytes show what they cost: the reader's memory grows with the text, whatever is in it.
fn estate(head: &str, pattern: &str, size: usize) -> Input {
    Input::Answer(Kind::Estate, filled(head, pattern, "", size.min(4 << 20)))
}

fn filled(head: &str, pattern: &str, tail: &str, size: usize) -> Vec<u8> {
    format!("{head}{}{tail}", pattern.repeat(size / pattern.len())).into_bytes()
}

/// Elements within elements, each with 64 prefixes.
fn prefixes(depth: usize) -> String {
    (0..depth).map(|level| declaring(64 * level)).collect()
}

fn declaring(from: usize) -> String {
    format!("<a {}>", (from..from + 64).map(|number| format!("xmlns:p{number}=\"u\" ")).collect::<String>())
}

/// An element whose names have the prefix that was declared first.
fn using(count: usize) -> String {
    format!("<p0:a {}/>", (0..count).map(|number| format!("p0:b{number}=\"\" ")).collect::<String>())
}

fn attributes(count: usize) -> String {
    (0..count).map(|number| format!("b{number}=\"\" ")).collect()
}
