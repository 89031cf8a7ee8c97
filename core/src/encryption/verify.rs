//! Checking a proof (spec §6.5).

use super::batch::Columns;
use super::instance::{Instance, Sealed, Seed};
use super::pack::Layout;
use super::proof::{Kept, Proof};
use super::subset::kept_instances;
use super::transcript::{MaskCommitments, ProofId, challenge, commitments_hash, response_hash};
use super::{Claim, ResponseHash};
use crate::error::{Error, Result};
use crate::pairing::PublicScalar;
use alloc::vec::Vec;

/// Checks a proof against the claim that the caller expects. Fails with [`Error::ProofRejected`].
///
/// Everything here is public: variable time.
pub(crate) fn verify(claim: &Claim<'_>, proof: &Proof) -> Result<()> {
    let layout = Layout::new(claim);
    check_shape(&layout, proof)?;
    let id = ProofId::new(&claim.digest, &proof.nonce);
    let rows = recompute_rows(&layout, &id, proof)?;
    let first = commitments_hash(&id, rows.iter().map(|row| (row.sealed(), &row.response_hash)));
    let commitments = commitments(&layout, &id, &first, &rows)?;
    let expected = challenge(claim.parameters.instances(), &first, &commitments);
    //= spec/6-encryption.md#6-5-verify
    //# A verifier MUST accept if and only if every step succeeds.
    if expected == proof.challenge { Ok(()) } else { Err(Error::ProofRejected) }
}

/// A proof that was decoded for another claim may have another shape.
fn check_shape(layout: &Layout<'_>, proof: &Proof) -> Result<()> {
    let (parameters, compartments) = (layout.claim.parameters, layout.claim.locks.len());
    let responses = layout.scalars_len();
    let fits = proof.revealed.len() == parameters.revealed()
        && proof.kept.len() == usize::from(parameters.kept())
        && proof
            .kept
            .iter()
            .all(|kept| kept.sealed.wrapped_sub_seeds.len() == compartments && kept.responses.len() == responses);
    if fits { Ok(()) } else { Err(Error::InvalidLength) }
}

/// An instance as the verifier sees it.
struct Row<'a> {
    view: View<'a>,
    response_hash: ResponseHash,
}

enum View<'a> {
    Revealed(Instance),
    Kept(&'a Kept),
}

impl Row<'_> {
    fn sealed(&self) -> &Sealed {
        match &self.view {
            View::Revealed(instance) => &instance.sealed,
            View::Kept(kept) => &kept.sealed,
        }
    }
}

/// All instances in their order: the revealed ones derived from their seeds, the kept ones as the proof shows them.
fn recompute_rows<'a>(layout: &Layout<'_>, id: &ProofId, proof: &'a Proof) -> Result<Vec<Row<'a>>> {
    let chosen = kept_instances(layout.claim.parameters, &proof.challenge);
    let unkept = (0..).zip(&chosen).filter_map(|(index, kept)| (!kept).then_some(index));
    let seeds: Vec<Seed> =
        unkept.zip(&proof.revealed).map(|(index, revealed)| Seed { index, bytes: revealed.seed }).collect();
    //= spec/6-encryption.md#6-5-verify
    //# A verifier MUST recompute every revealed instance from its seed.
    let instances = Instance::derive_all::<PublicScalar>(layout, id, &seeds)?;
    let mut revealed = instances
        .into_iter()
        .zip(&proof.revealed)
        .map(|(instance, revealed)| Row { view: View::Revealed(instance), response_hash: revealed.response_hash });
    let mut kept = proof.kept.iter();
    let rows = (0..).zip(chosen).map(|(index, is_kept)| {
        if is_kept { kept.next().map(|kept| kept_row(layout, id, index, kept)) } else { revealed.next() }
    });
    rows.collect::<Option<_>>().ok_or(Error::InvalidLength)
}

fn kept_row<'a>(layout: &Layout<'_>, id: &ProofId, index: u16, kept: &'a Kept) -> Row<'a> {
    let response_hash = response_hash(layout, id, index, &kept.salt, &kept.responses);
    Row { view: View::Kept(kept), response_hash }
}

/// The mask commitments R_iC of every curve: from the masks of an revealed instance, from the responses and the public
/// shares for a kept one.
fn commitments(layout: &Layout<'_>, id: &ProofId, first: &[u8; 32], rows: &[Row<'_>]) -> Result<Vec<MaskCommitments>> {
    let mut columns = Columns::new::<PublicScalar>(layout, first)?;
    for (row, index) in rows.iter().zip(0..) {
        match &row.view {
            View::Revealed(instance) => columns.add_masks(id, instance),
            View::Kept(kept) => columns.add_responses_vartime(index, &kept.responses)?,
        }
    }
    Ok(columns.encode())
}
