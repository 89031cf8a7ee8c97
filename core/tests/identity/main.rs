//! Identities: registrations, what follows them, and wallets that sign.

#[path = "../common/mod.rs"]
mod common;

mod registration;
mod succession;
mod wallet;
mod wallets;
