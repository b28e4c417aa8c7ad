//! The output of `vecs-cli entry list`: aliases, entry types and PEM, or with `--text` a printed dump.
//!
//! In `--text` form no blank line parts the entries, and it prints only the first certificate of an entry; so entries
//! are cut at their `Alias :` line and nowhere else.

use std::sync::Arc;

use memchr::memmem;

use super::StoreError;
use super::collect::{Collector, Emptiness};
use super::reading::WITHOUT_CERTIFICATES;
use super::{BareKind, TRUSTED_ROOTS, bare, foreign, vecs_dump};
use crate::text::{has_any, lines, text_of, value_of};

const ALIAS: &str = "Alias";
const COUNT: &str = "Number of entries in store";
/// A pending certificate request, which has a key and no certificate yet.
const PENDING_REQUEST: &str = "__MACHINE_CSR";

/// The types of entries that have a certificate.
const TYPES: [&str; 2] = ["Trusted Cert", "Private Key"];
/// What is said of a listing that has nothing but such entries.
const REQUEST: &str = "only a pending certificate request; list a store that holds certificates";
const SECRET: &str = "only secret keys; list a store that holds certificates";

/// One entry: its alias, the alias line's number and the text up to the next entry.
/// The most entries of one store; every one costs a search for its certificate.
const MAXIMUM_ENTRIES: usize = 50_000;

struct Entry<'a> {
    alias: &'a [u8],
    line: u32,
    body: &'a [u8],
}

/// Whether the text looks like a listing of entries.
pub(super) fn is(text: &[u8]) -> bool {
    has_any(text, &[ALIAS, COUNT])
        && lines(text, 1).any(|line| value_of(line.text, ALIAS).is_some() || count_in(line.text).is_some())
}

/// Reads a listing of one store.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    listing(out, text, 1, None)
}

/// Reads a listing whose first line is `first_line`; `store` is its store's name when something printed it.
pub(super) fn listing(
    out: &mut Collector<'_>,
    text: &[u8],
    first_line: u32,
    store: Option<&str>,
) -> Result<(), StoreError> {
    let before = out.found();
    let of_store = |out: &mut Collector<'_>| (out.store, out.alias) = (store.map(Arc::from), None);
    of_store(out);
    let mut heads = lines(text, first_line).filter_map(|line| Some((line, value_of(line.text, ALIAS)?))).peekable();
    let mut entries = 0;
    let preamble = heads.peek().map_or(text.len(), |(line, _)| line.start);
    out.pem(&text[..preamble], first_line);
    // Nothing is collected on the way: a hostile listing has as many entries and numbers as lines.
    while let Some((line, alias)) = heads.next() {
        entries += 1;
        if entries > MAXIMUM_ENTRIES {
            return Err(out.too_many("entries", MAXIMUM_ENTRIES));
        }
        let end = heads.peek().map_or(text.len(), |(next, _)| next.start);
        entry(out, &Entry { alias, line: line.number, body: &text[line.start..end] }, store);
    }
    let last = out.store.take();
    of_store(out);
    let (mut counted, mut found, mut is_whole) = (None, 0_usize, true);
    for line in lines(text, first_line) {
        if value_of(line.text, ALIAS).is_some() {
            found += 1;
        } else if let Some(count) = count_in(line.text) {
            is_whole &= check_count(out, counted.replace((line.number, count)), std::mem::take(&mut found));
        }
    }
    is_whole &= check_count(out, counted, found) && counted.is_some();
    match store.filter(|_| entries == 0 && out.found() == before) {
        Some(name) => without_entries(out, text, first_line, (name, counted)),
        // A message belongs to the store in whose listing it stands.
        None => {
            out.store = out.store.take().or(last);
            out.failures(text, first_line, is_whole && entries > 0);
            of_store(out);
        }
    }
    Ok(())
}

/// What is said of a heading without entries. Only a count of 0 says that a store is empty, and of TRUSTED_ROOTS nothing does.
fn without_entries(
    out: &mut Collector<'_>,
    text: &[u8],
    first_line: u32,
    (name, counted): (&str, Option<(u32, Option<usize>)>),
) {
    let is_counted = matches!(counted, Some((_, Some(0))));
    if name == TRUSTED_ROOTS && is_counted {
        return out.unreadable(Some(first_line), EMPTY_ROOTS);
    }
    if is_counted || WITHOUT_CERTIFICATES.contains(&name) {
        return;
    }
    let dated = lines(text, first_line).any(|line| value_of(line.text, "Not After").is_some());
    if dated && !vecs_dump::dates(out, text, first_line) {
        vecs_dump::entry(out, text, first_line);
    }
    out.unreadable(Some(first_line), foreign::instead_of_entries(text));
}

/// What is said of a TRUSTED_ROOTS that seems to be empty.
pub(crate) const EMPTY_ROOTS: &str = "TRUSTED_ROOTS is never empty: vCenter's own root is in it; list it again as root";

/// Compares the number of entries that a listing states on a line with those that follow it. True if no other was stated.
fn check_count(out: &mut Collector<'_>, counted: Option<(u32, Option<usize>)>, found: usize) -> bool {
    match counted {
        Some((_, Some(count))) if count == found => {
            if found == 0 {
                out.is_empty_because(Emptiness::Counted);
            }
            return true;
        }
        Some((line, Some(count))) => {
            let entries = if count == 1 { "entry" } else { "entries" };
            let reason = format!("the store has {count} {entries} and the listing {found}: it is cut off or damaged");
            out.unreadable(Some(line), reason);
        }
        Some((line, None)) => out.unreadable(Some(line), "the number of entries is not a number"),
        None => return true,
    }
    false
}

/// The number of a `Number of entries in store` line; the inner `None` is one that does not read.
fn count_in(line: &[u8]) -> Option<Option<usize>> {
    // A password prompt ends without a line end, so it may stand before the first line.
    let start = if line.starts_with(b"Enter password") { memmem::find(line, COUNT.as_bytes())? } else { 0 };
    let value = value_of(&line[start..], COUNT)?;
    Some(std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok()))
}

fn entry(out: &mut Collector<'_>, entry: &Entry<'_>, store: Option<&str>) {
    let kind = lines(entry.body, entry.line).find_map(|line| value_of(line.text, "Entry type").map(text_of));
    let alias = text_of(entry.alias);
    let store = store.map(str::to_owned).or_else(|| store_of(&alias, kind.as_deref()));
    out.store = store.as_deref().map(Arc::from);
    out.alias = Some(alias.as_str().into());
    let before = (out.found(), out.count());
    out.pem(entry.body, entry.line);
    if out.found() == before.0 && out.count() == before.1 {
        bare::entry(out, entry.body, entry.line);
    }
    if out.found() > before.0 {
        return;
    }
    let dumped = vecs_dump::entry(out, entry.body, entry.line);
    if dumped || out.count() > before.1 {
        return;
    }
    let bare = store.as_deref().is_some_and(|store| WITHOUT_CERTIFICATES.contains(&store)) || alias == PENDING_REQUEST;
    if alias == PENDING_REQUEST {
        // A request has a key and no certificate yet, whatever its type is called.
        out.without_certificate(BareKind::CertificateRequest, entry.line);
        return out.is_empty_because(Emptiness::NothingHere(REQUEST));
    }
    if kind.as_deref() == Some("Secret Key") {
        out.without_certificate(BareKind::SecretKey, entry.line);
    }
    match kind.as_deref() {
        Some("Secret Key") | None if bare => out.is_empty_because(Emptiness::Counted),
        Some("Secret Key") => out.is_empty_because(Emptiness::NothingHere(SECRET)),
        Some("Certification Revocation List") => {
            out.unreadable(Some(entry.line), "a CRL, which --text does not print; list the store without --text");
        }
        // Of what stands there only a known type is repeated.
        Some(kind) if TYPES.contains(&kind) => {
            out.unreadable(Some(entry.line), format!("the entry of type `{kind}` shows no certificate"));
        }
        Some(_) => out.unreadable(Some(entry.line), "the entry is of an unknown type and shows no certificate"),
        None => out.unreadable(Some(entry.line), "the entry shows neither a certificate nor its dates"),
    }
}

/// The store that has such entries: the built-in ones are known by their aliases and entry types.
fn store_of(alias: &str, kind: Option<&str>) -> Option<String> {
    let named = match (alias, kind) {
        ("__MACHINE_CERT" | PENDING_REQUEST, _) => "MACHINE_SSL_CERT",
        ("sms_self_signed" | "sps-extension", _) => "SMS",
        // Addresses of storage providers; older releases wrote `https:/host` with one slash.
        (address, _) if address.contains(":/") => "SMS",
        (_, Some("Trusted Cert")) => TRUSTED_ROOTS,
        (_, Some("Certification Revocation List")) => "TRUSTED_ROOT_CRLS",
        // A solution user's alias is the name of its store.
        (solution_user, Some("Private Key")) => solution_user,
        _ => return None,
    };
    Some(named.to_owned())
}
