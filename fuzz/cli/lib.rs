//! Modules of the program that read what strangers wrote: the files themselves, under the same names.

#[path = "../../cli/src/armour.rs"]
pub mod armour;
#[path = "../../cli/src/board/mod.rs"]
pub mod board;
#[path = "../../cli/src/failure.rs"]
pub mod failure;
#[allow(dead_code)]
#[path = "../../cli/src/files.rs"]
mod files;
#[path = "../../cli/src/roles/foreign.rs"]
pub mod foreign;
