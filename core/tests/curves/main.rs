//! One suite that every curve of the registry passes, and what is known of single ones and of the pairing.

#[macro_use]
#[path = "../common/mod.rs"]
mod common;

mod derivation;
mod encodings;
mod interop;
mod known;
mod laws;
mod pairing;
mod pallas;
mod points;
mod protocol;

use relight::curve::{CurveId, KeyCurve};

/// The first number of curves that are for tests.
const TESTS: u16 = 0xf000;

macro_rules! conformance {
    ($($about:literal, $gate:meta, $curve:ident = $number:literal in $module:ident;)*) => {
        $(#[cfg($gate)]
        #[allow(non_snake_case)]
        mod $curve {
            use super::*;

            conformance!(@tests relight::curve::$curve:
                laws::the_field_is_that_of_the_integers, laws::wide_integers_are_reduced, laws::the_group_is_a_group,
                laws::sums_of_products, encodings::scalars, encodings::identifiers, encodings::points,
                encodings::any_bytes, known::multiples_of_the_generator, protocol::sharing, protocol::encryption,
                protocol::generation_and_resharing, protocol::derivation,
            );
        })*

        #[test]
        fn the_registry_is_in_order() {
            assert_eq!(CurveId::ALL, [$(#[cfg($gate)] <relight::curve::$curve as KeyCurve>::ID),*]);
            let numbers: Vec<_> = CurveId::ALL.iter().map(|curve| curve.number()).filter(|number| *number < TESTS).collect();
            assert!(numbers.iter().copied().eq(1..=numbers.len() as u16));
        }
    };
    (@tests $curve:ty: $($file:ident::$test:ident,)*) => {
        $(#[test]
        fn $test() {
            $file::$test::<$curve>();
        })*
    };
}

curves! { conformance! }
