//! `relight backup`: what a node has to lose, encrypted to the recovery party and its operator's Blinder.

use super::inspect;
use super::known::{self, Party, Statements, identity};
use super::out::{self, Out};
use crate::answer::Answer;
use crate::armour::{self, Kind};
use crate::board::Ignored;
use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::names::parameter_set;
use crate::roles::{Owner, backups, custodian, drawer};
use crate::store::Store;
use clap::{Args, Subcommand};
use relight::identity::IdentityPublicKey;
use relight::recovery::Roster;
use relight::{Backup as Sealed, KeyShare, ParameterSet, Statement};
use std::path::{Path, PathBuf};

/// Backups of all shares of a node
#[derive(Debug, Subcommand)]
pub enum Backup {
    /// Back up the shares in your store
    #[command(after_help = "Examples:\n  relight backup make --network 'Example network' --node node-1\n  \
                            relight backup make --network 'Example network' --node node-1 \\\n    \
                            --operator operator.identity --roster party.roster --party 'Example party'")]
    Make(Make),
    /// Verify backups against what you know
    #[command(after_help = "Examples:\n  relight backup verify --network 'Example network'\n  \
                            relight backup verify node-1.backup --statement node-1.statement\n  \
                            relight backup verify --statement node-1.statement --board /shared/board")]
    Verify {
        /// Backups; without one, those on the board
        backups: Vec<PathBuf>,
        #[command(flatten)]
        statements: Statements,
    },
    /// Look at a backup, a statement, a registration, a request or an answer: what it claims
    #[command(after_help = "Examples:\n  relight backup inspect node-1.backup\n  \
                            relight backup inspect node-1.backup --statement node-1.statement")]
    Inspect {
        /// The object, in either form
        file: PathBuf,
        /// Verify it against what you know
        #[arg(long, value_name = "FILE")]
        statement: Option<PathBuf>,
    },
}

/// What is backed up, and for whom.
#[derive(Debug, Args)]
pub struct Make {
    /// The network
    #[arg(long)]
    network: String,
    /// The name of this node
    #[arg(long)]
    node: String,
    /// The identity of the node's operator, whose Blinder is registered on the board; without it, all is as the bundle says
    /// that you trust
    #[arg(long, value_name = "FILE", requires = "roster")]
    operator: Option<PathBuf>,
    #[command(flatten)]
    party: Party,
    /// Which shares of the store, if it has several sets
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
    /// The size of the proof against the work: fast, compact, broadcast, packed or bulk
    #[arg(long, value_name = "SET", default_value = "fast", value_parser = parameter_set, requires = "operator")]
    parameters: ParameterSet,
    /// Write what the backup states to this file, for those who check it
    #[arg(long, value_name = "FILE")]
    write_statement: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
}

impl Backup {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Make(make) => make.run(desk),
            Self::Verify { backups, statements } if backups.is_empty() => verify_board(desk, &statements.read(desk)?),
            Self::Verify { backups, statements } => verify_files(desk, &backups, &statements.read(desk)?),
            Self::Inspect { file, statement } => inspect(desk, &file, statement.as_deref()),
        }
    }
}

impl Make {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let store = desk.store()?;
        let own = drawer::of_set(&store, &desk.console, &drawer::choose(&store, self.set.as_deref())?)?;
        let (statement, serial, ignored) = match (&self.operator, self.party.read(desk)?) {
            (Some(operator), Some((_, roster))) => {
                self.statement(desk, &store, &own, &identity(desk, Some(operator))?, &roster)?
            }
            (None, Some(_)) => return Err(Failure::usage("--roster needs --operator")),
            (_, None) => {
                let (network, node) = (self.network.as_bytes(), self.node.as_bytes());
                (custodian::statement(&store, network, node)?, None, Ignored::new())
            }
        };
        let backup = backups::make(&statement, &own)?;
        let answer = Answer::new(format!("{} is made.", backups::describe(&statement)))
            .count("shares", own.len() as u64)
            .say("statement", statement.digest())
            .fact("blinder_serial", serial);
        let object = (Kind::Backup, &*backup.encode());
        let answer = self.out.deliver(desk, answer, object, |board| backups::post(board, &statement, &backup))?;
        let answer = match &self.write_statement {
            Some(path) => {
                out::write(path, &armour::armour(Kind::Statement, &statement.encode())?)?;
                answer.say("statement_in", path.display())
            }
            None => answer,
        };
        Ok(answer.ignoring(&ignored))
    }

    /// What the backup states: the shares in the store, for this party, with the Blinder that the operator registered.
    fn statement(
        &self,
        desk: &Desk,
        store: &Store,
        own: &[KeyShare],
        operator: &IdentityPublicKey,
        roster: &Roster,
    ) -> Result<(Statement, Option<u64>, Ignored)> {
        let (network, node) = (self.network.as_bytes(), self.node.as_bytes());
        let owner = Owner { network, node, operator };
        let (registration, ignored) = owner.current(store, desk.optional_board()?.as_deref())?;
        let subject = backups::Subject { network, node, parameters: self.parameters };
        let statement = subject.statement(own, roster.party().public_key(), registration.claimed_blinder())?;
        Ok((statement, Some(registration.serial()), ignored))
    }
}

/// Every statement needs a good backup on the board.
fn verify_board(desk: &Desk, expected: &[Statement]) -> Result<Answer> {
    let (board, mut answer, mut missing) = (desk.board()?, Answer::default(), Vec::new());
    let mut all_ignored = Vec::new();
    for statement in expected {
        let (found, ignored) = backups::find(&*board, statement)?;
        match found {
            Some(_) => answer = answer.line(format!("good: {}", backups::describe(statement))),
            None => missing.push(backups::describe(statement)),
        }
        all_ignored.extend(ignored);
    }
    if missing.is_empty() {
        return Ok(answer.fact("good", expected.len()).ignoring(&all_ignored));
    }
    Err(Failure::refused(missing.join(", "), "no good one is on the board").beside(&all_ignored))
}

fn verify_files(desk: &Desk, paths: &[PathBuf], expected: &[Statement]) -> Result<Answer> {
    let mut answer = Answer::default();
    for path in paths {
        let at = path.display().to_string();
        let verified = backups::verify(&desk.bytes(Kind::Backup, path)?, expected, &at)?;
        answer = answer.line(format!("good: {at}, {}", backups::describe(verified.statement())));
    }
    Ok(answer.fact("good", paths.len()))
}

/// With something to compare it with, it is verified; without, it is only read.
fn inspect(desk: &Desk, path: &Path, expected: Option<&Path>) -> Result<Answer> {
    let Some(expected) = expected else { return inspect::look(path) };
    let backup = desk.object(Kind::Backup, path, Sealed::decode)?;
    let verified = backup.verify(&known::statement(desk, expected)?).at(path.display())?;
    let answer = Answer::new("A backup, which states what you know, and can be recovered.");
    Ok(inspect::statement(verified.statement(), answer).fact("verified", true))
}
