//! How a ceremony closes: recipients confirm the dealings that they hold, and enough equal confirmations are its
//! certificate.

use super::ceremony::{Stage, plural};
use super::claims::claim;
use super::files;
use super::participant::Participant;
use super::seat::Seat;
use super::site::{Room, Site};
use super::story::Story;
use crate::failure::{Result, While};
use relight::dealing::{AgreedDealing, Ceremony, Certificate, Confirmations, VerifiedCertificate};
use zeroize::Zeroizing;

/// All see the same dealings, so all confirm the same.
pub(crate) fn confirm_at_once<'a>(
    story: &mut Story<'_>,
    stage: &'a Stage<'a>,
    recipients: &'a [Participant],
) -> Result<Vec<Seat<'a>>> {
    let what = match recipients {
        [one] => format!("{} checks every dealing and its share, and confirms", one.label()),
        many => format!("{} {} check every dealing, each for itself, and confirm them", many.len(), plural(many)),
    };
    story.work(what, recipients, |recipient| Seat::confirm(stage, recipient))
}

/// A dealing goes to the first half of the recipients alone.
pub(crate) fn withhold(story: &mut Story<'_>, stage: &Stage<'_>, dealer: &Participant) -> Result<()> {
    let (shown, _) = halves(stage.recipients);
    story.sabotage(format!("{} shows its dealing to {} only, so that sets differ", dealer.label(), names(shown)))?;
    let posted = dealer.dealing_path(&stage.room);
    shown.iter().try_for_each(|one| files::copy(&posted, &one.mail().join(dealer.label())))?;
    files::remove(&posted)
}

/// The first half confirms. As many others as it takes follow what these confirmed; the rest learns it from the
/// certificate.
pub(crate) fn confirm_in_turn<'a>(story: &mut Story<'_>, stage: &'a Stage<'a>) -> Result<Vec<Seat<'a>>> {
    let (shown, others) = halves(stage.recipients);
    let mut seats = confirm_at_once(story, stage, shown)?;
    let (followers, late) = others.split_at(usize::from(stage.ceremony.quorum()).saturating_sub(shown.len()));
    seats.extend(follow(story, stage, followers, seats.first())?);
    if !late.is_empty() {
        let what = format!("{} check what they have, and confirm nothing", names(late));
        seats.extend(story.work(what, late, |one| Seat::take(stage, one))?);
    }
    Ok(seats)
}

pub(crate) fn halves(parties: &[Participant]) -> (&[Participant], &[Participant]) {
    parties.split_at(parties.len().div_ceil(2))
}

/// They read what the first ones confirmed, and fetch what they lack by its digest.
fn follow<'a>(
    story: &mut Story<'_>,
    stage: &'a Stage<'a>,
    followers: &'a [Participant],
    first: Option<&Seat<'_>>,
) -> Result<Vec<Seat<'a>>> {
    let what = format!("{} read the confirmations, and ask for what they lack", names(followers));
    let seats = story.work(what, followers, |follower| Seat::ask(stage, follower))?;
    first.map_or(Ok(()), Seat::hand_over)?;
    for path in files::list(&stage.room.handed_over())? {
        let digest = path.file_name().unwrap_or_default().to_string_lossy().chars().take(16).collect::<String>();
        story.say(format!("the dealing with the digest {digest}... is handed over by one that has it"))?;
    }
    story.work("they check it, and confirm the same as the first ones", &seats, Seat::follow)
}

/// Whoever collects enough equal confirmations posts the certificate.
pub(crate) fn certify(story: &mut Story<'_>, site: &Site, stage: &Stage<'_>) -> Result<()> {
    let certificate = stage.confirmations()?.certificate().at("the confirmations")?;
    files::write(&stage.room.certificate_path(), &certificate.encode())?;
    let verified = stage.room.certificate(&stage.ceremony)?;
    let (confirmed, all) = (verified.recipients().count(), stage.recipients.len());
    story.check(format!(
        "closed: {confirmed} of {all} have confirmed the same, and {} close it",
        stage.ceremony.quorum()
    ))?;
    if all > 1 {
        story.size(format!("a certificate with {confirmed} confirmations"), &stage.room.certificate_path())?;
        story.wrote(&site.root, &stage.room.certificate_path())?;
    }
    Ok(())
}

/// All have the same in the end, whatever a dealer withheld.
pub(crate) fn compare(story: &mut Story<'_>, stage: &Stage<'_>, withholder: Option<&Participant>) -> Result<()> {
    let (outcome, certificate) = (stage.room.outcome()?, stage.room.certificate(&stage.ceremony)?);
    certificate.vouch_for(&outcome.keys).at("the outcome")?;
    claim(outcome.transcript == certificate.transcript(), "the outcome is that of the closed set")?;
    if let Some(dealer) = withholder {
        let agreed = certificate.dealings().iter().any(|agreed| agreed.dealer == dealer.index);
        claim(agreed, "the dealing that was withheld is in the closed set")?;
        story.caught(format!(
            "the others fetch the dealing of {} by its digest: all have the same keys",
            dealer.label()
        ))?;
    }
    if stage.recipients.len() == 1 {
        return Ok(());
    }
    let transcript: String = outcome.transcript.to_string().chars().take(16).collect();
    story.check(format!("{} transcripts compared: all are {transcript}...", stage.recipients.len()))
}

impl Stage<'_> {
    /// The confirmations on the board.
    pub(crate) fn confirmations(&self) -> Result<Confirmations<'_>> {
        let mut confirmations = Confirmations::new(&self.ceremony);
        for path in files::list(&self.room.confirmations())? {
            confirmations.receive(&files::read(&path)?).at(path.display())?;
        }
        Ok(confirmations)
    }
}

impl Room {
    /// The certificate on the board, which anybody can check.
    pub(crate) fn certificate(&self, ceremony: &Ceremony) -> Result<VerifiedCertificate> {
        let path = self.certificate_path();
        files::decode(&path, Certificate::decode)?.verify(ceremony).at(path.display())
    }

    /// A dealing that was handed over.
    pub(crate) fn fetch(&self, agreed: &AgreedDealing) -> Result<Zeroizing<Vec<u8>>> {
        files::read(&self.handed_over().join(agreed.digest.to_string()))
    }
}

pub(crate) fn names(parties: &[Participant]) -> String {
    match parties {
        [] => "nobody".to_owned(),
        [first, .., last] if parties.len() > 3 => format!("{} to {}", first.label(), last.label()),
        few => few.iter().map(Participant::label).collect::<Vec<_>>().join(", "),
    }
}
