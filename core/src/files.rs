//! The edge to the file system: a folder of exports or a single file becomes an estate.
//!
//! The only module of the core that opens files. It reads in a fixed order, within bounds, and follows no link out of
//! the folder. What it does not read is said in the estate.

mod anchors;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use hashbrown::HashSet;

use crate::Error;
use crate::estate::{Estate, EstateError, EstateReader, is_estate};
use crate::store::{Place, Unreadable};

pub use anchors::load_store;

/// Why a path could not be loaded at all. One bad file among others is in [`Estate::unreadable`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The operating system refused.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// The operating system's reason.
        reason: String,
    },
    /// The folder holds more files than any estate.
    #[error("{}: more than {limit} files", path.display())]
    TooMany {
        /// The folder.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
}

/// The most files that are read below one folder.
pub const MAXIMUM_FILES: usize = 500_000;

/// The largest file that is read, in bytes.
pub const MAXIMUM_FILE: u64 = 256 << 20;

/// How many folders deep files are read; the layout has three.
pub const MAXIMUM_DEPTH: usize = 8;

/// Reads a folder of exports, or one file of any supported shape.
///
/// # Errors
/// [`Error::File`] when the path itself cannot be read; [`Error::Estate`] when it is one JSON file and no estate.
pub fn load(path: impl AsRef<Path>) -> Result<Estate, Error> {
    load_all(&[path.as_ref()])
}

/// Reads several folders and files into one estate. Files that lie alone are taken as one vCenter's. A path that cannot
/// be read beside one that can is an unreadable entry of the estate; one that is given twice counts once.
///
/// # Errors
/// As [`load`], for the first path, when none can be read.
pub fn load_all(paths: &[impl AsRef<Path>]) -> Result<Estate, Error> {
    let mut gathered = Gathered::default();
    let mut errors = Vec::new();
    for path in paths.iter().map(AsRef::as_ref) {
        if let Err(error) = gathered.add(path) {
            errors.push((path, error));
        }
    }
    if errors.len() == paths.len() && !errors.is_empty() {
        return Err(errors.swap_remove(0).1);
    }
    let mut estate = gathered.finish();
    estate.unreadable.extend(errors.into_iter().map(|(path, error)| lost(path, &error)));
    Ok(estate)
}

/// What was read of several paths so far.
#[derive(Default)]
struct Gathered {
    estate: Estate,
    /// The files that lie alone.
    alone: Option<EstateReader>,
    /// What was read, with every link resolved.
    seen: HashSet<PathBuf>,
}

impl Gathered {
    fn add(&mut self, path: &Path) -> Result<(), Error> {
        let canonical = fs::canonicalize(path).map_err(|error| unreadable(path, &error))?;
        if !self.seen.contains(&canonical) {
            self.read(path, &canonical)?;
            self.seen.insert(canonical);
        }
        Ok(())
    }

    fn read(&mut self, path: &Path, canonical: &Path) -> Result<(), Error> {
        if canonical.is_dir() {
            self.estate.merge(folder(path, canonical)?);
            return Ok(());
        }
        let name = name_of(path);
        let bytes = contents(canonical).map_err(|reason| FileError::Unreadable { path: path.into(), reason })?;
        if is_estate(&bytes) {
            let named = |error| EstateError::InFile { file: path.display().to_string(), error: Box::new(error) };
            self.estate.merge(Estate::from_json(&bytes).map_err(named)?);
            return Ok(());
        }
        let top = || EstateReader::new(name.split('.').next().unwrap_or(&name));
        self.alone.get_or_insert_with(top).add_alone(&name, &bytes);
        Ok(())
    }

    fn finish(self) -> Estate {
        let mut estate = self.estate;
        if let Some(alone) = self.alone {
            estate.merge(alone.finish());
        }
        estate.sort();
        estate
    }
}

/// The entry of a path that could not be read. Its place says which path, so the reason need not.
fn lost(path: &Path, error: &Error) -> Unreadable {
    let reason = match error {
        Error::File(FileError::Unreadable { path: at, reason }) if at == path => reason.clone(),
        Error::File(FileError::TooMany { path: at, limit }) if at == path => format!("more than {limit} files"),
        Error::Estate(EstateError::InFile { error, .. }) => error.to_string(),
        Error::Store(error) => error.reason(),
        other => other.to_string(),
    };
    Unreadable { place: Place { source: Some(path.display().to_string().into()), ..Place::default() }, reason }
}

fn folder(path: &Path, canonical: &Path) -> Result<Estate, Error> {
    let mut reader = EstateReader::new(&name_of(canonical));
    // What download.zip unpacks to is one store and no estate.
    if anchors::is_unpacked_download(canonical) {
        reader.add_anchors("", anchors::reading(canonical, "")?, true);
        return Ok(reader.finish());
    }
    let mut walk = Walk { root: canonical, shown: path, reader: &mut reader, files: 0 };
    walk.folder(canonical, "", 0)?;
    Ok(reader.finish())
}

struct Walk<'w> {
    /// The folder, with every link resolved: nothing outside it is read.
    root: &'w Path,
    /// The folder as the caller wrote it.
    shown: &'w Path,
    reader: &'w mut EstateReader,
    files: usize,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, relative: &str, depth: usize) -> Result<(), FileError> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            // The folder that was asked for must be readable; one below it may not be.
            Err(error) if depth == 0 => return Err(unreadable(self.shown, &error)),
            Err(error) => {
                self.reader.refuse(relative, error.to_string());
                return Ok(());
            }
        };
        let mut names = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => names.push(entry.file_name()),
                Err(error) => self.reader.refuse(relative, error.to_string()),
            }
        }
        names.sort();
        for name in names {
            let text = shown(&name);
            let relative = if relative.is_empty() { text } else { format!("{relative}/{text}") };
            // Two such names may look alike, and the layout takes a folder's name for the name of a server.
            if name.to_str().is_none() {
                self.reader.refuse(&relative, "the name is not UTF-8, so it was not read");
                continue;
            }
            self.entry(&folder.join(&name), &relative, depth)?;
        }
        Ok(())
    }

    fn entry(&mut self, path: &Path, relative: &str, depth: usize) -> Result<(), FileError> {
        self.files += 1;
        if self.files > MAXIMUM_FILES {
            return Err(FileError::TooMany { path: self.shown.into(), limit: MAXIMUM_FILES });
        }
        let Ok(metadata) = fs::symlink_metadata(path) else {
            self.reader.refuse(relative, "the file cannot be looked at");
            return Ok(());
        };
        if metadata.is_dir() {
            if let Some(is_download) = store_folder(path, relative) {
                let reading = anchors::reading(path, relative)?;
                self.reader.add_anchors(relative, reading, is_download);
                return Ok(());
            }
            if depth + 1 < MAXIMUM_DEPTH {
                return self.folder(path, relative, depth + 1);
            }
            self.reader.refuse(relative, format!("more than {MAXIMUM_DEPTH} folders deep"));
            return Ok(());
        }
        match self.file(path, metadata.is_symlink()) {
            Ok(bytes) => self.reader.add(relative, &bytes),
            Err(reason) => self.reader.refuse(relative, reason),
        }
        Ok(())
    }

    fn file(&self, path: &Path, link: bool) -> Result<Vec<u8>, String> {
        if !link {
            return contents(path);
        }
        let target = fs::canonicalize(path).map_err(|error| error.to_string())?;
        if !target.starts_with(self.root) {
            return Err("the link leads out of the folder".to_owned());
        }
        contents(&target)
    }
}

/// Whether a folder of an estate is the store TRUSTED_ROOTS of the vCenter above it: by its name, or as what download.zip unpacks
/// to. The answer says whether it is the latter, which anybody may have sent.
fn store_folder(path: &Path, relative: &str) -> Option<bool> {
    let name = relative.rsplit('/').next().unwrap_or(relative).to_lowercase().replace(['_', ' '], "-");
    let is_download = anchors::is_unpacked_download(path);
    (is_download || matches!(&*name, "trusted-roots" | "trusted-root-chains")).then_some(is_download)
}

/// The bytes of a plain file.
pub(crate) fn contents(path: &Path) -> Result<Vec<u8>, String> {
    // Opening a pipe would wait for its writer, so what is no file is turned away before.
    if !fs::metadata(path).map_err(|error| error.to_string())?.is_file() {
        return Err("not a file".to_owned());
    }
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    file.take(MAXIMUM_FILE + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAXIMUM_FILE) {
        return Err(format!("more than {MAXIMUM_FILE} bytes"));
    }
    Ok(bytes)
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| "estate".to_owned(), shown)
}

/// The name as text; one that is not UTF-8 with escapes, so that different names stay different.
fn shown(name: &OsStr) -> String {
    name.to_str().map_or_else(|| name.as_encoded_bytes().escape_ascii().to_string(), str::to_owned)
}

fn unreadable(path: &Path, error: &std::io::Error) -> FileError {
    FileError::Unreadable { path: path.into(), reason: error.to_string() }
}
