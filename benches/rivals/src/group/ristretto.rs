//! Ristretto255, with the crate `bulletproofs`.

use super::{Decoded, Group, SCALAR};
use bulletproofs::{BulletproofGens, PedersenGens, RangeProof};
use curve25519_dalek::constants::{RISTRETTO_BASEPOINT_POINT, RISTRETTO_BASEPOINT_TABLE};
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use merlin::Transcript;
use rand_08::rngs::StdRng;
use relight::curve::CurveId;

pub struct Ristretto;

pub struct Bases {
    bits: usize,
    commitment: PedersenGens,
    range: BulletproofGens,
}

impl Group for Ristretto {
    const POINT: usize = 32;
    type Scalar = Scalar;
    type Point = RistrettoPoint;
    type Bases = Bases;

    fn curve(&self) -> CurveId {
        CurveId::Ristretto255
    }

    fn range_proof(&self) -> &'static str {
        "Bulletproofs"
    }

    fn reduce(&self, wide: &[u8; 2 * SCALAR]) -> Scalar {
        Scalar::from_bytes_mod_order_wide(wide)
    }

    fn invert(&self, scalar: &Scalar) -> Scalar {
        scalar.invert()
    }

    fn little_endian(&self, scalar: &Scalar) -> [u8; SCALAR] {
        scalar.to_bytes()
    }

    fn scalar(&self, little_endian: &[u8]) -> Option<Scalar> {
        Scalar::from_canonical_bytes(little_endian.try_into().ok()?).into()
    }

    fn generator(&self) -> RistrettoPoint {
        RISTRETTO_BASEPOINT_POINT
    }

    fn generator_times(&self, scalar: &Scalar) -> RistrettoPoint {
        scalar * RISTRETTO_BASEPOINT_TABLE
    }

    fn times(&self, point: &RistrettoPoint, scalar: &Scalar) -> RistrettoPoint {
        scalar * point
    }

    fn sum_vartime(&self, scalars: &[Scalar], points: &[RistrettoPoint]) -> RistrettoPoint {
        RistrettoPoint::vartime_multiscalar_mul(scalars, points)
    }

    fn encode(&self, points: &[RistrettoPoint]) -> Vec<u8> {
        points.iter().flat_map(|point| point.compress().to_bytes()).collect()
    }

    fn decode(&self, bytes: &[u8]) -> Option<Vec<RistrettoPoint>> {
        let decode = |word: &[u8]| CompressedRistretto::from_slice(word).ok()?.decompress();
        bytes.chunks(Self::POINT).map(decode).collect()
    }

    fn bases(&self, blinding: &RistrettoPoint, bits: usize, values: usize) -> Bases {
        let commitment = PedersenGens { B: RISTRETTO_BASEPOINT_POINT, B_blinding: *blinding };
        Bases { bits, commitment, range: BulletproofGens::new(bits, values) }
    }

    fn prove_range(
        &self,
        bases: &Bases,
        transcript: &mut Transcript,
        values: &[u64],
        blindings: &[Scalar],
        rng: &mut StdRng,
    ) -> (Vec<u8>, Vec<u8>) {
        let Bases { bits, commitment, range } = bases;
        let proof = RangeProof::prove_multiple_with_rng(range, commitment, transcript, values, blindings, *bits, rng);
        let (proof, commitments) = proof.expect("values in range");
        (proof.to_bytes(), commitments.iter().flat_map(CompressedRistretto::to_bytes).collect())
    }

    fn verify_range(
        &self,
        bases: &Bases,
        transcript: &mut Transcript,
        commitments: &Decoded<Self>,
        proof: &[u8],
    ) -> Option<()> {
        let Bases { bits, commitment, range } = bases;
        let commitments = commitments.bytes.chunks(Self::POINT).map(CompressedRistretto::from_slice);
        let commitments: Vec<_> = commitments.collect::<Result<_, _>>().ok()?;
        let proof = RangeProof::from_bytes(proof).ok()?;
        proof.verify_multiple(range, commitment, transcript, &commitments, *bits).ok()
    }
}
