//! The custodian of a network's backups: all that it keeps is public.

use crate::{Party, Result};
use rand::rng;
use relight::coverage::{Coverage, FormerEpoch, Network, Node};
use relight::sharing::{Identifier, VssCommitment};
use relight::{Backup, KeyShare, ParameterSet, Statement};
use std::collections::BTreeMap;

/// A custodian of the backups of a network with one root key.
pub struct Custodian {
    network: Network,
    /// The last backup of each node, by its identifier.
    backups: BTreeMap<Identifier, Vec<u8>>,
}

impl Custodian {
    /// What it learns when the key is made: its commitment, the nodes, and who is to recover them.
    pub fn new(network: &str, key: VssCommitment, nodes: Vec<Node>, party: &Party) -> Self {
        let network = Network {
            parameters: ParameterSet::Fast,
            name: network.as_bytes().to_vec(),
            epoch: 1,
            recovery_key: party.roster.party().public_key().clone(),
            keys: vec![key],
            nodes,
            former: vec![],
        };
        Self { network, backups: BTreeMap::new() }
    }

    /// The shares were renewed, the key is the same: a new epoch begins.
    pub fn begin_epoch(&mut self, key: VssCommitment) {
        let (epoch, keys) = (self.network.epoch, std::mem::replace(&mut self.network.keys, vec![key]));
        self.network.former.push(FormerEpoch { epoch, keys });
        self.network.epoch += 1;
    }

    /// The current epoch.
    pub fn epoch(&self) -> u64 {
        self.network.epoch
    }

    /// The commitment of the key in the current epoch.
    pub fn key(&self) -> &VssCommitment {
        &self.network.keys[0]
    }

    /// Where the shares of the nodes lie.
    pub fn identifiers(&self) -> Vec<Identifier> {
        self.network.nodes.iter().map(|node| node.shares[0].identifier).collect()
    }

    /// What the current backup of a node must state.
    pub fn statement(&self, identifier: Identifier) -> Result<Statement> {
        let mut nodes = self.network.nodes.iter();
        let node = nodes.find(|node| node.shares[0].identifier == identifier).ok_or("no such node")?;
        Ok(self.network.statement(node)?)
    }

    /// A node backs up its share, and the custodian takes that if it verifies.
    pub fn back_up(&mut self, share: &KeyShare) -> Result<()> {
        let expected = self.statement(share.identifier())?;
        let backup = Backup::create(&expected, [share], &mut rng())?.encode();
        Backup::decode(&backup)?.verify(&expected)?;
        self.backups.insert(share.identifier(), backup);
        Ok(())
    }

    /// The backup of a node.
    pub fn backup(&self, identifier: Identifier) -> Result<&[u8]> {
        Ok(self.backups.get(&identifier).ok_or("no backup of this node")?)
    }

    /// Could the network be restored from the backups that it keeps?
    pub fn audit(&self) -> Result<Coverage> {
        let backups: Vec<&Vec<u8>> = self.backups.values().collect();
        Ok(self.network.audit(&backups)?)
    }
}
