//! Tables for the bases that one statement multiplies hundreds of times.

use super::fixed_base::{FixedBase, ScalarExposure, TableGroup};
use super::real::{G1, G1Affine, Gt, Scalar};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use once_cell::race::OnceBox;

/// A width for a point that many statements multiply.
const WIDE: usize = 8;
/// For one that is multiplied thousands of times: a table has 1.2 MB.
const WIDEST: usize = 11;
/// For a point of one statement only, and for every secret scalar: of a wider table, a row takes longer to read than is saved.
const NARROW: usize = 6;

impl TableGroup for G1 {
    type Entry = G1Affine;
    const PARTS: usize = Self::PARTS;

    fn shift(&self) -> Self {
        G1::shift(self)
    }
    fn identity() -> Self {
        Self::IDENTITY
    }
    fn identity_entry() -> G1Affine {
        G1Affine::default()
    }
    fn double(&self) -> Self {
        G1::double(self)
    }
    fn add_entry(&mut self, entry: &G1Affine) {
        *self += entry;
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
    const PARTS: usize = 4;

    fn shift(&self) -> Self {
        self.pow_parameter()
    }
    fn identity() -> Self {
        Self::identity()
    }
    fn identity_entry() -> Self {
        Self::identity()
    }
    fn double(&self) -> Self {
        Gt::square(self)
    }
    fn add_entry(&mut self, entry: &Self) {
        *self *= entry;
    }
    fn negate_entry(entry: &Self) -> Self {
        entry.invert()
    }
    fn to_entries(points: &[Self]) -> Vec<Self> {
        points.to_vec()
    }
}

/// Multiples of a point of G1, of which an endomorphism makes others.
///
/// ```
/// use relight::pairing::{G1, G1Table, PublicScalar, Scalar, SecretScalarUse};
///
/// let table = G1Table::narrow(G1::generator());
/// let product = table.mul::<SecretScalarUse>(&Scalar::from(5));
/// assert_eq!(product, G1::generator() * Scalar::from(5));
/// assert_eq!(product, table.mul::<PublicScalar>(&Scalar::from(5)));
/// assert_eq!(table.mul_all_vartime(&[Scalar::from(5)]), [product.to_affine()]);
/// ```
#[derive(Clone, Debug)]
pub struct G1Table(FixedBase<G1>);

impl G1Table {
    /// For a point that is multiplied by secret scalars, or by those of one statement (68 KB).
    pub fn narrow(base: G1) -> Self {
        Self(FixedBase::new(base, NARROW))
    }

    /// For a point that is multiplied so many times by public scalars: as wide as pays for itself, at most 1.2 MB.
    ///
    /// ```
    /// use relight::pairing::{G1, G1Table, PublicScalar, Scalar};
    ///
    /// let product = G1Table::wide(G1::generator(), 5_000).mul::<PublicScalar>(&Scalar::from(5));
    /// assert_eq!(product, G1::generator() * Scalar::from(5));
    /// ```
    pub fn wide(base: G1, multiples: usize) -> Self {
        let made = |width: &usize| 1usize << (width - 1);
        let used = multiples.saturating_mul(G1::PARTS);
        let additions =
            |width: &usize| FixedBase::<G1>::digits(*width).saturating_mul(made(width).saturating_add(used));
        Self(FixedBase::new(base, (NARROW..=WIDEST).min_by_key(additions).unwrap_or(WIDE)))
    }

    /// The point times the scalar.
    pub fn mul<E: ScalarExposure>(&self, scalar: &Scalar) -> G1 {
        self.0.mul::<E>(scalar)
    }

    /// The point times every scalar. For public scalars: their additions share inversions, and take half the time.
    pub fn mul_all_vartime(&self, scalars: &[Scalar]) -> Vec<G1Affine> {
        let sums = G1Affine::sum_rows_vartime(self.0.terms_vartime(scalars));
        let parts = sums.chunks_exact(scalars.len().max(1)).map(<[_]>::to_vec);
        let add = |sums: Vec<G1Affine>, parts| {
            G1Affine::sum_rows_vartime(vec![sums.iter().map(G1Affine::shift).collect(), parts])
        };
        parts.reduce(add).unwrap_or_default()
    }
}

/// The table of the generator g1 for public or for secret scalars, made once.
pub fn generator_table<E: ScalarExposure>() -> &'static G1Table {
    static PUBLIC: OnceBox<G1Table> = OnceBox::new();
    static SECRET: OnceBox<G1Table> = OnceBox::new();
    let (table, width) = if E::PUBLIC { (&PUBLIC, WIDE) } else { (&SECRET, NARROW) };
    table.get_or_init(|| Box::new(G1Table(FixedBase::new(G1::generator(), width))))
}

/// Powers of an element of GT (200 KB).
///
/// The table covers exponents of 64 bits: a scalar is written to the base of the curve parameter, of which every power
/// comes from [`Gt::pow_parameter`].
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
        Self(FixedBase::new(base, NARROW))
    }

    /// The element to the power of the scalar.
    pub fn pow<E: ScalarExposure>(&self, scalar: &Scalar) -> Gt {
        self.0.mul::<E>(scalar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::fixed_base::tests::scalars;
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

    #[test]
    fn all_multiples_together_are_those_that_are_made_one_by_one() {
        let (base, scalars) = (G1::generator() * Scalar::from(3), scalars());
        let multiples: Vec<_> = scalars.iter().map(|scalar| (base * *scalar).to_affine()).collect();
        for width in NARROW..=WIDEST {
            let table = G1Table(FixedBase::new(base, width));
            assert_eq!(table.mul_all_vartime(&scalars), multiples, "width {width}");
            assert_eq!(table.mul_all_vartime(&[]), []);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn sums_of_rows(rows in (0usize..5).prop_flat_map(|len| prop::collection::vec(prop::collection::vec(-3i8..=3, len), 0..9))) {
            check(&rows);
        }
    }
}
