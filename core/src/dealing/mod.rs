//! One dealing for everything: distributed key generation, refresh, and re-sharing to another set (spec §9).
//!
//! Each dealer commits to a polynomial per key and encrypts every recipient's share verifiably, in one broadcast
//! that anybody can check. There is no complaint round: a bad dealing is dropped by everyone alike. Then the recipients
//! confirm the dealings that they hold, and the ceremony is closed when most confirm the same.

mod agreement;
mod ceremony;
mod certificate;
mod closed;
mod combine;
mod confirmation;
mod deal;
mod dealings;
mod evidence;
mod keys;
mod message;
mod outcome;
mod repair;
#[cfg(test)]
mod tests;
mod verify;

pub use agreement::AgreedDealing;
pub use ceremony::{Ceremony, Dealer, Plan, Recipient};
pub use certificate::{Certificate, VerifiedCertificate};
pub use closed::ClosedDealings;
pub use confirmation::{Confirmation, Confirmations};
pub use dealings::Dealings;
pub use evidence::{Culprit, Evidence};
pub use keys::{Keys, Reshared};
pub use message::Dealing;
pub use outcome::{Outcome, PublicOutcome, Shareless};
pub use repair::{Helper, Repair};
pub use verify::{Verdict, VerifiedDealing};
