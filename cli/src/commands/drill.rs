//! `relight drill`.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::drill::{self, Numbers};
use crate::failure::Result;
use clap::Args;
use std::io::{sink, stdout};

/// Play the life of a threshold network's keys: made, backed up, lost, and brought back
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  relight drill --nodes 4 --members 3 --curves secp256k1:2,ed25519")]
pub struct Drill {
    #[command(flatten)]
    numbers: Numbers,
}

impl Drill {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let answer = Answer::default().fact("lit", true);
        if desk.console.is_quiet() {
            drill::play(self.numbers, &mut sink(), false)?;
        } else {
            drill::play(self.numbers, &mut stdout(), desk.console.has_colours(&stdout()))?;
        }
        Ok(answer)
    }
}
