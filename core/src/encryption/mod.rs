//! Verifiable encryption (spec §6).
//!
//! M instances encrypt the same secrets under masks that derive from a seed each. The seeds of all but T of them
//! are revealed, the responses `mask + secret` of the T kept ones are shown, and a commitment to the masks proves
//! that the responses of a kept instance belong to the public shares. One kept instance that unlocks is enough to
//! recover every secret; where W secrets are packed into one response, it takes W of them.

mod batch;
mod claim;
mod encrypt;
mod instance;
mod open;
mod pack;
mod parameters;
mod proof;
mod subset;
#[cfg(test)]
pub(crate) mod tests;
mod transcript;
mod verify;

pub use claim::Lock;
pub(crate) use claim::{Claim, PublicShares};
pub(crate) use encrypt::encrypt;
pub(crate) use open::{OpeningKey, open};
pub(crate) use pack::responses_len;
pub use parameters::ParameterSet;
pub(crate) use proof::Proof;
#[cfg(any(test, feature = "vectors"))]
pub(crate) use subset::kept_instances;
pub(crate) use verify::verify;

/// The bytes that a seed, a sub-seed, a wrap, a salt and a nonce all have.
pub(crate) type Block = [u8; 16];
/// h_i. Longer than a block: a second preimage, found after the coefficients are known, would be a way to cheat.
pub(crate) type ResponseHash = [u8; 20];
