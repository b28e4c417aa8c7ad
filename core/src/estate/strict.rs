//! What serde forgives in JSON and an estate does not, in the one pass that makes typed values of the text.
//!
//! A [`Watch`] stands between serde_json and the type that is read. It knows the path at every moment, so that every
//! error names its place. It refuses a name given twice, a private key wherever it stands and more values than a budget
//! allows, and it puts PEM text in the place of a reference into the tables. No tree of the text is built.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::marker::PhantomData;
use std::mem::size_of;

use hashbrown::HashSet;
use serde::de::{Deserialize, DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess};

use super::inline::{Table, references};
use super::{Der, EstateError};
use crate::json::{Budget, serde_adaptor, without_values};
use crate::text::discreet;
use crate::thumbprint::Fingerprint;

/// What is gathered beside the value that is read.
#[derive(Debug, Default)]
pub(super) struct Notes {
    path: RefCell<Vec<Step>>,
    /// The names of the outermost object.
    names: RefCell<HashSet<String>>,
    /// What stood as PEM text where a reference belongs.
    inline: RefCell<BTreeMap<(Table, Fingerprint), Der>>,
    /// Further references of the list item that is being read: one text may hold several PEM blocks.
    more: RefCell<VecDeque<String>>,
    /// Why reading was stopped here, more exactly than the reader's own error can say.
    refused: RefCell<Option<EstateError>>,
    /// What the values may still take.
    budget: Budget,
}

/// What the values of a text may take beside its length, in bytes: thirty thousand hosts of which nothing is known but
/// the name.
const FREE: usize = 16 << 20;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(usize),
}

/// Reads one JSON text. Keeps nothing of it but the value.
///
/// # Errors
/// [`EstateError`] with the path, and with line and column where the reader gives them.
pub(super) fn read<'t, T: Deserialize<'t>>(text: &'t [u8], notes: &Notes) -> Result<T, EstateError> {
    read_seed(text, notes, PhantomData)
}

/// The same for what a seed makes.
pub(super) fn read_seed<'t, S>(text: &'t [u8], notes: &Notes, seed: S) -> Result<S::Value, EstateError>
where
    S: DeserializeSeed<'t>,
{
    notes.budget.refund(text.len().saturating_add(FREE));
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Watch { inner: seed, notes }.deserialize(&mut reader);
    let value = value.and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| {
        let path = notes.path();
        // What stands at the wrong place may be a key, so only its type is told.
        let words = error.to_string();
        let is_word = words.starts_with("unknown variant `") && words.len() < LONGEST_WORDS;
        let words = if is_word { words } else { without_values(&words) };
        let words = discreet(&words);
        let reason = if path.is_empty() { words.into_owned() } else { format!("{path}: {words}") };
        notes.refused.take().unwrap_or(EstateError::Json { reason })
    })
}

/// How long an error's words may be that repeat a short value: the name of a schema, or of a mode.
const LONGEST_WORDS: usize = 300;

impl Notes {
    /// Whether the outermost object has one of these names.
    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.names.borrow().contains(*name))
    }

    /// What stood as PEM text where a reference belongs, each once.
    pub(super) fn into_inline(self) -> BTreeMap<(Table, Fingerprint), Der> {
        self.inline.into_inner()
    }

    /// The path of what is being read, for example `vcenters[0].hosts[3].castore.certificates[17]`.
    fn path(&self) -> String {
        let mut path = String::new();
        for step in self.path.borrow().iter() {
            match step {
                Step::Name(name) if path.is_empty() => path.push_str(name),
                Step::Name(name) => path.extend([".", name]),
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        discreet(&path).into_owned()
    }

    fn enter(&self, step: Step) {
        self.path.borrow_mut().push(step);
    }

    /// Called only when the value was read: after an error the path stays where it happened.
    fn leave(&self) {
        self.path.borrow_mut().pop();
    }

    /// Stops reading with an error of the estate's own.
    fn refuse<E: Error>(&self, reason: String) -> E {
        let error = EstateError::Pem { path: self.path(), reason };
        let shown = E::custom(&error);
        self.refused.replace(Some(error));
        shown
    }

    fn refuse_keys<E: Error>(&self, text: &str) -> Result<(), E> {
        if text.contains(KEY_MARK) { Err(self.refuse(KEY_REASON.to_owned())) } else { Ok(()) }
    }

    /// A text as the type is to see it: PEM in the place of a reference becomes the reference.
    fn text<'v, E: Error>(&self, text: &'v str) -> Result<Cow<'v, str>, E> {
        if !text.contains(DASHES) {
            return Ok(Cow::Borrowed(text));
        }
        self.refuse_keys(text)?;
        let Some((table, single)) = self.reference_place().filter(|_| text.contains("-----BEGIN ")) else {
            return Ok(Cow::Borrowed(text));
        };
        let found = references(table, text).map_err(|reason| self.refuse(reason))?;
        if single && found.len() > 1 {
            return Err(self.refuse(format!("{} PEM blocks where one certificate belongs", found.len())));
        }
        let mut names = VecDeque::with_capacity(found.len());
        for (sha256, der) in found {
            names.push_back(sha256.to_string());
            self.inline.borrow_mut().entry((table, sha256)).or_insert(der);
        }
        let first = names.pop_front().ok_or_else(|| self.refuse("no complete PEM block".to_owned()))?;
        self.more.replace(names);
        Ok(Cow::Owned(first))
    }

    /// The table that a text at this place refers to, and whether only one reference can stand here.
    fn reference_place(&self) -> Option<(Table, bool)> {
        let path = self.path.borrow();
        if path.first() != Some(&Step::Name("vcenters".to_owned())) {
            return None;
        }
        match path.as_slice() {
            [.., Step::Name(list), Step::Index(_)] if list == "certificates" => Some((Table::Certificates, false)),
            [.., Step::Name(list), Step::Index(_)] if list == "crls" => Some((Table::Crls, false)),
            [.., Step::Name(name)] if name == "certificate" => Some((Table::Certificates, true)),
            _ => None,
        }
    }
}

/// What every PEM label stands between.
const DASHES: &str = "-----";
const KEY_MARK: &str = "PRIVATE KEY-----";
const KEY_REASON: &str = "a private key, which was not read; it does not belong in an estate";

/// A reader, visitor, seed or access of serde's that is watched.
struct Watch<'n, T> {
    inner: T,
    notes: &'n Notes,
}

impl<'n, T> Watch<'n, T> {
    fn over<U>(&self, inner: U) -> Watch<'n, U> {
        Watch { inner, notes: self.notes }
    }
}

serde_adaptor!(Watch {
    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        let text = self.notes.text(text)?;
        self.inner.visit_str(&text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        let items = Items { inner: items, notes: self.notes, index: 0, waiting: VecDeque::new() };
        self.inner.visit_seq(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        let members = Members { inner: members, notes: self.notes, seen: HashSet::new() };
        self.inner.visit_map(members)
    }
});

/// The items of a list.
struct Items<'n, A> {
    inner: A,
    notes: &'n Notes,
    index: usize,
    /// Further references of the item before.
    waiting: VecDeque<String>,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        if let Some(reference) = self.waiting.pop_front() {
            return seed.deserialize(reference.into_deserializer()).map(Some);
        }
        self.notes.enter(Step::Index(self.index));
        let item = self.inner.next_element_seed(Watch { inner: seed, notes: self.notes })?;
        self.notes.budget.charge(size_of::<S::Value>())?;
        self.notes.leave();
        self.index += 1;
        self.waiting = self.notes.more.take();
        Ok(item)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

/// The members of an object.
struct Members<'n, A> {
    inner: A,
    notes: &'n Notes,
    seen: HashSet<String>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let Some(name) = self.inner.next_key::<String>()? else { return Ok(None) };
        self.notes.refuse_keys(&name)?;
        // As a key, in the path, and among those that were seen.
        self.notes.budget.charge(3 * size_of::<String>() + name.len())?;
        if !self.seen.insert(name.clone()) {
            return Err(A::Error::custom(format!("the name {name:?} occurs twice in one object")));
        }
        if self.notes.path.borrow().is_empty() {
            self.notes.names.borrow_mut().insert(name.clone());
        }
        self.notes.enter(Step::Name(name.clone()));
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let value = self.inner.next_value_seed(Watch { inner: seed, notes: self.notes })?;
        self.notes.leave();
        Ok(value)
    }
}
