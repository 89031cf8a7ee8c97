//! A ceremony, played: it is the same for new keys, for a refresh, for handing keys to other parties, and for repairs.

use super::claims::{claim, refused};
use super::closing;
use super::participant::Participant;
use super::sabotage;
use super::seated::Seated;
use super::site::{Group, Site};
use super::story::Story;
use crate::armour::Kind;
use crate::board::Place;
use crate::failure::{Failure, Result};
use crate::roles::ceremony::{place, post};
use crate::roles::members::{Choice, Members};
use crate::roles::plan::{self, Frame, Sharing};
use crate::roles::{dealer, evidence};
use relight::curve::CurveId;
use relight::dealing::Ceremony;
use relight::{DealingFault, Error};

/// Who is called to a ceremony, and what for.
pub(crate) struct Call<'a> {
    pub(crate) group: Group,
    pub(crate) epoch: u64,
    pub(crate) threshold: u16,
    pub(crate) what: What<'a>,
    pub(crate) dealers: Vec<Participant>,
    pub(crate) recipients: Vec<Participant>,
    pub(crate) tricks: &'static [Trick],
}

/// What is to be done with which keys.
pub(crate) enum What<'a> {
    /// New keys, on these curves.
    Generate(Vec<CurveId>),
    /// Keys that exist are shared anew.
    Reshare(&'a Sharing),
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
    pub(crate) site: &'a Site,
    pub(crate) ceremony: Ceremony,
    pub(crate) dealers: &'a [Participant],
    pub(crate) recipients: &'a [Participant],
    /// What the dealers do.
    pub(crate) deed: String,
    pub(crate) tricks: &'static [Trick],
}

impl Call<'_> {
    /// With a plan of its own, from the registrations on the board.
    pub(crate) fn stage<'a>(&'a self, site: &'a Site) -> Result<Stage<'a>> {
        let (dealers, recipients, tricks) = (&self.dealers[..], &self.recipients[..], self.tricks);
        let ceremony = self.plan(site)?;
        let deed = format!("dealers deal {}, once each", keys_in_words(&ceremony.plan().keys.curves()));
        Ok(Stage { site, ceremony, dealers, recipients, deed, tricks })
    }

    fn plan(&self, site: &Site) -> Result<Ceremony> {
        let frame = Frame {
            party: self.group.name().to_vec(),
            epoch: self.epoch,
            threshold: Some(self.threshold),
            parameters: site.args.parameters,
        };
        let registrations = Members::find(&site.board(), &frame.party)?;
        let seats = self.recipients.iter().map(Participant::seat).collect::<Result<_>>()?;
        let members = registrations.choose(&Choice::Some(seats))?;
        let ceremony = match &self.what {
            What::Generate(curves) => plan::generate(&frame, curves.clone(), &members)?,
            What::Reshare(sharing) => {
                let dealers: Vec<_> = self.dealers.iter().map(|dealer| dealer.index).collect();
                plan::reshare(&frame, sharing, &sharing.choose(Some(&dealers))?, &members)?
            }
        };
        post(&site.board(), &ceremony)?;
        Ok(ceremony)
    }
}

impl Stage<'_> {
    /// Where it takes place.
    pub(crate) fn place(&self) -> Place {
        place(&self.ceremony)
    }

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

/// Calls everybody, and plays. Gives what came of it.
pub(crate) fn hold(story: &mut Story<'_>, site: &Site, call: &Call<'_>) -> Result<Sharing> {
    let stage = call.stage(site)?;
    play(story, &stage)?;
    Sharing::of(None, &site.board(), stage.ceremony, &[])
}

/// Plays a ceremony from the plan to the shares.
pub(crate) fn play(story: &mut Story<'_>, stage: &Stage<'_>) -> Result<()> {
    let dealt = deal(story, stage)?;
    let path = |dealer: &Participant| path_of(stage, &dealt, dealer);
    let (withholder, cheat) = (stage.withholder(), stage.cheat());
    if let Some(dealer) = withholder {
        closing::withhold(story, stage, dealer, &path(dealer)?)?;
    }
    if let Some(dealer) = cheat {
        story.sabotage(format!("dealer {} encrypts wrong shares, and signs them", dealer.label()))?;
        sabotage::deal_wrong_shares(stage, dealer, &path(dealer)?)?;
    }
    let seats = match withholder {
        Some(_) => closing::confirm_in_turn(story, stage)?,
        None => closing::confirm_at_once(story, stage, stage.recipients)?,
    };
    check_complaints(story, stage, cheat, &seats)?;
    closing::finish(story, stage, seats, withholder)
}

/// Everybody deals. Gives where the dealings are on the board, in the order of the dealers.
pub(crate) fn deal(story: &mut Story<'_>, stage: &Stage<'_>) -> Result<Vec<String>> {
    let what = format!("{} {}", stage.dealers.len(), stage.deed);
    let paths = story.work(what, stage.dealers, |dealer| deal_once(stage, dealer))?;
    story.wrote(&stage.site.board_path(&stage.place().folder()))?;
    let keys = keys_in_words(&stage.ceremony.plan().keys.curves());
    let what = format!("a dealing of {keys} to {}", stage.recipients.len());
    let first = stage.site.posted(&stage.place(), Kind::Dealing)?;
    first.first().map_or(Ok(()), |dealing| story.size(what, dealing))?;
    Ok(paths)
}

/// A dealer finds the plan, accepts it, and deals.
pub(crate) fn deal_once(stage: &Stage<'_>, dealer: &Participant) -> Result<String> {
    dealer.accept(&stage.ceremony)?;
    dealer.does(|desk| {
        let (_, path) = dealer::deal(&desk.store()?, &*desk.board()?, &desk.console, &stage.ceremony)?;
        Ok(path)
    })
}

/// Where a dealer has posted its dealing.
pub(crate) fn path_of(stage: &Stage<'_>, dealt: &[String], dealer: &Participant) -> Result<String> {
    let place = stage.dealers.iter().position(|one| one.index == dealer.index);
    let path = place.and_then(|place| dealt.get(place)).cloned();
    path.ok_or_else(|| Failure::because(format!("{} has not dealt", dealer.label())))
}

pub(crate) fn plural(parties: &[Participant]) -> &'static str {
    parties.first().map_or("", Participant::plural)
}

/// The cheat, and nobody else, was dropped by everybody; what it signed convinces everybody else.
fn check_complaints(
    story: &mut Story<'_>,
    stage: &Stage<'_>,
    cheat: Option<&Participant>,
    seats: &[Seated<'_>],
) -> Result<()> {
    let culprits = || seats.iter().flat_map(|seated| &seated.seat.culprits);
    let Some(cheat) = cheat else { return claim(culprits().next().is_none(), "every dealing is good") };
    let expected = Error::BadDealing { dealer: cheat.index.get(), fault: DealingFault::Encryption };
    let one = |seated: &Seated<'_>| seated.seat.culprits.len() == 1;
    claim(seats.iter().all(one), "one dealer, and only one, is dropped by everybody")?;
    for accused in culprits() {
        refused::<()>(Err(accused.error.clone().into()), &expected)?;
    }
    let (board, first) = (stage.site.board(), seats.first());
    first.map_or(Ok(Vec::new()), |first| evidence::post(&board, &first.seat))?;
    let (convictions, _) = evidence::convictions(&board, &stage.ceremony)?;
    let conviction = format!("dealer {}: {}", cheat.index, DealingFault::Encryption);
    claim(convictions == [conviction], "the dealing that it signed is evidence against it")?;
    story.caught(format!("everybody drops it: {expected}"))
}

/// Such as "10 secp256k1 keys, 1 BLS12-381 G1 key".
pub(crate) fn keys_in_words(curves: &[CurveId]) -> String {
    let parts = CurveId::ALL.iter().filter_map(|curve| {
        let count = curves.iter().filter(|other| *other == curve).count();
        let noun = if count == 1 { "key" } else { "keys" };
        (count > 0).then(|| format!("{count} {curve} {noun}"))
    });
    parts.collect::<Vec<_>>().join(", ")
}
