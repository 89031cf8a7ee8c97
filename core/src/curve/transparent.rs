//! A key curve without secrets, for tests (spec §3.4): its points are their own discrete logarithms, modulo the order of
//! secp256k1, whose lengths it has, too. A point is encoded as a tag, which is none of SEC 1, and its logarithm.

use super::{CurveId, DerivationHash, KeyCurve, Secp256k1, sealed::Sealed};
use alloc::vec::Vec;
use hash2curve::ExpandMsgXmd;
use k256::Scalar;
use sha2::Sha256;

const TAG: u8 = b't';

/// The integers modulo the order of secp256k1, as points and as scalars.
#[derive(Clone, Copy, Debug)]
pub struct Transparent;

impl Sealed for Transparent {}

impl KeyCurve for Transparent {
    const ID: CurveId = CurveId::Transparent;
    const NAME: &'static str = "transparent";
    const DERIVATION: DerivationHash =
        DerivationHash::big_endian::<ExpandMsgXmd<Sha256>>(b"relight-v1 derivation transparent", 48);
    const SCALAR_LEN: usize = Secp256k1::SCALAR_LEN;
    const POINT_LEN: usize = Secp256k1::POINT_LEN;
    const WIDE_LEN: usize = Secp256k1::WIDE_LEN;

    type Scalar = Scalar;
    type Point = Scalar;

    fn reduce(bytes: &[u8]) -> Scalar {
        Secp256k1::reduce(bytes)
    }

    fn decode_scalar(bytes: &[u8]) -> Option<Scalar> {
        Secp256k1::decode_scalar(bytes)
    }

    fn encode_scalar(scalar: &Scalar, out: &mut [u8]) {
        Secp256k1::encode_scalar(scalar, out);
    }

    fn invert(scalar: &Scalar) -> Scalar {
        Secp256k1::invert(scalar)
    }

    fn identity() -> Scalar {
        Scalar::ZERO
    }

    fn generator_mul(scalar: &Scalar) -> Scalar {
        *scalar
    }

    fn sum_of_products_vartime(terms: &[(Scalar, Scalar)]) -> Scalar {
        terms.iter().map(|(point, scalar)| point * scalar).sum()
    }

    fn decode_point(bytes: &[u8]) -> Option<Scalar> {
        let (tag, logarithm) = bytes.split_first()?;
        Self::decode_scalar(logarithm).filter(|point| *tag == TAG && *point != Scalar::ZERO)
    }

    fn encode_points(points: &[Scalar]) -> Vec<u8> {
        // Byte by byte it would be most of what fuzzing spends on this curve.
        let mut encoded = Vec::with_capacity(points.len().saturating_mul(Self::POINT_LEN));
        for point in points {
            encoded.push(TAG);
            encoded.extend_from_slice(&point.to_bytes());
        }
        encoded
    }
}
