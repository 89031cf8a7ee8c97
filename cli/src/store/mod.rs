//! The store of a party: one folder, with every secret in an age file of its own.
//!
//! ```text
//! store.json          what this is, whose it is, and the recipient that secrets are sealed to
//! key.age             the key that opens the secrets, sealed by a passphrase or to recipients such as hardware
//! identity.age        the identity key; or identity.public, if a wallet signs
//! ...
//! ```
//!
//! Secrets are written with the public recipient alone; the passphrase is asked for once in a command that reads one.

mod archive;
mod key;

pub use key::Protection;

use crate::board::segment;
use crate::console::Console;
use crate::failure::{Failure, Result};
use crate::files;
use relight_sealed::x25519;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
/// How often the lock of a store is tried, and how long after each time.
const PATIENCE: u32 = 30;
const PAUSE: Duration = Duration::from_millis(100);

/// The store of a party.
pub struct Store {
    root: PathBuf,
    manifest: Manifest,
    key: OnceCell<x25519::Identity>,
    /// One command at a time: what a party does once is recorded before it is done.
    lock: File,
}

/// What `store.json` says.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Manifest {
    version: u8,
    name: String,
    recipient: String,
}

impl Store {
    /// Makes a store in a folder that is new or empty.
    ///
    /// # Errors
    ///
    /// If there is something in the folder, or it cannot be written.
    pub fn create(root: &Path, name: &str, protection: &Protection) -> Result<Self> {
        if !files::names(root)?.is_empty() {
            return Err(Failure::refused(root.display(), "the folder is not empty").next("give another one by --home"));
        }
        let key = x25519::Identity::generate();
        let manifest = Manifest { version: VERSION, name: name.to_owned(), recipient: key.to_public().to_string() };
        files::replace(&root.join("key.age"), &protection.seal(&key)?)?;
        let json = serde_json::to_vec_pretty(&manifest).map_err(|error| Failure::refused("store.json", error))?;
        files::replace(&manifest_path(root), &json)?;
        Self::open(root)
    }

    /// Opens the store in a folder. Its secrets stay closed.
    ///
    /// # Errors
    ///
    /// If there is none, it is of another version, or another command is using it.
    pub fn open(root: &Path) -> Result<Self> {
        let path = manifest_path(root);
        if !path.exists() {
            return Err(Failure::refused(root.display(), "there is no store here").next("make one: relight init NAME"));
        }
        let manifest: Manifest =
            serde_json::from_slice(&files::read(&path)?).map_err(|error| Failure::refused(path.display(), error))?;
        if manifest.version != VERSION {
            let why = format!("the store has version {}, this program knows {VERSION}", manifest.version);
            return Err(Failure::refused(root.display(), why));
        }
        let lock = File::open(&path).map_err(|error| Failure::file(&path, error))?;
        let store = Self { root: root.to_owned(), manifest, key: OnceCell::new(), lock };
        store.hold().map(|()| store)
    }

    /// Lets other commands use the store for a while. What was read of it before may be out of date then.
    ///
    /// # Errors
    ///
    /// If another command does not give it back.
    pub fn rest(&self, time: Duration) -> Result<()> {
        self.lock.unlock().map_err(|error| Failure::file(&self.root, error))?;
        std::thread::sleep(time);
        self.hold()
    }

    fn hold(&self) -> Result<()> {
        match (0..PATIENCE).any(|_| self.lock.try_lock().is_ok() || pause()) {
            true => Ok(()),
            false => Err(Failure::refused(self.root.display(), "another command is using the store")),
        }
    }

    /// Whose it is.
    pub fn name(&self) -> &str {
        &self.manifest.name
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Seals a secret under a new name, or under one that has it already.
    ///
    /// # Errors
    ///
    /// If there is one of this name, or the disk refuses.
    pub fn seal(&self, name: &str, secret: &[u8]) -> Result<()> {
        let path = self.secret_path(name);
        match files::create(&path, &self.sealed(secret)?)? {
            true => Ok(()),
            false => Err(Failure::refused(path.display(), "there is one already, and it is not replaced")),
        }
    }

    /// Seals a secret in place of the one of this name, if there is one.
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub fn reseal(&self, name: &str, secret: &[u8]) -> Result<()> {
        files::replace(&self.secret_path(name), &self.sealed(secret)?)
    }

    /// Is there a secret of this name?
    pub fn has_secret(&self, name: &str) -> bool {
        self.secret_path(name).exists()
    }

    /// The names of the secrets in a folder of the store, in order.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn secrets(&self, folder: &str) -> Result<Vec<String>> {
        let names = files::names(&self.root.join(folder))?;
        Ok(names.iter().filter_map(|name| name.strip_suffix(".age").map(|name| format!("{folder}/{name}"))).collect())
    }

    /// Opens a secret. The first one asks for the passphrase.
    ///
    /// # Errors
    ///
    /// If there is none, the passphrase is wrong, or the file is damaged.
    pub fn secret(&self, name: &str, console: &Console) -> Result<Zeroizing<Vec<u8>>> {
        let path = self.secret_path(name);
        let sealed = files::read(&path)?;
        let opened = relight_sealed::open(&sealed, [self.key(console)? as _]);
        opened.map_err(|error| Failure::refused(path.display(), error))
    }

    /// Removes a secret, if it is there.
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub fn remove_secret(&self, name: &str) -> Result<()> {
        files::remove(&self.secret_path(name))
    }

    /// Keeps something public under a new name, and says whether it is new. It never replaces anything.
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<bool> {
        files::create(&self.root.join(name), bytes)
    }

    /// What is kept under a name, if anything is.
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub fn kept(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let path = self.root.join(name);
        path.exists().then(|| files::read(&path)).transpose()
    }

    /// The names of what is kept in a folder of the store, in order.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn keepsakes(&self, folder: &str) -> Result<Vec<String>> {
        let names = files::names(&self.root.join(folder))?;
        Ok(names.into_iter().map(|name| format!("{folder}/{name}")).collect())
    }

    fn key(&self, console: &Console) -> Result<&x25519::Identity> {
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let path = self.root.join("key.age");
        let key = key::open(&path, &files::read(&path)?, console)?;
        match key.to_public().to_string() == self.manifest.recipient {
            true => Ok(self.key.get_or_init(|| key)),
            false => Err(Failure::refused(path.display(), "it is not the key of this store")),
        }
    }

    //= spec/16-files.md#16-4-secrets-at-rest
    //# A program MUST NOT store a secret in the clear.
    fn sealed(&self, secret: &[u8]) -> Result<Vec<u8>> {
        let recipient = &self.manifest.recipient;
        let parsed: x25519::Recipient = recipient.parse().map_err(|error| Failure::refused("store.json", error))?;
        relight_sealed::seal(secret, [&parsed as _]).map_err(|error| Failure::refused("sealing a secret", error))
    }

    fn secret_path(&self, name: &str) -> PathBuf {
        self.root.join(format!("{name}.age"))
    }
}

/// A name within the store, made of a folder and of names that people chose.
pub fn path(folder: &str, name: &[u8]) -> String {
    format!("{folder}/{}", segment(name))
}

/// Another command may be about to end.
fn pause() -> bool {
    std::thread::sleep(PAUSE);
    false
}

fn manifest_path(root: &Path) -> PathBuf {
    root.join("store.json")
}
