//! How a ceremony closes: recipients confirm the dealings that they hold, and enough equal confirmations are its
//! certificate.

use super::ceremony::{Stage, plural};
use super::claims::claim;
use super::files::clear;
use super::participant::Participant;
use super::seated::Seated;
use super::story::Story;
use crate::armour::Kind;
use crate::board::Board;
use crate::failure::{Failure, Result};
use crate::files;
use crate::roles::ceremony::certificate;
use crate::roles::closing::Finished;
use relight::dealing::VerifiedCertificate;

/// All see the same dealings, so all confirm the same.
pub(crate) fn confirm_at_once<'a>(
    story: &mut Story<'_>,
    stage: &'a Stage<'a>,
    recipients: &'a [Participant],
) -> Result<Vec<Seated<'a>>> {
    let what = match recipients {
        [one] => format!("{} checks every dealing and its share, and confirms", one.label()),
        many => format!("{} {} check every dealing, each for itself, and confirm them", many.len(), plural(many)),
    };
    story.work(what, recipients, |recipient| Seated::look(stage, recipient)?.confirm())
}

/// A dealing goes to the first half of the recipients alone.
pub(crate) fn withhold(story: &mut Story<'_>, stage: &Stage<'_>, dealer: &Participant, posted: &str) -> Result<()> {
    let (shown, _) = halves(stage.recipients);
    story.sabotage(format!("{} shows its dealing to {} only, so that sets differ", dealer.label(), names(shown)))?;
    let dealing = stage.site.board().read(posted)?;
    send(dealer, shown, &dealing)?;
    files::remove(&stage.site.board_path(posted))
}

/// A dealing comes by mail.
pub(crate) fn send(dealer: &Participant, to: &[Participant], dealing: &[u8]) -> Result<()> {
    to.iter().try_for_each(|one| files::replace(&one.mail().join(dealer.label()), dealing))
}

/// The first half confirms. As many others as it takes follow what these confirmed; the rest learns it from the
/// certificate.
pub(crate) fn confirm_in_turn<'a>(story: &mut Story<'_>, stage: &'a Stage<'a>) -> Result<Vec<Seated<'a>>> {
    let (shown, others) = halves(stage.recipients);
    let mut seats = confirm_at_once(story, stage, shown)?;
    let followers = usize::from(stage.ceremony.quorum()).saturating_sub(shown.len());
    let followers = others.get(..followers).unwrap_or(others);
    let followed = follow(story, stage, followers, &seats)?;
    seats.extend(followed);
    Ok(seats)
}

pub(crate) fn halves(parties: &[Participant]) -> (&[Participant], &[Participant]) {
    parties.split_at(parties.len().div_ceil(2))
}

/// They read what the first ones confirmed, and ask for what they lack by its digest.
fn follow<'a>(
    story: &mut Story<'_>,
    stage: &'a Stage<'a>,
    followers: &'a [Participant],
    seats: &[Seated<'_>],
) -> Result<Vec<Seated<'a>>> {
    let Some(helper) = seats.first() else { return Ok(Vec::new()) };
    let what = format!("{}: what the others confirmed is asked for, checked, and confirmed", names(followers));
    let followed = story.work(what, followers, |follower| {
        let seated = Seated::look(stage, follower)?;
        let lacking = seated.lacking();
        Ok((lacking, seated.follow(&helper.seat)?))
    })?;
    let (lacking, seats): (Vec<_>, Vec<_>) = followed.into_iter().unzip();
    for agreed in lacking.first().into_iter().flatten() {
        let digest: String = hex::encode(agreed.digest).chars().take(16).collect();
        story.say(format!("the dealing with the digest {digest}... is handed over by one that has it"))?;
    }
    Ok(seats)
}

/// Whoever collects enough equal confirmations posts the certificate, and with it whatever is missing on the board. Those
/// that have confirmed nothing learn from it what was agreed on.
pub(crate) fn finish(
    story: &mut Story<'_>,
    stage: &Stage<'_>,
    mut seats: Vec<Seated<'_>>,
    withholder: Option<&Participant>,
) -> Result<()> {
    let (_, late) = stage.recipients.split_at(seats.len());
    let (first, others) = seats.split_first_mut().ok_or_else(|| Failure::because("nobody receives"))?;
    first.look_again()?;
    let mut finished = story.work(finishing(stage.recipients), &[()], |()| first.finish())?;
    let certificate = certify(story, stage)?;
    if !others.is_empty() {
        finished.extend(story.work("the others take theirs", others, Seated::finish)?);
    }
    if !late.is_empty() {
        let what = format!("{}: the certificate tells what is agreed on", names(late));
        finished.extend(story.work(what, late, |one| Seated::look(stage, one)?.finish())?);
    }
    stage.recipients.iter().try_for_each(|one| clear(&one.mail()))?;
    compare(story, stage, withholder, &certificate, &finished)
}

fn finishing(recipients: &[Participant]) -> String {
    match recipients {
        [one] => format!("{} closes it, and takes its share", one.label()),
        [first, ..] => format!("{} closes it, and takes its shares of the closed set", first.label()),
        [] => String::new(),
    }
}

/// The certificate, which anybody can check.
fn certify(story: &mut Story<'_>, stage: &Stage<'_>) -> Result<VerifiedCertificate> {
    let (certificate, _) = certificate(&stage.site.board(), &stage.ceremony)?;
    let certificate = certificate.ok_or_else(|| Failure::because("there is no certificate"))?;
    let (confirmed, all) = (certificate.recipients().count(), stage.recipients.len());
    story.check(format!(
        "closed: {confirmed} of {all} have confirmed the same, and {} close it",
        stage.ceremony.quorum()
    ))?;
    for path in stage.site.posted(&stage.place(), Kind::Certificate)?.iter().filter(|_| all > 1) {
        story.size(format!("a certificate with {confirmed} confirmations"), path)?;
    }
    Ok(certificate)
}

/// All have the same in the end, whatever a dealer withheld.
fn compare(
    story: &mut Story<'_>,
    stage: &Stage<'_>,
    withholder: Option<&Participant>,
    certificate: &VerifiedCertificate,
    finished: &[Finished],
) -> Result<()> {
    let same = |one: &Finished| one.public.transcript == certificate.transcript();
    claim(finished.len() == stage.recipients.len() && finished.iter().all(same), "all have the closed set")?;
    if let Some(dealer) = withholder {
        let agreed = certificate.dealings().iter().any(|agreed| agreed.dealer == dealer.index);
        claim(agreed, "the dealing that was withheld is in the closed set")?;
        story.caught(format!(
            "the others fetch the dealing of {} by its digest: all have the same keys",
            dealer.label()
        ))?;
    }
    if finished.len() == 1 {
        return Ok(());
    }
    let transcript: String = hex::encode(certificate.transcript()).chars().take(16).collect();
    story.check(format!("{} transcripts compared: all are {transcript}...", finished.len()))
}

pub(crate) fn names(parties: &[Participant]) -> String {
    match parties {
        [] => "nobody".to_owned(),
        [first, .., last] if parties.len() > 3 => format!("{} to {}", first.label(), last.label()),
        few => few.iter().map(|one| one.label().to_owned()).collect::<Vec<_>>().join(", "),
    }
}
