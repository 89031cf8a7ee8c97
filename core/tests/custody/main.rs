//! Custody: backups, the network that they are of, and audits.

#[path = "../common/mod.rs"]
mod common;

mod audit;
mod backup;
mod bundle;
mod bundle_successor;
mod limits;
mod marshalling;
mod site;
mod weights;
