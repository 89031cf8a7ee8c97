//! What the specification demands and no other test is about, chapter by chapter.

#[macro_use]
#[path = "../common/mod.rs"]
mod common;

mod conventions;
mod dealing;
mod encoding;
mod errors;
mod recovery;
