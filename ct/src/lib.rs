//! Evidence that relight handles secrets in constant time: see this folder's README.

mod ceremonies;
#[cfg(feature = "leak")]
mod leak;
mod mismatch;
pub mod operations;
pub mod profile;
mod sealing;
pub mod statistics;
pub mod taint;
pub mod world;
