//! What the parties do, by their roles: with a store and a board, and without a word to anybody.

pub mod ceremony;
pub mod closing;
pub mod dealer;
pub mod doctor;
pub mod drawer;
pub mod evidence;
pub mod member;
pub mod members;
pub mod outcome;
pub mod plan;
pub mod roster;
pub mod seat;
mod signer;

pub use signer::Signer;
pub(crate) use signer::public as own_identity;
