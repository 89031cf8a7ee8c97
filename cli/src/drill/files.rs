//! The directory of a drill.

use crate::failure::{Failure, Result};
use crate::files;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// How many files there are below a directory, or at this path, and how many bytes they have.
pub(crate) fn measure(path: &Path) -> Result<(usize, u64)> {
    let names = if path.is_dir() { files::walk(path)? } else { vec![String::new()] };
    let length = |name: &String| {
        let path = if name.is_empty() { path.to_owned() } else { path.join(name) };
        fs::metadata(&path).map(|metadata| metadata.len()).map_err(|error| Failure::file(&path, error))
    };
    let lengths = names.iter().map(length).collect::<Result<Vec<_>>>()?;
    Ok((lengths.len(), lengths.iter().sum()))
}

/// Deletes a directory, if it is there.
pub(crate) fn clear(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::file(path, error)),
        _ => Ok(()),
    }
}

/// A directory for everything, which goes away with this value if it is a temporary one.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    temporary: bool,
}

impl Workspace {
    /// The chosen directory, which must be new or empty, or a temporary one.
    pub(crate) fn new(chosen: Option<&Path>) -> Result<Self> {
        let temporary = || std::env::temp_dir().join(format!("relight-drill-{}", rand::random::<u64>()));
        let root = chosen.map_or_else(temporary, Path::to_owned);
        if root.exists() && !fs::read_dir(&root).is_ok_and(|mut entries| entries.next().is_none()) {
            return Err(Failure::usage(format!("{} exists and is not an empty directory", root.display())));
        }
        files::make_folder(&root).map_err(|error| Failure::file(&root, error))?;
        Ok(Self { root, temporary: chosen.is_none() })
    }

    pub(crate) fn is_temporary(&self) -> bool {
        self.temporary
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if self.temporary {
            // The drill is over: there is nobody left to tell that this failed.
            let _ = fs::remove_dir_all(&self.root);
        }
    }
}
