//! Tables for the bases that one statement multiplies hundreds of times.

use super::SCALAR_LEN;
use super::fixed_base::{FixedBase, ScalarExposure, TableGroup};
use super::real::{G1, G1Affine, Gt, Scalar};
use alloc::boxed::Box;
use alloc::vec::Vec;
use once_cell::race::OnceBox;
use zeroize::Zeroizing;

const G1_WINDOW: usize = 6;
/// 255 bits in windows of 6: there is room for the carry of the last one.
const G1_DIGITS: usize = 43;
const GT_WINDOW: usize = 6;
/// 64 bits in windows of 6. The quarters of a scalar are below 2^63.8, so the last digit never carries.
const GT_DIGITS: usize = 11;
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

/// Multiples of a point of G1 (129 KB).
///
/// ```
/// use relight::pairing::{G1, G1Table, PublicScalar, Scalar, SecretScalarUse};
///
/// let table = G1Table::new(G1::generator());
/// let product = table.mul::<SecretScalarUse>(&Scalar::from(5));
/// assert_eq!(product, G1::generator() * Scalar::from(5));
/// assert_eq!(product, table.mul::<PublicScalar>(&Scalar::from(5)));
/// ```
#[derive(Debug)]
pub struct G1Table(FixedBase<G1, G1_WINDOW>);

impl G1Table {
    /// Tabulates a point.
    pub fn new(base: G1) -> Self {
        Self(FixedBase::new(base, G1_DIGITS, 1))
    }

    /// Half a table, for a point of one statement only: made in half the time, and a tenth slower to use.
    ///
    /// ```
    /// use relight::pairing::{G1, G1Table, PublicScalar, Scalar};
    ///
    /// let product = G1Table::half(G1::generator()).mul::<PublicScalar>(&Scalar::from(5));
    /// assert_eq!(product, G1::generator() * Scalar::from(5));
    /// ```
    pub fn half(base: G1) -> Self {
        Self(FixedBase::new(base, G1_DIGITS, 2))
    }

    /// The point times the scalar.
    pub fn mul<E: ScalarExposure>(&self, scalar: &Scalar) -> G1 {
        self.0.mul::<E>(&*Zeroizing::new(scalar.to_le_bytes()))
    }
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
pub struct GtTable(FixedBase<Gt, GT_WINDOW>);

impl GtTable {
    /// Tabulates an element of GT.
    pub fn new(base: Gt) -> Self {
        Self(FixedBase::new(base, GT_DIGITS, 1))
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
