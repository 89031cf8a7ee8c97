//! The commands: what is given, who is asked, what is said. What is done stands in [`crate::roles`].

mod armour;
mod audit;
mod backup;
mod blinder;
mod bring;
mod ceremony;
mod doctor;
mod drill;
mod identity;
mod init;
mod inspect;
mod known;
mod manual;
mod member;
mod network;
mod node;
mod out;
mod paper;
mod request;
mod rescue;
mod roster;
mod store;
mod watch;

use crate::answer::Answer;
use crate::console::{Console, Secrets, Wallet};
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Backs up the keys of a threshold network, and brings them back.
#[derive(Debug, Parser)]
#[command(name = "relight", version, about, propagate_version = true, max_term_width = 120)]
pub struct Relight {
    /// The folder of your store
    #[arg(long, global = true, value_name = "DIR", env = "RELIGHT_HOME", help_heading = "Global options")]
    home: Option<PathBuf>,
    /// The board: a folder, or an object store (s3://BUCKET/PREFIX, gs://.., az://.., https://.. for WebDAV)
    ///
    /// An object store's settings and credentials are those that its own tools take from the environment (AWS_*,
    /// GOOGLE_*, AZURE_*). Anyone who has them may write there; they are no secret of Relight.
    #[arg(long, global = true, value_name = "BOARD", env = "RELIGHT_BOARD", help_heading = "Global options")]
    board: Option<String>,
    /// Answer in JSON
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,
    /// Answer yes to every question, without asking
    #[arg(long, global = true, help_heading = "Global options")]
    yes: bool,
    #[command(flatten)]
    secrets: Secrets,
    #[command(flatten)]
    wallet: Wallet,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Export(store::Export),
    Import(store::Import),
    Doctor(doctor::Doctor),
    #[command(subcommand)]
    Identity(identity::Identity),
    #[command(subcommand)]
    Member(member::Member),
    #[command(subcommand)]
    Ceremony(ceremony::Ceremony),
    #[command(subcommand)]
    Roster(roster::Roster),
    #[command(subcommand)]
    Paper(paper::Paper),
    Drill(drill::Drill),
    Man(manual::Man),
    Completions(manual::Completions),
    #[command(subcommand)]
    Node(node::Node),
    #[command(subcommand)]
    Blinder(blinder::Blinder),
    #[command(subcommand)]
    Backup(backup::Backup),
    #[command(subcommand)]
    Request(request::Request),
    Rescue(rescue::Rescue),
    Armour(armour::Armour),
    Bare(armour::Bare),
    #[command(subcommand)]
    Network(network::Network),
    Audit(audit::Audit),
}

impl Relight {
    /// Does what was asked for.
    ///
    /// # Errors
    ///
    /// If it was refused, or failed.
    pub fn run(self) -> Result<Answer> {
        let home = match self.home {
            Some(home) => home,
            None => default_home()?,
        };
        let desk = Desk::new(home, self.board, Console::new(self.secrets, self.wallet, self.yes, self.json));
        match self.command {
            Command::Init(command) => command.run(&desk),
            Command::Export(command) => command.run(&desk),
            Command::Import(command) => command.run(&desk),
            Command::Doctor(command) => command.run(&desk),
            Command::Identity(command) => command.run(&desk),
            Command::Member(command) => command.run(&desk),
            Command::Ceremony(command) => command.run(&desk),
            Command::Roster(command) => command.run(&desk),
            Command::Paper(command) => command.run(&desk),
            Command::Drill(command) => command.run(&desk),
            Command::Man(command) => command.run(),
            Command::Completions(command) => command.run(),
            Command::Node(command) => command.run(&desk),
            Command::Blinder(command) => command.run(&desk),
            Command::Backup(command) => command.run(&desk),
            Command::Request(command) => command.run(&desk),
            Command::Rescue(command) => command.run(&desk),
            Command::Armour(command) => command.run(&desk),
            Command::Bare(command) => command.run(),
            Command::Network(command) => command.run(&desk),
            Command::Audit(command) => command.run(&desk),
        }
    }
}

fn default_home() -> Result<PathBuf> {
    let home = std::env::home_dir().ok_or_else(|| Failure::refused("your store", "you have no home folder"));
    Ok(home.map_err(|failure| failure.next("name a folder by --home"))?.join(".relight"))
}
