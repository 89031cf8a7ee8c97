//! A build like that of a product: nothing that is for tests is known to it.

use relight::curve::CurveId;
use relight::{Error, ParameterSet};

#[test]
fn the_insecure_parameter_sets_are_unknown() {
    for number in [0xf0, 0xf1] {
        assert_eq!(ParameterSet::try_from(number), Err(Error::UnknownParameterSet(number)));
    }
    assert!(ParameterSet::ALL.iter().all(|set| set.number() <= 5));
}

#[test]
fn the_curves_of_tests_are_unknown() {
    for number in [0xf000, 0xffff] {
        assert_eq!(CurveId::try_from(number), Err(Error::UnknownCurve(number)));
    }
    assert!(CurveId::ALL.iter().all(|curve| curve.number() < 0xf000));
}
