//! The life of a key, from its making through the loss of the whole network to the same key in a new one.
//!
//! Every role works on its own directory and on a public board, and reads what the others wrote from files alone.
//!
//! ```text
//! DIR/board/          public: registrations, ceremonies, dealings, outcomes, requests and answers, keys.txt
//! DIR/agreed/         what all have in their configuration from the beginning: who operates which node
//! DIR/members/        one secret directory for each member of the recovery party
//! DIR/operators/      one offline machine for each operator of a node: its identity and its Blinder
//! DIR/sticks/         what is carried to the offline machines and back
//! DIR/nodes/          one directory for each node, until the disaster
//! DIR/custodian/      the backups, and the certificates of all ceremonies
//! DIR/rebuilt/        machines that take over for lost nodes, just long enough to share their keys anew
//! DIR/fresh/          the network after the disaster
//! ```

mod account;
mod accuse;
mod answering;
mod args;
mod at_home;
mod backups;
mod ceremony;
mod claims;
mod closing;
mod custodian;
mod disaster;
mod files;
mod network;
mod offline;
mod operator;
mod outcome;
mod outsider;
mod partial;
mod participant;
mod party;
mod play;
mod public_keys;
mod rebirth;
mod recovery;
mod repair;
mod rescue;
mod sabotage;
mod seat;
mod signer;
mod site;
mod split;
mod story;
mod vault;
mod wallet;

pub use args::Numbers;
pub use play::play;
