//! Backups: a node makes them, everybody can verify them.

use super::drawer;
use crate::armour::Kind;
use crate::board::{Board, Findings, Found, Ignored, Place, segment, short};
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::{
    Backup, BlinderPublicKey, Compartment, Digest, Entry, Header, KeyShare, Lock, ParameterSet, RecoveryPublicKey,
    Statement, StatementDigest, VerifiedBackup,
};

/// What a node backs up, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The network.
    pub network: &'a [u8],
    /// The node.
    pub node: &'a [u8],
    /// The size of the proof against the work.
    pub parameters: ParameterSet,
}

impl Subject<'_> {
    /// The statement of a backup of these shares, for this recovery party and Blinder.
    ///
    /// # Errors
    ///
    /// If there are no shares, or they are of several epochs, or one of them is of a key that would open the backup.
    pub fn statement(
        &self,
        shares: &[KeyShare],
        recovery_key: &RecoveryPublicKey,
        blinder: &BlinderPublicKey,
    ) -> Result<Statement> {
        let first = shares.first().ok_or_else(|| Failure::refused("the backup", "there are no shares"))?;
        let (network, node) = (self.network.to_vec(), self.node.to_vec());
        let header = Header { parameters: self.parameters, network, epoch: first.epoch(), node };
        let entries: Vec<Entry> = shares.iter().map(|share| share.entry().clone()).collect();
        Statement::backup(header, recovery_key.clone(), blinder.clone(), entries).at("the statement of the backup")
    }
}

/// Encrypts the shares that a statement lists.
///
/// # Errors
///
/// If they are others, or of another epoch.
pub fn make(statement: &Statement, shares: &[KeyShare]) -> Result<Backup> {
    Backup::create(statement, shares, &mut rand::rng()).at(describe(statement))
}

/// Posts a backup, and gives its path.
///
/// # Errors
///
/// If the board refuses.
pub fn post(board: &dyn Board, statement: &Statement, backup: &Backup) -> Result<String> {
    board.post(&place(statement), &statement.header().node, Kind::Backup, &backup.encode())
}

/// Verifies a backup against all statements that the caller expects: against the one that the backup claims to be of, or
/// else against that of the same node, so that it is clear in what it differs.
///
/// # Errors
///
/// In what it differs from what is expected, or that it cannot be recovered.
pub fn verify(bytes: &[u8], expected: &[Statement], at: &str) -> Result<VerifiedBackup> {
    let backup = Backup::decode(bytes).at(at)?;
    let claimed = backup.claimed_statement().at(at)?;
    let same = |statement: &&Statement| statement.digest() == claimed.digest();
    let node = |statement: &&Statement| statement.header().node == claimed.header().node;
    let expected = expected.iter().find(same).or_else(|| expected.iter().find(node)).or(expected.first());
    let expected = expected.ok_or_else(|| Failure::refused(at, "no statement is expected"))?;
    backup.verify(expected).at(at)
}

/// A backup on the board that makes this statement and can be recovered; none if there is none, and what stands beside it in
/// the name of its node, such as backups of other epochs.
///
/// # Errors
///
/// If the board cannot be reached.
pub fn find(board: &dyn Board, statement: &Statement) -> Result<(Option<VerifiedBackup>, Ignored)> {
    let (place, subject) = (place(statement), segment(&statement.header().node));
    let Findings { found, damaged: mut ignored } = board.find(&place, Kind::Backup)?;
    ignored.retain(|(path, _)| path.starts_with(&format!("{}/{subject}.", place.folder())));
    for Found { path, bytes, .. } in found.into_iter().filter(|found| found.subject == subject) {
        match verify(&bytes, std::slice::from_ref(statement), &path) {
            Ok(verified) => return Ok((Some(verified), ignored)),
            Err(failure) => ignored.push((path, failure)),
        }
    }
    Ok((None, ignored))
}

/// Keeps the shares that were in a backup, under the name of its statement.
///
/// # Errors
///
/// As for [`drawer::keep_set`].
pub fn keep(store: &Store, console: &Console, statement: &Statement, restored: &[KeyShare]) -> Result<String> {
    let set = name(&statement.digest());
    drawer::keep_set(store, console, &set, restored)?;
    Ok(set)
}

/// Who can open a backup, together: the recovery party with this key, and the holder of this Blinder.
///
/// # Errors
///
/// If the statement is none of a backup.
pub fn lock(statement: &Statement) -> Result<(&RecoveryPublicKey, &BlinderPublicKey)> {
    match statement.compartments() {
        [Compartment { lock: Lock::Recovery { recovery_key, blinder }, .. }] => Ok((recovery_key, blinder)),
        _ => Err(Failure::refused(describe(statement), "it is not the statement of a backup")),
    }
}

/// By what name the shares of a backup go in a store.
fn name(digest: &StatementDigest) -> String {
    short(&Digest::from_bytes(digest.to_bytes()))
}

/// Whose backup a statement is of, for people.
pub fn describe(statement: &Statement) -> String {
    let header = statement.header();
    format!("the backup of {}, epoch {}", header.node.escape_ascii(), header.epoch)
}

fn place(statement: &Statement) -> Place {
    Place::Backups(statement.header().network.clone())
}
