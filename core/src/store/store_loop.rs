//! The output of the loop over all stores that articles recommend: a heading with the store's name, then its entries,
//! whole or filtered to aliases and dates.

use super::StoreError;
use super::collect::Collector;
use super::vecs;
use crate::text::{has_any, lines, text_of, value_of};

/// Whether a line is a heading and another one an alias.
pub(super) fn is(text: &[u8]) -> bool {
    has_any(text, &["[*]", "STORE"])
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

/// The name in `[*] Store : NAME` or `STORE NAME`.
fn heading(line: &[u8]) -> Option<&[u8]> {
    let name = match line.strip_prefix(b"[*]") {
        Some(rest) => value_of(rest.trim_ascii_start(), "Store")?,
        None => {
            let rest = line.strip_prefix(b"STORE")?;
            if rest.starts_with(b" ") { rest.trim_ascii() } else { value_of(line, "STORE").unwrap_or_default() }
        }
    };
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (!name.is_empty() && name.iter().all(is_name)).then_some(name)
}

fn is_built_in(name: &[u8]) -> bool {
    matches!(name, b"MACHINE_SSL_CERT" | b"TRUSTED_ROOTS" | b"SMS" | b"TRUSTED_ROOT_CRLS")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_two_forms() {
        assert_eq!(heading(b"[*] Store : TRUSTED_ROOTS"), Some(&b"TRUSTED_ROOTS"[..]));
        assert_eq!(heading(b"STORE vpxd-extension"), Some(&b"vpxd-extension"[..]));
        assert_eq!(heading(b"STORE: SMS"), Some(&b"SMS"[..]));
        assert_eq!(heading(b"STORES are full of things"), None);
        assert_eq!(heading(b"STORE of many words"), None);
    }
}
