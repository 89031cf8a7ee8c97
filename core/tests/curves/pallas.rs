//! Pallas beside another implementation of it, `pasta_curves`.

use crate::common::rng;
use pasta_curves::group::{Group, GroupEncoding, ff::PrimeField};
use pasta_curves::pallas::{Point, Scalar};
use rand::Rng;
use relight::curve::{KeyCurve, Pallas};

fn other_scalar(scalar: &<Pallas as KeyCurve>::Scalar) -> Scalar {
    let bytes: [u8; 32] = Pallas::scalar_bytes(scalar)[..].try_into().unwrap();
    Scalar::from_repr(bytes).unwrap()
}

#[test]
fn both_multiply_and_add_alike() {
    let rng = &mut rng(1);
    for _ in 0..50 {
        let [a, b] = [(); 2].map(|()| Pallas::random_scalar(rng));
        let [p, q] = [a, b].map(|scalar| Pallas::generator_mul(&scalar));
        let [x, y] = [a, b].map(|scalar| Point::generator() * other_scalar(&scalar));
        let ours = Pallas::encode_points(&[p, p + q, p - q, p + p, -p]);
        assert_eq!(ours, [x, x + y, x - y, x + x, -x].map(|point| point.to_bytes()).concat());
        assert_eq!(
            Pallas::encode_point(&Pallas::sum_of_products_vartime(&[(p, b)])),
            (x * other_scalar(&b)).to_bytes()
        );
    }
    assert_eq!(Pallas::encode_point(&Pallas::identity()), Point::identity().to_bytes());
}

/// Half of all abscissas are those of points.
#[test]
fn both_decode_the_same_bytes() {
    let rng = &mut rng(2);
    let decoded = (0..400).filter(|_| {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        bytes[31] &= 0xbf;
        let point = Option::<Point>::from(Point::from_bytes(&bytes));
        assert_eq!(
            Pallas::decode_point(&bytes).map(|point| Pallas::encode_point(&point)),
            point.map(|_| bytes.to_vec())
        );
        point.is_some()
    });
    assert!((100..300).contains(&decoded.count()));
}
