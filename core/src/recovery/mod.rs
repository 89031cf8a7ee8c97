//! A recovery as it happens: who is asked, what for, and the answers (spec §11).

mod accepted;
mod accusation;
mod authorisation;
mod draft;
mod request;
mod response;
mod review;
mod roster;
mod seal;
mod session;
mod state;
mod text;

pub use accusation::Accusation;
pub use authorisation::Authorisation;
pub use draft::RequestDraft;
pub use request::Request;
pub use response::Response;
pub use review::Review;
pub use roster::{Roster, RosterMember};
pub use session::{Progress, Session};
