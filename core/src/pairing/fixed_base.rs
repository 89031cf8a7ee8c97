//! Fixed-base multiplication with signed windows.
//!
//! A scalar is written in digits of W bits, the width of the table, between `-2^(W-1)` and `2^(W-1)`; the multiples of
//! the base that each digit can ask for are tabulated once, and a multiplication is then one addition per digit. With a
//! secret scalar the whole row is read and the entry selected in constant time; with a public one it is indexed.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::iter;
use core::marker::PhantomData;
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
    type Entry: TableEntry;

    fn identity() -> Self;
    fn identity_entry() -> Self::Entry;
    fn double(&self) -> Self;
    fn add_entry(&self, entry: &Self::Entry) -> Self;
    fn negate_entry(entry: &Self::Entry) -> Self::Entry;
    fn to_entries(points: &[Self]) -> Vec<Self::Entry>;

    /// The multiples `1..=size` of every unit, unit by unit. Two by two: twice one that is there, and one more.
    fn multiples(units: &[Self], size: usize) -> Vec<Self::Entry> {
        let multiples = |unit: &Self::Entry| {
            let mut multiples = Vec::with_capacity(size.saturating_add(1));
            multiples.push(Self::identity().add_entry(unit));
            for half in 0..size / 2 {
                let even = multiples.get(half).map_or(Self::identity(), Self::double);
                multiples.extend([even, even.add_entry(unit)]);
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
    /// Tabulates a base for scalars of so many digits, each of `width` bits: 6 to 10.
    pub(super) fn new(base: G, width: usize, digits: usize) -> Self {
        let next = |unit: &G| Some((0..width).fold(*unit, |unit, _| unit.double()));
        let units: Vec<G> = iter::successors(Some(base), next).take(digits).collect();
        Self { width, entries: G::multiples(&units, 1 << (width - 1)).into_boxed_slice(), group: PhantomData }
    }

    fn rows(&self) -> impl Iterator<Item = &[G::Entry]> {
        self.entries.chunks_exact(1 << (self.width - 1))
    }

    /// The base times the scalar, given as little-endian bytes.
    pub(super) fn mul<E: ScalarExposure>(&self, scalar: &[u8]) -> G {
        let digits = Zeroizing::new(Digit::all(scalar, self.width));
        //= spec/2-conventions.md#2-4-secrets
        //# The sequence of instructions and memory addresses that an implementation uses MUST NOT depend on secrets.
        self.rows().zip(digits.iter()).fold(G::identity(), |sum, (row, digit)| {
            let entry = if E::PUBLIC { entry_vartime::<G>(row, digit) } else { Some(entry::<G>(row, digit)) };
            entry.map_or(sum, |entry| sum.add_entry(&entry))
        })
    }

    /// The entries that add up to the base times each scalar: those of a row together, one for every scalar.
    pub(super) fn terms_vartime(&self, scalars: &[impl AsRef<[u8]>]) -> Vec<Vec<G::Entry>> {
        let digits: Vec<_> = scalars.iter().map(|scalar| Digit::all(scalar.as_ref(), self.width)).collect();
        let terms = |(place, row)| {
            let digits = digits.iter().filter_map(|digits| digits.get(place));
            digits.map(|digit| entry_vartime::<G>(row, digit).unwrap_or(G::identity_entry())).collect()
        };
        self.rows().enumerate().map(terms).collect()
    }
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
    /// The digits of a little-endian scalar, least significant first; those past its end are zero.
    fn all(scalar: &[u8], width: usize) -> [Self; MAX_DIGITS] {
        let mut carry = 0;
        core::array::from_fn(|n| Self::take(scalar, width, n, &mut carry))
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
    let byte = |n: usize| u32::from(scalar.get(n).copied().unwrap_or(0));
    let start = position / 8;
    let three = byte(start) | (byte(start + 1) << 8) | (byte(start + 2) << 16);
    (three >> (position % 8)) as u16 & ((1 << width) - 1)
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
