//! Fixed-base multiplication with signed windows.
//!
//! A scalar is cut into parts, digits to the base of a number by which the group multiplies at almost no cost. A part is
//! written in digits of W bits, the width of the table, between `-2^(W-1)` and `2^(W-1)`; the multiples of the base that
//! each digit can ask for are tabulated once, and a multiplication is then one addition per digit. With a secret scalar
//! the whole row is read and the entry selected in constant time; with a public one it is indexed.

use super::real::Scalar;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::array;
use core::iter;
use core::marker::PhantomData;
use k256::elliptic_curve::bigint::{NonZero, U128, U256};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

/// What a table holds, as far as a constant-time look-up sees it.
pub(super) trait TableEntry: Copy {
    /// What a look-up starts with: no entry yet.
    fn blank() -> Self;
    /// Becomes `entry` if that is chosen. Of all entries that a blank is offered, at most one may be chosen.
    fn take_if(&mut self, entry: &Self, chosen: Choice);
}

/// The group operations that a table needs.
pub(super) trait TableGroup: Copy {
    /// The form in which multiples are tabulated.
    type Entry: TableEntry + Into<Self>;
    /// Into how many parts a scalar is cut: 1, 2 or 4.
    const PARTS: usize;

    /// Multiplies by the base of the parts: by |z|^(4 / PARTS), z being the parameter of BLS12-381.
    fn shift(&self) -> Self;
    fn identity() -> Self;
    fn identity_entry() -> Self::Entry;
    fn double(&self) -> Self;
    fn add_entry(&mut self, entry: &Self::Entry);
    fn negate_entry(entry: &Self::Entry) -> Self::Entry;
    fn to_entries(points: &[Self]) -> Vec<Self::Entry>;

    /// The multiples `1..=size` of every unit, unit by unit. Two by two: twice one that is there, and one more.
    fn multiples(units: &[Self], size: usize) -> Vec<Self::Entry> {
        let multiples = |unit: &Self::Entry| {
            let mut multiples = Vec::with_capacity(size.saturating_add(1));
            multiples.push((*unit).into());
            for half in 0..size / 2 {
                let even = multiples.get(half).map_or(Self::identity(), Self::double);
                let mut odd = even;
                odd.add_entry(unit);
                multiples.extend([even, odd]);
            }
            multiples.truncate(size);
            multiples
        };
        let multiples: Vec<Self> = Self::to_entries(units).iter().flat_map(multiples).collect();
        Self::to_entries(&multiples)
    }
}

/// Whether a multiplication may take a time that depends on its scalar.
pub trait ScalarExposure: sealed::Sealed {
    #[doc(hidden)]
    const PUBLIC: bool;
}

/// The scalar is secret: constant time.
#[derive(Debug)]
pub struct SecretScalarUse;

/// The scalar is public: variable time.
#[derive(Debug)]
pub struct PublicScalar;

impl ScalarExposure for SecretScalarUse {
    const PUBLIC: bool = false;
}

impl ScalarExposure for PublicScalar {
    const PUBLIC: bool = true;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::SecretScalarUse {}
    impl Sealed for super::PublicScalar {}
}

/// Multiples of a base: row n holds `1..=2^(W-1)` times `2^(W n)` times the base.
#[derive(Clone, Debug)]
pub(super) struct FixedBase<G: TableGroup> {
    width: usize,
    entries: Box<[G::Entry]>,
    group: PhantomData<G>,
}

impl<G: TableGroup> FixedBase<G> {
    /// Tabulates a base for digits of `width` bits: 6 to 11.
    pub(super) fn new(base: G, width: usize) -> Self {
        let next = |unit: &G| Some((0..width).fold(*unit, |unit, _| unit.double()));
        let units: Vec<G> = iter::successors(Some(base), next).take(Self::digits(width)).collect();
        Self { width, entries: G::multiples(&units, 1 << (width - 1)).into_boxed_slice(), group: PhantomData }
    }

    fn digits_of(&self, part: &Part) -> [Digit; MAX_DIGITS] {
        Digit::all(part, self.width, Self::digits(self.width))
    }

    fn rows(&self) -> impl Iterator<Item = &[G::Entry]> {
        self.entries.chunks_exact(1 << (self.width - 1))
    }

    /// How many digits a part has. It is so far below 2^(256 / PARTS) that the last of them never carries.
    pub(super) fn digits(width: usize) -> usize {
        256 / G::PARTS / width + 1
    }

    /// The base times the scalar.
    pub(super) fn mul<E: ScalarExposure>(&self, scalar: &Scalar) -> G {
        let mut sum = None;
        for part in parts(scalar, G::PARTS).iter() {
            sum = sum.map(|sum: G| sum.shift());
            self.add::<E>(&mut sum, part);
        }
        sum.unwrap_or(G::identity())
    }

    /// Adds the base times a part of a scalar.
    fn add<E: ScalarExposure>(&self, sum: &mut Option<G>, part: &Part) {
        let digits = Zeroizing::new(self.digits_of(part));
        //= spec/2-conventions.md#2-4-secrets
        //# The sequence of instructions and memory addresses that an implementation uses MUST NOT depend on secrets.
        for (row, digit) in self.rows().zip(digits.iter()) {
            let entry = if E::PUBLIC { entry_vartime::<G>(row, digit) } else { Some(entry::<G>(row, digit)) };
            match (sum.as_mut(), entry) {
                (Some(sum), Some(entry)) => sum.add_entry(&entry),
                (None, Some(entry)) => *sum = Some(entry.into()),
                (_, None) => {}
            }
        }
    }

    /// The entries that add up to the base times a part of each scalar: those of a row together, first one for the most
    /// significant part of every scalar, then one for the next.
    pub(super) fn terms_vartime(&self, scalars: &[Scalar]) -> Vec<Vec<G::Entry>> {
        let scalars: Vec<_> = scalars.iter().map(|scalar| parts(scalar, G::PARTS)).collect();
        let parts = (0..G::PARTS).flat_map(|place| scalars.iter().filter_map(move |parts| parts.get(place)));
        let digits: Vec<_> = parts.map(|part| self.digits_of(part)).collect();
        let terms = |(place, row)| {
            let digits = digits.iter().filter_map(|digits| digits.get(place));
            digits.map(|digit| entry_vartime::<G>(row, digit).unwrap_or(G::identity_entry())).collect()
        };
        self.rows().enumerate().map(terms).collect()
    }
}

/// The absolute value of the parameter of BLS12-381, which is negative.
pub(super) const PARAMETER: u64 = 0xd201_0000_0001_0000;

/// A part of a scalar, little-endian.
type Part = [u8; 32];

/// The digits of a scalar to the base |z|^(4 / count), the most significant first.
fn parts(scalar: &Scalar, count: usize) -> Zeroizing<Vec<Part>> {
    let parameter = U128::from_u64(PARAMETER);
    let base = if count == 2 { parameter.wrapping_mul(&parameter) } else { parameter };
    let base = NonZero::new(base).unwrap_or(NonZero::MAX);
    let mut parts = Zeroizing::new(Vec::with_capacity(count));
    let mut rest = Zeroizing::new(U256::from_le_slice(&*Zeroizing::new(scalar.to_le_bytes())));
    for _ in 1..count {
        // In variable time in the base only.
        let (quotient, part) = rest.div_rem_vartime(&base);
        parts.push(part.resize::<{ U256::LIMBS }>().to_le_bytes().into());
        *rest = quotient;
    }
    parts.push(rest.to_le_bytes().into());
    parts.reverse();
    parts
}

/// As many as any scalar has: 255 bits in windows of 6.
const MAX_DIGITS: usize = 43;

/// A signed digit, as its size and its sign.
#[derive(Clone, Copy, Default)]
struct Digit {
    size: u16,
    negative: u8,
}

impl zeroize::DefaultIsZeroes for Digit {}

impl Digit {
    /// So many digits of a little-endian scalar, least significant first, and zeros after them.
    fn all(scalar: &[u8], width: usize, count: usize) -> [Self; MAX_DIGITS] {
        let (mut digits, mut carry) = ([Self::default(); MAX_DIGITS], 0);
        for (n, digit) in digits.iter_mut().take(count).enumerate() {
            *digit = Self::take(scalar, width, n, &mut carry);
        }
        digits
    }

    /// Digit `n` of a little-endian scalar, given the carry of the digits below it, which it replaces by its own.
    fn take(scalar: &[u8], width: usize, n: usize, carry: &mut u8) -> Self {
        let raw = window(scalar, width, n * width) + u16::from(*carry);
        // 1 if raw > 2^(W-1), without a branch.
        let negative = ((1u16 << (width - 1)).wrapping_sub(raw) >> 15) as u8;
        *carry = negative;
        let size = u16::conditional_select(&raw, &(1u16 << width).wrapping_sub(raw), Choice::from(negative));
        Self { size, negative }
    }
}

/// The `width` bits of a little-endian number that start at bit `position`; bits past its end are zero.
pub(crate) fn window(scalar: &[u8], width: usize, position: usize) -> u16 {
    let rest = scalar.get(position / 8..).unwrap_or_default();
    let bytes = rest.first_chunk().copied().unwrap_or_else(|| array::from_fn(|n| rest.get(n).copied().unwrap_or(0)));
    (u32::from_le_bytes(bytes) >> (position % 8)) as u16 & ((1 << width) - 1)
}

/// The entry for a digit, in constant time.
fn entry<G: TableGroup>(row: &[G::Entry], digit: &Digit) -> G::Entry {
    let mut entry = G::Entry::blank();
    entry.take_if(&G::identity_entry(), 0u16.ct_eq(&digit.size));
    for (size, candidate) in (1u16..).zip(row) {
        entry.take_if(candidate, size.ct_eq(&digit.size));
    }
    let negative = Choice::from(digit.negative);
    let mut signed = G::Entry::blank();
    signed.take_if(&entry, !negative);
    signed.take_if(&G::negate_entry(&entry), negative);
    signed
}

/// The entry for a digit, unless that is zero.
fn entry_vartime<G: TableGroup>(row: &[G::Entry], digit: &Digit) -> Option<G::Entry> {
    let entry = row.get(usize::from(digit.size).checked_sub(1)?)?;
    Some(if digit.negative == 1 { G::negate_entry(entry) } else { *entry })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::pairing::real::{G1, G2Affine, Gt, pairing};

    /// Scalars whose digits are at their bounds.
    pub(in crate::pairing) fn scalars() -> Vec<Scalar> {
        let parameter = Scalar::from(PARAMETER);
        let square = parameter * parameter;
        let bases = [Scalar::ZERO, parameter, square, square * parameter];
        let near = |base: &Scalar| {
            [0, 1, 2, 31, 32, 33, 127, 128].map(|offset| [*base + offset.into(), *base - offset.into()])
        };
        bases.iter().flat_map(near).flatten().collect()
    }

    #[test]
    fn parts_are_the_digits_of_a_scalar() {
        let parameter = Scalar::from(PARAMETER);
        for (count, base) in [(1, Scalar::ZERO), (2, parameter * parameter), (4, parameter)] {
            for scalar in scalars() {
                let parts = parts(&scalar, count);
                assert_eq!(parts.len(), count);
                assert!(parts.iter().all(|part| part.iter().skip(32 / count).all(|byte| *byte == 0)));
                let digit = |part: &Part| Scalar::reduce(&part.iter().rev().copied().collect::<Vec<_>>());
                let sum = parts.iter().fold(Scalar::ZERO, |sum, part| sum * base + digit(part));
                assert_eq!(sum.encode(), scalar.encode());
            }
        }
    }

    #[test]
    fn a_shift_multiplies_by_the_base_of_the_parts() {
        let square = Scalar::from(PARAMETER) * Scalar::from(PARAMETER);
        for point in [G1::generator(), G1::generator() * Scalar::from(7), G1::IDENTITY] {
            assert_eq!(point.shift().to_affine(), (point * square).to_affine());
            assert_eq!(point.to_affine().shift(), (point * square).to_affine());
        }
    }

    fn check<G: TableGroup + PartialEq + core::fmt::Debug>(base: G, multiple: impl Fn(&Scalar) -> G) {
        for width in 6..=11 {
            let table = FixedBase::new(base, width);
            for scalar in scalars() {
                assert_eq!(table.mul::<SecretScalarUse>(&scalar), multiple(&scalar), "width {width}");
                assert_eq!(table.mul::<PublicScalar>(&scalar), multiple(&scalar), "width {width}");
            }
        }
    }

    #[test]
    fn tables_of_every_width_multiply_by_scalars_at_the_bounds_of_their_digits() {
        let base = G1::generator() * Scalar::from(3);
        check(base, |scalar| base * *scalar);
        let point = G2Affine::hash(b"a point");
        check::<Gt>(pairing(&base.to_affine(), &point), |scalar| pairing(&(base * *scalar).to_affine(), &point));
    }
}
