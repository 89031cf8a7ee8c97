//! Secret polynomials (spec §4.2).

use super::lagrange::lagrange_basis;
use super::{Identifier, VssCommitment};
use crate::curve::{CurvePoint, KeyCurve};
use crate::error::Result;
use alloc::vec;
use alloc::vec::Vec;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// A polynomial over the scalar field of a curve, constant term first. The constant term is the shared secret.
#[derive(ZeroizeOnDrop)]
pub(crate) struct Polynomial<C: KeyCurve>(Zeroizing<Vec<C::Scalar>>);

impl<C: KeyCurve> Polynomial<C> {
    pub(crate) fn new(coefficients: Zeroizing<Vec<C::Scalar>>) -> Self {
        Self(coefficients)
    }

    /// The polynomial of least degree with these values. Constant time in the values. Fails like
    /// [`Identifier::check`].
    pub(crate) fn interpolate(identifiers: &[Identifier], values: &[C::Scalar]) -> Result<Self> {
        let elements = Identifier::check::<C>(identifiers)?;
        let mut coefficients = Zeroizing::new(vec![C::Scalar::from(0); elements.len()]);
        for (own, value) in values.iter().enumerate().take(elements.len()) {
            let basis = lagrange_basis::<C>(own, &elements);
            coefficients.iter_mut().zip(&basis).for_each(|(sum, factor)| *sum = *sum + *value * *factor);
        }
        Ok(Self(coefficients))
    }

    /// The coefficients, constant term first.
    pub(crate) fn coefficients(&self) -> &[C::Scalar] {
        &self.0
    }

    /// The share of a party: the value at its identifier.
    pub(crate) fn evaluate(&self, identifier: &Identifier) -> C::Scalar {
        let x = identifier.field::<C>();
        self.0.iter().rev().fold(C::Scalar::from(0), |value, coefficient| value * x + *coefficient)
    }

    /// The commitments to the coefficients. Fails if one is the identity, which a random coefficient is with negligible
    /// probability.
    pub(crate) fn commit(&self) -> Result<VssCommitment> {
        let points = self.0.iter().map(C::generator_mul);
        let commitments: Result<Vec<CurvePoint>> = points.map(|point| CurvePoint::from_point::<C>(&point)).collect();
        VssCommitment::new(commitments?)
    }
}
