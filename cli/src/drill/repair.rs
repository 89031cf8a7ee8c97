//! A member gets a share, lost or new, from the shares of others, and nobody else deals or receives anew.

use super::args::Args;
use super::ceremony::{Stage, Trick, play};
use super::claims::claim;
use super::files;
use super::participant::{Participant, SHARES};
use super::party::{members, roster};
use super::site::{Room, Site};
use super::story::Story;
use crate::failure::{Failure, Result, While};
use relight::sharing::PartyIndex;
use relight::{
    dealing::{Ceremony, Helper, Outcome, Plan, Recipient, Repair},
    recovery::Roster,
};
use std::path::PathBuf;
use std::slice::from_ref;
use zeroize::Zeroizing;

/// The drawer in which helpers keep their parts of somebody else's share, until they have handed it over.
const PARTS: &str = "parts";

/// The newest member loses its share. One helper more than it takes may cheat.
pub(crate) fn lose_and_repair(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let members = members(site)?;
    let (loser, others) = members.split_last().ok_or_else(|| Failure::because("the party is empty".to_owned()))?;
    if others.len() < usize::from(args.party_threshold) {
        return story.say("every member is needed: a share that one of them loses cannot be repaired");
    }
    story.scene(format!("{} loses its share, and the others repair it", loser.label()))?;
    story.mishap(format!("the disk of {} fails: its share is gone, its keys are kept elsewhere", loser.label()))?;
    loser.empty(SHARES)?;
    let helpers = others.get(..=usize::from(args.party_threshold)).unwrap_or(others);
    give_share(story, site, args, &loser.as_recipient()?, helpers)?;
    story.caught(format!("{} has its share again, the same; it has seen no other, and none has changed", loser.label()))
}

/// A member more. Its share lies at the hash of its name, whatever its number.
pub(crate) fn enrol(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let members = members(site)?;
    let next = members.last().and_then(|last| last.index.get().checked_add(1));
    let next = next.ok_or_else(|| Failure::usage("--members: too many".to_owned()))?;
    let newcomer = site.party().participant(PartyIndex::new(next)?);
    story.scene(format!("{} joins, and the recovery key is not dealt again", newcomer.label()))?;
    newcomer.register()?;
    let identifier = newcomer.identifier_from_name()?;
    story.say(format!("its share will lie at the hash of its name, {identifier}"))?;
    let helpers = &members[members.len() - usize::from(args.party_threshold)..];
    give_share(story, site, args, &Recipient { identifier, ..newcomer.as_recipient()? }, helpers)?;
    let all = roster(site)?.members().len();
    story.check(format!("the party has {all} members now, and {} are needed as before", args.party_threshold))
}

/// The parties that were given shares since the ceremony in the room.
pub(crate) fn receivers(room: &Room) -> Result<Vec<Recipient>> {
    let rooms = files::list(&room.repairs())?.into_iter().map(|path| rooms(path).1);
    let finished = rooms.filter(|room| room.outcomes().is_dir());
    let receivers = finished.map(|room| {
        let ceremony = files::decode(&room.ceremony_path(), Ceremony::decode)?;
        room.outcome()?;
        Ok(ceremony.plan().recipients.clone())
    });
    Ok(receivers.collect::<Result<Vec<_>>>()?.concat())
}

/// The helpers share the receiver's share among themselves, then hand it over: nobody but the receiver ever has it.
fn give_share(
    story: &mut Story<'_>,
    site: &Site,
    args: &Args,
    receiver: &Recipient,
    helpers: &[Participant],
) -> Result<()> {
    let to = site.party().participant(receiver.index);
    let (first, second) = rooms(site.party().latest_room()?.repairs().join(to.label()));
    let (before, repair) = (shares_of(helpers)?, plan(site, args, receiver, helpers)?);
    let label = to.label();
    let first = Stage {
        room: first,
        ceremony: repair.prepare()?,
        dealers: helpers,
        recipients: helpers,
        deed: format!("helpers share the share of {label} among themselves: none of them knows it"),
        drawers: [SHARES, PARTS],
        tricks: &[Trick::WrongShares],
    };
    play(story, site, &first)?;
    let second = Stage {
        room: second,
        ceremony: repair.hand_over(&first.room.outcome()?)?,
        dealers: helpers,
        recipients: from_ref(&to),
        deed: format!("helpers hand it over to {label}"),
        drawers: [PARTS, PARTS],
        tricks: &[],
    };
    play(story, site, &second)?;
    let outcome = Outcome { shares: to.shares_in(PARTS)?, public: second.room.outcome()? };
    to.keep(&repair.finish(&outcome).at(&label)?)?;
    helpers.iter().chain([&to]).try_for_each(|party| party.empty(PARTS))?;
    claim(shares_of(helpers)? == before, "the helpers' shares are what they were")
}

/// What all who take part can work out from the board.
fn plan(site: &Site, args: &Args, receiver: &Recipient, helpers: &[Participant]) -> Result<Repair> {
    let (group, roster) = (site.party(), roster(site)?);
    let ceremony = files::decode(&group.latest_room()?.ceremony_path(), Ceremony::decode)?;
    let label = group.participant(receiver.index).label();
    Ok(Repair {
        parameters: args.parameters,
        name: [&group.context()[..], b", a share for ", label.as_bytes()].concat(),
        nonce: Plan::random_nonce(&mut rand::rng()),
        epoch: ceremony.plan().epoch,
        keys: vec![roster.party().commitment().clone()],
        helpers: helpers.iter().map(|helper| as_helper(&roster, helper)).collect::<Result<_>>()?,
        receiver: receiver.clone(),
    })
}

fn as_helper(roster: &Roster, helper: &Participant) -> Result<Helper> {
    let member = roster.members().iter().find(|member| member.registration.index() == helper.index);
    let member = member.ok_or_else(|| Failure::because(format!("{} is no member", helper.label())))?;
    let (identity, member_key) = (member.registration.identity().clone(), member.registration.member_key().clone());
    Ok(Helper { index: helper.index, identity, member_key, identifier: member.identifier })
}

/// Where the two ceremonies of a repair take place.
fn rooms(path: PathBuf) -> (Room, Room) {
    (Room { path: path.join("prepare") }, Room { path: path.join("hand-over") })
}

fn shares_of(parties: &[Participant]) -> Result<Vec<Vec<Zeroizing<Vec<u8>>>>> {
    parties.iter().map(Participant::encoded_shares).collect()
}
