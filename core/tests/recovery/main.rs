//! Recovery: from the request of a fresh node to the secrets that it opens.

#[path = "../common/mod.rs"]
mod common;

mod accusation;
mod authorisation;
mod decryption;
mod partial;
mod secret_objects;
mod session;
mod times;
