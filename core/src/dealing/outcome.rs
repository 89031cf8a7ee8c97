//! What comes of a ceremony (spec §9.5).

use crate::digest::Digest;
use crate::key_share::KeyShare;
use crate::sharing::{PartyIndex, VssCommitment};
use alloc::vec::Vec;

/// What a recipient has after a ceremony.
#[derive(Debug)]
pub struct Outcome {
    /// The recipient's shares, in the order of the ceremony's keys. That of a key of which it is shareless is missing.
    pub shares: Vec<KeyShare>,
    /// What everyone knows.
    pub public: PublicOutcome,
}

/// What everyone knows after a ceremony.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicOutcome {
    /// The commitments of the keys, in the order of the ceremony.
    pub keys: Vec<VssCommitment>,
    /// Who has no share of which key, because it would be zero: by key, then by recipient.
    pub shareless: Vec<Shareless>,
    /// The name of the set of dealings that they came of.
    pub transcript: Digest,
}

/// A recipient that has no share of a key: its share would be zero. A dealer that speaks last can do that to itself and
/// to as many friends as do not reach the threshold, and to nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shareless {
    /// The key, by its place in the ceremony.
    pub key: u16,
    /// The recipient.
    pub party: PartyIndex,
}
