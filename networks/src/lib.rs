//! Relight with the keys of other threshold libraries.
//!
//! The adapters, one for each library, are [`frost`], [`vsss`] and [`blsful`]: conversions, and nothing else. The tests
//! and the example take each through its whole life: keys made by that library, a backup of every node, disaster,
//! recovery, and signatures by that library again. What they share is here: a [`Party`] that recovers, the
//! [`Operator`] of each node, and a [`Custodian`] of the backups.
#![deny(missing_docs)]

// So that what the guide shows of this crate is also a program of its own.
extern crate self as relight_networks;

pub mod blsful;
mod custodian;
pub mod frost;
pub mod frost_nodes;
mod operator;
mod party;
mod recovery;
pub mod vsss;

pub use custodian::Custodian;
pub use operator::Operator;
pub use party::Party;
pub use recovery::recover;

/// Errors of Relight and of the other library alike.
pub type Result<T> = core::result::Result<T, Box<dyn std::error::Error>>;

/// The guide's programs are compiled and run with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../../INTEGRATION.md")]
struct Integration;
