//! What members find out at home, before anybody can blame them for it.

use super::answering::{Knowledge, recovery_share};
use super::claims::refused;
use super::files;
use super::participant::{Participant, SHARES};
use super::party::roster_of;
use super::recovery;
use super::sabotage;
use super::site::Site;
use super::story::Story;
use crate::failure::{Result, While};
use relight::{Error, KeyShare, SecretKind};

/// The image of a member's disk, from before a refresh.
const IMAGE: &str = "image";

/// A member copies its disk. The shares in the copy are useless after the next refresh.
pub(crate) fn keep_image(member: &Participant) -> Result<()> {
    member.keep_in(IMAGE, &member.shares_in(SHARES)?)
}

/// A member has restored its disk from an image, and tries with what it finds there.
pub(crate) fn answer_from_image(
    story: &mut Story<'_>,
    site: &Site,
    member: &Participant,
    node: &Participant,
) -> Result<()> {
    let label = member.label();
    if !member.home().join(IMAGE).exists() {
        return Ok(());
    }
    story.mishap(format!("{label} has restored its disk from before the refresh, and tries with the share there"))?;
    let old = member.shares_in(IMAGE)?.into_iter().next().ok_or(Error::Truncated)?;
    let tried = Knowledge::current(site)?.respond(member, node, &old, None);
    let reason = refused(tried, &Error::OtherSharing(0))?;
    member.empty(IMAGE)?;
    story.caught(format!("{label} learns it at home, and takes its new share: {reason}"))
}

/// Files that are damaged, or not what somebody takes them for.
pub(crate) fn mix_up_files(story: &mut Story<'_>, member: &Participant) -> Result<()> {
    let label = member.label();
    story.mishap(format!("one bit of the share of {label} has flipped on its disk"))?;
    let mut share = member.encoded_shares()?.into_iter().next().ok_or(Error::Truncated)?;
    sabotage::flip_last_bit(&mut share);
    let reason = refused(KeyShare::decode(&share).at(&label), &Error::BadChecksum)?;
    story.caught(format!("{label} learns it at home, and reads its other disk: {reason}"))?;
    story.mishap(format!("{label} gives the file of its member key, where that of its share is needed"))?;
    let wrong = member.member_key()?.encode();
    let expected = Error::WrongKind { expected: SecretKind::KeyShare, found: SecretKind::MemberKey };
    let reason = refused(KeyShare::decode(&wrong).at(&label), &expected)?;
    story.caught(format!("{label} learns it at home: {reason}"))
}

/// The member that left the party still has its old share, and the roster of then.
pub(crate) fn answer_as_leaver(
    story: &mut Story<'_>,
    site: &Site,
    leaver: &Participant,
    node: &Participant,
) -> Result<()> {
    let label = leaver.label();
    story.mishap(format!("{label} does not know that it has left the party, and answers"))?;
    let (old_roster, share) = (roster_of(&site.party(), &site.party().room(1))?, recovery_share(leaver)?);
    let tried = Knowledge::by(site, old_roster)?.respond(leaver, node, &share, None);
    let reason = refused(tried, &Error::RosterMismatch)?;
    story.caught(format!("{label} learns it at home: {reason}"))?;
    story.sabotage(format!("{label} does know it, and writes an answer by hand"))?;
    let answer = sabotage::answer_by_hand(leaver, &recovery::request(site, node)?)?;
    files::write(&recovery::answer_path(site, node, leaver), &answer)?;
    let reason = recovery::only_complaint(site, node, &Error::UnknownMember(leaver.index.get()))?;
    story.caught(format!("{} refuses it: {reason}", node.label()))
}
