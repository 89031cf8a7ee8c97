//! Ed25519 and Ristretto255 (RFC 9496) as key curves, over the `curve25519-dalek` crate.

use super::{CurveId, DerivationHash, KeyCurve, canonical, little_endian, sealed::Sealed};
use alloc::vec::Vec;
#[cfg(feature = "ed25519")]
use curve25519_dalek::EdwardsPoint;
#[cfg(feature = "ristretto255")]
use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::Scalar;
use curve25519_dalek::traits::{Identity, VartimeMultiscalarMul};
use hash2curve::ExpandMsgXmd;
use sha2::Sha512;

/// A group of the order of edwards25519's basepoint. Scalars are little-endian.
macro_rules! curve25519_curve {
    (
        $(#[$documentation:meta])*
        $curve:ident over $point:ty, $name:literal, derivation $tag:literal;
        decode $decode:expr; encode $encode:expr
    ) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug)]
        pub struct $curve;

        impl Sealed for $curve {}

        impl KeyCurve for $curve {
            const ID: CurveId = CurveId::$curve;
            const NAME: &'static str = $name;
            const DERIVATION: DerivationHash = DerivationHash::little_endian::<ExpandMsgXmd<Sha512>>($tag, 64);
            const SCALAR_LEN: usize = 32;
            const POINT_LEN: usize = 32;
            const WIDE_LEN: usize = 48;

            type Scalar = Scalar;
            type Point = $point;

            fn reduce(bytes: &[u8]) -> Scalar {
                Scalar::from_bytes_mod_order_wide(&little_endian(bytes))
            }

            fn decode_scalar(bytes: &[u8]) -> Option<Scalar> {
                canonical(Scalar::from_canonical_bytes(bytes.try_into().ok()?))
            }

            fn encode_scalar(scalar: &Scalar, out: &mut [u8]) {
                out.copy_from_slice(scalar.as_bytes());
            }

            fn invert(scalar: &Scalar) -> Scalar {
                scalar.invert()
            }

            fn identity() -> $point {
                Identity::identity()
            }

            fn generator_mul(scalar: &Scalar) -> $point {
                <$point>::mul_base(scalar)
            }

            fn sum_of_products_vartime(terms: &[($point, Scalar)]) -> $point {
                let (points, scalars): (Vec<_>, Vec<_>) = terms.iter().copied().unzip();
                <$point>::vartime_multiscalar_mul(scalars, points)
            }

            fn decode_point(bytes: &[u8]) -> Option<$point> {
                $decode(bytes.try_into().ok()?).filter(|point| *point != Self::identity())
            }

            fn encode_points(points: &[$point]) -> Vec<u8> {
                $encode(points)
            }
        }
    };
}

#[cfg(feature = "ed25519")]
curve25519_curve! {
    /// Ed25519: the subgroup of prime order of edwards25519.
    Ed25519 over EdwardsPoint, "Ed25519", derivation b"LIT_HD_KEY_ID_ED25519_XMD:SHA-512_ELL2_RO_NUL_";
    decode decode_edwards; encode encode_edwards
}

#[cfg(feature = "ristretto255")]
curve25519_curve! {
    /// Ristretto255: a group of prime order, made from edwards25519.
    Ristretto255 over RistrettoPoint, "Ristretto255", derivation b"LIT_HD_KEY_ID_RISTRETTO255_XMD:SHA-512_ELL2_RO_NUL_";
    decode |bytes| curve25519_dalek::ristretto::CompressedRistretto(bytes).decompress();
    encode |points: &[RistrettoPoint]| points.iter().flat_map(|point| point.compress().to_bytes()).collect()
}

#[cfg(feature = "ed25519")]
fn decode_edwards(bytes: [u8; 32]) -> Option<EdwardsPoint> {
    let encoding = curve25519_dalek::edwards::CompressedEdwardsY(bytes);
    // The crate reduces ordinates and ignores the sign of zero: encode again to find out.
    encoding.decompress().filter(|point| point.compress() == encoding && point.is_torsion_free())
}

#[cfg(feature = "ed25519")]
fn encode_edwards(points: &[EdwardsPoint]) -> Vec<u8> {
    EdwardsPoint::compress_batch_alloc(points).into_iter().flat_map(|encoding| encoding.to_bytes()).collect()
}
