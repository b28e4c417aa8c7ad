//! How much memory a JSON text may become.
//!
//! A list of empty objects is three bytes each and a structure of hundreds. So every item of a list and every member of
//! an object is charged with the size of the type it becomes, before the next one is read. The items of a text may take
//! as much as the text itself; with lists that double as they grow and with the texts in it, that is four times the
//! input at most.

use std::cell::Cell;
use std::mem::size_of;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess};

use super::adaptor::serde_adaptor;

/// What is free beside the length of the text: a short text is no danger, whatever is in it.
const FREE: usize = 64 << 10;

/// Bytes that items and members may still take.
#[derive(Debug, Default)]
pub(crate) struct Budget(Cell<usize>);

impl Budget {
    /// That of a text of this length.
    pub(crate) fn of(length: usize) -> Self {
        Self(Cell::new(length.saturating_add(FREE)))
    }

    /// Takes some of it.
    ///
    /// # Errors
    /// When there is not so much left.
    pub(crate) fn charge<E: Error>(&self, bytes: usize) -> Result<(), E> {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.ok_or_else(|| E::custom("more values than a text of this length may have"))?);
        Ok(())
    }

    /// Gives some of it back.
    pub(crate) fn refund(&self, bytes: usize) {
        self.0.set(self.0.get().saturating_add(bytes));
    }
}

/// A reader, visitor, seed or access of serde's whose items are charged.
pub(crate) struct Metered<'b, T> {
    inner: T,
    budget: &'b Budget,
}

impl<'b, T> Metered<'b, T> {
    /// Charges what `inner` gives to this budget.
    pub(crate) fn new(inner: T, budget: &'b Budget) -> Self {
        Self { inner, budget }
    }

    fn over<U>(&self, inner: U) -> Metered<'b, U> {
        Metered { inner, budget: self.budget }
    }
}

serde_adaptor!(Metered {
    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.inner.visit_str(text)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.inner.visit_borrowed_str(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        self.inner.visit_string(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        let items = self.over(items);
        self.inner.visit_seq(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        let members = self.over(members);
        self.inner.visit_map(members)
    }
});

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Metered<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let seed = self.over(seed);
        let item = self.inner.next_element_seed(seed)?;
        if item.is_some() {
            self.budget.charge(size_of::<S::Value>())?;
        }
        Ok(item)
    }

    fn size_hint(&self) -> Option<usize> {
        None
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Metered<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let seed = self.over(seed);
        let key = self.inner.next_key_seed(seed)?;
        // The name of a field is no value; that of a map is kept.
        if key.is_some() && size_of::<S::Value>() > size_of::<usize>() {
            self.budget.charge(size_of::<S::Value>())?;
        }
        Ok(key)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let seed = self.over(seed);
        self.inner.next_value_seed(seed)
    }
}
