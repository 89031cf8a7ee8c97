//! `relight init`.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::failure::Result;
use crate::store::{Protection, Store};
use clap::Args;

/// Make your store: a folder in which every secret is sealed
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  relight init 'Ada, member of the recovery party'")]
pub struct Init {
    /// What to call the store, for your own use
    name: String,
    /// Seal the store to this age recipient instead of a passphrase; repeat it for several
    #[arg(long, value_name = "RECIPIENT")]
    recipient: Vec<String>,
}

impl Init {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let protection = match &self.recipient[..] {
            [] => Protection::Passphrase(desk.console.new_passphrase()?),
            recipients => Protection::to_recipients(recipients)?,
        };
        let store = Store::create(desk.home(), &self.name, &protection)?;
        Ok(Answer::new(format!("{} is ready.", store.root().display())).fact("store", store.root()).line(
            "Next: make an identity with `relight identity new`, or name a wallet with `relight identity wallet`.",
        ))
    }
}
