//! One suite that every curve of the registry passes.

mod common;
#[path = "curves/encodings.rs"]
mod encodings;
#[path = "curves/known.rs"]
mod known;
#[path = "curves/laws.rs"]
mod laws;
#[path = "curves/protocol.rs"]
mod protocol;

use relight::curve::{
    Bls12381G1, Bls12381G2, CurveId, Ed448, Ed25519, JubJub, JubJubSpendAuth, KeyCurve, P256, P384, Ristretto255,
    Secp256k1,
};

macro_rules! conformance {
    ($($module:ident: $curve:ident,)*) => {
        $(mod $module {
            use super::*;

            conformance!(@tests $curve:
                laws::the_field_is_that_of_the_integers, laws::wide_integers_are_reduced, laws::the_group_is_a_group,
                laws::sums_of_products, encodings::scalars, encodings::identifiers, encodings::points,
                encodings::any_bytes, known::multiples_of_the_generator, protocol::sharing, protocol::encryption,
                protocol::generation_and_resharing, protocol::derivation,
            );
        })*

        #[test]
        fn every_curve_of_the_registry_is_here() {
            assert_eq!(CurveId::ALL, [$(<$curve as KeyCurve>::ID),*]);
        }
    };
    (@tests $curve:ident: $($file:ident::$test:ident,)*) => {
        $(#[test]
        fn $test() {
            $file::$test::<$curve>();
        })*
    };
}

conformance! {
    secp256k1: Secp256k1,
    bls12381_g1: Bls12381G1,
    p256: P256,
    p384: P384,
    ed25519: Ed25519,
    ristretto255: Ristretto255,
    ed448: Ed448,
    jubjub: JubJub,
    jubjub_spend_auth: JubJubSpendAuth,
    bls12381_g2: Bls12381G2,
}
