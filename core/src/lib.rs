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

#[forbid(unsafe_code)]
mod backup;
#[forbid(unsafe_code)]
mod codec;
#[cfg(test)]
#[forbid(unsafe_code)]
mod contracts;
#[forbid(unsafe_code)]
mod coverage;
#[forbid(unsafe_code)]
pub mod curve;
#[forbid(unsafe_code)]
mod dealing;
#[cfg(feature = "constant-time-test")]
#[doc(hidden)]
#[forbid(unsafe_code)]
pub mod declassify;
#[cfg(not(feature = "constant-time-test"))]
#[forbid(unsafe_code)]
mod declassify;
#[forbid(unsafe_code)]
mod decryption;
#[forbid(unsafe_code)]
mod derive;
#[forbid(unsafe_code)]
mod distinct;
#[forbid(unsafe_code)]
mod encryption;
#[forbid(unsafe_code)]
mod erasure;
#[forbid(unsafe_code)]
mod error;
#[forbid(unsafe_code)]
mod hash;
#[forbid(unsafe_code)]
mod identity;
#[forbid(unsafe_code)]
mod key_share;
#[forbid(unsafe_code)]
mod keys;
pub mod pairing;
#[forbid(unsafe_code)]
mod recovery;
#[forbid(unsafe_code)]
mod registration;
#[forbid(unsafe_code)]
mod secret_object;
#[forbid(unsafe_code)]
pub mod sharing;
#[forbid(unsafe_code)]
mod statement;
#[cfg(feature = "vectors")]
#[doc(hidden)]
#[forbid(unsafe_code)]
pub mod vectors;

pub use backup::{Backup, VerifiedBackup};
pub use coverage::{Coverage, FormerEpoch, Holding, KeyCoverage, Network, Node, Status};
pub use dealing::{
    AgreedDealing, Ceremony, Certificate, ClosedDealings, Confirmation, Confirmations, Culprit, Dealer, Dealing,
    Dealings, Evidence, Helper, KeySlot, Outcome, Plan, PublicOutcome, Recipient, Repair, Shareless, Verdict,
    VerifiedCertificate, VerifiedDealing,
};
pub use decryption::{DecryptionShare, RecoveryParty, UnlockKey};
pub use derive::Derivation;
pub use encryption::ParameterSet;
pub use error::{DealingFault, Error, RegistrationFault, Result, StatementField, WalletFault};
pub use identity::{Address, IdentityKey, IdentityPublicKey, Purpose, Signature, SignatureScheme, Signed, Unsigned};
pub use key_share::KeyShare;
pub use keys::{Blinder, BlinderPublicKey, MemberKey, MemberPublicKey, RecoveryPublicKey};
pub use recovery::{
    Accusation, Authorisation, Progress, Request, RequestDraft, Response, Review, Roster, RosterMember, Session,
};
pub use registration::{BlinderRegistration, MemberRegistration};
pub use secret_object::SecretKind;
pub use statement::{Compartment, Entry, Header, Lock, Statement, StatementDigest};

/// The README's example is compiled with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
