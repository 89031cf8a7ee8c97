//! BLS12-381 G2 as a key curve, over the pairing backend.

use super::{Bls12381G1, CurveId, DerivationHash, KeyCurve, sealed::Sealed};
use crate::pairing::{G2, G2_LEN, G2Affine, SCALAR_LEN, Scalar};
use alloc::vec::Vec;
use hash2curve::ExpandMsgXmd;
use sha2::Sha256;

/// BLS12-381 G2.
#[derive(Clone, Copy, Debug)]
pub struct Bls12381G2;

impl Sealed for Bls12381G2 {}

impl KeyCurve for Bls12381G2 {
    const ID: CurveId = CurveId::Bls12381G2;
    const NAME: &'static str = "BLS12-381 G2";
    const DERIVATION: DerivationHash =
        DerivationHash::big_endian::<ExpandMsgXmd<Sha256>>(b"relight-v1 derivation bls12381-g2", 48);
    const SCALAR_LEN: usize = SCALAR_LEN;
    const POINT_LEN: usize = G2_LEN;
    const WIDE_LEN: usize = Bls12381G1::WIDE_LEN;

    type Scalar = Scalar;
    type Point = G2;

    fn reduce(bytes: &[u8]) -> Scalar {
        Scalar::reduce(bytes)
    }

    fn decode_scalar(bytes: &[u8]) -> Option<Scalar> {
        Scalar::decode(bytes)
    }

    fn encode_scalar(scalar: &Scalar, out: &mut [u8]) {
        Bls12381G1::encode_scalar(scalar, out);
    }

    fn invert(scalar: &Scalar) -> Scalar {
        scalar.invert()
    }

    fn identity() -> G2 {
        G2::IDENTITY
    }

    fn generator_mul(scalar: &Scalar) -> G2 {
        G2::generator() * *scalar
    }

    fn sum_of_products_vartime(terms: &[(G2, Scalar)]) -> G2 {
        G2::sum_of_products_vartime(terms)
    }

    fn decode_point(bytes: &[u8]) -> Option<G2> {
        G2Affine::decode(bytes).map(G2::from)
    }

    fn encode_points(points: &[G2]) -> Vec<u8> {
        G2::batch_to_affine(points).iter().flat_map(G2Affine::encode).collect()
    }
}
