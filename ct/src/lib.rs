//! Evidence that relight handles secrets in constant time: see this folder's README.

#[cfg(feature = "leak")]
mod leak;
pub mod operations;
pub mod statistics;
pub mod taint;
pub mod world;
