//! A member answers a part of a request, and the rest later.

use super::answering::Knowledge;
use super::claims::claim;
use super::participant::Participant;
use super::recovery::{self, asked_by};
use super::site::Site;
use super::story::Story;
use crate::failure::Result;
use relight::recovery::Progress;

/// The first machine asks for two backups. A member that has heard from one operator only answers for that one.
pub(crate) fn answer(story: &mut Story<'_>, site: &Site, member: &Participant, nodes: &[Participant]) -> Result<()> {
    let Some(machine) = nodes.first() else { return Ok(()) };
    let [own, other] = asked_by(machine, nodes) else { return Ok(()) };
    let label = machine.label();
    story.scene(format!("{label} asks for two backups, its own and that of {}", other.label()))?;
    let start = recovery::progress(site, machine)?;
    let first = part(site, member, machine, own)?;
    claim(fewer(&start, &first) == [1, 0], "a part of the request is answered")?;
    story.check(format!("{} has heard from one operator, and answers for {} alone", member.label(), own.label()))?;
    story.say(format!("{label} takes what is there, and still needs {:?} answers", first.statements))?;
    let second = part(site, member, machine, other)?;
    claim(fewer(&start, &second) == [1, 1] && second.answered == [member.index], "two parts are the whole")?;
    story.check(format!(
        "then the other operator calls, and {} answers the rest: {:?}",
        member.label(),
        second.statements
    ))
}

/// The member answers for one of the nodes, and the machine takes that.
fn part(site: &Site, member: &Participant, machine: &Participant, node: &Participant) -> Result<Progress> {
    Knowledge::current(site)?.answer(member, machine, Some(node))?;
    let (progress, complaints) = recovery::collect(site, machine)?;
    claim(complaints.is_empty(), "a partial answer is good")?;
    Ok(progress)
}

fn fewer(before: &Progress, after: &Progress) -> Vec<u16> {
    before.statements.iter().zip(&after.statements).map(|(before, after)| before.saturating_sub(*after)).collect()
}
