//! The recovery, as a story: the party is asked, refuses, is persuaded; the backups are opened.

use super::answering::{Knowledge, answer};
use super::args::Args;
use super::claims::{claim, refused};
use super::closing::names;
use super::disaster::replacements;
use super::operator::fetch_blinder;
use super::participant::Participant;
use super::recovery::only_complaint;
use super::site::Site;
use super::story::Story;
use super::{account, accuse, at_home, files, offline, outsider, partial, party, recovery};
use crate::failure::{Failure, Result};
use relight::{Error, recovery::Progress};
use std::slice::from_ref;

/// Some members refuse at first: as many as it takes to block the recovery.
pub(crate) fn ask_the_party(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let (nodes, members) = (replacements(site, args), party::members(site)?);
    let enough = usize::from(args.party_threshold);
    let (refusing, willing) = members.split_at((members.len() + 1).saturating_sub(enough));
    ask(story, site, &nodes)?;
    show_review(story, site, &nodes)?;
    outsider::ask(story, site, &nodes)?;
    find_faults_at_home(story, site, args, &nodes)?;
    answer_in_two_parts(story, site, willing, &nodes)?;
    refuse(story, site, refusing, &nodes)?;
    let honest = accuse::answer_badly(story, site, refusing, &nodes)?;
    at_home::answer_as_leaver(story, site, &party::leaver(site, args)?, first(&nodes)?)?;
    answer_another_request(story, site, honest, &nodes)?;
    persuade(story, site, honest, &nodes)?;
    let progress = collect(story, site, &nodes, "every machine takes and checks the answers that are left")?;
    claim(progress.needed == 0, "enough members have answered")?;
    let holder = party::wallet_holder(site, args)?;
    if progress.answered.contains(&holder.index) {
        account::review(story, &holder)?;
    }
    let (answered, all) = (progress.answered.len(), members.len());
    story.check(format!("{answered} of {all} members have answered: the backups can be opened"))
}

/// The machines draft what they ask; the operators authorise it; then it is published.
fn ask(story: &mut Story<'_>, site: &Site, nodes: &[Participant]) -> Result<()> {
    let what = format!("operators set up {} machines, which fetch and check their backups", nodes.len());
    story.work(what, nodes, |node| node.register().and_then(|()| recovery::draft(site, node, nodes)))?;
    offline::authorise_all(story, site, nodes)?;
    story.work("the machines check what the sticks bring back, and ask", nodes, |node| {
        recovery::ask(site, node, nodes)
    })?;
    let requests = site.board().join("recovery").join("requests");
    story.size("a request for one backup", &recovery::request_path(site, nodes.last().unwrap_or(first(nodes)?)))?;
    story.wrote(&site.root, &requests)
}

fn find_faults_at_home(story: &mut Story<'_>, site: &Site, args: &Args, nodes: &[Participant]) -> Result<()> {
    at_home::answer_from_image(story, site, &party::wallet_holder(site, args)?, first(nodes)?)?;
    party::members(site)?.last().map_or(Ok(()), |member| at_home::mix_up_files(story, member))
}

fn persuade(story: &mut Story<'_>, site: &Site, honest: &[Participant], nodes: &[Participant]) -> Result<()> {
    let persuaded = honest.last().map_or(&[][..], from_ref);
    let what = format!("persuaded in the end, {} answers", names(persuaded));
    story.work(what, persuaded, |member| answer(site, member, nodes))?;
    persuaded.first().map_or(Ok(()), |member| accuse::accuse_falsely(story, site, first(nodes)?, member))
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

/// A person on the party reads it, and compares the code with the operator's by voice.
fn show_review(story: &mut Story<'_>, site: &Site, nodes: &[Participant]) -> Result<()> {
    let node = first(nodes)?;
    story.scene("Every member reads what it is asked; this is the first of the requests")?;
    let (review, code) = (Knowledge::current(site)?.read(node)?, offline::short_code(site, node)?);
    review.lines().try_for_each(|line| story.say(format!("│ {line}")))?;
    claim(review.contains(&code), "members and operator see the same code")?;
    story.check(format!("the operator of {} reads its code aloud, {code}: it is the same", node.label()))
}

/// The machines are switched off between the answers, and lose nothing.
fn answer_in_two_parts(
    story: &mut Story<'_>,
    site: &Site,
    willing: &[Participant],
    nodes: &[Participant],
) -> Result<()> {
    let (early, late) = willing.split_at(willing.len() / 2);
    early.first().map_or(Ok(()), |member| partial::answer(story, site, member, nodes))?;
    story.scene("Answers")?;
    story.work(format!("answers come from {}", names(early)), early, |member| answer(site, member, nodes))?;
    if let (Some(node), Some(member)) = (nodes.first(), early.first()) {
        story.size("an answer of a member, sealed and signed", &recovery::answer_path(site, node, member))?;
    }
    let before = collect(story, site, nodes, "every machine takes and checks the answers so far")?;
    claim(before.answered.len() == early.len(), "all early answers count")?;
    story.mishap("the power fails: every machine is switched off, and the answers are deleted from the board")?;
    story.work(format!("meanwhile, answers come from {}", names(late)), late, |member| answer(site, member, nodes))?;
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

/// A good answer, but to the request of another machine.
fn answer_another_request(
    story: &mut Story<'_>,
    site: &Site,
    honest: &[Participant],
    nodes: &[Participant],
) -> Result<()> {
    let ([node, other, ..], Some(member)) = (nodes, honest.first()) else { return Ok(()) };
    story.sabotage(format!("the answer of {} to {} is sent to {}", member.label(), other.label(), node.label()))?;
    answer(site, member, from_ref(other))?;
    let posted = recovery::answer_path(site, other, member);
    files::copy(&posted, &recovery::answer_path(site, node, member))?;
    files::remove(&posted)?;
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
    let unlock = recovery::unlock(site, node)?;
    let shares = story.time("opening a backup", || Ok(backup.open(&unlock, &blinder)?))?;
    claim(!shares.is_empty(), "a backup holds shares")
}

/// All machines take what has arrived; they all stand at the same point then.
fn collect(story: &mut Story<'_>, site: &Site, nodes: &[Participant], what: &str) -> Result<Progress> {
    let mut standing = Vec::new();
    for (progress, complaints) in story.work(what, nodes, |node| recovery::collect(site, node))? {
        claim(complaints.is_empty(), "every answer is good")?;
        standing.push(progress);
    }
    let point = |progress: &Progress| (progress.answered.clone(), progress.needed);
    let first = standing.first().map(point);
    claim(standing.iter().all(|one| Some(point(one)) == first), "all machines stand at the same point")?;
    standing.pop().ok_or_else(|| Failure::because("there are no machines".to_owned()))
}

fn first(nodes: &[Participant]) -> Result<&Participant> {
    nodes.first().ok_or_else(|| Failure::because("there are no machines".to_owned()))
}
