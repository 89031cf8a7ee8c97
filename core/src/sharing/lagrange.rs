//! Lagrange interpolation at a point, in the field and in the exponent (spec §4.4).

use super::Identifier;
#[cfg(hax)]
use crate::contracts;
use crate::curve::{CurvePoint, KeyCurve, SecretScalar, with_curve};
use crate::error::{Error, Result};
use alloc::vec;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// The weights that combine the shares of these parties to the secret. Fails like [`lagrange_at`].
#[hax_lib::ensures(|result| contracts::encodings::<C>(result)
    == contracts::encodings::<C>(contracts::weights::<C>(identifiers, C::Scalar::from(0))))]
pub(crate) fn lagrange_at_zero<C: KeyCurve>(identifiers: &[Identifier]) -> Result<Vec<C::Scalar>> {
    lagrange_at::<C>(identifiers, C::Scalar::from(0))
}

/// The weights that combine the shares of these parties to the value at a point: the product over j != i of
/// (x_j - at) / (x_j - x_i). Fails with [`Error::InvalidLength`] without parties, [`Error::ZeroIdentifier`] or
/// [`Error::DuplicateIdentifier`].
#[hax_lib::ensures(|result| contracts::encodings::<C>(result)
    == contracts::encodings::<C>(contracts::weights::<C>(identifiers, at)))]
pub(crate) fn lagrange_at<C: KeyCurve>(identifiers: &[Identifier], at: C::Scalar) -> Result<Vec<C::Scalar>> {
    if identifiers.is_empty() {
        return Err(Error::InvalidLength);
    }
    let elements = Identifier::check::<C>(identifiers)?;
    Ok((0..elements.len()).filter_map(|own| weight::<C>(own, &elements, at)).collect())
}

#[hax_lib::ensures(|result| result.map(contracts::encoding::<C>)
    == (own < elements.len()).then(|| contracts::encoding::<C>(contracts::weight::<C>(own, elements, at))))]
fn weight<C: KeyCurve>(own: usize, elements: &[C::Scalar], at: C::Scalar) -> Option<C::Scalar> {
    let element = *elements.get(own)?;
    let one = C::Scalar::from(1);
    let (numerator, denominator) =
        others::<C>(own, elements).fold((one, one), |(up, down), other| (up * (other - at), down * (other - element)));
    Some(numerator * C::invert(&denominator))
}

fn others<C: KeyCurve>(own: usize, elements: &[C::Scalar]) -> impl Iterator<Item = C::Scalar> {
    elements.iter().enumerate().filter(move |(place, _)| *place != own).map(|(_, element)| *element)
}

/// The coefficients of the polynomial that is one at the element `own` and zero at all others, constant term first.
pub(super) fn lagrange_basis<C: KeyCurve>(own: usize, elements: &[C::Scalar]) -> Vec<C::Scalar> {
    let one = C::Scalar::from(1);
    let element = elements.get(own).copied().unwrap_or(one);
    let (product, value) = others::<C>(own, elements).fold((vec![one], one), |(product, value), other| {
        (times_linear::<C>(&product, other), value * (element - other))
    });
    let scale = C::invert(&value);
    product.into_iter().map(|coefficient| coefficient * scale).collect()
}

/// polynomial·(x - root).
fn times_linear<C: KeyCurve>(polynomial: &[C::Scalar], root: C::Scalar) -> Vec<C::Scalar> {
    let zero = C::Scalar::from(0);
    let shifted = core::iter::once(zero).chain(polynomial.iter().copied());
    let scaled = polynomial.iter().map(|coefficient| *coefficient * root).chain([zero]);
    shifted.zip(scaled).map(|(higher, lower)| higher - lower).collect()
}

/// The secret that these shares determine, if they are at least as many as its threshold. The caller compares its
/// public key with the expected one: too few shares, or a wrong one, give another secret and no error.
/// [`KeyShare::combine`](crate::KeyShare::combine) does that. Constant time in the shares.
///
/// # Errors
///
/// [`Error::InvalidLength`] without shares; [`Error::ZeroIdentifier`] or [`Error::DuplicateIdentifier`];
/// [`Error::WrongCurve`] if they are on different curves; [`Error::InvalidScalar`] if the sum is zero.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, combine_secrets};
///
/// // With one share the polynomial is constant.
/// let share = SecretScalar::random(CurveId::Secp256k1, &mut rand::rng());
/// let secret = combine_secrets(&[(Identifier::new(5)?, &share)])?;
/// assert_eq!(secret.public(), share.public());
/// # Ok::<(), relight::Error>(())
/// ```
#[hax_lib::ensures(|result| result.map(|secret| (secret.curve(), secret.expose_bytes().to_vec())) == contracts::secret(shares))]
pub fn combine_secrets(shares: &[(Identifier, &SecretScalar)]) -> Result<SecretScalar> {
    let identifiers: Vec<Identifier> = shares.iter().map(|(identifier, _)| *identifier).collect();
    let (_, first) = shares.first().ok_or(Error::InvalidLength)?;
    with_curve!(first.curve(), C => {
        let lambdas = lagrange_at_zero::<C>(&identifiers)?;
        let zero = Zeroizing::new(<C as KeyCurve>::Scalar::from(0u64));
        let secret = lambdas.iter().zip(shares).try_fold(zero, |sum, (lambda, (_, share))| {
            Ok::<_, Error>(Zeroizing::new(*sum + *lambda * *share.scalar::<C>()?))
        })?;
        SecretScalar::from_scalar::<C>(&secret)
    })
}

/// [`combine_secrets`] in the exponent: the public key that these public shares determine.
///
/// # Errors
///
/// Those of [`combine_secrets`]; [`Error::InvalidPoint`] if the sum is the identity.
#[hax_lib::ensures(|result| result == contracts::point(shares))]
pub fn combine_points(shares: &[(Identifier, &CurvePoint)]) -> Result<CurvePoint> {
    let identifiers: Vec<Identifier> = shares.iter().map(|(identifier, _)| *identifier).collect();
    let (_, first) = shares.first().ok_or(Error::InvalidLength)?;
    with_curve!(first.curve(), C => {
        let points: Vec<_> = shares.iter().map(|(_, share)| share.point::<C>()).collect::<Result<_>>()?;
        let terms: Vec<_> = points.into_iter().zip(lagrange_at_zero::<C>(&identifiers)?).collect();
        CurvePoint::from_point::<C>(&C::sum_of_products_vartime(&terms))
    })
}
