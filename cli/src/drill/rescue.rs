//! The recovery, as a story: the party is asked, refuses, is persuaded; the backups are opened.

use super::answering::{Asked, answer, read};
use super::claims::{claim, refused};
use super::closing::names;
use super::disaster::replacements;
use super::files::clear;
use super::participant::Participant;
use super::party::{Party, leaver, wallet_holder};
use super::recovery::{Fresh, complaint, machines, place, take};
use super::sabotage::{Delivery, replace};
use super::site::Site;
use super::story::Story;
use super::{account, accuse, at_home, bundles, offline, outsider, partial, recovery};
use crate::armour::Kind;
use crate::board::Board;
use crate::failure::{Failure, Result};
use relight::{Error, recovery::Progress};
use std::slice::from_ref;

/// Some members refuse at first: as many as it takes to block the recovery.
pub(crate) fn ask_the_party(story: &mut Story<'_>, site: &Site, party: &Party, before: &Party) -> Result<()> {
    let (machines, members) = (machines(&replacements(site)), party.members(site));
    let enough = usize::from(site.args.party_threshold);
    let (refusing, willing) = members.split_at((members.len() + 1).saturating_sub(enough));
    ask(story, site, party, &machines)?;
    trust(story, site, &members)?;
    show_review(story, site, party, &members, &machines)?;
    outsider::ask(story, site, party, &members, &machines)?;
    find_faults_at_home(story, site, party, &members, &machines)?;
    answer_in_two_parts(story, site, party, willing, &machines)?;
    refuse(story, site, refusing, &machines)?;
    let honest = accuse::answer_badly(story, site, party, refusing, &machines)?;
    at_home::answer_as_leaver(story, site, (&leaver(site)?, before), first(&machines)?)?;
    answer_another_request(story, site, party, honest, &machines)?;
    persuade(story, site, party, honest, &machines)?;
    let progress = collect(story, &machines, "every machine takes and checks the answers that are left")?;
    claim(progress.needed == 0, "enough members have answered")?;
    let holder = wallet_holder(site)?;
    if progress.answered.contains(&holder.index) {
        account::review(story, &holder)?;
    }
    let (answered, all) = (progress.answered.len(), members.len());
    story.check(format!("{answered} of {all} members have answered: the backups can be opened"))
}

/// The machines draft what they ask; the operators authorise it; then it is published.
fn ask(story: &mut Story<'_>, site: &Site, party: &Party, machines: &[Fresh]) -> Result<()> {
    let code = bundles::code(&site.custodian(), &site.network())?;
    let what = format!("operators set up {} machines, which fetch and check their backups", machines.len());
    story.work(what, machines, |machine| {
        recovery::set_up(site, machine, &code)?;
        recovery::draft(site, machine, party)
    })?;
    offline::authorise_all(story, site, machines)?;
    story.work("the machines check what the sticks bring back, and ask", machines, |machine| {
        recovery::ask(site, machine)
    })?;
    for path in site.posted(&crate::board::Place::Requests, Kind::Request)?.iter().take(1) {
        story.size("a request", path)?;
    }
    story.wrote(&site.board_path("requests"))
}

/// Every member has compared the bundle with the others before it is asked anything, and so has the one that left.
fn trust(story: &mut Story<'_>, site: &Site, members: &[Participant]) -> Result<()> {
    let (code, network) = (bundles::code(&site.custodian(), &site.network())?, site.network());
    let mut all: Vec<Participant> = members.to_vec();
    all.extend(Some(leaver(site)?).filter(|leaver| members.iter().all(|member| member.index != leaver.index)));
    let what = format!("{} members compare the code of the network's bundle, and trust it", all.len());
    story.work(what, &all, |member| bundles::trust(member, &network, &code)).map(drop)
}

fn find_faults_at_home(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    members: &[Participant],
    machines: &[Fresh],
) -> Result<()> {
    let asked = Asked { site, party, machine: first(machines)? };
    at_home::answer_from_image(story, &asked, &wallet_holder(site)?)?;
    members.last().map_or(Ok(()), |member| at_home::mix_up_files(story, &asked, member))
}

fn persuade(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    honest: &[Participant],
    machines: &[Fresh],
) -> Result<()> {
    let persuaded = honest.last().map_or(&[][..], from_ref);
    let what = format!("persuaded in the end, {} answers", names(persuaded));
    story.work(what, persuaded, |member| answer(site, party, member, machines))?;
    persuaded.first().map_or(Ok(()), |member| accuse::accuse_falsely(story, site, first(machines)?, member))
}

/// The backups are opened with the answers.
pub(crate) fn open_backups(story: &mut Story<'_>, site: &Site) -> Result<()> {
    let machines = machines(&replacements(site));
    bring_wrong_blinder(story, site, &machines)?;
    measure(story, site, &machines)?;
    let what = format!("{} machines combine the answers, add their operator's Blinder, and open", machines.len());
    let restored = story.work(what, &machines, |machine| recovery::restore(site, machine))?;
    story.wrote(&site.root.join("rebuilt"))?;
    let count: usize = restored.iter().sum();
    story.check(format!("{count} root key shares are back, each checked against its public share"))
}

/// A person on the party reads it, and compares the code with the operator's by voice.
fn show_review(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    members: &[Participant],
    machines: &[Fresh],
) -> Result<()> {
    let (machine, Some(member)) = (first(machines)?, members.first()) else { return Ok(()) };
    story.scene("Every member reads what it is asked; this is the first of the requests")?;
    let (review, code) = (read(member, &Asked { site, party, machine })?, offline::short_code(site, machine)?);
    review.lines().try_for_each(|line| story.say(format!("│ {line}")))?;
    claim(review.contains(&code), "members and operator see the same code")?;
    story.check(format!("the operator of {} reads its code aloud, {code}: it is the same", machine.label()))
}

/// The machines are switched off between the answers, and lose nothing.
fn answer_in_two_parts(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    willing: &[Participant],
    machines: &[Fresh],
) -> Result<()> {
    let (early, late) = willing.split_at(willing.len() / 2);
    early.first().map_or(Ok(()), |member| partial::answer(story, site, party, member, machines))?;
    story.scene("Answers")?;
    let answers = story
        .work(format!("answers come from {}", names(early)), early, |member| answer(site, party, member, machines))?;
    if let Some(path) = answers.first().and_then(|paths| paths.last()) {
        story.size("an answer of a member, sealed and signed", &site.board_path(path))?;
    }
    let before = collect(story, machines, "every machine takes and checks the answers so far")?;
    claim(before.answered.len() == early.len(), "all early answers count")?;
    story.mishap("the power fails: every machine is switched off, and the answers are deleted from the board")?;
    for machine in machines {
        clear(&site.board_path(&place(machine)?.folder()))?;
    }
    story.work(format!("meanwhile, answers come from {}", names(late)), late, |member| {
        answer(site, party, member, machines)
    })?;
    let after = collect(story, machines, "the machines start again, and take the new answers")?;
    let kept = before.answered.iter().all(|member| after.answered.contains(member));
    claim(kept && after.answered.len() == willing.len(), "no answer is lost by the restart")?;
    story.caught(format!(
        "answers kept over the restart: {}, new ones: {}; nobody was asked twice",
        early.len(),
        late.len()
    ))
}

/// One answer too few is not enough, and it is clear who could help.
fn refuse(story: &mut Story<'_>, site: &Site, refusing: &[Participant], machines: &[Fresh]) -> Result<()> {
    story.sabotage(format!("{} will not answer", names(refusing)))?;
    let have = refusing.len();
    let standing = machines.iter().map(|machine| Ok(take(machine)?.0)).collect::<Result<Vec<_>>>()?;
    for progress in &standing {
        let missing: Vec<u16> = progress.missing.iter().map(|member| member.get()).collect();
        let expected: Vec<u16> = refusing.iter().map(|member| member.index.get()).collect();
        claim(progress.needed == 1 && missing == expected, "one answer is needed, from one of those who refuse")?;
    }
    let machine = first(machines)?;
    let answered = standing.first().map_or(0, |progress| progress.answered.len()) as u16;
    let expected = Error::NotEnoughShares { have: answered, need: answered + 1 };
    let opened = recovery::open(site, machine, &recovery::blinder(site, machine)?);
    let reason = refused(opened, &expected)?;
    let who = if have == 1 { "its answer is needed" } else { "one of them is needed" };
    story.caught(format!("not possible yet: {reason}; {who}"))
}

/// A good answer, but to the request of another machine.
fn answer_another_request(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    honest: &[Participant],
    machines: &[Fresh],
) -> Result<()> {
    let ([machine, other, ..], Some(member)) = (machines, honest.first()) else { return Ok(()) };
    story.sabotage(format!("the answer of {} to {} is sent to {}", member.label(), other.label(), machine.label()))?;
    let posted = answer(site, party, member, from_ref(other))?;
    let path = posted.into_iter().next().unwrap_or_default();
    let bytes = site.board().read(&path)?;
    let subject = member.index.to_string();
    let delivery = Delivery { place: place(machine)?, subject, kind: Kind::Response, path, bytes };
    let path = replace(site, &delivery, &delivery.bytes)?;
    let reason = complaint(site, machine, &path, &Error::WrongRequest)?;
    story.caught(format!("{} refuses it: {reason}", machine.label()))
}

fn bring_wrong_blinder(story: &mut Story<'_>, site: &Site, machines: &[Fresh]) -> Result<()> {
    let [machine, other, ..] = machines else { return Ok(()) };
    story.sabotage(format!("the operator of {} brings the Blinder of {}", machine.label(), other.label()))?;
    let wrong = recovery::blinder(site, other)?;
    let reason = refused(recovery::open(site, machine, &wrong), &Error::WrongBlinder)?;
    story.caught(format!("{}: {reason}", machine.label()))
}

fn measure(story: &mut Story<'_>, site: &Site, machines: &[Fresh]) -> Result<()> {
    let machine = first(machines)?;
    let (statement, blinder) = (recovery::statement(site, machine)?, recovery::blinder(site, machine)?);
    let backup = recovery::backup(site, &statement)?;
    let shares =
        recovery::with(machine, |_, recovery| story.time("opening a backup", || recovery.open(&backup, &blinder)))?;
    claim(!shares.is_empty(), "a backup holds shares")
}

/// All machines take what has arrived; they all stand at the same point then.
fn collect(story: &mut Story<'_>, machines: &[Fresh], what: &str) -> Result<Progress> {
    let mut standing = Vec::new();
    for (progress, refusals) in story.work(what, machines, take)? {
        claim(refusals.is_empty(), "every answer is good")?;
        standing.push(progress);
    }
    let point = |progress: &Progress| (progress.answered.clone(), progress.needed);
    let first = standing.first().map(point);
    claim(standing.iter().all(|one| Some(point(one)) == first), "all machines stand at the same point")?;
    standing.pop().ok_or_else(|| Failure::because("there are no machines"))
}

fn first(machines: &[Fresh]) -> Result<&Fresh> {
    machines.first().ok_or_else(|| Failure::because("there are no machines"))
}
