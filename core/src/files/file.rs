//! One file: its bytes within their bound, its name as text, and why it cannot be read.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes.
pub const MAXIMUM_FILE: u64 = 256 << 20;

/// Why a path could not be loaded at all. One bad file among others is in [`Estate::unreadable`](crate::estate::Estate::unreadable).
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

impl FileError {
    /// Why, without the path.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Unreadable { reason, .. } => reason.clone(),
            Self::TooMany { limit, .. } => format!("more than {limit} files"),
        }
    }

    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Unreadable { path, .. } | Self::TooMany { path, .. } => path,
        }
    }
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

/// The name as text; one that is not UTF-8 with escapes, so that different names stay different.
pub(super) fn shown(name: &OsStr) -> String {
    name.to_str().map_or_else(|| name.as_encoded_bytes().escape_ascii().to_string(), str::to_owned)
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> FileError {
    FileError::Unreadable { path: path.into(), reason: error.to_string() }
}
