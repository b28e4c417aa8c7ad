//! The rules of ARCHITECTURE.md that the compiler does not enforce, as tables read against the source.
//!
//! A complaint names the file, the line and the rule. To allow something new, change the table here and the text in
//! ARCHITECTURE.md in one commit.

mod circles;
mod layers;
mod places;
mod public;
mod reading;
mod source;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace has a root")
}

/// A text file of the tree: its path from the root, with `/`, and its text.
struct File {
    path: String,
    text: String,
}

/// Folders that hold what tools make, not what people wrote.
const MADE: [&str; 12] = [
    "target",
    "dist",
    "node_modules",
    "__pycache__",
    "artifacts",
    "coverage",
    "corpus",
    ".git",
    ".venv",
    ".cache",
    ".mypy_cache",
    ".ruff_cache",
];

/// Every text file of the tree whose name ends in one of `endings`; no endings means all.
fn files(endings: &[&str]) -> Vec<File> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("a readable folder entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let made = MADE.contains(&name.as_str()) || name.starts_with(".pytest") || name.ends_with(".egg-info");
            let wanted = endings.is_empty() || endings.iter().any(|ending| name.ends_with(ending));
            if path.is_dir() && !path.is_symlink() && !made {
                folders.push(path);
            } else if path.is_file() && wanted && !made {
                let relative = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
                // What is not UTF-8 is a vector or an archive, not text.
                if let Ok(text) = fs::read_to_string(&path) {
                    found.push(File { path: relative, text });
                }
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Fails with every complaint on a line of its own.
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints\n{}\n", complaints.len(), complaints.join("\n"));
}
