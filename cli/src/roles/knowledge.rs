//! What somebody relies on, and knows from elsewhere than the board: the recovery party, and what the backups state.

use crate::failure::{Failure, Result};
use relight::bundle::VerifiedBundle;
use relight::recovery::Roster;
use relight::{Statement, StatementDigest};

/// The recovery party, and what the backups state.
#[derive(Clone, Debug)]
pub struct Knowledge {
    /// The name of the party, under which its members registered.
    pub party: Vec<u8>,
    /// Its members and its key.
    pub roster: Roster,
    /// What the backups state.
    pub statements: Vec<Statement>,
}

impl Knowledge {
    /// What a trusted bundle says.
    pub fn of_bundle(bundle: &VerifiedBundle) -> Self {
        let statements = bundle.statements().cloned().collect();
        Self { party: bundle.party().to_vec(), roster: bundle.roster().clone(), statements }
    }

    /// The statement with this digest.
    ///
    /// # Errors
    ///
    /// If it is not known.
    pub fn statement(&self, digest: &StatementDigest) -> Result<&Statement> {
        let found = self.statements.iter().find(|statement| statement.digest() == *digest);
        found.ok_or_else(|| Failure::refused(format!("statement {digest}"), "it is not known here"))
    }

    /// The statements of the nodes of these names; all, if no name is given.
    ///
    /// # Errors
    ///
    /// If a node is not known.
    pub fn of_nodes(&self, nodes: &[String]) -> Result<Vec<&Statement>> {
        if nodes.is_empty() {
            return Ok(self.statements.iter().collect());
        }
        nodes.iter().map(|node| self.of_node(node)).collect()
    }

    fn of_node(&self, node: &str) -> Result<&Statement> {
        let found = self.statements.iter().find(|statement| statement.header().node == node.as_bytes());
        found.ok_or_else(|| Failure::refused(node.escape_debug(), "no statement is known of a node of this name"))
    }
}
