//! Curves whose points are encoded as SEC 1 says (spec §3.5), over crates that share the traits of `elliptic_curve`.

use k256::elliptic_curve::CurveAffine;
use k256::elliptic_curve::point::AffineCoordinates;
use subtle::ConditionallySelectable;

/// A key curve over the crate `$backend`. `$wide` is the array of bytes that the crate reduces to a scalar.
macro_rules! sec1_curve {
    (
        $(#[$documentation:meta])*
        $curve:ident over $backend:ident, reducing $wide:ty;
        name $name:literal, scalar $scalar_len:literal, wide $wide_len:literal;
        derivation $hash:ty, $tag:literal, wide $derivation_len:literal
    ) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug)]
        pub struct $curve;

        impl super::sealed::Sealed for $curve {}

        impl super::KeyCurve for $curve {
            const ID: super::CurveId = super::CurveId::$curve;
            const NAME: &'static str = $name;
            const DERIVATION: super::DerivationHash =
                super::DerivationHash::big_endian::<hash2curve::ExpandMsgXmd<$hash>>($tag, $derivation_len);
            const SCALAR_LEN: usize = $scalar_len;
            const POINT_LEN: usize = 1 + $scalar_len;
            const WIDE_LEN: usize = $wide_len;

            type Scalar = $backend::Scalar;
            type Point = $backend::ProjectivePoint;

            fn reduce(bytes: &[u8]) -> Self::Scalar {
                let mut wide = zeroize::Zeroizing::new(<$wide>::default());
                for (to, from) in wide.iter_mut().rev().zip(bytes.iter().rev()) {
                    *to = *from;
                }
                $backend::elliptic_curve::ops::Reduce::reduce(&*wide)
            }

            fn decode_scalar(bytes: &[u8]) -> Option<Self::Scalar> {
                use $backend::elliptic_curve::PrimeField;
                $crate::curve::canonical(Self::Scalar::from_repr(bytes.try_into().ok()?))
            }

            fn is_scalar_vartime(bytes: &[u8]) -> bool {
                let mut greatest = [0; $scalar_len];
                Self::encode_scalar(&-Self::Scalar::ONE, &mut greatest);
                bytes.len() == greatest.len() && bytes <= greatest.as_slice()
            }

            fn encode_scalar(scalar: &Self::Scalar, out: &mut [u8]) {
                out.copy_from_slice(&$backend::elliptic_curve::PrimeField::to_repr(scalar));
            }

            fn invert(scalar: &Self::Scalar) -> Self::Scalar {
                scalar.invert().unwrap_or(Self::Scalar::ZERO)
            }

            fn identity() -> Self::Point {
                Self::Point::IDENTITY
            }

            fn generator_mul(scalar: &Self::Scalar) -> Self::Point {
                $backend::elliptic_curve::group::Group::mul_by_generator(scalar)
            }

            fn generator_mul_vartime(scalar: &Self::Scalar) -> Self::Point {
                $backend::elliptic_curve::ops::MulByGeneratorVartime::mul_by_generator_vartime(scalar)
            }

            fn sum_of_products_vartime(terms: &[(Self::Point, Self::Scalar)]) -> Self::Point {
                match super::buckets::width(terms.len()) {
                    Some(width) => super::buckets::sum_of_products_vartime::<Self>(terms, width),
                    None => $backend::elliptic_curve::ops::LinearCombination::lincomb_vartime(terms),
                }
            }

            fn decode_point(bytes: &[u8]) -> Option<Self::Point> {
                use $backend::{AffinePoint, elliptic_curve::group::GroupEncoding};
                let encoding = bytes.try_into().ok()?;
                let point = Option::<AffinePoint>::from(AffinePoint::from_bytes(&encoding))?;
                // The crates read a compact form as well, of the same length: encode again to find out.
                //= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
                //# A decoder MUST refuse, with InvalidPoint, an encoding of a point that is not the one canonical
                //# encoding of it.
                //= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
                //# A decoder MUST refuse the identity with InvalidPoint.
                let canonical = point.to_bytes() == encoding && point != AffinePoint::IDENTITY;
                canonical.then(|| point.into())
            }

            fn encode_points(points: &[Self::Point]) -> alloc::vec::Vec<u8> {
                use $backend::elliptic_curve::BatchNormalize;
                let affine: alloc::vec::Vec<$backend::AffinePoint> = Self::Point::batch_normalize(points);
                affine.iter().flat_map(super::sec1::encode).collect()
            }
        }
    };
}
pub(super) use sec1_curve;

/// The compressed point, without the branches of the libraries: points are encoded before they become public.
pub(super) fn encode<P: AffineCoordinates + CurveAffine>(point: &P) -> impl Iterator<Item = u8> + use<P> {
    let tag = u8::conditional_select(&(2 | point.y_is_odd().unwrap_u8()), &0, point.is_identity());
    core::iter::once(tag).chain(bytes(point.x()))
}

/// The abscissa, byte by byte.
fn bytes<R: AsRef<[u8]>>(abscissa: R) -> impl Iterator<Item = u8> {
    (0..).map_while(move |place| abscissa.as_ref().get(place).copied())
}
