//! The files below a folder, in a fixed order and within bounds. No link is followed out of the folder, and what is passed over is
//! told.

use std::fs;
use std::path::Path;

use super::file::{FileError, contents, shown, unreadable};

/// How many folders deep files are read; the layout has three.
pub const MAXIMUM_DEPTH: usize = 8;

/// What becomes of what a walk meets. Names are relative to the folder, with `/` between their parts.
pub(super) trait Visitor {
    /// A folder below the one that is walked. True when it was taken as a whole, and its files are not walked.
    fn folder(&mut self, _path: &Path, _relative: &str) -> bool {
        false
    }

    /// A file with its bytes, or with the reason why it has none.
    fn file(&mut self, relative: &str, bytes: Result<Vec<u8>, String>);
}

/// Walks a folder.
///
/// # Errors
/// When the folder itself cannot be read, or holds more than `limit` files and folders.
pub(super) fn walk(folder: Folder<'_>, limit: usize, visitor: &mut impl Visitor) -> Result<(), FileError> {
    Walk { folder, limit, files: 0, visitor }.folder(folder.root, "", 0)
}

/// Whether a system's file manager puts such a file into every folder that it shows. Nobody exported it.
pub(super) fn is_of_system(name: &str) -> bool {
    matches!(name, ".DS_Store" | "Thumbs.db" | "thumbs.db" | "desktop.ini" | "__MACOSX") || name.starts_with("._")
}

/// A folder that is walked.
#[derive(Clone, Copy)]
pub(super) struct Folder<'w> {
    /// With every link resolved: nothing outside it is read.
    pub(super) root: &'w Path,
    /// As the caller wrote it.
    pub(super) shown: &'w Path,
}

struct Walk<'w, V> {
    folder: Folder<'w>,
    limit: usize,
    files: usize,
    visitor: &'w mut V,
}

impl<V: Visitor> Walk<'_, V> {
    fn refuse(&mut self, relative: &str, reason: impl Into<String>) {
        self.visitor.file(relative, Err(reason.into()));
    }

    fn folder(&mut self, folder: &Path, relative: &str, depth: usize) -> Result<(), FileError> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            // The folder that was asked for must be readable; one below it may not be.
            Err(error) if depth == 0 => return Err(unreadable(self.folder.shown, &error)),
            Err(error) => {
                self.refuse(relative, error.to_string());
                return Ok(());
            }
        };
        let mut names = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => names.push(entry.file_name()),
                Err(error) => self.refuse(relative, error.to_string()),
            }
        }
        names.sort();
        for name in names {
            let text = shown(&name);
            let relative = if relative.is_empty() { text } else { format!("{relative}/{text}") };
            // Two such names may look alike, and the layout takes a folder's name for the name of a server.
            if name.to_str().is_none() {
                self.refuse(&relative, "the name is not UTF-8, so it was not read");
                continue;
            }
            self.entry(&folder.join(&name), &relative, depth)?;
        }
        Ok(())
    }

    fn entry(&mut self, path: &Path, relative: &str, depth: usize) -> Result<(), FileError> {
        if is_of_system(relative.rsplit('/').next().unwrap_or(relative)) {
            return Ok(());
        }
        self.files += 1;
        if self.files > self.limit {
            return Err(FileError::TooMany { path: self.folder.shown.into(), limit: self.limit });
        }
        let Ok(metadata) = fs::symlink_metadata(path) else {
            self.refuse(relative, "the file's properties cannot be read");
            return Ok(());
        };
        if metadata.is_dir() {
            if self.visitor.folder(path, relative) {
                return Ok(());
            }
            if depth + 1 < MAXIMUM_DEPTH {
                return self.folder(path, relative, depth + 1);
            }
            self.refuse(relative, format!("more than {MAXIMUM_DEPTH} folders deep"));
            return Ok(());
        }
        let bytes = self.read(path, metadata.is_symlink());
        self.visitor.file(relative, bytes);
        Ok(())
    }

    fn read(&self, path: &Path, link: bool) -> Result<Vec<u8>, String> {
        if !link {
            return contents(path);
        }
        let target = fs::canonicalize(path).map_err(|error| error.to_string())?;
        if !target.starts_with(self.folder.root) {
            return Err("the link leads out of the folder".to_owned());
        }
        contents(&target)
    }
}
