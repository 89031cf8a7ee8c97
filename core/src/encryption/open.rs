//! Opening a compartment (spec §6.6).

use super::Block;
use super::instance::{mask_stream, wrap_hash, xor};
use super::proof::{Kept, Proof, split_scalars};
use super::subset::kept_instances;
use crate::curve::{KeyCurve, SecretScalar, with_curve};
use crate::error::{Error, Result};
use crate::pairing::{G1, G1Affine, G2Affine, Scalar, pairing};
use crate::statement::{Slot, Statement};
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// What opens a lock.
pub(crate) enum OpeningKey<'a> {
    /// The recovery party's unlock key for the statement, and the Blinder.
    Recovery { unlock: &'a G2Affine, blinder: &'a Scalar },
    /// The member's key.
    Member { key: &'a Scalar },
}

/// Opens a compartment of a verified proof: the secrets of its entries, each checked against its public share.
///
/// Fails with [`Error::NotOpenable`] if no kept instance opens. Constant time in the keys and secrets, up to which
/// instance is the first that opens.
pub(crate) fn open(
    statement: &Statement,
    proof: &Proof,
    compartment: u16,
    key: &OpeningKey<'_>,
) -> Result<Vec<SecretScalar>> {
    let kept = kept_instances(statement.header().parameters, &proof.challenge);
    let indices = (0..).zip(kept).filter_map(|(index, kept)| kept.then_some(index));
    let mut attempts = indices.zip(&proof.kept).map(|(index, kept)| {
        let sub_seed = key.sub_seed(statement, compartment, index, kept)?;
        recover(statement, compartment, index, kept, &sub_seed)
    });
    //= spec/6-encryption.md#6-6-open
    //# An opener MUST try the kept instances until one opens or none is left.
    attempts.find_map(|secrets| secrets).ok_or(Error::NotOpenable)
}

impl OpeningKey<'_> {
    /// The sub-seed that an instance wraps for this key, or nonsense; `None` if its KEM point is none.
    fn sub_seed(&self, statement: &Statement, compartment: u16, index: u16, kept: &Kept) -> Option<Zeroizing<Block>> {
        // The subgroup check comes before any secret touches the point.
        //= spec/6-encryption.md#6-6-open
        //# An opener MUST check that C_i is in the subgroup before a secret touches it.
        let kem = G1Affine::decode(&kept.sealed.kem)?;
        let wrap = kept.sealed.wraps.get(usize::from(compartment))?;
        let mut hash = wrap_hash(&statement.digest(), index, compartment, &kept.sealed.kem);
        let secret = match self {
            Self::Recovery { unlock, blinder } => {
                hash.add(&*Zeroizing::new(Zeroizing::new(pairing(&kem, unlock)).encode()));
                blinder
            }
            Self::Member { key } => key,
        };
        let point = Zeroizing::new(Zeroizing::new(G1::from(kem) * **secret).to_affine());
        let key = Zeroizing::new(hash.part(&*Zeroizing::new(point.encode())).output());
        Some(Zeroizing::new(xor(wrap, &key)))
    }
}

/// The secrets of a compartment, if all of them match their public shares.
fn recover(
    statement: &Statement,
    compartment: u16,
    index: u16,
    kept: &Kept,
    sub_seed: &Block,
) -> Option<Vec<SecretScalar>> {
    let responses = statement.slots().zip(split_scalars(statement, &kept.responses));
    let inside = responses.filter(|(slot, _)| slot.compartment == compartment);
    let mut masks = mask_stream(&statement.digest(), index, compartment, sub_seed);
    inside
        .map(|(slot, response)| {
            with_curve!(slot.entry.curve(), C => unmask::<C>(&slot, response, &Zeroizing::new(masks.scalar::<C>())))
        })
        .collect()
}

/// response - mask, if that is the secret.
fn unmask<C: KeyCurve>(slot: &Slot<'_>, response: &[u8], mask: &C::Scalar) -> Option<SecretScalar> {
    let response = C::decode_scalar(response)?;
    let secret = SecretScalar::from_scalar::<C>(&Zeroizing::new(response - *mask)).ok()?;
    //= spec/6-encryption.md#6-6-open
    //# An opener MUST NOT return a secret that it has not checked against its public share.
    (secret.public() == slot.entry.public_share).then_some(secret)
}
