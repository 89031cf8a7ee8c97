//! A ceremony that fails: a dealer shows one dealing to one half of the recipients, and another one to the other half.

use super::ceremony::{Call, Stage, deal};
use super::claims::{claim, refused};
use super::closing::{self, names};
use super::files;
use super::participant::{Participant, SHARES, hex};
use super::site::Site;
use super::story::Story;
use crate::failure::{Failure, Result, While};
use relight::{
    DealingFault, Error,
    dealing::{Ceremony, Culprit, Evidence},
};
use std::path::Path;
use zeroize::Zeroizing;

/// Plays it, and gives back the dealer at fault; none if there is but one recipient, who cannot be split.
pub(crate) fn fail(story: &mut Story<'_>, site: &Site, call: &Call) -> Result<Option<Participant>> {
    let [_, _, ..] = call.recipients[..] else { return Ok(None) };
    let stage = call.stage(call.group.failing_room(call.epoch))?;
    let before = holdings(&call.dealers)?;
    deal(story, site, &stage)?;
    let culprit =
        call.dealers.get(call.dealers.len() / 2).ok_or_else(|| Failure::because("nobody deals".to_owned()))?;
    let halves = closing::halves(&call.recipients);
    story.sabotage(format!(
        "{} shows one dealing to {}, and another to {}",
        culprit.label(),
        names(halves.0),
        names(halves.1)
    ))?;
    let dealings = show_two(culprit, &stage.ceremony, &stage.room.dealings().join(culprit.label()), halves)?;
    closing::confirm_at_once(story, &stage, &call.recipients)?;
    let reason = find_no_certificate(&stage, halves.0.len() as u16)?;
    convict(story, culprit, &stage.ceremony, &dealings)?;
    call.recipients.iter().try_for_each(|recipient| files::remove(&recipient.mail()))?;
    claim(holdings(&call.dealers)? == before, "without a certificate nobody erases a share")?;
    story.caught(format!("no certificate: {reason}; the two dealings convict {}", culprit.label()))?;
    let nonce: String = hex(&stage.ceremony.plan().nonce).chars().take(16).collect();
    story.say(format!("nobody has erased a share; the plan with the nonce {nonce}... is over, a new one is made"))?;
    Ok(Some(culprit.clone()))
}

/// The first half gets the dealing that the dealer had posted, the other half another one.
fn show_two(
    culprit: &Participant,
    ceremony: &Ceremony,
    posted: &Path,
    (one, other): (&[Participant], &[Participant]),
) -> Result<[Vec<u8>; 2]> {
    let first = files::read(posted)?.to_vec();
    files::remove(posted)?;
    let second = culprit.make_dealing(ceremony, SHARES)?.encode();
    for (half, dealing) in [(one, &first), (other, &second)] {
        half.iter().try_for_each(|recipient| files::write(&recipient.mail().join(culprit.label()), dealing))?;
    }
    Ok([first, second])
}

/// No set can close the ceremony any more: at most so many confirmations are equal. Gives back why, in words.
fn find_no_certificate(stage: &Stage<'_>, have: u16) -> Result<String> {
    let (confirmations, need) = (stage.confirmations()?, stage.ceremony.quorum());
    claim(confirmations.failed(), "no set can close the ceremony any more")?;
    refused(confirmations.certificate().at("the confirmations"), &Error::NotClosed { have, need })
}

/// When the halves compare what they have, the dealer's own signatures speak against it, to everybody.
fn convict(
    story: &mut Story<'_>,
    culprit: &Participant,
    ceremony: &Ceremony,
    [first, second]: &[Vec<u8>; 2],
) -> Result<()> {
    let evidence = Evidence::two_dealings(first, second).encode();
    let found = Evidence::decode(&evidence).and_then(|evidence| evidence.verify(ceremony)).at("the evidence")?;
    let expected = Culprit::Dealer { index: culprit.index, fault: DealingFault::Equivocation };
    claim(found == expected, "the evidence is against the dealer that signed two dealings")?;
    story.check(format!(
        "evidence, {} bytes, which everybody can check: {}",
        evidence.len(),
        DealingFault::Equivocation
    ))
}

fn holdings(parties: &[Participant]) -> Result<Vec<Vec<Zeroizing<Vec<u8>>>>> {
    parties.iter().map(Participant::encoded_shares).collect()
}
