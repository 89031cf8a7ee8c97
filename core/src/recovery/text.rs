//! What people read of a request (spec §11.3).

use super::draft::RequestDraft;
use crate::statement::Statement;
use core::fmt::{Display, Formatter, Result};
use time::OffsetDateTime;

pub(super) fn heading(f: &mut Formatter<'_>, draft: &RequestDraft) -> Result {
    //= spec/11-recovery.md#11-3-review
    //# What is shown of a request MUST contain its short code, and its expiry as a date.
    writeln!(f, "Recovery request {}", draft.short_code())?;
    writeln!(f, "  Compare this code by voice with the one who asks.")
}

pub(super) fn requester(f: &mut Formatter<'_>, draft: &RequestDraft) -> Result {
    // Names come from strangers: what is not plain ASCII is escaped.
    //= spec/11-recovery.md#11-3-review
    //# A name in a request or statement MUST be shown to a person with every byte outside 0x20..0x7e escaped.
    writeln!(f, "  asked by     {}", draft.requester.escape_ascii())
}

pub(super) fn network(f: &mut Formatter<'_>, draft: &RequestDraft) -> Result {
    writeln!(f, "  network      {}", draft.network.escape_ascii())
}

pub(super) fn statement(f: &mut Formatter<'_>, statement: &Statement, remark: &str) -> Result {
    let header = statement.header();
    writeln!(f, "  to unlock    {}, epoch {}{remark}", header.node.escape_ascii(), header.epoch)?;
    for curve in statement.curves() {
        let keys = statement.entries().filter(|entry| entry.curve() == curve).count();
        writeln!(f, "               shares of root keys on {curve}: {keys}")?;
    }
    writeln!(f, "               statement {:?}", statement.digest())
}

pub(super) struct Hex<'a>(pub(super) &'a [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A second since 1970-01-01 UTC, as a date. After the year 9999 it stays a number.
pub(super) struct Date(pub(super) u64);

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        //= spec/11-recovery.md#11-3-review
        //# What is shown of a request MUST contain its short code, and its expiry as a date.
        let moment = i64::try_from(self.0).ok().and_then(|second| OffsetDateTime::from_unix_timestamp(second).ok());
        let Some(moment) = moment else { return write!(f, "{} s after 1970-01-01 00:00:00 UTC", self.0) };
        let ((year, month, day), (hour, minute, second)) = (moment.to_calendar_date(), moment.to_hms());
        write!(f, "{year:04}-{:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC", u8::from(month))
    }
}

/// A number of seconds, in hours and minutes.
pub(super) struct Span(pub(super) u64);

impl Display for Span {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let minutes = self.0 / 60;
        write!(f, "{} h {} min", minutes / 60, minutes % 60)
    }
}
