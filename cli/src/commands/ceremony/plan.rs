//! `relight ceremony plan`.

use super::found;
use super::text::describe;
use crate::answer::Answer;
use crate::board::Board;
use crate::commands::member::index;
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::names::{curve_of_each, keys_on_curve, parameter_set};
use crate::roles::ceremony::{self, Code};
use crate::roles::members::{Choice, Members, Seat};
use crate::roles::plan::{self, Frame, Sharing};
use crate::store::Store;
use clap::{Args, Subcommand};
use relight::ParameterSet;
use relight::curve::CurveId;
use relight::dealing::Ceremony;
use relight::registration::MemberRegistration;
use relight::sharing::PartyIndex;
use serde_json::json;

/// What is to be done with which keys
#[derive(Debug, Subcommand)]
pub enum Plan {
    /// New keys: a recovery key, or the root keys of a network
    #[command(after_help = "Examples:
  relight ceremony plan generate 'recovery party' --curves bls12-381-g1
  relight ceremony plan generate network --curves secp256k1:7,ed25519 --members 1,2,3,4 --threshold 3")]
    Generate {
        /// The party or network in which the members are registered
        party: String,
        /// The curves of the keys, each with its number of keys
        #[arg(long, value_name = "LIST", required = true, value_delimiter = ',', value_parser = keys_on_curve)]
        curves: Vec<(CurveId, u16)>,
        /// Who deals and receives: indices, such as 1,2,4; as 3:0x5290.. if several claim one, and 3@0x0a51 for a share that
        /// is to lie elsewhere than at the index
        #[arg(long, default_value = "all")]
        members: Choice,
        /// The epoch of the sharing
        #[arg(long, default_value_t = 1)]
        epoch: u64,
        #[command(flatten)]
        sharing: Shape,
    },
    /// The same keys, shared anew: a refresh, or for other members, or with another threshold
    #[command(after_help = "Examples:
  relight ceremony plan reshare '30713 82205 11967 40382 66083 20481 93770 15526'
  relight ceremony plan reshare '30713 82205 11967 40382 66083 20481 93770 15526' --dealers 1,2,4 --members 1,2,4,5 --threshold 3")]
    Reshare {
        #[command(flatten)]
        old: Old,
        /// The party or network of the recipients, if it is another one
        #[arg(long, value_name = "PARTY")]
        to: Option<String>,
        /// Who receives, as for new keys: all who hold shares already, unless you name those who are to receive; whoever has
        /// a share keeps its place
        #[arg(long, default_value = "all")]
        members: Choice,
        /// The epoch of the new sharing [default: the one after the old]
        #[arg(long)]
        epoch: Option<u64>,
        #[command(flatten)]
        sharing: Shape,
    },
    /// Give one member a share, lost or new, while all others keep theirs: a ceremony of helpers, then a hand-over
    #[command(after_help = "Examples:
  relight ceremony plan repair '30713 82205 11967 40382 66083 20481 93770 15526' 3
  relight ceremony plan repair '30713 82205 11967 40382 66083 20481 93770 15526' 3 --after '51870 33926 78145 90034 12265 48817 60493 27751'")]
    Repair {
        #[command(flatten)]
        old: Old,
        /// Who gets the share, by its index: a member that lost its own, or a new one
        receiver: Seat,
        /// The closed ceremony of the helpers: plan the hand-over
        #[arg(long, value_name = "CODE", conflicts_with = "dealers")]
        after: Option<Code>,
        #[arg(long, default_value = "fast", value_parser = parameter_set)]
        parameters: ParameterSet,
    },
    /// Give the WHOLE keys to one recipient, which from then on has them alone
    #[command(after_help = "Example:
  relight ceremony plan hand-over '30713 82205 11967 40382 66083 20481 93770 15526' 1 --to 'new network'")]
    HandOver {
        #[command(flatten)]
        old: Old,
        /// Who gets the keys, by its index
        receiver: Seat,
        /// The party or network of the recipient, if it is another one
        #[arg(long, value_name = "PARTY")]
        to: Option<String>,
        #[arg(long, default_value = "fast", value_parser = parameter_set)]
        parameters: ParameterSet,
    },
}

/// How keys are shared.
#[derive(Debug, Args)]
pub struct Shape {
    /// How many recipients it takes to recover a key [default: more than two thirds]
    #[arg(long)]
    threshold: Option<u16>,
    /// The parameter set of dealings: fast, compact, broadcast, packed or bulk, which is for many keys to many recipients
    #[arg(long, default_value = "fast", value_parser = parameter_set)]
    parameters: ParameterSet,
}

/// A sharing that exists.
#[derive(Debug, Args)]
pub struct Old {
    /// The closed ceremony that made the sharing
    ceremony: Code,
    /// A hand-over by which another member got a share of it
    #[arg(long, value_name = "CODE")]
    enrolled: Vec<Code>,
    /// Which of its holders deal [default: all]
    #[arg(long, value_name = "INDICES", value_delimiter = ',', value_parser = index)]
    dealers: Vec<PartyIndex>,
}

impl Plan {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let (store, board) = (desk.optional_store()?, desk.board()?);
        let (store, board) = (store.as_ref(), &*board);
        let mut note = Answer::new("The plan is on the board.");
        let ceremony = match self {
            Self::Generate { party, curves, members, epoch, sharing } => {
                let registrations = Members::find(board, party.as_bytes())?;
                let frame = sharing.frame(party.into_bytes(), epoch);
                plan::generate(&frame, curve_of_each(&curves), &registrations.choose(&members)?)?
            }
            Self::Reshare { old, to, members, epoch, sharing } => {
                let of = old.sharing(store, board)?;
                let frame = sharing.frame(old.party(&of, to), epoch.unwrap_or(of.ceremony.plan().epoch + 1));
                let registrations = Members::find(board, &frame.party)?;
                let (chosen, new) = registrations.choose_known(&members, |one| of.knows(one))?;
                note = name_new(note, &members, &new);
                if chosen.is_empty() {
                    return Err(Failure::refused(
                        "the recipients",
                        "none of those who registered holds a share so far",
                    )
                    .next("compare addresses, and name those who are to receive: --members 1,2,3"));
                }
                plan::reshare(&frame, &of, &old.dealers(&of)?, &chosen)?
            }
            Self::Repair { old, receiver, after, parameters } => {
                repair(store, board, &old, &receiver, after.as_ref(), parameters)?
            }
            Self::HandOver { old, receiver, to, parameters } => {
                let of = old.sharing(store, board)?;
                let shape = Shape { threshold: Some(1), parameters };
                let frame = shape.frame(old.party(&of, to), of.ceremony.plan().epoch + 1);
                let registrations = Members::find(board, &frame.party)?;
                plan::hand_over(&frame, &of, &old.dealers(&of)?, registrations.seat(&receiver)?)?
            }
        };
        post(board, note, &ceremony)
    }
}

/// Whoever is new to the keys is named, and left out unless it was chosen.
fn name_new(answer: Answer, choice: &Choice, new: &[&MemberRegistration]) -> Answer {
    let what = match choice {
        Choice::All => "left out, for it is new: name it by --members if it is to receive",
        Choice::Some(_) => "new: compare its address with its owner",
    };
    let facts = |one: &MemberRegistration| {
        json!({ "index": one.index().get(), "address": one.identity().address().to_string(),
            "taken": *choice != Choice::All })
    };
    let answer = new.iter().fold(answer, |answer, one| {
        answer.line(format!("  member {:<4} {}  {what}", one.index(), one.identity().address()))
    });
    answer.fact("new", new.iter().map(|one| facts(one)).collect::<Vec<_>>())
}

fn post(board: &dyn Board, answer: Answer, ceremony: &Ceremony) -> Result<Answer> {
    let path = ceremony::post(board, ceremony)?;
    let answer = describe(answer, ceremony, None).say("path", path);
    Ok(answer.line("Next: everybody compares the code, then the dealers say `relight ceremony deal CODE`."))
}

fn repair(
    store: Option<&Store>,
    board: &dyn Board,
    old: &Old,
    receiver: &Seat,
    after: Option<&Code>,
    parameters: ParameterSet,
) -> Result<Ceremony> {
    let of = old.sharing(store, board)?;
    let frame = Shape { threshold: None, parameters }.frame(old.party(&of, None), of.ceremony.plan().epoch);
    let registrations = Members::find(board, &frame.party)?;
    let receiver = registrations.seat(receiver)?;
    let Some(code) = after else {
        let helpers = old.dealers(&of)?.into_iter().filter(|helper| helper.index != receiver.registration.index());
        let helpers = helpers.map(|helper| registrations.of(helper.index, &helper.identity));
        return plan::first_of_repair(&plan::repair(&frame, &of, &helpers.collect::<Result<Vec<_>>>()?, receiver));
    };
    let first = found(store, board, code)?;
    let outcome = ceremony::keys(store, board, &first)?;
    plan::second_of_repair(plan::repair(&frame, &of, &[], receiver), &first, outcome)
}

impl Shape {
    fn frame(&self, party: Vec<u8>, epoch: u64) -> Frame {
        Frame { party, epoch, threshold: self.threshold, parameters: self.parameters }
    }
}

impl Old {
    fn sharing(&self, store: Option<&Store>, board: &dyn Board) -> Result<Sharing> {
        let enrolled = self.enrolled.iter().map(|code| found(store, board, code)).collect::<Result<Vec<_>>>()?;
        Sharing::of(store, board, found(store, board, &self.ceremony)?, &enrolled)
    }

    fn dealers(&self, of: &Sharing) -> Result<Vec<relight::dealing::Recipient>> {
        of.choose((!self.dealers.is_empty()).then_some(&self.dealers))
    }

    fn party(&self, of: &Sharing, to: Option<String>) -> Vec<u8> {
        to.map_or_else(|| of.ceremony.plan().name.clone(), String::into_bytes)
    }
}
