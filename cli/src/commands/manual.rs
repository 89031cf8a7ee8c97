//! `relight man` and `relight completions`: what a package installs with the program.

use super::Relight;
use crate::answer::Answer;
use crate::failure::{Failure, Result};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::fs;
use std::path::PathBuf;

/// Write the man pages, one for each command
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  relight man /usr/local/share/man/man1")]
pub struct Man {
    /// The folder to write them into
    folder: PathBuf,
}

/// Write the completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  relight completions bash > /etc/bash_completion.d/relight")]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Man {
    pub(super) fn run(self) -> Result<Answer> {
        let write = || {
            fs::create_dir_all(&self.folder)?;
            clap_mangen::generate_to(Relight::command(), &self.folder)
        };
        write().map_err(|error| Failure::file(&self.folder, error))?;
        Ok(Answer::default().say("pages", self.folder.display()))
    }
}

impl Completions {
    pub(super) fn run(self) -> Result<Answer> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Relight::command(), "relight", &mut script);
        let script = String::from_utf8_lossy(&script).trim_end().to_owned();
        Ok(Answer::new(&script).fact("script", &script))
    }
}
