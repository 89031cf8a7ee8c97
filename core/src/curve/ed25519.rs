//! Ed25519 as a key curve, over the `curve25519-dalek` crate.

use super::{CurveId, DerivationHash, KeyCurve, curve25519, sealed::Sealed};
use alloc::vec::Vec;
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::traits::{Identity, IsIdentity, VartimeMultiscalarMul};
use curve25519_dalek::{EdwardsPoint, Scalar};
use hash2curve::ExpandMsgXmd;
use sha2::Sha512;

/// Ed25519: the subgroup of prime order of edwards25519.
#[derive(Clone, Copy, Debug)]
pub struct Ed25519;

impl Sealed for Ed25519 {}

impl KeyCurve for Ed25519 {
    const ID: CurveId = CurveId::Ed25519;
    const NAME: &'static str = "Ed25519";
    const DERIVATION: DerivationHash =
        DerivationHash::little_endian::<ExpandMsgXmd<Sha512>>(b"LIT_HD_KEY_ID_ED25519_XMD:SHA-512_ELL2_RO_NUL_", 64);
    const SCALAR_LEN: usize = curve25519::LEN;
    const POINT_LEN: usize = 32;
    const WIDE_LEN: usize = 48;

    type Scalar = Scalar;
    type Point = EdwardsPoint;

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

    fn identity() -> EdwardsPoint {
        EdwardsPoint::identity()
    }

    fn generator_mul(scalar: &Scalar) -> EdwardsPoint {
        EdwardsPoint::mul_base(scalar)
    }

    fn generator_mul_vartime(scalar: &Scalar) -> EdwardsPoint {
        EdwardsPoint::mul_base(scalar)
    }

    fn sum_of_products_vartime(terms: &[(EdwardsPoint, Scalar)]) -> EdwardsPoint {
        let (points, scalars): (Vec<_>, Vec<_>) = terms.iter().copied().unzip();
        EdwardsPoint::vartime_multiscalar_mul(scalars, points)
    }

    fn decode_point(bytes: &[u8]) -> Option<EdwardsPoint> {
        let encoding = CompressedEdwardsY(bytes.try_into().ok()?);
        // The crate reduces ordinates and ignores the sign of zero: encode again to find out.
        let point = encoding.decompress().filter(|point| point.compress() == encoding)?;
        (!point.is_identity() && point.is_torsion_free()).then_some(point)
    }

    fn encode_points(points: &[EdwardsPoint]) -> Vec<u8> {
        EdwardsPoint::compress_batch_alloc(points).into_iter().flat_map(|encoding| encoding.to_bytes()).collect()
    }
}
