//! The recovery party makes its key, and changes later.

use super::args::Args;
use super::ceremony::{Call, hold};
use super::failure::{Failure, Result, While, claim};
use super::files;
use super::participant::Participant;
use super::repair;
use super::site::{Group, Room, Site};
use super::story::Story;
use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex};
use relight::{Ceremony, KeySlot, Roster, RosterMember};
use std::collections::BTreeMap;

/// The members register, and make the recovery key together.
pub(crate) fn make_key(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let group = site.party();
    let members = group.participants(args.members);
    let what = format!("{} members register an identity and a member key, each with a proof", members.len());
    story.work(what, &members, Participant::register)?;
    story.wrote(&site.root, &group.board.join("registrations"))?;
    let call = Call {
        epoch: 1,
        parameters: args.parameters,
        threshold: args.party_threshold,
        keys: vec![KeySlot::Generate(CurveId::Bls12381G1)],
        dealers: members.clone(),
        recipients: members,
        group,
        sabotage: true,
    };
    hold(story, site, &call)?;
    let party = roster(site)?.party().clone();
    let (all, threshold) = (party.members().count(), party.threshold());
    story.check(format!("one recovery key for every curve; any {threshold} of the {all} members can decrypt"))
}

/// One member leaves, another comes, and all shares are renewed. The recovery key stays.
pub(crate) fn change(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let group = site.party();
    let (leaver, newcomer) = (leaver(site, args)?, newcomer(site, args)?);
    let before = roster(site)?;
    story.scene(format!("The party changes: {} leaves, {} comes", leaver.label(), newcomer.label()))?;
    newcomer.register()?;
    let members = group.participants(args.members);
    let stay: Vec<Participant> = members.iter().filter(|member| member.index != leaver.index).cloned().collect();
    // As many dealers as it takes; the leaver deals a last time if the others are too few without it.
    let (enough, leaver) = (usize::from(args.party_threshold), [leaver]);
    let mut dealers: Vec<Participant> = stay.iter().chain(&leaver).take(enough).cloned().collect();
    dealers.sort_by_key(|dealer| dealer.index);
    let call = Call {
        epoch: 2,
        parameters: args.parameters,
        threshold: args.party_threshold,
        keys: vec![KeySlot::reshare(before.party().sharing().clone())],
        dealers,
        recipients: stay.into_iter().chain([newcomer]).collect(),
        group,
        sabotage: false,
    };
    hold(story, site, &call)?;
    let same = roster(site)?.party().public_key() == before.party().public_key();
    claim(same, "the recovery key is the same after the refresh")?;
    story.check("the recovery key is the same: the backups in the vault stay good, new ones are not needed")
}

/// The member that leaves keeps its old share: this must be useless later.
pub(crate) fn leaver(site: &Site, args: &Args) -> Result<Participant> {
    Ok(site.party().participant(PartyIndex::new(args.members.min(3))?))
}

fn newcomer(site: &Site, args: &Args) -> Result<Participant> {
    let next = args.members.checked_add(1).ok_or_else(|| Failure::Usage("--members: too many".to_owned()))?;
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
    let sharing = room.outcome()?.keys.into_iter().next();
    let sharing = sharing.ok_or_else(|| Failure::Claim("no recovery key".to_owned()))?;
    let ceremony = files::decode(&room.ceremony_path(), Ceremony::decode)?;
    let recipients = ceremony.plan().recipients.iter().cloned().chain(repair::receivers(room)?);
    let holders: BTreeMap<PartyIndex, Identifier> = recipients.map(|one| (one.index, one.identifier)).collect();
    let members = holders.into_iter().map(|(index, identifier)| {
        let registration = group.participant(index).registration()?;
        Ok(RosterMember { registration, identifier })
    });
    Roster::new(&group.context(), sharing, members.collect::<Result<_>>()?).doing("the roster of the party")
}
