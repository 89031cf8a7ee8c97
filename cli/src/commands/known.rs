//! What is given to rely on: a network whose bundle the holder trusts, or files with a roster, statements, identities.

use crate::armour::Kind;
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::roles::{Knowledge, custodian, own_identity};
use crate::store::Store;
use clap::Args;
use relight::Statement;
use relight::bundle::VerifiedBundle;
use relight::identity::IdentityPublicKey;
use relight::recovery::Roster;
use std::path::{Path, PathBuf};

/// The recovery party, which is known from elsewhere than the board.
#[derive(Debug, Args)]
pub(super) struct Party {
    /// The roster of the recovery party
    #[arg(long, value_name = "FILE", required_unless_present = "network", requires = "party")]
    roster: Option<PathBuf>,
    /// The name of the recovery party, under which its members registered
    #[arg(long, value_name = "NAME", requires = "roster")]
    party: Option<String>,
}

/// What backups state.
#[derive(Debug, Args)]
pub(super) struct Statements {
    /// The network, if you trust its bundle: then nothing else is needed
    #[arg(long, value_name = "NETWORK", conflicts_with = "statements")]
    network: Option<String>,
    /// What a backup states; give it once for each backup
    #[arg(long = "statement", value_name = "FILE", required_unless_present = "network")]
    statements: Vec<PathBuf>,
}

/// The recovery party, and what backups state.
#[derive(Debug, Args)]
pub(super) struct Known {
    /// The network, if you trust its bundle: then nothing else is needed
    #[arg(long, value_name = "NETWORK", conflicts_with_all = ["roster", "party", "statements"])]
    network: Option<String>,
    #[command(flatten)]
    party: Party,
    /// What a backup states; give it once for each backup
    #[arg(long = "statement", value_name = "FILE", required_unless_present = "network")]
    statements: Vec<PathBuf>,
}

impl Party {
    /// Its name and its roster, if they were given.
    pub(super) fn read(&self, desk: &Desk) -> Result<Option<(Vec<u8>, Roster)>> {
        let (Some(path), Some(party)) = (&self.roster, &self.party) else { return Ok(None) };
        Ok(Some((party.clone().into_bytes(), roster(desk, path, party)?)))
    }
}

impl Statements {
    pub(super) fn read(&self, desk: &Desk) -> Result<Vec<Statement>> {
        if let Some(network) = &self.network {
            return trusted(desk, None, network).map(|bundle| bundle.statements().cloned().collect());
        }
        self.statements.iter().map(|path| statement(desk, path)).collect()
    }
}

impl Known {
    /// By the store that the caller has open, or by the holder's.
    pub(super) fn read(&self, desk: &Desk, store: Option<&Store>) -> Result<Knowledge> {
        if let Some(network) = &self.network {
            return trusted(desk, store, network).map(|bundle| Knowledge::of_bundle(&bundle));
        }
        let given = self.party.read(desk)?;
        let (party, roster) = given.ok_or_else(|| Failure::usage("--network, or --roster and --party, are needed"))?;
        let statements = self.statements.iter().map(|path| statement(desk, path)).collect::<Result<_>>()?;
        Ok(Knowledge { party, roster, statements })
    }
}

/// The bundle of a network that the holder trusts.
pub(super) fn trusted(desk: &Desk, store: Option<&Store>, network: &str) -> Result<VerifiedBundle> {
    match store {
        Some(store) => custodian::current(store, network.as_bytes()),
        None => custodian::current(&desk.store()?, network.as_bytes()),
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
