//! The output of the loop over all stores that articles recommend: a heading with the store's name, then its entries,
//! whole or filtered to aliases and dates.

use super::StoreError;
use super::collect::Collector;
use super::vecs;
use crate::text::{has_any, lines, text_of, value_of};

/// Whether a line is a heading and another one an alias.
pub(super) fn is(text: &[u8]) -> bool {
    has_any(text, &["Store", "STORE", "store"])
        && lines(text, 1).any(|line| heading(line.text).is_some())
        && lines(text, 1)
            .any(|line| value_of(line.text, "Alias").is_some() || heading(line.text).is_some_and(is_built_in))
}

/// Reads each store's part on its own.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let heads = lines(text, 1).filter_map(|line| heading(line.text).map(|name| (line, text_of(name))));
    let heads: Vec<_> = heads.take(MAXIMUM_STORES + 1).collect();
    if heads.len() > MAXIMUM_STORES {
        return Err(out.too_many("stores", MAXIMUM_STORES));
    }
    let preamble = heads.first().map_or(text.len(), |(line, _)| line.start);
    vecs::listing(out, &text[..preamble], 1, None)?;
    for (index, (line, name)) in heads.iter().enumerate() {
        let end = heads.get(index + 1).map_or(text.len(), |(next, _)| next.start);
        vecs::listing(out, &text[line.start..end], line.number, Some(name))?;
    }
    Ok(())
}

/// The most stores of one listing; an appliance has about twenty.
const MAXIMUM_STORES: usize = 10_000;

/// The name in `[*] Store : NAME`, `STORE NAME`, `Store: NAME` or `=== VECS store NAME ===`: every script has its own decoration.
fn heading(line: &[u8]) -> Option<&[u8]> {
    let is_decoration = |byte: &u8| matches!(byte, b' ' | b'\t' | b'[' | b']' | b'*' | b'=' | b'-' | b'#' | b'+');
    let start = line.iter().position(|byte| !is_decoration(byte))?;
    let end = line.iter().rposition(|byte| !is_decoration(byte))? + 1;
    let line = without_word(&line[start..end], b"VECS").map_or(&line[start..end], <[u8]>::trim_ascii_start);
    let rest = without_word(line, b"STORE")?;
    let name = rest.trim_ascii_start().strip_prefix(b":").unwrap_or(rest).trim_ascii();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (!name.is_empty() && name.iter().all(is_name)).then_some(name)
}

/// What follows a word, however it is capitalized; a colon or a blank ends it.
fn without_word<'t>(text: &'t [u8], word: &[u8]) -> Option<&'t [u8]> {
    let (begin, rest) = text.split_at_checked(word.len())?;
    (begin.eq_ignore_ascii_case(word) && matches!(rest.first(), Some(b' ' | b'\t' | b':'))).then_some(rest)
}

fn is_built_in(name: &[u8]) -> bool {
    matches!(name, b"MACHINE_SSL_CERT" | b"TRUSTED_ROOTS" | b"SMS" | b"TRUSTED_ROOT_CRLS")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_the_word_and_a_name() {
        assert_eq!(heading(b"[*] Store : TRUSTED_ROOTS"), Some(&b"TRUSTED_ROOTS"[..]));
        assert_eq!(heading(b"STORE vpxd-extension"), Some(&b"vpxd-extension"[..]));
        for line in
            ["STORE: SMS", "Store : SMS", "store SMS", "[+] Store: SMS", "=== VECS store SMS ===", "### Store SMS"]
        {
            assert_eq!(heading(line.as_bytes()), Some(&b"SMS"[..]), "{line}");
        }
        assert_eq!(heading(b"Number of entries in store :\t3"), None);
        assert_eq!(heading(b"STORES are full of things"), None);
        assert_eq!(heading(b"STORE of many words"), None);
    }
}
