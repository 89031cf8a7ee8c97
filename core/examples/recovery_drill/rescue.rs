//! The recovery, as a story: the party is asked, refuses, is persuaded; the backups are opened.

use super::args::Args;
use super::disaster::replacements;
use super::failure::{Failure, Result, claim, refused};
use super::operator::fetch_blinder;
use super::participant::Participant;
use super::site::Site;
use super::story::Story;
use super::{files, party, recovery, sabotage, site};
use relight::{Error, Progress};
use std::slice::from_ref;

/// Some members refuse at first: as many as it takes to block the recovery.
pub(crate) fn ask_the_party(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let nodes = replacements(site, args);
    let members = party::members(site)?;
    let enough = usize::from(args.party_threshold);
    let (refusing, willing) = members.split_at((members.len() + 1).saturating_sub(enough));
    let what = format!("operators set up {} machines, which fetch and check their backups, and ask", nodes.len());
    story.work(what, &nodes, |node| node.register().and_then(|()| recovery::ask(site, node)))?;
    story.wrote(&site.root, &site.board().join("recovery").join("requests"))?;
    show_review(story, site, &nodes)?;
    answer_in_two_parts(story, site, willing, &nodes)?;
    refuse(story, site, refusing, &nodes)?;
    let honest = answer_badly(story, site, refusing, &nodes)?;
    answer_as_leaver(story, site, args, &nodes)?;
    answer_another_request(story, site, honest, &nodes)?;
    let persuaded = honest.last().map_or(&[][..], from_ref);
    story.work(format!("persuaded in the end, {} answers", names(persuaded)), persuaded, |member| {
        recovery::answer(site, member, &nodes)
    })?;
    let progress = collect(story, site, &nodes, "every machine takes and checks the answers that are left")?;
    claim(progress.needed == 0, "enough members have answered")?;
    story.check(format!(
        "{} of {} members have answered: the backups can be opened",
        progress.answered.len(),
        members.len()
    ))
}

/// The backups are opened with the answers.
pub(crate) fn open_backups(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let nodes = replacements(site, args);
    bring_wrong_blinder(story, site, &nodes)?;
    measure(story, site, &nodes)?;
    let what = format!("{} machines combine the answers, add their operator's Blinder, and open", nodes.len());
    story.work(what, &nodes, |node| recovery::open(site, node, &fetch_blinder(site, node)?))?;
    let shares = nodes.iter().map(Participant::shares).collect::<Result<Vec<_>>>()?;
    story.wrote(&site.root, &site.rebuilt().homes)?;
    let count: usize = shares.iter().map(Vec::len).sum();
    story.check(format!("{count} root key shares are back, each checked against its public share"))
}

/// What a person on the party reads before it answers.
fn show_review(story: &mut Story<'_>, site: &Site, nodes: &[Participant]) -> Result<()> {
    let node = first(nodes)?;
    story.check("every member reads what it is asked; this is the first of the requests:")?;
    let review = recovery::review(site, node, &recovery::statements_at_hand(site, nodes)?)?;
    review.lines().try_for_each(|line| story.say(format!("│ {line}")))
}

/// The machines are switched off between the answers, and lose nothing.
fn answer_in_two_parts(
    story: &mut Story<'_>,
    site: &Site,
    willing: &[Participant],
    nodes: &[Participant],
) -> Result<()> {
    let (early, late) = willing.split_at(willing.len() / 2);
    story.work(format!("answers come from {}", names(early)), early, |member| recovery::answer(site, member, nodes))?;
    if let (Some(node), Some(member)) = (nodes.first(), early.first()) {
        story.size("an answer of a member, sealed and signed", &recovery::answer_path(site, node, member))?;
    }
    let before = collect(story, site, nodes, "every machine takes and checks the answers so far")?;
    claim(before.answered.len() == early.len(), "all early answers count")?;
    story.mishap("the power fails: every machine is switched off, and the answers are deleted from the board")?;
    story.work(format!("meanwhile, answers come from {}", names(late)), late, |member| {
        recovery::answer(site, member, nodes)
    })?;
    let after = collect(story, site, nodes, "the machines start again, and take the new answers")?;
    let kept = before.answered.iter().all(|member| after.answered.contains(member));
    claim(kept && after.answered.len() == willing.len(), "no answer is lost by the restart")?;
    story.caught(format!(
        "answers kept over the restart: {}, new ones: {}; nobody was asked twice",
        early.len(),
        late.len()
    ))
}

/// One answer too few is not enough, and it is clear who could help.
fn refuse(story: &mut Story<'_>, site: &Site, refusing: &[Participant], nodes: &[Participant]) -> Result<()> {
    story.sabotage(format!("{} will not answer", names(refusing)))?;
    let have = refusing.len();
    for node in nodes {
        let (progress, _) = recovery::collect(site, node)?;
        let missing: Vec<u16> = progress.missing.iter().map(|member| member.get()).collect();
        let expected: Vec<u16> = refusing.iter().map(|member| member.index.get()).collect();
        claim(progress.needed == 1 && missing == expected, "one answer is needed, from one of those who refuse")?;
    }
    let (progress, _) = recovery::collect(site, first(nodes)?)?;
    let answered = progress.answered.len() as u16;
    let expected = Error::NotEnoughShares { have: answered, need: answered + 1 };
    let reason = refused(recovery::unlock(site, first(nodes)?), &expected)?;
    let who = if have == 1 { "its answer is needed" } else { "one of them is needed" };
    story.caught(format!("not possible yet: {reason}; {who}"))
}

/// The share of a member is damaged. Gives back those of the others whose answers are still to come.
fn answer_badly<'m>(
    story: &mut Story<'_>,
    site: &Site,
    refusing: &'m [Participant],
    nodes: &[Participant],
) -> Result<&'m [Participant]> {
    let Some((member, others)) = refusing.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Ok(refusing);
    };
    story.sabotage(format!("{} answers with a wrong share", member.label()))?;
    let share = files::list(&site::latest(&member.home().join("shares"))?)?;
    share.iter().try_for_each(|path| sabotage::tamper(path))?;
    recovery::answer(site, member, nodes)?;
    let expected = Error::BadDecryptionShares { members: vec![member.index.get()] };
    let reasons = nodes.iter().map(|node| only_complaint(site, node, &expected)).collect::<Result<Vec<_>>>()?;
    story.caught(format!("every machine refuses it: {}", reasons.first().map_or("", String::as_str)))?;
    Ok(others)
}

/// The member that left the party still has its old share.
fn answer_as_leaver(story: &mut Story<'_>, site: &Site, args: &Args, nodes: &[Participant]) -> Result<()> {
    let (leaver, node) = (party::leaver(site, args)?, first(nodes)?);
    story.sabotage(format!("{}, which has left the party, answers with its old share", leaver.label()))?;
    let old_roster = party::roster_of(&site.party(), &site.party().room(1))?;
    recovery::answer_by(site, &old_roster, &leaver, from_ref(node))?;
    let reason = only_complaint(site, node, &Error::UnknownMember(leaver.index.get()))?;
    story.caught(format!("{} refuses it: {reason}", node.label()))
}

/// A good answer, but to the request of another machine.
fn answer_another_request(
    story: &mut Story<'_>,
    site: &Site,
    honest: &[Participant],
    nodes: &[Participant],
) -> Result<()> {
    let ([node, other, ..], Some(member)) = (nodes, honest.first()) else { return Ok(()) };
    story.sabotage(format!("the answer of {} to {} is sent to {}", member.label(), other.label(), node.label()))?;
    recovery::answer(site, member, from_ref(other))?;
    let answer = recovery::answer_path(site, other, member);
    files::copy(&answer, &recovery::answer_path(site, node, member))?;
    files::remove(&answer)?;
    let reason = only_complaint(site, node, &Error::WrongRequest)?;
    story.caught(format!("{} refuses it: {reason}", node.label()))
}

fn bring_wrong_blinder(story: &mut Story<'_>, site: &Site, nodes: &[Participant]) -> Result<()> {
    let [node, other, ..] = nodes else { return Ok(()) };
    story.sabotage(format!("the operator of {} brings the Blinder of {}", node.label(), other.label()))?;
    let wrong = fetch_blinder(site, other)?;
    let reason = refused(recovery::open(site, node, &wrong), &Error::WrongBlinder)?;
    story.caught(format!("{}: {reason}", node.label()))
}

fn measure(story: &mut Story<'_>, site: &Site, nodes: &[Participant]) -> Result<()> {
    let node = first(nodes)?;
    let (backup, blinder) = (recovery::fetch_backup(site, node)?, fetch_blinder(site, node)?);
    let keys = recovery::unlock(site, node)?;
    let unlock = keys.first().ok_or(Error::WrongStatement)?;
    let shares = story.time("opening a backup", || Ok(backup.open(unlock, &blinder)?))?;
    claim(!shares.is_empty(), "a backup holds shares")
}

/// All machines take what has arrived; they all stand at the same point then.
fn collect(story: &mut Story<'_>, site: &Site, nodes: &[Participant], what: &str) -> Result<Progress> {
    let mut standing = Vec::new();
    for (progress, complaints) in story.work(what, nodes, |node| recovery::collect(site, node))? {
        claim(complaints.is_empty(), "every answer is good")?;
        standing.push(progress);
    }
    claim(standing.windows(2).all(|pair| pair.first() == pair.last()), "all machines stand at the same point")?;
    standing.pop().ok_or_else(|| Failure::Claim("there are no machines".to_owned()))
}

/// A machine refuses the one answer that has arrived, for the expected reason.
fn only_complaint(site: &Site, node: &Participant, expected: &Error) -> Result<String> {
    let (_, complaints) = recovery::collect(site, node)?;
    claim(complaints.len() == 1, "one answer, and only one, is refused")?;
    refused::<()>(complaints.into_iter().next().map_or(Ok(()), |error| Err(error.into())), expected)
}

fn first(nodes: &[Participant]) -> Result<&Participant> {
    nodes.first().ok_or_else(|| Failure::Claim("there are no machines".to_owned()))
}

fn names(parties: &[Participant]) -> String {
    if parties.is_empty() {
        "nobody".to_owned()
    } else {
        parties.iter().map(Participant::label).collect::<Vec<_>>().join(", ")
    }
}
