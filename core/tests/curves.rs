//! One suite that every curve of the registry passes.

#[macro_use]
mod common;
#[path = "curves/encodings.rs"]
mod encodings;
#[path = "curves/known.rs"]
mod known;
#[path = "curves/laws.rs"]
mod laws;
#[path = "curves/protocol.rs"]
mod protocol;

use relight::curve::{CurveId, KeyCurve};

macro_rules! conformance {
    ($($about:literal, $gate:meta, $curve:ident = $number:literal in $module:ident;)*) => {
        $(#[allow(non_snake_case)]
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
            assert_eq!(CurveId::ALL, [$(<relight::curve::$curve as KeyCurve>::ID),*]);
            assert!(CurveId::ALL.iter().map(|curve| curve.number()).eq(1..=CurveId::ALL.len() as u16));
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
