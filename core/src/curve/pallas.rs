//! Pallas as a key curve with two generators, over `primeorder`: that is what `p256` and `p384` are made of.

mod parameters;

use super::{CurveId, DerivationHash, KeyCurve, canonical, little_endian, sealed::Sealed};
use alloc::vec::Vec;
use blake2::Blake2b512;
use hash2curve::ExpandMsgXmd;
use parameters::{Equation, Scalar, spend_auth_generator};
use primeorder::elliptic_curve::BatchNormalize;
use primeorder::elliptic_curve::ops::LinearCombination;
use primeorder::elliptic_curve::point::{AffineCoordinates, DecompressPoint};
use primeorder::{AffinePoint, PrimeField, ProjectivePoint};
use subtle::Choice;

type Point = ProjectivePoint<Equation>;

/// Pallas, with one of its generators.
macro_rules! pallas_curve {
    ($(#[$documentation:meta])* $curve:ident, $name:literal, generator $generator:expr) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug)]
        pub struct $curve;

        impl Sealed for $curve {}

        impl KeyCurve for $curve {
            const ID: CurveId = CurveId::$curve;
            const NAME: &'static str = $name;
            const DERIVATION: DerivationHash = REDPALLAS_DERIVATION;
            const SCALAR_LEN: usize = 32;
            const POINT_LEN: usize = 32;
            const WIDE_LEN: usize = 48;

            type Scalar = Scalar;
            type Point = Point;

            fn reduce(bytes: &[u8]) -> Scalar {
                Scalar::from_wide(&little_endian(bytes))
            }

            fn decode_scalar(bytes: &[u8]) -> Option<Scalar> {
                canonical(Scalar::from_repr(bytes.try_into().ok()?))
            }

            fn encode_scalar(scalar: &Scalar, out: &mut [u8]) {
                out.copy_from_slice(&scalar.to_repr());
            }

            fn invert(scalar: &Scalar) -> Scalar {
                scalar.invert().unwrap_or(Scalar::ZERO)
            }

            fn identity() -> Point {
                Point::IDENTITY
            }

            fn generator_mul(scalar: &Scalar) -> Point {
                $generator * scalar
            }

            fn sum_of_products_vartime(terms: &[(Point, Scalar)]) -> Point {
                Point::lincomb_vartime(terms)
            }

            fn decode_point(bytes: &[u8]) -> Option<Point> {
                decode(bytes.try_into().ok()?).map(Point::from)
            }

            fn encode_points(points: &[Point]) -> Vec<u8> {
                let affine: Vec<AffinePoint<Equation>> = Point::batch_normalize(points);
                affine.iter().flat_map(encode).collect()
            }
        }
    };
}

pallas_curve! {
    /// Pallas with the generator (-1, 2).
    Pallas, "Pallas", generator Point::GENERATOR
}

pallas_curve! {
    /// Pallas with the generator under which Zcash Orchard authorises spends: RedPallas keys.
    PallasSpendAuth, "Pallas SpendAuth", generator spend_auth_generator()
}

/// Keys derive alike under both generators.
const REDPALLAS_DERIVATION: DerivationHash =
    DerivationHash::big_endian::<ExpandMsgXmd<Blake2b512>>(b"LIT_HD_KEY_ID_REDPALLAS_XMD:BLAKE2B-512_SSWU_RO_NUL_", 48);

/// The bit of an encoding that says whether the ordinate is odd.
const SIGN: u8 = 0x80;

/// Zero is no abscissa, so that the encoding of the identity is none of a point.
fn decode(mut bytes: [u8; 32]) -> Option<AffinePoint<Equation>> {
    let last = bytes.last_mut()?;
    let is_odd = Choice::from(u8::from(*last & SIGN != 0));
    *last &= !SIGN;
    AffinePoint::decompress(&bytes.into(), is_odd).into()
}

/// Without a branch: points are encoded before they become public.
fn encode(point: &AffinePoint<Equation>) -> [u8; 32] {
    let mut bytes: [u8; 32] = point.x().into();
    if let Some(last) = bytes.last_mut() {
        *last |= point.y_is_odd().unwrap_u8() << 7;
    }
    bytes
}
