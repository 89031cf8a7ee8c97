//! The primitives that an operation cannot avoid: its floor.
//!
//! Counted are the group operations and hashes of the specification, and nothing else: no table, no encoding and no
//! arithmetic of scalars.

use crate::primitives::{Prices, Primitive, SHAKE_BLOCK};
use relight::ParameterSet;

/// How often each primitive runs.
#[derive(Clone, Debug)]
pub struct Floor(Vec<(Primitive, usize)>);

impl Floor {
    /// Of any counts.
    pub fn new(counts: &[(Primitive, usize)]) -> Self {
        Self(counts.to_vec())
    }

    /// Runs the primitives.
    pub fn run(&self, prices: &impl Prices) {
        self.0.iter().for_each(|(primitive, count)| (0..*count).for_each(|_| prices.run(*primitive)));
    }
}

/// The entries of a compartment: so many on each curve.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// On secp256k1.
    pub secp256k1: usize,
    /// On BLS12-381 G1.
    pub bls: usize,
}

impl Keys {
    fn count(self) -> usize {
        self.secp256k1 + self.bls
    }

    /// A multiplication of the generator for every key.
    fn publics(self) -> [(Primitive, usize); 2] {
        [(Primitive::K256Base, self.secp256k1), (Primitive::G1Base, self.bls)]
    }

    /// A sum for every curve, with so many public points times scalars for every key.
    fn sums(self, points: usize) -> [(Primitive, usize); 2] {
        let (secp256k1, bls) = (self.secp256k1 * points, self.bls * points);
        [(Primitive::K256Sum(secp256k1), secp256k1.min(1)), (Primitive::G1Sum(bls), bls.min(1))]
    }

    /// A multiplication of the generator for every curve.
    fn commitment(self) -> [(Primitive, usize); 2] {
        Self { secp256k1: self.secp256k1.min(1), bls: self.bls.min(1) }.publics()
    }
}

/// What the encryption of a statement to recipients does; a backup has one.
#[derive(Clone, Copy, Debug)]
struct Encryption {
    parameters: ParameterSet,
    recipients: usize,
    keys: Keys,
    /// Of the shared values in a wrap key.
    shared_len: usize,
}

impl Encryption {
    /// From the seed of an instance: its KEM point, the point of every lock, the hashes.
    fn instance(self) -> [(Primitive, usize); 2] {
        let of_lock = blocks("sub-seed", &[32, 2, 2, 16], 16)
            + blocks("wrap", &[32, 2, 2, 48, self.shared_len], 16)
            + blocks("mask", &[32, 2, 2, 16], 48 * self.keys.count());
        let hashes = blocks("kem", &[2, 32, 2, 16], 48) + self.recipients * of_lock;
        [(Primitive::G1Base, 1 + self.recipients), (Primitive::Shake, hashes)]
    }

    fn response_hash(self) -> usize {
        blocks("response", &[&[32, 2, 16], vec![32; self.recipients * self.keys.count()].as_slice()].concat(), 20)
    }

    /// The hashes over all instances: the first one, the challenge and the coefficients.
    fn transcript(self) -> usize {
        let instances = usize::from(self.parameters.instances());
        let row = [&[48, 20], vec![16; self.recipients].as_slice()].concat();
        let commitments = [vec![33; self.keys.secp256k1.min(1)], vec![48; self.keys.bls.min(1)]].concat();
        let rows = |row: Vec<usize>| blocks("transcript", &row.repeat(instances), 32);
        blocks("proof", &[32, 16], 32)
            + rows(row)
            + rows(commitments)
            + blocks("batch", &[32], 48 * self.recipients * self.keys.count())
    }

    /// `derived` instances are made from their seeds, `bound` ones have their responses hashed.
    fn floor(self, derived: u16, bound: u16) -> Vec<(Primitive, usize)> {
        let times = |number: u16, counts: [(Primitive, usize); 2]| {
            counts.map(|(primitive, count)| (primitive, usize::from(number) * count))
        };
        let hashes = self.transcript() + usize::from(bound) * self.response_hash();
        [
            times(derived, self.instance()).as_slice(),
            &times(self.parameters.instances(), self.keys.commitment()),
            &[(Primitive::Shake, hashes)],
        ]
        .concat()
    }
}

/// The floors of a backup's life.
#[derive(Clone, Copy, Debug)]
pub struct BackupFloor(Encryption);

impl BackupFloor {
    /// A node's keys.
    pub fn new(parameters: ParameterSet, keys: Keys) -> Self {
        // An element of GT and a point.
        Self(Encryption { parameters, recipients: 1, keys, shared_len: 576 + 8 + 48 })
    }

    /// All instances, and every secret against its public share.
    pub fn encrypt(self) -> Floor {
        let instances = self.0.parameters.instances();
        let seeds = 2 * usize::from(instances) * blocks("seed", &[32, 2, 32], 16);
        let counts = [self.0.floor(instances, instances), self.unlocking(instances)].concat();
        Floor([counts.as_slice(), &self.0.keys.publics(), &[(Primitive::Shake, seeds)]].concat())
    }

    /// The opened instances from their seeds, the mask commitments of all, the batched sum of the public shares.
    pub fn verify(self) -> Floor {
        let (instances, kept) = (self.0.parameters.instances(), self.0.parameters.kept());
        let opened = instances - kept;
        Floor([self.0.floor(opened, kept), self.unlocking(opened), self.0.keys.sums(1).to_vec()].concat())
    }

    /// The first kept instance: its point decoded, paired, and multiplied by the Blinder; the Blinder and every
    /// secret against their public points.
    pub fn open(self) -> Floor {
        let Keys { secp256k1, bls } = self.0.keys;
        let lock = [
            (Primitive::G1Decoding, 1),
            (Primitive::Pairing, 1),
            (Primitive::G1Multiplication, 1),
            (Primitive::Shake, blocks("wrap", &[32, 2, 2, 48, self.0.shared_len], 16)),
        ];
        Floor([lock.as_slice(), &Keys { secp256k1, bls: bls + 1 }.publics()].concat())
    }

    /// The unlock value to the power of every scalar.
    fn unlocking(self, powers: u16) -> Vec<(Primitive, usize)> {
        vec![(Primitive::G2Hash, 1), (Primitive::Pairing, 1), (Primitive::GtPower, usize::from(powers))]
    }
}

/// To check a dealing: the opened instances with a point for every recipient, the mask commitments of all, the
/// commitments decoded and summed up, two multiplications for every proof of possession.
pub fn verify_dealing(parameters: ParameterSet, keys: Keys, recipients: usize, threshold: usize) -> Floor {
    let encryption = Encryption { parameters, recipients, keys, shared_len: 48 };
    let (instances, kept) = (parameters.instances(), parameters.kept());
    let points = [(Primitive::K256Decoding, keys.secp256k1), (Primitive::G1Decoding, keys.bls)];
    let points = points.map(|(primitive, keys)| (primitive, keys * (threshold + 1)));
    let proofs = Keys { secp256k1: 2 * keys.secp256k1, bls: 2 * keys.bls }.publics();
    Floor([encryption.floor(instances - kept, kept).as_slice(), &points, &keys.sums(threshold), &proofs].concat())
}

/// Permutations of SHAKE256 for a hash of parts with these lengths, each with its length before it.
fn blocks(label: &str, parts: &[usize], output: usize) -> usize {
    let absorbed: usize = ["relight-v1".len(), label.len()].iter().chain(parts).map(|part| 8 + part).sum();
    absorbed / SHAKE_BLOCK + output.div_ceil(SHAKE_BLOCK).max(1)
}
