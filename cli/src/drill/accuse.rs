//! A member answers badly, and a machine can show it to everybody.

use super::answering::answer;
use super::claims::{claim, refused};
use super::files;
use super::participant::Participant;
use super::party::roster;
use super::recovery;
use super::sabotage;
use super::site::Site;
use super::story::Story;
use crate::failure::{Failure, Result, While};
use relight::{Error, recovery::Accusation};
use std::path::PathBuf;

/// A member seals rubbish in its answers. Gives back those of the others whose answers are still to come.
pub(crate) fn answer_badly<'m>(
    story: &mut Story<'_>,
    site: &Site,
    refusing: &'m [Participant],
    nodes: &[Participant],
) -> Result<&'m [Participant]> {
    let Some((member, others)) = refusing.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Ok(refusing);
    };
    story.sabotage(format!("{} answers, and what it has sealed cannot be opened", member.label()))?;
    answer(site, member, nodes)?;
    nodes
        .iter()
        .try_for_each(|node| sabotage::answer_unreadably(member, &recovery::answer_path(site, node, member)))?;
    let node = nodes.first().ok_or_else(|| Failure::because("there are no machines".to_owned()))?;
    let bytes = files::read(&recovery::answer_path(site, node, member))?;
    let expected = Error::BadResponse { member: member.index.get() };
    let reasons =
        nodes.iter().map(|node| recovery::only_complaint(site, node, &expected)).collect::<Result<Vec<_>>>()?;
    story.say(format!("every machine refuses it: {}", reasons.first().map_or("", String::as_str)))?;
    accuse(story, site, node, member, &bytes)?;
    Ok(others)
}

/// The word of a machine alone would exclude nobody: it publishes the key for this member's answers to its request.
fn accuse(story: &mut Story<'_>, site: &Site, node: &Participant, member: &Participant, answer: &[u8]) -> Result<()> {
    let path = accusation_path(site, node, member);
    files::write(&path, &recovery::resume(site, node)?.accuse(answer).at(node.label())?.encode())?;
    story.wrote(&site.root, &path)?;
    let accusation = files::decode(&path, Accusation::decode)?;
    let (roster, statements) = (roster(site)?, recovery::statements_at_hand(site)?);
    let found = accusation.verify(&roster, &statements).at("the accusation")?;
    claim(found == member.index, "the accusation is against the member that answered badly")?;
    story.caught(format!("{} shows it, and everybody who checks finds member {} at fault", node.label(), found.get()))
}

/// What is wrong with no answer cannot be shown.
pub(crate) fn accuse_falsely(
    story: &mut Story<'_>,
    site: &Site,
    node: &Participant,
    member: &Participant,
) -> Result<()> {
    story.sabotage(format!("{} accuses {}, which answers well", node.label(), member.label()))?;
    let answer = files::read(&recovery::answer_path(site, node, member))?;
    let reason = refused(recovery::resume(site, node)?.accuse(&answer).at(node.label()), &Error::NoEvidence)?;
    story.caught(format!("there is nothing to show: {reason}"))
}

fn accusation_path(site: &Site, node: &Participant, member: &Participant) -> PathBuf {
    site.board().join("recovery").join("accusations").join(format!("{}-of-{}", node.label(), member.label()))
}
