//! A folder of anchors is one store: what vCenter's download.zip unpacks to, and folders of certificate files.

use std::fs;
use std::path::Path;

use hashbrown::HashSet;

use super::file::{FileError, shown, unreadable};
use super::walk::{Folder, MAXIMUM_DEPTH, Visitor, is_of_system, walk};
use crate::Error;
use crate::cert::Pool;
use crate::store::{Place, Reading, StoreError, TrustStore, Unreadable, read};
use crate::thumbprint::Fingerprint;

/// The most files of such a folder; a store has a few dozen entries.
const MOST_FILES: usize = 10_000;

/// Reads a folder of anchors as one store, copies once: the certificates and CRLs of all its files.
///
/// # Errors
/// [`Error::File`] when the folder cannot be read, [`Error::Store`] when no file of it holds anything.
pub fn load_store(folder: impl AsRef<Path>) -> Result<TrustStore, Error> {
    let shown = folder.as_ref();
    let root = fs::canonicalize(shown).map_err(|error| unreadable(shown, &error))?;
    let reading = reading(Folder { root: &root, shown }, "").map_err(Error::File)?;
    if reading.is_empty() {
        let input = shown.display().to_string();
        return Err(StoreError::NothingFound { input, looked_for: "files of certificates", what: None }.into());
    }
    Ok(TrustStore::from_reading(reading))
}

/// What the files below a folder hold; `shown_as` stands before their names in every place.
pub(super) fn reading(folder: Folder<'_>, shown_as: &str) -> Result<Reading, FileError> {
    let mut anchors = Anchors { shown_as, all: Reading::default(), pool: Pool::new(), seen: HashSet::new() };
    walk(folder, MOST_FILES, &mut anchors)?;
    Ok(anchors.all)
}

/// What was read so far.
struct Anchors<'a> {
    shown_as: &'a str,
    all: Reading,
    pool: Pool,
    seen: HashSet<Fingerprint>,
}

impl Visitor for Anchors<'_> {
    fn file(&mut self, relative: &str, bytes: Result<Vec<u8>, String>) {
        let source = match self.shown_as {
            "" => relative.to_owned(),
            folder => format!("{folder}/{relative}"),
        };
        let one = bytes.and_then(|bytes| read(&bytes, &source, &mut self.pool).map_err(|error| error.reason()));
        match one {
            Ok(mut one) => {
                // `lin`, `mac` and `win` of the archive hold the same.
                one.certificates.retain(|found| self.seen.insert(found.value.sha256()));
                one.crls.retain(|found| self.seen.insert(found.value.sha256()));
                self.all.append(one);
            }
            Err(reason) => {
                let place = Place { source: Some(source.into()), ..Place::default() };
                self.all.unreadable.push(Unreadable { place, reason });
            }
        }
    }
}

/// Whether every file below a folder has a name that OpenSSL's rehash gives: what download.zip holds. Every folder of an estate is
/// asked, so the first other name ends it.
pub(super) fn is_unpacked_download(folder: &Path) -> bool {
    let mut found = 0;
    has_hashed_alone(folder, 0, &mut found) && found > 0
}

/// Whether no file below a folder has another name; `found` counts those there are.
fn has_hashed_alone(folder: &Path, depth: usize, found: &mut usize) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.filter_map(Result::ok).all(|entry| match entry.file_type() {
        _ if is_of_system(&shown(&entry.file_name())) => true,
        // The archive has these folders and no others: a folder of any other name is somebody's.
        Ok(kind) if kind.is_dir() => {
            is_folder_of_download(&shown(&entry.file_name()))
                && (depth + 1 >= MAXIMUM_DEPTH || has_hashed_alone(&entry.path(), depth + 1, found))
        }
        Ok(kind) if kind.is_file() => {
            *found += 1;
            *found <= MOST_FILES && is_hashed(&shown(&entry.file_name()))
        }
        Ok(_) | Err(_) => true,
    })
}

fn is_folder_of_download(name: &str) -> bool {
    ["certs", "lin", "mac", "win"].iter().any(|folder| name.eq_ignore_ascii_case(folder))
}

/// `11ec582d.0`, `9dab0099.r0`, `11ec582d.0.crt`, `9dab0099.r0.crl`.
fn is_hashed(name: &str) -> bool {
    let mut parts = name.split('.');
    let hash = parts.next().unwrap_or_default();
    let number = parts.next().unwrap_or_default();
    let digits = number.strip_prefix('r').unwrap_or(number);
    // Whoever numbers files by hand chooses other names than hashes.
    let is_name = (1..=32).contains(&hash.len())
        && hash.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_name && is_number && matches!(parts.next(), None | Some("crt" | "crl" | "pem" | "cer")) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_rehash_are_known() {
        for name in ["11ec582d.0", "9dab0099.r0", "11ec582d.0.crt", "9dab0099.r10.crl", "root-1.0"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["11ec582d", "a.b.0", ".0", "11ec582d.x", "vpxd.log.0", "11ec582d.0.txt", "root.pem", ""] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
