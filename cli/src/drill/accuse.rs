//! A member answers badly, and a machine can show it to everybody.

use super::answering::answer;
use super::bundles::knowledge;
use super::claims::{claim, refused};
use super::participant::Participant;
use super::party::Party;
use super::recovery::{self, Fresh, with};
use super::sabotage::{self, Delivery};
use super::site::Site;
use super::story::Story;
use crate::armour::Kind;
use crate::board::Board;
use crate::failure::{Failure, Result, While};
use crate::roles::answering::judge;
use crate::roles::recovery::Recovery;
use relight::{Error, recovery::Accusation};

/// A member seals rubbish in its answers. Gives back those of the others whose answers are still to come.
pub(crate) fn answer_badly<'m>(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    refusing: &'m [Participant],
    machines: &[Fresh],
) -> Result<&'m [Participant]> {
    let Some((member, others)) = refusing.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Ok(refusing);
    };
    story.sabotage(format!("{} answers, and what it has sealed cannot be opened", member.label()))?;
    let machine = machines.first().ok_or_else(|| Failure::because("there are no machines"))?;
    let mut bad = Vec::new();
    for (machine, path) in machines.iter().zip(answer(site, party, member, machines)?) {
        bad.push(spoil(site, member, machine, path)?);
    }
    let expected = Error::BadResponse { member: member.index.get() };
    let refusals =
        machines.iter().zip(&bad).map(|(machine, (path, _))| recovery::complaint(site, machine, path, &expected));
    let reasons = refusals.collect::<Result<Vec<_>>>()?;
    story.say(format!("every machine refuses it: {}", reasons.first().map_or("", String::as_str)))?;
    let answer = bad.first().map_or(&[][..], |(_, bytes)| bytes);
    accuse(story, site, party, (machine, member), answer)?;
    Ok(others)
}

/// The answer that it posts in place of a good one: where it lies, and what it is.
fn spoil(site: &Site, member: &Participant, machine: &Fresh, path: String) -> Result<(String, Vec<u8>)> {
    let bytes = site.board().read(&path)?;
    let changed = sabotage::answer_unreadably(member, &bytes)?;
    let (place, subject) = (recovery::place(machine)?, member.index.to_string());
    let delivery = Delivery { place, subject, kind: Kind::Response, path, bytes };
    Ok((sabotage::replace(site, &delivery, &changed)?, changed))
}

/// The word of a machine alone would exclude nobody: it publishes the key for this member's answers to its request.
fn accuse(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    (machine, member): (&Fresh, &Participant),
    answer: &[u8],
) -> Result<()> {
    let path = with(machine, |desk, recovery| {
        Recovery::post_accusation(&*desk.board()?, member.index, &recovery.accuse(answer)?)
    })?;
    story.wrote(&site.board_path(&path))?;
    let accusation = Accusation::decode(&site.board().read(&path)?).at(&path)?;
    let found = judge(&accusation, &knowledge(&site.custodian(), &site.network(), party)?)?;
    claim(found == member.index, "the accusation is against the member that answered badly")?;
    story.caught(format!(
        "{} shows it, and everybody who checks finds member {} at fault",
        machine.label(),
        found.get()
    ))
}

/// What is wrong with no answer cannot be shown.
pub(crate) fn accuse_falsely(story: &mut Story<'_>, site: &Site, machine: &Fresh, member: &Participant) -> Result<()> {
    story.sabotage(format!("{} accuses {}, which answers well", machine.label(), member.label()))?;
    let answer = recovery::answer(machine, site, member)?;
    let reason = refused(with(machine, |_, recovery| recovery.accuse(&answer)), &Error::NoEvidence)?;
    story.caught(format!("there is nothing to show: {reason}"))
}
