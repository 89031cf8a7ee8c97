//! What every command works with: the store, the board, the console, the clock.

use crate::armour::{self, Kind};
use crate::board::{self, Board, Name};
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::store::Store;
use relight::Timestamp;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the holder works.
pub struct Desk {
    home: PathBuf,
    board: Option<String>,
    /// The person.
    pub console: Console,
}

impl Desk {
    /// At a store and a board, neither of which need exist yet.
    pub fn new(home: PathBuf, board: Option<String>, console: Console) -> Self {
        Self { home, board, console }
    }

    /// The folder of the store.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The store of the holder.
    ///
    /// # Errors
    ///
    /// Like [`Store::open`].
    pub fn store(&self) -> Result<Store> {
        Store::open(&self.home)
    }

    /// The store, for what can also be done without one.
    ///
    /// # Errors
    ///
    /// If it is of another version, or another command is using it.
    pub fn optional_store(&self) -> Result<Option<Store>> {
        self.home.join("store.json").exists().then(|| self.store()).transpose()
    }

    /// The board.
    ///
    /// # Errors
    ///
    /// If none was named, or there is none of this name.
    pub fn board(&self) -> Result<Box<dyn Board>> {
        let board = self.board.as_ref().ok_or_else(|| {
            Failure::refused("the board", "none was named")
                .next("name a folder, or an object store, by --board or RELIGHT_BOARD")
        })?;
        board::open(board)
    }

    /// The board, for what can also be done without one.
    ///
    /// # Errors
    ///
    /// If it cannot be reached.
    pub fn optional_board(&self) -> Result<Option<Box<dyn Board>>> {
        self.board.as_ref().map(|_| self.board()).transpose()
    }

    /// Reads an object, as [`Desk::bytes`] does.
    ///
    /// # Errors
    ///
    /// If the file is something else, with what it is instead.
    pub fn object<T>(&self, kind: Kind, path: &Path, decode: impl FnOnce(&[u8]) -> relight::Result<T>) -> Result<T> {
        decode(&self.bytes(kind, path)?).at(format!("{}, read as a {kind}", path.display()))
    }

    /// The bytes of an object in a file, in either form; where there is no such file, what the board has at this path.
    ///
    /// # Errors
    ///
    /// If there is none, it is text of another kind, or its name is one of the board and promises other bytes.
    pub fn bytes(&self, kind: Kind, path: &Path) -> Result<Vec<u8>> {
        let name = path.file_name().and_then(OsStr::to_str).and_then(Name::parse);
        let found = match self.optional_board()? {
            Some(board) if !path.exists() => board.read(&path.display().to_string())?,
            _ if name.is_some() => files::read_stranger(path)?,
            _ => files::read(path)?,
        };
        let bytes = armour::strip(kind, found)?;
        match name {
            Some(name) => name.check(&path.display().to_string(), bytes),
            None => Ok(bytes),
        }
    }

    /// The time, by the clock of this machine.
    ///
    /// # Errors
    ///
    /// If the clock was never set.
    pub fn now(&self) -> Result<Timestamp> {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        Timestamp::from_unix_seconds(seconds).at("the clock of this machine")
    }
}
