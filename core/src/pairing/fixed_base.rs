//! Fixed-base multiplication with signed windows.
//!
//! A scalar is written in digits of `W` bits between `-2^(W-1)` and `2^(W-1)`; the multiples of the base that
//! each digit can ask for are tabulated once, and a multiplication is then one addition per digit. With a secret
//! scalar the whole row is read and the entry selected in constant time; with a public one it is indexed.
//!
//! A table may leave rows out: with a stride of two it has every other row, so that it is made in half the time, and a
//! multiplication takes the odd digits first and doubles their sum `W` times.

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

/// Multiples of a base: row n holds `1..=2^(W-1)` times `2^(W stride n)` times the base.
#[derive(Debug)]
pub(super) struct FixedBase<G: TableGroup, const W: usize> {
    entries: Box<[G::Entry]>,
    stride: usize,
    group: PhantomData<G>,
}

impl<G: TableGroup, const W: usize> FixedBase<G, W> {
    const ROW: usize = 1 << (W - 1);

    /// Tabulates a base for scalars of `digits` digits.
    pub(super) fn new(base: G, digits: usize, stride: usize) -> Self {
        let next = |unit: &G| Some(doubled(*unit, W * stride));
        let units: Vec<G> = iter::successors(Some(base), next).take(digits.div_ceil(stride)).collect();
        let multiples: Vec<G> = G::to_entries(&units).iter().flat_map(Self::row).collect();
        Self { entries: G::to_entries(&multiples).into_boxed_slice(), stride, group: PhantomData }
    }

    /// The multiples of a unit, two by two: twice one that is there, and one more.
    fn row(unit: &G::Entry) -> Vec<G> {
        let mut multiples = Vec::with_capacity(Self::ROW + 1);
        multiples.push(G::identity().add_entry(unit));
        for half in 0..Self::ROW / 2 {
            let even = multiples.get(half).map_or(G::identity(), G::double);
            multiples.extend([even, even.add_entry(unit)]);
        }
        multiples.truncate(Self::ROW);
        multiples
    }

    /// The base times the scalar, given as little-endian bytes.
    pub(super) fn mul<E: ScalarExposure>(&self, scalar: &[u8]) -> G {
        let digits = Zeroizing::new(Digit::all::<W>(scalar));
        let mut sum = G::identity();
        for first in (0..self.stride).rev() {
            sum = doubled(sum, if first + 1 < self.stride { W } else { 0 });
            let digits = digits.iter().skip(first).step_by(self.stride);
            for (row, digit) in self.entries.chunks_exact(Self::ROW).zip(digits) {
                //= spec/2-conventions.md#2-4-secrets
                //# The sequence of instructions and memory addresses that an implementation uses MUST NOT depend on secrets.
                sum = if E::PUBLIC { add_digit_vartime(sum, row, digit) } else { add_digit(sum, row, digit) };
            }
        }
        sum
    }
}

fn doubled<G: TableGroup>(point: G, times: usize) -> G {
    (0..times).fold(point, |point, _| point.double())
}

/// More than any scalar has: 255 bits in windows of 5.
const MAX_DIGITS: usize = 52;

/// A signed digit, as its size and its sign.
#[derive(Clone, Copy, Default)]
struct Digit {
    size: u8,
    negative: u8,
}

impl zeroize::DefaultIsZeroes for Digit {}

impl Digit {
    /// The digits of a little-endian scalar, least significant first; those past its end are zero.
    fn all<const W: usize>(scalar: &[u8]) -> [Self; MAX_DIGITS] {
        let mut carry = 0;
        core::array::from_fn(|n| Self::take::<W>(scalar, n, &mut carry))
    }

    /// Digit `n` of a little-endian scalar, given the carry of the digits below it, which it replaces by its own.
    fn take<const W: usize>(scalar: &[u8], n: usize, carry: &mut u8) -> Self {
        let raw = window::<W>(scalar, n * W) + *carry;
        // 1 if raw > 2^(W-1), without a branch.
        let negative = ((1u16 << (W - 1)).wrapping_sub(u16::from(raw)) >> 15) as u8;
        *carry = negative;
        let size = u8::conditional_select(&raw, &(1u8 << W).wrapping_sub(raw), Choice::from(negative));
        Self { size, negative }
    }
}

/// The `W` bits of a little-endian number that start at bit `position`; bits past its end are zero.
fn window<const W: usize>(scalar: &[u8], position: usize) -> u8 {
    let byte = |n: usize| u16::from(scalar.get(n).copied().unwrap_or(0));
    let pair = byte(position / 8) | (byte(position / 8 + 1) << 8);
    ((pair >> (position % 8)) & ((1 << W) - 1)) as u8
}

fn add_digit<G: TableGroup>(sum: G, row: &[G::Entry], digit: &Digit) -> G {
    let mut entry = G::Entry::blank();
    entry.take_if(&G::identity_entry(), 0u8.ct_eq(&digit.size));
    for (size, candidate) in (1u8..).zip(row) {
        entry.take_if(candidate, size.ct_eq(&digit.size));
    }
    let negative = Choice::from(digit.negative);
    let mut signed = G::Entry::blank();
    signed.take_if(&entry, !negative);
    signed.take_if(&G::negate_entry(&entry), negative);
    sum.add_entry(&signed)
}

fn add_digit_vartime<G: TableGroup>(sum: G, row: &[G::Entry], digit: &Digit) -> G {
    let Some(entry) = usize::from(digit.size).checked_sub(1).and_then(|index| row.get(index)) else {
        return sum;
    };
    if digit.negative == 1 { sum.add_entry(&G::negate_entry(entry)) } else { sum.add_entry(entry) }
}
