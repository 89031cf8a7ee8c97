//! Secret sharing over any curve (spec §4).

mod commitments;
mod decoded;
mod identifier;
mod index;
mod interpolation;
mod lagrange;
mod polynomial;
mod schnorr;
mod threshold;

pub use commitments::VssCommitment;
pub(crate) use commitments::{evaluate_points, powers};
pub use identifier::Identifier;
pub use index::PartyIndex;
pub use lagrange::{combine_points, combine_secrets};
pub(crate) use lagrange::{lagrange_at, lagrange_at_zero};
pub(crate) use polynomial::Polynomial;
pub(crate) use schnorr::SchnorrProof;
pub use threshold::Threshold;
