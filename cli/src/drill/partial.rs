//! A member answers a part of a request, and the rest later.

use super::answering::{Asked, answer_for};
use super::claims::claim;
use super::participant::Participant;
use super::party::Party;
use super::recovery::{self, Fresh};
use super::site::Site;
use super::story::Story;
use crate::failure::Result;
use relight::recovery::Progress;

/// The first machine asks for two backups. A member that has heard from one operator only answers for that one.
pub(crate) fn answer(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    member: &Participant,
    machines: &[Fresh],
) -> Result<()> {
    let [machine, next, ..] = machines else { return Ok(()) };
    let (label, asked) = (machine.label(), Asked { site, party, machine });
    story.scene(format!("{label} asks for two backups, its own and that of {}", next.label()))?;
    let (start, _) = recovery::take(machine)?;
    let first = part(&asked, member, machine)?;
    claim(fewer(&start, &first) == [1, 0], "a part of the request is answered")?;
    story.check(format!("{} has heard from one operator, and answers for {label} alone", member.label()))?;
    story.say(format!("{label} takes what is there, and still needs {:?} answers", first.statements))?;
    let second = part(&asked, member, next)?;
    claim(fewer(&start, &second) == [1, 1] && second.answered == [member.index], "two parts are the whole")?;
    story.check(format!(
        "then the other operator calls, and {} answers the rest: {:?}",
        member.label(),
        second.statements
    ))
}

/// The member answers for one of the nodes, and the machine takes that.
fn part(asked: &Asked<'_>, member: &Participant, node: &Fresh) -> Result<Progress> {
    answer_for(member, asked, &[recovery::statement(asked.site, node)?.digest()])?;
    let (progress, refusals) = recovery::take(asked.machine)?;
    claim(refusals.is_empty(), "a partial answer is good")?;
    Ok(progress)
}

fn fewer(before: &Progress, after: &Progress) -> Vec<u16> {
    before.statements.iter().zip(&after.statements).map(|(before, after)| before.saturating_sub(*after)).collect()
}
