//! The default backend, over the `blst` library.
//!
//! # Safety
//!
//! Every `unsafe` block of this module is a call into blst through [`ffi!`] or with the same discipline: each
//! pointer comes from a Rust reference to an initialised value of exactly the C type in the prototype, outputs
//! are exclusive, slices are passed with their own length, and blst keeps no pointer after it returns. An output
//! that is an input, too, is the same pointer twice, and the function is one that blst itself calls so. Every bit
//! pattern these functions are given is valid for them: points reach this module only through the checked decoders
//! or through group operations.

use super::fixed_base::TableEntry;
use crate::declassify;
use crate::pairing::{G1_LEN, G2_LEN, GT_LEN, SCALAR_LEN};
use ::blst::*;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub};
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroize;

/// Calls a blst function whose first argument is its result.
macro_rules! ffi {
    ($function:ident($($argument:expr),*)) => {{
        let mut out = Default::default();
        // SAFETY: see the module's Safety section; `out` is initialised and exclusively borrowed.
        unsafe { $function(&mut out, $($argument),*) };
        out
    }};
}

mod affine;
#[cfg(feature = "bls12381-g2")]
mod g2;
mod msm;
#[cfg(feature = "bls12381-g2")]
pub use g2::G2;

const HASH_TO_G2_SUITE: &[u8] = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";
const SCALAR_BITS: usize = 255;

/// An element of the scalar field: an integer modulo the group order r.
#[derive(Clone, Copy, Default)]
pub struct Scalar(blst_fr);

impl Scalar {
    /// The additive identity.
    pub const ZERO: Self = Self(blst_fr { l: [0; 4] });

    /// Reduces a big-endian integer of any length modulo r. Constant time in the value, not in the length.
    pub fn reduce(bytes: &[u8]) -> Self {
        let mut scalar = blst_scalar::default();
        // SAFETY: see the module's Safety section; pointer and length come from one slice.
        unsafe { blst_scalar_from_be_bytes(&mut scalar, bytes.as_ptr(), bytes.len()) };
        let reduced = Self(ffi!(blst_fr_from_scalar(&scalar)));
        scalar.zeroize();
        reduced
    }

    /// Decodes 32 big-endian bytes; `None` unless they are an integer below r.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; SCALAR_LEN] = bytes.try_into().ok()?;
        let mut scalar: blst_scalar = ffi!(blst_scalar_from_bendian(bytes.as_ptr()));
        // SAFETY: see the module's Safety section.
        let canonical = declassify::is_canonical(unsafe { blst_scalar_fr_check(&scalar) });
        let decoded = Self(ffi!(blst_fr_from_scalar(&scalar)));
        scalar.zeroize();
        canonical.then_some(decoded)
    }

    /// Encodes as 32 big-endian bytes.
    pub fn encode(&self) -> [u8; SCALAR_LEN] {
        let mut bytes = self.to_le_bytes();
        bytes.reverse();
        bytes
    }

    /// The 32 little-endian bytes of the canonical representative.
    pub(crate) fn to_le_bytes(self) -> [u8; SCALAR_LEN] {
        let scalar: blst_scalar = ffi!(blst_scalar_from_fr(&self.0));
        scalar.b
    }

    /// The multiplicative inverse; zero has none and gives zero.
    pub fn invert(&self) -> Self {
        Self(ffi!(blst_fr_eucl_inverse(&self.0)))
    }
}

impl From<u64> for Scalar {
    fn from(value: u64) -> Self {
        let limbs = [value, 0, 0, 0];
        Self(ffi!(blst_fr_from_uint64(limbs.as_ptr())))
    }
}

impl Add for Scalar {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(ffi!(blst_fr_add(&self.0, &other.0)))
    }
}

impl Sub for Scalar {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(ffi!(blst_fr_sub(&self.0, &other.0)))
    }
}

impl Mul for Scalar {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(ffi!(blst_fr_mul(&self.0, &other.0)))
    }
}

impl Neg for Scalar {
    type Output = Self;
    fn neg(self) -> Self {
        Self(ffi!(blst_fr_cneg(&self.0, true)))
    }
}

impl ConstantTimeEq for Scalar {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.l.ct_eq(&other.0.l)
    }
}

impl Zeroize for Scalar {
    fn zeroize(&mut self) {
        self.0.l.zeroize();
    }
}

impl core::fmt::Debug for Scalar {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Scalar(redacted)")
    }
}

/// A point of G1, in Jacobian coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub struct G1(blst_p1);

impl G1 {
    /// The neutral element.
    pub const IDENTITY: Self =
        Self(blst_p1 { x: blst_fp { l: [0; 6] }, y: blst_fp { l: [0; 6] }, z: blst_fp { l: [0; 6] } });

    /// The generator g1.
    pub fn generator() -> Self {
        // SAFETY: blst returns a pointer to a static constant.
        Self(unsafe { *blst_p1_generator() })
    }

    /// Twice the point.
    pub fn double(&self) -> Self {
        Self(ffi!(blst_p1_double(&self.0)))
    }

    /// Affine coordinates. Costs one field inversion; see [`G1::batch_to_affine`].
    pub fn to_affine(&self) -> G1Affine {
        G1Affine(ffi!(blst_p1_to_affine(&self.0)))
    }

    /// Affine coordinates of many points, for little more than the price of one inversion.
    pub fn batch_to_affine(points: &[Self]) -> Vec<G1Affine> {
        let mut affine = vec![G1Affine::default(); points.len()];
        if let Some(first) = points.first() {
            let contiguous = [&raw const first.0, core::ptr::null()];
            // SAFETY: `G1` and `G1Affine` are transparent over the C types, blst walks `points.len()` of them from
            // `first` on (that is what a null second pointer means), and `affine` has the same length.
            unsafe { blst_p1s_to_affine(affine.as_mut_ptr().cast(), contiguous.as_ptr(), points.len()) };
        }
        affine
    }

    /// Sum of `scalar * point` over the terms. For public data only: the time depends on the scalars.
    pub fn sum_of_products_vartime(terms: &[(Self, Scalar)]) -> Self {
        let (points, scalars): (Vec<_>, Vec<_>) = terms.iter().copied().unzip();
        let points = Self::batch_to_affine(&points);
        Self(msm::g1(points.into_iter().map(|point| point.0).zip(scalars)))
    }

    /// Is this the neutral element?
    pub fn is_identity(&self) -> bool {
        // SAFETY: see the module's Safety section.
        unsafe { blst_p1_is_inf(&self.0) }
    }
}

impl Add for G1 {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(ffi!(blst_p1_add_or_double(&self.0, &other.0)))
    }
}

impl AddAssign<&G1Affine> for G1 {
    fn add_assign(&mut self, other: &G1Affine) {
        let sum: *mut blst_p1 = &mut self.0;
        // SAFETY: see the module's Safety section.
        unsafe { blst_p1_add_or_double_affine(sum, sum, &other.0) };
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
    fn neg(mut self) -> Self {
        // SAFETY: see the module's Safety section.
        unsafe { blst_p1_cneg(&mut self.0, true) };
        self
    }
}

impl Sub for G1 {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul<Scalar> for G1 {
    type Output = Self;
    fn mul(self, scalar: Scalar) -> Self {
        let mut bytes = scalar.to_le_bytes();
        let product = Self(ffi!(blst_p1_mult(&self.0, bytes.as_ptr(), SCALAR_BITS)));
        bytes.zeroize();
        product
    }
}

impl Zeroize for G1 {
    fn zeroize(&mut self) {
        [&mut self.0.x, &mut self.0.y, &mut self.0.z].into_iter().for_each(|coordinate| coordinate.l.zeroize());
    }
}

/// A point of G1, in affine coordinates: the form that is encoded, tabulated and paired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub struct G1Affine(blst_p1_affine);

impl G1Affine {
    /// Decodes a compressed point; `None` unless it is canonical, on the curve, in the subgroup of order r, and
    /// not the identity.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        //= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
        //# A decoder MUST refuse, with InvalidPoint, a point of the curve that is outside the subgroup of prime order.
        // SAFETY: see the module's Safety section; the point is on the curve, as the subgroup check requires.
        Self::decode_known(bytes)
            .filter(|point| unsafe { blst_p1_affine_in_g1(&point.0) && !blst_p1_affine_is_inf(&point.0) })
    }

    /// Decodes what [`G1Affine::decode`] has accepted before, without another check of the subgroup.
    #[doc(hidden)]
    pub fn decode_known(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; G1_LEN] = bytes.try_into().ok()?;
        let mut point = blst_p1_affine::default();
        // SAFETY: see the module's Safety section.
        let error = unsafe { blst_p1_uncompress(&mut point, bytes.as_ptr()) };
        (error == BLST_ERROR::BLST_SUCCESS).then_some(Self(point))
    }

    /// Encodes as a compressed point.
    pub fn encode(&self) -> [u8; G1_LEN] {
        let mut bytes = [0; G1_LEN];
        // SAFETY: see the module's Safety section; the output has the 48 bytes blst writes.
        unsafe { blst_p1_affine_compress(bytes.as_mut_ptr(), &self.0) };
        bytes
    }
}

impl TableEntry for G1Affine {
    fn blank() -> Self {
        Self::default()
    }
    #[inline(always)]
    fn take_if(&mut self, entry: &Self, chosen: Choice) {
        let mask = mask(chosen);
        or_masked(&mut self.0.x, &entry.0.x, mask);
        or_masked(&mut self.0.y, &entry.0.y, mask);
    }
}

impl From<G1Affine> for G1 {
    fn from(point: G1Affine) -> Self {
        Self(ffi!(blst_p1_from_affine(&point.0)))
    }
}

impl Neg for G1Affine {
    type Output = Self;
    fn neg(mut self) -> Self {
        self.0.y = ffi!(blst_fp_cneg(&self.0.y, true));
        self
    }
}

impl Zeroize for G1Affine {
    fn zeroize(&mut self) {
        [&mut self.0.x, &mut self.0.y].into_iter().for_each(|coordinate| coordinate.l.zeroize());
    }
}

/// A point of G2, in affine coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct G2Affine(blst_p2_affine);

impl G2Affine {
    /// H2: hashes a message to G2 (RFC 9380, suite `BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_`).
    pub fn hash(message: &[u8]) -> Self {
        let suite = HASH_TO_G2_SUITE;
        let point =
            ffi!(blst_hash_to_g2(message.as_ptr(), message.len(), suite.as_ptr(), suite.len(), core::ptr::null(), 0));
        Self(ffi!(blst_p2_to_affine(&point)))
    }

    /// Decodes a compressed point; `None` unless it is canonical, on the curve, in the subgroup of order r, and
    /// not the identity.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; G2_LEN] = bytes.try_into().ok()?;
        let mut point = blst_p2_affine::default();
        // SAFETY: see the module's Safety section.
        let error = unsafe { blst_p2_uncompress(&mut point, bytes.as_ptr()) };
        let decoded = declassify::is_point(error == BLST_ERROR::BLST_SUCCESS);
        // SAFETY: as above; after success `point` is on the curve, as the subgroup check requires.
        let valid =
            decoded && declassify::is_point(unsafe { blst_p2_affine_in_g2(&point) & !blst_p2_affine_is_inf(&point) });
        valid.then_some(Self(point))
    }

    /// Encodes as a compressed point.
    pub fn encode(&self) -> [u8; G2_LEN] {
        let mut bytes = [0; G2_LEN];
        // SAFETY: see the module's Safety section; the output has the 96 bytes blst writes.
        unsafe { blst_p2_affine_compress(bytes.as_mut_ptr(), &self.0) };
        bytes
    }

    /// Sum of `scalar * point` over the terms, for public scalars. Constant time in the points: decryption shares are
    /// added up here.
    pub fn sum_of_products_vartime(terms: &[(Self, Scalar)]) -> Self {
        let sum = terms.iter().fold(blst_p2::default(), |sum, (point, scalar)| {
            ffi!(blst_p2_add_or_double(&sum, &point.mul_jacobian(*scalar)))
        });
        Self(ffi!(blst_p2_to_affine(&sum)))
    }

    fn mul_jacobian(&self, scalar: Scalar) -> blst_p2 {
        let mut bytes = scalar.to_le_bytes();
        let point: blst_p2 = ffi!(blst_p2_from_affine(&self.0));
        let product = ffi!(blst_p2_mult(&point, bytes.as_ptr(), SCALAR_BITS));
        bytes.zeroize();
        product
    }
}

impl Mul<Scalar> for G2Affine {
    type Output = Self;
    fn mul(self, scalar: Scalar) -> Self {
        Self(ffi!(blst_p2_to_affine(&self.mul_jacobian(scalar))))
    }
}

impl Zeroize for G2Affine {
    fn zeroize(&mut self) {
        let coordinates = [&mut self.0.x, &mut self.0.y];
        coordinates.into_iter().flat_map(|pair| pair.fp.iter_mut()).for_each(|fp| fp.l.zeroize());
    }
}

/// An element of GT, written multiplicatively.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gt(blst_fp12);

impl Gt {
    /// The neutral element, one.
    pub fn identity() -> Self {
        Self(blst_fp12::default())
    }

    /// The hash input that stands for this element: 576 bytes, six coefficients over Fp2 in ascending powers of w,
    /// each as c0 then c1, big-endian.
    pub fn encode(&self) -> [u8; GT_LEN] {
        let mut bytes = [0; GT_LEN];
        // SAFETY: see the module's Safety section; the output has the 576 bytes blst writes.
        unsafe { blst_bendian_from_fp12(bytes.as_mut_ptr(), &self.0) };
        bytes
    }

    /// The square: in GT it is cheaper than a product.
    pub fn square(&self) -> Self {
        let mut square = self.0;
        // SAFETY: see the module's Safety section.
        unsafe { blst_fp12_cyclotomic_sqr(&mut square, &self.0) };
        Self(square)
    }

    /// The inverse: in GT it is the conjugate, at almost no cost.
    pub fn invert(&self) -> Self {
        let mut inverse = self.0;
        // SAFETY: see the module's Safety section.
        unsafe { blst_fp12_conjugate(&mut inverse) };
        Self(inverse)
    }

    /// The element to the power of 0xd201000000010000, the absolute value of the curve's parameter.
    pub fn pow_parameter(&self) -> Self {
        // Frobenius raises to the parameter, which is negative.
        Self(ffi!(blst_fp12_frobenius_map(&self.0, 1))).invert()
    }
}

impl MulAssign<&Gt> for Gt {
    fn mul_assign(&mut self, other: &Gt) {
        let product: *mut blst_fp12 = &mut self.0;
        // SAFETY: see the module's Safety section.
        unsafe { blst_fp12_mul(product, product, &other.0) };
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
        let coefficients = self.0.fp6.iter_mut().flat_map(|half| half.fp2.iter_mut());
        coefficients.flat_map(|pair| pair.fp.iter_mut()).for_each(|fp| fp.l.zeroize());
    }
}

impl TableEntry for Gt {
    fn blank() -> Self {
        let zero = blst_fp2 { fp: [blst_fp { l: [0; 6] }; 2] };
        Self(blst_fp12 { fp6: [blst_fp6 { fp2: [zero; 3] }; 2] })
    }
    #[inline(always)]
    fn take_if(&mut self, entry: &Self, chosen: Choice) {
        let mask = mask(chosen);
        for (half, other) in self.0.fp6.iter_mut().zip(&entry.0.fp6) {
            for (pair, other) in half.fp2.iter_mut().zip(&other.fp2) {
                for (fp, other) in pair.fp.iter_mut().zip(&other.fp) {
                    or_masked(fp, other, mask);
                }
            }
        }
    }
}

/// The pairing e(p, q). Its exponent is fixed in spec §3.1.
//= spec/3-primitives.md#3-1-groups-and-pairing
//# An implementation MUST compute the pairing with exactly this exponent and this sign.
pub fn pairing(p: &G1Affine, q: &G2Affine) -> Gt {
    let miller: blst_fp12 = ffi!(blst_miller_loop(&q.0, &p.0));
    Gt(ffi!(blst_final_exp(&miller)))
}

/// Is the product of the pairings one? All Miller loops share one final exponentiation. For public data only.
pub fn pairings_cancel_vartime(pairs: &[(G1Affine, G2Affine)]) -> bool {
    let product = pairs.iter().fold(blst_fp12::default(), |product, (p, q)| {
        let miller: blst_fp12 = ffi!(blst_miller_loop(&q.0, &p.0));
        ffi!(blst_fp12_mul(&product, &miller))
    });
    let product: blst_fp12 = ffi!(blst_final_exp(&product));
    // SAFETY: see the module's Safety section.
    unsafe { blst_fp12_is_one(&product) }
}

/// All ones for a true choice, all zeros for a false one.
fn mask(choice: Choice) -> u64 {
    u64::from(choice.unwrap_u8()).wrapping_neg()
}

/// Sets the bits that are set in both `fp` and `mask`: quicker than a selection, and enough for an entry that is blank.
#[inline(always)]
fn or_masked(sum: &mut blst_fp, fp: &blst_fp, mask: u64) {
    for (limb, other) in sum.l.iter_mut().zip(&fp.l) {
        *limb |= other & mask;
    }
}
