//! A folder of anchors is one store: what vCenter's download.zip unpacks to, and folders of certificate files.

use std::fs;
use std::path::Path;

use hashbrown::HashSet;

use super::{FileError, MAXIMUM_DEPTH, contents, shown, unreadable};
use crate::Error;
use crate::cert::Pool;
use crate::store::{Place, Reading, StoreError, TrustStore, Unreadable, read};

/// The most files of such a folder; a store has a few dozen entries.
const MOST_FILES: usize = 10_000;

/// Reads a folder of anchors as one store, copies once: the certificates and CRLs of all its files.
///
/// # Errors
/// [`Error::File`] when the folder cannot be read, [`Error::Store`] when no file of it holds anything.
pub fn load_store(folder: impl AsRef<Path>) -> Result<TrustStore, Error> {
    let folder = folder.as_ref();
    let reading = reading(folder, "").map_err(Error::File)?;
    if reading.is_empty() {
        let input = folder.display().to_string();
        return Err(StoreError::NothingFound { input, looked_for: "files of certificates", what: None }.into());
    }
    Ok(TrustStore::from_reading(reading))
}

/// What the files below a folder hold; `shown_as` stands before their names in every place.
pub(super) fn reading(folder: &Path, shown_as: &str) -> Result<Reading, FileError> {
    let mut names = Vec::new();
    list(folder, "", 0, &mut names)?;
    let (mut all, mut pool, mut seen) = (Reading::default(), Pool::new(), HashSet::new());
    for name in names {
        let source = if shown_as.is_empty() { name.clone() } else { format!("{shown_as}/{name}") };
        let refuse = |all: &mut Reading, reason: String| {
            let place = Place { source: Some(source.as_str().into()), ..Place::default() };
            all.unreadable.push(Unreadable { place, reason });
        };
        match contents(&folder.join(&name)) {
            Err(reason) => refuse(&mut all, reason),
            Ok(bytes) => match read(&bytes, &source, &mut pool) {
                Err(error) => refuse(&mut all, error.reason()),
                Ok(mut one) => {
                    // `lin`, `mac` and `win` of the archive hold the same.
                    one.certificates.retain(|found| seen.insert(found.value.sha256()));
                    one.crls.retain(|found| seen.insert(found.value.sha256()));
                    all.append(one);
                }
            },
        }
    }
    Ok(all)
}

/// The files below a folder, by their relative names. Links are not followed.
fn list(folder: &Path, relative: &str, depth: usize, names: &mut Vec<String>) -> Result<(), FileError> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut here: Vec<_> = entries.filter_map(Result::ok).map(|entry| (entry.file_name(), entry.path())).collect();
    here.sort();
    for (name, path) in here {
        let name = if relative.is_empty() { shown(&name) } else { format!("{relative}/{}", shown(&name)) };
        let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
        if metadata.is_dir() && depth + 1 < MAXIMUM_DEPTH {
            list(&path, &name, depth + 1, names)?;
        } else if metadata.is_file() {
            names.push(name);
        }
        if names.len() > MOST_FILES {
            return Err(FileError::TooMany { path: folder.into(), limit: MOST_FILES });
        }
    }
    Ok(())
}

/// Whether every file below a folder has a name that OpenSSL's rehash gives: what download.zip holds.
pub(super) fn is_unpacked_download(folder: &Path) -> bool {
    let mut names = Vec::new();
    if list(folder, "", 0, &mut names).is_err() || names.is_empty() {
        return false;
    }
    names.iter().all(|name| is_hashed(name.rsplit('/').next().unwrap_or(name)))
}

/// `11ec582d.0`, `9dab0099.r0`, `11ec582d.0.crt`, `9dab0099.r0.crl`.
fn is_hashed(name: &str) -> bool {
    let mut parts = name.split('.');
    let hash = parts.next().unwrap_or_default();
    let number = parts.next().unwrap_or_default();
    let digits = number.strip_prefix('r').unwrap_or(number);
    let is_hash = hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_hash && is_number && matches!(parts.next(), None | Some("crt" | "crl" | "pem" | "cer")) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_rehash_are_known() {
        for name in ["11ec582d.0", "9dab0099.r0", "11ec582d.0.crt", "9dab0099.r10.crl"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["11ec582d", "11ec582.0", "11ec582g.0", "11ec582d.x", "11ec582d.0.txt", "root.pem", ""] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
