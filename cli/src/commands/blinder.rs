//! `relight blinder`: the secret of a node's operator, without which no backup of the node opens.

use super::known::{identity, statement};
use super::out::Out;
use crate::answer::Answer;
use crate::armour::Kind;
use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::roles::{Owner, backups, blinders};
use clap::{Args, Subcommand};
use relight::registration::BlinderRegistration;
use relight::{Backup, BlinderPublicKey, Error};
use std::path::PathBuf;

/// Your Blinder, on a machine that is never online
#[derive(Debug, Subcommand)]
pub enum Blinder {
    /// Make a Blinder for a node, sealed in your store
    #[command(after_help = "Example:\n  relight blinder new --for node-1")]
    New {
        /// The node
        #[arg(long = "for", value_name = "NODE")]
        node: String,
        /// Replace the present one, which is kept for old backups
        #[arg(long)]
        successor: bool,
    },
    /// Register the current Blinder of a node, signed by your identity
    #[command(
        after_help = "Example:\n  relight blinder register --for node-1 --network 'Example network' --board /media/stick"
    )]
    Register {
        /// The node
        #[arg(long = "for", value_name = "NODE")]
        node: String,
        /// The network
        #[arg(long)]
        network: String,
        #[command(flatten)]
        out: Out,
    },
    /// Check a Blinder of your store against its registration, or against a backup
    #[command(after_help = "Examples:\n  relight blinder check --for node-1 --network 'Example network'\n  \
                            relight blinder check --for node-1 --backup node-1.backup")]
    Check(Check),
}

/// What a Blinder is compared with.
#[derive(Debug, Args)]
pub struct Check {
    /// The node
    #[arg(long = "for", value_name = "NODE")]
    node: String,
    /// The network under which the Blinder is registered
    #[arg(long, required_unless_present_any = ["backup", "statement"])]
    network: Option<String>,
    /// Take the registration from this file, instead of the board
    #[arg(long, value_name = "FILE", requires = "network")]
    registration: Option<PathBuf>,
    /// The identity of the operator, if it is not that of your store
    #[arg(long, value_name = "FILE")]
    operator: Option<PathBuf>,
    /// A backup, which is not verified
    #[arg(long, value_name = "FILE", conflicts_with = "statement")]
    backup: Option<PathBuf>,
    /// The statement of a backup
    #[arg(long, value_name = "FILE")]
    statement: Option<PathBuf>,
}

impl Blinder {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::New { node, successor } => new(desk, &node, successor),
            Self::Register { node, network, out } => register(desk, [&network, &node], &out),
            Self::Check(check) => check.run(desk),
        }
    }
}

fn new(desk: &Desk, node: &str, successor: bool) -> Result<Answer> {
    let public = blinders::generate(&desk.store()?, &desk.console, node.as_bytes(), successor)?;
    Ok(Answer::new(format!("A Blinder of {} is in your store.", node.escape_debug()))
        .say("public_half", hex::encode(public.as_bytes()))
        .fact("node", node)
        .line("Next: write it down, relight paper write blinder; and register it: relight blinder register"))
}

fn register(desk: &Desk, names: [&str; 2], out: &Out) -> Result<Answer> {
    let (store, board) = (desk.store()?, desk.optional_board()?);
    let [network, node] = names.map(str::as_bytes);
    let (registration, ignored) = blinders::register(&store, board.as_deref(), &desk.console, [network, node])?;
    let answer = Answer::default().say("node", node.escape_ascii()).count("serial", registration.serial());
    let object = (Kind::BlinderRegistration, &*registration.encode());
    let answer = out.deliver(desk, answer, object, |board| blinders::post(board, network, &registration))?;
    Ok(answer.ignoring(&ignored))
}

impl Check {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let store = desk.store()?;
        let own = blinders::of_node(&store, &desk.console, self.node.as_bytes())?;
        drop(store);
        let own: Vec<BlinderPublicKey> = own.iter().map(relight::Blinder::public).collect();
        let node = self.node.escape_debug();
        if self.backup.is_some() || self.statement.is_some() {
            let (what, public) = self.of_backup(desk)?;
            if own.contains(&public) {
                return Ok(Answer::new(format!("The Blinder of {node} fits {what}.")).fact("fits", true));
            }
            return Err(Failure::protocol(format!("the Blinder of {node}"), Error::WrongBlinder));
        }
        let (registration, answer) = self.registered(desk)?;
        if own.last() != Some(registration.claimed_blinder()) {
            let why = format!("the registration with serial {} is of another Blinder", registration.serial());
            return Err(Failure::refused(format!("the Blinder of {node}"), why)
                .next("register the one in your store: relight blinder register"));
        }
        let line = format!("The Blinder of {node} is the registered one, serial {}.", registration.serial());
        Ok(answer.line(line).fact("fits", true).fact("serial", registration.serial()))
    }

    /// The Blinder of the backup, and what it is that was looked at.
    fn of_backup(&self, desk: &Desk) -> Result<(String, BlinderPublicKey)> {
        let (claimed, statement) = match (&self.statement, &self.backup) {
            (None, Some(path)) => {
                let backup = desk.object(Kind::Backup, path, Backup::decode)?;
                (", as it says itself", backup.claimed_statement().at(path.display())?)
            }
            (Some(path), _) => ("", statement(desk, path)?),
            (None, None) => return Err(Failure::refused("the backup", "none was named")),
        };
        let (_, public) = backups::lock(&statement)?;
        Ok((format!("{}{claimed}", backups::describe(&statement)), public.clone()))
    }

    fn registered(&self, desk: &Desk) -> Result<(BlinderRegistration, Answer)> {
        let operator = identity(desk, self.operator.as_deref())?;
        let network = self.network.as_deref().unwrap_or_default().as_bytes();
        let owner = Owner { network, node: self.node.as_bytes(), operator: &operator };
        let Some(path) = &self.registration else {
            let (registration, ignored) = owner.current(&desk.store()?, desk.optional_board()?.as_deref())?;
            return Ok((registration, Answer::default().ignoring(&ignored)));
        };
        let registration = desk.object(Kind::BlinderRegistration, path, BlinderRegistration::decode)?;
        registration.verify(network, owner.node, &operator).at(path.display())?;
        Ok((registration, Answer::default()))
    }
}
