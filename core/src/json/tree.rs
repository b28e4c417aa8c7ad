//! JSON of no fixed form as a lean tree that borrows its texts, within a budget.

use std::borrow::Cow;
use std::fmt;
use std::mem::size_of;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Budget;

/// How many times a text's length its values may take. Its own texts are as long as it, where each holds an escape.
const FACTOR: usize = 3;

/// The most they may take, in bytes: ten thousand certificates as PowerCLI tells of them take half.
const MOST: usize = 40 << 20;

/// What any may take, in bytes: a list of the ids of ten thousand roots takes a third.
const LEAST: usize = 4 << 20;

/// A value. Numbers and truth values are only told from the rest, but for a number that stands alone.
#[derive(Debug, PartialEq)]
pub(crate) enum Tree<'t> {
    /// `null`.
    Null,
    /// True, false, or a number: its text.
    Plain(Box<str>),
    /// A text.
    Text(Cow<'t, str>),
    /// A list.
    List(Box<List<'t>>),
    /// An object: its members in their order, doubled names included.
    Object(Box<[Member<'t>]>),
}

/// A name and its value.
pub(crate) type Member<'t> = (Cow<'t, str>, Tree<'t>);

/// The items of a list.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct List<'t> {
    /// The items; none where all are numbers and truth values. Those in other lists stay without their texts.
    pub(crate) items: Box<[Tree<'t>]>,
    /// Whether it has items, and all are numbers and truth values.
    pub(crate) is_plain: bool,
}

/// Reads a whole text. Its tree takes at most four times the text; nesting deeper than 128 is an error.
///
/// # Errors
/// As serde's own reader; also for what costs more.
pub(crate) fn tree(text: &[u8]) -> serde_json::Result<Tree<'_>> {
    let budget = TreeSeed::budget(text.len());
    let mut reader = serde_json::Deserializer::from_slice(text);
    let tree = TreeSeed(&budget).deserialize(&mut reader)?;
    reader.end().map(|()| tree)
}

impl<'t> Tree<'t> {
    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Plain(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The members, if it is an object.
    pub(crate) fn as_object(&self) -> Option<&[Member<'t>]> {
        match self {
            Self::Object(members) => Some(members),
            Self::Null | Self::Plain(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The list, if it is one.
    pub(crate) fn as_list(&self) -> Option<&List<'t>> {
        match self {
            Self::List(list) => Some(list),
            Self::Null | Self::Plain(_) | Self::Text(_) | Self::Object(_) => None,
        }
    }

    fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }
}

impl List<'_> {
    /// Whether it has nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty() && !self.is_plain
    }
}

/// What makes a tree, for readers that do more than read.
pub(crate) struct TreeSeed<'b>(pub(crate) &'b Budget);

impl TreeSeed<'_> {
    /// What the values of a text of this length may take, beside its own texts.
    pub(crate) fn budget(length: usize) -> Budget {
        Budget::of(length.saturating_mul(FACTOR).min(MOST).saturating_add(LEAST))
    }

    /// Adds to a list, whose room is paid for before it is there.
    fn push<T, E: Error>(&self, list: &mut Vec<T>, item: T) -> Result<(), E> {
        let room = list.capacity();
        if list.len() == room {
            let more = room.max(1);
            self.0.charge((room + more).saturating_mul(size_of::<T>()))?;
            list.reserve_exact(more);
            self.0.refund(room.saturating_mul(size_of::<T>()));
        }
        list.push(item);
        Ok(())
    }

    /// The list without the room it does not need.
    fn boxed<T, E: Error>(&self, list: Vec<T>) -> Result<Box<[T]>, E> {
        let (room, needed) = (list.capacity(), list.len());
        if room > needed {
            self.0.charge(needed.saturating_mul(size_of::<T>()))?;
            self.0.refund(room.saturating_mul(size_of::<T>()));
        }
        Ok(list.into())
    }
}

impl<'de> DeserializeSeed<'de> for TreeSeed<'_> {
    type Value = Tree<'de>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Tree<'de>, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeSeed<'_> {
    type Value = Tree<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Tree<'de>, E> {
        Ok(Tree::Plain(value.to_string().into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Tree<'de>, E> {
        Ok(Tree::Plain(value.to_string().into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Tree<'de>, E> {
        Ok(Tree::Plain(value.to_string().into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tree<'de>, E> {
        Ok(Tree::Plain(value.to_string().into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Null)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree<'de>, A::Error> {
        let (mut items, mut plain) = (Vec::new(), 0_usize);
        while let Some(item) = list.next_element_seed(TreeSeed(self.0))? {
            // Lists of bytes are long, and nobody asks for one of them.
            if item.is_plain() && items.is_empty() {
                plain += 1;
                continue;
            }
            for _ in 0..std::mem::take(&mut plain) {
                self.push(&mut items, Tree::Plain(Box::default()))?;
            }
            self.push(&mut items, if item.is_plain() { Tree::Plain(Box::default()) } else { item })?;
        }
        self.0.charge(size_of::<List<'_>>())?;
        Ok(Tree::List(Box::new(List { items: self.boxed(items)?, is_plain: plain > 0 })))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(Tree::Text(name)) = map.next_key_seed(TreeSeed(self.0))? {
            let value = map.next_value_seed(TreeSeed(self.0))?;
            self.push(&mut members, (name, value))?;
        }
        Ok(Tree::Object(self.boxed(members)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_small_and_borrows() {
        assert!(size_of::<Tree<'_>>() <= 24 && size_of::<Member<'_>>() <= 48);
        let tree = tree(br#"{"a": [1, "x", 2, null], "b": 5, "c": "y\n", "d": [1, 2]}"#).expect("JSON");
        let members = tree.as_object().expect("an object");
        let list = members[0].1.as_list().expect("a list");
        let plain = || Tree::Plain(Box::default());
        assert_eq!(&list.items[..], [plain(), Tree::Text("x".into()), plain(), Tree::Null]);
        assert!(matches!(&list.items[1], Tree::Text(Cow::Borrowed("x"))));
        let bytes = members[3].1.as_list().expect("a list");
        assert!(bytes.is_plain && bytes.items.is_empty() && !list.is_plain);
        assert_eq!(members[1].1, Tree::Plain("5".into()));
        assert_eq!(members[2].1.as_text(), Some("y\n"));
    }

    #[test]
    fn many_small_values_are_refused_and_many_bytes_are_not() {
        for pattern in ["{\"\":0},", "[],", "{},", "\"\",", "null,", "[[]],"] {
            let text = format!("[{}0]", pattern.repeat(1_000_000 / pattern.len()));
            let error = tree(text.as_bytes()).expect_err(pattern).to_string();
            assert!(error.starts_with("more values than a text of this length may have"), "{pattern}: {error}");
        }
        let bytes = format!("{{\"RawData\": [{}0]}}", "48,".repeat(1_000_000));
        assert!(tree(bytes.as_bytes()).is_ok());
    }
}
