//! `relight request`: a fresh node asks the recovery party, operators authorise, members answer.

mod ask;
mod open;
mod respond;

use super::known::{Known, Statements};
use super::out::Out;
use crate::answer::Answer;
use crate::desk::Desk;
use crate::failure::Result;
use clap::{Args, Subcommand};
use relight::Statement;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Ask the recovery party for what was lost, and answer those who ask
#[derive(Debug, Subcommand)]
pub enum Request {
    /// Fresh node: begin to ask for backups
    #[command(
        after_help = "Examples:\n  relight request draft --requester 'operator of node-1' --network 'Example network' \\\n    \
                            --only node-1\n  relight request draft --requester 'operator of node-1' --valid-for 2d \\\n    \
                            --statement node-1.statement --roster party.roster --party 'Example party'"
    )]
    Draft(Draft),
    /// Operator: authorise a draft with your Blinder, offline
    #[command(after_help = "Examples:\n  \
                      relight request authorise request.draft --network 'Example network' --out authorisation.txt\n  \
                      relight request authorise request.draft --statement node-1.statement --out authorisation.txt")]
    Authorise(Authorise),
    /// Fresh node: collect the authorisations, and post the request
    #[command(after_help = "Example:\n  relight request send --authorisation authorisation.txt")]
    Send(Send),
    /// Member: read what is asked
    #[command(after_help = "Examples:\n  relight request review --network 'Example network'\n  \
                      relight request review --statement node-1.statement --roster party.roster --party 'Example party'")]
    Review(Review),
    /// Member: read what is asked, and answer it
    #[command(after_help = "Examples:\n  relight request answer --network 'Example network'\n  \
                            relight request answer --only node-1 --statement node-1.statement \\\n    \
                            --roster party.roster --party 'Example party'")]
    Answer(AnswerIt),
    /// Fresh node: take the answers
    #[command(after_help = "Example:\n  relight request take --watch")]
    Take(Take),
    /// Fresh node: who has answered, who has not, and how many are needed
    #[command(after_help = "Example:\n  relight request status")]
    Status {
        /// The request, if the store has several: how its name begins
        request: Option<String>,
        /// Look again until all can be opened
        #[arg(long)]
        watch: bool,
    },
    /// Fresh node: open the backups with the operator's Blinder
    #[command(after_help = "Example:\n  relight request open --blinder /media/stick/blinder.hex")]
    Open(Open),
    /// Fresh node: publish the evidence that a member answered badly
    #[command(after_help = "Example:\n  relight request accuse board/requests/0f1e../2.a1b2...response")]
    Accuse {
        /// The answer
        response: PathBuf,
        /// The request, if the store has several: how its name begins
        #[arg(long)]
        request: Option<String>,
        #[command(flatten)]
        out: Out,
    },
    /// Anyone: check the evidence of a fresh node against a member
    #[command(after_help = "Example:\n  relight request judge 2.a1b2...evidence --statement node-1.statement \\\n    \
                            --roster party.roster --party 'Example party'")]
    Judge {
        /// The evidence
        evidence: PathBuf,
        #[command(flatten)]
        known: Known,
    },
}

/// What is asked for.
#[derive(Debug, Args)]
pub struct Draft {
    /// Who asks, for people to read
    #[arg(long, value_name = "TEXT")]
    requester: String,
    /// For how long members may answer, at most a week: 90s, 30m, 12h, 2d
    #[arg(long, value_name = "TIME", default_value = "1d", value_parser = duration)]
    valid_for: u64,
    /// Ask only for the backups of these nodes
    #[arg(long, value_name = "NODE")]
    only: Vec<String>,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    out: Out,
}

/// What is authorised.
#[derive(Debug, Args)]
pub struct Authorise {
    /// The draft
    draft: PathBuf,
    #[command(flatten)]
    statements: Statements,
    /// Authorise it for this node only
    #[arg(long = "for", value_name = "NODE")]
    node: Option<String>,
    #[command(flatten)]
    out: Out,
}

/// What is posted.
#[derive(Debug, Args)]
pub struct Send {
    /// The request, if the store has several: how its name begins
    request: Option<String>,
    /// An authorisation that did not come by the board
    #[arg(long, value_name = "FILE")]
    authorisation: Vec<PathBuf>,
    /// Attach this attestation, once, before the request is sent
    #[arg(long, value_name = "FILE")]
    attestation: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
}

/// Which request is looked at, and by what.
#[derive(Debug, Args)]
pub struct Review {
    /// The request: a file, its path on the board, or how its name there begins; the only one, if you give none
    request: Option<String>,
    #[command(flatten)]
    known: Known,
}

/// What is answered.
#[derive(Debug, Args)]
pub struct AnswerIt {
    #[command(flatten)]
    review: Review,
    /// Answer only for the backups of these nodes
    #[arg(long, value_name = "NODE")]
    only: Vec<String>,
    #[command(flatten)]
    out: Out,
}

/// Where answers come from.
#[derive(Debug, Args)]
pub struct Take {
    /// The request, if the store has several: how its name begins
    request: Option<String>,
    /// An answer that did not come by the board
    #[arg(long, value_name = "FILE")]
    answer: Vec<PathBuf>,
    /// Wait until enough members have answered
    #[arg(long)]
    watch: bool,
}

/// What a backup is opened with.
#[derive(Debug, Args)]
pub struct Open {
    /// The request, if the store has several: how its name begins
    request: Option<String>,
    /// Read the Blinder from this file (- for standard input) [default: from the store, or from you]
    #[arg(long, value_name = "FILE")]
    blinder: Option<PathBuf>,
    /// Open only the backups of these nodes
    #[arg(long, value_name = "NODE")]
    only: Vec<String>,
    /// A backup that is not on the board
    #[arg(long, value_name = "FILE")]
    backup: Vec<PathBuf>,
}

impl Request {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Draft(draft) => draft.run(desk),
            Self::Authorise(authorise) => authorise.run(desk),
            Self::Send(send) => send.run(desk),
            Self::Review(review) => review.run(desk),
            Self::Answer(answer) => answer.run(desk),
            Self::Take(take) => take.run(desk),
            Self::Status { request, watch } => ask::status(desk, request.as_deref(), watch),
            Self::Open(open) => open.run(desk),
            Self::Accuse { response, request, out } => ask::accuse(desk, &response, request.as_deref(), &out),
            Self::Judge { evidence, known } => respond::judge(desk, &evidence, &known),
        }
    }
}

/// What programs read of a statement that is asked for.
fn statement_facts(statement: &Statement) -> Value {
    let header = statement.header();
    json!({ "node": header.node.escape_ascii().to_string(), "epoch": header.epoch,
        "statement": statement.digest().to_string() })
}

/// Seconds: a number with its unit.
fn duration(text: &str) -> std::result::Result<u64, String> {
    let units = [("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];
    let parsed = units.iter().find_map(|(unit, seconds)| {
        let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(*seconds)
    });
    parsed.ok_or_else(|| "give a number with its unit: 90s, 30m, 12h, 2d".to_owned())
}
