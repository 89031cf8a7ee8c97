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

use common::{EPOCH, PARAMETERS};
use rand::rngs::StdRng;
use relight::coverage::{Network, Node};
use relight::curve::{CurveId, SecretScalar};
use relight::{RecoveryPublicKey, sharing::VssCommitment};

/// A network of these keys and nodes, with a recovery key of its own.
fn network(keys: Vec<VssCommitment>, nodes: Vec<Node>, rng: &mut StdRng) -> Network {
    let recovery_key = SecretScalar::random(CurveId::Bls12381G1, rng).public();
    Network {
        parameters: PARAMETERS,
        name: b"network".to_vec(),
        epoch: EPOCH,
        recovery_key: RecoveryPublicKey::try_from(recovery_key).unwrap(),
        keys,
        nodes,
        former: vec![],
    }
}
