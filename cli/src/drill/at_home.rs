//! What members find out at home, before anybody can blame them for it.

use super::answering::{Asked, respond};
use super::bundles;
use super::claims::{claim, refused};
use super::participant::Participant;
use super::party::Party;
use super::recovery::{self, Fresh};
use super::sabotage;
use super::site::Site;
use super::story::Story;
use crate::armour::Kind;
use crate::board::Board;
use crate::failure::{Failure, Result};
use crate::files;
use crate::roles::drawer;
use relight::{Error, SecretKind};
use std::path::PathBuf;

/// A member copies its store. The shares in the copy are useless after the next refresh.
pub(crate) fn keep_image(member: &Participant) -> Result<()> {
    image(member).import(&member.store()?.export()?)
}

fn image(member: &Participant) -> Participant {
    member.moved(&format!("images/{}", member.label()))
}

/// A member has restored its store from an image, and tries with what it finds there.
pub(crate) fn answer_from_image(story: &mut Story<'_>, asked: &Asked<'_>, member: &Participant) -> Result<()> {
    let (label, image) = (member.label(), image(member));
    if !image.home().exists() {
        return Ok(());
    }
    story.mishap(format!("{label} has restored its store from before the refresh, and tries with the share there"))?;
    let network = asked.site.network();
    bundles::trust(&image, &network, &bundles::code(&asked.site.custodian(), &network)?)?;
    let reason = refused(respond(&image, asked, &[]), &Error::OtherSharing(0))?;
    image.lose()?;
    story.caught(format!("{label} learns it at home, and takes its new share: {reason}"))
}

/// Files that are damaged, or not what somebody takes them for.
pub(crate) fn mix_up_files(story: &mut Story<'_>, asked: &Asked<'_>, member: &Participant) -> Result<()> {
    let (label, file) = (member.label(), share_file(member)?);
    let whole = files::read(&file)?;
    story.mishap(format!("one bit of the share of {label} has flipped on its disk"))?;
    let mut damaged = whole.clone();
    sabotage::flip_last_bit(&mut damaged);
    files::replace(&file, &damaged)?;
    let damage = respond(member, asked, &[]).err();
    let damage = damage.filter(|failure| failure.to_string().contains(&*file.to_string_lossy()));
    claim(damage.is_some(), "the damaged file is named")?;
    story.caught(format!("{label} learns it at home, and reads its other disk: the seal of the file is broken"))?;
    story.mishap(format!("{label} copies the file of its member key to where that of its share is needed"))?;
    files::replace(&file, &files::read(&member.home().join("member/0001.age"))?)?;
    let expected = Error::WrongKind { expected: SecretKind::KeyShare, found: SecretKind::MemberKey };
    let reason = refused(respond(member, asked, &[]), &expected)?;
    files::replace(&file, &whole)?;
    story.caught(format!("{label} learns it at home: {reason}"))
}

/// Where the share of a member is on its disk.
fn share_file(member: &Participant) -> Result<PathBuf> {
    let name = drawer::names(&member.store()?)?.pop();
    let name = name.ok_or_else(|| Failure::because(format!("{} has no share", member.label())))?;
    Ok(member.home().join(format!("{name}.age")))
}

/// The member that left the party still has its old share, and the roster of then.
pub(crate) fn answer_as_leaver(
    story: &mut Story<'_>,
    site: &Site,
    (leaver, old): (&Participant, &Party),
    node: &Fresh,
) -> Result<()> {
    let label = leaver.label();
    story.mishap(format!("{label} does not know that it has left the party, and answers"))?;
    let asked = Asked { site, party: old, machine: node };
    let reason = refused(respond(leaver, &asked, &[]), &Error::RosterMismatch)?;
    story.caught(format!("{label} learns it at home: {reason}"))?;
    story.sabotage(format!("{label} does know it, and writes an answer by hand"))?;
    let answer = sabotage::answer_by_hand(leaver, &recovery::request(site, node)?)?;
    let place = recovery::place(node)?;
    let path = <dyn Board>::post(&site.board(), &place, leaver.index.to_string(), Kind::Response, &answer)?;
    let reason = recovery::complaint(site, node, &path, &Error::UnknownMember(leaver.index.get()))?;
    story.caught(format!("{} refuses it: {reason}", node.label()))
}
