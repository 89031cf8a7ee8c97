//! Relight backs up the root key shares of a threshold network with publicly verifiable encryption, and brings the
//! network back with a threshold recovery party and the operators' Blinders.
//!
//! **Not audited.** Do not protect funds with it.
//!
//! The normative text is `spec/`; the documentation of each item names its chapter. [`guide`] has a page for each role, with
//! the three programs that a network needs: a party generates its key; a node backs up, and a custodian audits; a fresh
//! node asks, members answer, the backup opens. In the order of a key's life:
//!
//! - [`dealing`]: distributed key generation of the recovery key and of root keys, re-sharing, repair;
//! - [`identity`] and [`registration`]: who signs, with an identity key or a wallet, and which keys belong to whom;
//! - [`Statement`], [`Backup`] and [`VerifiedBackup`]: all root key shares of a node, encrypted and checked;
//! - [`coverage`]: a custodian's audit of all backups;
//! - [`bundle`]: all that is public of a network, in one object that people compare once;
//! - [`recovery`]: a fresh node asks the recovery party, and is answered;
//! - [`decryption`]: the layer below, the decryption shares that answers carry;
//! - [`Derivation`]: user keys from root keys.
//!
//! # Conventions
//!
//! What `decode` gives is not verified. `verify` compares it with what the *caller* expects, and only what `verify` gives
//! can be opened. A ceremony gives nothing before it is closed. Secrets are wiped when dropped, do not show in `Debug`
//! output, and are handled in constant time; time varies only where a name says `vartime`, or where all arguments are
//! public. Randomness is a parameter. Times are [`Timestamp`]s; objects are named by their [`Digest`]. Nothing panics on
//! any input.
//!
//! An [`Error`] says what was wrong and whose fault it is; every function lists those that it fails with. `decode` accepts
//! the encoding that `encode` gives, and no other. Beyond what each one lists, it fails with [`Error::Truncated`],
//! [`Error::TrailingBytes`], [`Error::UnsupportedVersion`], [`Error::InvalidLength`] for a list that is empty or too long,
//! and with the error of the rule that a field breaks (spec §15.1).
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `blst` (default) | BLS12-381 by `blst`; needs a C compiler |
//! | `portable` | BLS12-381 in Rust alone, used where `blst` is off; slower, and not reviewed |
//! | `std` (default) | precomputed tables of k256, p256 and p384; nothing else |
//! | `p256`, `p384`, `ed25519`, `ristretto255`, `ed448`, `jubjub`, `bls12381-g2`, `pallas`, `all-curves` | key curves in addition to secp256k1 and BLS12-381 G1 |
//! | `serde` | public objects, public keys, identifiers and digests in the formats of serde: as their encoding, and in hexadecimal where people read it; what is read is decoded as strictly as ever, and no secret is among them |
//! | `parallel` | audits, and the dealings of a ceremony, on all cores; needs `std`, and enables it |
//! | `test-parameters`, `transparent`, `vectors`, `constant-time-test` | for the project's own tests: never in a product |
#![no_std]
#![deny(missing_docs, unsafe_code, clippy::missing_errors_doc)]
//= spec/2-conventions.md#2-2-errors
//# A decoder or verifier MUST terminate without a crash on every input.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unreachable)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

extern crate alloc;
#[cfg(feature = "parallel")]
extern crate std;

#[macro_use]
mod curves;

mod backup;
pub mod bundle;
mod codec;
#[cfg(any(test, hax))]
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
mod digest;
mod distinct;
mod encryption;
mod erasure;
mod error;
pub mod guide;
mod hash;
mod id;
pub mod identity;
mod key_share;
mod keys;
#[cfg(feature = "serde")]
mod marshalling;
#[doc(hidden)]
pub mod pairing;
#[doc(hidden)]
pub mod parallel;
pub mod recovery;
pub mod registration;
mod secret_object;
pub mod sharing;
mod statement;
mod timestamp;
#[cfg(feature = "vectors")]
#[doc(hidden)]
pub mod vectors;

pub use backup::{Backup, VerifiedBackup};
pub use derive::Derivation;
pub use digest::{Digest, StatementDigest};
pub use encryption::ParameterSet;
pub use error::{DealingFault, Error, Field, RegistrationFault, Result, WalletFault};
pub use key_share::KeyShare;
pub use keys::{Blinder, BlinderPublicKey, MemberKey, MemberPublicKey, RecoveryPublicKey};
pub use secret_object::SecretKind;
pub use statement::{Compartment, Entry, Header, Lock, Statement};
pub use timestamp::Timestamp;

/// The README's example is compiled with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
