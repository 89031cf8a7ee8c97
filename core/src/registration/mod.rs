//! Registrations: public keys with proofs that their owners hold the secrets, signed by who is answerable for them
//! (spec §8.2, §8.4, §8.6).

mod blinder;
mod member;
mod succession;

pub use blinder::BlinderRegistration;
pub use member::MemberRegistration;

use crate::error::{Error, Field, Result};

/// A registration for something else is a mix-up, not a bad proof.
fn expect<T: PartialEq + ?Sized>(found: &T, expected: &T, field: Field) -> Result<()> {
    if found == expected { Ok(()) } else { Err(Error::Mismatch(field)) }
}
