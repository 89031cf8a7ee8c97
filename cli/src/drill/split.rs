//! A ceremony that fails: a dealer shows one dealing to one half of the recipients, and another one to the other half.

use super::ceremony::{Call, Stage, What, deal, path_of};
use super::claims::{claim, refused};
use super::closing::{self, names};
use super::files::clear;
use super::participant::{Participant, holdings};
use super::sabotage;
use super::seated::Seated;
use super::site::Site;
use super::story::Story;
use crate::board::Board;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::roles::evidence;
use relight::{DealingFault, Error};

/// Plays it, and gives back the dealer at fault; none if there is but one recipient, who cannot be split.
pub(crate) fn fail(story: &mut Story<'_>, site: &Site, call: &Call<'_>) -> Result<Option<Participant>> {
    let ([_, _, ..], What::Reshare(sharing)) = (&call.recipients[..], &call.what) else { return Ok(None) };
    let stage = call.stage(site)?;
    let before = holdings(&call.dealers, sharing)?;
    let dealt = deal(story, &stage)?;
    let culprit = call.dealers.get(call.dealers.len() / 2).ok_or_else(|| Failure::because("nobody deals"))?;
    let halves = closing::halves(&call.recipients);
    story.sabotage(format!(
        "{} shows one dealing to {}, and another to {}",
        culprit.label(),
        names(halves.0),
        names(halves.1)
    ))?;
    let second = show_two(culprit, &stage, &path_of(&stage, &dealt, culprit)?, halves)?;
    let seats = closing::confirm_at_once(story, &stage, &call.recipients)?;
    let reason = convict(story, &stage, culprit, seats, (halves.0.len() as u16, second))?;
    call.recipients.iter().try_for_each(|recipient| clear(&recipient.mail()))?;
    claim(holdings(&call.dealers, sharing)? == before, "without a certificate nobody erases a share")?;
    story.caught(format!("no certificate: {reason}; the two dealings convict {}", culprit.label()))?;
    let nonce: String = hex::encode(stage.ceremony.plan().nonce).chars().take(16).collect();
    story.say(format!("nobody has erased a share; the plan with the nonce {nonce}... is over, a new one is made"))?;
    Ok(Some(culprit.clone()))
}

/// The first half gets the dealing that the dealer had posted, the other half another one, which this gives.
fn show_two(
    culprit: &Participant,
    stage: &Stage<'_>,
    posted: &str,
    (one, other): (&[Participant], &[Participant]),
) -> Result<Vec<u8>> {
    let board = stage.site.board();
    let first = board.read(posted)?;
    let path = sabotage::deal_again(stage, culprit)?;
    let second = board.read(&path)?;
    for (half, dealing, path) in [(one, &first, posted), (other, &second, path.as_str())] {
        closing::send(culprit, half, dealing)?;
        files::remove(&stage.site.board_path(path))?;
    }
    Ok(second)
}

/// When the halves compare what they have, the dealer's own signatures speak against it, to everybody. No set can close the
/// ceremony any more: at most so many confirmations are equal. Gives back why, in words.
fn convict(
    story: &mut Story<'_>,
    stage: &Stage<'_>,
    culprit: &Participant,
    seats: Vec<Seated<'_>>,
    (have, second): (u16, Vec<u8>),
) -> Result<String> {
    let mut first = seats.into_iter().next().ok_or_else(|| Failure::because("nobody receives"))?;
    first.look_again()?;
    let (confirmations, need) = (first.seat.confirmations(), stage.ceremony.quorum());
    claim(confirmations.failed(), "no set can close the ceremony any more")?;
    let reason = refused(confirmations.certificate().at("the confirmations"), &Error::NotClosed { have, need })?;
    first.seat.take_dealings(vec![("of the other half".to_owned(), second)], &first.party.desk().console);
    let posted = evidence::post(&stage.site.board(), &first.seat)?;
    let (convictions, _) = evidence::convictions(&stage.site.board(), &stage.ceremony)?;
    let conviction = format!("dealer {}: {}", culprit.index, DealingFault::Equivocation);
    claim(convictions == [conviction], "the evidence is against the dealer that signed two dealings")?;
    story.check(format!("evidence, which everybody can check: {}", DealingFault::Equivocation))?;
    posted.iter().try_for_each(|path| story.wrote(&stage.site.board_path(path)))?;
    Ok(reason)
}
