//! The life of a key, from its making through the loss of the whole network to the same key in a new one.
//!
//! Every role works on its own directory and on a public board, and reads what the others wrote from files alone.
//!
//! ```text
//! DIR/board/          public: registrations, ceremonies, dealings, outcomes, requests and answers, keys.txt
//! DIR/members/        one secret directory for each member of the recovery party
//! DIR/operators/      one offline directory for each node operator: the Blinder
//! DIR/nodes/          one directory for each node, until the disaster
//! DIR/custodian/      the backups
//! DIR/rebuilt/        machines that take over for lost nodes, just long enough to share their keys anew
//! DIR/fresh/          the network after the disaster
//! ```

mod args;
mod backups;
mod ceremony;
mod custodian;
mod disaster;
mod drill;
mod failure;
mod files;
mod network;
mod operator;
mod outcome;
mod parallel;
mod participant;
mod party;
mod public_keys;
mod rebirth;
mod recovery;
mod rescue;
mod sabotage;
mod site;
mod story;
mod vault;

use failure::Failure;
use std::io::{IsTerminal, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = std::env::args().skip(1);
    let result = args::parse(arguments).and_then(|command| drill::run(command, &mut stdout(), stdout().is_terminal()));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure @ Failure::Usage(_)) => {
            eprintln!("recovery_drill: {failure}\nTry --help.");
            ExitCode::from(2)
        }
        Err(failure) => {
            eprintln!("recovery_drill: the drill FAILED: {failure}");
            ExitCode::FAILURE
        }
    }
}
