//! How members answer requests.

use super::files;
use super::participant::Participant;
use super::party::roster;
use super::recovery::{answer_path, clock, request, statement_asked, statements_at_hand};
use super::site::Site;
use crate::failure::{Result, While};
use relight::{
    Error, KeyShare, Statement,
    identity::Unsigned,
    recovery::{Response, Review, Roster},
};

/// What a member knows when it is asked: who belongs to the party, and what the backups state.
pub(crate) struct Knowledge<'a> {
    site: &'a Site,
    roster: Roster,
    statements: Vec<Statement>,
}

impl<'a> Knowledge<'a> {
    /// From the board as it is now.
    pub(crate) fn current(site: &'a Site) -> Result<Self> {
        Self::by(site, roster(site)?)
    }

    /// By a roster that may be out of date.
    pub(crate) fn by(site: &'a Site, roster: Roster) -> Result<Self> {
        Ok(Self { site, roster, statements: statements_at_hand(site)? })
    }

    /// What a person on the party reads before it answers.
    pub(crate) fn read(&self, machine: &Participant) -> Result<String> {
        let request = request(self.site, machine)?;
        let review = Review::new(&request, &self.statements, &self.roster, clock()?).at("the review")?;
        Ok(review.to_string())
    }

    /// What a member would sign, with a share that may be out of date: for all that a machine asks, or for one node.
    pub(crate) fn respond(
        &self,
        member: &Participant,
        machine: &Participant,
        share: &KeyShare,
        node: Option<&Participant>,
    ) -> Result<Unsigned<Response>> {
        let request = request(self.site, machine)?;
        let review = Review::new(&request, &self.statements, &self.roster, clock()?).at(member.label())?;
        let rng = &mut rand::rng();
        let response = match node {
            Some(node) => review.respond_to(&[statement_asked(self.site, node)?.digest()], share, rng),
            None => review.respond(share, rng),
        };
        response.at(member.label())
    }

    /// A member answers a machine, for all that it asks or for one node.
    pub(crate) fn answer(&self, member: &Participant, machine: &Participant, node: Option<&Participant>) -> Result<()> {
        let unsigned = self.respond(member, machine, &recovery_share(member)?, node)?;
        let response = member.signer()?.sign(unsigned)?;
        files::write(&answer_path(self.site, machine, member), &response.encode())
    }
}

/// A member answers all that these machines ask.
pub(crate) fn answer(site: &Site, member: &Participant, machines: &[Participant]) -> Result<()> {
    let knowledge = Knowledge::current(site)?;
    machines.iter().try_for_each(|machine| knowledge.answer(member, machine, None))
}

/// A member's share of the recovery key.
pub(crate) fn recovery_share(member: &Participant) -> Result<KeyShare> {
    Ok(member.shares()?.into_iter().next().ok_or(Error::Truncated)?)
}
