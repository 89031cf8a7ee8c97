//! How members answer requests.

use super::bundles::knowledge;
use super::participant::Participant;
use super::party::Party;
use super::recovery::{Fresh, request};
use super::site::Site;
use crate::failure::{Result, While};
use crate::roles::{Knowledge, answering};
use relight::StatementDigest;
use relight::identity::Unsigned;
use relight::recovery::{Request, Response, Review};

/// What a member is asked: by a machine, and as the member of a party, which may have changed since.
pub(crate) struct Asked<'a> {
    pub(crate) site: &'a Site,
    pub(crate) party: &'a Party,
    pub(crate) machine: &'a Fresh,
}

impl Asked<'_> {
    /// What a member knows itself, and what it is asked.
    fn read(&self, member: &Participant) -> Result<(Knowledge, Request)> {
        Ok((knowledge(member, &self.site.network(), self.party)?, request(self.site, self.machine)?))
    }
}

/// What a person on the party reads before it answers.
pub(crate) fn read(member: &Participant, asked: &Asked<'_>) -> Result<String> {
    let (known, request) = asked.read(member)?;
    let review = Review::new(&request, &known.statements, &known.roster, member.desk().now()?).at("the review")?;
    Ok(review.to_string())
}

/// What a member would sign: for all that a machine asks, or for some of it.
pub(crate) fn respond(member: &Participant, asked: &Asked<'_>, only: &[StatementDigest]) -> Result<Unsigned<Response>> {
    let (known, request) = asked.read(member)?;
    let (desk, store) = (member.desk(), member.store()?);
    let review = Review::new(&request, &known.statements, &known.roster, desk.now()?).at(member.label())?;
    answering::respond(&store, &desk.console, &review, known.roster.party(), only)
}

/// A member answers a machine, for all that it asks or for some of it. Gives where its answer lies.
pub(crate) fn answer_for(member: &Participant, asked: &Asked<'_>, only: &[StatementDigest]) -> Result<String> {
    let (unsigned, (_, request)) = (respond(member, asked, only)?, asked.read(member)?);
    member.does(|desk| {
        let response = answering::sign(&desk.store()?, &desk.console, &request, only, unsigned.clone())?;
        answering::post(&*desk.board()?, &request, &response)
    })
}

/// A member answers all that these machines ask.
pub(crate) fn answer(site: &Site, party: &Party, member: &Participant, machines: &[Fresh]) -> Result<Vec<String>> {
    let answer_to = |machine| answer_for(member, &Asked { site, party, machine }, &[]);
    machines.iter().map(answer_to).collect()
}
