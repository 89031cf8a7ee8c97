//! The recovery party makes its key, and changes later.

use super::ceremony::{Call, Trick, What, hold};
use super::claims::claim;
use super::participant::Participant;
use super::site::Site;
use super::story::Story;
use super::{account, at_home, split, vault};
use crate::failure::{Failure, Result};
use crate::roles::plan::Sharing;
use crate::roles::roster;
use relight::curve::CurveId;
use relight::dealing::Ceremony;
use relight::recovery::Roster;
use relight::sharing::PartyIndex;

/// The recovery party as it is now: what its members have told each other, and everybody else.
pub(crate) struct Party {
    /// Who holds shares of the recovery key, and the ceremony that they came of.
    pub(crate) sharing: Sharing,
    /// The hand-overs by which others got a share since.
    pub(crate) enrolled: Vec<Ceremony>,
    pub(crate) roster: Roster,
}

impl Party {
    /// As it is after a ceremony, and after hand-overs.
    pub(crate) fn after(site: &Site, ceremony: Ceremony, enrolled: Vec<Ceremony>) -> Result<Self> {
        let sharing = Sharing::of(None, &site.board(), ceremony, &enrolled)?;
        let (roster, _) = roster::make(&site.board(), &sharing)?;
        Ok(Self { sharing, enrolled, roster })
    }

    /// Its members.
    pub(crate) fn members(&self, site: &Site) -> Vec<Participant> {
        self.sharing.holders.iter().map(|holder| site.party().participant(holder.index)).collect()
    }

    /// The ceremony that made its key, or shared it anew.
    pub(crate) fn ceremony(&self) -> &Ceremony {
        &self.sharing.ceremony
    }
}

/// The members register, and make the recovery key together.
pub(crate) fn make_key(story: &mut Story<'_>, site: &Site) -> Result<Party> {
    let (group, args) = (site.party(), &site.args);
    let members = group.participants(args.members);
    let holder = wallet_holder(site)?;
    account::open(story, &holder)?;
    story
        .work(format!("{} members set up a store and an identity each", members.len()), &members, |one| one.set_up())?;
    account::sign_with_another(story, &holder)?;
    let what = format!("{} members register a member key, each with a proof", members.len());
    story.work(what, &members, |member| member.register().map(drop))?;
    account::compare(story, &holder)?;
    story.wrote(&site.board_path("members/drill-party"))?;
    let call = Call {
        group,
        epoch: 1,
        threshold: args.party_threshold,
        what: What::Generate(vec![CurveId::Bls12381G1]),
        dealers: members.clone(),
        recipients: members,
        tricks: &[Trick::WrongShares],
    };
    let sharing = hold(story, site, &call)?;
    let party = Party::after(site, sharing.ceremony, Vec::new())?;
    let (all, threshold) = (party.roster.members().len(), party.roster.party().threshold());
    story.check(format!("one recovery key for every curve; any {threshold} of the {all} members can decrypt"))?;
    Ok(party)
}

/// One member leaves, another comes, and all shares are renewed, at the second try. The recovery key stays.
pub(crate) fn change(story: &mut Story<'_>, site: &Site, before: &Party) -> Result<Party> {
    let (leaver, newcomer, args) = (leaver(site)?, newcomer(site)?, &site.args);
    story.scene(format!("The party changes: {} leaves, {} comes", leaver.label(), newcomer.label()))?;
    newcomer.set_up()?;
    newcomer.register()?;
    let members = site.party().participants(args.members);
    let stay: Vec<Participant> = members.into_iter().filter(|member| member.index != leaver.index).collect();
    stay.last().map_or(Ok(()), at_home::keep_image)?;
    let call = |culprit: Option<&Participant>| Call {
        group: site.party(),
        epoch: 2,
        threshold: args.party_threshold,
        what: What::Reshare(&before.sharing),
        dealers: dealers(&stay, &leaver, culprit, usize::from(args.party_threshold)),
        recipients: stay.iter().chain([&newcomer]).cloned().collect(),
        tricks: &[],
    };
    let culprit = split::fail(story, site, &call(None))?;
    let sharing = hold(story, site, &call(culprit.as_ref()))?;
    let after = Party::after(site, sharing.ceremony, Vec::new())?;
    let same = after.roster.party().public_key() == before.roster.party().public_key();
    claim(same, "the recovery key is the same after the refresh")?;
    story.check("the recovery key is the same: the backups on the board stay good, new ones are not needed")?;
    vault::learn(story, site, &site.party(), after.ceremony())?;
    Ok(after)
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
pub(crate) fn wallet_holder(site: &Site) -> Result<Participant> {
    let leaver = leaver(site)?.index;
    let last = PartyIndex::all(site.args.members).filter(|index| *index != leaver).last();
    Ok(site.party().participant(last.unwrap_or(leaver)))
}

/// The member that leaves keeps its old share: this must be useless later.
pub(crate) fn leaver(site: &Site) -> Result<Participant> {
    Ok(site.party().participant(PartyIndex::new(site.args.members.min(3))?))
}

fn newcomer(site: &Site) -> Result<Participant> {
    let next = site.args.members.checked_add(1).ok_or_else(|| Failure::usage("--members: too many"))?;
    Ok(site.party().participant(PartyIndex::new(next)?))
}
