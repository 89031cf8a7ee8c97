//! The life of a key, from its making through the loss of the whole network to the same key in a new one.
//!
//! Here is only what makes it a play: who takes part, what is told, what is sabotaged, what is checked. Every party has a store
//! and works at a board, and does what it does by the functions of [`crate::roles`], as people do by the commands.
//!
//! ```text
//! DIR/board/          everything public, as on any board
//! DIR/members/        the stores of the recovery party
//! DIR/operators/      the stores of the nodes' operators, offline: identity and Blinder
//! DIR/nodes/          the stores of the nodes, until the disaster
//! DIR/exports/        what the operators keep of them: exports from before there was a share
//! DIR/rebuilt/        the stores of the machines that take over, just long enough to share their keys anew
//! DIR/fresh/          the stores of the network after the disaster
//! DIR/planner/        the store of whoever writes down what others agree on
//! DIR/custodian/      the store of the custodian: bundles that it trusts, certificates of all ceremonies
//! DIR/keys/           the age identities that open the stores
//! DIR/wallets/        the wallet of one member
//! DIR/sticks/         what is carried to the offline machines and back
//! DIR/mail/           dealings that were sent to one recipient alone
//! DIR/images/         the copy of a member's store from before a refresh
//! DIR/stranger/       the store of somebody who operates nothing
//! DIR/public-shares/  what the restored machines and the fresh nodes say of their shares, to be compared
//! DIR/keys.txt        what the world knows of the network: its public keys, and those of its users
//! ```

mod account;
mod accuse;
mod answering;
mod args;
mod at_home;
mod bundles;
mod ceremony;
mod claims;
mod closing;
mod disaster;
mod files;
mod network;
mod offline;
mod operator;
mod outsider;
mod partial;
mod participant;
mod party;
mod person;
mod play;
mod public_keys;
mod rebirth;
mod recovery;
mod repair;
mod rescue;
mod sabotage;
mod seated;
mod site;
mod split;
mod story;
mod vault;
mod wallet;

pub use args::Numbers;
pub use play::play;
