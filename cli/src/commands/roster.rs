//! `relight roster`: who belongs to a recovery party.

use super::ceremony::found;
use crate::answer::Answer;
use crate::board::Objects;
use crate::desk::Desk;
use crate::failure::Result;
use crate::roles::ceremony::Code;
use crate::roles::plan::Sharing;
use crate::roles::roster;
use clap::Subcommand;
use relight::recovery;

/// The recovery party: its key, its members, and how many of them it takes
#[derive(Debug, Subcommand)]
pub enum Roster {
    /// Make the roster of the holders of a recovery key from its ceremony and their registrations
    #[command(after_help = "Examples:
  relight roster make '30713 82205 11967 40382 66083 20481 93770 15526'
  relight roster make '30713 82205 11967 40382 66083 20481 93770 15526' --enrolled '51870 33926 78145 90034 12265 48817 60493 27751'")]
    Make {
        /// The code of the ceremony that made the present sharing of the recovery key
        ceremony: Code,
        /// The code of a hand-over by which another member got a share of it
        #[arg(long, value_name = "CODE")]
        enrolled: Vec<Code>,
    },
    /// Show the rosters of a party on the board: compare the digest with the other members
    #[command(after_help = "Example:\n  relight roster show 'recovery party'")]
    Show {
        /// The party
        party: String,
    },
}

impl Roster {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Make { ceremony, enrolled } => make(desk, &ceremony, &enrolled),
            Self::Show { party } => show(desk, party.as_bytes()),
        }
    }
}

fn make(desk: &Desk, code: &Code, enrolled: &[Code]) -> Result<Answer> {
    let (store, board) = (desk.optional_store()?, desk.board()?);
    let enrolled = enrolled.iter().map(|code| found(store.as_ref(), &*board, code)).collect::<Result<Vec<_>>>()?;
    let ceremony = found(store.as_ref(), &*board, code)?;
    let sharing = Sharing::of(store.as_ref(), &*board, ceremony, &enrolled)?;
    let (roster, path) = roster::make(&*board, &sharing)?;
    Ok(describe(Answer::new("The roster is on the board."), &roster).fact("roster", facts(&roster)).say("path", path))
}

fn show(desk: &Desk, party: &[u8]) -> Result<Answer> {
    let Objects { good, ignored } = roster::posted(&*desk.board()?, party)?;
    let answer = good.iter().fold(Answer::default(), |answer, one| describe(answer.line(&one.path), &one.value));
    Ok(answer.fact("rosters", good.iter().map(|one| facts(&one.value)).collect::<Vec<_>>()).ignoring(&ignored))
}

fn describe(answer: Answer, roster: &recovery::Roster) -> Answer {
    let party = roster.party();
    let members = roster.members().iter().map(|member| {
        let (registration, identifier) = (&member.registration, &member.identifier);
        format!("  member {:<5} {}  share at {identifier}", registration.index(), registration.identity().address())
    });
    let answer = answer
        .line(format!("roster         {}", hex::encode(roster.digest())))
        .line(format!("recovery key   {}", hex::encode(party.public_key().as_bytes())))
        .line(format!("any {} of these {} members can decrypt:", party.threshold(), roster.members().len()));
    let shareless = roster.party().shareless().map(|member| format!("  member {member} has no share: it is zero"));
    members.chain(shareless).fold(answer, Answer::line)
}

fn facts(roster: &recovery::Roster) -> serde_json::Value {
    serde_json::json!({
        "digest": hex::encode(roster.digest()),
        "recovery_key": hex::encode(roster.party().public_key().as_bytes()),
        "threshold": roster.party().threshold().get(),
        "members": roster.members().iter().map(|member| member.registration.index().get()).collect::<Vec<_>>(),
    })
}
