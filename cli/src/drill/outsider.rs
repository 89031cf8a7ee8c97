//! Somebody who has everything that is public, and no Blinder, asks for a backup.

use super::claims::refused;
use super::files;
use super::participant::Participant;
use super::party::roster;
use super::recovery::{clock, request_path, statement_asked, statements_at_hand};
use super::site::Site;
use super::story::Story;
use crate::failure::{Result, While};
use relight::{
    Error,
    recovery::{Request, Review, Session},
};

const PROOF_LEN: usize = 80;
const AN_HOUR: u64 = 3600;

/// Nobody answers: what it asks for is not authorised.
pub(crate) fn ask(story: &mut Story<'_>, site: &Site, nodes: &[Participant]) -> Result<()> {
    let Some(node) = nodes.first() else { return Ok(()) };
    story.sabotage(format!("an outsider asks for {}, with a proof copied from the board", node.label()))?;
    let request = Request::decode(&copied_request(site, node)?)?;
    let (statements, roster) = (statements_at_hand(site)?, roster(site)?);
    let review = Review::new(&request, &statements, &roster, clock()?).at("every member");
    let reason = refused(review, &Error::Unauthorised(0))?;
    story.caught(format!("no member answers: {reason}"))
}

/// Its own draft, with its own keys, and the proof of the true request.
fn copied_request(site: &Site, node: &Participant) -> Result<Vec<u8>> {
    let published = files::read(&request_path(site, node))?;
    let requester = Request::decode(&published)?.draft().requester().to_vec();
    let (statements, now) = (vec![statement_asked(site, node)?], clock()?);
    let expiry = now.checked_add(AN_HOUR)?;
    let session = Session::new(roster(site)?, statements, &requester, now, expiry, &mut rand::rng())?;
    let proofs = Request::decode(&published)?.draft().encode().len();
    let proof = published.get(proofs..proofs + PROOF_LEN).unwrap_or_default();
    Ok([&session.draft().encode(), proof, &[0; 4]].concat())
}
