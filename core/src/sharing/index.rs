//! Party indices (spec §4.1).

#[cfg(hax)]
use crate::contracts;
use crate::error::{Error, Result};
pub use crate::id::PartyIndex;

#[hax_lib::attributes]
impl PartyIndex {
    /// The index with this number.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidIndex`] for zero.
    #[hax_lib::ensures(|result| result == contracts::index(number, 65535))]
    pub fn new(number: u16) -> Result<Self> {
        if number == 0 { Err(Error::InvalidIndex(number)) } else { Ok(Self(number)) }
    }

    /// The index with this number among so many parties.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidIndex`] unless the number is within 1..=`parties`.
    #[hax_lib::ensures(|result| result == contracts::index(number, parties))]
    pub fn within(number: u16, parties: u16) -> Result<Self> {
        //= spec/4-sharing.md#4-1-identifiers-and-thresholds
        //# An index outside 1..65535, or outside 1..n where the number of parties n is known, MUST fail with InvalidIndex.
        if number > parties { Err(Error::InvalidIndex(number)) } else { Self::new(number) }
    }

    /// All indices of a set of `parties`: 1..=`parties`.
    pub fn all(parties: u16) -> impl Iterator<Item = Self> {
        (1..=parties).map(Self)
    }

    /// The number.
    #[hax_lib::ensures(|result| result == self.0)]
    pub fn get(self) -> u16 {
        self.0
    }
}
