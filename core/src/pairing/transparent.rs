//! A backend without secrets, for tests: every element is its own discrete logarithm, and e(a, b) = ab. It is some
//! thousand times faster than the real ones, and the code above it is the same.
//!
//! Scalars are those of the real backend. Encodings have the lengths of the real ones and are refused for the same
//! reasons, but never carry the flag of a compressed point, so that no product decodes them:
//!
//! ```text
//! tag of the group, 1 byte || place, 1 byte || zeros || discrete logarithm, 32 bytes big-endian
//! ```
//!
//! The place is 0 in the subgroup and 1 on the curve outside of it; with another, and wherever a zero is missing, the
//! bytes are on no curve. A logarithm that is not below r is not canonical, and zero is the identity.

use super::fixed_base::PARAMETER;
pub use super::real::Scalar;
use super::{G1_LEN, G2_LEN, GT_LEN, SCALAR_LEN, ScalarExposure};
use crate::digest::Hexadecimal;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::{Add, Mul, Neg, Sub};
use once_cell::race::OnceBox;
use sha2::{Digest, Sha512};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

const OUTSIDE_THE_SUBGROUP: u8 = 1;

/// An element of one of the groups, which are told apart by a tag.
#[derive(Clone, Copy, Default)]
pub struct Element<const TAG: u8>(Scalar);

/// An element of G1.
pub type G1 = Element<b'1'>;
/// An element of G1 in the form that is encoded and paired.
pub type G1Affine = Element<b'a'>;
/// An element of G2.
pub type G2 = Element<b'2'>;
/// An element of G2 in the form that is encoded and paired.
pub type G2Affine = Element<b'b'>;

impl<const TAG: u8> Element<TAG> {
    /// The neutral element.
    pub const IDENTITY: Self = Self(Scalar::ZERO);

    /// The generator.
    pub fn generator() -> Self {
        Self(Scalar::from(1))
    }

    /// Is this the neutral element?
    pub fn is_identity(&self) -> bool {
        *self == Self::IDENTITY
    }

    /// Twice the element.
    pub fn double(&self) -> Self {
        *self + *self
    }

    /// Sum of `scalar * element` over the terms.
    pub fn sum_of_products_vartime(terms: &[(Self, Scalar)]) -> Self {
        terms.iter().fold(Self::IDENTITY, |sum, (element, scalar)| sum + *element * *scalar)
    }

    /// The encoding in so many bytes.
    fn to_bytes<const N: usize>(self) -> [u8; N] {
        let mut bytes = [0; N];
        bytes.iter_mut().take(1).for_each(|first| *first = TAG);
        bytes.iter_mut().rev().zip(self.0.encode().iter().rev()).for_each(|(byte, digit)| *byte = *digit);
        bytes
    }

    /// The element in the subgroup that is encoded here, unless it is the identity.
    fn from_bytes<const N: usize>(bytes: &[u8]) -> Option<Self> {
        let place = bytes.get(1)?;
        Self::known_from_bytes::<N>(bytes).filter(|point| *place != OUTSIDE_THE_SUBGROUP && !point.is_identity())
    }

    /// The element on the curve that is encoded here.
    fn known_from_bytes<const N: usize>(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; N] = bytes.try_into().ok()?;
        let (head, logarithm) = bytes.split_at_checked(N.checked_sub(SCALAR_LEN)?)?;
        let (start, zeros) = head.split_at_checked(2)?;
        let is_on_curve = matches!(start, [tag, 0 | OUTSIDE_THE_SUBGROUP] if *tag == TAG);
        let is_padded = [0; N].starts_with(zeros);
        Scalar::decode(logarithm).filter(|_| is_on_curve && is_padded).map(Self)
    }
}

impl G1 {
    /// The same in the other form.
    pub fn to_affine(&self) -> G1Affine {
        Element(self.0)
    }

    /// [`G1::to_affine`] for many.
    pub fn batch_to_affine(points: &[Self]) -> Vec<G1Affine> {
        points.iter().map(Self::to_affine).collect()
    }
}

impl G1Affine {
    /// Decodes an element of the subgroup that is not the identity.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        Self::from_bytes::<G1_LEN>(bytes)
    }

    /// Decodes what [`G1Affine::decode`] has accepted before, without another check of the subgroup.
    pub fn decode_known(bytes: &[u8]) -> Option<Self> {
        Self::known_from_bytes::<G1_LEN>(bytes)
    }

    /// The encoding.
    pub fn encode(&self) -> [u8; G1_LEN] {
        self.to_bytes()
    }
}

impl G2 {
    /// Many elements in the other form.
    pub fn batch_to_affine(points: &[Self]) -> Vec<G2Affine> {
        points.iter().map(|point| Element(point.0)).collect()
    }
}

impl G2Affine {
    /// Hashes a message: to a scalar, times the generator.
    pub fn hash(message: &[u8]) -> Self {
        Self(Scalar::reduce(&Sha512::digest(message)))
    }

    /// Decodes an element of the subgroup that is not the identity.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        Self::from_bytes::<G2_LEN>(bytes)
    }

    /// The encoding.
    pub fn encode(&self) -> [u8; G2_LEN] {
        self.to_bytes()
    }
}

impl<const TAG: u8> core::fmt::Debug for Element<TAG> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Element<{TAG}>({})", Hexadecimal(&self.0.encode()))
    }
}

impl<const TAG: u8> PartialEq for Element<TAG> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl<const TAG: u8> Eq for Element<TAG> {}

impl<const TAG: u8> Add for Element<TAG> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Add<&G1Affine> for G1 {
    type Output = Self;
    fn add(self, other: &G1Affine) -> Self {
        Self(self.0 + other.0)
    }
}

impl<const TAG: u8> Sub for Element<TAG> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl<const TAG: u8> Neg for Element<TAG> {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl<const TAG: u8> Mul<Scalar> for Element<TAG> {
    type Output = Self;
    fn mul(self, scalar: Scalar) -> Self {
        Self(self.0 * scalar)
    }
}

impl<const TAG: u8> Zeroize for Element<TAG> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl From<G1Affine> for G1 {
    fn from(point: G1Affine) -> Self {
        Self(point.0)
    }
}

impl From<G2Affine> for G2 {
    fn from(point: G2Affine) -> Self {
        Self(point.0)
    }
}

/// An element of GT, written multiplicatively.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gt(Element<b'T'>);

impl Gt {
    /// The neutral element, one.
    pub fn identity() -> Self {
        Self(Element::IDENTITY)
    }

    /// The hash input that stands for this element.
    pub fn encode(&self) -> [u8; GT_LEN] {
        self.0.to_bytes()
    }

    /// The square.
    pub fn square(&self) -> Self {
        Self(self.0.double())
    }

    /// The inverse.
    pub fn invert(&self) -> Self {
        Self(-self.0)
    }

    /// The element to the power of 0xd201000000010000, the absolute value of the curve's parameter.
    pub fn pow_parameter(&self) -> Self {
        Self(self.0 * Scalar::from(PARAMETER))
    }
}

impl Mul<&Gt> for Gt {
    type Output = Self;
    // A product is a sum of logarithms.
    #[allow(clippy::suspicious_arithmetic_impl)]
    fn mul(self, other: &Gt) -> Self {
        Self(self.0 + other.0)
    }
}

impl Zeroize for Gt {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// The pairing e(p, q).
pub fn pairing(p: &G1Affine, q: &G2Affine) -> Gt {
    Gt(Element(p.0 * q.0))
}

/// Is the product of the pairings one?
pub fn pairings_cancel_vartime(pairs: &[(G1Affine, G2Affine)]) -> bool {
    pairs.iter().fold(Element::IDENTITY, |sum, (p, q)| sum + pairing(p, q).0).is_identity()
}

/// A table for an element of G1, which needs none.
#[derive(Clone, Debug)]
pub struct G1Table(G1);

impl G1Table {
    /// For this base.
    pub fn narrow(base: G1) -> Self {
        Self(base)
    }

    /// For this base.
    pub fn wide(base: G1, _multiples: usize) -> Self {
        Self(base)
    }

    /// The base times the scalar.
    pub fn mul<E: ScalarExposure>(&self, scalar: &Scalar) -> G1 {
        self.0 * *scalar
    }

    /// The base times every scalar.
    pub fn mul_all_vartime(&self, scalars: &[Scalar]) -> Vec<G1Affine> {
        scalars.iter().map(|scalar| (self.0 * *scalar).to_affine()).collect()
    }
}

/// The table of the generator.
pub fn generator_table<E: ScalarExposure>() -> &'static G1Table {
    static TABLE: OnceBox<G1Table> = OnceBox::new();
    TABLE.get_or_init(|| Box::new(G1Table(G1::generator())))
}

/// A table for an element of GT, which needs none.
#[derive(Debug)]
pub struct GtTable(Gt);

impl GtTable {
    /// For this base.
    pub fn new(base: Gt) -> Self {
        Self(base)
    }

    /// The base to the power of the scalar.
    pub fn pow<E: ScalarExposure>(&self, scalar: &Scalar) -> Gt {
        Gt(self.0.0 * *scalar)
    }
}
