//! A ceremony, played: it is the same for new keys, for a refresh, and for handing keys to other parties.

use super::failure::{Result, claim, refused};
use super::files;
use super::participant::Participant;
use super::sabotage;
use super::site::{Group, Room, Site};
use super::story::Story;
use relight::curve::CurveId;
use relight::{Ceremony, Dealer, DealingFault, Error, KeySlot, ParameterSet, Plan, Recipient};

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

impl Call {
    fn room(&self) -> Room {
        self.group.room(self.epoch)
    }

    /// The plan, from checked registrations.
    fn ceremony(&self) -> Result<Ceremony> {
        let dealers = self.dealers.iter().map(|dealer| {
            let identity = dealer.registration()?.identity().clone();
            Ok(Dealer { index: dealer.index, identity })
        });
        let recipients = self.recipients.iter().map(|recipient| {
            let member_key = recipient.registration()?.member_key().clone();
            Ok(Recipient { index: recipient.index, member_key })
        });
        let context = [&self.group.context()[..], format!(", epoch {}", self.epoch).as_bytes()].concat();
        let plan = Plan {
            parameters: self.parameters,
            context,
            epoch: self.epoch,
            threshold: self.threshold,
            keys: self.keys.clone(),
            dealers: dealers.collect::<Result<_>>()?,
            recipients: recipients.collect::<Result<_>>()?,
        };
        Ok(Ceremony::new(plan)?)
    }

    /// The dealer that cheats.
    fn cheat(&self, ceremony: &Ceremony) -> Option<&Participant> {
        let spare = self.dealers.len() > usize::from(ceremony.needed());
        self.dealers.get(self.dealers.len() / 2).filter(|_| self.sabotage && spare)
    }
}

/// Plays a ceremony from the plan to the comparison of the transcripts.
pub(crate) fn hold(story: &mut Story<'_>, site: &Site, call: &Call) -> Result<()> {
    let (room, ceremony) = (call.room(), call.ceremony()?);
    files::write(&room.ceremony_path(), &ceremony.encode())?;
    let (dealers, recipients) = (call.dealers.len(), call.recipients.len());
    let (plural, keys) = (call.group.plural(), keys_in_words(&call.keys));
    story.work(format!("{dealers} dealers deal {keys}, once each"), &call.dealers, |dealer| dealer.deal(&room))?;
    story.wrote(&site.root, &room.dealings())?;
    if let Some(dealer) = call.dealers.first() {
        story.size(format!("a dealing of {keys} to {recipients}"), &dealer.dealing_path(&room))?;
    }
    let cheat = call.cheat(&ceremony);
    if let Some(dealer) = cheat {
        story.sabotage(format!("dealer {} encrypts wrong shares, and signs them", dealer.label()))?;
        sabotage::deal_wrong_shares(dealer, &room)?;
    }
    let what = format!("{recipients} {plural} check every dealing, each for itself, and take their shares");
    let complaints = story.work(what, &call.recipients, |recipient| recipient.receive(&room))?;
    check_complaints(story, cheat, &complaints)?;
    compare_transcripts(story, &room, recipients)
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
