//! Groups with all that exponent ElGamal takes, range proofs of published crates among it.

mod arkworks;
mod ristretto;

pub use arkworks::Arkworks;
pub use ristretto::Ristretto;

use merlin::Transcript;
use rand_08::RngCore;
use rand_08::rngs::StdRng;
use relight::curve::CurveId;
use std::fmt::Debug;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

/// Bytes of a scalar, whatever the group.
pub const SCALAR: usize = 32;

/// A scalar of 32 bytes.
pub trait Scalar:
    Copy
    + Debug
    + PartialEq
    + From<u64>
    + Sum
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
{
}

impl<S> Scalar for S where
    S: Copy
        + Debug
        + PartialEq
        + From<u64>
        + Sum
        + Neg<Output = S>
        + Add<Output = S>
        + Sub<Output = S>
        + Mul<Output = S>
{
}

/// A group of prime order, with a generator G.
pub trait Group: Sized + 'static {
    /// Bytes of a point.
    const POINT: usize;
    type Scalar: Scalar;
    type Point: Copy + PartialEq + Add<Output = Self::Point> + Sub<Output = Self::Point>;
    /// For range proofs of commitments to the bases G and another one.
    type Bases;

    fn curve(&self) -> CurveId;
    /// The crate of the range proofs.
    fn range_proof(&self) -> &'static str;

    fn reduce(&self, wide: &[u8; 2 * SCALAR]) -> Self::Scalar;
    fn invert(&self, scalar: &Self::Scalar) -> Self::Scalar;
    fn little_endian(&self, scalar: &Self::Scalar) -> [u8; SCALAR];
    /// Nothing, if not canonical.
    fn scalar(&self, little_endian: &[u8]) -> Option<Self::Scalar>;

    fn generator(&self) -> Self::Point;
    fn generator_times(&self, scalar: &Self::Scalar) -> Self::Point;
    fn times(&self, point: &Self::Point, scalar: &Self::Scalar) -> Self::Point;
    fn sum_vartime(&self, scalars: &[Self::Scalar], points: &[Self::Point]) -> Self::Point;
    fn encode(&self, points: &[Self::Point]) -> Vec<u8>;
    /// Nothing, if one of them is no point of the group.
    fn decode(&self, bytes: &[u8]) -> Option<Vec<Self::Point>>;

    /// For so many values of so many bits.
    fn bases(&self, blinding: &Self::Point, bits: usize, values: usize) -> Self::Bases;
    /// Commits to values, and proves that none has more bits: the proof, and the encoding of the commitments.
    fn prove_range(
        &self,
        bases: &Self::Bases,
        transcript: &mut Transcript,
        values: &[u64],
        blindings: &[Self::Scalar],
        rng: &mut StdRng,
    ) -> (Vec<u8>, Vec<u8>);
    fn verify_range(
        &self,
        bases: &Self::Bases,
        transcript: &mut Transcript,
        commitments: &Decoded<Self>,
        proof: &[u8],
    ) -> Option<()>;

    fn random(&self, rng: &mut StdRng) -> Self::Scalar {
        let mut wide = [0; 2 * SCALAR];
        rng.fill_bytes(&mut wide);
        self.reduce(&wide)
    }

    fn challenge(&self, transcript: &mut Transcript) -> Self::Scalar {
        let mut wide = [0; 2 * SCALAR];
        transcript.challenge_bytes(b"scalar", &mut wide);
        self.reduce(&wide)
    }

    fn append(&self, transcript: &mut Transcript, label: &'static [u8], points: &[Self::Point]) {
        transcript.append_message(label, &self.encode(points));
    }

    fn decode_with_bytes(&self, bytes: &[u8]) -> Option<Decoded<Self>> {
        Some(Decoded { points: self.decode(bytes)?, bytes: bytes.to_vec() })
    }
}

/// Points, and the bytes that they came as.
pub struct Decoded<G: Group> {
    pub bytes: Vec<u8>,
    pub points: Vec<G::Point>,
}

/// Sum of products.
pub fn dot<S: Scalar>(left: &[S], right: &[S]) -> S {
    left.iter().zip(right).map(|(a, b)| *a * *b).sum()
}

/// So many powers of the base, from its zeroth on.
pub fn powers<S: Scalar>(base: S, count: usize) -> Vec<S> {
    std::iter::successors(Some(S::from(1)), |power| Some(*power * base)).take(count).collect()
}

/// All of them, multiplied by the factor.
pub fn scaled<S: Scalar>(factor: S, scalars: &[S]) -> impl Iterator<Item = S> {
    scalars.iter().map(move |scalar| factor * *scalar)
}
