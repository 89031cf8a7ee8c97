//! A ceremony, played: it is the same for new keys, for a refresh, for handing keys to other parties, and for repairs.

use super::claims::{claim, refused};
use super::closing;
use super::files;
use super::participant::{Participant, SHARES};
use super::sabotage;
use super::seat::Seat;
use super::site::{Group, Room, Site};
use super::story::Story;
use crate::failure::Result;
use relight::curve::CurveId;
use relight::{
    DealingFault, Error, ParameterSet,
    dealing::{Ceremony, Culprit, Evidence, Keys, Plan},
};

/// Who is called to a ceremony, and what for.
pub(crate) struct Call {
    pub(crate) group: Group,
    pub(crate) parameters: ParameterSet,
    pub(crate) epoch: u64,
    pub(crate) threshold: u16,
    pub(crate) keys: Keys,
    pub(crate) dealers: Vec<Participant>,
    pub(crate) recipients: Vec<Participant>,
    pub(crate) tricks: &'static [Trick],
}

/// What a dealer may try.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trick {
    /// It encrypts wrong shares, if the others are enough.
    WrongShares,
    /// It shows its dealing to half of the recipients, if there are two or more.
    ShowsToHalf,
}

/// A ceremony on its stage.
pub(crate) struct Stage<'a> {
    pub(crate) room: Room,
    pub(crate) ceremony: Ceremony,
    pub(crate) dealers: &'a [Participant],
    pub(crate) recipients: &'a [Participant],
    /// What the dealers do.
    pub(crate) deed: String,
    /// Where the dealers keep their old shares, and the recipients their new ones.
    pub(crate) drawers: [&'static str; 2],
    pub(crate) tricks: &'static [Trick],
}

impl Call {
    pub(crate) fn stage(&self, room: Room) -> Result<Stage<'_>> {
        Ok(Stage {
            room,
            ceremony: self.ceremony()?,
            dealers: &self.dealers,
            recipients: &self.recipients,
            deed: format!("dealers deal {}, once each", keys_in_words(&self.keys)),
            drawers: [SHARES; 2],
            tricks: self.tricks,
        })
    }

    /// The plan, from checked registrations.
    fn ceremony(&self) -> Result<Ceremony> {
        let context = [&self.group.context()[..], format!(", epoch {}", self.epoch).as_bytes()].concat();
        let plan = Plan {
            parameters: self.parameters,
            name: context,
            nonce: Plan::random_nonce(&mut rand::rng()),
            epoch: self.epoch,
            threshold: self.threshold,
            keys: self.keys.clone(),
            dealers: self.dealers.iter().map(Participant::as_dealer).collect::<Result<_>>()?,
            recipients: self.recipients.iter().map(Participant::as_recipient).collect::<Result<_>>()?,
        };
        Ok(Ceremony::new(plan)?)
    }
}

impl Stage<'_> {
    /// The dealer that cheats.
    fn cheat(&self) -> Option<&Participant> {
        let spare = self.dealers.len() > usize::from(self.ceremony.needed());
        self.dealers.get(self.dealers.len() / 2).filter(|_| self.tries(Trick::WrongShares) && spare)
    }

    /// The dealer that shows its dealing to half of the recipients.
    fn withholder(&self) -> Option<&Participant> {
        self.dealers.first().filter(|_| self.tries(Trick::ShowsToHalf) && self.recipients.len() > 1)
    }

    fn tries(&self, trick: Trick) -> bool {
        self.tricks.contains(&trick)
    }
}

/// Calls everybody, and plays.
pub(crate) fn hold(story: &mut Story<'_>, site: &Site, call: &Call) -> Result<()> {
    play(story, site, &call.stage(call.group.room(call.epoch))?)
}

/// Plays a ceremony from the plan to the shares.
pub(crate) fn play(story: &mut Story<'_>, site: &Site, stage: &Stage<'_>) -> Result<()> {
    deal(story, site, stage)?;
    let (withholder, cheat) = (stage.withholder(), stage.cheat());
    if let Some(dealer) = withholder {
        closing::withhold(story, stage, dealer)?;
    }
    if let Some(dealer) = cheat {
        story.sabotage(format!("dealer {} encrypts wrong shares, and signs them", dealer.label()))?;
        sabotage::deal_wrong_shares(dealer, &stage.room)?;
    }
    let seats = match withholder {
        Some(_) => closing::confirm_in_turn(story, stage)?,
        None => closing::confirm_at_once(story, stage, stage.recipients)?,
    };
    check_complaints(story, stage, cheat, &seats)?;
    closing::certify(story, site, stage)?;
    story.work(finishing(stage.recipients), &seats, |seat| seat.finish(stage.drawers[1]))?;
    closing::compare(story, stage, withholder)
}

/// The plan is posted, and everybody deals.
pub(crate) fn deal(story: &mut Story<'_>, site: &Site, stage: &Stage<'_>) -> Result<()> {
    files::write(&stage.room.ceremony_path(), &stage.ceremony.encode())?;
    let what = format!("{} {}", stage.dealers.len(), stage.deed);
    story.work(what, stage.dealers, |dealer| dealer.deal(&stage.room, stage.drawers[0]))?;
    story.wrote(&site.root, &stage.room.dealings())?;
    let keys = keys_in_words(&stage.ceremony.plan().keys);
    let what = format!("a dealing of {keys} to {}", stage.recipients.len());
    stage.dealers.first().map_or(Ok(()), |dealer| story.size(what, &dealer.dealing_path(&stage.room)))
}

fn finishing(recipients: &[Participant]) -> String {
    match recipients {
        [one] => format!("{} takes its share of the closed set", one.label()),
        many => format!("{} {} take their shares of the closed set", many.len(), plural(many)),
    }
}

pub(crate) fn plural(parties: &[Participant]) -> &'static str {
    parties.first().map_or("", Participant::plural)
}

/// The cheat, and nobody else, was dropped by everybody; what it signed convinces everybody else.
fn check_complaints(
    story: &mut Story<'_>,
    stage: &Stage<'_>,
    cheat: Option<&Participant>,
    seats: &[Seat<'_>],
) -> Result<()> {
    let Some(cheat) = cheat else {
        return claim(seats.iter().all(|seat| seat.complaints.is_empty()), "every dealing is good");
    };
    let expected = Error::BadDealing { dealer: cheat.index.get(), fault: DealingFault::Encryption };
    claim(seats.iter().all(|seat| seat.complaints.len() == 1), "one dealer, and only one, is dropped by everybody")?;
    for complaint in seats.iter().flat_map(|seat| &seat.complaints) {
        refused::<()>(Err(complaint.clone().into()), &expected)?;
    }
    let evidence = Evidence::bad_dealing(&files::read(&cheat.dealing_path(&stage.room))?);
    let culprit = Culprit::Dealer { index: cheat.index, fault: DealingFault::Encryption };
    claim(evidence.verify(&stage.ceremony)? == culprit, "the dealing that it signed is evidence against it")?;
    story.caught(format!("everybody drops it: {expected}"))
}

/// Such as "10 secp256k1 keys, 1 BLS12-381 G1 key".
pub(crate) fn keys_in_words(keys: &Keys) -> String {
    let parts = CurveId::ALL.iter().filter_map(|curve| {
        let count = keys.curves().iter().filter(|other| *other == curve).count();
        let noun = if count == 1 { "key" } else { "keys" };
        (count > 0).then(|| format!("{count} {curve} {noun}"))
    });
    parts.collect::<Vec<_>>().join(", ")
}
