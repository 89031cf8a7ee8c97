//! Somebody who has everything that is public, and no Blinder, asks for a backup.

use super::claims::ignored;
use super::participant::Participant;
use super::party::Party;
use super::recovery::{self, Fresh, requests};
use super::site::Site;
use super::story::Story;
use crate::armour::Kind;
use crate::board::{Board, Place};
use crate::failure::Result;
use relight::Error;
use relight::recovery::Session;

const PROOF_LEN: usize = 80;
const AN_HOUR: u64 = 3600;

/// Nobody answers: what it asks for is not authorised.
pub(crate) fn ask(
    story: &mut Story<'_>,
    site: &Site,
    party: &Party,
    members: &[Participant],
    machines: &[Fresh],
) -> Result<()> {
    let (Some(machine), Some(member)) = (machines.first(), members.first()) else { return Ok(()) };
    story.sabotage(format!("an outsider asks for {}, with a proof copied from the board", machine.label()))?;
    let request = copied_request(site, party, machine)?;
    <dyn Board>::post(&site.board(), &Place::Requests, site.network().name(), Kind::Request, &request)?;
    let reason = ignored(&requests(site, member, party)?.ignored, &Error::Unauthorised(0))?;
    story.caught(format!("no member answers: {reason}"))
}

/// Its own draft, with its own keys, and the proof of the true request.
fn copied_request(site: &Site, party: &Party, machine: &Fresh) -> Result<Vec<u8>> {
    let published = recovery::request(site, machine)?;
    let (draft, statements) = (published.draft(), vec![recovery::statement(site, machine)?]);
    let now = machine.desk().now()?;
    let expiry = now.checked_add(AN_HOUR)?;
    let session = Session::new(party.roster.clone(), statements, draft.requester(), now, expiry, &mut rand::rng())?;
    let (bytes, proofs) = (published.encode(), draft.encode().len());
    let proof = bytes.get(proofs..proofs + PROOF_LEN).unwrap_or_default();
    Ok([&session.draft().encode(), proof, &[0; 4]].concat())
}
