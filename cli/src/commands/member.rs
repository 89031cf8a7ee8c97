//! `relight member`: who takes part, and with which keys.

use crate::answer::Answer;
use crate::armour::{Kind, armour};
use crate::desk::Desk;
use crate::failure::Result;
use crate::roles::member;
use crate::roles::members::Members;
use clap::Subcommand;
use relight::registration::MemberRegistration;
use relight::sharing::PartyIndex;

/// Your place in a recovery party, or that of your node in a network
#[derive(Debug, Subcommand)]
pub enum Member {
    /// Make a member key, and post it with your signature: others deal your shares to it
    #[command(after_help = "Examples:
  relight member register 'recovery party' 1
  relight member register 'recovery party' 1 --replace")]
    Register {
        /// The party or network
        party: String,
        /// Your number in it, which no other member has
        #[arg(value_parser = index)]
        index: PartyIndex,
        /// Replace the member key that you registered before
        #[arg(long)]
        replace: bool,
    },
    /// Show who registered in a party: compare the addresses with what the members tell you
    #[command(after_help = "Example:\n  relight member show 'recovery party'")]
    Show {
        /// The party or network
        party: String,
    },
}

impl Member {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Register { party, index, replace } => register(desk, party.as_bytes(), index, replace),
            Self::Show { party } => show(desk, party.as_bytes()),
        }
    }
}

fn register(desk: &Desk, party: &[u8], index: PartyIndex, replace: bool) -> Result<Answer> {
    let (store, board) = (desk.store()?, desk.board()?);
    let mut registration = member::register(&store, &*board, &desk.console, (party, index))?;
    if replace {
        registration = member::renew(&store, &*board, &desk.console, party)?;
    }
    Ok(describe(Answer::new("Your registration is on the board. Tell the others your address."), &registration)
        .line(armour(Kind::MemberRegistration, &registration.encode())?))
}

fn show(desk: &Desk, party: &[u8]) -> Result<Answer> {
    let registrations = Members::find(&*desk.board()?, party)?;
    let members: Vec<_> = registrations.current().map(facts).collect();
    let answer = registrations.current().fold(Answer::default(), |answer, one| answer.line(in_words(one)));
    Ok(answer.fact("members", members).ignoring(&registrations.ignored))
}

fn describe(answer: Answer, registration: &MemberRegistration) -> Answer {
    let address = registration.identity().address();
    answer.say("member", registration.index()).say("address", address).say("serial", registration.serial())
}

fn in_words(one: &MemberRegistration) -> String {
    format!("member {:<5} {}  registration {}", one.index(), one.identity().address(), one.serial())
}

fn facts(one: &MemberRegistration) -> serde_json::Value {
    serde_json::json!({
        "index": one.index().get(),
        "address": one.identity().address().to_string(),
        "serial": one.serial(),
        "member_key": hex::encode(one.member_key().as_bytes()),
    })
}

pub(super) fn index(text: &str) -> std::result::Result<PartyIndex, String> {
    let number = text.parse().map_err(|_| format!("{text:?} is no number from 1 to 65535"))?;
    PartyIndex::new(number).map_err(|error| error.to_string())
}
