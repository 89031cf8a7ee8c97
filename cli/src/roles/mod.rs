//! What the parties do, by their roles: with a store and a board, and without a word to anybody.

mod signer;

pub use signer::Signer;
