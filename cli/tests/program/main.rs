//! The program as people use it: its commands, what they refuse, and what its pages promise.
#![cfg(unix)]

#[path = "../common/boards.rs"]
mod boards;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/party.rs"]
mod group;
#[path = "../common/scene.rs"]
mod scene;
#[path = "../common/wallet.rs"]
mod wallet;

mod a_newcomer;
mod board;
mod commands;
mod custodian;
mod drill;
mod hostile;
mod network;
mod party;
mod recovery;
mod refused;
mod store;
mod terminal;
