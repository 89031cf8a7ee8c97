//! What follows from the seed of one instance (spec §6.2).

use super::pack::Layout;
use super::transcript::ProofId;
use super::{Block, Claim, Lock};
use crate::curve::Bls12381G1;
use crate::error::Result;
use crate::hash::{Xof, XofStream};
use crate::pairing::{
    G1, G1_LEN, G1Affine, G1Table, G2Affine, GtTable, Scalar, ScalarExposure, generator_table, pairing,
};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What a proof shows of an instance, up to its masks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    /// C_i = r_i·g1, encoded.
    pub(super) encapsulation: [u8; G1_LEN],
    /// The wrapped sub-seed of each compartment.
    pub(super) wrapped_sub_seeds: Vec<Block>,
}

/// An instance of which the seed is known.
#[derive(ZeroizeOnDrop)]
pub(super) struct Instance {
    #[zeroize(skip)]
    pub(super) index: u16,
    #[zeroize(skip)]
    pub(super) sealed: Sealed,
    /// The sub-seed of each compartment: what the masks derive from. Masks of all instances would take much memory.
    pub(super) sub_seeds: Zeroizing<Vec<Block>>,
}

/// A seed with the index of its instance.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Seed {
    pub(super) index: u16,
    pub(super) bytes: Block,
}

impl Instance {
    /// Derives the instances of the given seeds, together: the tables and the inversions are shared. Constant time
    /// in the seeds if their use is secret.
    pub(super) fn derive_all<E: ScalarExposure>(
        layout: &Layout<'_>,
        id: &ProofId,
        seeds: &[Seed],
    ) -> Result<Vec<Self>> {
        let locks = &layout.claim.locks;
        let exponents = Zeroizing::new(seeds.iter().map(|seed| seed.exponent(id)).collect::<Vec<_>>());
        let encapsulations = points::<E>(generator_table::<E>(), &exponents);
        let bare = seeds
            .iter()
            .zip(encapsulations.iter())
            .map(|(seed, encapsulation)| Self::bare(locks.len(), seed, encapsulation));
        let mut instances: Vec<Self> = bare.collect();
        for (lock, compartment) in locks.iter().zip(0..) {
            let lock = LockTable::new::<E>(lock, layout.claim)?;
            let keys = lock.wrap_keys::<E>(id, compartment, &exponents, &instances);
            for ((instance, seed), key) in instances.iter_mut().zip(seeds).zip(keys.iter()) {
                let sub_seed = Zeroizing::new(seed.sub_seed(id, compartment));
                instance.sealed.wrapped_sub_seeds.push(xor(&sub_seed, key));
                instance.sub_seeds.push(*sub_seed);
            }
        }
        Ok(instances)
    }

    fn bare(compartments: usize, seed: &Seed, encapsulation: &G1Affine) -> Self {
        let sealed =
            Sealed { encapsulation: encapsulation.encode(), wrapped_sub_seeds: Vec::with_capacity(compartments) };
        // A vector that never grows leaves no copies behind.
        Self { index: seed.index, sealed, sub_seeds: Zeroizing::new(Vec::with_capacity(compartments)) }
    }

    /// Lets `take` read the mask of every pack, of which it is told the place, from the stream of its compartment.
    pub(super) fn take_masks(&self, layout: &Layout<'_>, id: &ProofId, mut take: impl FnMut(usize, &mut XofStream)) {
        let mut places = 0..;
        for (sub_seed, compartment) in self.sub_seeds.iter().zip(0..) {
            let mut masks = mask_stream(id, self.index, compartment, sub_seed);
            // The packs come first: they end with the compartment, and the places go on after it.
            let packs = layout.compartment(compartment).zip(places.by_ref());
            packs.for_each(|(_, place)| take(place, &mut masks));
        }
    }
}

impl Seed {
    fn exponent(&self, id: &ProofId) -> Scalar {
        let hash = Xof::for_scalar::<Bls12381G1>("kem").part(&id.0);
        hash.index(self.index).part(&self.bytes).scalar::<Bls12381G1>()
    }

    pub(super) fn sub_seed(&self, id: &ProofId, compartment: u16) -> Block {
        Xof::new("sub-seed").part(&id.0).index(self.index).index(compartment).part(&self.bytes).output()
    }
}

/// The lock of a compartment, with its bases tabulated.
struct LockTable<'a> {
    /// Of the recovery key, paired.
    power: Option<GtTable>,
    /// Of the Blinder, or of the member key.
    point: Cow<'a, G1Table>,
}

impl<'a> LockTable<'a> {
    fn new<E: ScalarExposure>(lock: &'a Lock, claim: &Claim<'_>) -> Result<Self> {
        Ok(match lock {
            Lock::Recovery { recovery_key, blinder } => {
                let unlock_point = G2Affine::hash(&claim.digest.unlock_message());
                let base = pairing(&recovery_key.to_g1()?.to_affine(), &unlock_point);
                Self { power: Some(GtTable::new(base)), point: Cow::Owned(G1Table::narrow(blinder.to_g1()?)) }
            }
            // A party deals once in a ceremony, and verifies the dealings of all.
            Lock::Member { member_key } if E::PUBLIC => {
                Self { power: None, point: Cow::Borrowed(member_key.table(claim.multiples)?) }
            }
            Lock::Member { member_key } => {
                Self { power: None, point: Cow::Owned(G1Table::narrow(member_key.to_g1()?)) }
            }
        })
    }

    /// The keys that wrap the sub-seeds of this compartment, one for each exponent.
    fn wrap_keys<E: ScalarExposure>(
        &self,
        id: &ProofId,
        compartment: u16,
        exponents: &[Scalar],
        instances: &[Instance],
    ) -> Zeroizing<Vec<Block>> {
        let shared = points::<E>(&self.point, exponents);
        let rows = instances.iter().zip(exponents).zip(shared.iter());
        let keys = rows.map(|((instance, exponent), point)| {
            let hash = wrap_hash(id, instance.index, compartment, &instance.sealed.encapsulation);
            self.wrap_key::<E>(hash, exponent, point)
        });
        Zeroizing::new(keys.collect())
    }

    fn wrap_key<E: ScalarExposure>(&self, mut hash: Xof, exponent: &Scalar, point: &G1Affine) -> Block {
        if let Some(power) = &self.power {
            let power = Zeroizing::new(power.pow::<E>(exponent));
            hash.add(&*Zeroizing::new(power.encode()));
        }
        hash.part(&*Zeroizing::new(point.encode())).output()
    }
}

/// The hash of a wrap key, to which the shared values of its lock are added.
pub(super) fn wrap_hash(id: &ProofId, index: u16, compartment: u16, encapsulation: &[u8; G1_LEN]) -> Xof {
    Xof::new("wrap").part(&id.0).index(index).index(compartment).part(encapsulation)
}

/// The masks of a compartment, one pack after the other, from its sub-seed.
pub(super) fn mask_stream(id: &ProofId, index: u16, compartment: u16, sub_seed: &Block) -> XofStream {
    Xof::new("mask").part(&id.0).index(index).index(compartment).part(sub_seed).stream()
}

pub(super) fn xor(a: &Block, b: &Block) -> Block {
    core::array::from_fn(|i| a.get(i).zip(b.get(i)).map_or(0, |(a, b)| a ^ b))
}

fn points<E: ScalarExposure>(base: &G1Table, exponents: &[Scalar]) -> Zeroizing<Vec<G1Affine>> {
    if E::PUBLIC {
        return Zeroizing::new(base.mul_all_vartime(exponents));
    }
    let points: Vec<G1> = exponents.iter().map(|exponent| base.mul::<E>(exponent)).collect();
    Zeroizing::new(G1::batch_to_affine(&Zeroizing::new(points)))
}
