//! What the fuzz targets share: honest objects, and ways to change them.
//!
//! Everything is made from one fixed seed, with the parameter set that has no security: it is fast, and nothing that
//! is checked here rests on its soundness.

pub mod c_caller;
pub mod decoders;
mod mutation;
mod world;

pub use mutation::Mutations;
pub use world::{CURVES, NAME, NODE, NOW, OPEN_FOR, Pair, WORLD, World, after};
