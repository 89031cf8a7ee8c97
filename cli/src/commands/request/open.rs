//! The fresh node opens what it has enough answers for.

use super::Open;
use crate::answer::Answer;
use crate::armour::Kind;
use crate::board::Ignored;
use crate::commands::bring;
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::roles::backups;
use crate::roles::recovery::Recovery;
use crate::store::Store;
use relight::{Statement, VerifiedBackup};

impl Open {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let store = desk.store()?;
        let recovery = Recovery::resume(&store, &desk.console, self.request.as_deref())?;
        let meant = self.meant(&recovery)?;
        let (mut answer, mut sets, mut bad) = (Answer::default(), Vec::new(), Vec::new());
        for statement in &meant {
            let (backup, ignored) = self.backup(desk, statement)?;
            bad.extend(ignored);
            let set = self.open(desk, &store, &recovery, &backup)?;
            answer =
                answer.line(format!("{} is open: its shares are in the store as {set}.", backups::describe(statement)));
            sets.push(set);
        }
        let all = meant.len() == recovery.session().statements().len();
        if all {
            recovery.end()?;
        }
        Ok(answer
            .fact("sets", sets)
            .fact("ended", all)
            .ignoring(&bad)
            .line("Next: share them anew among the new nodes: relight ceremony plan reshare CODE"))
    }

    /// The statements that are to be opened.
    fn meant(&self, recovery: &Recovery<'_>) -> Result<Vec<Statement>> {
        let asked = recovery.session().statements();
        let named = |statement: &&Statement| self.only.iter().any(|node| node.as_bytes() == statement.header().node);
        let meant: Vec<Statement> = asked.iter().filter(|one| self.only.is_empty() || named(one)).cloned().collect();
        match meant.is_empty() {
            true => Err(Failure::refused(self.only.join(", "), "the request does not ask for a backup of this node")),
            false => Ok(meant),
        }
    }

    fn open(&self, desk: &Desk, store: &Store, recovery: &Recovery<'_>, backup: &VerifiedBackup) -> Result<String> {
        let statement = backup.statement();
        let needed = recovery.needed(&statement.digest());
        if needed > 0 {
            return Err(Failure::refused(backups::describe(statement), format!("{needed} more answers are needed"))
                .next("take those on the board: relight request take --watch"));
        }
        let blinder = bring::blinder(desk, store, self.blinder.as_deref(), statement)?;
        let shares = recovery.open(backup, &blinder)?;
        backups::keep(store, &desk.console, statement, &shares)
    }

    /// A backup that makes the statement: from the files, or from the board.
    fn backup(&self, desk: &Desk, statement: &Statement) -> Result<(VerifiedBackup, Ignored)> {
        let mut bad = Vec::new();
        for path in &self.backup {
            let (at, bytes) = (path.display().to_string(), desk.bytes(Kind::Backup, path)?);
            match backups::verify(&bytes, std::slice::from_ref(statement), &at) {
                Ok(verified) => return Ok((verified, bad)),
                Err(failure) => bad.push((at, failure)),
            }
        }
        let Some(board) = desk.optional_board()? else { return Err(no_backup(statement, &bad)) };
        let (found, ignored) = backups::find(&*board, statement)?;
        bad.extend(ignored);
        found.ok_or_else(|| no_backup(statement, &bad)).map(|found| (found, bad))
    }
}

fn no_backup(statement: &Statement, bad: &Ignored) -> Failure {
    Failure::refused(backups::describe(statement), "no good one was found")
        .beside(bad)
        .next("ask its custodian for it, and name the file by --backup")
}
