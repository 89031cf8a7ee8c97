//! Ed448 as a key curve, over the `ed448-goldilocks` crate.

use super::{CurveId, DerivationHash, KeyCurve, sealed::Sealed};
use crate::declassify;
use alloc::vec::Vec;
use ed448_goldilocks::elliptic_curve::array::Array;
use ed448_goldilocks::elliptic_curve::consts::{U57, U84};
use ed448_goldilocks::elliptic_curve::ops::Reduce;
use ed448_goldilocks::elliptic_curve::{BatchNormalize, PrimeField};
use ed448_goldilocks::{AffinePoint, CompressedEdwardsY, EdwardsPoint, EdwardsScalar};
use hash2curve::ExpandMsgXof;
use shake::Shake256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Ed448: the subgroup of prime order of edwards448.
#[derive(Clone, Copy, Debug)]
pub struct Ed448;

impl Sealed for Ed448 {}

impl KeyCurve for Ed448 {
    const ID: CurveId = CurveId::Ed448;
    const NAME: &'static str = "Ed448";
    const DERIVATION: DerivationHash =
        DerivationHash::big_endian::<ExpandMsgXof<Shake256>>(b"LIT_HD_KEY_ID_ED448_XOF:SHAKE-256_ELL2_RO_NUL_", 84);
    const SCALAR_LEN: usize = 57;
    const POINT_LEN: usize = 57;
    const WIDE_LEN: usize = 72;

    type Scalar = EdwardsScalar;
    type Point = EdwardsPoint;

    fn reduce(bytes: &[u8]) -> EdwardsScalar {
        let mut wide = Zeroizing::new(Array::<u8, U84>::default());
        for (to, from) in wide.iter_mut().rev().zip(bytes.iter().rev()) {
            *to = *from;
        }
        EdwardsScalar::reduce(&*wide)
    }

    fn decode_scalar(bytes: &[u8]) -> Option<EdwardsScalar> {
        let encoding = Zeroizing::new(Array::<u8, U57>::try_from(bytes).ok()?);
        let scalar = EdwardsScalar::from_canonical_bytes(&encoding);
        // The crate does not look at the last byte: encode again to find out.
        let decoded = scalar.unwrap_or(EdwardsScalar::ZERO);
        let canonical = scalar.is_some() & Zeroizing::new(decoded.to_repr()).ct_eq(&encoding);
        declassify::is_canonical(canonical.into()).then_some(decoded)
    }

    fn encode_scalar(scalar: &EdwardsScalar, out: &mut [u8]) {
        out.copy_from_slice(&Zeroizing::new(scalar.to_bytes_rfc_8032()));
    }

    fn invert(scalar: &EdwardsScalar) -> EdwardsScalar {
        scalar.invert()
    }

    fn identity() -> EdwardsPoint {
        EdwardsPoint::IDENTITY
    }

    fn generator_mul(scalar: &EdwardsScalar) -> EdwardsPoint {
        EdwardsPoint::GENERATOR.scalar_mul(scalar)
    }

    fn sum_of_products_vartime(terms: &[(EdwardsPoint, EdwardsScalar)]) -> EdwardsPoint {
        terms.iter().map(|(point, scalar)| point.scalar_mul(scalar)).sum()
    }

    fn decode_point(bytes: &[u8]) -> Option<EdwardsPoint> {
        let encoding = CompressedEdwardsY(bytes.try_into().ok()?);
        // The crate reduces ordinates and ignores bits of the last byte: encode again to find out.
        let point = Option::<AffinePoint>::from(encoding.decompress()).filter(|point| point.compress() == encoding)?;
        (point != AffinePoint::IDENTITY).then(|| point.to_edwards())
    }

    fn encode_points(points: &[EdwardsPoint]) -> Vec<u8> {
        let affine: Vec<AffinePoint> = EdwardsPoint::batch_normalize(points);
        affine.iter().flat_map(|point| point.compress().to_bytes()).collect()
    }
}
