//! A store as one file, to move it. Its secrets stay sealed.
//!
//! ```text
//! struct { opaque name<0..2^16-1>; opaque content<0..2^32-1>; } File;
//! struct { opaque magic[16]; File files[...]; opaque hash[32]; } Archive;      // SHA-256 of all before it
//! ```

use super::Store;
use crate::failure::{Failure, Result};
use crate::files;
use sha2::{Digest, Sha256};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 16] = b"relight-store-1\n";
const HASH_LEN: usize = 32;

impl Store {
    /// All of the store, in one.
    ///
    /// # Errors
    ///
    /// If something cannot be read.
    pub fn export(&self) -> Result<Vec<u8>> {
        let mut archive = MAGIC.to_vec();
        for name in files::walk(self.root())? {
            let content = files::read(&self.root().join(&name))?;
            put(&mut archive, &name, &content).ok_or_else(|| Failure::refused(&name, "too long to be exported"))?;
        }
        let hash = Sha256::digest(&archive);
        archive.extend_from_slice(&hash);
        Ok(archive)
    }

    /// Makes a store of an archive: all of it or nothing, in a folder that is new.
    ///
    /// # Errors
    ///
    /// If the archive is damaged, incomplete or none, or there is something in the folder.
    pub fn import(root: &Path, archive: &[u8]) -> Result<Self> {
        let contents =
            read(archive).ok_or_else(|| Failure::refused("the archive", "it is damaged, incomplete or none"))?;
        if root.exists() {
            return Err(Failure::refused(root.display(), "there is something already, and nothing is overwritten"));
        }
        let folder = root.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let private = Permissions::from_mode(0o700);
        let place = tempfile::Builder::new().prefix(".relight-").permissions(private).tempdir_in(folder);
        let place = place.map_err(|error| Failure::file(folder, error))?;
        for (name, content) in contents {
            files::create(&place.path().join(name), content)?;
        }
        drop(Self::open(place.path())?);
        let unpacked = place.keep();
        std::fs::rename(&unpacked, root).map_err(|error| Failure::file(root, error))?;
        Self::open(root)
    }
}

/// Fails for what is too long.
fn put(archive: &mut Vec<u8>, name: &str, content: &[u8]) -> Option<()> {
    archive.extend(u16::try_from(name.len()).ok()?.to_be_bytes());
    archive.extend(name.as_bytes());
    archive.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
    archive.extend(content);
    Some(())
}

/// The files, if nothing is damaged or missing.
fn read(archive: &[u8]) -> Option<Vec<(PathBuf, &[u8])>> {
    let (content, hash) = archive.split_at_checked(archive.len().checked_sub(HASH_LEN)?)?;
    let mut rest = content.strip_prefix(MAGIC)?;
    if Sha256::digest(content)[..] != *hash {
        return None;
    }
    let mut files = Vec::new();
    while !rest.is_empty() {
        let (name, after) =
            take(rest.split_first_chunk().map(|(length, rest)| (u16::from_be_bytes(*length).into(), rest))?)?;
        let (content, after) =
            take(after.split_first_chunk().map(|(length, rest)| (u32::from_be_bytes(*length) as usize, rest))?)?;
        files.push((path(name)?, content));
        rest = after;
    }
    Some(files)
}

fn take((length, rest): (usize, &[u8])) -> Option<(&[u8], &[u8])> {
    rest.split_at_checked(length)
}

/// A path that stays within the store.
fn path(name: &[u8]) -> Option<PathBuf> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let parts = std::str::from_utf8(name).ok()?.split('/');
    let parts =
        parts.map(|part| (!part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)).then_some(part));
    parts.collect()
}
