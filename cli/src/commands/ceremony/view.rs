//! Looking at a ceremony.

use super::text::{describe, list, numbers};
use super::{Checked, found};
use crate::answer::Answer;
use crate::armour::Kind;
use crate::board::Board;
use crate::commands::watch::until_done;
use crate::desk::Desk;
use crate::failure::Result;
use crate::roles::ceremony::{self, Code};
use crate::roles::evidence;
use crate::roles::seat::Seat;
use relight::dealing;
use std::path::PathBuf;

pub fn show(desk: &Desk, code: Option<&Code>) -> Result<Answer> {
    let (store, board) = (desk.optional_store()?, desk.board()?);
    let holder = store.as_ref().and_then(|store| crate::roles::own_identity(store).ok());
    if let Some(code) = code {
        let ceremony = found(store.as_ref(), &*board, code)?;
        return Ok(describe(Answer::default(), &ceremony, holder.as_ref()));
    }
    let (ceremonies, ignored) = ceremony::planned(&*board)?;
    let codes: Vec<String> = ceremonies.iter().map(dealing::Ceremony::short_code).collect();
    let line = |one: &dealing::Ceremony| {
        let plan = one.plan();
        format!("{}  {}, epoch {}", one.short_code(), plan.name.escape_ascii(), plan.epoch)
    };
    let answer = ceremonies.iter().map(line).fold(Answer::default(), Answer::line);
    Ok(answer.fact("ceremonies", codes).ignoring(&ignored))
}

pub fn status(desk: &Desk, code: &Code, watch: bool) -> Result<Answer> {
    let board = desk.board()?;
    // The store is not held while this waits.
    let ceremony = found(desk.optional_store()?.as_ref(), &*board, code)?;
    let mut seat = Seat::new(&ceremony);
    seat.look(None, &*board, &desk.console)?;
    if watch {
        let dealt = seat.awaited().is_empty();
        wait(desk, &mut seat, &*board, |seat, closed| closed || (!dealt && seat.awaited().is_empty()))?;
    }
    progress(&mut seat, &*board)
}

/// Looks at the board until it is done, or can never be.
pub fn wait(desk: &Desk, seat: &mut Seat<'_>, board: &dyn Board, done: impl Fn(&Seat<'_>, bool) -> bool) -> Result<()> {
    until_done(desk, "Confirmations", (true, None), || {
        seat.look(None, board, &desk.console)?;
        let closed = seat.is_closed(board)?;
        let over = done(seat, closed) || (!closed && seat.confirmations().failed());
        let missing = seat.ceremony().quorum().saturating_sub(seat.equal()).max(1);
        Ok(((), if over { 0 } else { missing }))
    })
}

fn progress(seat: &mut Seat<'_>, board: &dyn Board) -> Result<Answer> {
    let (certificate, ignored) = ceremony::certificate(board, seat.ceremony())?;
    seat.ignored.extend(ignored);
    Ok(describe_progress(seat, certificate.is_some() || seat.confirmations().certificate().is_ok()))
}

fn describe_progress(seat: &Seat<'_>, closed: bool) -> Answer {
    let (ceremony, confirmations) = (seat.ceremony(), seat.confirmations());
    let dealt: Vec<_> = seat.dealings().valid().map(|dealing| dealing.dealer).collect();
    let unconfirmed: Vec<_> = confirmations.unconfirmed().collect();
    let recipients = ceremony.plan().recipients.iter().map(|recipient| recipient.index);
    let confirmed: Vec<_> = recipients.filter(|index| !unconfirmed.contains(index)).collect();
    let state = match (closed, confirmations.failed()) {
        (true, _) => "closed: take your shares with `relight ceremony finish`",
        (false, true) => "failed: no set of dealings can close it any more; plan another one",
        (false, false) => "open",
    };
    let answer = Answer::default()
        .line(format!("Ceremony {}: {state}", ceremony.short_code()))
        .line(format!("  dealt          {}, {} needed", list(dealt.clone()), ceremony.needed()))
        .line(format!("  to deal        {}", list(seat.awaited())))
        .line(format!("  expelled       {}", list(seat.dealings().bad_dealers())))
        .line(format!("  confirmed      {}, {} equal ones needed", list(confirmed.clone()), ceremony.quorum()))
        .line(format!("  to confirm     {}", list(unconfirmed.clone())));
    answer
        .fact("code", ceremony.short_code())
        .fact("dealt", numbers(dealt))
        .fact("to_deal", numbers(seat.awaited()))
        .fact("expelled", numbers(seat.dealings().bad_dealers()))
        .fact("confirmed", numbers(confirmed))
        .fact("to_confirm", numbers(unconfirmed))
        .fact("needed", ceremony.needed())
        .fact("quorum", ceremony.quorum())
        .fact("closed", closed)
        .fact("failed", !closed && confirmations.failed())
        .ignoring(&seat.ignored)
}

pub fn check(desk: &Desk, checked: &Checked) -> Result<Answer> {
    let (store, board) = (desk.optional_store()?, desk.board()?);
    let ceremony = found(store.as_ref(), &*board, &checked.ceremony)?;
    let mut seat = Seat::new(&ceremony);
    seat.look(store.as_ref(), &*board, &desk.console)?;
    checked.take(desk, &mut seat)?;
    let (convictions, ignored) = evidence::convictions(&*board, &ceremony)?;
    seat.ignored.extend(ignored);
    let answer = culprits(progress(&mut seat, &*board)?, &seat);
    Ok(convictions.into_iter().fold(answer, |answer, one| answer.line(format!("evidence: {one}"))))
}

/// Whose fault is what.
pub fn culprits(answer: Answer, seat: &Seat<'_>) -> Answer {
    let named: Vec<String> = seat.culprits.iter().map(|one| one.error.to_string()).collect();
    let answer = named.iter().fold(answer, |answer, one| answer.line(format!("at fault: {one}")));
    answer.fact("at_fault", named)
}

impl Checked {
    /// Takes the dealings that came as files.
    pub fn take(&self, desk: &Desk, seat: &mut Seat<'_>) -> Result<()> {
        let read = |path: &PathBuf| Ok((path.display().to_string(), desk.bytes(Kind::Dealing, path)?));
        seat.take_dealings(self.dealing.iter().map(read).collect::<Result<_>>()?, &desk.console);
        Ok(())
    }
}
