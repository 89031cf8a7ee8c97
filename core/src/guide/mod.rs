//! Who does what: a page for each role. The programs on them are compiled and run with the tests.
//!
//! - [`member`]: generate a key together, and answer requests;
//! - [`operator`]: hold a Blinder, register it, authorise a request;
//! - [`node`]: back up, and be restored;
//! - [`custodian`]: keep backups, and know whether the network could be restored;
//! - [`auditor`]: where what is promised is shown.

#[doc = include_str!("member.md")]
pub mod member {}

#[doc = include_str!("operator.md")]
pub mod operator {}

#[doc = include_str!("node.md")]
pub mod node {}

#[doc = include_str!("custodian.md")]
pub mod custodian {}

#[doc = include_str!("auditor.md")]
pub mod auditor {}
