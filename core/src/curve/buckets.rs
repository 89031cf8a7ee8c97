//! Sums of very many products of public points and scalars, by Pippenger's method: for each window of the scalars, the
//! points that have the same digit are added up before they are multiplied.

use super::KeyCurve;
use crate::pairing::window;
use alloc::vec;

/// The bits of a window for so many terms; none for so few that a table for each is cheaper.
pub(super) fn width(terms: usize) -> Option<usize> {
    let bits = terms.checked_ilog2()? as usize;
    (bits >= 8).then(|| bits.min(12).saturating_sub(2))
}

/// For curves whose scalars are encoded with the first byte as the greatest.
pub(super) fn sum_of_products_vartime<C: KeyCurve>(terms: &[(C::Point, C::Scalar)], width: usize) -> C::Point {
    let mut scalars = vec![0; C::SCALAR_LEN.saturating_mul(terms.len())];
    for (bytes, (_, scalar)) in scalars.chunks_exact_mut(C::SCALAR_LEN).zip(terms) {
        C::encode_scalar(scalar, bytes);
        bytes.reverse();
    }
    let places = (0..(8 * C::SCALAR_LEN).div_ceil(width)).rev();
    places.fold(C::identity(), |sum, place| {
        let scalars = scalars.chunks_exact(C::SCALAR_LEN);
        let digits = scalars.map(|scalar| usize::from(window(scalar, width, width * place)));
        let shifted = (0..width).fold(sum, |sum, _| sum + sum);
        shifted + sum_of_window::<C>(terms.iter().map(|(point, _)| *point).zip(digits), width)
    })
}

/// The sum of digit·point.
fn sum_of_window<C: KeyCurve>(terms: impl Iterator<Item = (C::Point, usize)>, width: usize) -> C::Point {
    let add = |sum: Option<C::Point>, point| Some(sum.map_or(point, |sum| sum + point));
    // The sum of the points with each digit but zero.
    let mut buckets = vec![None; (1 << width) - 1];
    for (point, digit) in terms {
        let bucket = digit.checked_sub(1).and_then(|place| buckets.get_mut(place));
        bucket.into_iter().for_each(|bucket| *bucket = add(*bucket, point));
    }
    // The sum of the points with this digit or a greater one is added once for every digit.
    let (mut running, mut sum) = (None, None);
    for bucket in buckets.into_iter().rev() {
        running = bucket.map_or(running, |points| add(running, points));
        sum = running.map_or(sum, |running| add(sum, running));
    }
    sum.unwrap_or(C::identity())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::Secp256k1;
    use alloc::vec::Vec;

    type Scalar = <Secp256k1 as KeyCurve>::Scalar;

    /// As many terms as buckets are used for, at least, with zero, repeated and opposite scalars and points among them.
    fn terms(count: u64) -> Vec<(<Secp256k1 as KeyCurve>::Point, Scalar)> {
        let scalar = |n: u64| Secp256k1::reduce(&[n.to_be_bytes(); 6].concat());
        let scalars = (0..count).map(|n| match n % 5 {
            0 => Scalar::from(n / 100),
            1 => -Scalar::from(n / 100),
            _ => scalar(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        });
        scalars.zip(0..).map(|(factor, n)| (Secp256k1::generator_mul(&scalar(n % 97)), factor)).collect()
    }

    #[test]
    fn a_sum_over_buckets_is_the_sum_of_the_products() {
        for count in [0, 1, 255, 256, 1000] {
            let terms = terms(count);
            let one_by_one = terms.chunks(1).map(Secp256k1::sum_of_products_vartime);
            let expected = one_by_one.fold(Secp256k1::identity(), |sum, product| sum + product);
            assert_eq!(Secp256k1::sum_of_products_vartime(&terms), expected, "{count}");
            for width in [1, 6, 7, 8, 12] {
                assert_eq!(sum_of_products_vartime::<Secp256k1>(&terms, width), expected, "{count}, {width}");
            }
        }
    }

    #[test]
    fn few_terms_have_tables_and_many_have_buckets() {
        assert_eq!([0, 255, 256, 670, 1 << 14, 1 << 20].map(width), [None, None, Some(6), Some(7), Some(10), Some(10)]);
    }
}
