//! Files: whole or not at all, never larger than expected, and for their owner alone where they are secret.

use crate::failure::{Failure, Result};
use rustix::fs::OFlags;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use tempfile::NamedTempFile;

/// No object is larger than this.
pub const LARGEST: u64 = 1 << 30;
const PRIVATE_FOLDER: u32 = 0o700;

/// Reads a file, unless it is larger than any object.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    contents(path, &File::open(path).map_err(|error| Failure::file(path, error))?)
}

/// Reads a file that anybody may have put there: of what is no file nothing is read, and nothing is waited for.
pub fn read_stranger(path: &Path) -> Result<Vec<u8>> {
    // A pipe would keep its reader waiting for a writer.
    let opened = OpenOptions::new().read(true).custom_flags(OFlags::NONBLOCK.bits() as i32).open(path);
    let file = opened.map_err(|error| Failure::file(path, error))?;
    match file.metadata().map_err(|error| Failure::file(path, error))?.is_file() {
        true => contents(path, &file),
        false => Err(Failure::refused(path.display(), "it is no file")),
    }
}

fn contents(path: &Path, file: &File) -> Result<Vec<u8>> {
    let failed = |error| Failure::file(path, error);
    let (mut bytes, length) = (Vec::new(), file.metadata().map_err(failed)?.len());
    // What says its length is not read in vain; what says none may go on for ever.
    if length > LARGEST || file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)? as u64 > LARGEST {
        return Err(Failure::refused(path.display(), "the file is too large to be anything of Relight"));
    }
    Ok(bytes)
}

/// Writes a file whole, in place of what is there. It is for its owner alone.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let file = written(path, bytes)?;
    file.persist(path).map_err(|error| Failure::file(path, error.error))?;
    sync_folder(path)
}

/// Writes a file whole, and says whether it did: it never replaces one.
pub fn create(path: &Path, bytes: &[u8]) -> Result<bool> {
    //= spec/16-files.md#16-1-the-board
    //# A program MUST write a file whole or not at all, and never over another one.
    match written(path, bytes)?.persist_noclobber(path) {
        Ok(_) => sync_folder(path).map(|()| true),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Failure::file(path, error.error)),
    }
}

/// Removes a file, if it is there.
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::file(path, error)),
        _ => Ok(()),
    }
}

/// The names in a folder, in order; none if there is no folder.
pub fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| Failure::file(folder, error))?,
    };
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().into_string().ok()));
    let names = names.collect::<std::io::Result<Vec<_>>>().map_err(|error| Failure::file(folder, error))?;
    // What is written begins with a dot until it is whole.
    let mut names: Vec<String> = names.into_iter().flatten().filter(|name| !name.starts_with('.')).collect();
    names.sort();
    Ok(names)
}

/// The files within a folder and its folders, in order, by their paths within it.
pub fn walk(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for name in names(folder)? {
        let path = folder.join(&name);
        match path.is_dir() {
            true => found.extend(walk(&path)?.into_iter().map(|within| format!("{name}/{within}"))),
            false => found.push(name),
        }
    }
    Ok(found)
}

/// The folder that a file is in: for a name alone, the one that we work in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder and those that it is in, for their owner alone, unless they are there.
pub(crate) fn make_folder(path: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(PRIVATE_FOLDER).create(path)
}

/// A temporary file beside the path, with the bytes on the disk. Its mode is 0600.
fn written(path: &Path, bytes: &[u8]) -> Result<NamedTempFile> {
    let folder = folder_of(path);
    let write = || {
        make_folder(folder)?;
        let mut file = NamedTempFile::with_prefix_in(".relight-", folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    write().map_err(|error| Failure::file(path, error))
}

/// A name is on the disk when its folder is.
fn sync_folder(path: &Path) -> Result<()> {
    let folder = folder_of(path);
    let sync = File::open(folder).and_then(|folder| folder.sync_all());
    sync.map_err(|error| Failure::file(folder, error))
}
