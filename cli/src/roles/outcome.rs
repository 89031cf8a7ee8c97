//! The public outcome of a ceremony, which its certificate vouches for (spec §16).
//!
//! ```text
//! struct { uint8 version = 1; VssCommitment keys<1..2^32-1>; } Outcome;
//! ```

use relight::sharing::VssCommitment;
use relight::{Error, Result};

const VERSION: u8 = 1;

/// The VSS commitment of each key, each with its length before it.
pub fn encode(keys: &[VssCommitment]) -> Vec<u8> {
    let lists = keys.iter().map(VssCommitment::encode);
    let lists = lists.flat_map(|list| [&(list.len() as u32).to_be_bytes()[..], &list].concat());
    [VERSION].into_iter().chain(lists).collect()
}

/// Decodes, strictly.
///
/// # Errors
///
/// [`Error::UnsupportedVersion`], [`Error::Truncated`], and what is wrong with a commitment.
pub fn decode(bytes: &[u8]) -> Result<Vec<VssCommitment>> {
    let (version, mut rest) = bytes.split_first().ok_or(Error::Truncated)?;
    if *version != VERSION {
        return Err(Error::UnsupportedVersion(*version));
    }
    let mut keys = Vec::new();
    while !rest.is_empty() {
        let (length, body) = rest.split_first_chunk().ok_or(Error::Truncated)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Error::Truncated)?;
        let (key, after) = body.split_at_checked(length).ok_or(Error::Truncated)?;
        keys.push(VssCommitment::decode(key)?);
        rest = after;
    }
    Ok(keys)
}
