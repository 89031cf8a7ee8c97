//! `relight node`: the shares that a node holds.

use super::bring;
use crate::answer::Answer;
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::roles::{drawer, foreign};
use clap::Subcommand;
use relight::KeyShare;
use serde_json::json;
use std::path::PathBuf;

const IMPORT: &str = "\
Example:
  my-node export-shares | relight node shares import -

The file is a list in JSON, one item for each key, in the order of the keys in the backup. Points and secrets are in the
encoding of their curve, in hexadecimal; an identifier is a number, or big-endian bytes in hexadecimal:

  [{ \"epoch\": 7, \"curve\": \"secp256k1\", \"identifier\": 3, \"secret\": \"..\",
     \"threshold\": 2, \"public_shares\": [[1, \"..\"], [2, \"..\"], [3, \"..\"]] }]

Instead of threshold and public_shares there may be \"commitments\", the constant term first.";

/// What a node holds
#[derive(Debug, Subcommand)]
pub enum Node {
    /// The shares in the store of a node
    #[command(subcommand)]
    Shares(Shares),
}

/// The shares in the store of a node
#[derive(Debug, Subcommand)]
pub enum Shares {
    /// Import shares from your network's own key generation
    #[command(after_help = IMPORT)]
    Import {
        /// The file; - for standard input
        file: PathBuf,
        /// The name of the set in the store [default: that of the epoch]
        #[arg(long, value_name = "NAME")]
        set: Option<String>,
    },
    /// List the shares in your store
    #[command(after_help = "Example:\n  relight node shares list")]
    List,
}

impl Node {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Shares(Shares::Import { file, set }) => import(desk, &file, set),
            Self::Shares(Shares::List) => list(desk),
        }
    }
}

fn import(desk: &Desk, file: &std::path::Path, set: Option<String>) -> Result<Answer> {
    let store = desk.store()?;
    let read = foreign::shares(&bring::read(file)?)?;
    let epoch = read.first().map(KeyShare::epoch);
    let epoch = epoch.ok_or_else(|| Failure::refused(file.display(), "the list is empty"))?;
    let set = crate::board::segment(set.unwrap_or_else(|| format!("epoch-{epoch}")).as_bytes());
    drawer::keep_set(&store, &desk.console, &set, &read)?;
    let answer =
        Answer::new(format!("{} shares are in the store, each the one that its sharing has there.", read.len()));
    Ok(answer.say("set", set).fact("shares", read.len()).line("Next: remove the file that you brought them in."))
}

fn list(desk: &Desk) -> Result<Answer> {
    let store = desk.store()?;
    let mut facts = Vec::new();
    let mut answer = Answer::default();
    for set in drawer::sets(&store)? {
        for (key, share) in drawer::of_set(&store, &desk.console, &set)?.iter().enumerate() {
            let (curve, epoch) = (share.curve().to_string(), share.epoch());
            let (identifier, public_key) = (share.identifier().to_string(), hex::encode(share.public_key().as_bytes()));
            answer =
                answer.line(format!("{set} {key:02}  epoch {epoch}, {curve} key {public_key}, share at {identifier}"));
            facts.push(json!({ "set": set, "key": key, "epoch": epoch, "curve": curve, "public_key": public_key,
                "identifier": identifier }));
        }
    }
    Ok(answer.fact("shares", facts))
}
