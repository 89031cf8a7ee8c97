//! What is given in files to rely on: a roster, statements, identities.

use crate::armour::Kind;
use crate::desk::Desk;
use crate::failure::Result;
use crate::roles::{Knowledge, own_identity};
use clap::Args;
use relight::Statement;
use relight::identity::IdentityPublicKey;
use relight::recovery::Roster;
use std::path::{Path, PathBuf};

/// The recovery party, which is known from elsewhere than the board.
#[derive(Debug, Args)]
pub(super) struct Party {
    /// The roster of the recovery party
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// The name of the recovery party, under which its members registered
    #[arg(long, value_name = "NAME")]
    party: String,
}

/// What backups state.
#[derive(Debug, Args)]
pub(super) struct Statements {
    /// What a backup states; give it once for each backup
    #[arg(long = "statement", value_name = "FILE", required = true)]
    statements: Vec<PathBuf>,
}

/// The recovery party, and what backups state.
#[derive(Debug, Args)]
pub(super) struct Known {
    #[command(flatten)]
    party: Party,
    #[command(flatten)]
    statements: Statements,
}

impl Party {
    pub(super) fn read(&self, desk: &Desk) -> Result<Roster> {
        roster(desk, &self.roster, &self.party)
    }
}

impl Statements {
    pub(super) fn read(&self, desk: &Desk) -> Result<Vec<Statement>> {
        self.statements.iter().map(|path| statement(desk, path)).collect()
    }
}

impl Known {
    pub(super) fn read(&self, desk: &Desk) -> Result<Knowledge> {
        let (party, roster) = (self.party.party.clone().into_bytes(), self.party.read(desk)?);
        Ok(Knowledge { party, roster, statements: self.statements.read(desk)? })
    }
}

pub(super) fn roster(desk: &Desk, path: &Path, party: &str) -> Result<Roster> {
    desk.object(Kind::Roster, path, |bytes| Roster::decode(party.as_bytes(), bytes))
}

pub(super) fn statement(desk: &Desk, path: &Path) -> Result<Statement> {
    desk.object(Kind::Statement, path, Statement::decode)
}

/// The identity in a file; without one, that of the store.
pub(super) fn identity(desk: &Desk, path: Option<&Path>) -> Result<IdentityPublicKey> {
    match path {
        Some(path) => desk.object(Kind::Identity, path, IdentityPublicKey::from_bytes),
        None => own_identity(&desk.store()?),
    }
}
