//! What the parties do, by their roles: with a store and a board, and without a word to anybody.

pub mod answering;
pub mod backups;
pub mod blinders;
pub mod ceremony;
pub mod closing;
pub mod custodian;
pub mod dealer;
pub mod doctor;
pub mod drawer;
pub mod evidence;
pub mod foreign;
mod knowledge;
pub mod member;
pub mod members;
pub mod outcome;
pub mod plan;
pub mod planner;
pub mod recovery;
mod registrations;
pub mod rescue;
pub mod roster;
pub mod seat;
mod signer;

pub use knowledge::Knowledge;
pub use registrations::Owner;
pub(crate) use signer::public as own_identity;
pub use signer::{Signer, address};

use relight::sharing::Identifier;

/// An identifier as people write it: a number, or after 0x its bytes.
fn identifier(text: &str) -> Option<Identifier> {
    match text.strip_prefix("0x") {
        Some(digits) => Identifier::from_bytes(&hex::decode(digits).ok()?).ok(),
        None => Identifier::new(text.parse().ok()?).ok(),
    }
}
