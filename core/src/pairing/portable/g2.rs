//! G2 as a group of its own: what a key curve needs of it.

use super::*;

/// A point of G2, in projective coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct G2(bls::G2Projective);

impl G2 {
    /// The neutral element.
    pub const IDENTITY: Self = Self(bls::G2Projective::IDENTITY);

    /// The generator g2.
    pub fn generator() -> Self {
        Self(bls::G2Projective::GENERATOR)
    }

    /// Affine coordinates of many points, for little more than the price of one inversion.
    pub fn batch_to_affine(points: &[Self]) -> Vec<G2Affine> {
        let points: Vec<_> = points.iter().map(|point| point.0).collect();
        let mut affine = vec![bls::G2Affine::default(); points.len()];
        bls::G2Projective::batch_normalize(&points, &mut affine);
        affine.into_iter().map(G2Affine).collect()
    }

    /// Sum of `scalar * point` over the terms. For public data only: the time depends on the scalars.
    pub fn sum_of_products_vartime(terms: &[(Self, Scalar)]) -> Self {
        terms.iter().fold(Self::IDENTITY, |sum, (point, scalar)| sum + *point * *scalar)
    }
}

impl Add for G2 {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Neg for G2 {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sub for G2 {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<Scalar> for G2 {
    type Output = Self;
    fn mul(self, scalar: Scalar) -> Self {
        Self(self.0 * scalar.0)
    }
}

impl From<G2Affine> for G2 {
    fn from(point: G2Affine) -> Self {
        Self(point.0.into())
    }
}
