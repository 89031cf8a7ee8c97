//! What follows from the seed of one instance (spec §6.2).

use super::Block;
use crate::curve::{Bls12381G1, KeyCurve};
use crate::error::Result;
use crate::hash::Xof;
use crate::pairing::{
    G1, G1_LEN, G1Affine, G1Table, G2Affine, GtTable, Scalar, ScalarExposure, generator_table, pairing,
};
use crate::statement::{Lock, Slot, Statement, StatementDigest};
use alloc::vec::Vec;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What a proof shows of an instance, up to its masks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    /// C_i = r_i·g1, encoded.
    pub(super) kem: [u8; G1_LEN],
    /// The wrapped sub-seed of each compartment.
    pub(super) wraps: Vec<Block>,
}

/// An instance of which the seed is known.
pub(super) struct Instance {
    pub(super) index: u16,
    pub(super) sealed: Sealed,
    pub(super) sub_seeds: Zeroizing<Vec<Block>>,
}

/// A seed with the index of its instance.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct Seed {
    pub(super) index: u16,
    pub(super) bytes: Block,
}

impl Instance {
    /// Derives the instances of the given seeds, together: the tables and the inversions are shared. Constant time
    /// in the seeds if their use is secret.
    pub(super) fn derive_all<E: ScalarExposure>(statement: &Statement, seeds: &[Seed]) -> Result<Vec<Self>> {
        let digest = statement.digest();
        let exponents = Zeroizing::new(seeds.iter().map(|seed| seed.exponent(&digest)).collect::<Vec<_>>());
        let kems = points::<E>(generator_table(), &exponents);
        let compartments = statement.compartments().len();
        let unwrapped = seeds.iter().zip(kems.iter()).map(|(seed, kem)| Self::unwrapped(seed, kem, compartments));
        let mut instances: Vec<Self> = unwrapped.collect();
        for (body, compartment) in statement.compartments().iter().zip(0..) {
            let lock = LockTable::new(&body.lock, &digest)?;
            let keys = lock.wrap_keys::<E>(&digest, compartment, &exponents, &instances);
            for ((instance, seed), key) in instances.iter_mut().zip(seeds).zip(keys.iter()) {
                instance.wrap(seed.sub_seed(&digest, compartment), key);
            }
        }
        Ok(instances)
    }

    fn unwrapped(seed: &Seed, kem: &G1Affine, compartments: usize) -> Self {
        let sealed = Sealed { kem: kem.encode(), wraps: Vec::with_capacity(compartments) };
        // A vector that never grows leaves no copies behind.
        Self { index: seed.index, sealed, sub_seeds: Zeroizing::new(Vec::with_capacity(compartments)) }
    }

    fn wrap(&mut self, sub_seed: Block, key: &Block) {
        self.sealed.wraps.push(xor(&sub_seed, key));
        self.sub_seeds.push(sub_seed);
    }

    /// The mask of one entry.
    pub(super) fn mask<C: KeyCurve>(&self, digest: &StatementDigest, slot: &Slot<'_>) -> C::Scalar {
        let sub_seed = self.sub_seeds.get(usize::from(slot.compartment)).copied().unwrap_or_default();
        mask::<C>(digest, self.index, slot, &Zeroizing::new(sub_seed))
    }
}

impl Seed {
    fn exponent(&self, digest: &StatementDigest) -> Scalar {
        let hash = Xof::for_scalar::<Bls12381G1>("kem").part(&digest.0);
        hash.index(self.index).part(&self.bytes).scalar::<Bls12381G1>()
    }

    fn sub_seed(&self, digest: &StatementDigest, compartment: u16) -> Block {
        Xof::new("sub-seed").part(&digest.0).index(self.index).index(compartment).part(&self.bytes).output()
    }
}

/// The lock of a compartment, with its bases tabulated.
enum LockTable {
    Recovery { power: GtTable, blinder: G1Table },
    Member { key: G1Table },
}

impl LockTable {
    fn new(lock: &Lock, digest: &StatementDigest) -> Result<Self> {
        Ok(match lock {
            Lock::Recovery { recovery_key, blinder } => {
                let unlock_point = G2Affine::hash(&digest.unlock_message());
                let base = pairing(&recovery_key.to_g1()?.to_affine(), &unlock_point);
                Self::Recovery { power: GtTable::new(base), blinder: G1Table::new(blinder.to_g1()?) }
            }
            Lock::Member { member_key } => Self::Member { key: G1Table::new(member_key.to_g1()?) },
        })
    }

    /// The keys that wrap the sub-seeds of this compartment, one for each exponent.
    fn wrap_keys<E: ScalarExposure>(
        &self,
        digest: &StatementDigest,
        compartment: u16,
        exponents: &[Scalar],
        instances: &[Instance],
    ) -> Zeroizing<Vec<Block>> {
        let (Self::Recovery { blinder: base, .. } | Self::Member { key: base }) = self;
        let shared = points::<E>(base, exponents);
        let rows = instances.iter().zip(exponents).zip(shared.iter());
        let keys = rows.map(|((instance, exponent), point)| {
            let hash = wrap_hash(digest, instance.index, compartment, &instance.sealed.kem);
            self.wrap_key::<E>(hash, exponent, point)
        });
        Zeroizing::new(keys.collect())
    }

    fn wrap_key<E: ScalarExposure>(&self, mut hash: Xof, exponent: &Scalar, point: &G1Affine) -> Block {
        if let Self::Recovery { power, .. } = self {
            let power = Zeroizing::new(power.pow::<E>(exponent));
            hash.add(&*Zeroizing::new(power.encode()));
        }
        hash.part(&*Zeroizing::new(point.encode())).output()
    }
}

/// The hash of a wrap key, to which the shared values of its lock are added.
pub(super) fn wrap_hash(digest: &StatementDigest, index: u16, compartment: u16, kem: &[u8; G1_LEN]) -> Xof {
    Xof::new("wrap").part(&digest.0).index(index).index(compartment).part(kem)
}

/// The mask of an entry, from the sub-seed of its compartment.
pub(super) fn mask<C: KeyCurve>(digest: &StatementDigest, index: u16, slot: &Slot<'_>, sub_seed: &Block) -> C::Scalar {
    let hash = Xof::for_scalar::<C>("mask").part(&digest.0).index(index);
    hash.index(slot.compartment).index(slot.index).part(sub_seed).scalar::<C>()
}

pub(super) fn xor(a: &Block, b: &Block) -> Block {
    core::array::from_fn(|i| a.get(i).zip(b.get(i)).map_or(0, |(a, b)| a ^ b))
}

fn points<E: ScalarExposure>(base: &G1Table, exponents: &[Scalar]) -> Zeroizing<Vec<G1Affine>> {
    let points: Vec<G1> = exponents.iter().map(|exponent| base.mul::<E>(exponent)).collect();
    Zeroizing::new(G1::batch_to_affine(&Zeroizing::new(points)))
}
