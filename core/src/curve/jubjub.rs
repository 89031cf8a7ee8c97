//! JubJub as a key curve with two generators, over the `jubjub` crate.

use super::{CurveId, DerivationHash, KeyCurve, canonical, little_endian, sealed::Sealed};
use ::jubjub::{ExtendedPoint, Fq, Fr, SubgroupPoint};
use alloc::vec::Vec;
use blake2::Blake2b512;
use hash2curve::ExpandMsgXmd;
use k256::elliptic_curve::group::{Group, GroupEncoding};

/// The subgroup of prime order of JubJub, with one of its generators.
macro_rules! jubjub_curve {
    ($(#[$documentation:meta])* $curve:ident, $name:literal, generator $generator:expr) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug)]
        pub struct $curve;

        impl Sealed for $curve {}

        impl KeyCurve for $curve {
            const ID: CurveId = CurveId::$curve;
            const NAME: &'static str = $name;
            const DERIVATION: DerivationHash = REDJUBJUB_DERIVATION;
            const SCALAR_LEN: usize = 32;
            const POINT_LEN: usize = 32;
            const WIDE_LEN: usize = 48;

            type Scalar = Fr;
            type Point = SubgroupPoint;

            fn reduce(bytes: &[u8]) -> Fr {
                Fr::from_bytes_wide(&little_endian(bytes))
            }

            fn decode_scalar(bytes: &[u8]) -> Option<Fr> {
                canonical(Fr::from_bytes(bytes.try_into().ok()?))
            }

            fn encode_scalar(scalar: &Fr, out: &mut [u8]) {
                out.copy_from_slice(&scalar.to_bytes());
            }

            fn invert(scalar: &Fr) -> Fr {
                scalar.invert().unwrap_or(Fr::zero())
            }

            fn identity() -> SubgroupPoint {
                SubgroupPoint::identity()
            }

            fn generator_mul(scalar: &Fr) -> SubgroupPoint {
                $generator * scalar
            }

            fn sum_of_products_vartime(terms: &[(SubgroupPoint, Fr)]) -> SubgroupPoint {
                terms.iter().map(|(point, scalar)| point * scalar).sum()
            }

            fn decode_point(bytes: &[u8]) -> Option<SubgroupPoint> {
                let point = Option::<SubgroupPoint>::from(SubgroupPoint::from_bytes(bytes.try_into().ok()?))?;
                (point != SubgroupPoint::identity()).then_some(point)
            }

            fn encode_points(points: &[SubgroupPoint]) -> Vec<u8> {
                let mut points: Vec<ExtendedPoint> = points.iter().map(|point| (*point).into()).collect();
                ::jubjub::batch_normalize(&mut points).flat_map(|point| point.to_bytes()).collect()
            }
        }
    };
}

jubjub_curve! {
    /// JubJub with the generator of the `jubjub` crate: eight times the point of least ordinate that has it.
    JubJub, "JubJub", generator SubgroupPoint::generator()
}

jubjub_curve! {
    /// JubJub with the generator under which Zcash Sapling authorises spends: RedJubjub keys.
    JubJubSpendAuth, "JubJub SpendAuth", generator SPEND_AUTH_GENERATOR
}

/// Keys derive alike under both generators.
const REDJUBJUB_DERIVATION: DerivationHash = DerivationHash::little_endian::<ExpandMsgXmd<Blake2b512>>(
    b"LIT_HD_KEY_ID_REDJUBJUB_XMD:BLAKE2B-512_ELL2_RO_NUL_",
    64,
);

/// FindGroupHash("Zcash_G_", "") of the Zcash protocol specification, §5.4.7.1.
const SPEND_AUTH_GENERATOR: SubgroupPoint = SubgroupPoint::from_raw_unchecked(
    Fq::from_raw([0x47bf_4692_0a95_a753, 0xd5b9_a7d3_ef8e_2827, 0xd418_a7ff_2675_3b6a, 0x0926_d4f3_2059_c712]),
    Fq::from_raw([0x3056_32ad_aaf2_b530, 0x6d65_674d_cedb_ddbc, 0x53bb_37d0_c21c_fd05, 0x57a1_019e_6de9_b675]),
);
