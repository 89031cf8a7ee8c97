//! Where an object goes that a command makes: on the board, into a file, or into the answer.

use crate::answer::Answer;
use crate::armour::{Kind, armour};
use crate::board::Board;
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::files;
use clap::Args;
use std::path::{Path, PathBuf};

/// Where what is made goes.
#[derive(Debug, Args)]
pub(super) struct Out {
    /// Write it to this file, as text, instead of posting it on the board
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Out {
    /// Posts an object, or writes it, or prints it where there is neither a board nor a file.
    pub(super) fn deliver(
        &self,
        desk: &Desk,
        answer: Answer,
        (kind, bytes): (Kind, &[u8]),
        post: impl FnOnce(&dyn Board) -> Result<String>,
    ) -> Result<Answer> {
        match (&self.out, desk.optional_board()?) {
            (Some(path), _) => write(path, &armour(kind, bytes)?).map(|()| answer.say("written", path.display())),
            (None, Some(board)) => Ok(answer.say("posted", post(&*board)?)),
            (None, None) => {
                let text = armour(kind, bytes)?;
                Ok(answer.line(&text).fact("armour", text))
            }
        }
    }
}

/// Writes a new file.
pub(super) fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    match files::create(path, contents.as_ref())? {
        true => Ok(()),
        false => Err(Failure::refused(path.display(), "there is a file of this name, and it is not replaced")),
    }
}
