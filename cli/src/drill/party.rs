//! The recovery party makes its key, and changes later.

use super::args::Args;
use super::ceremony::{Call, Trick, hold};
use super::claims::claim;
use super::files;
use super::participant::Participant;
use super::site::{Group, Room, Site};
use super::story::Story;
use super::{account, at_home, repair, split, vault};
use crate::failure::{Failure, Result, While};
use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex};
use relight::{
    dealing::{Ceremony, Keys},
    recovery::{Roster, RosterMember},
};
use std::collections::BTreeMap;

/// The members register, and make the recovery key together.
pub(crate) fn make_key(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let group = site.party();
    let members = group.participants(args.members);
    let holder = wallet_holder(site, args)?;
    account::open(story, &holder)?;
    let what = format!("{} members register an identity and a member key, each with a proof", members.len());
    story.work(what, &members, Participant::register)?;
    account::compare(story, &group, &holder)?;
    story.wrote(&site.root, &group.board.join("registrations"))?;
    let call = Call {
        epoch: 1,
        parameters: args.parameters,
        threshold: args.party_threshold,
        keys: Keys::Generate(vec![CurveId::Bls12381G1]),
        dealers: members.clone(),
        recipients: members,
        group,
        tricks: &[Trick::WrongShares],
    };
    hold(story, site, &call)?;
    let party = roster(site)?.party().clone();
    let (all, threshold) = (party.members().count(), party.threshold());
    story.check(format!("one recovery key for every curve; any {threshold} of the {all} members can decrypt"))
}

/// One member leaves, another comes, and all shares are renewed, at the second try. The recovery key stays.
pub(crate) fn change(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let group = site.party();
    let (leaver, newcomer) = (leaver(site, args)?, newcomer(site, args)?);
    let before = roster(site)?;
    story.scene(format!("The party changes: {} leaves, {} comes", leaver.label(), newcomer.label()))?;
    newcomer.register()?;
    let members = group.participants(args.members);
    let stay: Vec<Participant> = members.into_iter().filter(|member| member.index != leaver.index).collect();
    stay.last().map_or(Ok(()), at_home::keep_image)?;
    let call = |culprit: Option<&Participant>| Call {
        epoch: 2,
        parameters: args.parameters,
        threshold: args.party_threshold,
        keys: Keys::Reshare(vec![before.party().commitment().clone().into()]),
        dealers: dealers(&stay, &leaver, culprit, usize::from(args.party_threshold)),
        recipients: stay.iter().chain([&newcomer]).cloned().collect(),
        group: group.clone(),
        tricks: &[],
    };
    let culprit = split::fail(story, site, &call(None))?;
    hold(story, site, &call(culprit.as_ref()))?;
    let same = roster(site)?.party().public_key() == before.party().public_key();
    claim(same, "the recovery key is the same after the refresh")?;
    story.check("the recovery key is the same: the backups in the vault stay good, new ones are not needed")?;
    vault::learn(story, site, &group)?;
    vault::refuse_false_roster(story, site)
}

/// As many dealers as it takes. The leaver deals a last time if the others are too few without it, and last of all one
/// that was convicted before.
fn dealers(
    stay: &[Participant],
    leaver: &Participant,
    culprit: Option<&Participant>,
    enough: usize,
) -> Vec<Participant> {
    let convicted = |one: &&Participant| culprit.is_some_and(|culprit| culprit.index == one.index);
    let all = || stay.iter().chain([leaver]);
    let by_trust = all().filter(|one| !convicted(one)).chain(all().filter(convicted));
    let mut dealers: Vec<Participant> = by_trust.take(enough).cloned().collect();
    dealers.sort_by_key(|dealer| dealer.index);
    dealers
}

/// The member whose identity is in a wallet: the last one that does not leave.
pub(crate) fn wallet_holder(site: &Site, args: &Args) -> Result<Participant> {
    let leaver = leaver(site, args)?.index;
    let last = PartyIndex::all(args.members).filter(|index| *index != leaver).last();
    Ok(site.party().participant(last.unwrap_or(leaver)))
}

/// The member that leaves keeps its old share: this must be useless later.
pub(crate) fn leaver(site: &Site, args: &Args) -> Result<Participant> {
    Ok(site.party().participant(PartyIndex::new(args.members.min(3))?))
}

fn newcomer(site: &Site, args: &Args) -> Result<Participant> {
    let next = args.members.checked_add(1).ok_or_else(|| Failure::usage("--members: too many".to_owned()))?;
    Ok(site.party().participant(PartyIndex::new(next)?))
}

/// The members of the party as it is now.
pub(crate) fn members(site: &Site) -> Result<Vec<Participant>> {
    let roster = roster(site)?;
    Ok(roster.members().iter().map(|member| site.party().participant(member.registration.index())).collect())
}

/// The party as it is now.
pub(crate) fn roster(site: &Site) -> Result<Roster> {
    roster_of(&site.party(), &site.party().latest_room()?)
}

/// The party as the board tells it after a ceremony: the commitments of its key, and the checked registrations of its
/// members, who received shares in the ceremony or joined later.
pub(crate) fn roster_of(group: &Group, room: &Room) -> Result<Roster> {
    let commitment = room.outcome()?.keys.into_iter().next();
    let commitment = commitment.ok_or_else(|| Failure::because("no recovery key".to_owned()))?;
    let ceremony = files::decode(&room.ceremony_path(), Ceremony::decode)?;
    let recipients = ceremony.plan().recipients.iter().cloned().chain(repair::receivers(room)?);
    let holders: BTreeMap<PartyIndex, Identifier> = recipients.map(|one| (one.index, one.identifier)).collect();
    let members = holders.into_iter().map(|(index, identifier)| {
        let registration = group.participant(index).registration()?;
        Ok(RosterMember { registration, identifier })
    });
    Roster::new(&group.context(), commitment, members.collect::<Result<_>>()?).at("the roster of the party")
}
