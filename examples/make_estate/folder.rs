//! Files to be, by their path.

use std::collections::BTreeMap;
use std::path::Path;

/// A folder in memory.
#[derive(Default)]
pub(crate) struct Folder(BTreeMap<String, Vec<u8>>);

impl Folder {
    pub(crate) fn add(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), content.into());
    }

    /// Replaces the folder at `target`, so that nothing of an older state is left.
    pub(crate) fn write(&self, target: &Path) -> std::io::Result<()> {
        if target.exists() {
            std::fs::remove_dir_all(target)?;
        }
        for (path, content) in &self.0 {
            let file = target.join(path);
            if let Some(parent) = file.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(file, content)?;
        }
        Ok(())
    }
}
