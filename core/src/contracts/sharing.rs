//! Identifiers on a curve and Lagrange interpolation (spec §4.1, §4.4).

use crate::curve::{CurveId, CurvePoint, KeyCurve, SecretScalar, with_curve};
use crate::error::{Error, Result};
use crate::id::Identifier;
use alloc::vec::Vec;

/// What scalars are compared by.
pub(crate) fn encoding<C: KeyCurve>(scalar: C::Scalar) -> Vec<u8> {
    C::scalar_bytes(&scalar).to_vec()
}

pub(crate) fn encodings<C: KeyCurve>(scalars: Result<Vec<C::Scalar>>) -> Result<Vec<Vec<u8>>> {
    scalars.map(|scalars| scalars.into_iter().map(encoding::<C>).collect())
}

fn equal<C: KeyCurve>(left: C::Scalar, right: C::Scalar) -> bool {
    encoding::<C>(left) == encoding::<C>(right)
}

/// Curves whose scalars are little-endian: `curve_format` of `executable.v`.
fn big_endian(curve: CurveId, scalar: &[u8]) -> Vec<u8> {
    let mut bytes = scalar.to_vec();
    if matches!(curve.number(), 5..=9 | 11 | 12) {
        bytes.reverse();
    }
    bytes
}

/// x mod q_C, octet by octet.
pub(crate) fn field<C: KeyCurve>(identifier: &Identifier) -> C::Scalar {
    let octets = &identifier.bytes[..usize::from(identifier.length)];
    let scalar = C::Scalar::from;
    octets.iter().fold(scalar(0), |number, octet| number * scalar(256) + scalar(u64::from(*octet)))
}

/// The same, which must not be zero.
pub(crate) fn nonzero<C: KeyCurve>(identifier: &Identifier) -> Result<C::Scalar> {
    let element = field::<C>(identifier);
    if equal::<C>(element, C::Scalar::from(0)) { Err(Error::ZeroIdentifier(*identifier)) } else { Ok(element) }
}

/// `CheckIdentifiers` on one curve.
pub(crate) fn identifiers<C: KeyCurve>(identifiers: &[Identifier]) -> Result<Vec<C::Scalar>> {
    let elements: Vec<C::Scalar> = identifiers.iter().map(nonzero::<C>).collect::<Result<_>>()?;
    for i in 0..elements.len() {
        if (0..i).any(|j| equal::<C>(elements[i], elements[j])) {
            return Err(Error::DuplicateIdentifier(identifiers[i]));
        }
    }
    Ok(elements)
}

/// An identifier modulo the order of a curve, encoded.
pub(crate) fn scalar(identifier: &Identifier, curve: CurveId) -> Result<Vec<u8>> {
    with_curve!(curve, C => nonzero::<C>(identifier).map(encoding::<C>))
}

/// The identifier that the encoding of a scalar stands for.
pub(crate) fn identifier_from_scalar(curve: CurveId, bytes: &[u8]) -> Result<Identifier> {
    if with_curve!(curve, C => C::decode_scalar(bytes).is_none()) {
        return Err(Error::InvalidScalar);
    }
    let mut integer = big_endian(curve, bytes);
    while integer.first() == Some(&0) {
        integer.remove(0);
    }
    super::identifier(&integer)
}

/// lambda_i = product over j /= i of (x_j - at) / (x_j - x_i).
pub(crate) fn weight<C: KeyCurve>(i: usize, x: &[C::Scalar], at: C::Scalar) -> C::Scalar {
    let mut product = C::Scalar::from(1);
    for j in 0..x.len() {
        if j != i {
            product = product * (x[j] - at) * C::invert(&(x[j] - x[i]));
        }
    }
    product
}

/// `Weights(C, identifiers, at)`.
pub(crate) fn weights<C: KeyCurve>(ids: &[Identifier], at: C::Scalar) -> Result<Vec<C::Scalar>> {
    if ids.is_empty() {
        return Err(Error::InvalidLength);
    }
    let x = identifiers::<C>(ids)?;
    Ok((0..x.len()).map(|i| weight::<C>(i, &x, at)).collect())
}

/// f(0) = sum of lambda_i · f(x_i), encoded, and its curve; zero is no secret.
pub(crate) fn secret(shares: &[(Identifier, &SecretScalar)]) -> Result<(CurveId, Vec<u8>)> {
    let ids: Vec<Identifier> = shares.iter().map(|share| share.0).collect();
    let curve = shares.first().ok_or(Error::InvalidLength)?.1.curve();
    with_curve!(curve, C => {
        let zero = <C as KeyCurve>::Scalar::from(0u64);
        let sum = weights::<C>(&ids, zero)?.iter().zip(shares).try_fold(zero, |sum, (weight, (_, share))| {
            Ok::<_, Error>(sum + *weight * *share.scalar::<C>()?)
        })?;
        if equal::<C>(sum, zero) { Err(Error::InvalidScalar) } else { Ok((curve, encoding::<C>(sum))) }
    })
}

/// The same in the exponent; the identity is no point.
pub(crate) fn point(shares: &[(Identifier, &CurvePoint)]) -> Result<CurvePoint> {
    let ids: Vec<Identifier> = shares.iter().map(|share| share.0).collect();
    let curve = shares.first().ok_or(Error::InvalidLength)?.1.curve();
    with_curve!(curve, C => {
        let points: Vec<_> = shares.iter().map(|share| share.1.point::<C>()).collect::<Result<_>>()?;
        let weights = weights::<C>(&ids, <C as KeyCurve>::Scalar::from(0u64))?;
        let terms = weights.iter().zip(points);
        let sum = terms.fold(C::identity(), |sum, (weight, point)| sum + times::<C>(*weight, point));
        CurvePoint::from_bytes(curve, &C::encode_point(&sum))
    })
}

/// scalar·point, bit by bit.
fn times<C: KeyCurve>(scalar: C::Scalar, point: C::Point) -> C::Point {
    let mut product = C::identity();
    for octet in big_endian(C::ID, &encoding::<C>(scalar)) {
        for bit in (0..8).rev() {
            product = product + product;
            if octet >> bit & 1 == 1 {
                product = product + point;
            }
        }
    }
    product
}
