//! Identities and what they sign (spec §3.6, §3.7).

mod address;
mod ecdsa;
mod keys;
mod purpose;
mod signature;
#[cfg(feature = "transparent")]
mod transparent;
mod unsigned;
mod wallet;

pub use address::Address;
pub use keys::{IdentityKey, IdentityPublicKey};
pub use purpose::{Purpose, SignatureScheme};
pub(crate) use signature::SIGNATURE_LEN;
pub use signature::Signature;
pub use unsigned::{Signed, Unsigned};
#[cfg(feature = "vectors")]
pub(crate) use wallet::complete;
