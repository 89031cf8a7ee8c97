//! The hashes of a proof that bind it together (spec §6.3).
//!
//! The order is what makes the proof sound: the responses are bound by the first hash, before the coefficients
//! that batch them are known.

use super::instance::Sealed;
use super::pack::Layout;
use super::{Block, ResponseHash};
use crate::curve::{CurveId, KeyCurve};
use crate::digest::StatementDigest;
use crate::hash::Xof;
use alloc::vec::Vec;

/// N, which stands for a statement and the nonce of one proof: guesses at the values of one proof say nothing of another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ProofId(pub(super) [u8; 32]);

impl ProofId {
    pub(super) fn new(digest: &StatementDigest, nonce: &Block) -> Self {
        Self(Xof::new("proof").part(digest.as_bytes()).part(nonce).output())
    }
}

/// h_i: binds the responses of an instance. The salt keeps it from being a hash of known masks and the secrets.
pub(super) fn response_hash(
    layout: &Layout<'_>,
    id: &ProofId,
    index: u16,
    salt: &Block,
    responses: &[u8],
) -> ResponseHash {
    let mut hash = Xof::new("response").part(&id.0).index(index).part(salt);
    layout.split(responses).for_each(|(_, response)| hash.add(response));
    hash.output()
}

/// a: the first hash, over what every instance shows before its masks are committed to.
pub(super) fn commitments_hash<'a>(
    id: &ProofId,
    rows: impl Iterator<Item = (&'a Sealed, &'a ResponseHash)>,
) -> [u8; 32] {
    let mut hash = Xof::new("commit").part(&id.0);
    for (sealed, response_hash) in rows {
        hash.add(&sealed.encapsulation);
        sealed.wrapped_sub_seeds.iter().for_each(|wrap| hash.add(wrap));
        hash.add(response_hash);
    }
    hash.output()
}

/// The commitments R_iC to the masks on one curve, encoded, for every instance.
pub(super) struct MaskCommitments {
    curve: CurveId,
    encoded: Vec<u8>,
}

impl MaskCommitments {
    pub(super) fn new<C: KeyCurve>(points: &[C::Point]) -> Self {
        Self { curve: C::ID, encoded: C::encode_points(points) }
    }
}

/// h: the challenge, over the first hash and all mask commitments, instance by instance and curve by curve.
pub(super) fn challenge(instances: u16, first: &[u8; 32], commitments: &[MaskCommitments]) -> [u8; 32] {
    let mut columns: Vec<_> =
        commitments.iter().map(|column| column.encoded.chunks_exact(column.curve.point_len())).collect();
    let mut hash = Xof::new("challenge").part(first);
    for _ in 0..instances {
        columns.iter_mut().filter_map(Iterator::next).for_each(|point| hash.add(point));
    }
    hash.output()
}
