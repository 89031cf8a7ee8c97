use super::super::{identifiers as checked, point, scalar, secret};
use super::*;
use crate::codec::{Reader, Writer};
use crate::curve::{CurveId, CurvePoint, KeyCurve, SecretScalar, with_curve};
use crate::sharing::{combine_points, combine_secrets, lagrange_at, lagrange_at_zero};
use alloc::vec;
use rand::{SeedableRng, rngs::StdRng};

/// Small numbers, so that some repeat, and integers of any length.
fn identifiers() -> impl Strategy<Value = Vec<Identifier>> {
    let small = prop_oneof![9 => 1u64..12, 1 => 1u64..70000].prop_map(|number| Identifier::new(number).unwrap());
    let any = (1u8.., vector(any::<u8>(), 0..64))
        .prop_map(|(first, rest)| Identifier::from_bytes(&[&[first], &rest[..]].concat()).unwrap());
    vector(prop_oneof![3 => small, 1 => any], 0..6)
}

/// The order of a curve, big-endian: one more than the greatest scalar.
fn order<C: KeyCurve>() -> Vec<u8> {
    let greatest = identifier_from_scalar(C::ID, &encoding::<C>(-C::Scalar::from(1))).unwrap();
    let mut order = greatest.as_bytes().to_vec();
    let last = order.iter().rposition(|byte| *byte < 255).unwrap();
    order[last] += 1;
    order[last + 1..].fill(0);
    order
}

/// Twice the integer.
fn doubled(integer: &[u8]) -> Vec<u8> {
    let shifted = (0..=integer.len()).map(|place| {
        let high = place.checked_sub(1).map_or(0, |before| integer[before] << 1);
        high | integer.get(place).map_or(0, |byte| byte >> 7)
    });
    shifted.skip_while(|byte| *byte == 0).collect()
}

proptest! {
    // On every curve.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn identifiers_are_their_encoding(bytes in vector(0u8..3, 0..70), long in vector(1u8.., 62..67), number: u64, shift in 0u32..64) {
        for bytes in [&bytes, &long] {
            prop_assert_eq!(Identifier::from_bytes(bytes), identifier(bytes));
            let encoded = prefixed(bytes, 1);
            let mut reader = Reader::new(&encoded);
            prop_assert_eq!(Identifier::read(&mut reader), identifier_field(&encoded).map(|(identifier, _)| identifier));
        }
        for number in [number >> shift, 1 << shift, (1 << shift) - 1, u64::MAX] {
            prop_assert_eq!(Identifier::new(number), identifier(&shortest(number)));
        }
    }

    #[test]
    fn identifiers_are_integers_modulo_the_order(identifiers in identifiers(), bytes in vector(any::<u8>(), 64)) {
        for identifier in identifiers {
            prop_assert_eq!(identifier.as_bytes(), &identifier.bytes[..usize::from(identifier.length)]);
            prop_assert_eq!(identifier.write(Writer::default()).finish(), prefixed(identifier.as_bytes(), 1));
            for curve in CurveId::ALL {
                prop_assert_eq!(identifier.to_scalar(*curve), scalar(&identifier, *curve));
            }
        }
        for curve in CurveId::ALL {
            let any = &bytes[..curve.scalar_len()];
            prop_assert_eq!(Identifier::from_scalar(*curve, any), identifier_from_scalar(*curve, any));
            let reduced = scalar(&identifier(&[&[1], &bytes[1..]].concat()).unwrap(), *curve).unwrap();
            prop_assert_eq!(Identifier::from_scalar(*curve, &reduced), identifier_from_scalar(*curve, &reduced));
        }
    }

    #[test]
    fn weights_are_products(identifiers in identifiers(), at: u64) {
        for curve in CurveId::ALL {
            with_curve!(*curve, C => {
                let at = <C as KeyCurve>::Scalar::from(at % 20);
                let zero = <C as KeyCurve>::Scalar::from(0u64);
                prop_assert_eq!(
                    encodings::<C>(Identifier::check::<C>(&identifiers)),
                    encodings::<C>(checked::<C>(&identifiers))
                );
                prop_assert_eq!(
                    encodings::<C>(lagrange_at::<C>(&identifiers, at)),
                    encodings::<C>(weights::<C>(&identifiers, at))
                );
                prop_assert_eq!(
                    encodings::<C>(lagrange_at_zero::<C>(&identifiers)),
                    encodings::<C>(weights::<C>(&identifiers, zero))
                );
            });
        }
    }

    #[test]
    fn shares_are_combined(identifiers in identifiers(), curve in 0..CurveId::ALL.len(), odd in 0usize..40, seed: u64) {
        let rng = &mut StdRng::seed_from_u64(seed);
        let curve_of = |place: usize| CurveId::ALL[if place == odd { 0 } else { curve }];
        let secrets: Vec<_> = (0..identifiers.len()).map(|place| SecretScalar::random(curve_of(place), rng)).collect();
        let points: Vec<CurvePoint> = secrets.iter().map(SecretScalar::public).collect();
        let secrets: Vec<_> = identifiers.iter().copied().zip(&secrets).collect();
        let points: Vec<_> = identifiers.into_iter().zip(&points).collect();
        let combined = combine_secrets(&secrets).map(|secret| (secret.curve(), secret.expose_bytes().to_vec()));
        prop_assert_eq!(combined, secret(&secrets));
        prop_assert_eq!(combine_points(&points), point(&points));
    }
}

#[test]
fn multiples_of_the_order_are_zero_and_what_is_congruent_is_one_identifier() {
    for curve in CurveId::ALL {
        with_curve!(*curve, C => {
            let order = order::<C>();
            let mut next = order.clone();
            *next.last_mut().unwrap() += 1;
            let lists = [vec![order.clone()], vec![vec![7], doubled(&order)], vec![vec![1], next.clone()], vec![next]];
            for list in lists {
                let list: Vec<Identifier> = list.iter().map(|bytes| Identifier::from_bytes(bytes).unwrap()).collect();
                let expected = encodings::<C>(checked::<C>(&list));
                assert_eq!(encodings::<C>(Identifier::check::<C>(&list)), expected);
                assert_eq!(list[0].to_scalar(*curve), scalar(&list[0], *curve));
            }
            assert!(checked::<C>(&[Identifier::from_bytes(&order).unwrap()]).is_err());
        });
    }
}

/// f(X) = X.
#[test]
fn a_sum_of_zero_is_no_secret() {
    for curve in CurveId::ALL {
        with_curve!(*curve, C => {
            let share = |value| SecretScalar::from_scalar::<C>(&value).unwrap();
            let (one, two) = (share(<C as KeyCurve>::Scalar::from(1u64)), share(<C as KeyCurve>::Scalar::from(2u64)));
            let [first, second] = [1, 2].map(|number| Identifier::new(number).unwrap());
            let shares = [(first, &one), (second, &two)];
            assert_eq!(combine_secrets(&shares).unwrap_err(), secret(&shares).unwrap_err());
            let (one, two) = (one.public(), two.public());
            let shares = [(first, &one), (second, &two)];
            assert_eq!(combine_points(&shares), Err(Error::InvalidPoint));
            assert_eq!(point(&shares), Err(Error::InvalidPoint));
        });
    }
}
