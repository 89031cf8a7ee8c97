//! One dealing for everything: distributed key generation, refresh, and re-sharing to another set (spec §9).
//!
//! Each dealer commits to a polynomial per key and encrypts every recipient's share verifiably, in one broadcast
//! that anybody can check. There is no complaint round: a bad dealing is dropped by everyone alike.

mod ceremony;
mod deal;
mod finish;
mod repair;
mod slot;
mod verify;

pub use ceremony::{Ceremony, Dealer, Plan, Recipient};
pub use finish::{Dealings, Outcome, PublicOutcome, Shareless};
pub use repair::{Helper, Repair};
pub use slot::KeySlot;
pub use verify::VerifiedDealing;
