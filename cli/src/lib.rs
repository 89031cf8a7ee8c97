//! The program `relight`, with which members, operators, nodes and custodians take part without writing code.
//!
//! Data flows one way, down this page:
//!
//! ```text
//! failure  process        why a command stops, and what to do next; what a process gives away
//! files  armour  parallel whole files; objects as text; independent jobs on all cores
//! console  board          the person; everything public
//! store  paper            a party's secrets, in a folder and on paper
//! roles                   what the parties do
//! report                  what was found, as text and as a page
//! answer  desk            what a command says, and works with
//! commands                what people call
//! drill                   all of it, played
//! ```
#![deny(missing_docs, unsafe_code)]
// What holds a store or a key is not for printing.
#![allow(missing_debug_implementations)]

pub mod answer;
pub mod armour;
pub mod board;
pub mod commands;
pub mod console;
pub mod desk;
pub mod drill;
pub mod failure;
pub mod files;
mod names;
pub mod paper;
pub mod process;
pub mod report;
pub mod roles;
pub mod store;

use clap::Parser;
use console::aside;
use rand::TryRng;
use rand::rngs::SysRng;
use serde_json::json;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

const MISUSED: u8 = 2;

/// Runs the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    process::shut();
    let parsed = match commands::Relight::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) => {
            // If nobody can be told, the exit status still says it.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(1));
        }
    };
    let json = parsed.json;
    match check_randomness().and_then(|()| parsed.run()) {
        Ok(answer) => {
            let text = if json { format!("{}\n", answer.json()) } else { answer.to_string() };
            told(&text, if answer.is_satisfying() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Err(failure) => {
            let status = if failure.is_usage() { ExitCode::from(MISUSED) } else { ExitCode::FAILURE };
            complain(&failure, json, status)
        }
    }
}

/// Those who draw have no failure for it, so nothing begins without randomness.
fn check_randomness() -> failure::Result<()> {
    let drawn = SysRng.try_next_u64();
    drawn.map(drop).map_err(|error| failure::Failure::refused("the operating system has no randomness", error))
}

fn complain(failure: &failure::Failure, json: bool, status: ExitCode) -> ExitCode {
    if json {
        return told(&format!("{}\n", json!({ "refused": failure.to_string(), "next": failure.advice() })), status);
    }
    aside(format_args!("relight: {failure}"));
    if let Some(advice) = failure.advice() {
        aside(format_args!("What to do: {advice}"));
    }
    status
}

/// What the command was to say; it fails if that cannot be written.
fn told(text: &str, status: ExitCode) -> ExitCode {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => status,
        Err(error) => {
            aside(format_args!("relight: the command ran to its end, but standard output takes nothing: {error}"));
            ExitCode::FAILURE
        }
    }
}
