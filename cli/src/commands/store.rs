//! `relight export`, `relight import`: the store moves as one file.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::files;
use crate::store::Store;
use clap::Args;
use std::path::PathBuf;

/// Write your whole store to one file, to move it; its secrets stay sealed
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  relight export ada.relight-store")]
pub struct Export {
    /// The file, which must not exist
    file: PathBuf,
}

/// Make your store from an exported file
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  relight import ada.relight-store")]
pub struct Import {
    /// The file
    file: PathBuf,
}

impl Export {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let archive = desk.store()?.export()?;
        if !files::create(&self.file, &archive)? {
            return Err(Failure::refused(self.file.display(), "there is such a file, and it is not overwritten"));
        }
        Ok(Answer::new(format!("The store is in {}.", self.file.display()))
            .line("Work with one of the two from now on: whoever deals or confirms twice is expelled.")
            .fact("file", self.file))
    }
}

impl Import {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let store = Store::import(desk.home(), &files::read(&self.file)?)?;
        Ok(Answer::new(format!("{} is ready: the store of {}.", store.root().display(), store.name()))
            .line("Remove the one that it came from.")
            .fact("store", store.root()))
    }
}
