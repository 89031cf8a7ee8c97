//! What people read of a request (spec §11.3).

use super::draft::RequestDraft;
use crate::statement::Statement;
use core::fmt::{Display, Formatter, Result};

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
    writeln!(f, "               statement {}", statement.digest())
}

/// A number of seconds, in hours and minutes.
pub(super) struct Span(pub(super) u64);

impl Display for Span {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let minutes = self.0 / 60;
        write!(f, "{} h {} min", minutes / 60, minutes % 60)
    }
}
