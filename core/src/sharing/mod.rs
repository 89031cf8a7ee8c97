//! Secret sharing over any curve (spec §4).

mod commitments;
mod lagrange;
mod polynomial;
mod possession;
mod threshold;

pub use commitments::PublicPolynomial;
pub(crate) use commitments::evaluate_points;
pub(crate) use lagrange::lagrange_at_zero;
pub use lagrange::{combine_points, combine_secrets};
pub(crate) use polynomial::Polynomial;
pub(crate) use possession::ProofOfPossession;
pub use threshold::{Identifier, Threshold};
