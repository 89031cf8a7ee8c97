//! A backend in Rust alone, over the crate `bls12_381_plus`: for targets without a C compiler, and to check the
//! default one against.
//!
//! # Constant time
//!
//! Multiplication, inversion, additions and selections of that crate take the same steps for every value: it adds at
//! every bit of a scalar, inverts by a fixed power, and its formulas have no exceptional cases. What follows:
//!
//! - It is written for a processor whose multiplication of 64-bit or 32-bit words takes the same time for all operands,
//!   which small ARM cores (Cortex-M0 to M3) do not promise.
//! - Comparison and decoding compute in constant time and then branch on the answer, as the default backend does.
//! - Nobody has reviewed that crate, and it does not wipe its intermediate values.

use super::fixed_base::{PARAMETER, TableEntry};
use crate::declassify;
use crate::pairing::{G1_LEN, G2_LEN, GT_LEN, SCALAR_LEN};
use alloc::vec;
use alloc::vec::Vec;
use bls12_381_plus as bls;
use bls12_381_plus::elliptic_curve_013::hash2curve::ExpandMsgXmd;
use core::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub};
use sha2_010::Sha256;
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroize;

#[cfg(feature = "bls12381-g2")]
mod g2;
#[cfg(feature = "bls12381-g2")]
pub use g2::G2;

const HASH_TO_G2_SUITE: &[u8] = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";
const FP2_LEN: usize = 96;

/// An element of the scalar field: an integer modulo the group order r.
#[derive(Clone, Copy, Default)]
pub struct Scalar(bls::Scalar);

impl Scalar {
    /// The additive identity.
    pub const ZERO: Self = Self(bls::Scalar::ZERO);

    /// Reduces a big-endian integer of any length modulo r. Constant time in the value, not in the length.
    pub fn reduce(bytes: &[u8]) -> Self {
        const TWO_TO_64: Scalar = Scalar(bls::Scalar::from_raw_unchecked([0, 1, 0, 0]));
        let words = bytes.rchunks(8).rev().map(|word| word.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte)));
        words.fold(Self::ZERO, |sum, word| sum * TWO_TO_64 + Self::from(word))
    }

    /// Decodes 32 big-endian bytes; `None` unless they are an integer below r.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let decoded = bls::Scalar::from_be_bytes(bytes.try_into().ok()?);
        let canonical = declassify::is_canonical(decoded.is_some().into());
        canonical.then_some(Self(decoded.unwrap_or(bls::Scalar::ZERO)))
    }

    /// Encodes as 32 big-endian bytes.
    pub fn encode(&self) -> [u8; SCALAR_LEN] {
        let mut bytes = self.to_le_bytes();
        bytes.reverse();
        bytes
    }

    /// The 32 little-endian bytes of the canonical representative.
    pub(crate) fn to_le_bytes(self) -> [u8; SCALAR_LEN] {
        self.0.to_le_bytes()
    }

    /// The multiplicative inverse; zero has none and gives zero.
    pub fn invert(&self) -> Self {
        Self(self.0.invert().unwrap_or(bls::Scalar::ZERO))
    }
}

impl From<u64> for Scalar {
    fn from(value: u64) -> Self {
        Self(value.into())
    }
}

impl Add for Scalar {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Scalar {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul for Scalar {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl Neg for Scalar {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl ConstantTimeEq for Scalar {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.ct_eq(&other.0)
    }
}

impl Zeroize for Scalar {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl core::fmt::Debug for Scalar {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Scalar(redacted)")
    }
}

/// A point of G1, in projective coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct G1(bls::G1Projective);

impl G1 {
    /// The neutral element.
    pub const IDENTITY: Self = Self(bls::G1Projective::IDENTITY);

    /// The generator g1.
    pub fn generator() -> Self {
        Self(bls::G1Projective::GENERATOR)
    }

    /// Twice the point.
    pub fn double(&self) -> Self {
        Self(self.0.double())
    }

    /// Affine coordinates. Costs one field inversion; see [`G1::batch_to_affine`].
    pub fn to_affine(&self) -> G1Affine {
        G1Affine(self.0.into())
    }

    /// Affine coordinates of many points, for little more than the price of one inversion.
    pub fn batch_to_affine(points: &[Self]) -> Vec<G1Affine> {
        let points: Vec<_> = points.iter().map(|point| point.0).collect();
        let mut affine = vec![bls::G1Affine::default(); points.len()];
        bls::G1Projective::batch_normalize(&points, &mut affine);
        affine.into_iter().map(G1Affine).collect()
    }

    /// Sum of `scalar * point` over the terms. For public data only: the time depends on the scalars.
    pub fn sum_of_products_vartime(terms: &[(Self, Scalar)]) -> Self {
        terms.iter().fold(Self::IDENTITY, |sum, (point, scalar)| sum + *point * *scalar)
    }

    /// Is this the neutral element?
    pub fn is_identity(&self) -> bool {
        self.0.is_identity().into()
    }
}

impl Add for G1 {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign<&G1Affine> for G1 {
    fn add_assign(&mut self, other: &G1Affine) {
        self.0 += other.0;
    }
}

impl Add<&G1Affine> for G1 {
    type Output = Self;
    fn add(mut self, other: &G1Affine) -> Self {
        self += other;
        self
    }
}

impl Neg for G1 {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sub for G1 {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<Scalar> for G1 {
    type Output = Self;
    fn mul(self, scalar: Scalar) -> Self {
        Self(self.0 * scalar.0)
    }
}

impl Zeroize for G1 {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// A point of G1, in affine coordinates: the form that is encoded, tabulated and paired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct G1Affine(bls::G1Affine);

impl G1Affine {
    /// Decodes a compressed point; `None` unless it is canonical, on the curve, in the subgroup of order r, and
    /// not the identity.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let point: Option<bls::G1Affine> = bls::G1Affine::from_compressed(bytes.try_into().ok()?).into();
        point.filter(|point| !bool::from(point.is_identity())).map(Self)
    }

    /// Decodes what [`G1Affine::decode`] has accepted before, without another check of the subgroup.
    #[doc(hidden)]
    pub fn decode_known(bytes: &[u8]) -> Option<Self> {
        Option::from(bls::G1Affine::from_compressed_unchecked(bytes.try_into().ok()?)).map(Self)
    }

    /// Encodes as a compressed point.
    pub fn encode(&self) -> [u8; G1_LEN] {
        self.0.to_compressed()
    }

    /// The sums of the points that are at one place in all rows. For public data only: the time depends on the points.
    pub fn sum_rows_vartime(rows: Vec<Vec<Self>>) -> Vec<Self> {
        let add = |sums: Vec<G1>, row: &Vec<Self>| sums.into_iter().zip(row).map(|(sum, point)| sum + point).collect();
        let zeros = vec![G1::IDENTITY; rows.iter().map(Vec::len).min().unwrap_or(0)];
        G1::batch_to_affine(&rows.iter().fold(zeros, add))
    }
}

impl From<G1Affine> for G1 {
    fn from(point: G1Affine) -> Self {
        Self(point.0.into())
    }
}

impl Neg for G1Affine {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Zeroize for G1Affine {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

// What tables ask for, which only one backend serves.
#[cfg(not(feature = "blst"))]
impl G1 {
    /// Into how many parts tables cut a scalar: the crate keeps its endomorphism to itself.
    pub(in crate::pairing) const PARTS: usize = 1;

    /// The point times z^2, z being the parameter of BLS12-381.
    pub(in crate::pairing) fn shift(&self) -> Self {
        *self * (Scalar::from(PARAMETER) * Scalar::from(PARAMETER))
    }
}

#[cfg(not(feature = "blst"))]
impl G1Affine {
    /// [`G1::shift`].
    pub(in crate::pairing) fn shift(&self) -> Self {
        G1::from(*self).shift().to_affine()
    }
}

impl TableEntry for G1Affine {
    fn blank() -> Self {
        Self::default()
    }
    fn take_if(&mut self, entry: &Self, chosen: Choice) {
        self.0.conditional_assign(&entry.0, chosen);
    }
}

/// A point of G2, in affine coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct G2Affine(bls::G2Affine);

impl G2Affine {
    /// H2: hashes a message to G2 (RFC 9380, suite `BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_`).
    pub fn hash(message: &[u8]) -> Self {
        Self(bls::G2Projective::hash::<ExpandMsgXmd<Sha256>>(message, HASH_TO_G2_SUITE).into())
    }

    /// Decodes a compressed point; `None` unless it is canonical, on the curve, in the subgroup of order r, and
    /// not the identity.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let decoded = bls::G2Affine::from_compressed(bytes.try_into().ok()?);
        let point = decoded.unwrap_or(bls::G2Affine::default());
        declassify::is_point((!point.is_identity()).into()).then_some(Self(point))
    }

    /// Encodes as a compressed point.
    pub fn encode(&self) -> [u8; G2_LEN] {
        self.0.to_compressed()
    }

    /// Sum of `scalar * point` over the terms. For public data only: the time depends on the scalars.
    pub fn sum_of_products_vartime(terms: &[(Self, Scalar)]) -> Self {
        let products = terms.iter().map(|(point, scalar)| point.0 * scalar.0);
        Self(products.fold(bls::G2Projective::IDENTITY, |sum, product| sum + product).into())
    }
}

impl Mul<Scalar> for G2Affine {
    type Output = Self;
    fn mul(self, scalar: Scalar) -> Self {
        Self((self.0 * scalar.0).into())
    }
}

impl Zeroize for G2Affine {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// An element of GT, written multiplicatively.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gt(bls::Gt);

impl Gt {
    /// The neutral element, one.
    pub fn identity() -> Self {
        Self(bls::Gt::IDENTITY)
    }

    /// The hash input that stands for this element: 576 bytes, six coefficients over Fp2 in ascending powers of w,
    /// each as c0 then c1, big-endian.
    pub fn encode(&self) -> [u8; GT_LEN] {
        // The crate puts the even powers of w first.
        let coefficients = self.0.to_bytes();
        let (even, odd) = coefficients.split_at(GT_LEN / 2);
        let mut bytes = [0; GT_LEN];
        let pairs = even.chunks_exact(FP2_LEN).zip(odd.chunks_exact(FP2_LEN)).flat_map(|(even, odd)| [even, odd]);
        bytes.chunks_exact_mut(FP2_LEN).zip(pairs).for_each(|(to, from)| to.copy_from_slice(from));
        bytes
    }

    /// The square.
    pub fn square(&self) -> Self {
        Self(self.0.double())
    }

    /// The inverse: in GT it is the conjugate, at almost no cost.
    pub fn invert(&self) -> Self {
        Self(-self.0)
    }

    /// The element to the power of 0xd201000000010000, the absolute value of the curve's parameter.
    pub fn pow_parameter(&self) -> Self {
        let bits = (0..u64::BITS - 1).rev().map(|bit| (PARAMETER >> bit) & 1 == 1);
        bits.fold(*self, |power, bit| if bit { power.square() * self } else { power.square() })
    }
}

impl MulAssign<&Gt> for Gt {
    // The crate writes GT as a sum.
    #[allow(clippy::suspicious_op_assign_impl)]
    fn mul_assign(&mut self, other: &Gt) {
        self.0 += other.0;
    }
}

impl Mul<&Gt> for Gt {
    type Output = Self;
    fn mul(mut self, other: &Gt) -> Self {
        self *= other;
        self
    }
}

impl Zeroize for Gt {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl TableEntry for Gt {
    fn blank() -> Self {
        Self::identity()
    }
    fn take_if(&mut self, entry: &Self, chosen: Choice) {
        self.0.conditional_assign(&entry.0, chosen);
    }
}

/// The pairing e(p, q). Its exponent is fixed in spec §3.1.
pub fn pairing(p: &G1Affine, q: &G2Affine) -> Gt {
    Gt(bls::pairing(&p.0, &q.0))
}

/// Is the product of the pairings one? All Miller loops share one final exponentiation. For public data only.
pub fn pairings_cancel_vartime(pairs: &[(G1Affine, G2Affine)]) -> bool {
    let prepared: Vec<_> = pairs.iter().map(|(p, q)| (p.0, bls::G2Prepared::from(q.0))).collect();
    let terms: Vec<_> = prepared.iter().map(|(p, q)| (p, q)).collect();
    bls::multi_miller_loop(&terms).final_exponentiation() == bls::Gt::IDENTITY
}
