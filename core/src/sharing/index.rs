//! Party indices (spec §4.1).

use crate::error::{Error, Result};
pub use crate::id::PartyIndex;
use core::cmp::Ordering;

#[hax_lib::attributes]
impl PartyIndex {
    /// Fails with [`Error::InvalidIndex`] for zero.
    #[hax_lib::ensures(|result| match result {
        Ok(index) => index.0 == number && number >= 1,
        Err(_) => number == 0,
    })]
    pub fn new(number: u16) -> Result<Self> {
        if number == 0 { Err(Error::InvalidIndex(number)) } else { Ok(Self(number)) }
    }

    /// Fails with [`Error::InvalidIndex`] unless the number is within 1..=`parties`.
    #[hax_lib::ensures(|result| result.is_ok() == (1 <= number && number <= parties))]
    pub fn within(number: u16, parties: u16) -> Result<Self> {
        //= spec/4-sharing.md#4-1-identifiers-and-thresholds
        //# An index outside 1..65535, or outside 1..n where the number of parties n is known, MUST fail with InvalidIndex.
        if number > parties { Err(Error::InvalidIndex(number)) } else { Self::new(number) }
    }

    /// All indices of a set of `parties`: 1..=`parties`.
    pub fn all(parties: u16) -> impl Iterator<Item = Self> {
        (1..=parties).map(Self)
    }

    /// Fails with [`Error::DuplicateIndex`] or [`Error::InvalidIndex`] unless this index is greater than the one before.
    pub(crate) fn check_after(self, before: Self) -> Result<()> {
        match before.cmp(&self) {
            Ordering::Less => Ok(()),
            Ordering::Equal => Err(Error::DuplicateIndex(self.0)),
            Ordering::Greater => Err(Error::InvalidIndex(self.0)),
        }
    }

    /// The number.
    #[hax_lib::ensures(|result| result == self.0)]
    pub fn get(self) -> u16 {
        self.0
    }
}
