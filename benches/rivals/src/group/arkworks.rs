//! Any curve of arkworks, with Bulletproofs++ by the crate `bulletproofs_plus_plus`.

use super::{Decoded, Group, SCALAR};
use ark_ec::{AffineRepr, CurveGroup, VariableBaseMSM};
use ark_ff::{Field, PrimeField};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use blake2::Blake2b512;
use bulletproofs_plus_plus::range_proof::{Proof, Prover};
use bulletproofs_plus_plus::setup::SetupParams;
use dock_crypto_utils::msm::WindowTable;
use dock_crypto_utils::transcript::{MerlinTranscript, Transcript as _};
use merlin::Transcript;
use rand_08::rngs::StdRng;
use relight::curve::CurveId;

/// Values are shown to have so many bits by their digits in this base: a byte has two.
const BASE: u16 = 16;

/// Multiplications of one point for which its table is made.
const MULTIPLICATIONS: usize = 512;

/// Terms of a sum.
const BUCKETS_PAY_FROM: usize = 96;

/// `POINT` is the length of a compressed point.
pub struct Arkworks<G: AffineRepr, const POINT: usize> {
    curve: CurveId,
    generator: WindowTable<G::Group>,
}

impl<G: AffineRepr, const POINT: usize> Arkworks<G, POINT> {
    pub fn new(curve: CurveId) -> Self {
        assert_eq!(G::generator().compressed_size(), POINT);
        Self { curve, generator: WindowTable::new(MULTIPLICATIONS, G::Group::from(G::generator())) }
    }
}

pub struct Bases<G: AffineRepr> {
    bits: u16,
    blinding: WindowTable<G::Group>,
    setup: SetupParams<G>,
}

impl<G: AffineRepr, const POINT: usize> Group for Arkworks<G, POINT> {
    const POINT: usize = POINT;
    type Scalar = G::ScalarField;
    type Point = G::Group;
    type Bases = Bases<G>;

    fn curve(&self) -> CurveId {
        self.curve
    }

    fn range_proof(&self) -> &'static str {
        "Bulletproofs++"
    }

    fn reduce(&self, wide: &[u8; 2 * SCALAR]) -> G::ScalarField {
        G::ScalarField::from_le_bytes_mod_order(wide)
    }

    fn invert(&self, scalar: &G::ScalarField) -> G::ScalarField {
        scalar.inverse().expect("not zero")
    }

    fn little_endian(&self, scalar: &G::ScalarField) -> [u8; SCALAR] {
        let mut bytes = [0; SCALAR];
        scalar.serialize_compressed(&mut bytes[..]).expect("32 bytes");
        bytes
    }

    fn scalar(&self, little_endian: &[u8]) -> Option<G::ScalarField> {
        G::ScalarField::deserialize_compressed(little_endian).ok()
    }

    fn generator(&self) -> G::Group {
        G::generator().into()
    }

    fn generator_times(&self, scalar: &G::ScalarField) -> G::Group {
        &self.generator * scalar
    }

    fn times(&self, point: &G::Group, scalar: &G::ScalarField) -> G::Group {
        *point * scalar
    }

    fn sum_vartime(&self, scalars: &[G::ScalarField], points: &[G::Group]) -> G::Group {
        if points.len() < BUCKETS_PAY_FROM {
            return short_sum(&scalars.iter().map(|scalar| self.little_endian(scalar)).collect::<Vec<_>>(), points);
        }
        G::Group::msm_unchecked(&G::Group::normalize_batch(points), scalars)
    }

    fn encode(&self, points: &[G::Group]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(points.len() * POINT);
        let points = G::Group::normalize_batch(points);
        points.iter().for_each(|point| point.serialize_compressed(&mut bytes).expect("memory never fails"));
        bytes
    }

    fn decode(&self, bytes: &[u8]) -> Option<Vec<G::Group>> {
        bytes.chunks(POINT).map(|word| Some(G::deserialize_compressed(word).ok()?.into())).collect()
    }

    fn bases(&self, blinding: &G::Group, bits: usize, values: usize) -> Bases<G> {
        let bits = u16::try_from(bits).expect("few bits");
        let mut setup = SetupParams::new_for_perfect_range_proof::<Blake2b512>(b"range", BASE, bits, values as u32);
        // What the verifier does not use costs it time all the same.
        setup.G_vec.truncate(values * usize::from(bits / BASE.ilog2() as u16));
        (setup.G, setup.H_vec[0]) = (G::generator(), blinding.into_affine());
        Bases { bits, blinding: WindowTable::new(MULTIPLICATIONS, *blinding), setup }
    }

    fn prove_range(
        &self,
        bases: &Bases<G>,
        transcript: &mut Transcript,
        values: &[u64],
        blindings: &[G::ScalarField],
        rng: &mut StdRng,
    ) -> (Vec<u8>, Vec<u8>) {
        let commit =
            |(value, blinding): (&u64, _)| self.generator() * G::ScalarField::from(*value) + &bases.blinding * blinding;
        let commitments: Vec<G::Group> = values.iter().zip(blindings).map(commit).collect();
        let points = G::Group::normalize_batch(&commitments);
        let prover = Prover::new_with_given_base(BASE, bases.bits, points, values.to_vec(), blindings.to_vec());
        let prove = |transcript: &mut _| prover.expect("values in range").prove(rng, bases.setup.clone(), transcript);
        let (proof, mut bytes) = (with_its_own(transcript, prove).expect("values in range"), Vec::new());
        proof.serialize_compressed(&mut bytes).expect("memory never fails");
        (bytes, self.encode(&commitments))
    }

    fn verify_range(
        &self,
        bases: &Bases<G>,
        transcript: &mut Transcript,
        commitments: &Decoded<Self>,
        proof: &[u8],
    ) -> Option<()> {
        let proof = Proof::<G>::deserialize_compressed(proof).ok()?;
        let points = G::Group::normalize_batch(&commitments.points);
        with_its_own(transcript, |transcript| proof.verify(bases.bits, &points, &bases.setup, transcript)).ok()
    }
}

/// With shared doublings, digit by digit of four bits: what arkworks offers for sums pays for long ones only.
fn short_sum<P: CurveGroup>(scalars: &[[u8; SCALAR]], points: &[P]) -> P {
    let multiples = |point: &P| std::iter::successors(Some(P::zero()), |last| Some(*last + point)).take(16).collect();
    let tables: Vec<Vec<P>> = points.iter().map(multiples).collect();
    let digit = |scalar: &[u8; SCALAR], place: usize| usize::from((scalar[place / 2] >> (4 * (place % 2))) & 15);
    (0..2 * SCALAR).rev().fold(P::zero(), |sum, place| {
        let shifted = sum.double().double().double().double();
        tables.iter().zip(scalars).fold(shifted, |sum, (table, scalar)| sum + table[digit(scalar, place)])
    })
}

/// With a transcript of the kind that the crate takes, which goes on from ours, as ours does from it.
fn with_its_own<T>(transcript: &mut Transcript, action: impl FnOnce(&mut MerlinTranscript) -> T) -> T {
    let (mut before, mut after) = ([0; SCALAR], [0; SCALAR]);
    transcript.challenge_bytes(b"before", &mut before);
    let mut its_own = MerlinTranscript::new(b"range");
    its_own.append_message(b"before", &before);
    let result = action(&mut its_own);
    its_own.challenge_bytes(b"after", &mut after);
    transcript.append_message(b"after", &after);
    result
}
