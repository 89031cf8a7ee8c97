//! Relight backs up the root key shares of a threshold network with publicly verifiable encryption, and brings the
//! network back with a threshold recovery party and the operators' Blinders.
//!
//! The normative text is `spec/`; the documentation of each item names its chapter. In the order of a key's life:
//!
//! - [`Ceremony`] and [`Dealings`]: distributed key generation of the recovery key and of root keys, re-sharing;
//! - [`Repair`]: a share that was lost, or one for a new party, from the shares of others;
//! - [`Blinder`] and [`BlinderRegistration`]: what an operator keeps offline, and what the node gets of it;
//! - [`Statement`], [`Backup`] and [`VerifiedBackup`]: all root key shares of a node, encrypted and checked;
//! - [`Network`] and [`Coverage`]: a custodian's audit of all backups at hand;
//! - [`RecoveryParty`], [`DecryptionShare`] and [`UnlockKey`]: the recovery party opens one statement;
//! - [`Roster`], [`Session`], [`Request`], [`Review`] and [`Response`]: a fresh node asks the party and is answered;
//! - [`Derivation`]: user keys from root keys.
//!
//! # Conventions
//!
//! Bytes decode to objects about which nothing is verified; only `verify` gives a verified one, against what the
//! *caller* expects; only that can be opened. Every error says what was wrong and whose fault it is: [`Error`].
//! Secrets are wiped when dropped, do not show in `Debug` output, and are handled in constant time. Randomness is a
//! parameter. Nothing panics on any input.
#![no_std]
#![deny(missing_docs, unsafe_code)]
//= spec/2-conventions.md#2-2-errors
//# A decoder or verifier MUST terminate without a crash on every input.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unreachable)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

extern crate alloc;

mod backup;
mod codec;
#[cfg(test)]
mod contracts;
pub mod coverage;
pub mod curve;
pub mod dealing;
#[cfg(feature = "constant-time-test")]
#[doc(hidden)]
pub mod declassify;
#[cfg(not(feature = "constant-time-test"))]
mod declassify;
pub mod decryption;
mod derive;
mod distinct;
mod encryption;
mod erasure;
mod error;
mod hash;
mod id;
pub mod identity;
mod key_share;
mod keys;
#[doc(hidden)]
pub mod pairing;
pub mod recovery;
pub mod registration;
mod secret_object;
pub mod sharing;
mod statement;
#[cfg(feature = "vectors")]
#[doc(hidden)]
pub mod vectors;

pub use backup::{Backup, VerifiedBackup};
pub use derive::Derivation;
pub use encryption::ParameterSet;
pub use error::{DealingFault, Error, Field, RegistrationFault, Result, WalletFault};
pub use key_share::KeyShare;
pub use keys::{Blinder, BlinderPublicKey, MemberKey, MemberPublicKey, RecoveryPublicKey};
pub use secret_object::SecretKind;
pub use statement::{Compartment, Entry, Header, Lock, Statement, StatementDigest};

/// The README's example is compiled with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
