//! A recipient in a ceremony, from the dealings to its shares.

use super::ceremony::Stage;
use super::claims::claim;
use super::files;
use super::outcome;
use super::participant::Participant;
use crate::failure::{Result, While};
use crate::parallel;
use relight::{
    Error,
    dealing::{AgreedDealing, Confirmation, Confirmations, Dealings},
    identity::Unsigned,
};

/// What a recipient has verified it keeps in memory until the ceremony is over.
#[derive(Clone)]
pub(crate) struct Seat<'a> {
    stage: &'a Stage<'a>,
    party: &'a Participant,
    dealings: Dealings<'a>,
    /// What was wrong with bad dealings.
    pub(crate) complaints: Vec<Error>,
}

impl<'a> Seat<'a> {
    /// Checks every dealing that is on the board or in the mail, and takes the good ones. Bad ones are no reason to stop.
    pub(crate) fn take(stage: &'a Stage<'a>, party: &'a Participant) -> Result<Self> {
        let plan = files::read(&stage.room.ceremony_path())?;
        claim(*plan == stage.ceremony.encode(), "the plan on the board is the one that all agreed on")?;
        let paths = [files::list(&stage.room.dealings())?, files::list(&party.mail())?].concat();
        let verify = |path: &std::path::PathBuf| Ok(stage.ceremony.verify_dealing(&files::read(path)?));
        let verdicts = parallel::map(&paths, verify, |_| ()).into_iter().collect::<Result<Vec<_>>>()?;
        let mut seat = Self { stage, party, dealings: Dealings::new(&stage.ceremony), complaints: Vec::new() };
        for (path, verdict) in paths.iter().zip(verdicts) {
            match seat.dealings.record(verdict) {
                Err(error @ Error::BadDealing { .. }) => seat.complaints.push(error),
                other => other.at(path.display())?,
            }
        }
        Ok(seat)
    }

    /// Takes the dealings, opens and checks its shares, and confirms what it holds.
    pub(crate) fn confirm(stage: &'a Stage<'a>, party: &'a Participant) -> Result<Self> {
        let mut seat = Self::take(stage, party)?;
        let unsigned = seat.dealings.confirm(party.index, &party.member_key()?).at(party.label())?;
        seat.post(unsigned)?;
        Ok(seat)
    }

    /// Takes the dealings, reads what others have confirmed, and asks for what it lacks, by digest.
    pub(crate) fn ask(stage: &'a Stage<'a>, party: &'a Participant) -> Result<Self> {
        let seat = Self::take(stage, party)?;
        let lacking = seat.lacking(&stage.confirmations()?);
        lacking
            .iter()
            .try_for_each(|agreed| files::write(&stage.room.wanted().join(agreed.digest.to_string()), &[]))?;
        Ok(seat)
    }

    /// Fetches what it asked for, and confirms what most have confirmed before it.
    pub(crate) fn follow(&self) -> Result<Self> {
        let (mut seat, confirmations) = (self.clone(), self.stage.confirmations()?);
        for agreed in seat.lacking(&confirmations) {
            seat.dealings.receive(&self.stage.room.fetch(&agreed)?).at(self.party.label())?;
        }
        let most = confirmations.most_confirmed().ok_or(Error::MissingDealing(0))?;
        let unsigned = seat.dealings.confirm_like(most, self.party.index, &self.party.member_key()?);
        seat.post(unsigned.at(self.party.label())?)?;
        Ok(seat)
    }

    /// The dealings of the set that most confirmed, as far as it has not got them.
    fn lacking(&self, confirmations: &Confirmations<'_>) -> Vec<AgreedDealing> {
        let own: Vec<AgreedDealing> = self.dealings.valid().collect();
        let confirmed = confirmations.most_confirmed().map_or(&[][..], Confirmation::dealings);
        confirmed.iter().filter(|agreed| !own.contains(agreed)).copied().collect()
    }

    /// Whoever has a dealing that somebody asks for hands it over.
    pub(crate) fn hand_over(&self) -> Result<()> {
        for path in files::list(&self.party.mail())? {
            let bytes = files::read(&path)?;
            let digest = relight::dealing::Dealing::decode(&bytes)?.digest().to_string();
            if self.stage.room.wanted().join(&digest).exists() {
                files::write(&self.stage.room.handed_over().join(digest), &bytes)?;
            }
        }
        Ok(())
    }

    /// The confirmation is stored at home before it is posted: a party signs one in a ceremony, and no other.
    fn post(&self, unsigned: Unsigned<Confirmation>) -> Result<()> {
        let stored = self.party.home().join("confirmations").join(self.stage.ceremony.digest().to_string());
        claim(!stored.exists(), format!("{} confirms once in a ceremony", self.party.label()))?;
        let confirmation = self.party.signer()?.sign(unsigned)?.encode();
        files::write(&stored, &confirmation)?;
        files::write(&self.stage.room.confirmations().join(self.party.label()), &confirmation)
    }

    /// Keeps its shares from the closed set in the drawer, and posts what it makes of the ceremony. Only now that there is a
    /// certificate, older shares go.
    pub(crate) fn finish(&self, drawer: &str) -> Result<()> {
        let (party, room) = (self.party, &self.stage.room);
        let certificate = room.certificate(&self.stage.ceremony)?;
        let mut closed = self.dealings.clone().close(certificate).at(party.label())?;
        for agreed in closed.missing().collect::<Vec<_>>() {
            closed.receive(&room.fetch(&agreed)?).at(party.label())?;
        }
        let outcome = closed.finish(party.index, &party.member_key()?).at(party.label())?;
        party.empty(drawer)?;
        party.keep_in(drawer, &outcome.shares)?;
        files::remove(&party.mail())?;
        files::write(&room.outcomes().join(party.label()), &outcome::encode(&outcome.public))
    }
}
