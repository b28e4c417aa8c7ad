//! The output of `dir-cli trustedcert list`: the trusted certificates of the directory, by id and subject.

use memchr::memmem;

use super::collect::{Collector, Emptiness};
use super::{DumpedEntry, StoreError};
use crate::text::{Line, has_any, lines, text_of, value_of};

const COUNT: &str = "Number of certificates";
const ID: &str = "CN(id)";
const SUBJECT: &str = "Subject DN";

/// What is said of a directory without certificates.
const NEVER_EMPTY: &str =
    "the directory always holds the root of VMCA: run `dir-cli trustedcert list` again as administrator@vsphere.local";

pub(super) fn is(text: &[u8]) -> bool {
    has_any(text, &[ID, COUNT])
        && lines(text, 1).any(|line| value_of(line.text, ID).is_some() || count_in(line.text).is_some())
}

/// Reads the entries. The id goes into the place: it is the subject key identifier of most certificates and the SHA-1
/// of the public key of those without one, and the listing does not say which.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let (mut expected, mut found) = (None, 0_usize);
    let mut current: Option<(Line<'_>, Option<String>)> = None;
    for line in lines(text, 1) {
        if let Some(count) = count_in(line.text) {
            expected = Some((line.number, count));
        } else if let Some(id) = value_of(line.text, ID) {
            close(out, current.take());
            (out.store, out.alias) = (Some("VMDIR".into()), Some(text_of(id).into()));
            current = Some((line, None));
            found += 1;
        } else if let (Some(value), Some((_, subject))) = (value_of(line.text, SUBJECT), &mut current) {
            *subject = Some(text_of(value));
        }
    }
    close(out, current);
    (out.store, out.alias) = (None, None);
    match expected {
        Some((_, Some(count))) if count == found => {
            if found == 0 {
                out.is_empty_because(Emptiness::NothingHere(NEVER_EMPTY));
            }
        }
        Some((line, Some(count))) => out.unreadable(
            Some(line),
            format!("the directory has {count} certificates and the listing {found}: it is cut off or damaged"),
        ),
        Some((line, None)) => out.unreadable(Some(line), "the number of certificates is not a number"),
        None => out.unreadable(None, "the listing has no number of certificates: its beginning is missing"),
    }
    Ok(())
}

fn close(out: &mut Collector<'_>, entry: Option<(Line<'_>, Option<String>)>) {
    match entry {
        Some((line, Some(subject))) => {
            out.dumped(DumpedEntry { subject: Some(subject), ..DumpedEntry::default() }, Some(line.number));
        }
        Some((line, None)) => out.unreadable(Some(line.number), "the entry has no subject"),
        None => (),
    }
}

/// The number of the first line; the password prompt ends without a line end and may stand before it.
fn count_in(line: &[u8]) -> Option<Option<usize>> {
    let start = if line.starts_with(b"Enter password") { memmem::find(line, COUNT.as_bytes())? } else { 0 };
    let value = value_of(&line[start..], COUNT)?;
    Some(std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok()))
}
