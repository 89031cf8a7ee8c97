//! `relight ceremony`: keys are generated, shared anew, repaired and handed over.

mod act;
mod plan;
mod text;
mod view;

use crate::answer::Answer;
use crate::board::Board;
use crate::desk::Desk;
use crate::failure::Result;
use crate::roles::ceremony::{self, Code};
use crate::store::Store;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Ceremonies: members or nodes generate keys together, share them anew, or give one of them its share
#[derive(Debug, Subcommand)]
pub enum Ceremony {
    /// Plan a ceremony, and post the plan
    #[command(subcommand)]
    Plan(plan::Plan),
    /// Show what is planned: compare the code with everyone who takes part
    #[command(after_help = "Examples:
  relight ceremony show
  relight ceremony show '30713 82205 11967 40382 66083 20481 93770 15526'")]
    Show {
        /// The ceremony [default: all on the board]
        ceremony: Option<Code>,
    },
    /// Show who has dealt, who has confirmed, and who is missing
    #[command(after_help = "Examples:
  relight ceremony status '30713 82205 11967 40382 66083 20481 93770 15526'
  relight ceremony status '30713 82205 11967 40382 66083 20481 93770 15526' --watch")]
    Status {
        /// The ceremony
        ceremony: Code,
        /// Wait until all have dealt; then, until it is closed
        #[arg(long)]
        watch: bool,
    },
    /// Deal, once: your part of every key, encrypted to the recipients
    #[command(after_help = "Example:\n  relight ceremony deal '30713 82205 11967 40382 66083 20481 93770 15526'")]
    Deal {
        /// The ceremony
        ceremony: Code,
    },
    /// Check all dealings and confirmations, and say who is at fault
    #[command(after_help = "Example:\n  relight ceremony check '30713 82205 11967 40382 66083 20481 93770 15526'")]
    Check(Checked),
    /// Check all dealings and your shares in them, and confirm them, once
    #[command(after_help = "Examples:
  relight ceremony confirm '30713 82205 11967 40382 66083 20481 93770 15526'
  relight ceremony confirm '30713 82205 11967 40382 66083 20481 93770 15526' --without-missing")]
    Confirm {
        #[command(flatten)]
        checked: Checked,
        /// Confirm although dealers are missing, if there are enough
        #[arg(long)]
        without_missing: bool,
    },
    /// Take your shares from a closed ceremony, keep its certificate, and erase the shares that it replaced
    #[command(after_help = "Examples:
  relight ceremony finish '30713 82205 11967 40382 66083 20481 93770 15526' --watch
  relight ceremony finish '51870 33926 78145 90034 12265 48817 60493 27751' --of '30713 82205 11967 40382 66083 20481 93770 15526'")]
    Finish {
        #[command(flatten)]
        checked: Checked,
        /// Wait until it is closed
        #[arg(long)]
        watch: bool,
        /// For a hand-over (repair, enrolment): the earlier ceremony, of whose sharing you are given a share
        #[arg(long, value_name = "CODE")]
        of: Option<Code>,
    },
    /// Post evidence against parties that signed what they should not have, and verify what others posted
    #[command(after_help = "Examples:
  relight ceremony accuse '30713 82205 11967 40382 66083 20481 93770 15526'
  relight ceremony accuse '30713 82205 11967 40382 66083 20481 93770 15526' --dealing mailed.dealing")]
    Accuse(Checked),
}

/// A ceremony, and dealings that came by another way than the board.
#[derive(Debug, Args)]
pub struct Checked {
    /// The ceremony
    ceremony: Code,
    /// A dealing that did not come by the board
    #[arg(long, value_name = "FILE")]
    dealing: Vec<PathBuf>,
}

impl Ceremony {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Plan(plan) => plan.run(desk),
            Self::Show { ceremony } => view::show(desk, ceremony.as_ref()),
            Self::Status { ceremony, watch } => view::status(desk, &ceremony, watch),
            Self::Deal { ceremony } => act::deal(desk, &ceremony),
            Self::Check(checked) => view::check(desk, &checked),
            Self::Confirm { checked, without_missing } => act::confirm(desk, &checked, without_missing),
            Self::Finish { checked, watch, of } => act::finish(desk, &checked, watch, of.as_ref()),
            Self::Accuse(checked) => act::accuse(desk, &checked),
        }
    }
}

/// The ceremony with a code.
pub(super) fn found(store: Option<&Store>, board: &dyn Board, code: &Code) -> Result<relight::dealing::Ceremony> {
    ceremony::find(store, board, code)
}
