//! The edge to the file system: a folder of exports or a single file becomes an estate.
//!
//! The only module of the core that opens files. It reads in a fixed order, within bounds, and follows no link out of
//! the folder. What it does not read is said in the estate.

mod anchors;
mod file;
mod walk;

use std::fs;
use std::path::{Path, PathBuf};

use hashbrown::HashSet;

use crate::Error;
use crate::estate::{Estate, EstateError, EstateReader, is_estate};
use crate::store::{Place, Unreadable};

pub use anchors::load_store;
pub(crate) use file::contents;
pub use file::{FileError, MAXIMUM_FILE};
use file::{shown, unreadable};
pub use walk::MAXIMUM_DEPTH;
use walk::{Folder, Visitor, walk};

/// The most files that are read below one folder.
pub const MAXIMUM_FILES: usize = 500_000;

/// Reads a folder of exports, or one file of any supported shape.
///
/// # Errors
/// [`Error::File`] when the path itself cannot be read; [`Error::Estate`] when it is one JSON file and no estate.
pub fn load(path: impl AsRef<Path>) -> Result<Estate, Error> {
    load_all(&[path.as_ref()])
}

/// Reads several folders and files into one estate. Single files are taken as one vCenter's. If only some paths can
/// be read, each of the others is an unreadable entry of the estate; one that is given twice counts once.
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
        Error::File(error) if error.path() == path => error.reason(),
        Error::Estate(EstateError::InFile { error, .. }) => error.to_string(),
        Error::Store(error) => error.reason(),
        other => other.to_string(),
    };
    Unreadable { place: Place { source: Some(path.display().to_string().into()), ..Place::default() }, reason }
}

fn folder(path: &Path, canonical: &Path) -> Result<Estate, Error> {
    let mut reader = EstateReader::new(&name_of(canonical));
    let folder = Folder { root: canonical, shown: path };
    // What download.zip unpacks to is one store and no estate.
    if anchors::is_unpacked_download(canonical) {
        reader.add_anchors("", anchors::reading(folder, "")?, true);
        return Ok(reader.finish());
    }
    walk(folder, MAXIMUM_FILES, &mut reader)?;
    let mut estate = reader.finish();
    // Beside other inputs nobody would notice that one of them gave nothing.
    if estate == Estate::default() {
        let place = Place { source: Some(path.display().to_string().into()), ..Place::default() };
        estate.unreadable.push(Unreadable { place, reason: "the folder holds no file".to_owned() });
    }
    Ok(estate)
}

impl Visitor for EstateReader {
    fn folder(&mut self, path: &Path, relative: &str) -> bool {
        let Some(is_download) = store_folder(path, relative) else { return false };
        match anchors::reading(Folder { root: path, shown: path }, relative) {
            Ok(reading) => self.add_anchors(relative, reading, is_download),
            Err(error) => self.refuse(relative, error.reason()),
        }
        true
    }

    fn file(&mut self, relative: &str, bytes: Result<Vec<u8>, String>) {
        match bytes {
            Ok(bytes) => self.add(relative, &bytes),
            Err(reason) => self.refuse(relative, reason),
        }
    }
}

/// Whether a folder of an estate is the store TRUSTED_ROOTS of the vCenter above it: by its name, or as what download.zip unpacks
/// to. The answer says whether it is the latter, which anybody may have sent.
fn store_folder(path: &Path, relative: &str) -> Option<bool> {
    let name = relative.rsplit('/').next().unwrap_or(relative).to_lowercase().replace(['_', ' '], "-");
    let is_download = anchors::is_unpacked_download(path);
    (is_download || matches!(&*name, "trusted-roots" | "trusted-root-chains")).then_some(is_download)
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| "estate".to_owned(), shown)
}
