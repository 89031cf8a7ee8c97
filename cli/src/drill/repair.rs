//! A member gets a share, lost or new, from the shares of others, and nobody else deals or receives anew.

use super::ceremony::{Stage, Trick, play};
use super::claims::claim;
use super::participant::{Participant, holdings};
use super::party::Party;
use super::seated::Seated;
use super::site::Site;
use super::story::Story;
use crate::failure::{Failure, Result};
use crate::roles::ceremony::{keys, post};
use crate::roles::drawer;
use crate::roles::members::{Members, Seat};
use crate::roles::plan::{self, Frame};
use relight::dealing::{Ceremony, Repair};
use relight::sharing::PartyIndex;
use std::slice::from_ref;

/// The newest member loses its share. One helper more than it takes may cheat.
pub(crate) fn lose_and_repair(story: &mut Story<'_>, site: &Site, party: Party) -> Result<Party> {
    let (members, enough) = (party.members(site), usize::from(site.args.party_threshold));
    let (loser, others) = members.split_last().ok_or_else(|| Failure::because("the party is empty"))?;
    if others.len() < enough {
        story.say("every member is needed: a share that one of them loses cannot be repaired")?;
        return Ok(party);
    }
    story.scene(format!("{} loses its share, and the others repair it", loser.label()))?;
    story.mishap(format!("the disk of {} fails: its share is gone, its keys are kept elsewhere", loser.label()))?;
    let before = loser.holding(&party.sharing)?;
    let store = loser.store()?;
    drawer::names(&store)?.iter().try_for_each(|name| store.remove_secret(name))?;
    drop(store);
    let helpers = others.get(..=enough).unwrap_or(others);
    give_share(story, site, &party, (loser, Seat::new(loser.index, None)), helpers)?;
    claim(loser.holding(&party.sharing)? == before, "the share is the one that was lost")?;
    story.caught(format!(
        "{} has its share again, the same; it has seen no other, and none has changed",
        loser.label()
    ))?;
    Ok(party)
}

/// A member more. Its share lies at the hash of its name, whatever its number.
pub(crate) fn enrol(story: &mut Story<'_>, site: &Site, party: Party) -> Result<Party> {
    let members = party.members(site);
    let next = members.last().and_then(|last| last.index.get().checked_add(1));
    let next = next.ok_or_else(|| Failure::usage("--members: too many"))?;
    let newcomer = site.party().participant(PartyIndex::new(next)?);
    story.scene(format!("{} joins, and the recovery key is not dealt again", newcomer.label()))?;
    newcomer.set_up()?;
    newcomer.register()?;
    let identifier = newcomer.identifier_from_name()?;
    story.say(format!("its share will lie at the hash of its name, {identifier}"))?;
    let helpers = &members[members.len() - usize::from(site.args.party_threshold)..];
    let seat = Seat::new(newcomer.index, Some(identifier));
    let hand_over = give_share(story, site, &party, (&newcomer, seat), helpers)?;
    let enrolled = party.enrolled.into_iter().chain([hand_over]).collect();
    let party = Party::after(site, party.sharing.ceremony, enrolled)?;
    let all = party.roster.members().len();
    story.check(format!("the party has {all} members now, and {} are needed as before", site.args.party_threshold))?;
    Ok(party)
}

/// The helpers share the receiver's share among themselves, then hand it over: nobody but the receiver ever has it. Gives the
/// ceremony of the hand-over.
fn give_share(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    (to, seat): (&Participant, Seat),
    helpers: &[Participant],
) -> Result<Ceremony> {
    let (before, label, board) = (holdings(helpers, &party.sharing)?, to.label(), site.board());
    let first = Stage {
        site,
        ceremony: plan::first_of_repair(&repair(site, party, &seat, helpers)?)?,
        dealers: helpers,
        recipients: helpers,
        deed: format!("helpers share the share of {label} among themselves: none of them knows it"),
        tricks: &[Trick::WrongShares],
    };
    post(&board, &first.ceremony)?;
    play(story, &first)?;
    let outcome = keys(None, &board, &first.ceremony)?;
    let second = Stage {
        site,
        ceremony: plan::second_of_repair(repair(site, party, &seat, &[])?, &first.ceremony, outcome)?,
        dealers: helpers,
        recipients: from_ref(to),
        deed: format!("helpers hand it over to {label}"),
        tricks: &[],
    };
    post(&board, &second.ceremony)?;
    to.accept(party.ceremony())?;
    play(story, &second)?;
    let what = "the helpers erase what they had of it";
    story.work(what, helpers, |helper| Seated::look(&second, helper)?.finish())?;
    claim(holdings(helpers, &party.sharing)? == before, "the helpers' shares are what they were")?;
    Ok(second.ceremony)
}

/// What all who take part can work out from the board.
fn repair(site: &Site, party: &Party, seat: &Seat, helpers: &[Participant]) -> Result<Repair> {
    let name = site.party().name();
    let epoch = party.ceremony().plan().epoch;
    let frame = Frame { party: name.to_vec(), epoch, threshold: None, parameters: site.args.parameters };
    let registrations = Members::find(&site.board(), name)?;
    let indices: Vec<PartyIndex> = helpers.iter().map(|helper| helper.index).collect();
    let holders = party.sharing.choose(Some(&indices))?;
    let helpers = holders.iter().map(|holder| registrations.of(holder.index, &holder.identity));
    let helpers = helpers.collect::<Result<Vec<_>>>()?;
    Ok(plan::repair(&frame, &party.sharing, &helpers, registrations.seat(seat)?))
}
