//! JSON as the readers of this layer need it: the outer form or a clear error, and PEM wherever it hides.

use super::collect::Collector;
use super::reading::PRIVATE_KEY;
use super::{StoreError, bare, key};
use crate::json::{self, Member, Tree};
use crate::text::{Line, has_pem, lines};

/// Whether the text begins as a JSON object or a list of objects, lists or texts does. `[*] Store` does not.
pub(super) fn is(text: &[u8]) -> bool {
    is_begin(&text[begin(text)..])
}

fn is_begin(text: &[u8]) -> bool {
    match text.trim_ascii_start() {
        [b'{', ..] => true,
        [b'[', rest @ ..] => matches!(rest.trim_ascii_start(), [b'{' | b'[' | b']' | b'"', ..]),
        _ => false,
    }
}

/// Where JSON begins in a text: PowerShell writes its warnings before it.
fn begin(text: &[u8]) -> usize {
    const LINES: usize = 20;
    if is_begin(text) {
        return 0;
    }
    let is_json = |line: &Line<'_>| matches!(line.text.first(), Some(b'{' | b'[')) && is_value(&text[line.start..]);
    let first = lines(text, 1).take(LINES).find(is_json);
    first.map_or(0, |line| line.start)
}

/// Whether an object with a name, or a list of objects, begins here.
fn is_value(text: &[u8]) -> bool {
    match text.trim_ascii_start() {
        [b'{', rest @ ..] => rest.trim_ascii_start().starts_with(b"\""),
        [b'[', rest @ ..] => rest.trim_ascii_start().starts_with(b"{"),
        _ => false,
    }
}

/// The value of the whole text. Nesting deeper than 128 is an error, and so is what would take more than four times the
/// text.
pub(super) fn parse<'t>(out: &Collector<'_>, text: &'t [u8]) -> Result<Tree<'t>, StoreError> {
    json::tree(&text[begin(text)..]).map_err(|error| StoreError::Malformed {
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

/// Reads a member's text: PEM, or base64 of certificates. That of a key is told, by its content or its name.
pub(super) fn texts(out: &mut Collector<'_>, name: &str, value: &Tree<'_>) {
    let Some(text) = value.as_text() else { return };
    let before = out.count();
    if !bare::value(out, text) {
        pem_texts(out, value);
    }
    if out.count() == before && key::is_name(name) && !text.is_empty() {
        out.unreadable(None, PRIVATE_KEY);
    }
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
