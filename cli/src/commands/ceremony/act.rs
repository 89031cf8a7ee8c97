//! Taking part in a ceremony.

use super::text::{describe, list};
use super::view::{culprits, wait};
use super::{Checked, found};
use crate::answer::Answer;
use crate::board::Board;
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::roles::ceremony::{self, Code};
use crate::roles::seat::{self, Seat};
use crate::roles::{closing, dealer, evidence, own_identity};
use crate::store::Store;
use relight::dealing::{Ceremony, Confirmation};
use relight::sharing::VssCommitment;

pub fn deal(desk: &Desk, code: &Code) -> Result<Answer> {
    let (store, board) = (desk.store()?, desk.board()?);
    let ceremony = found(Some(&store), &*board, code)?;
    let dealer = dealer::holder(&store, &ceremony)?;
    let dealer = dealer.ok_or_else(|| Failure::refused(ceremony.short_code(), "you are none of its dealers"))?;
    accept(desk, &store, &*board, &ceremony)?;
    let (dealing, path) = dealer::deal(&store, &*board, &desk.console, &ceremony)?;
    Ok(Answer::new(format!("You have dealt as dealer {}.", dealer.index))
        .say("ceremony", ceremony.short_code())
        .say("digest", hex::encode(dealing.digest()))
        .say("path", path))
}

/// Those who take part have compared the plan with the others, once.
fn accept(desk: &Desk, store: &Store, board: &dyn Board, ceremony: &Ceremony) -> Result<()> {
    if ceremony::is_accepted(store, ceremony)? {
        return Ok(());
    }
    ceremony::check_registrations(board, ceremony)?;
    desk.console.show(describe(Answer::default(), ceremony, Some(&own_identity(store)?)));
    desk.console.confirm(&format!("Do all others have the code {}?", ceremony.short_code()))?;
    ceremony::accept(store, ceremony)
}

pub fn confirm(desk: &Desk, checked: &Checked, without_missing: bool) -> Result<Answer> {
    let (store, board) = (desk.store()?, desk.board()?);
    let ceremony = found(Some(&store), &*board, &checked.ceremony)?;
    if seat::holder(&store, &ceremony)?.is_none() {
        return Err(Failure::refused(ceremony.short_code(), "you are none of its recipients"));
    }
    accept(desk, &store, &*board, &ceremony)?;
    let mut seat = taken(desk, &store, &*board, checked, &ceremony)?;
    if !seat::has_confirmed(&store, &ceremony)? {
        propose(desk, &seat, without_missing)?;
    }
    let (confirmation, path) = seat.confirm(&store, &*board, &desk.console)?;
    let answer = Answer::new(format!("You have confirmed as recipient {}.", confirmation.recipient()));
    let answer = set(answer, &confirmation).say("path", path);
    Ok(culprits(answer, &seat).ignoring(&seat.ignored))
}

/// Everything on the board, and what came by another way.
fn taken<'a>(
    desk: &Desk,
    store: &Store,
    board: &dyn Board,
    checked: &Checked,
    ceremony: &'a Ceremony,
) -> Result<Seat<'a>> {
    let mut seat = Seat::new(ceremony);
    seat.look(Some(store), board, &desk.console)?;
    checked.take(desk, &mut seat)?;
    Ok(seat)
}

/// Shows what would be confirmed, and asks.
fn propose(desk: &Desk, seat: &Seat<'_>, without_missing: bool) -> Result<()> {
    let (proposed, awaited) = (seat.proposed(), seat.awaited());
    let followed = seat.confirmations().most_confirmed().is_some_and(|most| most.dealings() == proposed);
    if !awaited.is_empty() && !followed && !without_missing {
        let why = format!("nothing has come from dealers {}", list(awaited));
        return Err(Failure::refused("your confirmation", why)
            .beside(&seat.ignored)
            .next("wait: `relight ceremony status --watch`; or go on without them: --without-missing"));
    }
    let lines = proposed.iter().map(|one| format!("  dealer {:<4} {}", one.dealer, hex::encode(one.digest)));
    desk.console.show(culprits(lines.fold(Answer::new("You are about to confirm:"), Answer::line), seat));
    let (have, all) = (proposed.len(), seat.ceremony().plan().dealers.len());
    desk.console.confirm(&format!("Confirm these {have} of {all} dealings? This is done once in a ceremony."))
}

fn set(answer: Answer, confirmation: &Confirmation) -> Answer {
    let dealers = confirmation.dealings().iter().map(|agreed| agreed.dealer);
    answer.say("dealings_of", list(dealers)).say("transcript", hex::encode(confirmation.transcript()))
}

pub fn finish(desk: &Desk, checked: &Checked, watch: bool, of: Option<&Code>) -> Result<Answer> {
    let board = desk.board()?;
    let ceremony = found(desk.optional_store()?.as_ref(), &*board, &checked.ceremony)?;
    let mut seat = Seat::new(&ceremony);
    if watch {
        // The store is not held while this waits.
        wait(desk, &mut seat, &*board, |_, closed| closed)?;
    }
    let store = desk.store()?;
    accept(desk, &store, &*board, &ceremony)?;
    if let Some(code) = of {
        accept(desk, &store, &*board, &found(Some(&store), &*board, code)?)?;
    }
    seat.look(Some(&store), &*board, &desk.console)?;
    checked.take(desk, &mut seat)?;
    let finished = closing::finish(&seat, &store, &*board, &desk.console)?;
    let answer = finished.public.keys.iter().fold(Answer::new(what(&finished)), key);
    let shareless = finished.public.shareless.iter();
    let shareless =
        shareless.map(|one| format!("recipient {} has no share of key {}: it is zero", one.party, one.key + 1));
    let answer = shareless.fold(answer, Answer::line).say("transcript", hex::encode(finished.public.transcript));
    let keys: Vec<_> = finished.public.keys.iter().map(|key| hex::encode(key.public_key().as_bytes())).collect();
    let answer = answer.fact("keys", keys).fact("shares", finished.shares).fact("erased", finished.erased);
    Ok(culprits(answer, &seat).ignoring(&seat.ignored))
}

fn what(finished: &closing::Finished) -> String {
    let erased = match finished.erased.len() {
        0 => String::new(),
        1 => " 1 older share is erased.".to_owned(),
        count => format!(" {count} older shares are erased."),
    };
    let shares = match finished.shares {
        1 => "1 share is".to_owned(),
        count => format!("{count} shares are"),
    };
    format!("The ceremony is closed, and {shares} in your store.{erased}")
}

fn key(answer: Answer, key: &VssCommitment) -> Answer {
    answer.line(format!("  key {} {}", key.curve(), hex::encode(key.public_key().as_bytes())))
}

pub fn accuse(desk: &Desk, checked: &Checked) -> Result<Answer> {
    let (store, board) = (desk.optional_store()?, desk.board()?);
    let ceremony = found(store.as_ref(), &*board, &checked.ceremony)?;
    let mut seat = Seat::new(&ceremony);
    seat.look(store.as_ref(), &*board, &desk.console)?;
    checked.take(desk, &mut seat)?;
    let posted = evidence::post(&*board, &seat)?;
    let (convictions, ignored) = evidence::convictions(&*board, &ceremony)?;
    seat.ignored.extend(ignored);
    let answer = match convictions.is_empty() {
        true => Answer::new("There is no evidence against anybody."),
        false => convictions.iter().fold(Answer::default(), |answer, one| answer.line(format!("convicted: {one}"))),
    };
    let answer = posted.iter().fold(answer, |answer, path| answer.line(format!("posted: {path}")));
    Ok(answer.fact("convicted", convictions).fact("posted", posted).ignoring(&seat.ignored))
}
