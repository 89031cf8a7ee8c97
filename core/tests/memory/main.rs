//! Memory: what is left of secrets in it, and how much of it a decoder takes.

#[path = "../common/mod.rs"]
mod common;

mod spec;
mod watch;
mod zeroize;
