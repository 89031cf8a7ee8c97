//! Tables for the bases that one statement multiplies hundreds of times.

use super::SCALAR_LEN;
use super::fixed_base::{FixedBase, ScalarExposure, TableGroup};
use super::real::{G1, G1Affine, Gt, Scalar};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use once_cell::race::OnceBox;
use zeroize::Zeroizing;

/// A width for a point that many statements multiply.
const WIDE: usize = 8;
/// For one that is multiplied thousands of times: a table has 1.3 MB.
const WIDEST: usize = 10;
/// For a point of one statement only.
const NARROW: usize = 6;
/// 64 bits in digits of 6. The quarters of a scalar are below 2^63.8, so the last digit never carries.
const GT: (usize, usize) = (6, 11);
/// The absolute value of the parameter of BLS12-381, which is negative.
const CURVE_PARAMETER: u64 = 0xd201_0000_0001_0000;

impl TableGroup for G1 {
    type Entry = G1Affine;

    fn identity() -> Self {
        Self::IDENTITY
    }
    fn identity_entry() -> G1Affine {
        G1Affine::default()
    }
    fn double(&self) -> Self {
        G1::double(self)
    }
    fn add_entry(&self, entry: &G1Affine) -> Self {
        *self + entry
    }
    fn negate_entry(entry: &G1Affine) -> G1Affine {
        -*entry
    }
    fn to_entries(points: &[Self]) -> Vec<G1Affine> {
        Self::batch_to_affine(points)
    }
    fn multiples(units: &[Self], size: usize) -> Vec<G1Affine> {
        // Row by row, while there are few: each with the greatest, and the greatest with itself.
        let mut multiples = vec![Self::batch_to_affine(units)];
        while multiples.len() < size {
            let greatest = multiples.last().map(|greatest| greatest.repeat(multiples.len())).unwrap_or_default();
            let next = G1Affine::sum_rows_vartime(vec![multiples.concat(), greatest]);
            multiples.extend(next.chunks_exact(units.len().max(1)).map(<[_]>::to_vec));
        }
        (0..units.len()).flat_map(|unit| multiples.iter().filter_map(move |row| row.get(unit).copied())).collect()
    }
}

impl TableGroup for Gt {
    type Entry = Self;

    fn identity() -> Self {
        Self::identity()
    }
    fn identity_entry() -> Self {
        Self::identity()
    }
    fn double(&self) -> Self {
        Gt::square(self)
    }
    fn add_entry(&self, entry: &Self) -> Self {
        *self * entry
    }
    fn negate_entry(entry: &Self) -> Self {
        entry.invert()
    }
    fn to_entries(points: &[Self]) -> Vec<Self> {
        points.to_vec()
    }
}

/// Multiples of a point of G1 that many statements multiply (393 KB).
///
/// ```
/// use relight::pairing::{G1, G1Table, PublicScalar, Scalar, SecretScalarUse};
///
/// let table = G1Table::new(G1::generator());
/// let product = table.mul::<SecretScalarUse>(&Scalar::from(5));
/// assert_eq!(product, G1::generator() * Scalar::from(5));
/// assert_eq!(product, table.mul::<PublicScalar>(&Scalar::from(5)));
/// assert_eq!(table.mul_all_vartime(&[Scalar::from(5)]), [product.to_affine()]);
/// ```
#[derive(Clone, Debug)]
pub struct G1Table(FixedBase<G1>);

impl G1Table {
    /// Tabulates a point.
    pub fn new(base: G1) -> Self {
        Self::of_width(base, WIDE)
    }

    /// For a point that is multiplied so many times by public scalars: as wide as pays for itself.
    ///
    /// ```
    /// use relight::pairing::{G1, G1Table, PublicScalar, Scalar};
    ///
    /// let product = G1Table::wide(G1::generator(), 5_000).mul::<PublicScalar>(&Scalar::from(5));
    /// assert_eq!(product, G1::generator() * Scalar::from(5));
    /// ```
    pub fn wide(base: G1, multiples: usize) -> Self {
        let additions = |width: &usize| digits(*width).saturating_mul((1 << (width - 1)) + multiples);
        Self::of_width(base, (WIDE..=WIDEST).min_by_key(additions).unwrap_or(WIDE))
    }

    fn of_width(base: G1, width: usize) -> Self {
        Self(FixedBase::new(base, width, digits(width)))
    }

    /// For a point of one statement only: a third of the size, made in a third of the time, and slower to use by a third.
    ///
    /// ```
    /// use relight::pairing::{G1, G1Table, PublicScalar, Scalar};
    ///
    /// let product = G1Table::narrow(G1::generator()).mul::<PublicScalar>(&Scalar::from(5));
    /// assert_eq!(product, G1::generator() * Scalar::from(5));
    /// ```
    pub fn narrow(base: G1) -> Self {
        Self::of_width(base, NARROW)
    }

    /// The point times the scalar.
    pub fn mul<E: ScalarExposure>(&self, scalar: &Scalar) -> G1 {
        self.0.mul::<E>(&*Zeroizing::new(scalar.to_le_bytes()))
    }

    /// The point times every scalar. For public scalars: their additions share inversions, and take half the time.
    pub fn mul_all_vartime(&self, scalars: &[Scalar]) -> Vec<G1Affine> {
        let scalars: Vec<_> = scalars.iter().map(|scalar| scalar.to_le_bytes()).collect();
        G1Affine::sum_rows_vartime(self.0.terms_vartime(&scalars))
    }
}

/// How many digits a scalar has. It has 255 bits, and is so far below 2^255 that the last digit never carries.
fn digits(width: usize) -> usize {
    255 / width + 1
}

/// The table of the generator g1, made once.
pub fn generator_table() -> &'static G1Table {
    static TABLE: OnceBox<G1Table> = OnceBox::new();
    TABLE.get_or_init(|| Box::new(G1Table::new(G1::generator())))
}

/// Powers of an element of GT (200 KB).
///
/// The table covers 64-bit exponents only: a scalar is written to the base of the curve parameter, and each of
/// its four digits acts through [`Gt::pow_parameter`].
///
/// ```
/// use relight::pairing::{G1, G2Affine, GtTable, Scalar, SecretScalarUse, pairing};
///
/// let (p, q) = (G1::generator(), G2Affine::hash(b"message"));
/// let power = GtTable::new(pairing(&p.to_affine(), &q)).pow::<SecretScalarUse>(&Scalar::from(5));
/// assert_eq!(power, pairing(&(p * Scalar::from(5)).to_affine(), &q));
/// ```
#[derive(Debug)]
pub struct GtTable(FixedBase<Gt>);

impl GtTable {
    /// Tabulates an element of GT.
    pub fn new(base: Gt) -> Self {
        let (width, digits) = GT;
        Self(FixedBase::new(base, width, digits))
    }

    /// The element to the power of the scalar.
    pub fn pow<E: ScalarExposure>(&self, scalar: &Scalar) -> Gt {
        let [a, b, c, d] = quarters(scalar).map(|quarter| self.0.mul::<E>(&quarter.to_le_bytes()));
        [c, b, a].iter().fold(d, |power, digit| power.pow_parameter() * digit)
    }
}

/// The digits of a scalar to the base of the curve parameter, least significant first.
fn quarters(scalar: &Scalar) -> [u64; 4] {
    let mut number = limbs(&scalar.to_le_bytes());
    core::array::from_fn(|_| divide(&mut number))
}

fn limbs(bytes: &[u8; SCALAR_LEN]) -> [u64; 4] {
    let mut limbs = [0; 4];
    for (limb, chunk) in limbs.iter_mut().zip(bytes.chunks_exact(8)) {
        *limb = chunk.iter().rev().fold(0, |limb, byte| (limb << 8) | u64::from(*byte));
    }
    limbs
}

/// Divides by the curve parameter in place and returns the remainder, bit by bit, in constant time.
fn divide(number: &mut [u64; 4]) -> u64 {
    let divisor = u128::from(CURVE_PARAMETER);
    let mut remainder = 0u128;
    for limb in number.iter_mut().rev() {
        for _ in 0..64 {
            remainder = (remainder << 1) | u128::from(*limb >> 63);
            let difference = remainder.wrapping_sub(divisor);
            let below = (difference >> 127) as u64;
            remainder = difference.wrapping_add(divisor & u128::from(below).wrapping_neg());
            *limb = (*limb << 1) | (below ^ 1);
        }
    }
    remainder as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A few points, so that equal ones, opposite ones and the identity meet.
    fn point(logarithm: i8) -> G1 {
        let multiple = G1::generator() * Scalar::from(u64::from(logarithm.unsigned_abs()));
        if logarithm < 0 { -multiple } else { multiple }
    }

    fn check(rows: &[Vec<i8>]) {
        let points = |row: &Vec<i8>| G1::batch_to_affine(&row.iter().copied().map(point).collect::<Vec<_>>());
        let sums = G1Affine::sum_rows_vartime(rows.iter().map(points).collect());
        let places = 0..rows.iter().map(Vec::len).min().unwrap_or(0);
        let sum = |place: usize| rows.iter().fold(G1::IDENTITY, |sum, row| sum + point(row[place])).to_affine();
        assert_eq!(sums, places.map(sum).collect::<Vec<_>>(), "{rows:?}");
    }

    #[test]
    fn sums_of_points_that_have_no_line_through_them() {
        check(&[]);
        check(&[vec![]]);
        check(&[vec![], vec![]]);
        check(&[vec![0, 5, -5]]);
        // The identity on either side and on both, equal points, opposite points, and two that are neither.
        check(&[vec![0, 3, 0, 4, 4, -4, 1], vec![3, 0, 0, 4, -4, 4, 2]]);
        // What is added up is equal, or opposite, after the first pass only.
        check(&[vec![1, 1, 1], vec![1, 2, 2], vec![1, 2, -2], vec![1, 1, -1]]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn sums_of_rows(rows in (0usize..5).prop_flat_map(|len| prop::collection::vec(prop::collection::vec(-3i8..=3, len), 0..9))) {
            check(&rows);
        }
    }
}
