//! What a participant posts after a ceremony: the transcript, who has no share of which key, and the commitments of each
//! key. Lists come with their length.

use super::claims::claim;
use super::files;
use super::site::Room;
use crate::failure::{Failure, Result, While};
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    Error,
    dealing::{PublicOutcome, Shareless},
};

const TRANSCRIPT_LEN: usize = 32;

pub(crate) fn encode(outcome: &PublicOutcome) -> Vec<u8> {
    let shareless = outcome.shareless.iter().flat_map(|one| [one.key.to_be_bytes(), one.party.get().to_be_bytes()]);
    let lists = [shareless.flatten().collect()].into_iter().chain(outcome.keys.iter().map(VssCommitment::encode));
    let lists = lists.flat_map(|list: Vec<u8>| [(list.len() as u32).to_be_bytes().to_vec(), list].concat());
    outcome.transcript.to_bytes().into_iter().chain(lists).collect()
}

pub(crate) fn decode(bytes: &[u8]) -> relight::Result<PublicOutcome> {
    let (transcript, rest) = bytes.split_first_chunk::<TRANSCRIPT_LEN>().ok_or(Error::Truncated)?;
    let (shareless, mut rest) = take_list(rest)?;
    let shareless = shareless.chunks(4).map(decode_shareless).collect::<relight::Result<_>>()?;
    let mut keys = Vec::new();
    while !rest.is_empty() {
        let (key, after) = take_list(rest)?;
        keys.push(VssCommitment::decode(key)?);
        rest = after;
    }
    Ok(PublicOutcome { keys, shareless, transcript: (*transcript).into() })
}

/// A list, and what follows it.
fn take_list(bytes: &[u8]) -> relight::Result<(&[u8], &[u8])> {
    let (length, body) = bytes.split_first_chunk().ok_or(Error::Truncated)?;
    body.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or(Error::Truncated)
}

fn decode_shareless(bytes: &[u8]) -> relight::Result<Shareless> {
    let [a, b, c, d] = *bytes else { return Err(Error::Truncated) };
    Ok(Shareless { key: u16::from_be_bytes([a, b]), party: PartyIndex::new(u16::from_be_bytes([c, d]))? })
}

impl Room {
    /// The outcome of the ceremony, if all participants posted the same: this is how they compare transcripts.
    pub(crate) fn outcome(&self) -> Result<PublicOutcome> {
        let posts = files::list(&self.outcomes())?.into_iter().map(|path| files::read(&path));
        let posts = posts.collect::<Result<Vec<_>>>()?;
        let first = posts.first().ok_or_else(|| Failure::because("nobody posted an outcome".to_owned()))?;
        claim(posts.iter().all(|post| post == first), "all participants have the same transcript and the same keys")?;
        decode(first).at(self.outcomes().display())
    }
}
