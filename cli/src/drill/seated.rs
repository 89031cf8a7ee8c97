//! A recipient at its seat in a ceremony, from the dealings to its shares.

use super::ceremony::Stage;
use super::participant::Participant;
use crate::failure::{Failure, Result};
use crate::roles::closing::{self, Finished};
use crate::roles::seat::Seat;
use relight::dealing::{AgreedDealing, Confirmation};

/// What a recipient has verified it keeps in memory until the ceremony is over.
pub(crate) struct Seated<'a> {
    pub(crate) party: &'a Participant,
    pub(crate) seat: Seat<'a>,
}

impl<'a> Seated<'a> {
    /// Checks every dealing that is on the board or in the mail.
    pub(crate) fn look(stage: &'a Stage<'a>, party: &'a Participant) -> Result<Self> {
        party.accept(&stage.ceremony)?;
        let mut seated = Self { party, seat: Seat::new(&stage.ceremony) };
        seated.look_again()?;
        let console = party.desk().console;
        seated.seat.take_dealings(party.letters()?, &console);
        Ok(seated)
    }

    /// Checks what is new on the board.
    pub(crate) fn look_again(&mut self) -> Result<()> {
        let desk = self.party.desk();
        self.seat.look(Some(&desk.store()?), &*desk.board()?, &desk.console)
    }

    /// Opens and checks its shares, and confirms what it holds.
    pub(crate) fn confirm(mut self) -> Result<Self> {
        let (party, seat) = (self.party, &mut self.seat);
        party.does(|desk| seat.confirm(&desk.store()?, &*desk.board()?, &desk.console))?;
        Ok(self)
    }

    /// Asks one that has them for the dealings that it lacks, by their digests, and confirms the same as most.
    pub(crate) fn follow(mut self, helper: &Seat<'_>) -> Result<Self> {
        for agreed in self.lacking() {
            let bytes = helper.held(&agreed).ok_or_else(|| Failure::because("nobody has the dealing"))?;
            let letter = (hex::encode(agreed.digest), bytes.to_vec());
            self.seat.take_dealings(vec![letter], &self.party.desk().console);
        }
        self.confirm()
    }

    /// The dealings of the set that most confirmed, as far as it has not got them.
    pub(crate) fn lacking(&self) -> Vec<AgreedDealing> {
        let confirmed = self.seat.confirmations().most_confirmed().map_or(&[][..], Confirmation::dealings);
        confirmed.iter().filter(|agreed| self.seat.held(agreed).is_none()).copied().collect()
    }

    /// Takes its shares of the closed set.
    pub(crate) fn finish(&self) -> Result<Finished> {
        let desk = self.party.desk();
        closing::finish(&self.seat, &desk.store()?, &*desk.board()?, &desk.console)
    }
}
