//! The C interface of Relight: `include/relight.h` is generated from this crate and says how to use it.
//!
//! Every function is thin over the crate `relight`. It does its work inside `entry::produce`, the one place that
//! catches panics and writes outputs. All unsafe code is in `memory`.
#![deny(missing_docs)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unreachable)]
// The contract is the same for every function, and the header begins with it.
#![allow(clippy::missing_safety_doc)]
#![allow(missing_debug_implementations)]

#[cfg(panic = "abort")]
compile_error!("relight-ffi returns panics as results: build it with panic = \"unwind\"");

pub mod agreement;
pub mod backup;
pub mod bundle;
pub mod ceremony;
pub mod closed;
pub mod confirmation;
pub mod coverage;
pub mod dealing;
pub mod decryption;
pub mod derive;
mod describe;
pub mod details;
mod entry;
pub mod evidence;
pub mod identifier;
pub mod inspect;
pub mod keys;
mod memory;
pub mod names;
pub mod random;
pub mod registration;
pub mod release;
pub mod repair;
pub mod request;
pub mod result;
pub mod roster;
pub mod sealing;
pub mod session;
mod shared;
pub mod sharing;
pub mod signing;
pub mod statement;
pub mod version;

pub use memory::{RelightBuffer, RelightBytes, RelightIndices, RelightList, RelightWatch};
