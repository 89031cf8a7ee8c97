//! Thresholds (spec §4.1).

#[cfg(hax)]
use crate::contracts;
use crate::error::{Error, Result};

/// How many shares recover a secret.
///
/// ```
/// use relight::{Error, sharing::Threshold};
///
/// assert_eq!(Threshold::supermajority(9)?.get(), 7);
/// assert_eq!(Threshold::new(4, 3), Err(Error::InvalidThreshold(4)));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Threshold(u16);

#[hax_lib::attributes]
impl Threshold {
    /// A threshold of `shares` among `parties`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidThreshold`] unless 1 <= `shares` <= `parties`.
    #[hax_lib::ensures(|result| result.map(|threshold| threshold.0) == contracts::threshold(shares, parties))]
    pub fn new(shares: u16, parties: u16) -> Result<Self> {
        //= spec/4-sharing.md#4-1-identifiers-and-thresholds
        //# A threshold outside 1..n MUST fail with InvalidThreshold.
        if shares == 0 || shares > parties { Err(Error::InvalidThreshold(shares)) } else { Ok(Self(shares)) }
    }

    /// More than two thirds of the parties: floor(2·`parties`/3) + 1.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidThreshold`] for no parties at all.
    #[hax_lib::ensures(|result| result.map(|threshold| threshold.0)
        == contracts::threshold(contracts::supermajority(parties), parties))]
    pub fn supermajority(parties: u16) -> Result<Self> {
        // Below 2^16 for every u16: no cast loses anything.
        //= spec/7-decryption.md#7-1-recovery-key
        //# A recovery party SHOULD use `t = supermajority(n)`.
        let shares = (u32::from(parties) * 2 / 3 + 1) as u16;
        Self::new(shares, parties)
    }

    /// For counts that are known to be positive.
    #[hax_lib::ensures(|result| result.0 == if shares == 0 { 1 } else { shares })]
    pub(crate) fn at_least_one(shares: u16) -> Self {
        Self(shares.max(1))
    }

    /// The number of shares.
    #[hax_lib::ensures(|result| result == self.0)]
    pub fn get(self) -> u16 {
        self.0
    }
}

impl core::fmt::Display for Threshold {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}
