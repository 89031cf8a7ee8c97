//! Files are all that the roles share.

use crate::failure::{Failure, Result, While};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Writes a public file, and the directories above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    make_room(path)?;
    fs::write(path, bytes).map_err(|error| Failure::file(path, error))
}

/// Writes a file that nobody else may read.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<()> {
    make_room(path)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| Failure::file(path, error))
}

/// Reads a file. It may be a secret one, so the memory is wiped.
pub(crate) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    fs::read(path).map(Zeroizing::new).map_err(|error| Failure::file(path, error))
}

/// Reads and decodes a file.
pub(crate) fn decode<T>(path: &Path, decode: impl Fn(&[u8]) -> relight::Result<T>) -> Result<T> {
    decode(&read(path)?).at(path.display())
}

/// What is in a directory; nothing if it does not exist. Names that end in numbers come in the order of these.
pub(crate) fn list(directory: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(|error| Failure::file(directory, error))?,
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<std::io::Result<Vec<_>>>().map_err(|error| Failure::file(directory, error))?;
    paths.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    Ok(paths)
}

pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, &read(from)?)
}

/// Deletes a file or a whole directory, if it is there.
pub(crate) fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::file(path, error)),
        _ => Ok(()),
    }
}

/// How many files there are below a directory, or at this path, and how many bytes they have.
pub(crate) fn measure(path: &Path) -> Result<(usize, u64)> {
    if path.is_dir() {
        let below = list(path)?.iter().map(|path| measure(path)).collect::<Result<Vec<_>>>()?;
        return Ok(below.iter().fold((0, 0), |sum, below| (sum.0 + below.0, sum.1 + below.1)));
    }
    let metadata = fs::metadata(path).map_err(|error| Failure::file(path, error))?;
    Ok((1, metadata.len()))
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
        if root.exists() && !(root.is_dir() && list(&root)?.is_empty()) {
            return Err(Failure::usage(format!("{} exists and is not an empty directory", root.display())));
        }
        make_private(&root)?;
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

fn make_room(path: &Path) -> Result<()> {
    path.parent().map_or(Ok(()), |parent| fs::create_dir_all(parent).map_err(|error| Failure::file(parent, error)))
}

fn make_private(directory: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).map_err(|error| Failure::file(directory, error))
}
