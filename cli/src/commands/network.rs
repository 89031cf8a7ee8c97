//! `relight network`: all that is public of a network, put together once, compared by everyone.

use super::ceremony::found;
use super::known;
use crate::answer::Answer;
use crate::armour::Kind;
use crate::board::{Board, Ignored, Objects};
use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::names::parameter_set;
use crate::report;
use crate::roles::ceremony::Code;
use crate::roles::planner::{Blueprint, Keys, Seat};
use crate::roles::{custodian, outcome, planner, roster};
use crate::store::Store;
use clap::{Args, Subcommand};
use relight::ParameterSet;
use relight::bundle::{Bundle, VerifiedBundle};
use relight::recovery::Roster;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A network and its public bundle: who can recover it, its root keys, its nodes and their Blinders
#[derive(Debug, Subcommand)]
pub enum Network {
    /// Put the bundle together from what others posted, and post it
    #[command(after_help = "Examples:
  relight network bundle 'Example network' --epoch 7 --party 'Example party' \\
    --root-ceremony '30713 82205 11967 40382 66083 20481 93770 15526' --node node-1=0x5290..69EE7 --node node-2=0x8617..C21F
  relight network bundle 'Example network' --epoch 7 --party 'Example party' --roster party.roster \\
    --roots root-keys.outcome --node node-1=0x5290..69EE7@0x0a51 --node node-2=0x8617..C21F@0x77c2")]
    Bundle(Planned),
    /// Show the bundles of a network on the board, or one in a file
    #[command(after_help = "Examples:\n  relight network show 'Example network'\n  \
                            relight network show --file network.bundle")]
    Show(Which),
    /// Trust a bundle once you have compared its code with the others: everything else follows from it
    #[command(after_help = "Examples:\n  relight network trust 'Example network'\n  \
                            relight network trust 'Example network' --code '09164 87355 20018 66407'")]
    Trust {
        #[command(flatten)]
        which: Which,
        /// The code of the bundle, as you were told it
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
    },
}

/// What the planner says.
#[derive(Debug, Args)]
pub struct Planned {
    /// The name of the network, under which Blinders are registered
    network: String,
    /// The epoch of its shares
    #[arg(long)]
    epoch: u64,
    /// The name of the recovery party, under which its members registered
    #[arg(long)]
    party: String,
    /// The roster of the recovery party; without it, the only one on the board, if a ceremony or you vouch for it
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// The code of the ceremony whose certificate vouches for the recovery key
    #[arg(long, value_name = "CODE")]
    recovery_ceremony: Option<Code>,
    /// The code of a ceremony that made root keys; repeat it for each, in the order of the keys
    #[arg(long, value_name = "CODE", required_unless_present = "roots")]
    root_ceremony: Vec<Code>,
    /// The VSS commitments of root keys from the network's own key generation
    #[arg(long, value_name = "FILE", conflicts_with = "root_ceremony")]
    roots: Option<PathBuf>,
    /// A node, its operator's address, and its shares' identifiers: NAME=ADDRESS or NAME=ADDRESS@IDENTIFIER,...
    /// Without identifiers, they are those that the operator was dealt, or the node's place in this list
    #[arg(long = "node", value_name = "NODE", required = true)]
    nodes: Vec<Seat>,
    /// The parameter set of the backups: fast, compact, broadcast, packed or bulk
    #[arg(long, default_value = "fast", value_parser = parameter_set)]
    parameters: ParameterSet,
}

/// Which bundle.
#[derive(Debug, Args)]
pub struct Which {
    /// The network
    #[arg(required_unless_present = "file")]
    network: Option<String>,
    /// A bundle in a file, instead of those on the board
    #[arg(long, value_name = "FILE", conflicts_with = "network")]
    file: Option<PathBuf>,
}

impl Network {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Bundle(planned) => planned.bundle(desk),
            Self::Show(which) => show(desk, &which),
            Self::Trust { which, code } => trust(desk, &which, code.as_deref()),
        }
    }
}

impl Planned {
    fn bundle(self, desk: &Desk) -> Result<Answer> {
        let (store, board) = (desk.store()?, desk.board()?);
        let known = custodian::trusted(&store, self.network.as_bytes())?.pop();
        let blueprint = self.blueprint(desk, &store, &*board)?;
        let (bundle, ignored) = planner::bundle(&store, &*board, blueprint, known.as_ref())?;
        let path = planner::post(&*board, &bundle)?;
        let answer = Answer::new("The bundle is on the board. Tell everybody its code, by another way than the board.");
        Ok(answer.say("code", bundle.short_code()).say("digest", bundle.digest()).say("path", path).ignoring(&ignored))
    }

    fn blueprint(self, desk: &Desk, store: &Store, board: &dyn Board) -> Result<Blueprint> {
        let recovery = self.recovery_ceremony.as_ref().map(|code| {
            let ceremony = found(Some(store), board, code)?;
            planner::certified(store, board, ceremony).map(|(certified, _)| certified)
        });
        Ok(Blueprint {
            roster: self.roster(desk, board)?,
            keys: self.keys(desk, store, board)?,
            recovery: recovery.transpose()?,
            network: self.network.into_bytes(),
            epoch: self.epoch,
            parameters: self.parameters,
            party: self.party.into_bytes(),
            nodes: self.nodes,
        })
    }

    fn roster(&self, desk: &Desk, board: &dyn Board) -> Result<Roster> {
        if let Some(path) = &self.roster {
            return known::roster(desk, path, &self.party);
        }
        let Objects { good, ignored } = roster::posted(board, self.party.as_bytes())?;
        match &good[..] {
            [only] => self.compared(desk, &only.value),
            [] => Err(Failure::refused(&self.party, "there is no roster of it on the board")
                .beside(&ignored)
                .next("make it: relight roster make; or name its file by --roster")),
            rosters => {
                let paths: Vec<_> = rosters.iter().map(|one| one.path.as_str()).collect();
                Err(Failure::refused(&self.party, format!("there are several rosters of it: {}", paths.join(", ")))
                    .next("compare digests with its members, and name the right one by --roster"))
            }
        }
    }

    /// The only roster there may be anybody's, unless a ceremony vouches for its key.
    fn compared(&self, desk: &Desk, roster: &Roster) -> Result<Roster> {
        if self.recovery_ceremony.is_none() {
            let digest = hex::encode(roster.digest());
            desk.console
                .confirm(&format!("Have you compared the digest {digest} with the members of {}?", self.party))?;
        }
        Ok(roster.clone())
    }

    fn keys(&self, desk: &Desk, store: &Store, board: &dyn Board) -> Result<Keys> {
        let mut keys = Keys::default();
        if let Some(path) = &self.roots {
            keys.commitments = desk.object(Kind::Outcome, path, outcome::decode)?;
        }
        for code in &self.root_ceremony {
            let (certified, commitments) = planner::certified(store, board, found(Some(store), board, code)?)?;
            keys.certified.push(certified);
            keys.commitments.extend(commitments);
        }
        Ok(keys)
    }
}

/// The bundles that are asked about, the latest last.
fn candidates(desk: &Desk, which: &Which) -> Result<(Vec<VerifiedBundle>, Ignored)> {
    match (&which.file, &which.network) {
        (Some(path), _) => {
            let bundle = desk.object(Kind::Bundle, path, Bundle::decode)?;
            Ok((vec![custodian::consistent(bundle).at(path.display())?], Ignored::new()))
        }
        (None, network) => custodian::posted(&*desk.board()?, network.as_deref().unwrap_or_default().as_bytes()),
    }
}

fn show(desk: &Desk, which: &Which) -> Result<Answer> {
    let (bundles, ignored) = candidates(desk, which)?;
    let trusted = match (desk.optional_store()?, bundles.first()) {
        (Some(store), Some(first)) => custodian::trusted(&store, &first.network().name)?,
        _ => Vec::new(),
    };
    let answer = bundles.iter().fold(Answer::default(), |answer, bundle| {
        let note =
            if trusted.contains(bundle) { "You trust this bundle." } else { "You have not compared this bundle." };
        report::bundle(bundle).into_iter().chain([note.to_owned(), String::new()]).fold(answer, Answer::line)
    });
    let facts = |bundle| facts(bundle, trusted.contains(bundle));
    Ok(answer.fact("bundles", bundles.iter().map(facts).collect::<Vec<_>>()).ignoring(&ignored))
}

fn trust(desk: &Desk, which: &Which, code: Option<&str>) -> Result<Answer> {
    let store = desk.store()?;
    let (bundles, ignored) = candidates(desk, which)?;
    let bundle = choose(bundles, code).map_err(|failure| failure.beside(&ignored))?;
    let network = bundle.network();
    let known = custodian::trusted(&store, &network.name)?.pop();
    for line in review(&bundle, known.as_ref()) {
        desk.console.show(line);
    }
    desk.console.confirm(&format!("Have you compared the code {} with the others?", bundle.bundle().short_code()))?;
    let name = custodian::trust(&store, &bundle)?;
    let answer = Answer::new(format!("You trust {}, epoch {}.", network.name.escape_ascii(), network.epoch));
    Ok(answer.fact("bundle", facts(&bundle, true)).fact("kept", name).ignoring(&ignored))
}

/// The only one of the latest epoch, or the one with the code.
fn choose(bundles: Vec<VerifiedBundle>, code: Option<&str>) -> Result<VerifiedBundle> {
    let digits = |code: &str| code.chars().filter(char::is_ascii_digit).collect::<String>();
    let latest = bundles.last().map(|bundle| bundle.network().epoch);
    let wanted = |bundle: &VerifiedBundle| match code {
        Some(code) => digits(code) == digits(&bundle.bundle().short_code()),
        None => Some(bundle.network().epoch) == latest,
    };
    let mut wanted: Vec<VerifiedBundle> = bundles.into_iter().filter(wanted).collect();
    match (wanted.pop(), wanted.is_empty()) {
        (Some(bundle), true) => Ok(bundle),
        (None, _) => Err(Failure::refused("the bundle", "there is none such on the board")
            .next("ask the planner for its code, and whether it was posted here")),
        (Some(_), false) => Err(Failure::refused("the bundle", "there are several of the latest epoch")
            .next("ask the planner for the code of the right one, and name it by --code")),
    }
}

/// What a person looks at: only what is new, if the bundle follows one that they trust.
fn review(bundle: &VerifiedBundle, known: Option<&VerifiedBundle>) -> Vec<String> {
    let whole = || report::bundle(bundle);
    let Some(known) = known.filter(|known| *known != bundle) else { return whole() };
    match known.check_successor(bundle) {
        Ok(changes) => report::changes(known, bundle, &changes),
        Err(error) => {
            let why =
                format!("It does not follow the bundle of epoch {} that you trust: {error}.", known.network().epoch);
            whole().into_iter().chain([why]).collect()
        }
    }
}

fn facts(bundle: &VerifiedBundle, trusted: bool) -> Value {
    let network = bundle.network();
    json!({
        "network": network.name.escape_ascii().to_string(),
        "epoch": network.epoch,
        "code": bundle.bundle().short_code(),
        "digest": bundle.bundle().digest().to_string(),
        "party": bundle.party().escape_ascii().to_string(),
        "roster": bundle.roster().digest().to_string(),
        "keys": network.keys.iter().map(|key| hex::encode(key.public_key().as_bytes())).collect::<Vec<_>>(),
        "nodes": network.nodes.iter().map(|node| node.name.escape_ascii().to_string()).collect::<Vec<_>>(),
        "recovery_key_certified": bundle.recovery_certificate().is_some(),
        "keys_certified": !bundle.key_certificates().is_empty(),
        "trusted": trusted,
    })
}
