//! What a participant posts after a ceremony: the transcript, then the commitments of each key with their length.

use super::failure::{Failure, Result, While, claim};
use super::files;
use super::site::Room;
use relight::sharing::PublicPolynomial;
use relight::{Error, PublicOutcome};

const TRANSCRIPT_LEN: usize = 32;

pub(crate) fn encode(outcome: &PublicOutcome) -> Vec<u8> {
    let mut bytes = outcome.transcript.to_vec();
    for key in outcome.keys.iter().map(PublicPolynomial::encode) {
        bytes.extend_from_slice(&(key.len() as u32).to_be_bytes());
        bytes.extend_from_slice(&key);
    }
    bytes
}

pub(crate) fn decode(bytes: &[u8]) -> relight::Result<PublicOutcome> {
    let (transcript, mut rest) = bytes.split_first_chunk::<TRANSCRIPT_LEN>().ok_or(Error::Truncated)?;
    let mut keys = Vec::new();
    while !rest.is_empty() {
        let (length, body) = rest.split_first_chunk().ok_or(Error::Truncated)?;
        let (key, after) = body.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or(Error::Truncated)?;
        keys.push(PublicPolynomial::decode(key)?);
        rest = after;
    }
    Ok(PublicOutcome { keys, transcript: *transcript })
}

impl Room {
    /// The outcome of the ceremony, if all participants posted the same: this is how they compare transcripts.
    pub(crate) fn outcome(&self) -> Result<PublicOutcome> {
        let posts = files::list(&self.outcomes())?.into_iter().map(|path| files::read(&path));
        let posts = posts.collect::<Result<Vec<_>>>()?;
        let first = posts.first().ok_or_else(|| Failure::Claim("nobody posted an outcome".to_owned()))?;
        claim(posts.iter().all(|post| post == first), "all participants have the same transcript and the same keys")?;
        decode(first).doing(self.outcomes().display())
    }
}
