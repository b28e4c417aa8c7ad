//! JSON as the readers of this layer need it: the outer form or a clear error, and PEM wherever it hides.

use super::StoreError;
use super::collect::Collector;
use crate::json::{self, Member, Tree};
use crate::text::has_pem;

/// Whether the text begins as a JSON object or a list of objects, lists or texts does. `[*] Store` does not.
pub(super) fn is(text: &[u8]) -> bool {
    match text.trim_ascii_start() {
        [b'{', ..] => true,
        [b'[', rest @ ..] => matches!(rest.trim_ascii_start(), [b'{' | b'[' | b']' | b'"', ..]),
        _ => false,
    }
}

/// The value of the whole text. Nesting deeper than 128 is an error, and so is what would take more than four times the
/// text.
pub(super) fn parse<'t>(out: &Collector<'_>, text: &'t [u8]) -> Result<Tree<'t>, StoreError> {
    json::tree(text).map_err(|error| StoreError::Malformed {
        input: out.source().to_owned(),
        form: "JSON",
        reason: error.to_string(),
    })
}

/// A member by name, in any case: PowerShell names are.
pub(super) fn member<'v, 't>(members: &'v [Member<'t>], name: &str) -> Option<&'v Tree<'t>> {
    let found = members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value).filter(|value| **value != Tree::Null)
}

/// A text member by name.
pub(super) fn text_member<'v>(members: &'v [Member<'_>], name: &str) -> Option<&'v str> {
    member(members, name).and_then(Tree::as_text)
}

/// Reads every text below `value` that holds PEM. A text's lines count from 1 within it: JSON has none of its own.
pub(super) fn pem_texts(out: &mut Collector<'_>, value: &Tree<'_>) {
    match value {
        Tree::Text(text) if has_pem(text.as_bytes()) => out.pem(text.as_bytes(), 1),
        Tree::List(list) => list.items.iter().for_each(|item| pem_texts(out, item)),
        Tree::Object(members) => members.iter().for_each(|(_, member)| pem_texts(out, member)),
        Tree::Null | Tree::Plain(_) | Tree::Text(_) => (),
    }
}
