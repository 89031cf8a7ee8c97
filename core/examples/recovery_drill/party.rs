//! Step 1, and a change in the party later: the recovery party and its key.

use super::args::Args;
use super::ceremony::{Call, hold};
use super::failure::{Failure, Result, While, claim};
use super::files;
use super::participant::Participant;
use super::site::Site;
use super::story::Story;
use relight::curve::CurveId;
use relight::sharing::Identifier;
use relight::{Ceremony, KeySlot, Roster};

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
        keys: vec![KeySlot::Reshare(before.party().sharing().clone())],
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
    Ok(site.party().participant(Identifier::new(args.members.min(3))?))
}

fn newcomer(site: &Site, args: &Args) -> Result<Participant> {
    let next = args.members.checked_add(1).ok_or_else(|| Failure::Usage("--members: too many".to_owned()))?;
    Ok(site.party().participant(Identifier::new(next)?))
}

/// The members of the party as it is now.
pub(crate) fn members(site: &Site) -> Result<Vec<Participant>> {
    let ceremony = files::decode(&site.party().latest_room()?.ceremony_path(), Ceremony::decode)?;
    Ok(ceremony.plan().recipients.iter().map(|member| site.party().participant(member.index)).collect())
}

/// The party as the board tells it: its commitments, and the checked registrations of its members.
pub(crate) fn roster(site: &Site) -> Result<Roster> {
    let outcome = site.party().latest_room()?.outcome()?;
    let sharing = outcome.keys.into_iter().next().ok_or_else(|| Failure::Claim("no recovery key".to_owned()))?;
    let registrations = members(site)?.iter().map(Participant::registration).collect::<Result<Vec<_>>>()?;
    Roster::new(&site.party().context(), sharing, registrations).doing("the roster of the party")
}
