//! A recovery as it happens: who is asked, what for, and the answers (spec §11).

mod request;
mod response;
mod review;
mod roster;
mod seal;
mod session;

pub use request::Request;
pub use response::{Response, UnsignedResponse};
pub use review::Review;
pub use roster::{Roster, RosterMember};
pub use session::{Progress, Session};
