//! `relight doctor`.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::process;
use crate::roles::doctor::{self, Finding};
use clap::Args;

/// Check that the parts of your store fit together, and that nobody else can read it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  relight doctor
  relight doctor --network 'network'")]
pub struct Doctor {
    /// The network under which your Blinders are registered: compare them with the board
    #[arg(long, value_name = "NAME")]
    network: Option<String>,
}

impl Doctor {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let board = self.network.as_ref().map(|_| desk.board()).transpose()?;
        let network = board.as_deref().zip(self.network.as_ref().map(String::as_bytes));
        let findings = doctor::examine(&desk.store()?, &desk.console, network)?;
        let openings = process::openings();
        let lines = findings.iter().map(in_words).chain(openings.iter().map(|one| format!("note: {one}")));
        let answer = lines.fold(Answer::default(), Answer::line);
        let wrong: Vec<&str> = findings.iter().filter_map(|finding| finding.wrong.as_deref()).collect();
        if wrong.is_empty() {
            let checked: Vec<_> = findings.iter().map(|finding| &finding.about).collect();
            return Ok(answer.fact("checked", checked).fact("notes", openings));
        }
        desk.console.show(answer);
        Err(Failure::refused("your store", wrong.join("; ")))
    }
}

fn in_words(finding: &Finding) -> String {
    match &finding.wrong {
        None => format!("well: {}", finding.about),
        Some(wrong) => format!("WRONG: {}: {wrong}", finding.about),
    }
}
