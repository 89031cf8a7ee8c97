//! secp256k1 as a key curve, over the `k256` crate.

use super::{CurveId, KeyCurve, sealed::Sealed};
use crate::declassify;
use alloc::vec::Vec;
use k256::elliptic_curve::ops::{LinearCombination, Reduce};
use k256::elliptic_curve::point::AffineCoordinates;
use k256::elliptic_curve::{BatchNormalize, CurveAffine, PrimeField, group::GroupEncoding};
use k256::{AffinePoint, ProjectivePoint, Scalar, WideBytes};
use subtle::ConditionallySelectable;
use zeroize::Zeroizing;

/// secp256k1.
#[derive(Clone, Copy, Debug)]
pub struct Secp256k1;

impl Sealed for Secp256k1 {}

impl KeyCurve for Secp256k1 {
    const ID: CurveId = CurveId::Secp256k1;
    const SCALAR_LEN: usize = 32;
    const POINT_LEN: usize = 33;
    const WIDE_LEN: usize = 48;

    type Scalar = Scalar;
    type Point = ProjectivePoint;

    fn reduce(bytes: &[u8]) -> Scalar {
        let mut wide = Zeroizing::new(WideBytes::default());
        for (to, from) in wide.iter_mut().rev().zip(bytes.iter().rev()) {
            *to = *from;
        }
        Reduce::reduce(&*wide)
    }

    fn decode_scalar(bytes: &[u8]) -> Option<Scalar> {
        let scalar = Scalar::from_repr(bytes.try_into().ok()?);
        declassify::is_canonical(scalar.is_some().into()).then(|| scalar.unwrap_or(Scalar::ZERO))
    }

    fn encode_scalar(scalar: &Scalar, out: &mut [u8]) {
        out.copy_from_slice(&scalar.to_repr());
    }

    fn invert(scalar: &Scalar) -> Scalar {
        scalar.invert().unwrap_or(Scalar::ZERO)
    }

    fn identity() -> ProjectivePoint {
        ProjectivePoint::IDENTITY
    }

    fn generator_mul(scalar: &Scalar) -> ProjectivePoint {
        ProjectivePoint::mul_by_generator(scalar)
    }

    fn generator_mul_vartime(scalar: &Scalar) -> ProjectivePoint {
        ProjectivePoint::mul_by_generator_vartime(scalar)
    }

    fn sum_of_products_vartime(terms: &[(ProjectivePoint, Scalar)]) -> ProjectivePoint {
        ProjectivePoint::lincomb_vartime(terms)
    }

    fn decode_point(bytes: &[u8]) -> Option<ProjectivePoint> {
        let encoding = bytes.try_into().ok()?;
        let point = Option::<AffinePoint>::from(AffinePoint::from_bytes(&encoding))?;
        // k256 reads a compact form as well, of the same length: encode again to find out.
        //= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
        //# A decoder MUST refuse, with InvalidPoint, an encoding of a point that is not the one canonical encoding of
        //# it.
        //= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
        //# A decoder MUST refuse the identity with InvalidPoint.
        let canonical = point.to_bytes() == encoding && point != AffinePoint::IDENTITY;
        canonical.then(|| point.into())
    }

    fn encode_points(points: &[ProjectivePoint]) -> Vec<u8> {
        let affine: Vec<AffinePoint> = ProjectivePoint::batch_normalize(points);
        affine.iter().flat_map(encode).collect()
    }
}

/// The compressed point, without the branches of the library: points are encoded before they become public.
fn encode(point: &AffinePoint) -> impl Iterator<Item = u8> {
    let tag = u8::conditional_select(&(2 | point.y_is_odd().unwrap_u8()), &0, point.is_identity());
    core::iter::once(tag).chain(point.x())
}
