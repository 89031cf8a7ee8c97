//! BLS12-381 G1 as a key curve, over the pairing backend.

use super::{CurveId, DerivationHash, KeyCurve, sealed::Sealed};
use crate::pairing::{G1, G1_LEN, G1Affine, PublicScalar, SCALAR_LEN, Scalar, SecretScalarUse, generator_table};
use alloc::vec::Vec;
use hash2curve::ExpandMsgXmd;
use sha2::Sha256;

/// BLS12-381 G1.
#[derive(Clone, Copy, Debug)]
pub struct Bls12381G1;

impl Sealed for Bls12381G1 {}

impl KeyCurve for Bls12381G1 {
    const ID: CurveId = CurveId::Bls12381G1;
    const NAME: &'static str = "BLS12-381 G1";
    const DERIVATION: DerivationHash =
        DerivationHash::big_endian::<ExpandMsgXmd<Sha256>>(b"LIT_HD_KEY_ID_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_", 48);
    const SCALAR_LEN: usize = SCALAR_LEN;
    const POINT_LEN: usize = G1_LEN;
    const WIDE_LEN: usize = 48;

    type Scalar = Scalar;
    type Point = G1;

    fn reduce(bytes: &[u8]) -> Scalar {
        Scalar::reduce(bytes)
    }

    fn decode_scalar(bytes: &[u8]) -> Option<Scalar> {
        Scalar::decode(bytes)
    }

    fn encode_scalar(scalar: &Scalar, out: &mut [u8]) {
        out.copy_from_slice(&scalar.encode());
    }

    fn invert(scalar: &Scalar) -> Scalar {
        scalar.invert()
    }

    fn identity() -> G1 {
        G1::IDENTITY
    }

    fn generator_mul(scalar: &Scalar) -> G1 {
        generator_table::<SecretScalarUse>().mul::<SecretScalarUse>(scalar)
    }

    fn generator_mul_vartime(scalar: &Scalar) -> G1 {
        generator_table::<PublicScalar>().mul::<PublicScalar>(scalar)
    }

    fn sum_of_products_vartime(terms: &[(G1, Scalar)]) -> G1 {
        G1::sum_of_products_vartime(terms)
    }

    fn decode_point(bytes: &[u8]) -> Option<G1> {
        G1Affine::decode(bytes).map(G1::from)
    }

    fn decode_known_point(bytes: &[u8]) -> Option<G1> {
        G1Affine::decode_known(bytes).map(G1::from)
    }

    fn encode_points(points: &[G1]) -> Vec<u8> {
        G1::batch_to_affine(points).iter().flat_map(G1Affine::encode).collect()
    }
}
