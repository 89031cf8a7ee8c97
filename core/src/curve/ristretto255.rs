//! Ristretto255 (RFC 9496) as a key curve, over the `curve25519-dalek` crate.

use super::{CurveId, DerivationHash, KeyCurve, curve25519, sealed::Sealed};
use alloc::vec::Vec;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::{Identity, IsIdentity, VartimeMultiscalarMul};
use curve25519_dalek::{RistrettoPoint, Scalar};
use hash2curve::ExpandMsgXmd;
use sha2::Sha512;

/// Ristretto255: a group of prime order, made from edwards25519.
#[derive(Clone, Copy, Debug)]
pub struct Ristretto255;

impl Sealed for Ristretto255 {}

impl KeyCurve for Ristretto255 {
    const ID: CurveId = CurveId::Ristretto255;
    const NAME: &'static str = "Ristretto255";
    const DERIVATION: DerivationHash = DerivationHash::little_endian::<ExpandMsgXmd<Sha512>>(
        b"LIT_HD_KEY_ID_RISTRETTO255_XMD:SHA-512_ELL2_RO_NUL_",
        64,
    );
    const SCALAR_LEN: usize = curve25519::LEN;
    const POINT_LEN: usize = 32;
    const WIDE_LEN: usize = 48;

    type Scalar = Scalar;
    type Point = RistrettoPoint;

    fn reduce(bytes: &[u8]) -> Scalar {
        curve25519::reduce(bytes)
    }

    fn decode_scalar(bytes: &[u8]) -> Option<Scalar> {
        curve25519::decode(bytes)
    }

    fn encode_scalar(scalar: &Scalar, out: &mut [u8]) {
        out.copy_from_slice(scalar.as_bytes());
    }

    fn invert(scalar: &Scalar) -> Scalar {
        scalar.invert()
    }

    fn identity() -> RistrettoPoint {
        RistrettoPoint::identity()
    }

    fn generator_mul(scalar: &Scalar) -> RistrettoPoint {
        RistrettoPoint::mul_base(scalar)
    }

    fn generator_mul_vartime(scalar: &Scalar) -> RistrettoPoint {
        RistrettoPoint::mul_base(scalar)
    }

    fn sum_of_products_vartime(terms: &[(RistrettoPoint, Scalar)]) -> RistrettoPoint {
        let (points, scalars): (Vec<_>, Vec<_>) = terms.iter().copied().unzip();
        RistrettoPoint::vartime_multiscalar_mul(scalars, points)
    }

    fn decode_point(bytes: &[u8]) -> Option<RistrettoPoint> {
        let point = CompressedRistretto(bytes.try_into().ok()?).decompress()?;
        (!point.is_identity()).then_some(point)
    }

    fn encode_points(points: &[RistrettoPoint]) -> Vec<u8> {
        points.iter().flat_map(|point| point.compress().to_bytes()).collect()
    }
}
