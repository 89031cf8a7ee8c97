//! Fields and groups.

use crate::common::rng;
use crate::known::Known;
use num_bigint::BigUint;
use rand::Rng;

const SAMPLES: u64 = 24;

/// The canonical representative of a scalar.
pub(crate) fn integer<C: Known>(scalar: &C::Scalar) -> BigUint {
    let bytes = C::scalar_bytes(scalar);
    if C::LITTLE_ENDIAN { BigUint::from_bytes_le(&bytes) } else { BigUint::from_bytes_be(&bytes) }
}

pub(crate) fn order<C: Known>() -> BigUint {
    BigUint::parse_bytes(C::ORDER.as_bytes(), 16).unwrap()
}

fn scalars<C: Known>(seed: u64) -> Vec<C::Scalar> {
    let rng = &mut rng(seed);
    let edges = [C::Scalar::from(0), C::Scalar::from(1), C::Scalar::from(u64::MAX), -C::Scalar::from(1)];
    edges.into_iter().chain((0..SAMPLES).map(|_| C::random_scalar(rng))).collect()
}

pub(crate) fn the_field_is_that_of_the_integers<C: Known>() {
    let q = order::<C>();
    for (a, b) in scalars::<C>(1).into_iter().zip(scalars::<C>(2).into_iter().rev()) {
        let [x, y] = [integer::<C>(&a), integer::<C>(&b)];
        assert!(x < q);
        assert_eq!(integer::<C>(&(a + b)), (&x + &y) % &q);
        assert_eq!(integer::<C>(&(a - b)), (&x + &q - &y) % &q);
        assert_eq!(integer::<C>(&(a * b)), (&x * &y) % &q);
        assert_eq!(integer::<C>(&-a), (&q - &x) % &q);
        assert_eq!(integer::<C>(&C::invert(&a)), x.modpow(&(&q - 2u8), &q));
        assert_eq!(bool::from(subtle::ConstantTimeEq::ct_eq(&a, &b)), x == y);
    }
    assert_eq!(integer::<C>(&C::Scalar::from(u64::MAX)), BigUint::from(u64::MAX));
}

/// Every length up to the greatest, at random and where carries are longest.
pub(crate) fn wide_integers_are_reduced<C: Known>() {
    let (q, rng) = (order::<C>(), &mut rng(3));
    let derivation = C::DERIVATION.wide_len();
    assert!(C::WIDE_LEN.min(derivation) * 8 >= q.bits() as usize + 128, "the bias is too great");
    for length in 0..=C::WIDE_LEN.max(derivation) {
        let mut random = vec![0; length];
        rng.fill_bytes(&mut random);
        for bytes in [random, vec![0xff; length], [&[0x80][..], &vec![0; length]].concat()[..length].to_vec()] {
            assert_eq!(integer::<C>(&C::reduce(&bytes)), BigUint::from_bytes_be(&bytes) % &q, "{bytes:02x?}");
        }
    }
    for multiple in [q.clone(), &q * 2u8, &q << 100, (&q << 100) - 1u8, &q + 1u8] {
        assert_eq!(integer::<C>(&C::reduce(&multiple.to_bytes_be())), multiple % &q);
    }
}

pub(crate) fn the_group_is_a_group<C: Known>() {
    let zero = C::identity();
    for (a, b) in scalars::<C>(4).into_iter().zip(scalars::<C>(5).into_iter().rev()) {
        let [p, q] = [a, b].map(|scalar| C::generator_mul(&scalar));
        assert_eq!(p, C::generator_mul_vartime(&a));
        assert_eq!(p + q, C::generator_mul(&(a + b)));
        assert_eq!(p - q, C::generator_mul(&(a - b)));
        assert_eq!(-p, C::generator_mul(&-a));
        assert_eq!((p + q) + p, p + (q + p));
        assert_eq!([p + zero, zero + p, p - zero], [p; 3]);
        assert_eq!([(p + q) - q, p + -p], [p, zero]);
        assert_eq!(p + p, C::generator_mul(&(a + a)));
        assert_eq!(p == q, C::encode_point(&p) == C::encode_point(&q));
    }
    // The order of the generator is q: (q - 1)·G is not zero, one more G is.
    let last = C::generator_mul(&-C::Scalar::from(1));
    assert_ne!(last, zero);
    assert_eq!(last + C::generator_mul(&C::Scalar::from(1)), zero);
    assert_eq!(C::generator_mul(&C::Scalar::from(0)), zero);
}

pub(crate) fn sums_of_products<C: Known>() {
    let scalars = scalars::<C>(6);
    let points: Vec<_> = scalars.iter().map(C::generator_mul).collect();
    for length in [0, 1, 2, 3, scalars.len()] {
        let terms: Vec<_> = points.iter().copied().zip(scalars.iter().rev().copied()).take(length).collect();
        let sum = scalars.iter().zip(scalars.iter().rev()).take(length);
        let sum = sum.fold(C::Scalar::from(0), |sum, (a, b)| sum + *a * *b);
        assert_eq!(C::sum_of_products_vartime(&terms), C::generator_mul(&sum), "{length} terms");
    }
    for number in [0, 1, 2, 3, 255, 256, 32768, u16::MAX] {
        let expected = C::generator_mul(&(scalars[7] * C::Scalar::from(number.into())));
        assert_eq!(C::small_mul_vartime(&points[7], number), expected);
    }
}
