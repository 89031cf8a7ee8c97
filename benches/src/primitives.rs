//! The bare primitives that every operation is made of, at the prices of two makers.

use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::{Bls12381G1, KeyCurve, Secp256k1};
use relight::pairing::{
    G1, G1_LEN, G1Affine, G1Table, G2Affine, GtTable, Scalar, ScalarExposure, SecretScalarUse, generator_table, pairing,
};
use shake::{ExtendableOutput, Shake256, XofReader};
use std::cell::Cell;
use std::hint::black_box;
use std::marker::PhantomData;

/// Bytes that SHAKE256 takes in or gives out for each permutation.
pub const SHAKE_BLOCK: usize = 136;

const SCALARS: usize = 256;

/// What no implementation can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Primitive {
    /// A fixed point of BLS12-381 G1 times a scalar.
    G1Base,
    /// Any point of BLS12-381 G1 times a scalar, in constant time.
    G1Multiplication,
    /// A sum of so many public points of BLS12-381 G1 times scalars.
    G1Sum(usize),
    /// A point of BLS12-381 G1 from its encoding, checked to be in the subgroup.
    G1Decoding,
    /// A hash to BLS12-381 G2.
    G2Hash,
    /// Any point of BLS12-381 G2 times a scalar, in constant time.
    G2Multiplication,
    /// A fixed element of GT to the power of a scalar.
    GtPower,
    /// The pairing of BLS12-381.
    Pairing,
    /// The generator of secp256k1 times a scalar.
    K256Base,
    /// A point of secp256k1 from its encoding.
    K256Decoding,
    /// A sum of so many public points of secp256k1 times scalars.
    K256Sum(usize),
    /// One permutation of SHAKE256.
    Shake,
}

impl Primitive {
    /// Every primitive.
    pub const ALL: [Self; 12] = [
        Self::G1Base,
        Self::G1Multiplication,
        Self::G1Sum(10),
        Self::G1Decoding,
        Self::G2Hash,
        Self::G2Multiplication,
        Self::GtPower,
        Self::Pairing,
        Self::K256Base,
        Self::K256Decoding,
        Self::K256Sum(10),
        Self::Shake,
    ];

    /// For reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::G1Base => "G1, fixed base",
            Self::G1Multiplication => "G1, any base",
            Self::G1Sum(_) => "G1, sum of products",
            Self::G1Decoding => "G1, decoding",
            Self::G2Hash => "G2, hash to",
            Self::G2Multiplication => "G2, any base",
            Self::GtPower => "GT, power",
            Self::Pairing => "pairing",
            Self::K256Base => "secp256k1, generator",
            Self::K256Decoding => "secp256k1, decoding",
            Self::K256Sum(_) => "secp256k1, sum of products",
            Self::Shake => "SHAKE256, one block",
        }
    }
}

/// Somebody's primitives.
pub trait Prices {
    /// Runs one.
    fn run(&self, primitive: Primitive);
}

/// What blst and k256 offer themselves.
#[derive(Debug, Default)]
pub struct Backend(Inputs);

impl Prices for Backend {
    fn run(&self, primitive: Primitive) {
        match primitive {
            Primitive::G1Base => self.0.run(Primitive::G1Multiplication),
            Primitive::GtPower => _ = black_box(blst_power()),
            Primitive::K256Base => _ = black_box(k256_generator::<SecretScalarUse>(self.0.k256_scalar())),
            other => self.0.run(other),
        }
    }
}

/// What this crate makes of them: tables, and variable time where a scalar is public.
#[derive(Debug)]
pub struct Tables<E> {
    generator: &'static G1Table,
    power: GtTable,
    inputs: Inputs,
    exposure: PhantomData<E>,
}

impl<E: ScalarExposure> Default for Tables<E> {
    fn default() -> Self {
        let inputs = Inputs::default();
        let power = GtTable::new(pairing(&inputs.g1, &inputs.g2));
        Self { generator: generator_table::<E>(), power, inputs, exposure: PhantomData }
    }
}

impl<E: ScalarExposure> Prices for Tables<E> {
    fn run(&self, primitive: Primitive) {
        match primitive {
            Primitive::G1Base => _ = black_box(self.generator.mul::<E>(self.inputs.scalar())),
            Primitive::GtPower => _ = black_box(self.power.pow::<E>(self.inputs.scalar())),
            Primitive::K256Base => _ = black_box(k256_generator::<E>(self.inputs.k256_scalar())),
            other => self.inputs.run(other),
        }
    }
}

/// What the primitives run on.
#[derive(Debug)]
struct Inputs {
    scalars: Vec<(Scalar, k256::Scalar)>,
    turn: Cell<usize>,
    g1: G1Affine,
    g2: G2Affine,
    g1_encoding: [u8; G1_LEN],
    k256_encoding: Vec<u8>,
    g1_points: Vec<G1>,
    k256_points: Vec<k256::ProjectivePoint>,
}

impl Default for Inputs {
    fn default() -> Self {
        let rng = &mut StdRng::seed_from_u64(1);
        let g1 = G1::generator().to_affine();
        let scalars = (0..SCALARS).map(|_| (Bls12381G1::random_scalar(rng), Secp256k1::random_scalar(rng)));
        let scalars: Vec<_> = scalars.collect();
        Self {
            g1_points: scalars.iter().map(|(scalar, _)| Bls12381G1::generator_mul(scalar)).collect(),
            k256_points: scalars.iter().map(|(_, scalar)| Secp256k1::generator_mul(scalar)).collect(),
            scalars,
            turn: Cell::new(0),
            g1,
            g2: G2Affine::hash(b"floor"),
            g1_encoding: g1.encode(),
            k256_encoding: Secp256k1::encode_point(&k256::ProjectivePoint::GENERATOR),
        }
    }
}

impl Inputs {
    /// Another one each time: of one that is always the same, cache and branch prediction know the way.
    fn next(&self) -> &(Scalar, k256::Scalar) {
        self.turn.set((self.turn.get() + 1) % SCALARS);
        &self.scalars[self.turn.get()]
    }

    fn scalar(&self) -> &Scalar {
        &self.next().0
    }

    fn k256_scalar(&self) -> &k256::Scalar {
        &self.next().1
    }

    fn g1_sum(&self, terms: usize) -> G1 {
        let pairs = self.g1_points.iter().cycle().take(terms).map(|point| (*point, *self.scalar()));
        Bls12381G1::sum_of_products_vartime(&pairs.collect::<Vec<_>>())
    }

    fn k256_sum(&self, terms: usize) -> k256::ProjectivePoint {
        let pairs = self.k256_points.iter().cycle().take(terms).map(|point| (*point, *self.k256_scalar()));
        Secp256k1::sum_of_products_vartime(&pairs.collect::<Vec<_>>())
    }

    /// The primitives that have one price.
    fn run(&self, primitive: Primitive) {
        match primitive {
            Primitive::G1Multiplication => _ = black_box(G1::from(self.g1) * *self.scalar()),
            Primitive::G1Sum(terms) => _ = black_box(self.g1_sum(terms)),
            Primitive::G1Decoding => _ = black_box(G1Affine::decode(black_box(&self.g1_encoding))),
            Primitive::G2Hash => _ = black_box(G2Affine::hash(black_box(b"floor"))),
            Primitive::G2Multiplication => _ = black_box(self.g2 * *self.scalar()),
            Primitive::Pairing => _ = black_box(pairing(black_box(&self.g1), &self.g2)),
            Primitive::K256Decoding => _ = black_box(Secp256k1::decode_point(black_box(&self.k256_encoding))),
            Primitive::K256Sum(terms) => _ = black_box(self.k256_sum(terms)),
            Primitive::Shake => Shake256::default().finalize_xof().read(black_box(&mut [0; SHAKE_BLOCK])),
            Primitive::G1Base | Primitive::GtPower | Primitive::K256Base => {}
        }
    }
}

fn k256_generator<E: ScalarExposure>(scalar: &k256::Scalar) -> k256::ProjectivePoint {
    let multiply = if E::PUBLIC { Secp256k1::generator_mul_vartime } else { Secp256k1::generator_mul };
    multiply(scalar)
}

/// A power in GT with nothing but the backend's squarings and multiplications: 255 and 51, as signed windows of 5
/// bits need them.
fn blst_power() -> blst::blst_fp12 {
    let base = blst::blst_fp12::default();
    let mut power = base;
    for n in 0..255 {
        let mut square = base;
        // SAFETY: both are initialised values of the C type.
        unsafe { blst::blst_fp12_cyclotomic_sqr(&mut square, &power) };
        power = if n % 5 == 0 { square * base } else { square };
    }
    power
}
