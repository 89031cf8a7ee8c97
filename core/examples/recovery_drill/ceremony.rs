//! A ceremony, played: it is the same for new keys, for a refresh, for handing keys to other parties, and for repairs.

use super::failure::{Result, claim, refused};
use super::files;
use super::participant::{Participant, SHARES};
use super::sabotage;
use super::site::{Group, Room, Site};
use super::story::Story;
use relight::curve::CurveId;
use relight::{Ceremony, DealingFault, Error, KeySlot, ParameterSet, Plan};

/// Who is called to a ceremony, and what for.
pub(crate) struct Call {
    pub(crate) group: Group,
    pub(crate) parameters: ParameterSet,
    pub(crate) epoch: u64,
    pub(crate) threshold: u16,
    pub(crate) keys: Vec<KeySlot>,
    pub(crate) dealers: Vec<Participant>,
    pub(crate) recipients: Vec<Participant>,
    /// Shall one of the dealers cheat, if the others are enough?
    pub(crate) sabotage: bool,
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
    pub(crate) sabotage: bool,
}

impl Call {
    fn stage(&self) -> Result<Stage<'_>> {
        Ok(Stage {
            room: self.group.room(self.epoch),
            ceremony: self.ceremony()?,
            dealers: &self.dealers,
            recipients: &self.recipients,
            deed: format!("dealers deal {}, once each", keys_in_words(&self.keys)),
            drawers: [SHARES; 2],
            sabotage: self.sabotage,
        })
    }

    /// The plan, from checked registrations.
    fn ceremony(&self) -> Result<Ceremony> {
        let context = [&self.group.context()[..], format!(", epoch {}", self.epoch).as_bytes()].concat();
        let plan = Plan {
            parameters: self.parameters,
            context,
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
        self.dealers.get(self.dealers.len() / 2).filter(|_| self.sabotage && spare)
    }
}

/// Calls everybody, and plays.
pub(crate) fn hold(story: &mut Story<'_>, site: &Site, call: &Call) -> Result<()> {
    play(story, site, &call.stage()?)
}

/// Plays a ceremony from the plan to the comparison of the transcripts.
pub(crate) fn play(story: &mut Story<'_>, site: &Site, stage: &Stage<'_>) -> Result<()> {
    let (room, [from, to]) = (&stage.room, stage.drawers);
    files::write(&room.ceremony_path(), &stage.ceremony.encode())?;
    let what = format!("{} {}", stage.dealers.len(), stage.deed);
    story.work(what, stage.dealers, |dealer| dealer.deal(room, from))?;
    show_dealings(story, site, stage)?;
    let cheat = stage.cheat();
    if let Some(dealer) = cheat {
        story.sabotage(format!("dealer {} encrypts wrong shares, and signs them", dealer.label()))?;
        sabotage::deal_wrong_shares(dealer, room)?;
    }
    let complaints =
        story.work(receiving(stage.recipients), stage.recipients, |recipient| recipient.receive(room, to))?;
    check_complaints(story, cheat, &complaints)?;
    compare_transcripts(story, room, stage.recipients.len())
}

fn show_dealings(story: &mut Story<'_>, site: &Site, stage: &Stage<'_>) -> Result<()> {
    story.wrote(&site.root, &stage.room.dealings())?;
    let keys = keys_in_words(&stage.ceremony.plan().keys);
    let what = format!("a dealing of {keys} to {}", stage.recipients.len());
    stage.dealers.first().map_or(Ok(()), |dealer| story.size(what, &dealer.dealing_path(&stage.room)))
}

/// What the recipients do.
fn receiving(recipients: &[Participant]) -> String {
    let plural = recipients.first().map_or("", Participant::plural);
    match recipients {
        [one] => format!("{} checks every dealing, and takes its share", one.label()),
        many => format!("{} {plural} check every dealing, each for itself, and take their shares", many.len()),
    }
}

/// The cheat, and nobody else, was dropped by everybody.
fn check_complaints(story: &mut Story<'_>, cheat: Option<&Participant>, complaints: &[Vec<Error>]) -> Result<()> {
    let Some(cheat) = cheat else {
        return claim(complaints.iter().all(Vec::is_empty), "every dealing is good");
    };
    let expected = Error::BadDealing { dealer: cheat.index.get(), fault: DealingFault::Encryption };
    claim(complaints.iter().all(|own| own.len() == 1), "one dealer, and only one, is dropped by everybody")?;
    for complaint in complaints.iter().flatten() {
        refused::<()>(Err(complaint.clone().into()), &expected)?;
    }
    story.caught(format!("everybody drops it: {expected}"))
}

fn compare_transcripts(story: &mut Story<'_>, room: &Room, recipients: usize) -> Result<()> {
    let outcome = room.outcome()?;
    if recipients == 1 {
        return Ok(());
    }
    let transcript: String = outcome.transcript.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    story.check(format!("{recipients} transcripts compared: all are {transcript}..."))
}

/// Such as "10 secp256k1 keys, 1 BLS12-381 G1 key".
pub(crate) fn keys_in_words(keys: &[KeySlot]) -> String {
    let parts = CurveId::ALL.iter().filter_map(|curve| {
        let count = keys.iter().filter(|key| key.curve() == *curve).count();
        let noun = if count == 1 { "key" } else { "keys" };
        (count > 0).then(|| format!("{count} {curve} {noun}"))
    });
    parts.collect::<Vec<_>>().join(", ")
}
