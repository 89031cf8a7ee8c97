//! A board that is a folder, such as one that people share.

use super::Board;
use crate::failure::Result;
use crate::files;
use std::path::PathBuf;

/// A folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The board in this folder, which need not exist yet.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }
}

impl Board for Folder {
    fn names(&self, folder: &str) -> Result<Vec<String>> {
        files::names(&self.root.join(folder))
    }

    fn read(&self, path: &str) -> Result<Vec<u8>> {
        files::read_stranger(&self.root.join(path))
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<()> {
        // The name carries the hash: what is there is the same, or damaged and nobody's.
        files::create(&self.root.join(path), bytes).map(drop)
    }

    fn describe(&self) -> String {
        self.root.display().to_string()
    }
}
