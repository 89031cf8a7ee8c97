//! The operator of a node: before the disaster, and after it.

use crate::{Custodian, Party, Result, recover};
use rand::rng;
use relight::coverage::Node;
use relight::identity::IdentityKey;
use relight::registration::BlinderRegistration;
use relight::sharing::Identifier;
use relight::{Blinder, KeyShare, Timestamp};
use std::time::{SystemTime, UNIX_EPOCH};

/// What the operator of a node keeps where no disaster of the node reaches it.
pub struct Operator {
    node: Vec<u8>,
    identifier: Identifier,
    identity: IdentityKey,
    blinder: Blinder,
}

impl Operator {
    /// Makes an identity and a Blinder, once. The shares of its node lie at the identifier.
    pub fn new(node: &str, identifier: Identifier) -> Self {
        let (identity, blinder) = (IdentityKey::generate(&mut rng()), Blinder::generate(&mut rng()));
        Self { node: node.as_bytes().to_vec(), identifier, identity, blinder }
    }

    /// Its node as the custodian of a network is to know it, with the public half of the Blinder.
    pub fn register(&self, network: &str) -> Result<Node> {
        let (network, operator) = (network.as_bytes(), self.identity.public());
        let registration = BlinderRegistration::first(&self.blinder, network, &self.node, &operator, &mut rng())?;
        Ok(Node::new(&self.node, operator, vec![registration.sign(&self.identity)?], self.identifier, 1))
    }

    /// Restores the share of its node on a fresh machine: members of the party answer.
    pub fn recover(&self, custodian: &Custodian, party: &Party) -> Result<KeyShare> {
        let (expected, backup) = (custodian.statement(self.identifier)?, custodian.backup(self.identifier)?);
        let now = Timestamp::from_unix_seconds(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
        let ask = |request: &[u8]| party.answer(request, std::slice::from_ref(&expected), now);
        let mut shares = recover(&party.roster, &expected, backup, &self.blinder, now, ask)?;
        Ok(shares.remove(0))
    }
}
