//! What a proof is about: which secrets, by their public shares, under which locks (spec §6.2).

use super::ParameterSet;
use crate::curve::{CurveId, CurvePoint, KeyCurve};
use crate::digest::StatementDigest;
use crate::error::{Error, Result};
use crate::keys::{BlinderPublicKey, MemberPublicKey, RecoveryPublicKey};
use crate::sharing::{Identifier, VssCommitment, evaluate_points, powers};
use alloc::vec;
use alloc::vec::Vec;

/// Who can open a compartment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lock {
    /// The recovery party and the holder of the Blinder, together.
    Recovery {
        /// The party's public key Y.
        recovery_key: RecoveryPublicKey,
        /// The public half B of the Blinder.
        blinder: BlinderPublicKey,
    },
    /// One member.
    Member {
        /// The member's public key E.
        member_key: MemberPublicKey,
    },
}

/// What a proof shows: that what belongs to these public shares is encrypted under these locks.
pub(crate) struct Claim<'a> {
    /// S: everything made for the claim is bound to it.
    pub(crate) digest: StatementDigest,
    pub(crate) parameters: ParameterSet,
    /// The lock of each compartment.
    pub(crate) locks: Vec<&'a Lock>,
    /// How often a verifier multiplies the key of a member in all, with other claims that have the same lock.
    pub(crate) multiples: usize,
    pub(crate) shares: PublicShares<'a>,
}

/// The public shares of all entries.
pub(crate) enum PublicShares<'a> {
    /// Those of a statement, compartment by compartment.
    Listed(Vec<Vec<&'a CurvePoint>>),
    /// Those of a dealing: each compartment has a value of every polynomial, at the identifier of its recipient.
    Dealt { keys: Vec<&'a VssCommitment>, identifiers: Vec<Identifier> },
}

impl Claim<'_> {
    /// The curves of the entries of a compartment, in their order.
    pub(super) fn entry_curves(&self, compartment: usize) -> Vec<CurveId> {
        match &self.shares {
            PublicShares::Listed(compartments) => {
                compartments.get(compartment).into_iter().flatten().map(|share| share.curve()).collect()
            }
            PublicShares::Dealt { keys, .. } => keys.iter().map(|key| key.curve()).collect(),
        }
    }

    /// The curves that occur, ascending.
    pub(super) fn curves(&self) -> Vec<CurveId> {
        let compartments = 0..self.locks.len();
        let mut curves: Vec<CurveId> = match &self.shares {
            PublicShares::Listed(_) => compartments.flat_map(|compartment| self.entry_curves(compartment)).collect(),
            PublicShares::Dealt { .. } => self.entry_curves(0),
        };
        curves.sort_unstable();
        curves.dedup();
        curves
    }
}

/// An entry: its compartment, and its number there.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) compartment: usize,
    pub(super) entry: usize,
}

impl PublicShares<'_> {
    /// The public share of an entry, encoded; in a dealing it may be the identity.
    pub(super) fn encoded<C: KeyCurve>(&self, slot: Slot) -> Result<Vec<u8>> {
        match self {
            Self::Listed(_) => Ok(self.listed(slot)?.as_bytes().to_vec()),
            Self::Dealt { .. } => Ok(C::encode_point(&self.point::<C>(slot)?)),
        }
    }

    /// The public share of an entry.
    pub(super) fn point<C: KeyCurve>(&self, slot: Slot) -> Result<C::Point> {
        match self {
            Self::Listed(_) => self.listed(slot)?.point::<C>(),
            Self::Dealt { keys, identifiers } => {
                let key = keys.get(slot.entry).ok_or(Error::InvalidLength)?;
                let identifier = identifiers.get(slot.compartment).ok_or(Error::InvalidLength)?;
                Ok(evaluate_points::<C>(key.points::<C>()?, identifier))
            }
        }
    }

    fn listed(&self, slot: Slot) -> Result<&CurvePoint> {
        let Self::Listed(compartments) = self else {
            return Err(Error::InvalidLength);
        };
        compartments
            .get(slot.compartment)
            .and_then(|shares| shares.get(slot.entry))
            .copied()
            .ok_or(Error::InvalidLength)
    }

    /// The sum of factor·share over some entries.
    pub(super) fn sum_of_products_vartime<C: KeyCurve>(&self, terms: &[(Slot, C::Scalar)]) -> Result<C::Point> {
        let terms: Vec<(C::Point, C::Scalar)> = match self {
            Self::Listed(_) => {
                let points = terms.iter().map(|(slot, factor)| Ok((self.listed(*slot)?.point::<C>()?, *factor)));
                points.collect::<Result<_>>()?
            }
            Self::Dealt { keys, identifiers } => commitment_terms::<C>(keys, identifiers, terms)?,
        };
        Ok(C::sum_of_products_vartime(&terms))
    }
}

/// A sum over the recipients as one over the commitments: that of factor·id^n over the recipients belongs to A_n. So a
/// dealing costs what its commitments cost, not what its shares would.
fn commitment_terms<C: KeyCurve>(
    keys: &[&VssCommitment],
    identifiers: &[Identifier],
    terms: &[(Slot, C::Scalar)],
) -> Result<Vec<(C::Point, C::Scalar)>> {
    let longest = keys.iter().map(|key| usize::from(key.threshold().get())).max().unwrap_or(0);
    let powers = |identifier: &Identifier| powers::<C>(identifier.field::<C>()).take(longest).collect();
    let powers: Vec<Vec<C::Scalar>> = identifiers.iter().map(powers).collect();
    let mut factors: Vec<Vec<C::Scalar>> = vec![Vec::new(); keys.len()];
    for (slot, factor) in terms {
        let sums = factors.get_mut(slot.entry).ok_or(Error::InvalidLength)?;
        let threshold = keys.get(slot.entry).map_or(0, |key| usize::from(key.threshold().get()));
        let powers = powers.get(slot.compartment).ok_or(Error::InvalidLength)?;
        sums.resize(threshold, C::Scalar::from(0));
        sums.iter_mut().zip(powers).for_each(|(sum, power)| *sum = *sum + *factor * *power);
    }
    let used = keys.iter().zip(&factors).filter(|(_, factors)| !factors.is_empty());
    let points = used.map(|(key, factors)| Ok(key.points::<C>()?.iter().copied().zip(factors.iter().copied())));
    Ok(points.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}
