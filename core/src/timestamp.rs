//! Times (spec §2.6).

use crate::error::{Error, Result};
use core::fmt::{Display, Formatter};
use time::OffsetDateTime;

/// The last second of the year 9999.
const LAST: u64 = 253_402_300_799;

/// A time: whole seconds since 1970-01-01 00:00:00 UTC, leap seconds not counted (spec §2.6).
///
/// Zero, as from a clock that was never set, and times after the year 9999, as from a clock that counts milliseconds, are
/// refused. Only a time that was decoded, the [expiry of a draft](crate::recovery::RequestDraft::expiry), may be any number:
/// it is what the draft claims.
///
/// ```
/// use relight::{Error, Timestamp};
///
/// let now = Timestamp::from_unix_seconds(1_795_780_800)?;
/// assert_eq!(now.to_string(), "2026-11-27 12:00:00 UTC");
/// assert_eq!(now.checked_add(3600)?.as_unix_seconds(), 1_795_784_400);
///
/// let milliseconds = 1_795_780_800_000;
/// assert_eq!(Timestamp::from_unix_seconds(milliseconds), Err(Error::InvalidTime(milliseconds)));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The time that many seconds after 1970-01-01 00:00:00 UTC.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidTime`] for zero, or after the year 9999.
    pub fn from_unix_seconds(seconds: u64) -> Result<Self> {
        //= spec/2-conventions.md#2-6-times
        //# An interface MUST refuse a time that is zero or after the year 9999, with InvalidTime, before it runs an
        //# algorithm.
        if (1..=LAST).contains(&seconds) { Ok(Self(seconds)) } else { Err(Error::InvalidTime(seconds)) }
    }

    /// A time that was decoded: any number.
    pub(crate) fn claimed(seconds: u64) -> Self {
        Self(seconds)
    }

    /// The seconds since 1970-01-01 00:00:00 UTC.
    pub fn as_unix_seconds(self) -> u64 {
        self.0
    }

    /// The time that many seconds later.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidTime`] after the year 9999.
    pub fn checked_add(self, seconds: u64) -> Result<Self> {
        Self::from_unix_seconds(self.0.saturating_add(seconds))
    }

    /// The time that many seconds earlier.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidTime`] at the beginning of 1970, or before.
    pub fn checked_sub(self, seconds: u64) -> Result<Self> {
        Self::from_unix_seconds(self.0.saturating_sub(seconds))
    }
}

/// The date and time in UTC; after the year 9999, the number of seconds.
impl Display for Timestamp {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        //= spec/11-recovery.md#11-3-review
        //# What is shown of a request MUST contain its short code, and its expiry as a date.
        let moment = i64::try_from(self.0).ok().and_then(|second| OffsetDateTime::from_unix_timestamp(second).ok());
        let Some(moment) = moment else { return write!(f, "{} s after 1970-01-01 00:00:00 UTC", self.0) };
        let ((year, month, day), (hour, minute, second)) = (moment.to_calendar_date(), moment.to_hms());
        write!(f, "{year:04}-{:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC", u8::from(month))
    }
}
